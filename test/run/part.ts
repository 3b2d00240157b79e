import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode, TOO_LONG } from "./node-run.ts";
import { TALLY_FILE } from "./reporter.ts";
import { NOTHING, type Tally } from "./tally.ts";

/** A part of the test run: a program that tells its tally in the file that it is given. */
export interface Part {
  name: string;
  /** Arguments to Node. */
  args: readonly string[];
  /** Several times what it takes on a slow machine: a part that hangs must not take the other parts' time. */
  limitMinutes: number;
}

export interface PartRun {
  cwd: string;
  say(text: string): void;
  signal: AbortSignal;
}

/** Runs a part to its end, or to its limit: then it has failed, by name, and nothing of it is left running. */
export async function runPart(part: Part, { cwd, say, signal }: PartRun): Promise<Tally> {
  if (signal.aborted) return NOTHING;
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  const file = join(folder, "tally.json");
  try {
    const code = await runNode(part.args, {
      cwd,
      onOutput: say,
      env: { ...process.env, [TALLY_FILE]: file },
      limitMs: part.limitMinutes * 60_000,
      signal,
    });
    if (code !== TOO_LONG) return readTally(part, file, code, say);
    say(`\n✗ ${part.name}: not done after ${part.limitMinutes} minutes, and ended\n`);
    return { ...NOTHING, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A part that failed without a failed test, or told nothing at all, is a failure too. */
function readTally({ name }: Part, file: string, code: number, say: PartRun["say"]): Tally {
  let tally: Tally;
  try {
    tally = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    say(`\n✗ ${name}: ended with exit code ${code}, and without a result\n`);
    return { ...NOTHING, failed: 1 };
  }
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
