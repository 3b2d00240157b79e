import { describe, expect, it } from "vitest";
import { passage } from "../../../lib/verdict/forecast.ts";
import { prospect } from "../../../lib/verdict/prospect.ts";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";

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

  it("has times that 19 of 20 stay below, as the inverse Gaussian says", () => {
    // Drift 1 and variance 1 to a height of 10: mean 10, standard deviation the root of 10.
    const { meanSeconds, p95Seconds } = passage(10, { nats: 1, variance: 1 });
    expect(meanSeconds).toBe(10);
    expect(p95Seconds).toBeCloseTo(15.7, 0);
  });
});
