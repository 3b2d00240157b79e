import { METRICS, type Metric } from "./metric.ts";
import { type Levels, type Ratio, type Round, ratiosOf } from "./ratio.ts";

export interface GateSettings {
  /** A candidate that is not worse fails in at most this share of runs, all looks and metrics together. */
  alpha: number;
  /** One that is `ruleOut` times as slow in a metric of `passOn` passes in at most this share of runs. */
  beta: number;
  /** A ratio up to this is not worth failing for, however sure. */
  margin: number;
  ruleOut: number;
  /** See Levels; without meaning when there are several rounds. */
  processSpread: number;
  /** The metrics that must be known to be below `ruleOut` before the candidate passes. */
  passOn: readonly Metric[];
  /** How often it is looked, at most, and how many scripts share alpha and beta. */
  looks: number;
  scripts: number;
  blockMs: number;
}

export type Decision = "failed" | "passed" | "undecided";

export interface Judgement {
  decision: Decision;
  ratios: Ratio[];
  reason: string;
}

/**
 * Each look at each metric gets an equal part of alpha (Bonferroni; as a spending function, Lan & DeMets): looking
 * again after more blocks is one more chance to be wrong, and the sum of the chances stays alpha, whatever depends
 * on whatever.
 */
export function levelsOf(settings: GateSettings): Levels {
  const { alpha, beta, looks, scripts, processSpread } = settings;
  return { alpha: alpha / (looks * scripts * METRICS.length), beta: beta / looks, processSpread };
}

/** What the pairs of blocks of all rounds say about the candidate. */
export function judge(rounds: readonly Round[], settings: GateSettings): Judgement {
  return decide(ratiosOf(rounds, levelsOf(settings), settings.blockMs), settings);
}

/** What ratios whose intervals are of the right levels amount to. */
export function decide(
  ratios: Ratio[],
  settings: Pick<GateSettings, "margin" | "ruleOut" | "passOn">,
): Judgement {
  const worse = ratios.filter(({ low, ratio }) => low > 1 && ratio > settings.margin);
  if (worse.length > 0) {
    return { decision: "failed", ratios, reason: worse.map(describeWorse).join("; ") };
  }
  const open = settings.passOn.filter((metric) => !isRuledOut(metric, ratios, settings.ruleOut));
  if (open.length === 0)
    return { decision: "passed", ratios, reason: passReason(ratios, settings) };
  const reason = open.map((metric) => describeOpen(metric, ratios, settings.ruleOut)).join("; ");
  return { decision: "undecided", ratios, reason };
}

function isRuledOut(metric: Metric, ratios: readonly Ratio[], ruleOut: number): boolean {
  const found = ratios.find((ratio) => ratio.metric === metric);
  return found !== undefined && found.high < ruleOut;
}

function describeWorse({ metric, ratio, low }: Ratio): string {
  return `${metric} is ${percentMore(ratio)} worse than the baseline's (at least ${percentMore(low)})`;
}

function passReason(ratios: readonly Ratio[], { passOn }: Pick<GateSettings, "passOn">): string {
  const known = ratios.filter(({ metric }) => passOn.includes(metric));
  const told = known.map(
    ({ metric, ratio, high }) => `${metric} ×${ratio.toFixed(3)} (at most ×${high.toFixed(3)})`,
  );
  return `no worse than the baseline: ${told.join(", ")}`;
}

function describeOpen(metric: Metric, ratios: readonly Ratio[], ruleOut: number): string {
  const found = ratios.find((ratio) => ratio.metric === metric);
  if (!found) return `${metric} has too few pairs of blocks`;
  const { low, high } = found;
  return `${metric} may be ×${low.toFixed(2)} to ×${high.toFixed(2)} of the baseline's; ×${ruleOut} is not ruled out`;
}

/** `12.3 %` of 1.123. */
export function percentMore(ratio: number): string {
  return `${((ratio - 1) * 100).toFixed(1)} %`;
}
