import { type Decision, decide, type GateSettings, levelsOf } from "../../lib/load/gate.ts";
import type { Metric } from "../../lib/load/metric.ts";
import { type Ratio, type Round, ratiosOf } from "../../lib/load/ratio.ts";
import type { Arm } from "../../lib/load/schedule.ts";
import { BLOCK_MS } from "./session.ts";

/** What a release is made slower by, on recorded blocks: every answer by as much, or only the slow ones. */
export interface Slowing {
  name: string;
  by: number;
  metrics: readonly Metric[];
}

const ALL: readonly Metric[] = ["p10", "p50", "p95", "p99"];
export const SLOWINGS: readonly Slowing[] = [
  { name: "the same code", by: 1, metrics: ALL },
  { name: "10 % slower", by: 1.1, metrics: ALL },
  { name: "25 % slower", by: 1.25, metrics: ALL },
  { name: "p95 and p99 alone 10 % slower", by: 1.1, metrics: ["p95", "p99"] },
];

/** One run, judged by every gate under every slowing. */
export interface Verdicts {
  /** By slowing, then by gate. */
  [slowing: string]: Record<string, Decision>;
}

export const GATES = [
  "k6-gate, pass-on p10 and p50",
  "k6-gate, pass-on p95",
  "fixed threshold",
  "p95 < baseline × 1.1",
] as const;

/** As k6-gate decides by default, but for what it must know before it passes. */
export function settingsFor(passOn: readonly Metric[], ruleOut = 1.1): GateSettings {
  return {
    alpha: 0.01,
    beta: 0.05,
    margin: 1.05,
    ruleOut,
    passOn,
    processSpread: 0.03,
    looks: 1,
    scripts: 1,
    blockMs: BLOCK_MS,
  };
}

/** All verdicts on one run. `limitMs` is what the gate with a fixed threshold was once set to. */
export function judgeRun(rounds: readonly Round[], limitMs: number): Verdicts {
  const settings = settingsFor(["p10", "p50"]);
  const ratios = ratiosOf(rounds, levelsOf(settings), BLOCK_MS);
  const pairs = rounds.flat();
  const p95 = { baseline: p95Of(pairs, "baseline"), candidate: p95Of(pairs, "candidate") };
  return Object.fromEntries(
    SLOWINGS.map((slowing) => {
      const slowed = ratios.map((ratio) => slower(ratio, slowing));
      const measured = p95.candidate * slowing.by;
      const naive = (bad: boolean): Decision => (bad ? "failed" : "passed");
      return [
        slowing.name,
        {
          [GATES[0]]: decide(slowed, settings).decision,
          [GATES[1]]: decide(slowed, settingsFor(["p95"])).decision,
          [GATES[2]]: naive(measured >= limitMs),
          [GATES[3]]: naive(measured >= 1.1 * p95.baseline),
        },
      ];
    }),
  );
}

/** If each answer takes as many times longer, so does each quantile, and the intervals move along. */
function slower(ratio: Ratio, { by, metrics }: Slowing): Ratio {
  if (!metrics.includes(ratio.metric)) return ratio;
  return { ...ratio, ratio: ratio.ratio * by, low: ratio.low * by, high: ratio.high * by };
}

/** The run's p95 as others would take it: the mean over its blocks. */
export function p95Of(pairs: Round, arm: Arm): number {
  const values = pairs.flatMap((pair) => pair[arm].latencyMs?.p95 ?? []);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The same round with its arms' names exchanged: with the same code on both, just as good a round. */
export function swapped(pairs: Round): Round {
  return pairs.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline }));
}
