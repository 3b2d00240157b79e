import { SluiceError } from "../error.ts";
import { revertsWhenAbandoned } from "../rollout/revert.ts";
import { allOn, type RolloutState } from "../rollout/state.ts";
import { otherSlot, SLOTS, type Slot, type Weights } from "./target.ts";

/** Throws when weights make no sense, or would send traffic where nothing is. */
export function assertWeights(weights: Weights, isEmpty: (slot: Slot) => boolean): void {
  const sum = weights.blue + weights.green;
  if (sum !== 100 && sum !== 0)
    throw new SluiceError(
      "invalid-input",
      `weights blue ${weights.blue} and green ${weights.green} make ${sum}; accepted are integers that make 100, or both 0`,
    );
  for (const slot of SLOTS)
    if (weights[slot] > 0 && isEmpty(slot))
      throw new SluiceError("refused", `${slot} is empty and cannot be given ${weights[slot]} %`, {
        hint: `place a release on ${slot} first`,
      });
}

/** Throws when the slot has traffic: what it holds may not be `done` anything to. */
export function assertNoWeight(slot: Slot, weights: Weights, done: string): void {
  if (weights[slot] === 0) return;
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
  return now[otherSlot(stable.slot)] > 0 ? allOn(stable.slot) : undefined;
}

/** Whether what dies in `slot` is started again. */
export function isKeptAlive(slot: Slot, state: RolloutState, weights: Weights): boolean {
  const { stable, rollout } = state;
  const isOnTrial = rollout && rollout.phase !== "finished" && revertsWhenAbandoned(rollout);
  // Starting a candidate again would hide the very thing that is to be found out.
  if (isOnTrial && rollout.candidateSlot === slot) return false;
  return stable?.slot === slot || weights[slot] === 100;
}
