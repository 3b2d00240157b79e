import { spawn } from "node:child_process";

export interface Ended {
  /** Exit code; undefined when a signal ended it. */
  code: number | undefined;
  stdout: string;
  stderr: string;
}

export interface RunSettings {
  cwd?: string;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  /** When it is ended; it then has no exit code. */
  timeoutMs?: number;
}

/** More than any message that is read; a program that prints without end must not fill the memory. */
const MAX_OUTPUT_CHARS = 1_000_000;

/** Runs a program to its end; rejects when it cannot be started or `signal` fires, not for its exit code. */
export function run(file: string, args: readonly string[], settings: RunSettings): Promise<Ended> {
  const { cwd, env, signal, timeoutMs: timeout } = settings;
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  return new Promise((resolve, reject) => {
    const options = { ...(cwd && { cwd }), ...(signal && { signal }), ...(timeout && { timeout }) };
    const child = spawn(file, args, { env, stdio, ...options });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] = (output[name] + text).slice(-MAX_OUTPUT_CHARS);
      });
    }
    let failure: unknown;
    child.once("error", (error) => {
      failure = signal?.aborted ? signal.reason : error;
      // A program that never started says nothing more; one that was ended still has to go.
      if (child.pid === undefined) reject(failure);
    });
    child.once("close", (code) => {
      if (failure !== undefined) reject(failure);
      else resolve({ code: code ?? undefined, ...output });
    });
  });
}

/** The end of what a program said, for a message. */
export function lastWords({ stdout, stderr }: Ended, lines = 12): string {
  const said = stderr.trim() || stdout.trim();
  return said.split("\n").slice(-lines).join("\n");
}
