import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, startEngine } from "./engine-child.ts";
import { flow } from "./open-loop-case.ts";

const CONNECTIONS = 100;
const SLICE_MS = 15_000;
/** What the memory of the second half may be above that of the first, beyond what a collector leaves lying. */
const ALLOWED_GROWTH = 0.1;

/** Ten minutes, or as many as are given, at 10,000 orders a second: is memory flat? Exit code 1 when not. */
export async function soak(minutes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  const { engine, url } = await startEngine({ JOURNAL_DIR: folder, SNAPSHOT_EVERY: "200000" });
  const resident: number[] = [];
  try {
    const sockets = await connect(url, CONNECTIONS);
    const slices = Math.max(4, Math.round((minutes * 60_000) / SLICE_MS));
    for (let slice = 0; slice < slices; slice += 1) {
      const times = (await flow(sockets, SLICE_MS)).sort((a, b) => a - b);
      resident.push(residentMebibytes(engine.pid ?? 0));
      const p95Ms = times[Math.floor(times.length * 0.95)]?.toFixed(1);
      const seconds = ((slice + 1) * SLICE_MS) / 1000;
      console.log(
        JSON.stringify({ seconds, orders: times.length, p95Ms, rssMiB: resident.at(-1) }),
      );
    }
    for (const socket of sockets) socket.terminate();
  } finally {
    engine.kill("SIGKILL");
    await new Promise((resolve) => engine.once("close", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
  // The first quarter is warming up: compiled code, grown arrays, the first snapshots.
  const settled = resident.slice(Math.ceil(resident.length / 4));
  const middle = Math.floor(settled.length / 2);
  const growth = mean(settled.slice(middle)) / mean(settled.slice(0, middle)) - 1;
  const isFlat = growth < ALLOWED_GROWTH;
  console.log(JSON.stringify({ growthPercent: Number((growth * 100).toFixed(1)), flat: isFlat }));
  process.exitCode = isFlat ? 0 : 1;
}

function residentMebibytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
