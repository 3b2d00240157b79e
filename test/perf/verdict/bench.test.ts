import { describe, expect, it } from "vitest";
import { expectedSecondsToDetect } from "../../../lib/verdict/forecast/detection.ts";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";
import { runCell } from "../../../perf/verdict/cell.ts";
import { wilson } from "../../../perf/verdict/interval.ts";
import { severityOfPoints } from "../../../perf/verdict/peers/kayenta.ts";
import { rankShift } from "../../../perf/verdict/peers/mann-whitney.ts";
import {
  badReleases,
  goodReleases,
  lastingCauses,
  type Scenario,
} from "../../../perf/verdict/scenario.ts";
import { isThird, RIVALS } from "../../../perf/verdict/tables.ts";
import { makeTrace } from "../../../perf/verdict/trace.ts";

const named = (scenarios: Scenario[], name: string) => {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};
const slice = (scenario: Scenario, runs: number) =>
  runCell(scenario, { runs, seed: 7, tuned: null });

describe("a slice of the benchmark", () => {
  it.each([
    "200/s 1 % burst 10",
    "2000/s 0.1 % burst 3",
    "200/s 1 % burst 10, no past",
    "day curve ±80 % burst 10",
    "weight not honoured (×3)",
    "old and new equally bad (20 %)",
    "warm-up 15 s",
  ])("rolls back hardly any good release: %s", (name) => {
    const { sluice } = slice(named(goodReleases(), name), 25);
    expect(sluice.rolledBack).toBeLessThanOrEqual(1);
  });

  it.each(["200/s 1 % ×5", "2000/s 0.1 % ×10", "200/s 1 % ×50 burst 10", "onset at 7 min ×5"])(
    "finds every bad release, with a third of the excess of any peer as documented: %s",
    (name) => {
      const cell = slice(named(badReleases(), name), 15);
      expect(cell.sluice.rolledBack).toBe(cell.sluice.runs);
      expect(isThird(cell, RIVALS.documented.of(cell))).toBe(true);
    },
  );

  it("promotes good releases long before the plan ends, and none when the source is dead from the start", () => {
    const good = slice(named(goodReleases(), "200/s 1 % burst 1"), 15).sluice;
    expect(good.promoted).toBe(good.runs);
    expect(good.promoteSeconds.p95).toBeLessThan(300);
    const dead = { ...named(goodReleases(), "metrics source dies at 30 s"), diesSeconds: 0 };
    expect(slice(dead, 5).sluice).toMatchObject({ rolledBack: 0, promoted: 0, inconclusive: 5 });
  });

  it("takes about as long as was forecast", () => {
    const scenario = named(badReleases(), "200/s 1 % ×5");
    const { detectSeconds } = slice(scenario, 60).sluice;
    const forecast = expectedSecondsToDetect({
      settings: DEFAULT_SETTINGS,
      requestsPerSecond: 200,
      weight: 0.1,
      errorRate: 0.01,
      ratio: 5,
    });
    expect(detectSeconds.median / forecast).toBeGreaterThan(0.6);
    expect(detectSeconds.median / forecast).toBeLessThan(1.6);
  });
});

describe("a cause that lasts", () => {
  const [scenario] = lastingCauses().filter(({ causeSeconds }) => causeSeconds === 20);
  const errors = (of: Partial<Scenario>) =>
    makeTrace({ ...named(goodReleases(), "200/s 1 % burst 10"), ...of }, 5).seconds.map(
      ({ candidate, baseline }) => candidate.errors + baseline.errors,
    );
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

  it("spreads its errors over that time, and makes as many", () => {
    const atOnce = errors({});
    const spread = errors({ causeSeconds: scenario?.causeSeconds ?? 0 });
    const busy = (counts: number[]) => counts.filter((count) => count > 0).length;
    expect(busy(spread)).toBeGreaterThan(2 * busy(atOnce));
    expect(sum(spread) / sum(atOnce)).toBeGreaterThan(0.85);
    expect(sum(spread) / sum(atOnce)).toBeLessThan(1.15);
  });
});

describe("the peers", () => {
  it("include Kayenta's Mann-Whitney classifier to the digits of its issue 780", () => {
    const x = [...Array<number>(7).fill(100), 1, 1, 1];
    const y = Array<number>(10).fill(1);
    const shift = rankShift(x, y, 0.98);
    expect(shift.low).toBeCloseTo(6.825e-5, 8);
    expect(shift.high).toBeCloseTo(99, 3);
    expect(shift.estimate).toBeCloseTo(98.9999, 4);
    expect(severityOfPoints(x, y)).toBe(0);
  });

  it("are given Wilson intervals, as everybody", () => {
    expect(wilson(0, 100)).toMatchObject({ low: 0, high: expect.closeTo(0.037, 3) });
    expect(wilson(5, 100)).toMatchObject({
      low: expect.closeTo(0.0215, 3),
      high: expect.closeTo(0.1118, 3),
    });
  });
});
