import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";
import { bestPossibleExcess } from "../../../perf/verdict/bound.ts";
import type { Cell } from "../../../perf/verdict/cell.ts";
import type { Outcome } from "../../../perf/verdict/measure.ts";
import { figures } from "../../../perf/verdict/report.ts";
import { rollOut, rollOuts } from "../../../perf/verdict/rollout.ts";
import { badReleases, goodReleases } from "../../../perf/verdict/scenario.ts";
import { goalOf } from "../../../perf/verdict/tables.ts";

const named = (name: string) => {
  const found = [...goodReleases(), ...badReleases()].find((scenario) => scenario.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};

function outcome(excess: number): Outcome {
  return {
    judge: "a judge",
    runs: 100,
    rolledBack: 100,
    rolledBackShare: { low: 0.96, high: 1 },
    inconclusive: 0,
    detectSeconds: { median: 10, p95: 20 },
    excess,
    promoted: 0,
    promoteSeconds: { median: Number.NaN, p95: Number.NaN },
  };
}

const ended = {
  runs: 100,
  promoted: 100,
  promotedShare: { low: 0.96, high: 1 },
  inTime: 100,
  promoteSeconds: { median: 132, p95: 281 },
};

function cellOf(name: string, ours: number, documented: number, tuned: number): Cell {
  const scenario = named(name);
  return {
    scenario,
    sluice: outcome(ours),
    documented: [outcome(documented)],
    service: outcome(tuned),
    oracle: outcome(tuned),
    held: { ...ended, promoteSeconds: { median: 900, p95: 900 } },
    early: ended,
    bound: bestPossibleExcess(scenario, DEFAULT_SETTINGS),
  };
}

describe("the goal of a third", () => {
  it("is met, missed, or below what any test lets through, as computed", () => {
    // Least possible excess of 200/s 1 % ×5: about 5.5.
    const cell = cellOf("200/s 1 % ×5", 9, 240, 24);
    expect(cell.bound).toBeGreaterThan(5);
    expect(cell.bound).toBeLessThan(6);
    expect(goalOf(cell, outcome(240))).toBe("met");
    expect(goalOf(cell, outcome(24))).toBe("missed");
    expect(goalOf(cell, outcome(12))).toBe("below bound");
    expect(goalOf(cell, null)).toBe("");
  });

  it("is not set where the ratio or the traffic is small", () => {
    expect(goalOf(cellOf("200/s 1 % ×1.5", 9, 240, 24), outcome(24))).toBe("");
    expect(goalOf(cellOf("20/s 1 % ×5", 9, 240, 24), outcome(24))).toBe("");
  });
});

describe("the figures for the docs", () => {
  const text = figures(
    [cellOf("200/s 1 % burst 1", 0, 0, 0)],
    [cellOf("200/s 1 % ×5", 9, 240, 24), cellOf("200/s 1 % ×2", 23, 80, 30)],
    {
      errors: 700_400,
      errorsAndLatency: 200_000,
      replay: { errors: 240_000, errorsAndLatency: 101_000 },
      parse: { errors: 960_000, errorsAndLatency: 404_000 },
    },
  );

  it("count what is met and name what is missed", () => {
    expect(text).toContain("| as documented | 2 | 0 | 0 | 2 |");
    expect(text).toContain("| tuned for the service, to roll back as rarely | 0 | 1 | 1 | 2 |");
    expect(text).toContain("| 200/s 1 % ×5 | 9.0 | 240: met | 24.0: missed |");
  });

  it("say how fast it is", () => {
    expect(text).toContain("700,000 windows a second");
    expect(text).toContain("240,000 and 101,000");
    expect(text).toContain("takes 4.0 and 4.0 times as long as parsing");
  });
});

describe("releases that canary-promote conducts in the benchmark", () => {
  it("are promoted at the end of the plan when they are good, and sooner with early", () => {
    const scenario = named("200/s 1 % burst 1");
    const held = rollOuts(scenario, { runs: 8, seed: 3, early: false });
    const early = rollOuts(scenario, { runs: 8, seed: 3, early: true });
    expect(held.promoteSeconds.median).toBe(900);
    expect(early.promoteSeconds.median).toBeLessThan(400);
    expect(early.promoted).toBeGreaterThanOrEqual(7);
  });

  it("are taken back when they are bad, early or not", () => {
    for (const early of [false, true])
      expect(rollOut(named("200/s 1 % ×5"), 4, early)).toMatchObject({ outcome: "rolled-back" });
  });

  it("are passed early before a fault that begins later: the reason why early is off by default", () => {
    const scenario = named("onset at 7 min ×5");
    expect(rollOut(scenario, 5, true).outcome).toBe("promoted");
    expect(rollOut(scenario, 5, false).outcome).toBe("rolled-back");
  });

  it("are in time when a third of the scrapes is missing, since counters count on", () => {
    const { outcome, at } = rollOut(named("a third of scrapes missing"), 2, false);
    expect(outcome).toBe("promoted");
    expect(at).toBeLessThanOrEqual(910);
  });

  it("are inconclusive without metrics", () => {
    expect(rollOut(named("metrics source dies at 30 s"), 1, false).outcome).toBe("inconclusive");
  });
});
