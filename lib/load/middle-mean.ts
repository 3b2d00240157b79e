/** What is left out on each side. */
const TRIMMED = 0.25;

/**
 * The mean of the middle half. A neighbour who takes the CPU for half a second makes a few pairs of blocks absurd;
 * the plain mean would be theirs.
 */
export function middleMean(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const left = Math.floor(TRIMMED * sorted.length);
  const middle = sorted.subarray(left, sorted.length - left);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
