import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import { type AbEnded, runAb } from "../../lib/load/ab-run.ts";
import type { BlockPair } from "../../lib/load/block.ts";
import { type GateSettings, type Judgement, judge } from "../../lib/load/gate.ts";
import { pairsIn } from "../../lib/load/looks.ts";
import { middleMean } from "../../lib/load/middle-mean.ts";
import { roundPlan } from "../../lib/load/round-plan.ts";
import { type Arm, CYCLE } from "../../lib/load/schedule.ts";
import { comparisonOf, findingsOfArms } from "./comparison.ts";
import type { ScriptResult } from "./result.ts";
import type { ScriptRun } from "./run.ts";

/** How often it is looked whether both versions still run. */
const WATCH_MS = 500;

/** Runs one script against both versions in turns, until it is decided. */
export async function compare(run: ScriptRun): Promise<ScriptResult> {
  const { inputs } = run;
  const plan = roundPlan({
    rounds: inputs.rounds,
    durationMs: inputs.duration,
    maxDurationMs: inputs["max-duration"],
    blockMs: inputs.block,
    renewable: inputs["environment-file"] !== undefined,
  });
  const settings = gateSettings(run, plan.looks.length);
  return plan.kind === "one"
    ? inOneRound(run, plan.looks, settings)
    : inRounds(run, plan, settings);
}

async function inOneRound(
  run: ScriptRun,
  looks: readonly number[],
  settings: GateSettings,
): Promise<ScriptResult> {
  const { log } = run;
  let judgement: Judgement | undefined;
  const last = looks.at(-1) ?? 1;
  const ended = await oneRound(run, {
    looks,
    isDecided(pairs, look) {
      judgement = judge([pairs], settings);
      if (judgement.decision === "undecided" && look + 1 < looks.length) {
        log.info(`undecided after ${pairs.length} pairs of blocks, going on: ${judgement.reason}`);
      }
      return judgement.decision !== "undecided";
    },
    onProgress: (pairs) => log.info(progressLine(last, pairs)),
  });
  return comparisonOf(run.name, [ended], judgement);
}

/** Each with other processes; looked at only between rounds, and ended by the first that is no measurement. */
async function inRounds(
  run: ScriptRun,
  { cycles, looks }: { cycles: number; looks: readonly number[] },
  settings: GateSettings,
): Promise<ScriptResult> {
  const { log, versions, folder } = run;
  const done: AbEnded[] = [];
  const last = looks.at(-1) ?? 1;
  let judgement: Judgement | undefined;
  while (done.length < last) {
    if (done.length > 0) await versions.renew();
    const own = join(folder, `round-${done.length}`);
    await mkdir(own);
    const ended = await oneRound(
      { ...run, folder: own },
      { looks: [cycles], isDecided: () => true, onProgress() {} },
    );
    done.push(ended);
    log.info(`  round ${done.length} of at most ${last} · ${p95Line(ended.pairs)}`);
    if (ended.looks === 0 || findingsOfArms(ended).length > 0)
      return comparisonOf(run.name, done, judgement);
    if (!looks.includes(done.length)) continue;
    judgement = judge(
      done.map(({ pairs }) => pairs),
      settings,
    );
    if (judgement.decision !== "undecided") break;
    if (done.length < last) {
      log.info(`undecided after ${done.length} rounds, going on: ${judgement.reason}`);
    }
  }
  return comparisonOf(run.name, done, judgement);
}

interface Watching {
  /** Cycles after which it is looked, ascending. */
  looks: readonly number[];
  isDecided(pairs: readonly BlockPair[], look: number): boolean;
  onProgress(pairs: readonly BlockPair[]): void;
}

/** From the start of two k6 to their end, on the processes that there are now. */
async function oneRound(run: ScriptRun, watching: Watching): Promise<AbEnded> {
  const { inputs, log } = run;
  const { looks, isDecided } = watching;
  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, over.signal]);
  const stillThere = watchVersions(run, over);
  const ended = await runAb({
    ...run,
    signal,
    urls: urlsOf(run),
    urlVariable: inputs["url-variable"],
    schedule: {
      anchorMs: Date.now(),
      blockMs: inputs.block,
      warmUpCycles: Math.max(1, Math.round(inputs["warm-up"] / (CYCLE.length * inputs.block))),
      maxCycles: looks.at(-1) ?? 1,
    },
    measured: { latency: inputs.metric },
    looks,
    isDecided,
    onProgress: (_cycles, pairs) => watching.onProgress(pairs),
    onLog: (arm, line) => tell(log, inputs.debug, `${arm}: ${line}`),
  }).finally(() => over.abort());
  await stillThere;
  return ended;
}

function urlsOf({ versions }: ScriptRun): Record<Arm, string> {
  const { baseline, candidate } = versions;
  if (baseline !== undefined && candidate !== undefined) return { baseline, candidate };
  throw new SluiceError("internal", "one of the two versions that are compared has no URL", {
    hint: "report this; nothing was decided",
  });
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

function progressLine(last: number, pairs: readonly BlockPair[]): string {
  return `  ${2 * pairs.length} of at most ${2 * pairsIn(last)} blocks · ${p95Line(pairs)}`;
}

function p95Line(pairs: readonly BlockPair[]): string {
  const p95 = (arm: Arm) => {
    const known = pairs.flatMap((pair) => pair[arm].latencyMs?.p95 ?? []);
    return known.length === 0 ? "none yet" : `${middleMean(known).toPrecision(3)} ms`;
  };
  return `p95 baseline ${p95("baseline")}, candidate ${p95("candidate")}`;
}

/** k6's complaints are for debugging, except when they are all there is: then they are told with the failure. */
export function tell(log: Log, debug: boolean, line: string): void {
  if (debug) log.info(line);
  else log.debug(line);
}
