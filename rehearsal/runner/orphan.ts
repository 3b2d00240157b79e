import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { isAlive } from "../../lib/liveness.ts";

const run = promisify(execFile);
const GRACE_MS = 200;

/** A process that a step has left running. */
export interface Orphan {
  readonly pid: number;
  readonly command: string;
}

/**
 * Ends the processes that still carry the job's RUNNER_TRACKING_ID, as the runner does at a job's end.
 * One that cleared the variable stays.
 */
export async function endOrphans(
  trackingId: string,
  first: "SIGTERM" | "SIGKILL" = "SIGTERM",
): Promise<Orphan[]> {
  const orphans = await findOrphans(trackingId);
  if (orphans.length === 0) return [];
  for (const { pid } of orphans) kill(pid, first);
  const deadline = Date.now() + GRACE_MS;
  while (Date.now() < deadline && orphans.some(({ pid }) => isAlive(pid))) await sleep(10);
  // Those that did not listen, and those that were started meanwhile.
  for (const { pid } of [...orphans, ...(await findOrphans(trackingId))]) kill(pid, "SIGKILL");
  return orphans;
}

async function findOrphans(trackingId: string): Promise<Orphan[]> {
  const mark = `RUNNER_TRACKING_ID=${trackingId}`;
  if (process.platform !== "linux") return findByPs(mark);
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid): Promise<Orphan[]> => {
      const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
      if (!environment.split("\0").includes(mark)) return [];
      const command = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
      return [{ pid: Number(pid), command: command.trim() }];
    }),
  );
  return found.flat();
}

async function findByPs(mark: string): Promise<Orphan[]> {
  const { stdout } = await run("ps", ["eww", "-ax", "-o", "pid=,command="], { maxBuffer: 2 ** 26 });
  return stdout.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\S+)/.exec(line);
    if (!match?.[2] || !line.includes(mark)) return [];
    return [{ pid: Number(match[1]), command: match[2] }];
  });
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
