import type { RolloutState } from "../../lib/rollout/state.ts";
import type { Lease, Release } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";

/**
 * What somebody else is doing with the target, if taking back `digest` would take back that instead; undefined
 * when that release itself is in hand, or nothing is.
 */
export function othersWork(
  digest: Digest,
  state: RolloutState,
  lease: Lease | null,
): string | undefined {
  const inHand = releaseInHand(state);
  if (inHand?.digest === digest) return undefined;
  const by = lease ? ` by ${lease.holder.description}` : "";
  if (inHand) return `another release, ${inHand.version}, is being let through${by}`;
  return lease ? `the target is in use${by}` : undefined;
}

function releaseInHand({ rollout, candidate }: RolloutState): Release | undefined {
  if (rollout && rollout.phase !== "finished") return rollout.release;
  return candidate?.release;
}
