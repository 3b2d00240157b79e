import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { K6Exit } from "./k6-exit.ts";

/** k6 finishes its summary after SIGINT; one that does not is killed. */
const STOP_GRACE_MS = 4_000;
const MAX_TAIL_LINES = 12;
const MAX_LINE_CHARS = 500;

export interface K6Command {
  program: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Each line of stdout: the streamed samples, and what the script prints. */
  onOutput(line: string): void;
  /** Each line that k6 logs. */
  onLog(line: string): void;
}

export interface K6Ended {
  exit: K6Exit;
  /** The last lines that k6 logged. */
  tail: string[];
  /** It ended because we stopped it. */
  stopped: boolean;
}

/** One run of k6. */
export interface K6Process {
  readonly pid: number | undefined;
  readonly ended: Promise<K6Ended>;
  /** SIGINT, then SIGKILL; resolves when it is gone. */
  stop(): Promise<K6Ended>;
}

/** Starts k6; rejects `ended` only when the program cannot be started. */
export function startK6({ program, args, cwd, env, onOutput, onLog }: K6Command): K6Process {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const tail: string[] = [];
  let stopped = false;
  const read = [
    linesOf(child.stdout, onOutput),
    linesOf(child.stderr, (line) => {
      tail.push(line.slice(0, MAX_LINE_CHARS));
      if (tail.length > MAX_TAIL_LINES) tail.shift();
      onLog(line);
    }),
  ];
  const exited = new Promise<K6Exit>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ? { signal } : { code: code ?? 1 }));
  });
  const ended = exited.then(async (exit): Promise<K6Ended> => {
    await Promise.all(read);
    return { exit, tail, stopped };
  });
  ended.catch(() => {});
  return {
    pid: child.pid,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        stopped = true;
        child.kill("SIGINT");
        const late = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS);
        await ended.catch(() => {});
        clearTimeout(late);
      }
      return ended;
    },
  };
}

function linesOf(stream: NodeJS.ReadableStream, take: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  lines.on("line", take);
  return new Promise((resolve) => lines.once("close", resolve));
}
