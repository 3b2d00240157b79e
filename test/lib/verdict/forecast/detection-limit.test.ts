import { describe, expect, it } from "vitest";
import {
  type Compared,
  chanceOfFinding,
  detectionLimit,
} from "../../../../lib/verdict/forecast/detection-limit.ts";
import {
  beginVerdict,
  DEFAULT_SETTINGS,
  observe,
  type VerdictState,
} from "../../../../lib/verdict/verdict.ts";
import { Random } from "../../../../perf/verdict/random.ts";

interface Watched {
  found: boolean;
  state: VerdictState;
  compared: Compared[];
}

interface Plan {
  requestsPerSecond: number;
  stableRate: number;
  /** Weight and seconds. */
  steps: ReadonlyArray<readonly [number, number]>;
}

function watch(plan: Plan, candidateRate: number, seed: number): Watched {
  const random = new Random(seed);
  const candidate = { requests: 0, errors: 0 };
  const baseline = { requests: 0, errors: 0 };
  const compared: Compared[] = [];
  let state = beginVerdict({ ...DEFAULT_SETTINGS, assumedClump: 1 });
  let t = 0;
  for (const [weight, seconds] of plan.steps) {
    const own = Math.round(plan.requestsPerSecond * weight);
    const rest = plan.requestsPerSecond - own;
    for (let second = 0; second < seconds; second += 1) {
      t += 1;
      candidate.requests += own;
      candidate.errors += random.binomial(own, candidateRate);
      baseline.requests += rest;
      baseline.errors += random.binomial(rest, plan.stableRate);
      const sample = { t, weight, candidate: { ...candidate }, baseline: { ...baseline } };
      const { state: next, finding } = observe(state, sample);
      state = next;
      if (finding.outcome === "rollback") return { found: true, state, compared };
    }
    compared.push({ candidate: own * seconds, baseline: rest * seconds });
  }
  return { found: false, state, compared };
}

const STEPS = [
  [0.1, 60],
  [0.25, 60],
  [0.5, 60],
] as const;
const RUNS = 200;

describe("what a comparison would have found", () => {
  it.each([
    { requestsPerSecond: 200, stableRate: 0.001, steps: STEPS },
    { requestsPerSecond: 40, stableRate: 0.01, steps: STEPS },
    { requestsPerSecond: 2_000, stableRate: 0.001, steps: STEPS },
  ])("is what it does find: $requestsPerSecond/s, stable fails $stableRate", (plan) => {
    const seeds = Array.from({ length: RUNS }, (_, index) => index);
    const limits = seeds.slice(0, 20).flatMap((seed) => {
      const { state, compared } = watch(plan, plan.stableRate, seed);
      return detectionLimit(compared, state) ?? [];
    });
    const limit = limits.sort((a, b) => a - b)[limits.length >> 1] ?? Number.NaN;
    expect(limit).toBeGreaterThan(plan.stableRate);
    const missed = seeds.filter((seed) => !watch(plan, limit, 1_000 + seed).found);
    // 5 % are promised of each comparison by its own limit; this is by the middle one of many.
    expect(missed.length / RUNS).toBeLessThan(0.1);
  });

  it("is more with more traffic, and nothing at all without any", () => {
    const plan = { requestsPerSecond: 100, stableRate: 0.01, steps: STEPS };
    const { state, compared } = watch(plan, 0.01, 1);
    const limits = [1, 2, 4, 8].map((times) => {
      const more = compared.map(({ candidate, baseline }) => ({
        candidate: times * candidate,
        baseline: times * baseline,
      }));
      return detectionLimit(more, state) ?? 1;
    });
    expect(limits).toEqual([...limits].sort((a, b) => b - a));
    expect(detectionLimit([], state)).toBeNull();
    expect(detectionLimit([{ candidate: 0, baseline: 1_000 }], state)).toBeNull();
  });

  it("grows with how bad the release is, and is nothing for one that is tolerated", () => {
    const plan = { requestsPerSecond: 100, stableRate: 0.01, steps: STEPS };
    const { state, compared } = watch(plan, 0.01, 1);
    const chances = [0.01, 0.02, 0.05, 0.1, 0.5, 1].map((rate) =>
      chanceOfFinding(rate, compared, state),
    );
    expect(chances).toEqual([...chances].sort((a, b) => a - b));
    expect(chances.at(-1)).toBeGreaterThan(0.99);
    expect(chanceOfFinding(0.005, compared, state)).toBe(0);
  });

  it("is known of a stable that never failed, too", () => {
    const plan = { requestsPerSecond: 100, stableRate: 0, steps: STEPS };
    const { state, compared } = watch(plan, 0, 1);
    const limit = detectionLimit(compared, state) ?? 1;
    expect(limit).toBeGreaterThan(0.0001);
    expect(limit).toBeLessThan(0.02);
  });
});
