import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";
import { bestPossibleExcess } from "../../../perf/verdict/bound.ts";
import type { Cell } from "../../../perf/verdict/cell.ts";
import { wilson } from "../../../perf/verdict/interval.ts";
import type { Outcome } from "../../../perf/verdict/measure.ts";
import { page } from "../../../perf/verdict/page.ts";
import { figures } from "../../../perf/verdict/report.ts";
import { rollOut, rollOuts } from "../../../perf/verdict/rollout.ts";
import { badReleases, goodReleases, lastingCauses } from "../../../perf/verdict/scenario.ts";
import { badRows, goalOf, goodRows, settingRows, summary } from "../../../perf/verdict/tables.ts";

const named = (name: string) => {
  const all = [...goodReleases(), ...lastingCauses(), ...badReleases()];
  const found = all.find((scenario) => scenario.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};

function outcome(excess: number, judge = "a judge"): Outcome {
  return {
    judge,
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

function cellOf(
  name: string,
  ours: number,
  documented: number,
  tuned: number,
  hindsight = tuned,
): Cell {
  const scenario = named(name);
  return {
    scenario,
    sluice: outcome(ours),
    documented: [outcome(documented)],
    tuned: [
      outcome(2 * tuned, "Flagger, 10s, threshold 2"),
      outcome(tuned, "Kayenta, points of 10s"),
    ],
    hindsight: outcome(hindsight),
    oracle: outcome(tuned),
    held: { ...ended, promoteSeconds: { median: 900, p95: 900 } },
    early: ended,
    bound: bestPossibleExcess(scenario, DEFAULT_SETTINGS),
  };
}

function goodCell(name: string, ours: number, tuned: [number, number]): Cell {
  const rolledBack = (count: number, judge?: string): Outcome => ({
    ...outcome(0, judge),
    rolledBack: count,
    rolledBackShare: wilson(count, 100),
  });
  return {
    ...cellOf(name, 0, 0, 0),
    sluice: rolledBack(ours),
    tuned: [rolledBack(tuned[0], "Flagger, 10s"), rolledBack(tuned[1], "Kayenta, points of 10s")],
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

const SPEED = {
  errors: 700_400,
  errorsAndLatency: 200_000,
  replay: { errors: 240_000, errorsAndLatency: 101_000 },
  parse: { errors: 960_000, errorsAndLatency: 404_000 },
};

describe("the figures for the docs", () => {
  const goods = [
    goodCell("200/s 1 % burst 1", 4, [3, 0]),
    goodCell("200/s 1 % burst 3", 0, [1, 2]),
    goodCell("metrics source dies at 30 s", 0, [100, 0]),
  ];
  const bads = [
    cellOf("200/s 1 % ×5", 9, 240, 28, 24),
    cellOf("200/s 1 % ×10", 9, 540, 24),
    cellOf("200/s 1 % ×2", 23, 80, 30),
  ];
  const lasting = [
    goodCell("10 errors over 5 s, no past", 8, [0, 0]),
    goodCell("10 errors over 5 s, five minutes", 0, [0, 0]),
  ];
  const text = figures({ goods, lasting, bads, windowsPerSecond: SPEED });

  it("say where the promise does not hold", () => {
    expect(text).toContain("| rolled back | no past | one minute | five minutes |");
    expect(text).toContain("| 10 errors over 5 s | 8.0 % [4.1, 15.0] |  | 0.0 % [0.0, 3.7] |");
  });

  it("count what is met, by how much the peers were told", () => {
    expect(text).toContain("| as documented | 3 | 0 | 0 | 3 |");
    expect(text).toContain("| tuned for the service | 1 | 1 | 1 | 3 |");
    expect(text).toContain("| tuned, the best of 15 settings in hindsight | 0 | 1 | 2 | 3 |");
    expect(text).toContain("| told all but the answer (oracle) | 1 | 1 | 1 | 3 |");
  });

  it("name what is missed, also what is only missed in hindsight", () => {
    expect(text).toContain("| 200/s 1 % ×5 | 9.0 | 240: met | 28.0: met | 24.0: missed |");
    expect(text).toContain("| 200/s 1 % ×10 | 9.0 | 540: met | 24.0: missed | 24.0: missed |");
  });

  it("say how often tuned peers roll back the good releases that were measured, beside Sluice", () => {
    expect(text).toContain("of which Sluice rolls back 2.00 % on average");
    expect(text).toMatch(
      /Flagger 2\.00 % .*, ×1\.00 of Sluice's, and at most 3\.0 % .* \(200\/s 1 % burst 1\); /,
    );
    expect(text).toMatch(
      /Kayenta 1\.00 % .*, ×0\.50 of Sluice's, and at most 2\.0 % .* \(200\/s 1 % burst 3\)\./,
    );
    expect(text).toContain("metrics source dies at 30 s, Flagger 100.0 %, Kayenta 0.0 %");
  });

  it("have a column for each in the tables of every cell", () => {
    const [head = [], first = []] = badRows(bads);
    const row = Object.fromEntries(head.map((name, index) => [name, first[index]]));
    expect(row).toMatchObject({ "best tuned": "28.0", "best in hindsight": "24.0" });
    expect(row).toMatchObject({ "goal, documented": "met", "goal, in hindsight": "missed" });
    expect(row).toMatchObject({ "best oracle": "28.0", "goal, oracle": "met" });
    expect(goodRows(goods)[1]?.join()).toContain("3.0 % [1.0, 8.5],0.0 % [0.0, 3.7]");
    expect(settingRows(bads)).toEqual([
      ["service", "Flagger", "Kayenta"],
      ["200/s 1 %", "10s, threshold 2", "points of 10s"],
    ]);
    expect(summary(goods, bads, SPEED)).toContain("in hindsight: 0 met");
    expect(page(goods, bads, SPEED)).toContain("settings in hindsight</text>");
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
