import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../lib/action/action.ts";
import { type AbEnded, runAb } from "../../lib/load/ab-run.ts";
import type { BlockPair } from "../../lib/load/block.ts";
import { THROWN } from "../../lib/load/block-book.ts";
import { type Finding, findingsOf, type Work, workOf } from "../../lib/load/finding.ts";
import { type GateSettings, type Judgement, judge } from "../../lib/load/gate.ts";
import { describeExit } from "../../lib/load/k6-exit.ts";
import { pairsIn, plannedLooks } from "../../lib/load/looks.ts";
import { middleMean } from "../../lib/load/middle-mean.ts";
import { ARMS, type Arm, CYCLE } from "../../lib/load/schedule.ts";
import type { ScriptResult } from "./result.ts";
import type { ScriptRun } from "./run.ts";

/** How often it is looked whether both versions still run. */
const WATCH_MS = 500;

/** Runs one script against both versions in turns, until it is decided. */
export async function compare(
  run: ScriptRun & { urls: Readonly<Record<Arm, string>> },
): Promise<ScriptResult> {
  const { inputs, log } = run;
  const oneCycleMs = CYCLE.length * inputs.block;
  const looks = plannedLooks(
    { durationMs: inputs.duration, maxDurationMs: inputs["max-duration"] },
    oneCycleMs,
  );
  const settings = gateSettings(run, looks.length);
  let judgement: Judgement | undefined;
  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, over.signal]);
  const watching = watchVersions(run, over);
  const last = looks.at(-1) ?? 1;
  const ended = await runAb({
    ...run,
    signal,
    urlVariable: inputs["url-variable"],
    schedule: {
      anchorMs: Date.now(),
      blockMs: inputs.block,
      warmUpCycles: Math.max(1, Math.round(inputs["warm-up"] / oneCycleMs)),
      maxCycles: last,
    },
    measured: { latency: inputs.metric },
    looks,
    isDecided(pairs, look) {
      judgement = judge(pairs, settings);
      if (judgement.decision === "undecided" && look + 1 < looks.length) {
        log.info(`undecided after ${pairs.length} pairs of blocks, going on: ${judgement.reason}`);
      }
      return judgement.decision !== "undecided";
    },
    onProgress: (_cycles, pairs) => log.info(progressLine(last, pairs)),
    onLog: (arm, line) => tell(log, inputs.debug, `${arm}: ${line}`),
  }).finally(() => over.abort());
  await watching;
  return resultOf(run, ended, judgement);
}

function gateSettings({ inputs, scripts }: ScriptRun, looks: number): GateSettings {
  return {
    alpha: inputs.alpha / 100,
    beta: inputs.beta / 100,
    margin: 1 + inputs.margin / 100,
    ruleOut: 1 + inputs["rule-out"] / 100,
    passOn: inputs["pass-on"],
    processSpread: inputs["process-spread"] / 100,
    looks,
    scripts,
    blockMs: inputs.block,
  };
}

/** A version that dies under the load ends the run at once, instead of filling it with errors. */
async function watchVersions(run: ScriptRun, over: AbortController): Promise<void> {
  while (!over.signal.aborted) {
    try {
      run.versions.mustLive();
    } catch (error) {
      over.abort(error);
    }
    await sleep(WATCH_MS, undefined, { signal: over.signal }).catch(() => {});
  }
}

function resultOf(run: ScriptRun, ended: AbEnded, judgement: Judgement | undefined): ScriptResult {
  const findings = findingsOfArms(ended);
  const { iterations, requests } = workOf(ended.arms.candidate.summary, THROWN);
  const common = {
    script: run.name,
    history: [],
    pairs: ended.pairs,
    iterations,
    requests,
    facts: undefined,
  };
  const ratios = judgement?.ratios ?? [];
  const [first] = findings;
  if (first) {
    const compared = judgement?.decision === "failed" ? `; besides, ${judgement.reason}` : "";
    return { ...common, outcome: "failed", reason: first.message + compared, findings, ratios };
  }
  if (judgement === undefined) {
    const reason = `k6 ended before there was anything to look at: ${describeExit(ended.arms.candidate.exit)}`;
    return { ...common, outcome: "failed", reason, findings, ratios };
  }
  const outcome = judgement.decision === "undecided" ? "inconclusive" : judgement.decision;
  return { ...common, outcome, reason: judgement.reason, findings, ratios };
}

/** Of the baseline only what makes the comparison void: its own thresholds are not this release's. */
function findingsOfArms({ arms, totals }: AbEnded): Finding[] {
  return ARMS.flatMap((arm) => {
    const work = withStream(workOf(arms[arm].summary, THROWN), totals[arm]);
    return findingsOf(arms[arm], work)
      .filter(({ kind }) => arm === "candidate" || !kind.startsWith("threshold"))
      .map((finding) => ({ ...finding, message: `${arm}: ${finding.message}` }));
  });
}

/** A k6 that was killed has no summary, but its samples came. */
function withStream(known: Work, seen: Work): Work {
  return {
    iterations: Math.max(known.iterations, seen.iterations),
    thrown: Math.max(known.thrown, seen.thrown),
    requests: Math.max(known.requests, seen.requests),
    failed: Math.max(known.failed, seen.failed),
  };
}

function progressLine(last: number, pairs: readonly BlockPair[]): string {
  const p95 = (arm: Arm) => {
    const known = pairs.flatMap((pair) => pair[arm].latencyMs?.p95 ?? []);
    return known.length === 0 ? "none yet" : `${middleMean(known).toPrecision(3)} ms`;
  };
  const blocks = `${2 * pairs.length} of at most ${2 * pairsIn(last)} blocks`;
  return `  ${blocks} · p95 baseline ${p95("baseline")}, candidate ${p95("candidate")}`;
}

/** k6's complaints are for debugging, except when they are all there is: then they are told with the failure. */
export function tell(log: Log, debug: boolean, line: string): void {
  if (debug) log.info(line);
  else log.debug(line);
}
