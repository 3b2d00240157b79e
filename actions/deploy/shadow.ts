import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import { masked } from "../../lib/action/masked.ts";
import type { ShadowSettings } from "../../lib/environment/environment.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Placement, ShadowEnd, ShadowRun, Target } from "../../lib/targets/target.ts";
import { formatDuration } from "../../lib/units/duration.ts";

/** What the candidate's own command found beside stable. */
export type Shadowed =
  | { outcome: "passed" | "inconclusive"; found: ShadowFinding[] }
  /** By request, or since there is nothing to be beside. */
  | { outcome: "skipped"; why: string }
  /** The environment asks for none. */
  | { outcome: "not-asked" };

export interface ShadowFinding {
  instance: string;
  outcome: "passed" | "failed" | "inconclusive";
  /** How it ended, for a person. */
  words: string;
  /** What it wrote last, without secrets. */
  lastLines: string;
}

interface Around {
  target: Target;
  token: number;
  log: Log;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** By which a command says that it had nothing to compare. */
const INCONCLUSIVE = 3;
const PROGRESS_EVERY_MS = 10_000;

/**
 * Runs the environment's shadow command from the placed candidate, beside stable. Throws `shadow-failed` where it found a
 * difference or did not end as it should, and `inconclusive` where it compared nothing and the environment does not let that through.
 */
export async function shadow(
  placement: Placement,
  settings: ShadowSettings,
  { target, token, log, env, signal }: Around,
): Promise<Shadowed> {
  const { stable } = (await target.read()).value;
  if (!stable) {
    const why = "there is no stable release yet that it could run beside";
    log.info(`shadow: skipped, since ${why}`);
    return { outcome: "skipped", why };
  }
  const atMost = formatDuration(settings.timeoutMs);
  log.info(`shadow: beside ${stable.release.version} on ${stable.slot}, at most ${atMost}`);
  const startedMs = performance.now();
  const progress = setInterval(() => {
    const soFar = formatDuration(performance.now() - startedMs);
    log.info(`shadow: still running after ${soFar} of at most ${atMost}`);
  }, PROGRESS_EVERY_MS);
  const runs = await target
    .shadow(placement.slot, stable.slot, token, signal)
    .finally(() => clearInterval(progress));
  const found = runs.map((run) => findingOf(run, settings, env));
  for (const finding of found) log.info(lineOf(finding));
  return judged(found, { settings, log, version: placement.release.version });
}

/** For the gate's reason; empty when nobody asked for it. */
export function shadowWords(shadowed: Shadowed): string {
  switch (shadowed.outcome) {
    case "not-asked":
      return "";
    case "skipped":
      return `; not run beside stable: ${shadowed.why}`;
    case "passed":
      return `; beside stable it did the same on ${instancesOf(shadowed.found)}`;
    case "inconclusive":
      return `; beside stable NOTHING WAS COMPARED on ${instancesOf(undecided(shadowed.found))}, which service.shadow.on-inconclusive lets through`;
  }
}

/** For the gate's statement: what was found where, without what was written. */
export function shadowPredicate(shadowed: Shadowed): Record<string, unknown> | undefined {
  switch (shadowed.outcome) {
    case "not-asked":
      return undefined;
    case "skipped":
      return { outcome: "skipped", why: shadowed.why };
    case "passed":
    case "inconclusive":
      return {
        outcome: shadowed.outcome,
        instances: shadowed.found.map(({ instance, outcome, words }) => ({
          name: instance,
          outcome,
          ended: words,
        })),
      };
  }
}

export function summariseShadow(summary: Summary, shadowed: Shadowed): void {
  if (shadowed.outcome === "not-asked") return;
  if (shadowed.outcome === "skipped") {
    summary.markdown(`Not run beside stable: ${inlineText(shadowed.why)}.`);
    return;
  }
  summary.table(
    ["Beside stable", "Outcome", "How it ended", "Last line"],
    shadowed.found.map(({ instance, outcome, words, lastLines }) =>
      [instance, outcome, words, lastOf(lastLines)].map(inlineText),
    ),
  );
}

interface Case {
  settings: ShadowSettings;
  log: Log;
  version: string;
}

function judged(found: ShadowFinding[], { settings, log, version }: Case): Shadowed {
  const failed = found.filter(({ outcome }) => outcome === "failed");
  const rest = undecided(found);
  const told = (some: readonly ShadowFinding[]) => some.map(tell).join("; ");
  if (failed.length > 0)
    throw new SluiceError(
      "shadow-failed",
      `beside stable, ${version} did not show that it does the same: ${told(failed)}`,
      {
        hint: "the candidate was taken off its slot again and never had traffic. Where it is meant to do something else, say so with the input `shadow: false` for this release",
      },
    );
  if (found.length > 0 && rest.length === 0) return { outcome: "passed", found };
  const message = `beside stable, ${version} had nothing to compare: ${told(rest)}`;
  if (settings.onInconclusive === "fail")
    throw new SluiceError("inconclusive", message, {
      hint: "the candidate was taken off its slot again. Give it longer or something to compare with, or write `on-inconclusive: go-on` under `service.shadow`, which lets such a release through and records it as that",
    });
  log.warning(message, { title: "deploy: nothing was compared beside stable" });
  return { outcome: "inconclusive", found };
}

function findingOf(
  { instance, end, lastLines, tookMs }: ShadowRun,
  { timeoutMs }: ShadowSettings,
  env: NodeJS.ProcessEnv,
): ShadowFinding {
  const words = wordsOf(end, timeoutMs, formatDuration(tookMs));
  return { instance, outcome: outcomeOf(end), words, lastLines: masked(lastLines, env) };
}

function outcomeOf(end: ShadowEnd): ShadowFinding["outcome"] {
  if (end.how === "alone") return "inconclusive";
  if (end.how !== "exited") return "failed";
  if (end.code === 0) return "passed";
  return end.code === INCONCLUSIVE ? "inconclusive" : "failed";
}

function wordsOf(end: ShadowEnd, timeoutMs: number, took: string): string {
  switch (end.how) {
    case "alone":
      return "was not run: stable does not stand on that machine";
    case "too-late":
      return `had not ended after ${formatDuration(timeoutMs)}, and was ended`;
    case "killed":
      return `${end.words} after ${took}`;
    case "exited":
      return `exited with code ${end.code} after ${took}`;
  }
}

function lineOf({ instance, outcome, words, lastLines }: ShadowFinding): string {
  const lastLine = lastOf(lastLines);
  const mark = { passed: "✓", failed: "✗", inconclusive: "?" }[outcome];
  return `shadow ${mark} on ${instance}: it ${words}${lastLine === "" ? "" : `: ${lastLine}`}`;
}

function tell({ instance, words, lastLines }: ShadowFinding): string {
  const said = lastLines === "" ? "and wrote nothing" : `its last lines were:\n${lastLines}`;
  return `on ${instance} it ${words}; ${said}`;
}

function lastOf(lines: string): string {
  return lines.split("\n").at(-1) ?? "";
}

function undecided(found: readonly ShadowFinding[]): ShadowFinding[] {
  return found.filter(({ outcome }) => outcome === "inconclusive");
}

function instancesOf(found: readonly ShadowFinding[]): string {
  return found.map(({ instance }) => instance).join(", ");
}
