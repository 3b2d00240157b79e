import { describe, expect, it } from "vitest";
import { passage } from "../../../../lib/verdict/forecast/forecast.ts";
import { prospect } from "../../../../lib/verdict/forecast/prospect.ts";
import { DEFAULT_SETTINGS, type VerdictSettings } from "../../../../lib/verdict/verdict.ts";

const PLAN = {
  settings: DEFAULT_SETTINGS,
  steps: [10, 25, 50, 100].map((weightPercent) => ({ weightPercent, holdMs: 300_000 })),
  requestsPerSecond: 200,
  errorRate: 0.01,
  ratios: [2, 10],
};

describe("what a plan can show", () => {
  it("is more with more weight on the candidate, up to a half", () => {
    const { steps } = prospect(PLAN);
    const means = steps.slice(0, 3).map((step) => step.faults[0]?.meanSeconds ?? 0);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(steps[0]?.promote.p95Seconds).toBeGreaterThan(steps[0]?.promote.meanSeconds ?? 0);
  });

  it("is nothing where stable has no traffic left", () => {
    const last = prospect(PLAN).steps.at(-1);
    expect(last?.faults.map(({ meanSeconds }) => meanSeconds)).toEqual([Infinity, Infinity]);
    expect(last?.promote.meanSeconds).toBe(Infinity);
  });

  it("is hardly anything for a service that hardly ever fails", () => {
    const { whole } = prospect({ ...PLAN, errorRate: 0.00001 });
    expect(whole.faults[0]?.foundChance).toBeLessThan(0.1);
    expect(whole.promotedChance).toBeLessThan(0.1);
    expect(prospect(PLAN).whole.faults[1]?.foundChance).toBeGreaterThan(0.999);
  });

  it("counts no error that comes while the candidate is cold, but what it costs", () => {
    const coldFor = (errorsSeconds: number, change: Partial<VerdictSettings> = {}) =>
      prospect({
        ...PLAN,
        settings: { ...DEFAULT_SETTINGS, warmUp: { errorsSeconds, latencySeconds: 60 }, ...change },
      });
    const [warm, cold, never] = [coldFor(0), coldFor(400), coldFor(900)];
    // All of the first step and a third of the second.
    expect(cold.steps[0]?.faults[1]?.meanSeconds).toBeCloseTo(
      300 + (warm.steps[0]?.faults[1]?.meanSeconds ?? 0),
    );
    expect(cold.steps[1]?.promote.meanSeconds).toBeCloseTo(
      100 + (warm.steps[1]?.promote.meanSeconds ?? 0),
    );
    expect(cold.steps[2]).toEqual(warm.steps[2]);
    expect(cold.whole.promotedChance).toBeLessThan(warm.whole.promotedChance);
    // Nine in a hundred more fail: 20 requests a second for 300 s, and 50 for 100 s, before it can be found.
    const excess = cold.whole.faults[1]?.excessErrors ?? 0;
    expect(excess).toBeGreaterThan(0.09 * (20 * 300 + 50 * 100));
    expect(never.whole.faults[1]?.foundChance).toBe(0);
    expect(coldFor(400, { baseline: "fresh" }).whole.promotedChance).toBe(
      coldFor(0, { baseline: "fresh" }).whole.promotedChance,
    );
  });

  it("has times that 19 of 20 stay below, as the inverse Gaussian says", () => {
    // Drift 1 and variance 1 to a height of 10: mean 10, standard deviation the root of 10.
    const { meanSeconds, p95Seconds } = passage(10, { nats: 1, variance: 1 });
    expect(meanSeconds).toBe(10);
    expect(p95Seconds).toBeCloseTo(15.7, 0);
  });
});
