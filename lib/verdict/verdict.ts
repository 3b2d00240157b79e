import type { Counters } from "../metrics/counters.ts";
import { type Count, difference, plus } from "./difference.ts";
import { explain } from "./explanation.ts";
import { bet, evidence, goodEnoughTest, noCapital, worseTest } from "./ratio-test.ts";
import type { VerdictSettings } from "./settings.ts";

export { expectedSecondsToDetect } from "./detection.ts";
export { DEFAULT_SETTINGS, type VerdictSettings } from "./settings.ts";

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
  readonly decided: "rollback" | null;
  readonly last: { t: number; candidate: Counters | null; baseline: Counters | null } | null;
  readonly worse: readonly number[];
  readonly goodEnough: readonly number[];
  readonly candidate: Count;
  readonly baseline: Count;
}

const NOTHING: Count = { requests: 0, errors: 0 };

export function beginVerdict(settings: VerdictSettings): VerdictState {
  return {
    schema: 1,
    settings,
    decided: null,
    last: null,
    worse: noCapital(worseTest(settings.toleratedRatio)),
    goodEnough: noCapital(goodEnoughTest(settings.goodEnoughRatio)),
    candidate: NOTHING,
    baseline: NOTHING,
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
  const next = takeIn(state, sample);
  const found = weigh(next);
  const decided = next.decided ?? (found.outcome === "rollback" ? "rollback" : null);
  return { state: { ...next, decided }, finding: { ...found, explanation: explain(next, found) } };
}

function takeIn(state: VerdictState, sample: Sample): VerdictState {
  const { settings, last } = state;
  if (last && sample.t <= last.t) return state;
  // The readings are of one moment: when one arm's is missing, the next window spans both.
  if (!sample.candidate || !sample.baseline) return state;
  const moved = {
    ...state,
    last: { t: sample.t, candidate: sample.candidate, baseline: sample.baseline },
  };
  const candidate = difference(last?.candidate ?? null, sample.candidate);
  const baseline = difference(last?.baseline ?? null, sample.baseline);
  if (!candidate || !baseline) return moved;
  if (candidate.requests === 0 && sample.weight === 0) return moved;
  return {
    ...moved,
    worse: bet(worseTest(settings.toleratedRatio), state.worse, candidate, baseline),
    goodEnough: bet(
      goodEnoughTest(settings.goodEnoughRatio),
      state.goodEnough,
      candidate,
      baseline,
    ),
    candidate: plus(state.candidate, candidate),
    baseline: plus(state.baseline, baseline),
  };
}

function weigh(state: VerdictState): Omit<Finding, "explanation"> {
  const { settings } = state;
  const found: Finding["evidence"] = {
    worse: evidence(state.worse),
    threshold: 1 / settings.alpha,
    goodEnough: evidence(state.goodEnough),
    goodEnoughThreshold: 1 / settings.beta,
    candidate: state.candidate,
    baseline: state.baseline,
  };
  if (state.decided || found.worse >= found.threshold)
    return { outcome: "rollback", evidence: found };
  const isGood = found.goodEnough >= found.goodEnoughThreshold;
  return { outcome: isGood ? "promote" : "continue", evidence: found };
}
