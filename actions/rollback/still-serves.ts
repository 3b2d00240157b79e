import type { RolloutState } from "../../lib/rollout/state.ts";
import type { Digest } from "../../lib/units/digest.ts";

/**
 * Whether the release that was to be taken back has all traffic all the same, since it had been promoted: `digest`
 * names it; without one it is what was in hand, or what the last rollout let through.
 */
export function stillServes(
  digest: Digest | undefined,
  before: RolloutState,
  after: RolloutState,
): boolean {
  if (after.stable === null) return false;
  if (before.candidate) return after.stable.slot === before.candidate.slot;
  return after.stable.release.digest === (digest ?? before.rollout?.release.digest);
}
