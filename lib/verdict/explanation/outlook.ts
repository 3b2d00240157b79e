import { goodEnoughGrowth, type Traffic, worseGrowth } from "../forecast/forecast.ts";
import { ALL_ERRORS, errorsAlternatives } from "../metric/metrics.ts";
import type { Stream } from "../metric/stream.ts";
import type { VerdictState } from "../state.ts";
import type { Finding } from "../verdict.ts";

/** What would have to be otherwise, from the rates seen so far. */
export interface Outlook {
  /** Null when it does not come nearer. */
  rollback: number | null;
  promote: number | null;
}

const LONGEST_SECONDS = 7 * 24 * 3_600;

export function secondsToGo(state: VerdictState, evidence: Finding["evidence"]): Outlook {
  const traffic = trafficSeen(state);
  if (!traffic) return { rollback: null, promote: null };
  const seconds = (needed: number, had: number, nats: number) => {
    const left = Math.log(needed / Math.max(had, Number.MIN_VALUE)) / nats;
    return nats > 0 && left < LONGEST_SECONDS ? left : null;
  };
  return {
    rollback: seconds(evidence.threshold, evidence.worse, worseGrowth(traffic).nats),
    promote: seconds(
      evidence.goodEnoughThreshold,
      evidence.goodEnough,
      goodEnoughGrowth(traffic).nats,
    ),
  };
}

function trafficSeen({ settings, streams }: VerdictState): Traffic | null {
  const { seen, worse } = streams[ALL_ERRORS] as Stream;
  const { candidate, baseline } = seen;
  if (candidate.requests === 0 || baseline.events === 0 || worse.seconds === 0) return null;
  const requests = candidate.requests + baseline.requests;
  const errorRate = baseline.events / baseline.requests;
  return {
    settings,
    requestsPerSecond: requests / worse.seconds,
    weight: candidate.requests / requests,
    errorRate,
    ratio: Math.max(0.01, candidate.events / candidate.requests / errorRate),
  };
}

/** How many of the candidate's failures decided, by the bet that won most; null when errors did not decide. */
export function failuresToSpare(
  { settings, streams }: VerdictState,
  evidence: Finding["evidence"],
): number | null {
  const { seen, worse } = streams[ALL_ERRORS] as Stream;
  const errors = evidence.metrics?.[ALL_ERRORS] ?? 0;
  if (errors < evidence.threshold || evidence.worse < evidence.threshold) return null;
  const on = errorsAlternatives(settings);
  const winner = worse.capital.indexOf(Math.max(...worse.capital));
  const ratio = on.ratios[winner] ?? on.nullRatio;
  const { candidate, baseline } = seen;
  const underNull = on.nullRatio * candidate.requests + baseline.requests;
  const underRatio = ratio * candidate.requests + baseline.requests;
  const natsPerFailure = Math.log((ratio * underNull) / (on.nullRatio * underRatio));
  const fewer = Math.floor(Math.log(evidence.worse / evidence.threshold) / natsPerFailure) + 1;
  return fewer <= candidate.events ? fewer : null;
}
