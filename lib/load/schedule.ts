/** The two versions that are compared: what is replaced, and what is to replace it. */
export type Arm = "baseline" | "candidate";
export const ARMS: readonly Arm[] = ["baseline", "candidate"];

/**
 * Which arm has the load, block by block. A, B, B, A: whatever drifts evenly, be it the machine or the neighbours,
 * weighs as much on one arm as on the other.
 */
export const CYCLE: readonly Arm[] = ["baseline", "candidate", "candidate", "baseline"];
/** The blocks of a cycle that are compared with each other: neighbours, so that they have the same weather. */
export const PAIRS = [
  { baseline: 0, candidate: 1 },
  { baseline: 3, candidate: 2 },
] as const;

export interface Schedule {
  /** A moment that is a multiple of cycles away from every cycle's beginning. */
  anchorMs: number;
  blockMs: number;
  /** Cycles at the beginning that count for nothing: code is being compiled, connections are being made. */
  warmUpCycles: number;
  /** Cycles that are looked at, at most. */
  maxCycles: number;
}

/** How long one cycle takes. */
export function cycleMs({ blockMs }: Schedule): number {
  return CYCLE.length * blockMs;
}

/** The cycle, counted from the anchor, and the place in it, of a moment. */
export function placeOf(schedule: Schedule, atMs: number): { cycle: number; place: number } {
  const sinceMs = atMs - schedule.anchorMs;
  const cycle = Math.floor(sinceMs / cycleMs(schedule));
  const place = Math.floor((sinceMs - cycle * cycleMs(schedule)) / schedule.blockMs);
  return { cycle, place: Math.min(CYCLE.length - 1, place) };
}
