import { DEFAULT_SETTINGS } from "../../lib/verdict/verdict.ts";
import { bestPossibleExcess } from "./bound.ts";
import { decisionOf, failsAt, type Judge, sluice, type Ticker, tickerJudge } from "./judge.ts";
import { type Outcome, Outcomes } from "./measure.ts";
import { ARGO_DOCUMENTED } from "./peers/argo.ts";
import { FLAGGER_DOCUMENTED } from "./peers/flagger.ts";
import { KAYENTA_DOCUMENTED } from "./peers/kayenta.ts";
import { ALL_SETTINGS } from "./peers/tunable.ts";
import { type Ended, rollOuts } from "./rollout.ts";
import type { Scenario } from "./scenario.ts";
import { makeTrace, type Trace } from "./trace.ts";
import type { Tuned } from "./tuned.ts";

/** One row of the benchmark. */
export interface Cell {
  scenario: Scenario;
  sluice: Outcome;
  documented: Outcome[];
  /** Each peer with the one setting that was chosen for the service. Of good releases: see `tunedOutcomes`. */
  tuned: Outcome[];
  /** The best of all peers and settings in these very rollouts: thresholds for the service, but chosen by who saw the fault. */
  hindsight: Outcome | null;
  /** The same, with thresholds that were set for this very cell. */
  oracle: Outcome | null;
  /** What canary-promote does with such releases: each weight held for its time, and with `rollout.early`. */
  held: Ended;
  early: Ended;
  /** Excess of a sequential test that knows the fault and the rates beforehand. */
  bound: number;
}

const DOCUMENTED: Judge[] = [ARGO_DOCUMENTED, FLAGGER_DOCUMENTED, KAYENTA_DOCUMENTED];

export interface CellOptions {
  runs: number;
  seed: number;
  /** How many rollouts canary-promote's machine conducts: dearer than the verdict alone. */
  conducted?: number;
  /** Null: only judges with their documented settings. */
  tuned: Tuned | null;
}

export function runCell(
  scenario: Scenario,
  { runs, seed, conducted = 0, tuned }: CellOptions,
): Cell {
  const judges = withOutcomes([sluice(DEFAULT_SETTINGS), ...DOCUMENTED], scenario);
  const settings = tuned ? ALL_SETTINGS.map((ticker) => tunedSetting(ticker, scenario, tuned)) : [];
  for (const trace of traces(scenario, { runs, seed })) {
    for (const { judge, outcomes } of judges) outcomes.add(judge.decide(trace), trace);
    for (const setting of settings) setting.decide(trace);
  }
  const [ours, ...documented] = judges.map(({ outcomes }) => outcomes.result());
  const ofService = settings.map(({ service }) => service.result());
  return {
    scenario,
    sluice: ours as Outcome,
    documented,
    tuned: (tuned?.chosen ?? []).map(
      (name) => ofService.find(({ judge }) => judge === name) as Outcome,
    ),
    hindsight: leastExcess(ofService),
    oracle: leastExcess(settings.map(({ oracle }) => oracle.result())),
    held: rollOuts(scenario, { runs: conducted, seed, early: false }),
    early: rollOuts(scenario, { runs: conducted, seed, early: true }),
    bound: bestPossibleExcess(scenario, DEFAULT_SETTINGS),
  };
}

/**
 * Only the tuned peers, each with its one setting. Good releases need this second look: how often the verdict rolls
 * them back has to be known before anybody can be tuned to do so as rarely.
 */
export function tunedOutcomes(
  scenario: Scenario,
  { runs, seed, tuned }: { runs: number; seed: number; tuned: Tuned },
): Outcome[] {
  const chosen = tuned.chosen.map(
    (name) => ALL_SETTINGS.find((one) => one.name === name) as Ticker,
  );
  const judges = withOutcomes(
    chosen.map((ticker) => tickerJudge(ticker, tuned.thresholds.get(ticker.name) as number)),
    scenario,
  );
  for (const trace of traces(scenario, { runs, seed }))
    for (const { judge, outcomes } of judges) outcomes.add(judge.decide(trace), trace);
  return judges.map(({ outcomes }) => outcomes.result());
}

/** Every judge sees the same. */
function* traces(
  scenario: Scenario,
  { runs, seed }: { runs: number; seed: number },
): Generator<Trace> {
  for (let run = 0; run < runs; run += 1) yield makeTrace(scenario, seed * 1_000_003 + run * 7_919);
}

function withOutcomes(judges: readonly Judge[], scenario: Scenario) {
  return judges.map((judge) => ({ judge, outcomes: new Outcomes(judge.name, scenario) }));
}

/** Two thresholds are tried on the same looks. */
function tunedSetting(ticker: Ticker, scenario: Scenario, { thresholds, oracle }: Tuned) {
  const { name } = ticker;
  const service = new Outcomes(name, scenario);
  const ofOracle = new Outcomes(name, scenario);
  const limit = thresholds.get(name) as number;
  const oracleLimit = oracle.get(scenario.name)?.get(name) as number;
  return {
    service,
    oracle: ofOracle,
    decide(trace: Trace): void {
      const ticks = [...ticker.ticks(trace)];
      service.add(decisionOf(failsAt(ticker, ticks, limit)), trace);
      ofOracle.add(decisionOf(failsAt(ticker, ticks, oracleLimit)), trace);
    },
  };
}

export function leastExcess(outcomes: readonly Outcome[]): Outcome | null {
  return outcomes.reduce<Outcome | null>(
    (least, one) => (least === null || one.excess < least.excess ? one : least),
    null,
  );
}
