/** Wilson's interval of a share, 95 %: right also for none and for all. */
export function wilson(hits: number, runs: number): { low: number; high: number } {
  const z = 1.959964;
  if (runs === 0) return { low: 0, high: 1 };
  const share = hits / runs;
  const middle = share + (z * z) / (2 * runs);
  const half = z * Math.sqrt((share * (1 - share)) / runs + (z * z) / (4 * runs * runs));
  const scale = 1 + (z * z) / runs;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}

export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[index] as number;
}
