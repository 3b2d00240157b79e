import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, startEngine } from "./engine-child.ts";
import { OpenLoop } from "./open-loop.ts";
import { machine, quantile, writeSection } from "./section.ts";

const CONNECTIONS = 100;
const PER_SECOND = 10_000;
const SLICE_MS = 15_000;
const FULL_MINUTES = 10;
/** What the memory of the second half may be above that of the first, beyond what a collector leaves lying. */
const ALLOWED_GROWTH = 0.1;

interface Slice {
  seconds: number;
  acknowledged: number;
  refused: number;
  p95Ms: number;
  residentMiB: number;
}

/** Ten minutes, or as many as are given, at 10,000 orders a second: is memory flat? Exit code 1 when not. */
export async function soak(minutes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  const { engine, url } = await startEngine({ JOURNAL_DIR: folder, SNAPSHOT_EVERY: "200000" });
  const slices: Slice[] = [];
  try {
    const sockets = await connect(url, CONNECTIONS);
    const loop = new OpenLoop(sockets, PER_SECOND, minutes * 60_000);
    const count = Math.max(4, Math.round((minutes * 60_000) / SLICE_MS));
    for (let at = 1; at <= count; at += 1) {
      await sleep(at * SLICE_MS - loop.elapsedMs);
      const { acknowledged, refused, timesMs } = loop.take();
      const p95Ms = Number(quantile(timesMs, 0.95).toFixed(1));
      const residentMiB = residentMebibytes(engine.pid ?? 0);
      slices.push({ seconds: (at * SLICE_MS) / 1000, acknowledged, refused, p95Ms, residentMiB });
      console.log(JSON.stringify(slices.at(-1)));
    }
    loop.stop();
    for (const socket of sockets) socket.terminate();
  } finally {
    engine.kill("SIGKILL");
    await new Promise((resolve) => engine.once("close", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
  const growth = growthOf(slices.map(({ residentMiB }) => residentMiB));
  const isFlat = growth < ALLOWED_GROWTH;
  console.log(JSON.stringify({ growthPercent: Number((growth * 100).toFixed(1)), flat: isFlat }));
  if (minutes >= FULL_MINUTES) writeSection("engine:soak", page(slices, growth));
  process.exitCode = isFlat ? 0 : 1;
}

/** The first quarter is warming up: compiled code, grown arrays, the first snapshots. */
function growthOf(resident: readonly number[]): number {
  const settled = resident.slice(Math.ceil(resident.length / 4));
  const middle = Math.floor(settled.length / 2);
  return mean(settled.slice(middle)) / mean(settled.slice(0, middle)) - 1;
}

function page(slices: readonly Slice[], growth: number): string[] {
  const sum = (of: (slice: Slice) => number): number =>
    slices.reduce((total, slice) => total + of(slice), 0);
  const seconds = slices.at(-1)?.seconds ?? 0;
  const acknowledged = sum((slice) => slice.acknowledged);
  const percent = (growth * 100).toFixed(1);
  return [
    `Written by \`node perf/engine/bench.ts soak\`; not by hand. ${machine()}; load and engine share them.`,
    "",
    `${Math.round(seconds / 60)} minutes of JSON orders over ${CONNECTIONS} WebSockets, ten in a message, ${PER_SECOND} due each second (open loop), journal on, a snapshot every 200,000 commands:`,
    `${acknowledged} acknowledged (${Math.round(acknowledged / seconds)}/s), ${sum((slice) => slice.refused)} refused. Resident memory of the second half against the first, after`,
    `warming up: ${growth < 0 ? "" : "+"}${percent} % (${growth < ALLOWED_GROWTH ? "flat" : "**not flat**"}: below ${ALLOWED_GROWTH * 100} %).`,
    "",
    "| minute | acknowledged/s | p95 | resident |",
    "|---|---|---|---|",
    ...slices
      .filter(({ seconds: at }) => at % 60 === 0)
      .map(
        ({ seconds: at, acknowledged: count, p95Ms, residentMiB }) =>
          `| ${at / 60} | ${Math.round((count * 1000) / SLICE_MS)} | ${p95Ms} ms | ${residentMiB} MiB |`,
      ),
  ];
}

function residentMebibytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
