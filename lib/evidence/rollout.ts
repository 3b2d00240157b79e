import type { Rollout as RolloutState, StepRecord } from "../rollout/state.ts";
import type { RolloutEvidence, RolloutStep } from "./record.ts";

/** The part of the release record that a rollout's kept state tells. */
export function rolloutEvidence(rollout: RolloutState): RolloutEvidence {
  return {
    plan: {
      strategy: rollout.plan.strategy,
      steps: rollout.plan.steps.map(({ weightPercent, holdMs }) => ({
        weight: weightPercent,
        holdMs,
      })),
      ...(rollout.baseline ? { baseline: "fresh" } : {}),
    },
    steps: rollout.steps.map(stepEvidence),
    secondsToZero: secondsBetween(rollout.firstTrafficAtMs, rollout.toZeroAtMs),
  };
}

function stepEvidence(step: StepRecord): RolloutStep {
  return {
    weight: step.weightPercent,
    ...(step.baselinePercent === undefined ? {} : { baselineWeight: step.baselinePercent }),
    startedAt: new Date(step.startedAtMs).toISOString(),
    endedAt: step.endedAtMs === null ? null : new Date(step.endedAtMs).toISOString(),
    outcome: step.outcome,
    evidence: step.evidence,
    ...(step.explanation === undefined ? {} : { explanation: step.explanation }),
    ...(step.early === undefined ? {} : { early: step.early }),
  };
}

function secondsBetween(fromMs: number | null, toMs: number | null): number | null {
  if (fromMs === null || toMs === null) return null;
  return Math.round(toMs - fromMs) / 1_000;
}
