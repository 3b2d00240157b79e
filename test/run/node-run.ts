import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { signalGroup } from "../../lib/process/group.ts";
import { endProcessesWith } from "./marked.ts";

/** How Node is run, and for how long. */
export interface NodeRun {
  cwd: string;
  /** Gets what it prints as it comes. */
  onOutput(text: string): void;
  env?: NodeJS.ProcessEnv;
  /** Ends it when it takes longer. */
  limitMs?: number;
  /** Ends it, or does not start it. */
  signal?: AbortSignal;
}

/** What a run that took too long ends with, as with timeout(1). */
export const TOO_LONG = 124;
const CANCELLED = 143;
const MARKS = "SLUICE_RUN_MARKS";
const MOST_MS = 2 ** 31 - 1;
/** To put away what it made: the lab of real hosts removes its control groups. */
const GRACE_MS = 15_000;
const GONE_MS = 10_000;

/** Runs Node on `args`, and gives its exit code. When it is ended, all that it started ends with it. */
export async function runNode(args: readonly string[], run: NodeRun): Promise<number> {
  const { cwd, onOutput, env = process.env, limitMs = MOST_MS, signal } = run;
  if (signal?.aborted) return CANCELLED;
  const mark = `sluice-run-${randomUUID()}`;
  const child = spawn(process.execPath, args, {
    cwd,
    // A run within a run has the marks of both.
    env: { ...env, [MARKS]: `${env[MARKS] ?? ""} ${mark}` },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what it started can be ended with it.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", onOutput);
  const gone = exitOf(child);
  const over = new AbortController();
  const late = sleep(limitMs, TOO_LONG, { signal: over.signal, ref: false }).catch(() => CANCELLED);
  const cancelled = new Promise<number>((resolve) =>
    signal?.addEventListener("abort", () => resolve(CANCELLED), {
      once: true,
      signal: over.signal,
    }),
  );
  const code = await Promise.race([gone, late, cancelled]);
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  over.abort();
  if (!hasEnded) await end(child, gone, mark);
  return code;
}

/** What it started may hold its output open for longer than it lives. */
function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
    child.once("exit", (code) => setTimeout(() => resolve(code ?? 1), GONE_MS).unref());
  });
}

async function end(child: ChildProcess, gone: Promise<number>, mark: string): Promise<void> {
  signalGroup(child.pid, "SIGTERM");
  await Promise.race([gone, sleep(GRACE_MS, undefined, { ref: false })]);
  signalGroup(child.pid, "SIGKILL");
  await endProcessesWith(mark, GONE_MS);
}
