import { formatDuration } from "../units/duration.ts";
import { controlFired, type Finding, goodEnoughParts } from "../verdict/verdict.ts";
import { isBlind } from "./blind.ts";
import { leastHoldMs, plannedHoldMs, requestsInStep, substantial } from "./hold.ts";
import type { Rollout, StepRecord } from "./state.ts";

/**
 * Why the step may be passed before its hold is over; undefined when it may not. The evidence of this step alone
 * has to suffice: what a lower weight has shown says nothing of a fault that comes with more traffic. A test that
 * is begun anew at each step lets a release that is too bad at this weight through it with probability at most
 * beta, whatever happened before.
 */
export function passedEarly(
  record: StepRecord,
  rollout: Rollout,
  outcome: Finding["outcome"],
): string | undefined {
  if (!rollout.plan.steps[rollout.stepIndex]?.early || record.weightPercent === 100) return;
  if (outcome !== "promote" || record.watchedMs < leastHoldMs(rollout)) return;
  if (requestsInStep(record) < rollout.plan.minStepRequests) return;
  if (hasDoubt(record) || isBlind(rollout)) return;
  const grown = grownInStep(record, rollout);
  const needed = record.evidence?.goodEnoughThreshold ?? Number.POSITIVE_INFINITY;
  return grown >= needed ? told(record, rollout, grown, needed) : undefined;
}

/** Any metric by itself that leans against the candidate, or stable's instances that differ from each other. */
function hasDoubt({ evidence }: StepRecord): boolean {
  if (!evidence) return true;
  const most = Math.max(evidence.worse, ...Object.values(evidence.metrics ?? {}));
  return most >= substantial(evidence) || controlFired(evidence);
}

/** By how much the evidence that it is good enough grew in this step, in what it grew least. */
function grownInStep({ goodBefore }: StepRecord, { verdict }: Rollout): number {
  if (!goodBefore) return 0;
  const now = goodEnoughParts(verdict);
  const errors = growth(goodBefore.errors, now.errors);
  // Its test opened in this step, with a capital of 1, if there was none before.
  if (now.latency !== null) return Math.min(errors, growth(goodBefore.latency ?? 1, now.latency));
  return goodBefore.latency === null ? errors : 0;
}

function growth(before: number, now: number): number {
  return before > 0 ? now / before : 0;
}

function told(record: StepRecord, rollout: Rollout, grown: number, needed: number): string {
  const { goodEnoughRatio, beta } = rollout.verdict.settings;
  return (
    `watched for ${formatDuration(record.watchedMs)} of ${formatDuration(plannedHoldMs(rollout))}: ` +
    `at this weight alone, evidence that it is less than ${goodEnoughRatio} times as bad as stable is ` +
    `${shown(grown)}, and ${shown(needed)} is enough; a release that bad gets through it early in at most ` +
    `${shown(beta * 100)} % of rollouts`
  );
}

function shown(value: number): string {
  return value >= 1e6 ? "over a million" : String(Number(value.toPrecision(3)));
}
