import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A process that has a mark in its environment or command line; both go on to what it starts. */
export interface Marked {
  pid: number;
  command: string;
}

/** Nothing where there is no /proc to ask. */
export async function processesWith(mark: string): Promise<Marked[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name) && name !== `${process.pid}`);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(join("/proc", pid, file), "utf8").catch(() => "");
      const [line, environment] = [await read("cmdline"), await read("environ")];
      if (!`${line}${environment}`.includes(mark)) return [];
      return [{ pid: Number(pid), command: line.replaceAll("\0", " ").trim() }];
    }),
  );
  return found.flat();
}

/** Ends them at once, and waits until they are gone; those that are still there after `limitMs` are returned. */
export async function endProcessesWith(mark: string, limitMs: number): Promise<Marked[]> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const left = await processesWith(mark);
    if (left.length === 0 || performance.now() > deadline) return left;
    for (const { pid } of left) end(pid);
    await sleep(50);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
}
