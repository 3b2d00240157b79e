import type { Finding } from "../../lib/load/finding.ts";
import type { HistoryRatio, RunFacts } from "../../lib/load/history.ts";
import type { Ratio, Round } from "../../lib/load/ratio.ts";

export type Outcome = "passed" | "failed" | "inconclusive";

/** What one script found. */
export interface ScriptResult {
  /** Relative to the workspace. */
  script: string;
  outcome: Outcome;
  reason: string;
  /** What made it fail, besides a comparison. */
  findings: Finding[];
  /** Against the baseline that ran beside it. */
  ratios: Ratio[];
  /** Against the runs before. */
  history: HistoryRatio[];
  /** Pairs of blocks, by the processes that they were measured on. */
  rounds: Round[];
  iterations: number;
  requests: number;
  /** For a stored baseline. */
  facts: RunFacts | undefined;
}

/** The worst of all scripts. */
export function worstOf(results: readonly ScriptResult[]): Outcome {
  const outcomes = results.map(({ outcome }) => outcome);
  if (outcomes.includes("failed") || outcomes.length === 0) return "failed";
  return outcomes.includes("inconclusive") ? "inconclusive" : "passed";
}

/** Why: the reasons of the scripts that decided it. */
export function reasonOf(results: readonly ScriptResult[]): string {
  const worst = worstOf(results);
  const deciding = results.filter(({ outcome }) => outcome === worst);
  const told = deciding.map(({ script, reason }) =>
    results.length === 1 ? reason : `${script}: ${reason}`,
  );
  return told.join("; ") || "no script was run";
}
