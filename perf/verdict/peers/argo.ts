import { type Judge, type Ticker, tickerJudge } from "../judge.ts";
import { thresholdTicker, toldWhatToWatch } from "./threshold.ts";

/**
 * Argo Rollouts 1.10: utils/analysis/helpers.go `assessMetricFailureInconclusiveOrError` (a metric has failed
 * when more measurements than failureLimit, 0 by default, failed, counted over the whole run; it is in error after
 * more than consecutiveErrorLimit, 4 by default in utils/defaults/defaults.go, without a value).
 */
const BLIND_LOOKS = 5;

/** docs/features/analysis.md, "Background Analysis": every 5 minutes, success rate at least 95 %, failureLimit 3. */
export const ARGO_DOCUMENTED: Judge = tickerJudge(
  thresholdTicker({
    name: "Argo Rollouts (documented)",
    intervalSeconds: 300,
    rangeSeconds: 300,
    failuresNeeded: 4,
    blindLooksNeeded: BLIND_LOOKS,
    severity: ({ errorShare }) => errorShare,
  }),
  0.05,
);

/** Every 10 s, with any range and limit. */
export const ARGO_TUNABLE: Ticker[] = [30, 60, 300].flatMap((rangeSeconds) =>
  [0, 2].map((failureLimit) =>
    thresholdTicker({
      name: `Argo Rollouts, 10s, [${rangeSeconds}s], failureLimit ${failureLimit}`,
      intervalSeconds: 10,
      rangeSeconds,
      failuresNeeded: failureLimit + 1,
      blindLooksNeeded: BLIND_LOOKS,
      severity: toldWhatToWatch,
    }),
  ),
);
