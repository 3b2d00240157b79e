import { execFile } from "node:child_process";
import { closeSync, openSync, readlinkSync, readSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { isAlive } from "../../lib/liveness.ts";

const run = promisify(execFile);
const GRACE_MS = 200;
/** Longer than the kernel takes to end what it was told to end, on a machine that does other things too. */
const GONE_LIMIT_MS = 10_000;
/** So often, and so long after, is looked again at a process that shows nothing of itself yet. */
const MAX_LOOKS = 50;
const LOOK_AGAIN_MS = 5;
/** As much as Linux takes for the arguments and the environment of a process, by default. */
const MAX_ENVIRONMENT_BYTES = 2 * 1024 * 1024;

/** A process that a step has left running. */
export interface Orphan {
  readonly pid: number;
  readonly command: string;
}

/**
 * Ends the processes that still carry the job's RUNNER_TRACKING_ID, as the runner does at a job's end, and waits until they
 * are gone. One that cleared the variable stays.
 */
export async function endOrphans(
  trackingId: string,
  first: "SIGTERM" | "SIGKILL" = "SIGTERM",
): Promise<Orphan[]> {
  const orphans = await findOrphans(trackingId);
  if (orphans.length === 0) return [];
  for (const { pid } of orphans) kill(pid, first);
  const patience = performance.now() + GRACE_MS;
  while (performance.now() < patience && orphans.some(({ pid }) => isAlive(pid))) await sleep(10);
  const limit = performance.now() + GONE_LIMIT_MS;
  // Those that did not listen, and those that were started meanwhile.
  for (let left = orphans; left.length > 0; left = await findOrphans(trackingId)) {
    if (performance.now() > limit) break;
    for (const { pid } of left) kill(pid, "SIGKILL");
    await sleep(10);
  }
  return orphans;
}

async function findOrphans(trackingId: string): Promise<Orphan[]> {
  const mark = `RUNNER_TRACKING_ID=${trackingId}`;
  if (process.platform !== "linux") return findByPs(mark);
  let pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found: Orphan[] = [];
  for (let looks = 0; pids.length > 0 && looks < MAX_LOOKS; looks++) {
    if (looks > 0) await sleep(LOOK_AGAIN_MS);
    const hidden: string[] = [];
    for (const pid of pids) {
      const environment = readProc(pid, "environ");
      if (environment.length === 0) {
        if (isBecomingAnother(pid)) hidden.push(pid);
      } else if (hasVariable(environment, mark)) {
        found.push({ pid: Number(pid), command: readProc(pid, "comm").toString("utf8").trim() });
      }
    }
    pids = hidden;
  }
  return found;
}

function hasVariable(environment: Buffer, mark: string): boolean {
  const at = environment.indexOf(mark);
  if (at < 0) return false;
  const end = at + mark.length;
  return (
    (at === 0 || environment[at - 1] === 0) &&
    (end === environment.length || environment[end] === 0)
  );
}

/** While a program is loaded into a process, the kernel shows neither its arguments nor its environment. */
function isBecomingAnother(pid: string): boolean {
  if (readProc(pid, "cmdline").length > 0) return false;
  try {
    return readlinkSync(`/proc/${pid}/exe`) !== "";
  } catch {
    return false; // The kernel's own, one that has ended, or somebody else's.
  }
}

/** One buffer for all: files in /proc tell no size, and a thousand jobs look at each process. */
let shared: Buffer | undefined;

/** What the kernel tells of a process; valid until the next call. */
function readProc(pid: string, name: string): Buffer {
  shared ??= Buffer.allocUnsafeSlow(MAX_ENVIRONMENT_BYTES);
  let file: number | undefined;
  let length = 0;
  try {
    file = openSync(`/proc/${pid}/${name}`, "r");
    for (let got = -1; got !== 0 && length < shared.length; length += got) {
      got = readSync(file, shared, length, shared.length - length, null);
    }
  } catch {
    // It ended meanwhile, or is somebody else's.
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return shared.subarray(0, length);
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
