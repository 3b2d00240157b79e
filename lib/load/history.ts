import { z } from "zod";
import { percentMore } from "./gate.ts";
import { METRICS, type Metric } from "./metric.ts";
import { studentQuantile } from "./student.ts";

/** What one run measured of one script. Throughput is iterations a second. */
const runFacts = z.object({
  at: z.iso.datetime(),
  commit: z.string(),
  values: z.partialRecord(z.enum(METRICS), z.number().nonnegative()),
});

/** A stored baseline: the last good runs of each script, oldest first. */
export const baselineFile = z.object({
  schema: z.literal(1),
  scripts: z.record(z.string(), z.array(runFacts)),
});

export type RunFacts = z.output<typeof runFacts>;
export type BaselineFile = z.output<typeof baselineFile>;

export const NO_BASELINE: BaselineFile = { schema: 1, scripts: {} };
/** With fewer good runs nothing is known of how much runs differ by themselves. */
export const MIN_HISTORY = 5;
const MAX_HISTORY = 30;

/** One metric of a run beside the same metric of the runs before. */
export interface HistoryRatio {
  metric: Metric;
  /** Against the middle of the history; above 1 is worse. */
  ratio: number;
  /** A run like those before is above this in at most alpha of all cases. */
  low: number;
  value: number;
  typical: number;
}

/** With this run added; only good runs belong into it. */
export function withRun(file: BaselineFile, script: string, run: RunFacts): BaselineFile {
  const runs = [...(file.scripts[script] ?? []), run].slice(-MAX_HISTORY);
  return { ...file, scripts: { ...file.scripts, [script]: runs } };
}

/**
 * A new run beside those before, on a logarithmic scale, with the spread that these have among themselves: the
 * interval in which one more of the same kind is expected (Student's prediction interval).
 */
export function compareWithHistory(
  run: RunFacts,
  history: readonly RunFacts[],
  alpha: number,
): HistoryRatio[] {
  return METRICS.flatMap((metric) => {
    const value = run.values[metric];
    const before = history.flatMap(({ values }) => values[metric] ?? []);
    if (value === undefined || before.length < MIN_HISTORY) return [];
    return compared(metric, value, before, alpha / METRICS.length);
  });
}

/** So that none is not infinitely less than a few: half a thousandth of a millisecond, or of all requests. */
const LEAST = 0.0005;

function compared(
  metric: Metric,
  value: number,
  before: readonly number[],
  alpha: number,
): HistoryRatio {
  const worse = metric === "throughput" ? -1 : 1;
  const logs = before.map((one) => worse * Math.log(Math.max(LEAST, one)));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const spread = Math.sqrt(squares / (logs.length - 1));
  const log = worse * Math.log(Math.max(LEAST, value)) - mean;
  const reach =
    studentQuantile(1 - alpha, logs.length - 1) * spread * Math.sqrt(1 + 1 / logs.length);
  return {
    metric,
    ratio: Math.exp(log),
    low: Math.exp(log - reach),
    value,
    typical: Math.exp(worse * mean),
  };
}

/** What of the comparison fails the gate, in words. */
export function worseThanHistory(ratios: readonly HistoryRatio[], margin: number): string[] {
  return ratios
    .filter(({ ratio, low }) => low > 1 && ratio > margin)
    .map(
      ({ metric, ratio }) =>
        `${metric} is ${percentMore(ratio)} worse than in the runs before, and further from them than they are from each other`,
    );
}
