import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blankCommand } from "../../engine/core/command.ts";
import { listSnapshots } from "../../engine/journal/files.ts";
import { createLog } from "../../engine/log.ts";
import { Pipeline, type PipelineOptions } from "../../engine/pipeline/pipeline.ts";
import { exchangeMix } from "./mix.ts";

const WINDOW = 8_192;

const OPTIONS: Omit<PipelineOptions, "folder"> = {
  symbols: [{ name: "BTC-USD", tick: 1, lot: 1 }],
  maxOrders: 1_000_000,
  risk: false,
  preventSelfTrade: false,
  segmentBytes: 8 * 1024 * 1024,
  limitBytes: 0,
  snapshotEvery: 0,
  slowMs: 600_000,
  spins: 50,
  cpus: { core: [], journal: [] },
};

/** Commands through gateway, core and journal, with as many in hand as the engine takes by default. */
export async function measurePipeline(count: number, durable: boolean): Promise<object> {
  return inFolder(async (folder) => {
    const pipeline = await start(durable ? folder : null);
    await run(pipeline, count / 4, 7);
    const startedAt = performance.now();
    await run(pipeline, count, 1);
    const ms = performance.now() - startedAt;
    await pipeline.stop();
    return { perSecond: Math.round((count / ms) * 1000) };
  });
}

/** How fast a journal without a snapshot is brought back. */
export async function measureRecovery(count: number): Promise<object> {
  return inFolder(async (folder) => {
    const pipeline = await start(folder);
    await run(pipeline, count, 1);
    await pipeline.stop();
    for (const { path } of listSnapshots(folder)) rmSync(path);
    const again = await start(folder);
    await again.stop();
    const { recovered } = again;
    return { perSecond: Math.round((recovered.commands / recovered.ms) * 1000) };
  });
}

async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(folder: string | null): Promise<Pipeline> {
  return Pipeline.start({ ...OPTIONS, folder }, createLog("error", {}));
}

function run(pipeline: Pipeline, count: number, seed: number): Promise<void> {
  const commands = exchangeMix(count, seed);
  const command = blankCommand();
  let sent = 0;
  let answered = 0;
  return new Promise((resolve) => {
    const done = (): void => {
      answered += 1;
      if (answered === count) resolve();
      else if (answered === sent - WINDOW / 2) fill();
    };
    const fill = (): void => {
      const end = Math.min(count, answered + WINDOW);
      for (; sent < end; sent += 1) {
        commands.read(sent, command);
        pipeline.submit(command, done);
      }
    };
    fill();
  });
}
