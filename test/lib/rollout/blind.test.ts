import { describe, expect, it } from "vitest";
import { planFirstRelease, planRollout } from "../../../lib/rollout/plan.ts";
import { HOLD_MS, told } from "../../support/told-rollout.ts";

/** Stable fails 1 % of its requests. */
const FIVE_TIMES = 0.05;
const LITTLE = 2;
const MUCH = 200;

describe("a rollout that has to be able to find what it promises to", () => {
  it("is not promoted while its traffic might have missed that, and says what it waited for", () => {
    const rollout = told({
      early: false,
      requestsPerSecond: LITTLE,
      minStepRequests: 1,
      mustFindRate: FIVE_TIMES,
    });
    expect(rollout.outcome).toBe("inconclusive");
    expect(rollout.steps.map(({ outcome }) => outcome)).toEqual(["passed", "inconclusive"]);
    expect(rollout.steps.at(-1)?.watchedMs).toBeGreaterThan(HOLD_MS);
    expect(rollout.reason).toMatch(
      /it had to wait until a release that fails 5 % of requests would have been found \(now one that fails [\d.]+ % of requests would have been\)$/,
    );
  });

  it("is promoted by the same little traffic when nobody asked for that, and says what it could not have found", () => {
    const rollout = told({ early: false, requestsPerSecond: LITTLE, minStepRequests: 1 });
    expect(rollout.outcome).toBe("promoted");
    expect(rollout.reason).toMatch(
      /^2 was not found worse at any of the 2 weights .* with stable; one that fails [\d.]+ % of requests would have been$/,
    );
  });

  it("takes no longer where the traffic suffices anyway", () => {
    const asked = told({ early: false, requestsPerSecond: MUCH, mustFindRate: FIVE_TIMES });
    expect(asked.outcome).toBe("promoted");
    expect(asked.steps.slice(0, 2).map(({ watchedMs }) => watchedMs)).toEqual([HOLD_MS, HOLD_MS]);
  });

  it("waits at its last comparison only as long as it must", () => {
    const rollout = told({
      early: false,
      requestsPerSecond: 20,
      minStepRequests: 1,
      mustFindRate: 0.025,
    });
    expect(rollout.outcome).toBe("promoted");
    const [first, last] = rollout.steps.map(({ watchedMs }) => watchedMs);
    expect(first).toBe(HOLD_MS);
    expect(last).toBeGreaterThan(HOLD_MS);
    expect(last).toBeLessThan(2 * HOLD_MS);
  });

  it("is not promoted early on less, however good it looks", () => {
    const rollout = told({ requestsPerSecond: MUCH, mustFindRate: 0.012 });
    expect(rollout.steps[0]?.early).toBeDefined();
    expect(rollout.outcome).toBe("inconclusive");
  });

  it("asks nothing of the first release of all, and nothing at 100 %", () => {
    const plan = planRollout({
      strategy: "canary",
      steps: [10, 50, 100].map((weightPercent) => ({ weightPercent, holdMs: 1_000 })),
      bakeMs: 1_000,
      holdbackPercent: 5,
      sampleIntervalMs: 100,
      leaseMs: 1_000,
      stepDeadlineMs: 10_000,
      minStepRequests: 1,
      onInconclusive: "rollback",
      early: false,
      mustFindRate: FIVE_TIMES,
    });
    expect(plan.steps.map(({ mustFindRate }) => mustFindRate)).toEqual([
      undefined,
      FIVE_TIMES,
      undefined,
      undefined,
    ]);
    expect(planFirstRelease(plan).steps.map(({ mustFindRate }) => mustFindRate)).toEqual([
      undefined,
    ]);
  });
});
