import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case } from "./case.ts";
import { calls } from "./cases/calls.ts";
import { contexts } from "./cases/contexts.ts";
import { events } from "./cases/events.ts";
import { jobs } from "./cases/jobs.ts";
import { steps } from "./cases/steps.ts";
import { makeRepository, type Runner } from "./tool.ts";

export const CASES: readonly Case[] = [...events, ...jobs, ...calls, ...steps, ...contexts];

const LIMIT_MS = 120_000;

export interface Shown {
  readonly seen: readonly string[];
  readonly ends: "well" | "badly";
}

/** Runs a case by one of the tools, in a repository of its own. */
export async function show(wanted: Case, runner: Runner): Promise<Shown> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  try {
    const [dir, shared] = [join(folder, "repository"), join(folder, "shared")];
    for (const path of [dir, shared]) mkdirSync(path);
    const files = Object.entries(wanted.files).map(([path, text]) => [
      join(".github/workflows", path),
      text.replaceAll("$DIR", shared),
    ]);
    makeRepository(dir, Object.fromEntries(files), runner, wanted.message);
    const { event = "push", ref, inputs, secrets } = wanted;
    const { code, output } = await runner.run({
      dir,
      event,
      ref,
      inputs,
      secrets,
      limitMs: LIMIT_MS,
    });
    return { seen: seenIn(output), ends: code === 0 ? "well" : "badly" };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What steps printed; a tool that shows the command before it runs it does not count as having printed. */
function seenIn(output: string): string[] {
  const lines = output
    .split("\n")
    .flatMap((line) => /^\[[^\]]*\]\s+\| SEEN (.*?)\s*$/.exec(line)?.[1] ?? []);
  return lines.sort();
}

/** Whether a tool did what GitHub documents. Who does not start a workflow may say so as a failure or not at all. */
export function isAsDocumented(wanted: Case, { seen, ends }: Shown): boolean {
  const same = JSON.stringify(seen) === JSON.stringify(wanted.expect.seen);
  return same && (wanted.expect.ends === "not started" || wanted.expect.ends === ends);
}

/** A cell of the table. */
export function cell(wanted: Case, shown: Shown): string {
  if (isAsDocumented(wanted, shown)) return "as documented";
  const what = shown.seen.length > 0 ? `prints \`${shown.seen.join("`, `")}\`` : "prints nothing";
  return `**${what}, ends ${shown.ends}**`;
}
