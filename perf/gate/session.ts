import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AbEnded, runAb } from "../../lib/load/ab-run.ts";
import type { BlockPair } from "../../lib/load/block.ts";
import { k6Environment } from "../../lib/load/k6-arguments.ts";
import { CYCLE } from "../../lib/load/schedule.ts";
import { startEngine } from "./engine-pair.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..");
/** What the gate is given in this benchmark, and in the rehearsal. */
export const BLOCK_MS = 100;
export const RATE = 400;
const WARM_UP_CYCLES = 4;

export interface SessionSettings {
  program: string;
  /** The candidate's; the baseline has none. */
  slowdown: number;
  cycles: number;
  looks?: readonly number[];
  isDecided?: (pairs: readonly BlockPair[], look: number) => boolean;
}

/** Two fresh engines, two fresh k6, and the load in turns for as many cycles. */
export async function session(settings: SessionSettings): Promise<AbEnded> {
  const { program, slowdown, cycles, looks = [cycles], isDecided = () => true } = settings;
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-k6-"));
  const [baseline, candidate] = await Promise.all([startEngine(), startEngine(slowdown)]);
  try {
    const ended = await runAb({
      program,
      script: join(REPOSITORY, "perf", "k6", "orders.ts"),
      flags: [],
      cwd: REPOSITORY,
      env: k6Environment({ ...process.env, RATE: String(RATE) }, true),
      folder,
      urlVariable: "BASE_URL",
      urls: { baseline: baseline.url, candidate: candidate.url },
      schedule: {
        anchorMs: Date.now(),
        blockMs: BLOCK_MS,
        warmUpCycles: WARM_UP_CYCLES,
        maxCycles: cycles,
      },
      measured: { latency: "http_req_duration" },
      looks,
      isDecided,
      onProgress() {},
      onLog() {},
      signal: new AbortController().signal,
    });
    if (ended.pairs.length === 0) throw new Error("k6 ended before the session did");
    return ended;
  } finally {
    await Promise.all([baseline.stop(), candidate.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Cycles in so many seconds. */
export function cyclesIn(seconds: number): number {
  return Math.round((seconds * 1_000) / (CYCLE.length * BLOCK_MS));
}
