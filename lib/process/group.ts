import type { ChildProcess } from "node:child_process";

/** Signals the process that leads a group and all it started; says whether there was anything to signal. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): boolean {
  // A program that could not be started has no pid.
  if (pid === undefined) return false;
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Asks the child's group to end, and ends it when the child is still there `graceMs` later. */
export function endGroup(child: ChildProcess, graceMs: number): void {
  signalGroup(child.pid, "SIGTERM");
  const late = setTimeout(() => signalGroup(child.pid, "SIGKILL"), graceMs);
  child.once("close", () => clearTimeout(late));
}
