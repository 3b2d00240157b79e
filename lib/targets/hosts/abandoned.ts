import { revertForLostLease, revertsWhenAbandoned } from "../../rollout/revert.ts";
import { allOn, type RolloutState } from "../../rollout/state.ts";
import type { Weights } from "../target.ts";

/** The guard puts the time in its place: it has a shell, and no room for a rollout's rules. */
const NOW_MARK = 4_242_424_242_424_242;

/** What an edge does by itself when the lease that a state was written under runs out. */
export interface Abandonment {
  /** Null: traffic stays where it is. */
  weights: Weights | null;
  /** Null: the state stays as it is. */
  state: RolloutState | null;
}

export function abandonment(state: RolloutState, holder: string): Abandonment {
  const after = revertForLostLease(state, holder, NOW_MARK);
  return { weights: weightsWhenAbandoned(state), state: after === state ? null : after };
}

/** As the local target's supervisor decides it, but before it is known what the weights will be by then. */
function weightsWhenAbandoned({ rollout, stable }: RolloutState): Weights | null {
  if (rollout && rollout.phase !== "finished" && !revertsWhenAbandoned(rollout)) return null;
  if (stable) return allOn(stable.slot);
  return rollout ? { blue: 0, green: 0 } : null;
}
