import type { Counters, LatencyHistogram } from "../../metrics/counters.ts";

/**
 * What an arm counted between two readings of its raw counters. A drop is a restart: what the new process has
 * counted since then happened in this window, if it can have; when only one of an arm's processes restarted,
 * the sum drops to a number that is far too large for that, and the window is no evidence.
 */
export type Difference =
  | { kind: "counted"; requests: number; errors: number; restarted: boolean }
  | { kind: "restarted" }
  | { kind: "missing" };

const MISSING: Difference = { kind: "missing" };
/** A window after a restart may have been this much busier than the one before. */
const PLAUSIBLE_SURGE = 3;
const ALWAYS_PLAUSIBLE_REQUESTS = 100;

export function difference(
  before: Counters | null,
  now: Counters | null,
  usualRequests: number,
): Difference {
  if (!before || !now || !areCounts(before) || !areCounts(now)) return MISSING;
  if (!hasRestarted(before, now)) {
    const requests = now.requests - before.requests;
    // Errors may be counted a moment before their requests are.
    const errors = Math.min(requests, now.errors - before.errors);
    return { kind: "counted", requests, errors, restarted: false };
  }
  const mostPlausible = Math.max(ALWAYS_PLAUSIBLE_REQUESTS, PLAUSIBLE_SURGE * usualRequests);
  if (now.requests > mostPlausible) return { kind: "restarted" };
  const errors = Math.min(now.requests, now.errors);
  return { kind: "counted", requests: now.requests, errors, restarted: true };
}

function hasRestarted(before: Counters, now: Counters): boolean {
  return now.requests < before.requests || now.errors < before.errors;
}

/** A reading that is no number is no reading. */
export function isUsable(counters: Counters): boolean {
  const { latency } = counters;
  return areCounts(counters) && (latency === undefined || isHistogram(latency));
}

function areCounts({ requests, errors }: Counters): boolean {
  return isCount(requests) && isCount(errors);
}

function isHistogram({ le, counts }: LatencyHistogram): boolean {
  if (counts.length !== le.length + 1) return false;
  let before = 0;
  for (let index = 0; index < counts.length; index += 1) {
    const count = counts[index] as number;
    // Also false when it is NaN.
    if (!(count >= before)) return false;
    before = count;
  }
  return before < Number.POSITIVE_INFINITY;
}

function isCount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
