import { setTimeout as sleep } from "node:timers/promises";
import { type ArmEnded, startArmRun } from "./arm-run.ts";
import { inspectScript, type K6Script } from "./inspect.ts";
import { quantileOf } from "./quantile.ts";
import type { Sample } from "./sample.ts";
import { execsOf } from "./scenario.ts";

const TELL_EVERY_MS = 2_000;

export interface SoloSettings extends K6Script {
  folder: string;
  name: string;
  variables: Readonly<Record<string, string>>;
  /** The trend that progress is told of. */
  latency: string;
  onProgress(progress: SoloProgress): void;
  onLog(line: string): void;
  signal: AbortSignal;
}

export interface SoloProgress {
  elapsedMs: number;
  iterations: number;
  /** Of what was answered since the last progress; undefined when nothing was. */
  p95Ms: number | undefined;
}

/** Runs a script as it is, with its own load. */
export async function runSolo(settings: SoloSettings): Promise<ArmEnded> {
  const { variables, latency, signal, onProgress } = settings;
  const inspected = await inspectScript(settings, variables, signal);
  let recent: number[] = [];
  let iterations = 0;
  const run = await startArmRun({
    ...settings,
    wrapping: { execs: execsOf(inspected), callsSummary: true },
    wants: (metric) => metric === latency || metric === "iterations",
    onSample({ metric, value }: Sample) {
      if (metric === latency) recent.push(value);
      else iterations += value;
    },
  });
  const stop = () => void run.stop();
  signal.addEventListener("abort", stop, { once: true });
  const over = new AbortController();
  const telling = tell(over.signal, (elapsedMs) => {
    const sorted = recent.sort((a, b) => a - b);
    const p95Ms = sorted.length === 0 ? undefined : quantileOf(sorted, 0.95);
    recent = [];
    onProgress({ elapsedMs, iterations, p95Ms });
  });
  try {
    if (signal.aborted) stop();
    return await run.ended;
  } finally {
    signal.removeEventListener("abort", stop);
    over.abort();
    await telling;
    signal.throwIfAborted();
  }
}

async function tell(over: AbortSignal, say: (elapsedMs: number) => void): Promise<void> {
  const startedMs = performance.now();
  while (!over.aborted) {
    await sleep(TELL_EVERY_MS, undefined, { signal: over }).catch(() => {});
    if (!over.aborted) say(performance.now() - startedMs);
  }
}
