import { setTimeout as sleep } from "node:timers/promises";
import { type ArmEnded, type ArmRun, startArmRun } from "./arm-run.ts";
import type { BlockPair } from "./block.ts";
import { BlockBook, type Measured, type Total } from "./block-book.ts";
import { inspectScript, type K6Script } from "./inspect.ts";
import { interleaved } from "./interleave.ts";
import { mustNotSetLoad } from "./k6-arguments.ts";
import { execsOf, scenariosOf } from "./scenario.ts";
import { ARMS, type Arm, cycleMs, type Schedule } from "./schedule.ts";

/** k6 hands its samples on every 50 ms and writes them every 200 ms; a late answer needs some time as well. */
const SETTLE_MS = 600;
const POLL_MS = 50;
const TELL_EVERY_MS = 2_000;

export interface AbSettings extends K6Script {
  folder: string;
  /** The variable that tells the script where to send. */
  urlVariable: string;
  urls: Readonly<Record<Arm, string>>;
  schedule: Schedule;
  measured: Measured;
  /** Cycles after which it is looked whether there is a decision, ascending; the last is the end. */
  looks: readonly number[];
  /** Whether it is over after look number `look`, counted from 0. */
  isDecided(pairs: readonly BlockPair[], look: number): boolean;
  onProgress(cycles: number, pairs: readonly BlockPair[]): void;
  onLog(arm: Arm, line: string): void;
  signal: AbortSignal;
}

export interface AbEnded {
  pairs: BlockPair[];
  totals: Record<Arm, Total>;
  arms: Record<Arm, ArmEnded>;
  /** Looks that were taken. */
  looks: number;
  /** Iterations of the candidate that had begun long ago and not ended when it was looked last. */
  hanging: number;
}

/** Loads both arms in turns until it is decided, and ends both k6 however it ends itself. */
export async function runAb(settings: AbSettings): Promise<AbEnded> {
  const { schedule, measured, signal } = settings;
  mustNotSetLoad(settings.flags);
  const inspected = await inspectScript(settings, variablesOf(settings, "candidate"), signal);
  const scenarios = Object.entries(scenariosOf(inspected));
  const book = new BlockBook(schedule, measured);
  const start = (arm: Arm): Promise<ArmRun> =>
    startArmRun({
      ...settings,
      name: arm,
      wrapping: {
        execs: execsOf(inspected),
        callsSummary: arm === "candidate",
        load: {
          scenarios: Object.fromEntries(
            scenarios.map(([name, scenario]) => [name, interleaved(scenario, arm, schedule)]),
          ),
          anchorMs: schedule.anchorMs,
          cycleMs: cycleMs(schedule),
        },
      },
      variables: variablesOf(settings, arm),
      wants: (metric) => book.wants(metric),
      onSample: (sample) => book.add(arm, sample),
      onLog: (line) => settings.onLog(arm, line),
    });
  const runs = { baseline: await start("baseline"), candidate: await start("candidate") };
  let looks = 0;
  // What hangs is what hangs now: once k6 is told to stop, nothing is.
  let lookedMs = Date.now();
  try {
    looks = await watch(settings, book, runs);
    lookedMs = Date.now();
  } finally {
    await Promise.all(ARMS.map((arm) => runs[arm].stop()));
  }
  signal.throwIfAborted();
  const arms = { baseline: await runs.baseline.ended, candidate: await runs.candidate.ended };
  const pairs = book.pairs(settings.looks[looks - 1] ?? 0, lookedMs);
  return { pairs, totals: book.totals, arms, looks, hanging: book.hanging(lookedMs) };
}

function variablesOf({ urlVariable, urls }: AbSettings, arm: Arm): Record<string, string> {
  return { [urlVariable]: urls[arm], SLUICE_ARM: arm };
}

/** Resolves with the number of looks once it is decided, there are no more looks, or a k6 ended by itself. */
async function watch(
  { schedule, looks, isDecided, onProgress, signal }: AbSettings,
  book: BlockBook,
  runs: Record<Arm, ArmRun>,
): Promise<number> {
  let over = false;
  for (const arm of ARMS) {
    const end = () => {
      over = true;
    };
    runs[arm].ended.then(end, end);
  }
  let taken = 0;
  let toldAtMs = Date.now();
  while (!over && taken < looks.length) {
    signal.throwIfAborted();
    await sleep(POLL_MS);
    const nowMs = Date.now();
    const cycles = settledCycles(schedule, book, nowMs);
    if (nowMs - toldAtMs >= TELL_EVERY_MS && cycles > 0) {
      toldAtMs = nowMs;
      onProgress(cycles, book.pairs(cycles, nowMs));
    }
    const due = looks[taken] ?? 0;
    if (cycles < due) continue;
    taken += 1;
    if (isDecided(book.pairs(due, nowMs), taken - 1)) break;
  }
  return taken;
}

/** Cycles that count and whose samples have all arrived. */
function settledCycles(schedule: Schedule, book: BlockBook, nowMs: number): number {
  const { firstCycle } = book;
  if (firstCycle === Infinity) return 0;
  const beganMs = schedule.anchorMs + firstCycle * cycleMs(schedule);
  return Math.max(0, Math.floor((nowMs - SETTLE_MS - beganMs) / cycleMs(schedule)));
}
