import { randomFrom } from "../load/random.ts";
import { shuffled } from "./shuffled.ts";
import { bestSplit, MIN_SIDE } from "./split.ts";

export interface ChangePoint {
  /** Index of the first value after the change. */
  readonly at: number;
  /** How often a series in random order is cut as clearly; by permutations. */
  readonly p: number;
}

export interface DetectSettings {
  /** A series without any change is cut in at most this share of cases. */
  readonly alpha: number;
  readonly seed: number;
}

/**
 * All places where a series changed, in order: E-divisive. The best cut is accepted when no more than `alpha` of the
 * series in random order have one as good; then each side is looked at by itself. Pure.
 */
export function changePoints(
  values: readonly number[],
  { alpha, seed }: DetectSettings,
): ChangePoint[] {
  const random = randomFrom(seed);
  const found: ChangePoint[] = [];
  const pending: [from: number, to: number][] = [[0, values.length]];
  for (let part = pending.pop(); part; part = pending.pop()) {
    const [from, to] = part;
    const change = firstChange(values.slice(from, to), alpha, random);
    if (!change) continue;
    found.push({ at: from + change.at, p: change.p });
    pending.push([from, from + change.at], [from + change.at, to]);
  }
  return found.sort((a, b) => a.at - b.at);
}

function firstChange(
  values: readonly number[],
  alpha: number,
  random: () => number,
): ChangePoint | undefined {
  const best = bestSplit(values);
  // What does not vary did not change, and rounding must not say otherwise.
  if (!best || best.statistic <= 1e-12) return undefined;
  const rounds = permutations(alpha);
  const most = alpha * (rounds + 1);
  let asGood = 1;
  for (let round = 0; round < rounds; round++) {
    const other = bestSplit(shuffled(values, random));
    if (other && other.statistic >= best.statistic * (1 - 1e-9)) asGood++;
    // It cannot be accepted any more.
    if (asGood > most) return undefined;
  }
  return { at: best.at, p: asGood / (rounds + 1) };
}

/** Enough that `alpha` can be undercut, with room for chance. */
function permutations(alpha: number): number {
  return Math.min(20_000, Math.max(499, Math.ceil(5 / alpha) - 1));
}

/**
 * The smallest p that a change of the last `after` of `count` values can have: as many orders cut as clearly as there
 * are ways to choose them, and two where both ends do. Above `alpha`, the history is too short to find anything.
 */
export function smallestP(count: number, after: number): number {
  if (count < 2 * MIN_SIDE || after < MIN_SIDE || after > count - MIN_SIDE) return 1;
  let ways = 1;
  for (let step = 1; step <= after; step++) ways *= (count - after + step) / step;
  return Math.min(1, 2 / ways);
}
