import type { Counters } from "../metrics/counters.ts";

/**
 * One line of a trace: cumulative raw counters of both arms from the same moment. `null` is a missing scrape.
 * canary-promote writes these lines as its artifact, and `sluice replay` reads them.
 */
export interface Sample {
  /** Seconds, on any clock that does not go back. */
  t: number;
  /** The candidate's share of traffic since the previous sample, 0..1. */
  weight: number;
  candidate: Counters | null;
  baseline: Counters | null;
  /** The same counters by instance, so that one bad instance among many is named. */
  instances?: { candidate: InstanceCounters; baseline: InstanceCounters };
}

export type InstanceCounters = Record<string, Counters | null>;
