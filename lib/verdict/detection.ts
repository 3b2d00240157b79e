import type { VerdictSettings } from "./terms.ts";

export interface Traffic {
  settings: VerdictSettings;
  /** Of both arms together. */
  requestsPerSecond: number;
  /** The candidate's share, 0..1. */
  weight: number;
  /** Stable's share of failed requests, 0..1. */
  errorRate: number;
  /** How many times as often the candidate fails. */
  ratio: number;
}

/** What choosing among many alternatives costs, and the last step over the threshold (in nats). */
const OVERHEAD = 2;

/**
 * Roughly how long a candidate that fails `ratio` times as often as stable is watched until it is found worse.
 * Infinite when it is not worse, or when one of the arms has no traffic or there are no errors to count.
 */
export function expectedSecondsToDetect(traffic: Traffic): number {
  const { settings, requestsPerSecond, weight, errorRate } = traffic;
  const ratio = Math.min(traffic.ratio, 1 / errorRate);
  const nullRatio = settings.toleratedRatio;
  if (!(ratio > nullRatio)) return Number.POSITIVE_INFINITY;
  const candidatePerSecond = requestsPerSecond * weight;
  const baselinePerSecond = requestsPerSecond * (1 - weight);
  if (candidatePerSecond <= 0 || baselinePerSecond <= 0) return Number.POSITIVE_INFINITY;
  const underNull = nullRatio * candidatePerSecond + baselinePerSecond;
  const underRatio = ratio * candidatePerSecond + baselinePerSecond;
  const events = errorRate * underRatio;
  const candidateEvents = errorRate * ratio * candidatePerSecond;
  const natsPerSecond =
    candidateEvents * Math.log(ratio / nullRatio) + events * Math.log(underNull / underRatio);
  return (Math.log(1 / settings.alpha) + OVERHEAD) / natsPerSecond;
}
