import { ALL_ERRORS } from "../metric/metrics.ts";
import { type Stream, unitOf } from "../metric/stream.ts";
import type { VerdictState } from "../state.ts";
import { chanceOfRise, natsToDetect, worseGrowth } from "./forecast.ts";

/** Requests of both arms that were compared at one weight. */
export interface Compared {
  candidate: number;
  baseline: number;
}

/** Nats on top of the forecast's, so that what is promised is kept: `test/lib/verdict/forecast/detection-limit.test.ts`. */
const CAREFUL = 1;

/**
 * The chance that a candidate failing this share of its requests (0..1) would have been found worse by what was
 * compared. "Not found worse" says as much about a release as this chance does: after a handful of requests it says
 * nothing. 0 when that share is tolerated.
 */
export function chanceOfFinding(
  errorRate: number,
  compared: readonly Compared[],
  state: VerdictState,
): number {
  const { settings } = state;
  const usual = usualRate(state);
  // Events that share a cause are one piece of evidence.
  const unit = unitOf(stream(state).dispersion, settings.assumedClump);
  const eventsPerCause = unit.clump * unit.persistence;
  let mean = 0;
  let variance = 0;
  for (const { candidate, baseline } of compared) {
    const requests = candidate + baseline;
    if (candidate <= 0 || baseline <= 0) continue;
    const grown = worseGrowth({
      settings,
      requestsPerSecond: requests / eventsPerCause,
      weight: candidate / requests,
      errorRate: usual,
      ratio: errorRate / usual,
    });
    mean += grown.nats;
    variance += grown.variance;
  }
  // Errors own a part of the stakes only: the rest is on latency and single instances.
  const nats = natsToDetect(settings) + CAREFUL - Math.log(state.shares?.errors ?? 1);
  return chanceOfRise(mean, variance, nats);
}

/**
 * The least share of failed requests (0..1) that would have been found with probability 1 - beta; null when a
 * candidate that fails always might have passed.
 */
export function detectionLimit(compared: readonly Compared[], state: VerdictState): number | null {
  const wanted = 1 - state.settings.beta;
  const isFound = (errorRate: number) => chanceOfFinding(errorRate, compared, state) >= wanted;
  if (!isFound(1)) return null;
  let low = Math.log(Math.min(1, usualRate(state) * state.settings.toleratedRatio));
  let high = 0;
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (isFound(Math.exp(middle))) high = middle;
    else low = middle;
  }
  return Math.exp(high);
}

/** Half an event more than were seen: a stable that never failed has a rate, too, only nobody knows it yet. */
function usualRate(state: VerdictState): number {
  const { requests, events } = stream(state).seen.baseline;
  return Math.min(1, (events + 0.5) / (requests + 1));
}

function stream({ streams }: VerdictState): Stream {
  return streams[ALL_ERRORS] as Stream;
}
