import { SluiceError } from "../error.ts";

/** What the verdict is asked to hold to; `verdict:` of an environment file. What is left out has the default. */
export interface VerdictSettings {
  /** Chance at most that a release which is not worse is ever rolled back, however often one looks. */
  alpha: number;
  /** Chance at most that a release which is `goodEnoughRatio` times as bad is called good. */
  beta: number;
  /** r0: the ratio of event rates that is tolerated. */
  toleratedRatio: number;
  /** r1 of the mirrored non-inferiority test. */
  goodEnoughRatio: number;
  /** An error rate, 0..1, that is good enough whatever stable's is. 0: the ratio alone decides. */
  goodEnoughRate?: number;
  /** As `toleratedRatio`, for the share of requests that are slower than an edge of the histogram. */
  toleratedSlowRatio?: number;
  /** How much of the evidence each metric may contribute; what is left of 1 is for all errors together. */
  weights?: MetricWeights;
  /** Seconds after the candidate's first traffic (or its restart) that are no evidence. */
  warmUp?: { errorsSeconds: number; latencySeconds: number };
  /**
   * What the candidate is compared with: the old processes as they are, or fresh ones of the old version, which
   * are as cold as the candidate, so that no warm-up needs to be excluded.
   */
  baseline?: "stable" | "fresh";
  /** Absolute limits of the candidate, apart from the comparison. */
  breakers?: Breaker[];
  /** Events come in clumps of at most about this size, until stable has shown how clumped they are. */
  assumedClump?: number;
}

export interface MetricWeights {
  latency: number;
  /** Kinds of errors that are counted apart, by name. */
  kinds: Record<string, number>;
}

/** Rolls back at once when more than `above` of at least `minRequests` requests in `overSeconds` were bad. */
export interface Breaker {
  /** Failed requests; or those slower than so many seconds, at an edge of the histogram. */
  bad: "errors" | { slowerThanSeconds: number };
  /** 0..1 */
  above: number;
  minRequests: number;
  overSeconds: number;
}

export type CompleteSettings = Required<VerdictSettings>;

export const DEFAULT_SETTINGS: CompleteSettings = {
  alpha: 0.01,
  beta: 0.05,
  toleratedRatio: 1,
  goodEnoughRatio: 2,
  goodEnoughRate: 0,
  toleratedSlowRatio: 1,
  weights: { latency: 0.2, kinds: {} },
  warmUp: { errorsSeconds: 0, latencySeconds: 60 },
  baseline: "stable",
  breakers: [],
  assumedClump: 10,
};

/** Throws `invalid-input` for chances that are none: a threshold has to be a number. */
export function complete(settings: VerdictSettings): CompleteSettings {
  for (const key of ["alpha", "beta"] as const) {
    if (settings[key] > 0 && settings[key] < 0.5) continue;
    throw new SluiceError(
      "invalid-input",
      `${key}: given ${settings[key]}, accepted is a chance above 0 and below 0.5`,
      { hint: "0.01 is one in a hundred" },
    );
  }
  return { ...DEFAULT_SETTINGS, ...settings };
}
