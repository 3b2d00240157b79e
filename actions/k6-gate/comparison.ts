import type { AbEnded } from "../../lib/load/ab-run.ts";
import { THROWN } from "../../lib/load/block-book.ts";
import { type Finding, findingsOf, type Work, workOf } from "../../lib/load/finding.ts";
import type { Judgement } from "../../lib/load/gate.ts";
import { describeExit } from "../../lib/load/k6-exit.ts";
import { ARMS } from "../../lib/load/schedule.ts";
import type { ScriptResult } from "./result.ts";

/** What the rounds of a script amount to; `judgement` is the last look at them, if there was one. */
export function comparisonOf(
  script: string,
  done: readonly AbEnded[],
  judgement: Judgement | undefined,
): ScriptResult {
  const findings = done.flatMap(findingsOfArms);
  const work = done.map(({ arms }) => workOf(arms.candidate.summary, THROWN));
  const common = {
    script,
    history: [],
    rounds: done.map(({ pairs }) => pairs),
    iterations: work.reduce((sum, { iterations }) => sum + iterations, 0),
    requests: work.reduce((sum, { requests }) => sum + requests, 0),
    facts: undefined,
  };
  const ratios = judgement?.ratios ?? [];
  const [first] = findings;
  if (first) {
    const compared = judgement?.decision === "failed" ? `; besides, ${judgement.reason}` : "";
    return { ...common, outcome: "failed", reason: first.message + compared, findings, ratios };
  }
  const last = done.at(-1);
  if (judgement === undefined || last === undefined || last.looks === 0) {
    const how = last === undefined ? "" : `: ${describeExit(last.arms.candidate.exit)}`;
    const reason = `k6 ended before there was anything to look at${how}`;
    return { ...common, outcome: "failed", reason, findings, ratios };
  }
  const outcome = judgement.decision === "undecided" ? "inconclusive" : judgement.decision;
  const hanging = done.reduce((sum, one) => sum + one.hanging, 0);
  const besides =
    hanging === 0
      ? ""
      : `; ${hanging} of the candidate's iterations had no end when it was looked, and count as failed`;
  return { ...common, outcome, reason: judgement.reason + besides, findings, ratios };
}

/**
 * Of the baseline only what makes the comparison void: its own thresholds are not this release's. First of the arm that
 * ended by itself: the other one was stopped because of it.
 */
export function findingsOfArms({ arms, totals }: AbEnded): Finding[] {
  const causeFirst = ARMS.toSorted((a, b) => Number(arms[a].stopped) - Number(arms[b].stopped));
  return causeFirst.flatMap((arm) => {
    const work = withStream(workOf(arms[arm].summary, THROWN), totals[arm]);
    return findingsOf(arms[arm], work)
      .filter(({ kind }) => arm === "candidate" || !kind.startsWith("threshold"))
      .map((finding) => ({ ...finding, message: `${arm}: ${finding.message}` }));
  });
}

/** A k6 that was killed has no summary, but its samples came. */
function withStream(known: Work, seen: Work): Work {
  return {
    iterations: Math.max(known.iterations, seen.iterations),
    thrown: Math.max(known.thrown, seen.thrown),
    requests: Math.max(known.requests, seen.requests),
    failed: Math.max(known.failed, seen.failed),
  };
}
