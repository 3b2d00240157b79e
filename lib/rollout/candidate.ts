import { SluiceError } from "../error.ts";
import type { PlaceableRelease, Placement, Release, Slot, Target } from "../targets/target.ts";
import { otherSlot } from "../units/slot.ts";
import type { RolloutState } from "./state.ts";

export interface PlacingRights {
  target: Target;
  token: number;
  signal: AbortSignal;
  /** Looks at the placed candidate before it counts as placed: smoke checks. Throws when it is not fit. */
  inspect?(placement: Placement): Promise<void>;
}

/**
 * Puts `release` on the idle slot at weight 0 and writes it into the state as the candidate. Whatever goes
 * wrong, the idle slot is cleared again and the state names no candidate.
 * Throws `lease-held` while another release's rollout is unfinished.
 */
export async function placeCandidate(
  release: PlaceableRelease | Release,
  rights: PlacingRights,
): Promise<Placement> {
  const { target, token, signal } = rights;
  const before = await target.read();
  refuseWhileUnfinished(before.value);
  const slot = idleSlot(before.value);
  const version = await target.write(withoutCandidate(before.value), before.version, token);
  try {
    await clear(target, slot, token);
    const placement = await target.place(release, slot, token, signal);
    signal.throwIfAborted();
    await rights.inspect?.(placement);
    signal.throwIfAborted();
    const { name, version: releaseVersion, commit, digest } = release;
    const candidate = { slot, release: { name, version: releaseVersion, commit, digest } };
    await target.write({ ...withoutCandidate(before.value), candidate }, version, token);
    return placement;
  } catch (error) {
    await clear(target, slot, token).catch(() => {
      // The error that brought us here is the one to tell; the next deploy clears the slot first anyway.
    });
    throw error;
  }
}

/** The slot that does not serve. */
export function idleSlot(state: RolloutState): Slot {
  return state.stable ? otherSlot(state.stable.slot) : "blue";
}

/** The last rollout is history once something new is placed. */
function withoutCandidate(state: RolloutState): RolloutState {
  return { ...state, candidate: null, rollout: null };
}

/** Stops what is on the slot, also what a killed runner left there without telling the state. */
async function clear(target: Target, slot: Slot, token: number): Promise<void> {
  const { slots } = await target.status();
  if (slots[slot].instances.length > 0) await target.retire(slot, token);
}

function refuseWhileUnfinished({ rollout }: RolloutState): void {
  if (!rollout || rollout.phase === "finished") return;
  throw new SluiceError(
    "lease-held",
    `${rollout.release.version} is in an unfinished rollout (${rollout.phase}, since ${new Date(rollout.firstTrafficAtMs ?? 0).toISOString()})`,
    {
      hint: "re-run its job to go on, or run the rollback action with `to: stable` to end it; then deploy again",
    },
  );
}
