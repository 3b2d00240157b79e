import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changePoints, smallestP } from "../../../lib/change-point/detect.ts";
import {
  type HistoryLine,
  historyText,
  readHistory,
  seriesOf,
} from "../../../lib/change-point/history.ts";
import { judgeHistory } from "../../../lib/change-point/judge.ts";
import { shuffled } from "../../../lib/change-point/shuffled.ts";
import { bestSplit, MIN_SIDE } from "../../../lib/change-point/split.ts";
import { randomFrom as seeded } from "../../../lib/load/random.ts";

/** Sum of twelve: normal enough. */
function noise(random: () => number): number {
  return Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6);
}

/** Straight from the definition, without sums that are carried along. */
function naiveSplit(values: readonly number[]) {
  const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const pairs = (side: readonly number[]) =>
    side.flatMap((a, at) => side.slice(at + 1).map((b) => Math.abs(a - b)));
  let best: { at: number; statistic: number } | undefined;
  for (let at = MIN_SIDE; at <= values.length - MIN_SIDE; at++) {
    const [before, after] = [values.slice(0, at), values.slice(at)];
    const between = before.flatMap((a) => after.map((b) => Math.abs(a - b)));
    const apart = 2 * mean(between) - mean(pairs(before)) - mean(pairs(after));
    const statistic = ((before.length * after.length) / values.length) * apart;
    if (!best || statistic > best.statistic + 1e-9) best = { at, statistic };
  }
  return best;
}

describe("the best cut", () => {
  it("is what the definition says", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 25 });
    fc.assert(
      fc.property(values, (series) => {
        const split = bestSplit(series);
        expect(split?.statistic).toBeCloseTo(naiveSplit(series)?.statistic ?? 0, 6);
      }),
    );
  });

  it("does not depend on where zero is, and scales with the values", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.integer({ min: -99, max: 99 }), (series, shift) => {
        const moved = bestSplit(series.map((one) => one + shift))?.statistic;
        const doubled = bestSplit(series.map((one) => 2 * one))?.statistic;
        expect(moved).toBeCloseTo(bestSplit(series)?.statistic ?? 0, 6);
        expect(doubled).toBeCloseTo(2 * (bestSplit(series)?.statistic ?? 0), 6);
      }),
    );
  });

  it("needs two values on each side", () => {
    expect(bestSplit([1, 1, 9])).toBeUndefined();
    expect(bestSplit([1, 1, 9, 9])?.at).toBe(2);
  });
});

describe("changes", () => {
  it("are found where they are, several of them", () => {
    const random = seeded(7);
    const level = (mean: number) => Array.from({ length: 12 }, () => mean + 0.3 * noise(random));
    const series = [...level(0), ...level(3), ...level(1)];
    const found = changePoints(series, { alpha: 0.01, seed: 1 });
    expect(found.map(({ at }) => at)).toEqual([12, 24]);
    for (const { p } of found) expect(p).toBeLessThanOrEqual(0.01);
  });

  it("are found in hardly more series without any than alpha says", () => {
    const random = seeded(11);
    const runs = 300;
    let told = 0;
    for (let run = 0; run < runs; run++) {
      const series = Array.from({ length: 20 }, () => noise(random));
      if (changePoints(series, { alpha: 0.05, seed: run }).length > 0) told++;
    }
    // 5 % of 300 is 15; 28 and more has a chance of 1 in 900.
    expect(told).toBeLessThan(28);
  });

  it("are none in what does not vary, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.integer({ min: 0, max: 40 }),
        (value, count) => {
          expect(changePoints(new Array(count).fill(value), { alpha: 0.5, seed: 1 })).toEqual([]);
        },
      ),
    );
  });

  it("are the same each time, and inside of the series", () => {
    const values = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { maxLength: 16 });
    fc.assert(
      fc.property(values, fc.nat(), (series, seed) => {
        const found = changePoints(series, { alpha: 0.1, seed });
        expect(found).toEqual(changePoints(series, { alpha: 0.1, seed }));
        for (const { at } of found) {
          expect(at).toBeGreaterThanOrEqual(MIN_SIDE);
          expect(series.length - at).toBeGreaterThanOrEqual(MIN_SIDE);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("cannot be told from chance in a short history, and it is known how short", () => {
    expect(smallestP(4, 2)).toBeCloseTo(2 / 6);
    expect(smallestP(15, 3)).toBeCloseTo(2 / 455);
    expect(smallestP(3, 1)).toBe(1);
  });

  it("are looked for among orders that are all as likely", () => {
    const random = seeded(3);
    const counts = new Map<string, number>();
    for (let run = 0; run < 6_000; run++) {
      const order = shuffled(["a", "b", "c"], random).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

const SETTINGS = { alpha: 0.05, minChange: 0.05, recentRuns: 6, accepted: [] };

/** Weekly runs of commits 100…, 101…, with two figures, of which the first may be moved from a run on. */
function history(length: number, from = length, factor = 1): HistoryLine[] {
  const random = seeded(5);
  return Array.from({ length }, (_, run) => ({
    at: new Date(Date.UTC(2026, 0, 4 + 7 * run)).toISOString(),
    commit: (100 + run).toString(16).padEnd(40, "0"),
    figures: [
      {
        name: "p95",
        value: (run >= from ? factor : 1) * (20 + 0.3 * noise(random)),
        unit: "ms",
        better: "lower",
      },
      { name: "rate", value: 900 + 9 * noise(random), unit: "1/s", better: "higher" },
    ],
  }));
}

describe("a history", () => {
  it("without a change passes, and its young beginning is undecided, not passed", () => {
    expect(judgeHistory(seriesOf(history(20), 60), SETTINGS).outcome).toBe("passed");
    const young = judgeHistory(seriesOf(history(4), 60), SETTINGS);
    expect(young.outcome).toBe("inconclusive");
    expect(young.reason).toContain("4 runs of 2 figures are too few");
  });

  it("with a regression fails, and names figure, size and commit", () => {
    const judged = judgeHistory(seriesOf(history(20, 17, 1.3), 60), SETTINGS);
    expect(judged.outcome).toBe("failed");
    expect(judged.reason).toMatch(
      /^p95 is (29|30|31) % worse since 750000000000 \(last before: 740000000000; 3 runs/,
    );
  });

  it.each([
    ["is better", history(20, 17, 0.7), SETTINGS],
    ["is smaller than what counts", history(20, 17, 1.3), { ...SETTINGS, minChange: 0.5 }],
    ["is long ago", history(20, 9, 1.3), SETTINGS],
    [
      "was accepted",
      history(20, 17, 1.3),
      { ...SETTINGS, accepted: [{ figure: "p95", commit: "7500", reason: "x" }] },
    ],
  ])("passes when the change %s, and tells it", (_name, lines, settings) => {
    const judged = judgeHistory(seriesOf(lines, 60), settings);
    expect(judged.outcome).toBe("passed");
    expect(judged.changes).toHaveLength(1);
  });

  it("is read as it was written, and a broken line is not passed over", () => {
    const lines = history(5);
    expect(readHistory(historyText(lines), "h")).toEqual(lines);
    expect(() => readHistory(`${historyText(lines)}{"at":`, "h.jsonl")).toThrow("h.jsonl, line 6");
  });
});
