import { openBreakers, trippedBreaker, watchBreakers } from "./breaker.ts";
import { openStreams, takeIn } from "./comparison.ts";
import { explain } from "./explanation/explanation.ts";
import { NO_BETS_BELOW_RATE } from "./metric/below-rate.ts";
import type { Sample } from "./sample.ts";
import { VERDICT_SCHEMA, type VerdictState } from "./state.ts";
import { complete, type VerdictSettings } from "./terms.ts";
import { type Weighed, weigh } from "./weighing.ts";

export { baselineShare, nameOfBaseline } from "./baseline.ts";
export { expectedSecondsToDetect, expectedSecondsToPromote } from "./forecast/detection.ts";
export type { InstanceCounters, Sample } from "./sample.ts";
export { VERDICT_SCHEMA, type VerdictState } from "./state.ts";
export { type Breaker, DEFAULT_SETTINGS, type VerdictSettings } from "./terms.ts";
export { controlFired, type GoodEnoughParts, goodEnoughParts } from "./weighing.ts";

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
    /** What each metric says by itself, of which `worse` is the weighted sum. */
    metrics?: Record<string, number>;
    /** Evidence that stable differs from itself; at `threshold` a rollback would prove nothing. */
    control?: number;
  };
  /** One paragraph that an on-call person understands: what was compared, how much, how sure. */
  explanation: string;
}

export function beginVerdict(settings: VerdictSettings): VerdictState {
  const completed = complete(settings);
  return {
    schema: VERDICT_SCHEMA,
    settings: completed,
    decided: null,
    last: null,
    gapWeight: null,
    stepWeight: 0,
    usualRequests: { candidate: 0, baseline: 0 },
    trafficSince: null,
    processSince: null,
    edges: [],
    goodEdge: null,
    shares: null,
    streams: openStreams(completed),
    instances: {},
    control: null,
    breakers: openBreakers(completed.breakers),
    candidate: { requests: 0, errors: 0 },
    baseline: { requests: 0, errors: 0 },
    intendedRequests: 0,
    belowRate: NO_BETS_BELOW_RATE,
  };
}

/**
 * Takes in what happened since the previous sample. Pure: no clock, no randomness; a sample that adds no
 * evidence (a missing scrape, no traffic on one arm, a clock that stands still) leaves the evidence as it was.
 */
export function observe(
  state: VerdictState,
  sample: Sample,
): { state: VerdictState; finding: Finding } {
  const next = observeBriefly(state, sample);
  return {
    state: next.state,
    finding: { ...next.weighed, explanation: explain(next.state, next.weighed) },
  };
}

/** The finding as it stands, without a new sample. */
export function explainState(state: VerdictState): Finding {
  const weighed = weigh(state);
  return { ...weighed, explanation: explain(state, weighed) };
}

/** `observe` without the words, for those who go through millions of windows. */
export function observeBriefly(
  state: VerdictState,
  sample: Sample,
): { state: VerdictState; weighed: Weighed } {
  const { settings } = state;
  const breakers = watchBreakers(state.breakers, settings.breakers, sample);
  const taken = takeIn(state, sample);
  const next = breakers === taken.breakers ? taken : { ...taken, breakers };
  const weighed = weigh(next);
  if (next.decided || weighed.outcome !== "rollback") return { state: next, weighed };
  const decided = { t: sample.t, breaker: trippedBreaker(breakers, settings.breakers) };
  return { state: { ...next, decided }, weighed };
}
