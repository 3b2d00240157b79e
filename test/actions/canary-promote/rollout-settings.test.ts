import { describe, expect, it } from "vitest";
import { mustKeepBaseline } from "../../../actions/canary-promote/rollout-settings.ts";
import type { Plan } from "../../../lib/rollout/plan.ts";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";

const FRESH = { ...DEFAULT_SETTINGS, baseline: "fresh" as const };

function planOf(strategy: Plan["strategy"], weights: readonly number[]): Plan {
  return {
    strategy,
    steps: weights.map((weightPercent) => ({ weightPercent, holdMs: 1_000 })),
    sampleIntervalMs: 1_000,
    leaseMs: 15_000,
    stepDeadlineMs: 60_000,
    minStepRequests: 50,
    onInconclusive: "rollback",
  };
}

describe("a fresh baseline that the environment asks for", () => {
  it("is not left out because a run asks for another strategy that compares", () => {
    expect(() => mustKeepBaseline(planOf("rolling", [50, 100]), FRESH)).toThrow(
      'strategy: given "rolling", but the environment\'s verdict.baseline is fresh; accepted is canary, or blue-green',
    );
  });

  it("is not missed where nothing is compared, and not where nobody asked", () => {
    expect(() => mustKeepBaseline(planOf("blue-green", [100]), FRESH)).not.toThrow();
    expect(() => mustKeepBaseline(planOf("canary", [10, 100]), FRESH)).not.toThrow();
    expect(() => mustKeepBaseline(planOf("rolling", [50, 100]), DEFAULT_SETTINGS)).not.toThrow();
  });
});
