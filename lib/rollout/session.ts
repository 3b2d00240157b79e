import type { Holder, Target } from "../targets/target.ts";
import type { Clock } from "./clock.ts";
import { type HeldLease, holdLease } from "./lease.ts";

export interface SessionOptions {
  target: Target;
  holder: Holder;
  leaseMs: number;
  clock: Clock;
  /** Told of what has to be done without. */
  warn?(message: string): void;
}

/** Of machines that are left as they are until they are back; empty when all are there. */
export function withoutWords(names: readonly string[]): string {
  return names.length === 0 ? "" : `without ${names.join(", ")}, which could not be reached`;
}

/**
 * Works under the target's lease and gives it back afterwards. When `work` fails while the candidate still has
 * traffic, the lease is left to run out instead, so that the target takes the traffic back.
 */
export async function withLease<T>(
  options: SessionOptions,
  work: (lease: HeldLease) => Promise<T>,
): Promise<T> {
  const { target, holder, leaseMs, clock } = options;
  const lease = await holdLease(target, holder, leaseMs, clock);
  if (lease.without.length > 0)
    options.warn?.(
      `going on ${withoutWords(lease.without)}: nothing is stopped that an edge among them may still send requests to`,
    );
  try {
    const result = await work(lease);
    await lease.giveBack();
    return result;
  } catch (error) {
    if (await leavesTraffic(target)) await lease.abandon();
    // The first error is the one to tell.
    else await lease.giveBack().catch(() => {});
    throw error;
  }
}

async function leavesTraffic(target: Target): Promise<boolean> {
  try {
    const { rollout } = (await target.read()).value;
    return rollout !== null && rollout.phase !== "finished" && rollout.parked === null;
  } catch {
    return true;
  }
}
