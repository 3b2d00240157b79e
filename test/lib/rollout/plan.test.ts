import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describePlan, type PlanSettings, planRollout } from "../../../lib/rollout/plan.ts";

const settings: PlanSettings = {
  strategy: "canary",
  steps: [
    { weightPercent: 10, holdMs: 8_000 },
    { weightPercent: 50, holdMs: 3_000 },
    { weightPercent: 100, holdMs: 0 },
  ],
  bakeMs: 0,
  holdbackPercent: 0,
  sampleIntervalMs: 1_000,
  leaseMs: 15_000,
  stepDeadlineMs: 60_000,
  minStepRequests: 10,
  onInconclusive: "rollback",
  early: false,
};

describe("a plan", () => {
  it("of a canary is its steps", () => {
    expect(describePlan(planRollout(settings))).toBe("canary 10 % (8s) → 50 % (3s) → 100 %");
  });

  it("of blue-green gives everything at once and bakes", () => {
    const plan = planRollout({ ...settings, strategy: "blue-green", bakeMs: 60_000 });
    expect(describePlan(plan)).toBe("blue-green 100 % (1m)");
  });

  it("of rolling has the steps of its batches of hosts", () => {
    const plan = planRollout({ ...settings, strategy: "rolling" });
    expect(plan.steps.map((step) => step.weightPercent)).toEqual([10, 50, 100]);
  });

  it("keeps the holdback with stable while it bakes, and then gives that too", () => {
    const plan = planRollout({ ...settings, bakeMs: 30_000, holdbackPercent: 5 });
    expect(describePlan(plan)).toBe("canary 10 % (8s) → 50 % (3s) → 95 % (30s) → 100 %");
  });

  it("lets evidence end the holds below 100 % when asked to, but never the bake", () => {
    const plan = planRollout({ ...settings, early: true, bakeMs: 30_000, holdbackPercent: 5 });
    expect(plan.steps.map((step) => step.early ?? false)).toEqual([true, true, false, false]);
    expect(describePlan(plan)).toBe(
      "canary 10 % (at most 8s) → 50 % (at most 3s) → 95 % (30s) → 100 %",
    );
    for (const step of planRollout(settings).steps) expect(step.early).toBeUndefined();
  });

  it("always ascends to 100 %, whatever is asked for", () => {
    const weights = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 6 });
    const strategies = fc.constantFrom(
      "canary" as const,
      "blue-green" as const,
      "rolling" as const,
    );
    const holdback = fc.integer({ min: 0, max: 99 });
    fc.assert(
      fc.property(weights, strategies, holdback, (given, strategy, holdbackPercent) => {
        const steps = [...given.sort((a, b) => a - b), 100].map((weightPercent) => ({
          weightPercent,
          holdMs: 1_000,
        }));
        const plan = planRollout({ ...settings, steps, strategy, holdbackPercent });
        const planned = plan.steps.map((step) => step.weightPercent);
        expect(planned).toEqual([...new Set(planned)].sort((a, b) => a - b));
        expect(planned.at(-1)).toBe(100);
      }),
    );
  });
});
