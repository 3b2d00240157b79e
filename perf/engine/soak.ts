import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, startEngine } from "./engine-child.ts";
import { OpenLoop } from "./open-loop.ts";
import { engineCommit, machine, quantile, writeSection } from "./section.ts";

const CONNECTIONS = 100;
const PER_SECOND = 10_000;
const SLICE_MS = 15_000;
const LOOK_EVERY_MS = 500;
const MEBIBYTE = 2 ** 20;
const FULL_MINUTES = 10;
/** What the memory of the second half may be above that of the first, beyond what a collector leaves lying. */
const ALLOWED_GROWTH = 0.1;
/** Of all that is resident, the threads' heaps too: garbage that V8 keeps under load must not hide a leak there. */
const ALLOWED_RESIDENT_GROWTH = 0.5;

interface Slice {
  seconds: number;
  acknowledged: number;
  refused: number;
  p95Ms: number;
  residentMiB: number;
  /** The least that was in use of the main thread's heap and of buffers: what was not garbage, about. */
  heldMiB: number;
  /** Processes that ran or waited for a CPU, over the last minute. */
  load: number;
}

/** Of the second half against the first, after warming up. */
interface Growth {
  held: number;
  resident: number;
}

/** Ten minutes, or as many as are given, at 10,000 orders a second: is memory flat? Exit code 1 when not. */
export async function soak(minutes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  const commit = engineCommit();
  const { engine, url, metricsUrl } = await startEngine({
    JOURNAL_DIR: folder,
    SNAPSHOT_EVERY: "200000",
  });
  const slices: Slice[] = [];
  try {
    const sockets = await connect(url, CONNECTIONS);
    const loop = new OpenLoop(sockets, PER_SECOND, minutes * 60_000);
    const held = new HeldMemory(metricsUrl);
    const count = Math.max(4, Math.round((minutes * 60_000) / SLICE_MS));
    for (let at = 1; at <= count; at += 1) {
      while (loop.elapsedMs < at * SLICE_MS) {
        await sleep(Math.min(LOOK_EVERY_MS, Math.max(0, at * SLICE_MS - loop.elapsedMs)));
        await held.look();
      }
      const { acknowledged, refused, timesMs } = loop.take();
      const p95Ms = Number(quantile(timesMs, 0.95).toFixed(1));
      const residentMiB = residentMebibytes(engine.pid ?? 0);
      const seconds = (at * SLICE_MS) / 1000;
      const load = Number((loadavg()[0] ?? 0).toFixed(1));
      slices.push({
        seconds,
        acknowledged,
        refused,
        p95Ms,
        residentMiB,
        heldMiB: held.take(),
        load,
      });
      console.log(JSON.stringify(slices.at(-1)));
    }
    loop.stop();
    for (const socket of sockets) socket.terminate();
  } finally {
    engine.kill("SIGKILL");
    await new Promise((resolve) => engine.once("close", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
  const growth = {
    held: growthOf(slices.map(({ heldMiB }) => heldMiB)),
    resident: growthOf(slices.map(({ residentMiB }) => residentMiB)),
  };
  const isFlat = isFlatAt(growth);
  console.log(JSON.stringify({ growth, flat: isFlat }));
  if (minutes >= FULL_MINUTES) writeSection("engine:soak", page(slices, growth, commit));
  process.exitCode = isFlat ? 0 : 1;
}

function isFlatAt({ held, resident }: Growth): boolean {
  return held < ALLOWED_GROWTH && resident < ALLOWED_RESIDENT_GROWTH;
}

/** The first quarter is warming up: compiled code, grown arrays, the first snapshots. */
function growthOf(resident: readonly number[]): number {
  const settled = resident.slice(Math.ceil(resident.length / 4));
  const middle = Math.floor(settled.length / 2);
  return mean(settled.slice(middle)) / mean(settled.slice(0, middle)) - 1;
}

function page(slices: readonly Slice[], growth: Growth, commit: string): string[] {
  const sum = (of: (slice: Slice) => number): number =>
    slices.reduce((total, slice) => total + of(slice), 0);
  const seconds = slices.at(-1)?.seconds ?? 0;
  const acknowledged = sum((slice) => slice.acknowledged);
  return [
    `Written by \`npm run bench:engine -- soak\`; not by hand. ${machine()}; load and engine share them. It is ${commit}.`,
    "",
    `${Math.round(seconds / 60)} minutes of JSON orders over ${CONNECTIONS} WebSockets, ten in a message, ${PER_SECOND} due each second (open loop), journal on, a snapshot every 200,000 commands:`,
    `${acknowledged} acknowledged (${Math.round(acknowledged / seconds)}/s), ${sum((slice) => slice.refused)} refused. Memory that was held (the least of the heap and of buffers in use, of each 15 s) of the`,
    `second half against the first, after warming up: ${percent(growth.held)} (${isFlatAt(growth) ? "flat" : "**not flat**"}: below ${ALLOWED_GROWTH * 100} %). Resident memory, garbage and all:`,
    `${percent(growth.resident)} (below ${ALLOWED_RESIDENT_GROWTH * 100} %); it rises where a busy machine keeps the engine from its CPUs and orders pile up, and V8 gives it back late.`,
    "",
    "| minute | acknowledged/s | p95 | held | resident | load average |",
    "|---|---|---|---|---|---|",
    ...slices
      .filter(({ seconds: at }) => at % 60 === 0)
      .map(
        ({ seconds: at, acknowledged: count, p95Ms, heldMiB, residentMiB, load }) =>
          `| ${at / 60} | ${Math.round((count * 1000) / SLICE_MS)} | ${p95Ms} ms | ${heldMiB} MiB | ${residentMiB} MiB | ${load} |`,
      ),
  ];
}

/** What an engine holds, by its metrics: between two collections the least is nearest to what is alive. */
class HeldMemory {
  readonly #url: string;
  #least = Number.POSITIVE_INFINITY;

  constructor(url: string) {
    this.#url = url;
  }

  async look(): Promise<void> {
    const text = await (await fetch(this.#url)).text();
    const bytes = ["nodejs_heap_size_used_bytes", "nodejs_external_memory_bytes"]
      .map((name) => Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)`, "m").exec(text)?.[1]))
      .reduce((sum, value) => sum + value, 0);
    this.#least = Math.min(this.#least, bytes);
  }

  /** Since it was taken last. */
  take(): number {
    const least = this.#least;
    this.#least = Number.POSITIVE_INFINITY;
    return Number((least / MEBIBYTE).toFixed(1));
  }
}

function percent(share: number): string {
  return `${share < 0 ? "" : "+"}${(share * 100).toFixed(1)} %`;
}

function residentMebibytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
