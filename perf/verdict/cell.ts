import { DEFAULT_SETTINGS } from "../../lib/verdict/verdict.ts";
import { bestPossibleExcess } from "./bound.ts";
import { failsAt, type Judge, sluice, type Ticker } from "./judge.ts";
import { type Outcome, Outcomes } from "./measure.ts";
import { ARGO_DOCUMENTED, ARGO_TUNABLE } from "./peers/argo.ts";
import { FLAGGER_DOCUMENTED, FLAGGER_TUNABLE } from "./peers/flagger.ts";
import { KAYENTA_DOCUMENTED, KAYENTA_TUNABLE } from "./peers/kayenta.ts";
import { type Ended, rollOuts } from "./rollout.ts";
import type { Scenario } from "./scenario.ts";
import { makeTrace, PLAN_SECONDS, type Trace } from "./trace.ts";
import type { Thresholds, Tuning } from "./tuning.ts";

/** One row of the benchmark. */
export interface Cell {
  scenario: Scenario;
  sluice: Outcome;
  documented: Outcome[];
  /** The best of all peers and settings in this cell, which is more than any operator could choose. */
  service: Outcome | null;
  oracle: Outcome | null;
  /** What canary-promote does with such releases: each weight held for its time, and with `rollout.early`. */
  held: Ended;
  early: Ended;
  /** Excess of a sequential test that knows the fault and the rates beforehand. */
  bound: number;
}

const DOCUMENTED: Judge[] = [ARGO_DOCUMENTED, FLAGGER_DOCUMENTED, KAYENTA_DOCUMENTED];
const TUNABLE: Ticker[] = [...ARGO_TUNABLE, ...FLAGGER_TUNABLE, ...KAYENTA_TUNABLE];
const TUNINGS: Tuning[] = ["service", "oracle"];

export interface CellOptions {
  runs: number;
  seed: number;
  /** How many rollouts canary-promote's machine conducts: dearer than the verdict alone. */
  conducted?: number;
  /** Null: only judges with their documented settings. */
  thresholds: Thresholds | null;
}

export function runCell(
  scenario: Scenario,
  { runs, seed, conducted = 0, thresholds }: CellOptions,
): Cell {
  const judges = [sluice(DEFAULT_SETTINGS), ...DOCUMENTED];
  const untuned = judges.map((judge) => ({ judge, outcomes: new Outcomes(judge.name, scenario) }));
  const tuned = thresholds ? tunedPeers(scenario, thresholds) : [];
  for (let run = 0; run < runs; run += 1) {
    const trace = makeTrace(scenario, seed * 1_000_003 + run * 7_919);
    for (const { judge, outcomes } of untuned) outcomes.add(judge.decide(trace), trace);
    for (const peer of tuned) peer.decide(trace);
  }
  const [ours, ...documented] = untuned.map(({ outcomes }) => outcomes.result());
  return {
    scenario,
    sluice: ours as Outcome,
    documented,
    service: best(tuned.map(({ outcomes }) => outcomes.service.result())),
    oracle: best(tuned.map(({ outcomes }) => outcomes.oracle.result())),
    held: rollOuts(scenario, { runs: conducted, seed, early: false }),
    early: rollOuts(scenario, { runs: conducted, seed, early: true }),
    bound: bestPossibleExcess(scenario, DEFAULT_SETTINGS),
  };
}

function tunedPeers(scenario: Scenario, thresholds: Thresholds) {
  return TUNABLE.map((ticker) => {
    const outcomes = {
      service: new Outcomes(ticker.name, scenario),
      oracle: new Outcomes(ticker.name, scenario),
    };
    const limits = {
      service: thresholds.of(ticker, scenario, "service"),
      oracle: thresholds.of(ticker, scenario, "oracle"),
    };
    return {
      outcomes,
      decide(trace: Trace): void {
        const ticks = [...ticker.ticks(trace)];
        for (const tuning of TUNINGS) {
          const rolledBackAt = failsAt(ticker, ticks, limits[tuning]);
          const promotedAt = rolledBackAt === null ? PLAN_SECONDS : null;
          outcomes[tuning].add({ rolledBackAt, promotedAt }, trace);
        }
      },
    };
  });
}

function best(outcomes: Outcome[]): Outcome | null {
  return outcomes.reduce<Outcome | null>(
    (least, one) => (least === null || one.excess < least.excess ? one : least),
    null,
  );
}
