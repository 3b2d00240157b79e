import type { BlockFacts, BlockPair, QuantileName } from "./block.ts";
import { bootstrapError, stretchesOf } from "./bootstrap.ts";
import { METRICS, type Metric } from "./metric.ts";
import { middleMean } from "./middle-mean.ts";
import { studentQuantile } from "./student.ts";

/** The candidate against the baseline in one metric; above 1 is worse, also for throughput. */
export interface Ratio {
  metric: Metric;
  ratio: number;
  /** The ratio is above this but for `alpha` of all runs, and below `high` but for `beta`. */
  low: number;
  high: number;
  /** Milliseconds, share of requests, or iterations a second. */
  baseline: number;
  candidate: number;
  /** Pairs of blocks that it comes from. */
  pairs: number;
}

/** One-sided: the probabilities that an interval's low, or its high end is on the wrong side. */
export interface Levels {
  alpha: number;
  beta: number;
  /**
   * By how much the latencies of two processes of the same code differ for as long as both live, as the standard
   * deviation of their ratio's logarithm. No number of blocks averages it away.
   */
  processSpread: number;
}

/** With fewer, nothing is said. */
export const MIN_PAIRS = 6;
const SEED = 0x51_1c_e1;

/** The ratio of each metric that has enough pairs. */
export function ratiosOf(pairs: readonly BlockPair[], levels: Levels, blockMs: number): Ratio[] {
  return METRICS.flatMap((metric) => ratioOf(metric, pairs, levels, blockMs) ?? []);
}

function ratioOf(metric: Metric, pairs: readonly BlockPair[], levels: Levels, blockMs: number) {
  switch (metric) {
    case "p10":
    case "p50":
    case "p95":
    case "p99":
      return latencyRatio(metric, pairs, levels);
    case "error-rate":
      return pooledRatio(metric, pairs.filter(hasRequests), levels, errorRate, 1);
    case "throughput":
      return pooledRatio(metric, pairs.filter(hasIterations), levels, perSecond(blockMs), -1);
  }
}

/** From each pair the logarithm of its own ratio: what the machine did to both blocks of a pair is not in it. */
function latencyRatio(
  metric: QuantileName,
  pairs: readonly BlockPair[],
  levels: Levels,
): Ratio | undefined {
  const both = pairs.flatMap(({ baseline, candidate }) => {
    const [b, c] = [baseline.latencyMs?.[metric], candidate.latencyMs?.[metric]];
    return b === undefined || c === undefined ? [] : [{ b, c, log: logRatio(c, b) }];
  });
  if (both.length < MIN_PAIRS) return undefined;
  const logs = both.map(({ log }) => log);
  const stretches = stretchesOf(logs);
  const error = bootstrapError(stretches, middleMean, SEED);
  return {
    metric,
    ...interval(middleMean(logs), [error, levels.processSpread], stretches.length, levels),
    baseline: middleMean(both.map(({ b }) => b)),
    candidate: middleMean(both.map(({ c }) => c)),
    pairs: both.length,
  };
}

/** A clock that counts milliseconds measures none now and then; half a microsecond is nearer to it than nothing. */
const LEAST_MS = 0.0005;

function logRatio(candidate: number, baseline: number): number {
  return Math.log(Math.max(LEAST_MS, candidate) / Math.max(LEAST_MS, baseline));
}

type Pooled = (facts: readonly BlockFacts[]) => number;

/** From all pairs together: errors are too rare for a ratio of each pair. */
function pooledRatio(
  metric: Metric,
  pairs: readonly BlockPair[],
  levels: Levels,
  pooled: Pooled,
  worse: 1 | -1,
): Ratio | undefined {
  if (pairs.length < MIN_PAIRS) return undefined;
  const baseline = pooled(pairs.map((pair) => pair.baseline));
  const candidate = pooled(pairs.map((pair) => pair.candidate));
  const logOf = (drawn: readonly BlockPair[]) => {
    const arms = { b: drawn.map((pair) => pair.baseline), c: drawn.map((pair) => pair.candidate) };
    // No error at all on either arm is no difference, however many requests each had.
    if (metric === "error-rate" && sum(arms.b, "failed") + sum(arms.c, "failed") === 0) return 0;
    return worse * Math.log(pooled(arms.c) / pooled(arms.b));
  };
  const stretches = stretchesOf(pairs);
  const error = bootstrapError(stretches, logOf, SEED);
  return {
    metric,
    ...interval(logOf(pairs), [error, 0], stretches.length, levels),
    baseline,
    candidate,
    pairs: pairs.length,
  };
}

/**
 * The bootstrap's standard error with Student's quantiles for the number of stretches (Efron & Tibshirani, ch. 12). At
 * levels as small as ours the percentiles of a bootstrap would be guesses.
 */
function interval(
  log: number,
  [error, spread]: readonly [number, number],
  stretches: number,
  { alpha, beta }: Levels,
) {
  // The bootstrap divides by n where an estimate divides by n - 1.
  const whole = Math.hypot(error * Math.sqrt(stretches / (stretches - 1)), spread);
  const below = studentQuantile(1 - alpha, stretches - 1) * whole;
  const above = studentQuantile(1 - beta, stretches - 1) * whole;
  return { ratio: Math.exp(log), low: Math.exp(log - below), high: Math.exp(log + above) };
}

/** With half an error more on each arm (Anscombe), so that none on one arm is not infinitely better than one. */
const errorRate: Pooled = (facts) => (sum(facts, "failed") + 0.5) / (sum(facts, "requests") + 1);

function perSecond(blockMs: number): Pooled {
  return (facts) => (sum(facts, "iterations") + 0.5) / ((facts.length * blockMs) / 1_000);
}

function sum(facts: readonly BlockFacts[], field: "failed" | "requests" | "iterations"): number {
  return facts.reduce((total, one) => total + one[field], 0);
}

function hasRequests({ baseline, candidate }: BlockPair): boolean {
  return baseline.requests > 0 && candidate.requests > 0;
}

function hasIterations({ baseline, candidate }: BlockPair): boolean {
  return baseline.iterations > 0 || candidate.iterations > 0;
}
