import { setTimeout as sleep } from "node:timers/promises";
import type { ReplicatedLog } from "./log.ts";

export interface HeldLease {
  holder: string;
  place: number;
}

/** How often a holder says that it lives, and a waiting one looks. */
const PARTS = 4;
/** The most of the time between two looks that counts as silence: who was kept from looking has heard nobody. */
const MOST_UNSEEN = 0.5;

/**
 * Waits until nobody has renewed the lease for its whole time, by this machine's own clock, and takes it: of several who
 * wait, one gets it. Resolves with its place, or null when `signal` ended the wait.
 */
export async function takeLease(
  log: ReplicatedLog,
  holder: string,
  leaseMs: number,
  signal: AbortSignal,
): Promise<number | null> {
  let known = -1;
  let seenAt = performance.now();
  let lookedAt = seenAt;
  while (!signal.aborted) {
    try {
      const askedAt = performance.now();
      seenAt += Math.max(0, askedAt - lookedAt - leaseMs * MOST_UNSEEN);
      lookedAt = askedAt;
      const { place } = await log.lease();
      if (place !== known) {
        known = place;
        seenAt = performance.now();
      }
      // The answer may have waited for this process: it says nothing of what came after the question.
      const isFree = place === 0 || askedAt - seenAt > leaseMs;
      const taken = isFree ? await log.renew(holder, place) : null;
      if (taken !== null) return taken;
    } catch {
      // Who can't be asked may have been heard by others: the silence is counted anew.
      known = -1;
    }
    await sleep(leaseMs / PARTS);
  }
  return null;
}

/** Says that the holder lives, for ever; `onLost` is called when somebody else took the lease. */
export async function keepLease(
  log: ReplicatedLog,
  holder: string,
  place: number,
  leaseMs: number,
  { stopped, onLost }: { stopped(): boolean; onLost(): void },
): Promise<void> {
  let held = place;
  while (!stopped()) {
    await sleep(leaseMs / PARTS);
    try {
      const renewed = await log.renew(holder, held);
      // An answer that was lost leaves the own one there, at another place. Asked once: between two looks another may take it.
      const lease = renewed === null ? await log.lease() : { holder, place: renewed };
      if (lease.holder !== holder) return onLost();
      held = lease.place;
    } catch {
      // Not reachable: orders are not acknowledged either, so there is nothing to give up.
    }
  }
}
