import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeRepository, type Runner } from "./tool.ts";

const MATRIX_JOBS = 50;

/** What one round of a tool took. */
export interface Round {
  /** From the start of the tool to the first line of the first step. */
  readonly firstStepMs: number;
  /** A workflow with one job of one line, as a whole. */
  readonly oneJobMs: number;
  /** A matrix of 50 such jobs, as a whole. */
  readonly matrixMs: number;
}

export interface Bench {
  readonly round: () => Promise<Round>;
  readonly close: () => void;
}

/** The same two workflows for each tool, made once. */
export function prepareSpeed(runner: Runner): Bench {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  const stamp = join(folder, "stamp");
  const [one, matrix] = [join(folder, "a", "one"), join(folder, "b", "matrix")];
  const jobs = [...Array(MATRIX_JOBS).keys()].join(", ");
  const workflow = (strategy: string, run: string): string =>
    `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${strategy}    steps:\n      - run: ${run}\n`;
  const files = {
    [one]: workflow("", `date +%s%N > ${stamp}`),
    [matrix]: workflow(`    strategy: { matrix: { n: [${jobs}] } }\n`, "echo one line"),
  };
  for (const [dir, text] of Object.entries(files)) {
    mkdirSync(dir, { recursive: true });
    makeRepository(dir, { ".github/workflows/test.yml": text }, runner);
  }
  const run = async (dir: string): Promise<number> => {
    const { code, ms, output } = await runner.run({ dir, event: "push" });
    if (code !== 0) throw new Error(`${runner.name} failed:\n${output.slice(-2000)}`);
    return ms;
  };
  return {
    round: async () => {
      const from = Date.now();
      const oneJobMs = await run(one);
      const firstStepMs = Number(readFileSync(stamp, "utf8")) / 1e6 - from;
      return { firstStepMs, oneJobMs, matrixMs: await run(matrix) };
    },
    close: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Of each figure its median. */
export function medians(rounds: readonly Round[]): Round & { readonly perJobMs: number } {
  const of = (pick: (round: Round) => number): number => {
    const sorted = rounds.map(pick).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return {
    firstStepMs: of(({ firstStepMs }) => firstStepMs),
    oneJobMs: of(({ oneJobMs }) => oneJobMs),
    matrixMs: of(({ matrixMs }) => matrixMs),
    perJobMs: of(({ matrixMs, oneJobMs }) => (matrixMs - oneJobMs) / (MATRIX_JOBS - 1)),
  };
}
