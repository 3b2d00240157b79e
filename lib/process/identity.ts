import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * When a process was started, in whatever unit the system counts; null when it is gone or only waits to be
 * collected. A pid alone may by now be somebody else's. Throws when it cannot be told: a process that runs must never be
 * taken for gone because there were too many open files. `proc` is where the kernel tells of processes.
 */
export async function startTimeOf(pid: number, proc = "/proc"): Promise<string | null> {
  return process.platform === "linux" ? fromProc(pid, proc) : fromPs(pid);
}

async function fromProc(pid: number, proc: string): Promise<string | null> {
  const text = await statOf(pid, proc);
  if (text === null) return null;
  // The command's name is in parentheses and may hold anything, so count from the last one.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  return state === "Z" || state === "X" ? null : (fields[19] ?? null);
}

/** No such file, or no such process by the time it was read. */
const GONE = ["ENOENT", "ESRCH"];

async function statOf(pid: number, proc: string): Promise<string | null> {
  try {
    return await readFile(`${proc}/${pid}/stat`, "utf8");
  } catch (cause) {
    if (GONE.includes((cause as NodeJS.ErrnoException).code ?? "")) return null;
    throw untold(pid, cause);
  }
}

async function fromPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]);
    return stdout.trim() || null;
  } catch (cause) {
    // It says of a pid that there is not just that: nothing, and 1.
    if ((cause as { code?: unknown }).code === 1) return null;
    throw untold(pid, cause);
  }
}

function untold(pid: number, cause: unknown): Error {
  return new Error(`it cannot be told whether process ${pid} still runs`, { cause });
}

/** A process as somebody wrote it down. */
export interface KnownProcess {
  pid: number;
  startTime: string;
}

export async function isSameProcess(known: KnownProcess): Promise<boolean> {
  return (await startTimeOf(known.pid)) === known.startTime;
}
