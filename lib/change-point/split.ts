/**
 * The best place to cut a series in two, by the energy distance of Székely and Rizzo as in E-divisive (Matteson and
 * James 2014): it sees any change of distribution and assumes none. Pure.
 */
export interface Split {
  /** Index of the first value after the cut. */
  readonly at: number;
  /** How far apart both sides are; larger is farther. */
  readonly statistic: number;
}

/** One value may be an outlier; two that agree are a side. */
export const MIN_SIDE = 2;

/** Undefined for a series that is too short to be cut. O(n²) by sums of distances that are carried along. */
export function bestSplit(values: readonly number[]): Split | undefined {
  const count = values.length;
  if (count < 2 * MIN_SIDE) return undefined;
  const distance = (a: number, b: number) => Math.abs((values[a] ?? 0) - (values[b] ?? 0));
  // Sums of distances within the left side, within the right, and between both, with the cut before `at`.
  let left = 0;
  let right = 0;
  let between = 0;
  for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) right += distance(a, b);
  let best: Split | undefined;
  for (let at = 1; at <= count - MIN_SIDE; at++) {
    // The value before the cut goes from the right side to the left.
    const moved = at - 1;
    let toLeft = 0;
    let toRight = 0;
    for (let other = 0; other < moved; other++) toLeft += distance(moved, other);
    for (let other = at; other < count; other++) toRight += distance(moved, other);
    left += toLeft;
    right -= toRight;
    between += toRight - toLeft;
    if (at < MIN_SIDE) continue;
    const statistic = energy({ left, right, between }, at, count - at);
    if (!best || statistic > best.statistic) best = { at, statistic };
  }
  return best;
}

/** Means of distances between both sides, without those within; weighed by how many there are. */
function energy(
  { left, right, between }: { left: number; right: number; between: number },
  before: number,
  after: number,
): number {
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const apart = (2 * between) / (before * after) - left / pairs(before) - right / pairs(after);
  return ((before * after) / (before + after)) * apart;
}
