import type { Counters, LatencyHistogram } from "../../metrics/counters.ts";
import type { Tally } from "../metric/dispersion.ts";

/**
 * Latency is judged at edges of the histogram: how many requests were slower than stable's usual p50, p90, p99
 * and p99.9, as near as the edges come. A shift of everything shows at the first, a longer tail at the last.
 */
const WANTED_SLOW_SHARES = [0.5, 0.1, 0.01, 0.001];
/** So many tell where the p99.9 is; once the comparison begins, fewer have to do. */
const ENOUGH_REQUESTS = 10_000;
const LEAST_REQUESTS = 200;
/** An edge whose share is further from the wanted one than this factor stands for another quantile. */
const NEAR_ENOUGH = 4;

/** Chosen from what stable counted before the window that they are first used in; empty: not known yet. */
export function chooseEdges({ latency: histogram }: Counters, isComparing: boolean): number[] {
  const all = histogram?.counts.at(-1) ?? 0;
  if (!histogram || all < (isComparing ? LEAST_REQUESTS : ENOUGH_REQUESTS)) return [];
  const chosen = WANTED_SLOW_SHARES.flatMap((wanted) => nearestEdge(histogram, all, wanted));
  return [...new Set(chosen)].sort((a, b) => a - b);
}

/** What is slow to a warm process is usual to a cold one: so many times the last edge that was chosen. */
const OUTER_FACTORS = [4, 16];

/** Edges of the histogram further out than those that were chosen; none where none were. */
export function outerEdges({ latency }: Counters, chosen: readonly number[]): number[] {
  const last = chosen.at(-1);
  if (!latency || last === undefined) return [];
  const found = OUTER_FACTORS.flatMap(
    (factor) => latency.le.find((edge) => edge >= factor * last * (1 - 1e-9)) ?? [],
  );
  return [...new Set(found)];
}

/** Where good latency is shown: the first edge that clearly less than half of stable's requests exceed. */
export function goodEdgeOf(baseline: Counters, edges: readonly number[]): number | null {
  const histogram = baseline.latency;
  const all = histogram?.counts.at(-1) ?? 0;
  if (!histogram) return null;
  return edges.find((edge) => (slowerThan(histogram, edge) ?? all) < 0.3 * all) ?? null;
}

function nearestEdge({ le, counts }: LatencyHistogram, all: number, wanted: number): number[] {
  const distance = (index: number) => {
    const slow = (all - (counts[index] as number)) / all;
    // Slow and fast alike: an edge that all exceed is as useless as one that none does.
    return Math.abs(Math.log((slow * (1 - wanted)) / (wanted * (1 - slow))));
  };
  const best = le
    .map((edge, index) => ({ edge, distance: distance(index) }))
    .reduce((a, b) => (b.distance < a.distance ? b : a), { edge: 0, distance: Number.MAX_VALUE });
  return best.distance <= Math.log(NEAR_ENOUGH) ? [best.edge] : [];
}

/**
 * How many requests took longer than `edge`. The histogram need not have that edge, as long as nothing fell
 * into the bucket around it (native histograms grow buckets as they are filled); else it cannot be known.
 */
export function slowerThan({ le, counts }: LatencyHistogram, edge: number): number | null {
  const all = counts.at(-1) ?? 0;
  let index = 0;
  while (index < le.length && (le[index] as number) < edge * (1 - 1e-9)) index += 1;
  const upTo = counts[index] ?? all;
  if (index < le.length && (le[index] as number) <= edge * (1 + 1e-9)) return all - upTo;
  const below = index === 0 ? 0 : (counts[index - 1] as number);
  return upTo === below ? all - upTo : null;
}

/** Requests and slow ones between two readings of one process; null when they cannot be told. */
export function slowTally(before: Counters | null, now: Counters, edge: number): Tally | null {
  if (!now.latency) return null;
  const slowNow = slowerThan(now.latency, edge);
  const allNow = now.latency.counts.at(-1) ?? 0;
  if (before === null) return slowNow === null ? null : { requests: allNow, events: slowNow };
  if (!before.latency) return null;
  const slowBefore = slowerThan(before.latency, edge);
  if (slowNow === null || slowBefore === null) return null;
  const requests = allNow - (before.latency.counts.at(-1) ?? 0);
  const events = slowNow - slowBefore;
  return requests >= 0 && events >= 0 && events <= requests ? { requests, events } : null;
}
