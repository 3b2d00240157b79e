import { formatDuration } from "../units/duration.ts";
import { describeBlindness, isBlind } from "./blind.ts";
import type { Plan } from "./plan.ts";
import type { Rollout, StepRecord } from "./state.ts";

/** In fewer windows even a release that always fails cannot be told from bad luck: one burst is one cause. */
export const MIN_WINDOWS = 5;

/** How long the current step has to be watched: 0, or as planned but for at least MIN_WINDOWS samples. */
export function plannedHoldMs(rollout: Rollout): number {
  const holdMs = rollout.plan.steps[rollout.stepIndex]?.holdMs ?? 0;
  return holdMs === 0 ? 0 : Math.max(holdMs, leastHoldMs(rollout));
}

/** However good the evidence, this long is watched. */
export function leastHoldMs({ plan }: { plan: Pick<Plan, "sampleIntervalMs"> }): number {
  return MIN_WINDOWS * plan.sampleIntervalMs;
}

export function requestsInStep(record: StepRecord): number {
  return (record.evidence?.candidate.requests ?? 0) - record.candidateRequestsBefore;
}

export function holdIsOver(record: StepRecord, rollout: Rollout): boolean {
  if (leansAgainst(record) || isBlind(rollout)) return false;
  const checked = requestsInStep(record) >= rollout.plan.minStepRequests;
  // A step that is not held is not a check: the weight is passed on at once.
  return plannedHoldMs(rollout) === 0 || (checked && record.watchedMs >= plannedHoldMs(rollout));
}

/**
 * Whether it looks worse, though not surely enough to go back: then more traffic is not the answer, but more
 * time. The fourth root of the threshold is "substantial" on Jeffreys' scale (3.2 at alpha 1 %); evidence against a
 * release that is not worse falls below it by itself. At 100 % stable has no traffic, so waiting would tell nothing.
 */
export function leansAgainst({ weightPercent, evidence }: StepRecord): boolean {
  return weightPercent < 100 && evidence !== null && evidence.worse >= substantial(evidence);
}

export function substantial({ threshold }: { threshold: number }): number {
  return threshold ** 0.25;
}

/** Why a step stayed undecided until its deadline. */
export function missing(record: StepRecord, rollout: Rollout): string {
  const waitedMs = rollout.plan.stepDeadlineMs;
  return (
    `no decision at ${record.weightPercent} % within ${formatDuration(waitedMs)}: ` +
    `${formatDuration(record.watchedMs)} of ${formatDuration(plannedHoldMs(rollout))} could be watched, ` +
    `with ${requestsInStep(record)} requests on the candidate (at least ${rollout.plan.minStepRequests} are needed)` +
    (leansAgainst(record)
      ? `, and it looks worse without being surely so: evidence ${record.evidence?.worse.toPrecision(3)} of ${record.evidence?.threshold}`
      : "") +
    (isBlind(rollout) ? `; it had to wait ${describeBlindness(rollout)}` : "")
  );
}
