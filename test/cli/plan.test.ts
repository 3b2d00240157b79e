import { describe, expect, it } from "vitest";
import { prospectText } from "../../cli/plan/text.ts";
import { prospect } from "../../lib/verdict/forecast/prospect.ts";
import { DEFAULT_SETTINGS } from "../../lib/verdict/verdict.ts";

const text = (requestsPerSecond: number, errorRate: number) =>
  prospectText(
    prospect({
      settings: DEFAULT_SETTINGS,
      steps: [10, 100].map((weightPercent) => ({ weightPercent, holdMs: 300_000 })),
      requestsPerSecond,
      errorRate,
      ratios: [2, 10],
    }),
    DEFAULT_SETTINGS,
    { rate: requestsPerSecond, errorRate },
  );

describe("sluice plan", () => {
  it("prints a row per step and a column per size of the fault, each with its 95th percentile", () => {
    const lines = text(200, 0.01).split("\n");
    expect(lines.find((line) => line.startsWith("weight"))).toMatch(/×2 +×10 +promote$/);
    expect(lines.find((line) => line.startsWith("10 %"))).toMatch(/1m 38s \(3m \d+s\) +3s \(7s\)/);
  });

  it("says never where there is nothing to compare with", () => {
    expect(text(200, 0.01)).toMatch(/^100 % +5m +never +never +never$/m);
  });

  it("shows the weight of a fresh baseline, and what it costs", () => {
    const settings = { ...DEFAULT_SETTINGS, baseline: "fresh" as const };
    const steps = [10, 75, 100].map((weightPercent) => ({ weightPercent, holdMs: 300_000 }));
    const input = { settings, steps, requestsPerSecond: 200, errorRate: 0.01, ratios: [2] };
    const told = prospectText(prospect(input), settings, { rate: 200, errorRate: 0.01 });
    expect(told).toMatch(/^weight +baseline +hold/m);
    expect(told).toMatch(/^10 % +10 % +5m/m);
    expect(told).toMatch(/^75 % +25 % +5m/m);
    expect(told).toMatch(/^100 % +0 % +5m +never/m);
    expect(told).toContain("above 50 % all that the candidate leaves");
    expect(text(200, 0.01)).not.toContain("baseline");
  });

  it("says how long a good release takes: all holds, or with early what they leave of them", () => {
    expect(text(200, 0.01)).toContain("A good release takes 10m: every weight is held.");
    const early = prospect({
      settings: DEFAULT_SETTINGS,
      steps: [
        { weightPercent: 10, holdMs: 300_000, early: true },
        { weightPercent: 50, holdMs: 2_000, early: true },
        { weightPercent: 100, holdMs: 60_000 },
      ],
      leastHoldMs: 5_000,
      requestsPerSecond: 200,
      errorRate: 0.01,
      ratios: [2],
    });
    const { held, early: shortened } = early.whole.seconds;
    expect(held).toBe(300 + 5 + 60);
    // What the first weight takes to show that it is good, five windows, and the bake.
    expect(shortened).toBeCloseTo((early.steps[0]?.promote.meanSeconds ?? 0) + 5 + 60, 6);
    expect(prospectText(early, DEFAULT_SETTINGS, { rate: 200, errorRate: 0.01 })).toMatch(
      /A good release takes about 2m \d+s, as early passes .* all holds are 6m 5s\./,
    );
  });

  it("says what alpha and beta mean, and how little a service that hardly ever fails can show", () => {
    const plan = text(20, 0.0001);
    expect(plan).toContain(
      "alpha 1 %: of 100 releases that fail at most 1 times as often, about one at most",
    );
    expect(plan).toContain(
      "beta 5 %: of 20 releases that fail 2 times as often, about one at most",
    );
    expect(plan).toMatch(/^whole +found +< 0.001 %/m);
    expect(plan).toMatch(/^10 % +5m +over a day/m);
  });
});
