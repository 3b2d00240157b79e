import { spawnSync } from "node:child_process";

/** What one process took. */
export interface Cost {
  /** User and system time together. */
  cpuMs: number;
  wallMs: number;
}

/** bash's `time` reads the kernel's own account of the process that it waited for. */
const TIMED = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1';

/** Runs a command to its end, whatever its exit code. */
export function costOf(
  command: readonly [program: string, ...args: string[]],
  env: NodeJS.ProcessEnv,
): Cost {
  const startedAt = performance.now();
  const { stderr } = spawnSync("bash", ["-c", TIMED, "bash", ...command], {
    env,
    encoding: "utf8",
  });
  const wallMs = performance.now() - startedAt;
  const seconds = stderr.trim().split(/\s+/).map(Number);
  const cpuMs = 1_000 * seconds.reduce((sum, part) => sum + part, 0);
  if (seconds.length !== 2 || !Number.isFinite(cpuMs)) throw new Error(`no times in ${stderr}`);
  return { cpuMs, wallMs };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The median of each, taken apart: the process with the median CPU time need not have the median wall time. */
export function medianCost(costs: readonly Cost[]): Cost {
  return {
    cpuMs: median(costs.map(({ cpuMs }) => cpuMs)),
    wallMs: median(costs.map(({ wallMs }) => wallMs)),
  };
}
