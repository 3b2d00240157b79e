import type { Counters } from "../metrics/counters.ts";
import type { Tally } from "./metric/dispersion.ts";
import { count } from "./reading/reading.ts";
import type { Sample } from "./sample.ts";
import type { Breaker } from "./terms.ts";

/**
 * Absolute limits: a fast path apart from the comparison, for what is unbearable however stable does. It needs no
 * baseline, so it also watches when the candidate has all traffic.
 */
export interface BreakerWatch {
  readonly last: { readonly t: number; readonly candidate: Counters } | null;
  /** What the candidate did lately, per breaker; only as far back as the breaker looks. */
  readonly recent: ReadonlyArray<ReadonlyArray<Tally & { readonly t: number }>>;
}

export function openBreakers(breakers: readonly Breaker[]): BreakerWatch {
  return { last: null, recent: breakers.map(() => []) };
}

/** At most this many windows are remembered per breaker. */
const MOST_WINDOWS = 600;

export function watchBreakers(
  watch: BreakerWatch,
  breakers: readonly Breaker[],
  sample: Sample,
): BreakerWatch {
  const { t, candidate } = sample;
  if (breakers.length === 0 || !candidate) return watch;
  if (watch.last && t <= watch.last.t) return watch;
  const last = { t, candidate };
  const counted = count(watch.last?.candidate ?? null, candidate, Number.MAX_VALUE);
  if (!counted) return { ...watch, last };
  const recent = breakers.map((breaker, index) => {
    const since = t - breaker.overSeconds;
    const kept = (watch.recent[index] ?? []).filter((window) => window.t > since);
    const tally =
      breaker.bad === "errors" ? counted.tally : counted.slower(breaker.bad.slowerThanSeconds);
    return tally ? [...kept, { t, ...tally }].slice(-MOST_WINDOWS) : kept;
  });
  return { last, recent };
}

/** What the first breaker that trips found, in words; null when none does. */
export function trippedBreaker(watch: BreakerWatch, breakers: readonly Breaker[]): string | null {
  for (const [index, breaker] of breakers.entries()) {
    const windows = watch.recent[index] ?? [];
    const requests = windows.reduce((sum, window) => sum + window.requests, 0);
    const events = windows.reduce((sum, window) => sum + window.events, 0);
    if (requests >= breaker.minRequests && events > breaker.above * requests) {
      return `${events} of the candidate's ${requests} requests in the last ${breaker.overSeconds} s ${words(breaker)}, and ${percent(breaker.above)} is the limit`;
    }
  }
  return null;
}

function words({ bad }: Breaker): string {
  return bad === "errors" ? "failed" : `took longer than ${bad.slowerThanSeconds} s`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
