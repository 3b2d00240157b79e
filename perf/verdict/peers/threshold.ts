import type { Ticker } from "../judge.ts";
import { PLAN_SECONDS, type Trace } from "../trace.ts";
import { Queries } from "./query.ts";

export interface ThresholdRule {
  name: string;
  intervalSeconds: number;
  /** How far back the query looks. */
  rangeSeconds: number;
  failuresNeeded: number;
  blindLooksNeeded: number;
  /** Severity from what the query says of the candidate. */
  severity(answer: { errorShare: number; p99Seconds: number }, trace: Trace): number;
}

/** Argo Rollouts and Flagger alike: a query about the candidate against a fixed limit, at an interval. */
export function thresholdTicker(rule: ThresholdRule): Ticker {
  return {
    ...rule,
    *ticks(trace) {
      const queries = Queries.of(trace);
      for (let at = rule.intervalSeconds; at <= PLAN_SECONDS; at += rule.intervalSeconds) {
        const answer = queries.over("candidate", Math.max(0, at - rule.rangeSeconds), at);
        yield { at, severity: answer && rule.severity(answer, trace) };
      }
    },
  };
}

/** When it is tuned, a peer watches what the scenario is about, as if it had been told. */
export function toldWhatToWatch(
  answer: { errorShare: number; p99Seconds: number },
  trace: Trace,
): number {
  return trace.scenario.latency ? answer.p99Seconds : answer.errorShare;
}
