import { type Judge, type Ticker, tickerJudge } from "../judge.ts";
import { PLAN_SECONDS } from "../trace.ts";
import { rankShift } from "./mann-whitney.ts";
import { Queries } from "./query.ts";
import { toldWhatToWatch } from "./threshold.ts";

const CONFIDENCE = 0.98;
const TOLERANCE = 0.25;

/**
 * Kayenta 2.46.0: kayenta-judge's NetflixACAJudge.scala (confidence 0.98, tolerance 0.25) and
 * MannWhitneyClassifier.scala. High when the interval's lower end is above a quarter of the estimate, and the
 * ratio of means is at least allowedIncrease (1 by default). Returns that ratio, or 0 for Pass; a ratio that
 * cannot be computed is ignored, so it is as bad as can be.
 */
export function severityOfPoints(
  experiment: readonly number[],
  control: readonly number[],
): number {
  if (experiment.length === 0 || control.length === 0) return 0;
  const all = new Set([...experiment, ...control]);
  if (all.size === 1 || isSame(experiment, control)) return 0;
  // With one value each, Kayenta adds noise of 1e-5 of the value: the shift is then just their difference.
  const isDegenerate = new Set(experiment).size === 1 && new Set(control).size === 1;
  const shift = isDegenerate
    ? degenerate(experiment[0] as number, control[0] as number, experiment.length)
    : rankShift(experiment, control, CONFIDENCE);
  if (!(shift.low > TOLERANCE * Math.abs(shift.estimate))) return 0;
  const ofControl = mean(control);
  return ofControl === 0 ? Number.POSITIVE_INFINITY : mean(experiment) / ofControl;
}

/** Four points each, all apart, do not reach the confidence; five do. */
function degenerate(experiment: number, control: number, points: number) {
  const difference = experiment - control;
  return points < 5
    ? { low: -Math.abs(difference), high: Math.abs(difference), estimate: difference }
    : { low: difference, high: difference, estimate: difference };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  const sorted = [...b].sort((x, y) => x - y);
  return [...a].sort((x, y) => x - y).every((value, index) => value === sorted[index]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function kayentaTicker(pointSeconds: number, intervalSeconds: number): Ticker {
  return {
    name: `Kayenta, points of ${pointSeconds}s, judged every ${intervalSeconds}s`,
    failuresNeeded: 1,
    blindLooksNeeded: Number.POSITIVE_INFINITY,
    *ticks(trace) {
      const queries = Queries.of(trace);
      const points: Record<"candidate" | "baseline", number[]> = { candidate: [], baseline: [] };
      for (let at = pointSeconds; at <= PLAN_SECONDS; at += pointSeconds) {
        for (const arm of ["candidate", "baseline"] as const) {
          const answer = queries.over(arm, at - pointSeconds, at);
          if (answer) points[arm].push(toldWhatToWatch(answer, trace));
        }
        if (at % intervalSeconds !== 0) continue;
        const hasData = points.candidate.length > 0 && points.baseline.length > 0;
        const severity = hasData ? severityOfPoints(points.candidate, points.baseline) : null;
        yield { at, severity };
      }
    },
  };
}

/** Points of a minute, judged at the end of each step of five minutes, on all points so far. */
export const KAYENTA_DOCUMENTED: Judge = {
  ...tickerJudge(kayentaTicker(60, 300), 1 - 1e-12),
  name: "Kayenta (documented)",
};

export const KAYENTA_TUNABLE: Ticker[] = [
  [10, 30],
  [10, 60],
  [30, 150],
].map(([point, interval]) => kayentaTicker(point as number, interval as number));
