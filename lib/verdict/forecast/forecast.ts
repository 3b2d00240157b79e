import type { VerdictSettings } from "../terms.ts";
import { normal } from "./normal.ts";

export interface Traffic {
  settings: VerdictSettings;
  /** Of all arms together. */
  requestsPerSecond: number;
  /** The candidate's share, 0..1. */
  weight: number;
  /** That of what it is compared with; all the rest when left out. */
  baselineWeight?: number;
  /** Stable's share of failed requests, 0..1. */
  errorRate: number;
  /** How many times as often the candidate fails. */
  ratio: number;
}

/** How the logarithm of the evidence grows, per second: on average, and its variance. */
export interface Growth {
  nats: number;
  variance: number;
}

const NO_GROWTH: Growth = { nats: 0, variance: 0 };

/** Growth of the evidence that the candidate is worse than tolerated. */
export function worseGrowth(traffic: Traffic): Growth {
  const { toleratedRatio } = traffic.settings;
  const ratio = Math.min(traffic.ratio, 1 / traffic.errorRate);
  return ratio > toleratedRatio ? growth(traffic, ratio, toleratedRatio) : NO_GROWTH;
}

/** Growth of the evidence that it is good enough. */
export function goodEnoughGrowth(traffic: Traffic): Growth {
  const { goodEnoughRatio } = traffic.settings;
  return traffic.ratio < goodEnoughRatio
    ? growth(traffic, traffic.ratio, goodEnoughRatio)
    : NO_GROWTH;
}

/** With `ratio` true and bet on, against a null of `nullRatio`. */
function growth(traffic: Traffic, ratio: number, nullRatio: number): Growth {
  const candidate = traffic.requestsPerSecond * traffic.weight;
  const baseline = traffic.requestsPerSecond * (traffic.baselineWeight ?? 1 - traffic.weight);
  if (candidate <= 0 || baseline <= 0 || traffic.errorRate <= 0) return NO_GROWTH;
  const shrink = Math.log((nullRatio * candidate + baseline) / (ratio * candidate + baseline));
  const perCandidateEvent = Math.log(ratio / nullRatio) + shrink;
  const candidateEvents = traffic.errorRate * ratio * candidate;
  const baselineEvents = traffic.errorRate * baseline;
  return {
    nats: candidateEvents * perCandidateEvent + baselineEvents * shrink,
    variance: candidateEvents * perCandidateEvent ** 2 + baselineEvents * shrink ** 2,
  };
}

/** Nats that the evidence needs, with what choosing among many alternatives and the last step cost. */
export function natsToDetect({ alpha }: VerdictSettings): number {
  return Math.log(1 / alpha) + 2;
}

export function natsToPromote({ beta }: VerdictSettings): number {
  return Math.log(1 / beta) + 1;
}

/** How long a walk of this growth takes to rise by `nats`. */
export interface Passage {
  /** Infinity when it does not rise. */
  meanSeconds: number;
  p95Seconds: number;
}

/** Whatever happens in one second does not decide: see `bets.ts`. */
const LEAST_SECONDS = 2;

export function passage(nats: number, { nats: drift, variance }: Growth): Passage {
  if (drift <= 0) return { meanSeconds: Infinity, p95Seconds: Infinity };
  const mean = nats / drift;
  const p95 = quantile(
    0.95,
    (seconds) => chanceWithin(seconds, nats, { nats: drift, variance }),
    mean,
  );
  return { meanSeconds: Math.max(LEAST_SECONDS, mean), p95Seconds: Math.max(LEAST_SECONDS, p95) };
}

/** Chance that the walk has risen by `nats` within so many seconds (inverse Gaussian). */
function chanceWithin(seconds: number, nats: number, { nats: drift, variance }: Growth): number {
  return chanceOfRise(drift * seconds, variance * seconds, nats);
}

/** Chance that a walk which ends at `mean` with `variance` ever was above `nats`. */
export function chanceOfRise(mean: number, variance: number, nats: number): number {
  if (variance <= 0) return 0;
  const deviation = Math.sqrt(variance);
  // The second term counts the walks that were above and came back.
  const exponent = Math.min(700, (2 * nats * mean) / variance);
  const back = Math.exp(exponent) * normal((-nats - mean) / deviation);
  return Math.min(1, normal((mean - nats) / deviation) + back);
}

function quantile(share: number, chance: (seconds: number) => number, from: number): number {
  let low = 0;
  let high = from;
  while (chance(high) < share && high < from * 1e6) high *= 2;
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (chance(middle) < share) low = middle;
    else high = middle;
  }
  return high;
}
