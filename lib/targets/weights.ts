import { SluiceError } from "../error.ts";
import { leavesBaseline } from "../rollout/fresh-baseline.ts";
import { revertsWhenAbandoned } from "../rollout/revert.ts";
import { allOn, describeWeights, type RolloutState } from "../rollout/state.ts";
import { ALL_SLOTS, type AnySlot, otherSlot, type Weights } from "./target.ts";

/** 0 for a baseline that is not there. */
export function weightOf(weights: Weights, slot: AnySlot): number {
  return weights[slot] ?? 0;
}

/** Throws when weights make no sense, or would send traffic where nothing is. */
export function assertWeights(weights: Weights, isEmpty: (slot: AnySlot) => boolean): void {
  const sum = weights.blue + weights.green + weightOf(weights, "baseline");
  if (sum !== 100 && sum !== 0)
    throw new SluiceError(
      "invalid-input",
      `weights ${describeWeights(weights)} make ${sum}; accepted are integers that make 100, or all 0`,
    );
  for (const slot of ALL_SLOTS)
    if (weightOf(weights, slot) > 0 && isEmpty(slot))
      throw new SluiceError("refused", `${slot} is empty and cannot be given ${weights[slot]} %`, {
        hint: `place a release on ${slot} first`,
      });
}

/** Throws when the slot has traffic: what it holds may not be `done` anything to. */
export function assertNoWeight(slot: AnySlot, weights: Weights, done: string): void {
  if (weightOf(weights, slot) === 0) return;
  throw new SluiceError(
    "refused",
    `${slot} has ${weights[slot]} % of traffic and cannot be ${done}`,
    {
      hint: `give ${slot} weight 0 first`,
    },
  );
}

/** Where traffic goes when whoever moved it is gone; undefined where it may stay. */
export function weightsWithoutRunner(state: RolloutState, now: Weights): Weights | undefined {
  const { rollout, stable } = state;
  if (rollout && rollout.phase !== "finished" && !revertsWhenAbandoned(rollout)) return undefined;
  if (!stable) return rollout && now[rollout.candidateSlot] > 0 ? { blue: 0, green: 0 } : undefined;
  const isShared = now[otherSlot(stable.slot)] > 0 || weightOf(now, "baseline") > 0;
  return isShared ? allOn(stable.slot) : undefined;
}

/** Whether the rollout in hand, also one that is parked, still compares with a fresh baseline. */
export function isBaselineWanted({ rollout }: RolloutState): boolean {
  return rollout?.phase === "stepping" && leavesBaseline(rollout);
}

/** Whether what dies in `slot` is started again. */
export function isKeptAlive(slot: AnySlot, state: RolloutState, weights: Weights): boolean {
  const { stable, rollout } = state;
  const isOnTrial = rollout && rollout.phase !== "finished" && revertsWhenAbandoned(rollout);
  // Starting a candidate again would hide the very thing that is to be found out.
  if (isOnTrial && rollout.candidateSlot === slot) return false;
  return stable?.slot === slot || weights[slot] === 100;
}
