import type { BlockPair, QuantileName } from "./block.ts";
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
   * deviation of their ratio's logarithm. No number of blocks averages it away; several rounds measure it instead.
   */
  processSpread: number;
}

/** All pairs of blocks of one pair of processes, in order. */
export type Round = readonly BlockPair[];

/** With fewer, nothing is said. */
const MIN_PAIRS = 6;
/** Of rounds, when there is more than one: a standard deviation of three is a guess. */
export const MIN_ROUNDS = 4;
/** Two processes of the same code differ in the tail by several times what they differ by in the middle: measured by perf/gate. */
const TAIL_SPREAD = 4;
const SEED = 0x51_1c_e1;

/** The ratio of each metric that has enough pairs. */
export function ratiosOf(rounds: readonly Round[], levels: Levels, blockMs: number): Ratio[] {
  return METRICS.flatMap((metric) => ratioOf(metric, rounds, levels, blockMs) ?? []);
}

function ratioOf(metric: Metric, rounds: readonly Round[], levels: Levels, blockMs: number) {
  switch (metric) {
    case "p10":
    case "p50":
    case "p95":
    case "p99":
      return latencyRatio(metric, rounds, levels);
    case "error-rate":
      return pooledRatio(metric, rounds.flat().filter(hasRequests), levels, errorRate, 1);
    case "throughput":
      return pooledRatio(
        metric,
        rounds.flat().filter(hasIterations),
        levels,
        perSecond(blockMs),
        -1,
      );
  }
}

interface Compared {
  b: number;
  c: number;
  log: number;
}

/** From each pair the logarithm of its own ratio: what the machine did to both blocks of a pair is not in it. */
function latencyRatio(
  metric: QuantileName,
  rounds: readonly Round[],
  levels: Levels,
): Ratio | undefined {
  const compared = rounds
    .map((round) => comparedIn(round, metric))
    .filter((round) => round.length > 0);
  const both = compared.flat();
  if (both.length < MIN_PAIRS) return undefined;
  const found =
    rounds.length > 1
      ? betweenRounds(compared, levels)
      : withinRound(both, spreadOf(metric, levels.processSpread), levels);
  if (found === undefined) return undefined;
  return {
    metric,
    ...found,
    baseline: middleMean(both.map(({ b }) => b)),
    candidate: middleMean(both.map(({ c }) => c)),
    pairs: both.length,
  };
}

function comparedIn(round: Round, metric: QuantileName): Compared[] {
  return round.flatMap(({ baseline, candidate }) => {
    const [b, c] = [baseline.latencyMs?.[metric], candidate.latencyMs?.[metric]];
    return b === undefined || c === undefined ? [] : [{ b, c, log: logRatio(c, b) }];
  });
}

/**
 * Each round is one witness: its processes live as long as it does, so what they differ by is in the spread of the
 * rounds, as is all that the machine did meanwhile (Kalibera & Jones: repeat at the level at which it varies).
 */
function betweenRounds(rounds: ReadonlyArray<readonly Compared[]>, levels: Levels) {
  if (rounds.length < MIN_ROUNDS) return undefined;
  const logs = rounds.map((round) => middleMean(round.map(({ log }) => log)));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const error = Math.sqrt(squares / (logs.length - 1) / logs.length);
  return interval(mean, error, logs.length, levels);
}

function withinRound(both: readonly Compared[], spread: number, levels: Levels) {
  const logs = both.map(({ log }) => log);
  const stretches = stretchesOf(logs);
  const error = errorOf(stretches, middleMean);
  return interval(middleMean(logs), Math.hypot(error, spread), stretches.length, levels);
}

function spreadOf(metric: QuantileName, processSpread: number): number {
  return metric === "p95" || metric === "p99" ? TAIL_SPREAD * processSpread : processSpread;
}

/** A clock that counts milliseconds measures none now and then; half a microsecond is nearer to it than nothing. */
const LEAST_MS = 0.0005;

function logRatio(candidate: number, baseline: number): number {
  return Math.log(Math.max(LEAST_MS, candidate) / Math.max(LEAST_MS, baseline));
}

/** What one arm did in several blocks together. */
interface Sum {
  requests: number;
  failed: number;
  iterations: number;
  blocks: number;
}

interface SumPair {
  baseline: Sum;
  candidate: Sum;
}

type Pooled = (sum: Sum) => number;

/** From all pairs together: errors are too rare for a ratio of each pair. */
function pooledRatio(
  metric: Metric,
  pairs: readonly BlockPair[],
  levels: Levels,
  pooled: Pooled,
  worse: 1 | -1,
): Ratio | undefined {
  if (pairs.length < MIN_PAIRS) return undefined;
  const logOf = (drawn: readonly SumPair[]) => {
    const { baseline, candidate } = addedUp(drawn);
    // No error at all on either arm is no difference, however many requests each had.
    if (metric === "error-rate" && baseline.failed + candidate.failed === 0) return 0;
    return worse * Math.log(pooled(candidate) / pooled(baseline));
  };
  const stretches = stretchesOf(pairs.map(sumsOf)).map((stretch) => [addedUp(stretch)]);
  const all = stretches.flat();
  const { baseline, candidate } = addedUp(all);
  return {
    metric,
    ...interval(logOf(all), errorOf(stretches, logOf), stretches.length, levels),
    baseline: pooled(baseline),
    candidate: pooled(candidate),
    pairs: pairs.length,
  };
}

function sumsOf({ baseline, candidate }: BlockPair): SumPair {
  return { baseline: { ...baseline, blocks: 1 }, candidate: { ...candidate, blocks: 1 } };
}

function addedUp(pairs: readonly SumPair[]): SumPair {
  return {
    baseline: sumOf(pairs.map(({ baseline }) => baseline)),
    candidate: sumOf(pairs.map(({ candidate }) => candidate)),
  };
}

function sumOf(sums: readonly Sum[]): Sum {
  const total = { requests: 0, failed: 0, iterations: 0, blocks: 0 };
  for (const { requests, failed, iterations, blocks } of sums) {
    total.requests += requests;
    total.failed += failed;
    total.iterations += iterations;
    total.blocks += blocks;
  }
  return total;
}

/** The bootstrap divides by n where an estimate divides by n - 1. */
function errorOf<T>(
  stretches: ReadonlyArray<readonly T[]>,
  statistic: (items: readonly T[]) => number,
): number {
  const { length } = stretches;
  return bootstrapError(stretches, statistic, SEED) * Math.sqrt(length / (length - 1));
}

/**
 * A standard error with Student's quantiles for the number of witnesses (Efron & Tibshirani, ch. 12). At levels as
 * small as ours the percentiles of a bootstrap would be guesses.
 */
function interval(log: number, error: number, witnesses: number, { alpha, beta }: Levels) {
  const below = studentQuantile(1 - alpha, witnesses - 1) * error;
  const above = studentQuantile(1 - beta, witnesses - 1) * error;
  return { ratio: Math.exp(log), low: Math.exp(log - below), high: Math.exp(log + above) };
}

/** With half an error more on each arm (Anscombe), so that none on one arm is not infinitely better than one. */
const errorRate: Pooled = ({ failed, requests }) => (failed + 0.5) / (requests + 1);

function perSecond(blockMs: number): Pooled {
  return ({ iterations, blocks }) => (iterations + 0.5) / ((blocks * blockMs) / 1_000);
}

function hasRequests({ baseline, candidate }: BlockPair): boolean {
  return baseline.requests > 0 && candidate.requests > 0;
}

function hasIterations({ baseline, candidate }: BlockPair): boolean {
  return baseline.iterations > 0 || candidate.iterations > 0;
}
