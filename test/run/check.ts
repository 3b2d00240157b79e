import { type NodeRun, runNode, TOO_LONG } from "./node-run.ts";

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

/** How the checks are run. */
export interface CheckRun {
  cwd: string;
  /** Of each of them. */
  limitMs?: number;
  signal?: AbortSignal;
}

export async function runCheck(check: Check, run: CheckRun): Promise<CheckResult> {
  const startedAt = performance.now();
  let output = "";
  const onOutput: NodeRun["onOutput"] = (text) => {
    output += text;
  };
  const code = await runNode(check.args, { ...run, onOutput });
  const seconds = (performance.now() - startedAt) / 1000;
  if (code === TOO_LONG) output += `not done after ${seconds.toFixed(0)} s, and ended\n`;
  return { check, passed: code === 0, seconds, output };
}

/** Runs all checks, `width` at a time; `onResult` hears of each as it ends. */
export async function runChecks(
  checks: readonly Check[],
  width: number,
  run: CheckRun,
  onResult: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const waiting = [...checks];
  const results: CheckResult[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runCheck(next, run);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
