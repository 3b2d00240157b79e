import { randomFrom } from "./random.ts";

const RESAMPLES = 2_000;

/**
 * The standard error of a statistic, by drawing the same number of items again and again, with replacement (Efron).
 * Items are pairs of blocks, so whatever is correlated inside of a block stays together.
 */
export function bootstrapError<T>(
  items: readonly T[],
  statistic: (items: readonly T[]) => number,
  seed: number,
): number {
  const random = randomFrom(seed);
  const drawn: T[] = new Array(items.length);
  let sum = 0;
  let squares = 0;
  for (let round = 0; round < RESAMPLES; round += 1) {
    for (let at = 0; at < items.length; at += 1) {
      drawn[at] = items[Math.floor(random() * items.length)] as T;
    }
    const value = statistic(drawn);
    sum += value;
    squares += value * value;
  }
  const mean = sum / RESAMPLES;
  return Math.sqrt(Math.max(0, squares / RESAMPLES - mean * mean));
}
