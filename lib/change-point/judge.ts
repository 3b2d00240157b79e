import { changePoints, smallestP } from "./detect.ts";
import type { Series } from "./history.ts";

/** A change that somebody looked at and took. */
export interface AcceptedChange {
  readonly figure: string;
  /** The commit that the change is told for, or its beginning. */
  readonly commit: string;
  readonly reason: string;
}

export interface JudgeSettings {
  /** In a run in which nothing changed, any figure is told in at most this share of cases. */
  readonly alpha: number;
  /** A smaller change is told, and stops nothing: 0.05 is 5 %. */
  readonly minChange: number;
  /** A change that is older than so many runs is how it is now. */
  readonly recentRuns: number;
  readonly accepted: readonly AcceptedChange[];
}

/** One change of one figure. */
export interface Change {
  readonly figure: string;
  /** The first run after it was of this commit, the last before it of the other. */
  readonly commit: string;
  readonly lastBefore: string;
  readonly at: string;
  readonly before: number;
  readonly after: number;
  /** After divided by before. */
  readonly ratio: number;
  readonly isWorse: boolean;
  readonly p: number;
  /** How many runs there are since. */
  readonly runs: number;
  readonly accepted: AcceptedChange | undefined;
}

export interface HistoryVerdict {
  readonly outcome: "passed" | "failed" | "inconclusive";
  readonly reason: string;
  readonly changes: readonly Change[];
}

/** Whether anything recently became worse, and at which commit. Pure. */
export function judgeHistory(series: readonly Series[], settings: JudgeSettings): HistoryVerdict {
  // Shared among the figures: the chances of being wrong add up to no more.
  const alpha = settings.alpha / Math.max(1, series.length);
  const changes = series.flatMap((one) => changesOf(one, alpha, settings));
  const bad = changes.filter((change) => isBad(change, settings));
  if (bad.length > 0) return { outcome: "failed", reason: bad.map(sentence).join("; "), changes };
  const longest = Math.max(0, ...series.map(({ points }) => points.length));
  const after = Math.min(settings.recentRuns, Math.floor(longest / 2));
  if (smallestP(longest, after) > alpha) {
    const reason = `${longest} runs of ${series.length} figures are too few to tell a change from chance; nothing is compared yet`;
    return { outcome: "inconclusive", reason, changes };
  }
  const told = changes.length === 0 ? "no change" : `${changes.length} changes, none that stops`;
  return {
    outcome: "passed",
    reason: `${series.length} figures over ${longest} runs: ${told}`,
    changes,
  };
}

function changesOf({ figure, points }: Series, alpha: number, settings: JudgeSettings): Change[] {
  // Ratios count, not differences; and one seed, so that the same history is always judged alike.
  const found = changePoints(
    points.map(({ value }) => Math.log(value)),
    { alpha, seed: 1 },
  );
  return found.flatMap(({ at, p }, index) => {
    const first = points[at];
    const last = points[at - 1];
    if (!first || !last) return [];
    const from = found[index - 1]?.at ?? 0;
    const to = found[index + 1]?.at ?? points.length;
    const before = median(points.slice(from, at).map(({ value }) => value));
    const after = median(points.slice(at, to).map(({ value }) => value));
    const ratio = after / before;
    const accepted = settings.accepted.find(
      (one) => one.figure === figure.name && first.commit.startsWith(one.commit),
    );
    return [
      {
        figure: figure.name,
        commit: first.commit,
        lastBefore: last.commit,
        at: first.at,
        before,
        after,
        ratio,
        isWorse: figure.better === "lower" ? ratio > 1 : ratio < 1,
        p,
        runs: points.length - at,
        accepted,
      },
    ];
  });
}

function isBad(change: Change, { minChange, recentRuns }: JudgeSettings): boolean {
  const { isWorse, ratio, runs, accepted } = change;
  const size = Math.max(ratio, 1 / ratio) - 1;
  return isWorse && accepted === undefined && runs <= recentRuns && size > minChange;
}

/** What changed, by how much, and after which commit. */
export function sentence(change: Change): string {
  const { figure, ratio, commit, lastBefore, p, runs, isWorse } = change;
  const short = (text: string) => text.slice(0, 12);
  const percent = `${((Math.max(ratio, 1 / ratio) - 1) * 100).toFixed(0)} %`;
  return `${figure} is ${percent} ${isWorse ? "worse" : "better"} since ${short(commit)} (last before: ${short(lastBefore)}; ${runs} ${runs === 1 ? "run" : "runs"}, p = ${p.toPrecision(2)})`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
