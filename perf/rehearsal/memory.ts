import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "./command.ts";
import { makeRepository, type Runner, sluice } from "./tool.ts";

const MATRIX = 256;
const LIMIT_MS = 300_000;
const CHILD = join(import.meta.dirname, "memory-child.ts");

/** The most memory that a tool held over so many jobs of one line. */
export async function peakMemory(runner: Runner, matrices: number): Promise<number> {
  return inRepository(runner, matrices, async (dir) => {
    const { code, peakMb, output } = await runner.run({ dir, event: "push", limitMs: LIMIT_MS });
    if (code !== 0) throw new Error(`${runner.name} failed:\n${output.slice(-2000)}`);
    return peakMb;
  });
}

/** What is in use on our heap after so many jobs, garbage not counted. */
export async function heapInUse(every: number): Promise<{ jobs: number; heapMb: number }[]> {
  return inRepository(sluice, 4, async (dir) => {
    const { output } = await measure({
      program: process.execPath,
      args: ["--expose-gc", "--disable-warning=ExperimentalWarning", CHILD, dir, String(every)],
      cwd: dir,
      env: process.env,
      limitMs: LIMIT_MS,
    });
    const lines = output.trim().split("\n");
    return lines.map((line) => JSON.parse(line) as { jobs: number; heapMb: number });
  });
}

async function inRepository<T>(
  runner: Runner,
  matrices: number,
  work: (dir: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  try {
    const dir = join(folder, "repository");
    mkdirSync(dir);
    const numbers = [...Array(MATRIX).keys()].join(", ");
    const jobs = [...Array(matrices).keys()].map(
      (n) =>
        `  m${n}:\n    runs-on: ubuntu-latest\n    strategy: { matrix: { n: [${numbers}] } }\n    steps:\n      - run: "true"\n`,
    );
    makeRepository(
      dir,
      { ".github/workflows/test.yml": `on: push\njobs:\n${jobs.join("")}` },
      runner,
    );
    return await work(dir);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
