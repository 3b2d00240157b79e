import { PAIRS } from "./schedule.ts";

/** Extensions of a run, at most; each costs a part of alpha. */
const MAX_LOOKS = 4;

/**
 * After how many cycles it is looked: first after `durationMs`, then at even distances until `maxDurationMs`. Fixed
 * before the run begins, as alpha is shared among them.
 */
export function plannedLooks(
  { durationMs, maxDurationMs }: { durationMs: number; maxDurationMs: number },
  oneCycleMs: number,
): number[] {
  const first = Math.max(1, Math.round(durationMs / oneCycleMs));
  const last = Math.max(first, Math.floor(maxDurationMs / oneCycleMs));
  const count = Math.min(MAX_LOOKS, Math.max(1, Math.floor(last / first)));
  if (count === 1) return last > first ? [first, last] : [first];
  const step = (last - first) / (count - 1);
  return Array.from({ length: count }, (_, at) => Math.round(first + at * step));
}

/** Pairs of blocks in that many cycles. */
export function pairsIn(cycles: number): number {
  return cycles * PAIRS.length;
}
