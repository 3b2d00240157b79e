import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { signalGroup } from "../../lib/process/group.ts";

const POLL_MS = 25;

export interface Measured {
  readonly code: number | null;
  /** Standard output and error, as they came. */
  readonly output: string;
  readonly ms: number;
  /** The most memory that the process itself held; 0 where the system does not tell. */
  readonly peakMb: number;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly limitMs: number;
}

/** Runs a command to its end, or to its limit. */
export function measure({ program, args, cwd, env, limitMs }: Command): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    let peakMb = 0;
    const poll = setInterval(() => {
      peakMb = Math.max(peakMb, highWaterMb(child.pid));
    }, POLL_MS);
    const limit = setTimeout(() => signalGroup(child.pid, "SIGKILL"), limitMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(poll);
      clearTimeout(limit);
      // What a tool's steps left behind must not slow down the next one.
      signalGroup(child.pid, "SIGKILL");
      resolve({ code, output, ms: performance.now() - from, peakMb });
    });
  });
}

function highWaterMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
