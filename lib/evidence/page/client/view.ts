import type { ChartData } from "./data.ts";

/** What is looked at: a stretch of time, and the moment under the crosshair. */
export interface View {
  range: [number, number];
  cursor: number | null;
  /** A stretch that is being selected with the pointer. */
  selecting: [number, number] | null;
}

/** Closer than this there is nothing more to see. */
const LEAST_RANGE_MS = 500;

export function whole({ startMs, endMs }: ChartData): [number, number] {
  const length = Math.max(LEAST_RANGE_MS, endMs - startMs);
  return [-0.01 * length, 1.01 * length];
}

/** `range`, not outside of the whole, not too close. */
export function kept(range: [number, number], data: ChartData): [number, number] {
  const [first, last] = whole(data);
  const length = Math.min(last - first, Math.max(LEAST_RANGE_MS, range[1] - range[0]));
  const middle = (range[0] + range[1]) / 2;
  const from = Math.min(last - length, Math.max(first, middle - length / 2));
  return [from, from + length];
}

/** Closer (factor below 1) or farther, with `around` staying where it is. */
export function zoomed(range: [number, number], factor: number, around: number): [number, number] {
  return [around - (around - range[0]) * factor, around + (range[1] - around) * factor];
}

export function moved(range: [number, number], byMs: number): [number, number] {
  return [range[0] + byMs, range[1] + byMs];
}
