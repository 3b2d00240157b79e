import { type Judge, type Ticker, tickerJudge } from "../judge.ts";
import { thresholdTicker, toldWhatToWatch } from "./threshold.ts";

/**
 * Flagger 1.44.0: pkg/controller/scheduler.go (a failed check adds to FailedChecks, which nothing resets during
 * an analysis; at `threshold` the canary is rolled back), pkg/controller/scheduler_metrics.go (no values is a
 * failed check), pkg/apis/flagger/v1beta1/canary.go (interval 60 s and at least 10 s, metric interval 1m).
 *
 * docs/gitbook/usage/how-it-works.md: interval 1m, threshold 10, success rate at least 99 %, p99 at most 500 ms.
 */
const NO_BLIND_LIMIT = Number.POSITIVE_INFINITY;

export const FLAGGER_DOCUMENTED: Judge = tickerJudge(
  failingWhenBlind(
    thresholdTicker({
      name: "Flagger (documented)",
      intervalSeconds: 60,
      rangeSeconds: 60,
      failuresNeeded: 10,
      blindLooksNeeded: NO_BLIND_LIMIT,
      severity: ({ errorShare, p99Seconds }) => Math.max(errorShare / 0.01, p99Seconds / 0.5),
    }),
  ),
  1,
);

/** Every 10 s, which is its floor, with any range and threshold. */
export const FLAGGER_TUNABLE: Ticker[] = [30, 60].flatMap((rangeSeconds) =>
  [1, 2, 5].map((threshold) =>
    failingWhenBlind(
      thresholdTicker({
        name: `Flagger, 10s, [${rangeSeconds}s], threshold ${threshold}`,
        intervalSeconds: 10,
        rangeSeconds,
        failuresNeeded: threshold,
        blindLooksNeeded: NO_BLIND_LIMIT,
        severity: toldWhatToWatch,
      }),
    ),
  ),
);

/** No data is as bad as can be. */
function failingWhenBlind(ticker: Ticker): Ticker {
  return {
    ...ticker,
    *ticks(trace) {
      for (const { at, severity } of ticker.ticks(trace))
        yield { at, severity: severity ?? Number.POSITIVE_INFINITY };
    },
  };
}
