import { type ChildProcess, spawn } from "node:child_process";

/** One command whose exit code is a test. */
export interface Check {
  name: string;
  /** Arguments to Node. */
  args: string[];
  /** What to do when it fails. */
  remedy: string;
}

export interface CheckResult {
  check: Check;
  passed: boolean;
  seconds: number;
  /** What it printed; shown only when it failed. */
  output: string;
}

const running = new Set<ChildProcess>();

/** Ends what is still running, and waits until it has cleaned up. */
export async function endRunning(): Promise<void> {
  const ends = [...running].map((child) => {
    child.kill("SIGTERM");
    return new Promise((resolve) => child.once("close", resolve));
  });
  await Promise.all(ends);
}

/** Starts Node on `args`; `onOutput` gets what it prints as it comes. */
export async function runNode(
  args: readonly string[],
  cwd: string,
  onOutput: (text: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", onOutput);
  }
  const code = await new Promise<number>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  running.delete(child);
  return code;
}

export async function runCheck(check: Check, cwd: string): Promise<CheckResult> {
  const startedAt = performance.now();
  let output = "";
  const code = await runNode(check.args, cwd, (text) => {
    output += text;
  });
  return { check, passed: code === 0, seconds: (performance.now() - startedAt) / 1000, output };
}

/** Runs all checks, `width` at a time; `onResult` hears of each as it ends. */
export async function runChecks(
  checks: readonly Check[],
  width: number,
  cwd: string,
  onResult: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const waiting = [...checks];
  const results: CheckResult[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runCheck(next, cwd);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
