import { LATENCY_EDGES } from "../latency.ts";
import type { Second, Trace } from "../trace.ts";

/** What a metrics server would answer about one arm over a range of seconds; it scrapes every second. */
export interface Answer {
  requests: number;
  errorShare: number;
  p99Seconds: number;
}

const known = new WeakMap<Trace, Queries>();

/** Sums from the first weight on, so that a range is a difference. */
export class Queries {
  readonly #arms: Record<"candidate" | "baseline", Second[]>;
  readonly #lastScrape: number[];

  /** All peers ask about the same trace, which is summed up once. */
  static of(trace: Trace): Queries {
    const queries = known.get(trace) ?? new Queries(trace);
    known.set(trace, queries);
    return queries;
  }

  private constructor({ scenario, seconds }: Trace) {
    const rollout = seconds.slice(scenario.pastSeconds);
    this.#arms = {
      candidate: cumulative(rollout, "candidate"),
      baseline: cumulative(rollout, "baseline"),
    };
    let last = 0;
    this.#lastScrape = [
      0,
      ...rollout.map(({ isMissing }, index) => {
        if (!isMissing) last = index + 1;
        return last;
      }),
    ];
  }

  /** Null when there are not two scrapes in the range, or no request was in it. */
  over(arm: "candidate" | "baseline", from: number, to: number): Answer | null {
    const last = this.#lastScrape[to] ?? 0;
    const first = Math.max(0, this.#lastScrape[from] ?? 0);
    if (last <= from) return null;
    const before = this.#arms[arm][first] as Second;
    const after = this.#arms[arm][last] as Second;
    const requests = after.requests - before.requests;
    if (requests <= 0) return null;
    const buckets = after.buckets.map((count, index) => count - (before.buckets[index] ?? 0));
    const errorShare = (after.errors - before.errors) / requests;
    return { requests, errorShare, p99Seconds: histogramQuantile(0.99, buckets) };
  }
}

function cumulative(rollout: Trace["seconds"], arm: "candidate" | "baseline"): Second[] {
  const sums: Second[] = [{ requests: 0, errors: 0, buckets: [], instances: [] }];
  for (const second of rollout) {
    const before = sums.at(-1) as Second;
    const now = second[arm];
    sums.push({
      requests: before.requests + now.requests,
      errors: before.errors + now.errors,
      buckets: now.buckets.map((count, index) => count + (before.buckets[index] ?? 0)),
      instances: [],
    });
  }
  return sums;
}

/** As metrics servers do it: straight lines within a bucket; above the last edge, that edge. */
function histogramQuantile(share: number, buckets: readonly number[]): number {
  const all = buckets.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [index, count] of buckets.entries()) {
    const edge = LATENCY_EDGES[index];
    if (edge === undefined) break;
    if (count > 0 && below + count >= share * all) {
      const from = LATENCY_EDGES[index - 1] ?? 0;
      return from + ((edge - from) * (share * all - below)) / count;
    }
    below += count;
  }
  return all > 0 ? (LATENCY_EDGES.at(-1) as number) : 0;
}
