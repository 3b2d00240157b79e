import type { Environment } from "../../lib/environment/environment.ts";
import { enter } from "../../lib/rollout/entry.ts";
import { planRollout } from "../../lib/rollout/plan.ts";
import { EMPTY_STATE, type Phase, type RolloutState } from "../../lib/rollout/state.ts";
import type { Release } from "../../lib/targets/target.ts";

/** `stable` on blue and `candidate` on green, in the middle of a rollout that is in `phase`. */
export function rolloutIn(
  phase: Phase,
  environment: Environment,
  stable: Release,
  candidate: Release,
): RolloutState {
  const placed: RolloutState = {
    ...EMPTY_STATE,
    stable: { slot: "blue", release: stable },
    candidate: { slot: "green", release: candidate },
  };
  const entry = enter(placed, {
    digest: candidate.digest,
    id: "rollout-1",
    plan: planRollout(environment.rollout),
    verdict: environment.verdict,
  });
  if (entry.type !== "begin" || !entry.state.rollout) throw new Error("not a new rollout");
  return {
    ...entry.state,
    rollout: { ...entry.state.rollout, phase, firstTrafficAtMs: Date.now() },
  };
}
