/** Blue and green: one serves while the other is idle, or takes the candidate. */
export type Slot = "blue" | "green";
export const SLOTS: readonly Slot[] = ["blue", "green"];

/**
 * And the third one, which never serves alone: during a rollout it may hold fresh processes of the stable release,
 * for the candidate to be compared with.
 */
export type AnySlot = Slot | "baseline";
export const ALL_SLOTS: readonly AnySlot[] = [...SLOTS, "baseline"];

/** One of each slot's; nothing of the third when nothing stands there. */
export type PerSlot<T> = Record<Slot, T> & { baseline?: T };

export function otherSlot(slot: Slot): Slot {
  return slot === "blue" ? "green" : "blue";
}
