import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** kill -9, and resolves when the process is gone; one that has ended already is left alone. */
export async function killed(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
