import { belowRateWorth } from "./below-rate.ts";
import { worth } from "./bets.ts";
import { trippedBreaker } from "./breaker.ts";
import { controlWorth } from "./control.ts";
import { instancesWorth } from "./instances.ts";
import { ALL_ERRORS, edgeMetric, kindMetric } from "./metrics.ts";
import type { VerdictState } from "./state.ts";
import type { Finding } from "./verdict.ts";

export type Weighed = Omit<Finding, "explanation">;

/** What the state amounts to now. */
export function weigh(state: VerdictState): Weighed {
  const { settings } = state;
  const parts = evidenceByMetric(state);
  const evidence: Finding["evidence"] = {
    worse: bounded(parts.reduce((sum, part) => sum + part.share * part.worth, 0)),
    threshold: 1 / settings.alpha,
    goodEnough: bounded(goodEnoughWorth(state)),
    goodEnoughThreshold: 1 / settings.beta,
    candidate: state.candidate,
    baseline: state.baseline,
    metrics: Object.fromEntries(parts.map(({ metric, worth: value }) => [metric, bounded(value)])),
    ...(state.control ? { control: bounded(controlWorth(state.control)) } : {}),
  };
  return { outcome: outcomeOf(state, evidence), evidence };
}

function outcomeOf(state: VerdictState, evidence: Finding["evidence"]): Finding["outcome"] {
  if (state.decided) return "rollback";
  if (trippedBreaker(state.breakers, state.settings.breakers)) return "rollback";
  if (evidence.worse >= evidence.threshold) {
    return controlFired(evidence) ? "inconclusive" : "rollback";
  }
  return evidence.goodEnough >= evidence.goodEnoughThreshold ? "promote" : "continue";
}

export function controlFired({ control, threshold }: Finding["evidence"]): boolean {
  return control !== undefined && control >= threshold;
}

interface Part {
  metric: string;
  share: number;
  worth: number;
}

/** Each metric's evidence by itself, with its share of the whole. */
function evidenceByMetric(state: VerdictState): Part[] {
  const { shares, edges, streams } = state;
  const errors = {
    metric: ALL_ERRORS,
    share: shares?.errors ?? 1,
    worth: worthOf(state, ALL_ERRORS),
  };
  if (!shares) return [errors];
  const kinds = Object.entries(shares.kinds).map(([kind, share]) => {
    const metric = kindMetric(kind);
    return { metric, share, worth: worthOf(state, metric) };
  });
  const latency = edges.map((edge) => {
    const metric = edgeMetric(edge);
    return { metric, share: shares.latency / edges.length, worth: worthOf(state, metric) };
  });
  // Without edges yet, latency's share is cash.
  const unbet = edges.length === 0 ? [{ metric: "latency", share: shares.latency, worth: 1 }] : [];
  const instances = {
    metric: "instances",
    share: shares.instances,
    worth: instancesWorth(state.instances),
  };
  return [errors, ...kinds, ...latency, ...unbet, instances].filter(
    ({ share, metric }) => share > 0 || metric in streams,
  );
}

function worthOf(state: VerdictState, metric: string): number {
  const stream = state.streams[metric];
  return stream ? worth(stream.worse) : 1;
}

/** Good enough in errors (by the ratio, or by the rate alone), and in latency where there is one. */
function goodEnoughWorth(state: VerdictState): number {
  const errors = state.streams[ALL_ERRORS]?.good;
  const byRatio = errors ? worth(errors) : 1;
  const inErrors =
    state.settings.goodEnoughRate > 0 ? (byRatio + belowRateWorth(state.belowRate)) / 2 : byRatio;
  if (state.goodEdge === null || !state.shares || state.shares.latency === 0) return inErrors;
  const latency = state.streams[edgeMetric(state.goodEdge)]?.good;
  return latency ? Math.min(inErrors, worth(latency)) : inErrors;
}

/** Nobody needs to know evidence beyond this, and JSON has no infinity. */
const MOST_EVIDENCE = 1e100;

function bounded(evidence: number): number {
  return Math.min(MOST_EVIDENCE, evidence);
}
