import { trippedBreaker } from "./breaker.ts";
import { controlWorth } from "./instance/control.ts";
import { instancesWorth } from "./instance/instances.ts";
import { belowRateWorth } from "./metric/below-rate.ts";
import { worth } from "./metric/bets.ts";
import { ALL_ERRORS, edgeMetric, kindMetric } from "./metric/metrics.ts";
import type { VerdictState } from "./state.ts";
import type { Finding } from "./verdict.ts";

export type Weighed = Omit<Finding, "explanation">;

/** What the state amounts to now. */
export function weigh(state: VerdictState): Weighed {
  const { settings } = state;
  const { sum, metrics } = evidenceByMetric(state);
  const evidence: Finding["evidence"] = {
    worse: bounded(sum),
    threshold: 1 / settings.alpha,
    goodEnough: bounded(goodEnoughWorth(state)),
    goodEnoughThreshold: 1 / settings.beta,
    candidate: state.candidate,
    baseline: state.baseline,
    metrics,
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

/** Each metric's evidence by itself, and their weighted sum. Without edges yet, latency's share is cash. */
function evidenceByMetric(state: VerdictState): { sum: number; metrics: Record<string, number> } {
  const { shares, edges } = state;
  const metrics: Record<string, number> = {};
  const add = (metric: string, share: number, value: number): number => {
    metrics[metric] = bounded(value);
    return share * value;
  };
  let sum = add(ALL_ERRORS, shares?.errors ?? 1, worthOf(state, ALL_ERRORS));
  if (!shares) return { sum, metrics };
  for (const kind in shares.kinds) {
    const metric = kindMetric(kind);
    sum += add(metric, shares.kinds[kind] ?? 0, worthOf(state, metric));
  }
  if (shares.latency > 0) {
    for (const edge of edges) {
      const metric = edgeMetric(edge);
      sum += add(metric, shares.latency / edges.length, worthOf(state, metric));
    }
    if (edges.length === 0) sum += shares.latency;
  }
  if (shares.instances > 0) {
    sum += add("instances", shares.instances, instancesWorth(state.instances));
  }
  return { sum, metrics };
}

function worthOf(state: VerdictState, metric: string): number {
  const stream = state.streams[metric];
  return stream ? worth(stream.worse) : 1;
}

/** Good enough in all that has to be. */
function goodEnoughWorth(state: VerdictState): number {
  const { errors, latency } = goodEnoughParts(state);
  return latency === null ? errors : Math.min(errors, latency);
}

/** Evidence that the candidate is good enough, by what it has to be good in. */
export interface GoodEnoughParts {
  /** By the ratio to stable, or by the rate alone. */
  readonly errors: number;
  /** Null where latency is not compared. */
  readonly latency: number | null;
}

/** Each part by itself never grows in expectation while the candidate is not good in it. */
export function goodEnoughParts({
  settings,
  streams,
  belowRate,
  goodEdge,
  shares,
}: VerdictState): GoodEnoughParts {
  const good = streams[ALL_ERRORS]?.good;
  const byRatio = good ? worth(good) : 1;
  const errors = settings.goodEnoughRate > 0 ? (byRatio + belowRateWorth(belowRate)) / 2 : byRatio;
  if (goodEdge === null || !shares || shares.latency === 0) return { errors, latency: null };
  const latency = streams[edgeMetric(goodEdge)]?.good;
  return { errors, latency: latency ? worth(latency) : null };
}

/** Nobody needs to know evidence beyond this, and JSON has no infinity. */
const MOST_EVIDENCE = 1e100;

/** Sums of stakes miss 1 by a rounding error; people would wonder about it. */
function bounded(evidence: number): number {
  if (Math.abs(evidence - 1) < 1e-12) return 1;
  return Math.min(MOST_EVIDENCE, evidence);
}
