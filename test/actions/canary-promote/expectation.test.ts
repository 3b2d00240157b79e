import { describe, expect, it } from "vitest";
import { describeExpectation } from "../../../actions/canary-promote/expectation.ts";
import { planRollout } from "../../../lib/rollout/plan.ts";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";

const traffic = { requestsPerSecond: 200, errorRate: 0.01, hasFailed: true };

function lines(early: boolean, holdMs = 300_000): string[] {
  const plan = planRollout({
    strategy: "canary",
    steps: [10, 50, 100].map((weightPercent) => ({
      weightPercent,
      holdMs: weightPercent === 100 ? 0 : holdMs,
    })),
    bakeMs: 0,
    holdbackPercent: 0,
    sampleIntervalMs: 1_000,
    leaseMs: 15_000,
    stepDeadlineMs: 1_800_000,
    minStepRequests: 50,
    onInconclusive: "rollback",
    early,
  });
  return describeExpectation(traffic, plan, DEFAULT_SETTINGS);
}

describe("what is expected of a rollout before it starts", () => {
  it("is how soon which fault would be found, and no word of early when it is off", () => {
    expect(lines(false)).toHaveLength(3);
    expect(lines(false)[1]).toMatch(/^ {2}at 10 %: 2× as often after 1m \d+s, 5× as often after /);
  });

  it("is, with early, how soon a good release passes each weight", () => {
    expect(lines(true).at(-1)).toMatch(
      /^with early, one that fails as often as stable is expected to pass 10 % after 1m \d+s, 50 % after \d+(\.\d)?s$/,
    );
  });

  it("is never longer than the hold, nor shorter than five windows", () => {
    expect(lines(true, 20_000).at(-1)).toContain("10 % after 20s, 50 % after 20s");
    expect(lines(true, 2_000).at(-1)).toContain("10 % after 5s, 50 % after 5s");
  });
});
