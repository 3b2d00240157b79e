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
}

export interface VerdictSettings {
  /** Chance at most that a release which is not worse is ever rolled back, however often one looks. */
  alpha: number;
  /** Chance at most that a release which is `goodEnoughRatio` times as bad is called good. */
  beta: number;
  /** r0: the ratio of event rates that is tolerated. */
  toleratedRatio: number;
  /** r1 of the mirrored non-inferiority test. */
  goodEnoughRatio: number;
}

export type VerdictOutcome = "continue" | "rollback" | "promote" | "inconclusive";

export interface Finding {
  outcome: VerdictOutcome;
  evidence: {
    /** E: evidence that the candidate is worse; rollback at `threshold` = 1/alpha. */
    worse: number;
    threshold: number;
    /** E': evidence that it is good enough; promote at 1/beta. */
    goodEnough: number;
    goodEnoughThreshold: number;
    /** Totals since the rollout began, as differences. */
    candidate: { requests: number; errors: number };
    baseline: { requests: number; errors: number };
  };
  /** One paragraph that an on-call person understands: what was compared, how much, how sure. */
  explanation: string;
}

/** Plain JSON; save it, restore it, and the outcome is identical. */
export interface VerdictState {
  readonly schema: 1;
  readonly settings: VerdictSettings;
  // The verdict room owns the rest.
  readonly [key: string]: unknown;
}
