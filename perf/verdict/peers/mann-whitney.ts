/** The shift between two samples by ranks: its interval and the Hodges-Lehmann estimate. */
export interface Shift {
  low: number;
  high: number;
  estimate: number;
}

/**
 * The rank-sum test as kayenta-mannwhitney's MannWhitney.scala states it (2.46.0): the interval's ends are the
 * shifts at which the continuity-corrected, tie-corrected statistic equals a normal quantile, found between
 * min(x) - max(y) and max(x) - min(y) with a tolerance of 1e-4.
 */
export function rankShift(
  experiment: readonly number[],
  control: readonly number[],
  confidence: number,
): Shift {
  const x = [...experiment].sort((a, b) => a - b);
  const y = [...control].sort((a, b) => a - b);
  const low = (x[0] as number) - (y.at(-1) as number);
  const high = (x.at(-1) as number) - (y[0] as number);
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const rootFor = (quantile: number): number => {
    const at = (shift: number) => rankStatistic(x, y, shift) - quantile;
    if (at(low) <= 0) return low;
    if (at(high) >= 0) return high;
    return root(at, low, high);
  };
  const centre = (shift: number) => rankStatistic(x, y, shift);
  return { low: rootFor(z), high: rootFor(-z), estimate: root(centre, low, high) };
}

/** Standardised rank sum of x moved by -shift; both samples are sorted, so one walk through them ranks them. */
function rankStatistic(x: readonly number[], y: readonly number[], shift: number): number {
  const n = x.length;
  const m = y.length;
  let rankSum = 0;
  let ties = 0;
  for (let i = 0, j = 0; i < n || j < m; ) {
    const value = Math.min(
      i < n ? (x[i] as number) - shift : Infinity,
      j < m ? (y[j] as number) : Infinity,
    );
    const ranked = i + j;
    const before = i;
    while (i < n && (x[i] as number) - shift === value) i += 1;
    while (j < m && y[j] === value) j += 1;
    const tied = i + j - ranked;
    rankSum += (i - before) * (ranked + (1 + tied) / 2);
    ties += tied ** 3 - tied;
  }
  const difference = rankSum - (n * (n + 1)) / 2 - (n * m) / 2;
  const variance = ((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1)));
  if (variance <= 0) throw new Error("all observations are tied");
  return (difference - 0.5 * Math.sign(difference)) / Math.sqrt(variance);
}

const TOLERANCE = 1e-4;

/** Brent's method (1973, chapter 4): secant or inverse quadratic steps, bisection where they do not help. */
function root(f: (at: number) => number, low: number, high: number): number {
  let a = low;
  let best = high;
  let fa = f(a);
  let fBest = f(best);
  if (fa === 0) return a;
  if (fBest === 0) return best;
  let other = a;
  let fOther = fa;
  for (let round = 0; round < 1_000; round += 1) {
    const previous = best - a;
    if (Math.abs(fOther) < Math.abs(fBest)) {
      [a, best, other] = [best, other, best];
      [fa, fBest, fOther] = [fBest, fOther, fBest];
    }
    const least = 2 * Number.EPSILON * Math.abs(best) + TOLERANCE / 2;
    const half = (other - best) / 2;
    if (Math.abs(half) <= least || fBest === 0) return best;
    let step = half;
    if (Math.abs(previous) >= least && Math.abs(fa) > Math.abs(fBest)) {
      step = interpolate({ a, fa, best, fBest, other, fOther, previous, least }) ?? half;
    }
    if (Math.abs(step) < least) step = step > 0 ? least : -least;
    a = best;
    fa = fBest;
    best += step;
    fBest = f(best);
    if (fBest > 0 === fOther > 0) {
      other = a;
      fOther = fa;
    }
  }
  return best;
}

interface Bracket {
  a: number;
  fa: number;
  best: number;
  fBest: number;
  other: number;
  fOther: number;
  previous: number;
  least: number;
}

function interpolate(b: Bracket): number | null {
  const width = b.other - b.best;
  let p: number;
  let q: number;
  const s = b.fBest / b.fa;
  if (b.a === b.other) {
    p = width * s;
    q = 1 - s;
  } else {
    const u = b.fa / b.fOther;
    const v = b.fBest / b.fOther;
    p = s * (width * u * (u - v) - (b.best - b.a) * (v - 1));
    q = (u - 1) * (v - 1) * (s - 1);
  }
  if (p > 0) q = -q;
  else p = -p;
  const isSmall =
    p < 0.75 * width * q - Math.abs(b.least * q) / 2 && p < Math.abs((b.previous * q) / 2);
  return isSmall ? p / q : null;
}

/** Acklam's approximation, good to nine digits. */
function normalQuantile(share: number): number {
  const q = share - 0.5;
  if (Math.abs(q) <= 0.47575) {
    const r = q * q;
    return (
      ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r +
        138.357751867269) *
        r -
        30.66479806614716) *
        r +
        2.506628277459239) *
        q) /
      (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r +
        66.80131188771972) *
        r -
        13.28068155288572) *
        r +
        1)
    );
  }
  const tail = Math.sqrt(-2 * Math.log(share < 0.5 ? share : 1 - share));
  const z =
    (((((-0.007784894002430293 * tail - 0.3223964580411365) * tail - 2.400758277161838) * tail -
      2.549732539343734) *
      tail +
      4.374664141464968) *
      tail +
      2.938163982698783) /
    ((((0.007784695709041462 * tail + 0.3224671290700398) * tail + 2.445134137142996) * tail +
      3.754408661907416) *
      tail +
      1);
  return share < 0.5 ? z : -z;
}
