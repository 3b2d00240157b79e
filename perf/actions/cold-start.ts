import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cost, costOf, medianCost } from "./process-cost.ts";

export interface ColdStarts {
  /** A Node process that runs an empty file. */
  empty: Cost;
  actions: Array<{
    name: string;
    /** Nothing kept from an earlier run, as on a fresh runner. */
    cold: Cost;
    /** With what Node compiled before, as for the second step of a job. */
    warm: Cost;
  }>;
}

/** The input is wrong, so that a step ends as soon as it has loaded what it needs to say so. */
const WRONG_INPUT = { "INPUT_NO-SUCH-INPUT": "x" };
/** Runs before counting: they bring the files into memory. */
const WARM_UP_ROUNDS = 2;

/**
 * What each action costs before it does anything. Every round runs all of them, one after another, so that a busy
 * moment of the machine falls on all alike.
 */
export function measureColdStarts(
  root: string,
  names: readonly string[],
  rounds: number,
): ColdStarts {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  try {
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "");
    const env = { PATH: process.env.PATH, HOME: folder, ...WRONG_INPUT };
    const cached = { ...env, RUNNER_TOOL_CACHE: join(folder, "tools") };
    const start = (name: string) => join(root, "actions", name, "index.js");
    const runs = [
      { key: "", script: empty, env },
      ...names.flatMap((name) => [
        { key: `cold ${name}`, script: start(name), env },
        { key: `warm ${name}`, script: start(name), env: cached },
      ]),
    ];
    const costs = new Map<string, Cost[]>(runs.map(({ key }) => [key, []]));
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      for (const run of runs) {
        const cost = costOf([process.execPath, run.script], run.env);
        if (round >= 0) costs.get(run.key)?.push(cost);
      }
    }
    const costFor = (key: string) => medianCost(costs.get(key) ?? []);
    return {
      empty: costFor(""),
      actions: names.map((name) => ({
        name,
        cold: costFor(`cold ${name}`),
        warm: costFor(`warm ${name}`),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
