import { failsAt, type Ticker } from "./judge.ts";
import { excessUntil } from "./measure.ts";
import { ALL_SETTINGS, PEERS } from "./peers/tunable.ts";
import type { Scenario } from "./scenario.ts";
import { makeTrace } from "./trace.ts";
import type { ThresholdByName } from "./tuning.ts";

/**
 * The one setting that each peer is given for a service, by name, in the order of PEERS. Nobody knows beforehand which
 * fault will come, so it is the one with the least excess over all of them, whatever their ratio and burst.
 *
 * By the mean of logarithms, since the goal is a ratio: to halve the excess of one fault counts as much as to halve
 * that of another, however many requests they cost.
 */
export function chosenSettings(
  bads: readonly Scenario[],
  thresholds: ThresholdByName,
  runs: number,
): string[] {
  const cells = bads.map((bad) => meanExcess(bad, thresholds, runs));
  const cost = ({ name }: Ticker) =>
    cells.reduce((sum, excess) => sum + Math.log((excess.get(name) as number) + LEAST_EXCESS), 0);
  return PEERS.map((settings) =>
    settings.reduce((least, one) => (cost(one) < cost(least) ? one : least)),
  ).map(({ name }) => name);
}

/**
 * Failed requests a rollout, below which two settings are as good as one another. Without it one fault that a setting
 * never let through would outweigh all others, as the logarithm of nothing does.
 */
const LEAST_EXCESS = 0.1;

/** Far from the seeds that are measured with, and from those that the thresholds are set on. */
const CHOICE_SEED = 700_000_000;

function meanExcess(bad: Scenario, thresholds: ThresholdByName, runs: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (let run = 0; run < runs; run += 1) {
    const trace = makeTrace(bad, CHOICE_SEED + run);
    for (const ticker of ALL_SETTINGS) {
      const at = failsAt(ticker, ticker.ticks(trace), thresholds.get(ticker.name) as number);
      sums.set(ticker.name, (sums.get(ticker.name) ?? 0) + excessUntil(at, trace) / runs);
    }
  }
  return sums;
}
