import { randomFrom } from "./random.ts";

const RESAMPLES = 1_000;

/** Stretches that a run is cut into, at most. */
const STRETCHES = 16;

/**
 * Items in order, cut into stretches of equal length. A neighbour who comes and goes hits several pairs of blocks in a
 * row; drawn one by one these would count as so many independent witnesses.
 */
export function stretchesOf<T>(items: readonly T[]): T[][] {
  const length = Math.ceil(items.length / STRETCHES);
  return Array.from({ length: Math.ceil(items.length / length) }, (_, at) =>
    items.slice(at * length, (at + 1) * length),
  );
}

/**
 * The standard error of a statistic, by drawing as many stretches again and again, with replacement: the bootstrap of
 * Efron, in blocks as Carlstein and Künsch do it for series.
 */
export function bootstrapError<T>(
  stretches: ReadonlyArray<readonly T[]>,
  statistic: (items: readonly T[]) => number,
  seed: number,
): number {
  const random = randomFrom(seed);
  let sum = 0;
  let squares = 0;
  for (let round = 0; round < RESAMPLES; round += 1) {
    const drawn = stretches.flatMap(() => stretches[Math.floor(random() * stretches.length)] ?? []);
    const value = statistic(drawn);
    sum += value;
    squares += value * value;
  }
  const mean = sum / RESAMPLES;
  return Math.sqrt(Math.max(0, squares / RESAMPLES - mean * mean));
}
