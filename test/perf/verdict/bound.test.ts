import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";
import { bestPossibleExcess, bestTest } from "../../../perf/verdict/bound.ts";
import { sluice } from "../../../perf/verdict/judge.ts";
import { Outcomes } from "../../../perf/verdict/measure.ts";
import { Random } from "../../../perf/verdict/random.ts";
import { badReleases, type Scenario } from "../../../perf/verdict/scenario.ts";
import { type Stage, stagesOf } from "../../../perf/verdict/stages.ts";
import { makeTrace } from "../../../perf/verdict/trace.ts";

const ALPHA = DEFAULT_SETTINGS.alpha;
const named = (name: string): Scenario => {
  const found = badReleases().find((scenario) => scenario.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};

/** The test with these thresholds, on bad releases of its own seeds. */
function performed(stages: readonly Stage[], logThresholds: readonly number[], missing: number) {
  const random = new Random(11);
  let excess = 0;
  // A good release is rolled back as often as a bad one is, each time divided by the likelihood ratio.
  let falseRollbacks = 0;
  for (let run = 0; run < RUNS; run += 1) {
    let logRatio = 0;
    for (const [index, stage] of stages.entries()) {
      excess += stage.excess;
      logRatio +=
        random.poisson(stage.candidateEvents) * Math.log(stage.share / stage.goodShare) +
        random.poisson(stage.baselineEvents) * Math.log((1 - stage.share) / (1 - stage.goodShare));
      const isMissing = missing > 0 && random.uniform() < missing;
      if (isMissing || logRatio < (logThresholds[index] as number)) continue;
      falseRollbacks += Math.exp(-logRatio);
      break;
    }
  }
  return { excess: excess / RUNS, falseRollbacks: falseRollbacks / RUNS };
}

const RUNS = 3_000;

describe("the least possible excess", () => {
  it.each([
    "200/s 0.01 % ×5",
    "2000/s 1 % ×5 burst 3",
    "a third of scrapes missing ×10",
    "fresh baseline, both cold ×5",
  ])("is had by the test that knows the fault, which holds alpha: %s", (name) => {
    const scenario = named(name);
    const stages = stagesOf(scenario, 0);
    const { excess, logThresholds } = bestTest(stages, ALPHA, scenario.missing);
    const test = performed(stages, logThresholds, scenario.missing);
    expect(test.falseRollbacks).toBeLessThan(1.08 * ALPHA);
    expect(test.falseRollbacks).toBeGreaterThan(0.85 * ALPHA);
    expect(test.excess / excess).toBeGreaterThan(0.95);
    expect(test.excess / excess).toBeLessThan(1.06);
  });

  it("is less than what another threshold of the same alpha lets through", () => {
    const stages = stagesOf(named("200/s 1 % ×5"), 0);
    const { excess } = bestTest(stages, ALPHA, 0);
    const ville = stages.map(() => Math.log(1 / ALPHA));
    const test = performed(stages, ville, 0);
    expect(test.falseRollbacks).toBeLessThan(ALPHA);
    expect(test.excess).toBeGreaterThan(1.05 * excess);
  });

  it("is a number also where at last all traffic goes to the candidate", () => {
    const least = bestPossibleExcess(named("weight not honoured (×3) ×5"), DEFAULT_SETTINGS);
    expect(least).toBeGreaterThan(5);
    expect(least).toBeLessThan(11);
  });

  it("is the less, the more good releases may be rolled back", () => {
    const stages = stagesOf(named("200/s 1 % ×5"), 0);
    const least = [0.001, 0.01, 0.05].map((alpha) => bestTest(stages, alpha, 0).excess);
    expect(least).toEqual([...least].sort((a, b) => b - a));
  });

  it.each([
    "200/s 1 % ×5 burst 3",
    "one instance of four ×5",
    "onset at 7 min ×5",
    "fresh baseline, both cold ×10",
    "read every 10 s ×5",
  ])("is less than Sluice's: %s", (name) => {
    const scenario = named(name);
    const outcomes = new Outcomes("Sluice", scenario);
    for (let run = 0; run < 40; run += 1) {
      const trace = makeTrace(scenario, 1_000_003 + run * 7_919);
      outcomes.add(sluice(DEFAULT_SETTINGS).decide(trace), trace);
    }
    const { excess } = outcomes.result();
    expect(bestPossibleExcess(scenario, DEFAULT_SETTINGS)).toBeLessThan(excess);
  });
});
