import { baselineShare, type VerdictSettings } from "../verdict/verdict.ts";
import type { Plan } from "./plan.ts";
import type { Rollout } from "./state.ts";

/**
 * Fresh processes of the stable release, as cold as the candidate: to be started, standing beside it, or stopped
 * again. Whatever may have been started is stopped before a rollout is finished.
 */
export type FreshBaseline = "due" | "placed" | "gone";

/** Whether a rollout by `plan` is compared with fresh processes: only weights below 100 compare anything. */
export function wantsFreshBaseline(
  { baseline }: VerdictSettings,
  { strategy, steps }: Plan,
): boolean {
  return (
    baseline === "fresh" &&
    strategy === "canary" &&
    steps.some(({ weightPercent }) => weightPercent < 100)
  );
}

/**
 * As much as the candidate has, taken from stable; above 50 % all that the candidate leaves, so that from there on
 * stable's old processes stand by without traffic and every request still tells something.
 */
export function freshBaselinePercent(candidatePercent: number): number {
  return Math.round(100 * baselineShare({ baseline: "fresh" }, candidatePercent / 100));
}

/** The percentage that the fresh baseline has in the current step. */
export function baselinePercent({ baseline, plan, stepIndex }: Rollout): number {
  if (baseline !== "placed") return 0;
  return freshBaselinePercent(plan.steps[stepIndex]?.weightPercent ?? 0);
}

/** Whether something may stand in the third slot that has to be stopped. */
export function leavesBaseline({ baseline }: Rollout): boolean {
  return baseline === "due" || baseline === "placed";
}
