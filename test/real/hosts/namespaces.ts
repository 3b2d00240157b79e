import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcessesWith } from "../../run/marked.ts";

/** New namespaces of processes, mounts and network; when their first process ends, the kernel ends all others. */
export const ISOLATE = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** What runs there, and what all of it is known by. */
export interface Isolated {
  /** In the environment of all that runs there. */
  mark: string;
  command: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Ends it. */
  signal: AbortSignal;
}

const STOPPED = 143;
/** To say what it was at. */
const GRACE_MS = 3_000;
const GONE_MS = 10_000;

/** Runs a command there and gives its exit code. When it is ended, nothing of it is left. */
export async function runIsolated({ mark, command, cwd, env, signal }: Isolated): Promise<number> {
  if (signal.aborted) return STOPPED;
  const child = spawn("unshare", [...ISOLATE, "--", ...command], { cwd, stdio: "inherit", env });
  const gone = new Promise<number>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
  const over = new AbortController();
  const stopped = new Promise<"stopped">((resolve) =>
    signal.addEventListener("abort", () => resolve("stopped"), {
      once: true,
      signal: over.signal,
    }),
  );
  const ended = await Promise.race([gone, stopped]);
  over.abort();
  if (ended !== "stopped") return ended;
  await stop(child, gone, mark);
  return STOPPED;
}

/** unshare itself blocks SIGTERM: what it started is told, and gets no time if it takes no notice. */
async function stop(child: ChildProcess, gone: Promise<number>, mark: string): Promise<void> {
  const first = await childOf(child);
  if (first !== undefined) end(first, "SIGTERM");
  await Promise.race([gone, sleep(GRACE_MS)]);
  if (first !== undefined) end(first, "SIGKILL");
  child.kill("SIGKILL");
  await gone;
  await endProcessesWith(mark, GONE_MS);
}

async function childOf({ pid }: ChildProcess): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const first = Number(text.trim().split(" ")[0]);
  return first > 0 ? first : undefined;
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile.
  }
}
