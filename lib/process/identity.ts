import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * When a process was started, in whatever unit the system counts; null when it is gone or only waits to be
 * collected. A pid alone may by now be somebody else's.
 */
export async function startTimeOf(pid: number): Promise<string | null> {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, "utf8");
    // The command's name is in parentheses and may hold anything, so count from the last one.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    return state === "Z" || state === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

async function fromPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

/** A process as somebody wrote it down. */
export interface KnownProcess {
  pid: number;
  startTime: string;
}

export async function isSameProcess(known: KnownProcess): Promise<boolean> {
  return (await startTimeOf(known.pid)) === known.startTime;
}
