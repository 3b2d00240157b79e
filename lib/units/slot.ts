/** Blue and green: one serves while the other is idle, or takes the candidate. */
export type Slot = "blue" | "green";
export const SLOTS: readonly Slot[] = ["blue", "green"];

export function otherSlot(slot: Slot): Slot {
  return slot === "blue" ? "green" : "blue";
}
