import { leavesBaseline } from "./fresh-baseline.ts";
import type { Rollout, RolloutOutcome, RolloutState } from "./state.ts";

/** Closes the running step, if there is one, with how it ended. */
export function closeStep(
  rollout: Rollout,
  outcome: "passed" | "rollback" | "inconclusive" | "interrupted",
  atMs: number,
): Rollout {
  const steps = rollout.steps.map((step) =>
    step.outcome === "running" ? { ...step, outcome, endedAtMs: atMs } : step,
  );
  return { ...rollout, steps };
}

/** Whether traffic still has to go back when whoever conducts this rollout is gone. */
export function revertsWhenAbandoned(rollout: Rollout): boolean {
  return rollout.phase === "stepping" || rollout.phase === "reverting";
}

/**
 * What the target writes when a lease ran out and it took all traffic back to stable by itself; it stops a fresh
 * baseline by itself as well. A rollout that was already promoting or retiring keeps its way forward; a finished one is left alone.
 */
export function revertForLostLease(
  state: RolloutState,
  holderDescription: string,
  nowMs: number,
): RolloutState {
  const { rollout } = state;
  if (!rollout || !revertsWhenAbandoned(rollout)) return state;
  const outcome: RolloutOutcome = rollout.outcome ?? "failed";
  const reason =
    rollout.reason ??
    `the lease ran out: ${holderDescription} vanished, so the target took all traffic back to stable by itself`;
  return {
    ...state,
    rollout: {
      ...closeStep(rollout, "interrupted", nowMs),
      ...(leavesBaseline(rollout) ? { baseline: "gone" } : {}),
      phase: "finished",
      outcome,
      reason,
      toZeroAtMs: rollout.firstTrafficAtMs === null ? null : nowMs,
      endedAtMs: nowMs,
    },
  };
}
