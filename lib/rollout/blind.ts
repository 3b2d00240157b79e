import { percent } from "../verdict/explanation/wording.ts";
import {
  type Compared,
  chanceOfFinding,
  detectionLimit,
} from "../verdict/forecast/detection-limit.ts";
import type { Rollout } from "./state.ts";

/**
 * Whether what was compared so far might have missed a release that this step has to find: "not found worse" would
 * then say nothing about it.
 */
export function isBlind(rollout: Rollout): boolean {
  const rate = mustFindRate(rollout);
  if (rate === undefined) return false;
  const { verdict } = rollout;
  return chanceOfFinding(rate, compared(rollout), verdict) < 1 - verdict.settings.beta;
}

/** What the step waits for while it is blind, for people. */
export function describeBlindness(rollout: Rollout): string {
  const wanted = mustFindRate(rollout) ?? 0;
  return (
    `until a release that fails ${percent(wanted)} of requests would have been found ` +
    `(now ${describeLimit(rollout)})`
  );
}

/** `one that fails 0.8 % of requests would have been`, or that none would. */
export function describeLimit(rollout: Rollout): string {
  const limit = detectionLimit(compared(rollout), rollout.verdict);
  return limit === null
    ? "even one that fails always might not have been"
    : `one that fails ${percent(limit)} of requests would have been`;
}

function mustFindRate({ plan, stepIndex }: Rollout): number | undefined {
  return plan.steps[stepIndex]?.mustFindRate;
}

/** Requests of both arms by step; the evidence holds totals since the beginning. */
function compared({ steps }: Rollout): Compared[] {
  let before: Compared = { candidate: 0, baseline: 0 };
  return steps.flatMap(({ weightPercent, evidence }) => {
    if (!evidence || weightPercent === 100) return [];
    const now = { candidate: evidence.candidate.requests, baseline: evidence.baseline.requests };
    const within = {
      candidate: now.candidate - before.candidate,
      baseline: now.baseline - before.baseline,
    };
    before = now;
    return [within];
  });
}
