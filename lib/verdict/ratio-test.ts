import type { Count } from "./difference.ts";

/**
 * A sequential test of "the candidate's event rate is at most (or at least) `nullRatio` times the baseline's".
 *
 * Given how many events both arms had together, the candidate's share of them depends on the ratio of the rates
 * alone, so the rates themselves may vary as they like and so may the weights. Each alternative ratio is a bet
 * whose capital is multiplied by the likelihood ratio of every window; under the null no bet grows in
 * expectation, so the mean of them exceeds 1/alpha with probability at most alpha, however often one looks
 * (Ville's inequality). `capital` is kept as logarithms.
 */
export interface RatioTest {
  readonly nullRatio: number;
  readonly ratios: readonly number[];
}

const POINTS = 48;
/** A ratio above this is found as fast as this one. */
const WORST_FACTOR = 50;

/** Alternatives log-spaced from just above the tolerated ratio. */
export function worseTest(toleratedRatio: number): RatioTest {
  return {
    nullRatio: toleratedRatio,
    ratios: logSpaced(1.05 * toleratedRatio, WORST_FACTOR * toleratedRatio),
  };
}

/** Alternatives below `goodEnoughRatio`, down to a release that is far better than its baseline. */
export function goodEnoughTest(goodEnoughRatio: number): RatioTest {
  return {
    nullRatio: goodEnoughRatio,
    ratios: logSpaced(goodEnoughRatio / WORST_FACTOR, goodEnoughRatio / 1.05),
  };
}

function logSpaced(first: number, last: number): number[] {
  const step = Math.log(last / first) / (POINTS - 1);
  return Array.from({ length: POINTS }, (_, index) => first * Math.exp(index * step));
}

export function noCapital(test: RatioTest): number[] {
  return test.ratios.map(() => 0);
}

/** The capital after one window. A window without traffic on one arm is no evidence. */
export function bet(
  test: RatioTest,
  capital: readonly number[],
  candidate: Count,
  baseline: Count,
): number[] {
  if (candidate.requests === 0 || baseline.requests === 0) return [...capital];
  if (candidate.errors === 0 && baseline.errors === 0) return [...capital];
  const events = candidate.errors + baseline.errors;
  const underNull = test.nullRatio * candidate.requests + baseline.requests;
  return test.ratios.map((ratio, index) => {
    const underRatio = ratio * candidate.requests + baseline.requests;
    const logFactor =
      candidate.errors * Math.log(ratio / test.nullRatio) +
      events * Math.log(underNull / underRatio);
    return (capital[index] ?? 0) + logFactor;
  });
}

/** JSON has no infinity, and nobody needs to know evidence beyond this. */
const MOST_LOG_EVIDENCE = 600;

/** The mean of the bets: how many times over the null would have to be lucky. */
export function evidence(capital: readonly number[]): number {
  const most = Math.max(...capital);
  const scaled = capital.reduce((sum, log) => sum + Math.exp(log - most), 0) / capital.length;
  return Math.exp(Math.min(MOST_LOG_EVIDENCE, most + Math.log(scaled)));
}
