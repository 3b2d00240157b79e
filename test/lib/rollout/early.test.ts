import { describe, expect, it } from "vitest";
import { MIN_WINDOWS } from "../../../lib/rollout/hold.ts";
import { step } from "../../../lib/rollout/machine.ts";
import type { RolloutState } from "../../../lib/rollout/state.ts";
import type { Sample } from "../../../lib/verdict/verdict.ts";
import { begun, HOLD_MS, told } from "../../support/told-rollout.ts";

const outcomes = ({ steps }: ReturnType<typeof told>) => steps.map(({ outcome }) => outcome);

describe("a step that may be passed early", () => {
  it("is, once this step alone has shown that the candidate is good, and says why", () => {
    const rollout = told({});
    expect(rollout.outcome).toBe("promoted");
    const [first, second, last] = rollout.steps;
    for (const record of [first, second]) {
      expect(record?.outcome).toBe("passed");
      expect(record?.watchedMs).toBeLessThan(HOLD_MS / 4);
      expect(record?.watchedMs).toBeGreaterThanOrEqual(MIN_WINDOWS * 1_000);
      expect(record?.early).toMatch(/^watched for .* of 5m: at this weight alone, evidence that /);
      expect(record?.early).toContain("in at most 5 % of rollouts");
    }
    expect(last?.early).toBeUndefined();
  });

  it("is held for its whole time when nobody asked for it", () => {
    const rollout = told({ early: false });
    expect(rollout.outcome).toBe("promoted");
    for (const record of rollout.steps.slice(0, 2)) {
      expect(record.watchedMs).toBe(HOLD_MS);
      expect(record.early).toBeUndefined();
    }
  });

  it("is not before five windows were watched, however many requests there are", () => {
    const rollout = told({ requestsPerSecond: 1_000_000 });
    for (const record of rollout.steps.slice(0, 2))
      expect(record.watchedMs).toBe(MIN_WINDOWS * 1_000);
  });

  it("is not below min-requests on the candidate", () => {
    const rollout = told({ minStepRequests: 30_000 });
    const [first] = rollout.steps;
    expect(first?.evidence?.candidate.requests).toBeGreaterThanOrEqual(30_000);
    expect(first?.early).toBeDefined();
  });

  it("is not by what a lower weight has shown, but by what this one has", () => {
    const rollout = told({ requestsPerSecond: (weight) => (weight < 0.5 ? 20_000 : 20) });
    expect(rollout.steps[0]?.watchedMs).toBeLessThan(20_000);
    expect(rollout.steps[1]?.watchedMs).toBeGreaterThan(60_000);
  });

  it("is not when a fault comes with more traffic", () => {
    const rollout = told({ ratioAt: (weight) => (weight < 0.5 ? 1 : 1.9) });
    expect(rollout.steps[0]?.early).toBeDefined();
    expect(rollout.steps[1]?.early).toBeUndefined();
    expect(rollout.outcome).not.toBe("promoted");
  });

  it("is not while any metric by itself leans against the candidate", () => {
    const kinds = (sample: Sample): Sample => ({
      ...sample,
      candidate: sample.candidate && {
        ...sample.candidate,
        kinds: { corrupted: Math.floor(sample.candidate.requests / 500) },
      },
      baseline: sample.baseline && { ...sample.baseline, kinds: { corrupted: 0 } },
    });
    const settings = { weights: { latency: 0.2, kinds: { corrupted: 0.0001 } } };
    const rollout = told({ settings, change: kinds });
    expect(rollout.steps.filter(({ early }) => early !== undefined)).toEqual([]);
  });

  it("is not when stable's own instances differ from each other", () => {
    const instances = (sample: Sample): Sample => {
      const { baseline, candidate } = sample;
      const half = (arm: typeof baseline, share: number) =>
        arm && { requests: Math.floor(arm.requests / 2), errors: Math.floor(arm.errors * share) };
      return {
        ...sample,
        instances: {
          candidate: { a: half(candidate, 0.5), b: half(candidate, 0.5) },
          baseline: { a: half(baseline, 0.95), b: half(baseline, 0.05) },
        },
      };
    };
    const rollout = told({ requestsPerSecond: 20_000, change: instances });
    // Before the control has found it, a step may have been passed; afterwards none is.
    expect(rollout.steps[0]?.early).toBeUndefined();
    expect(rollout.steps[1]?.early).toBeUndefined();
  });

  it("is not without counters, nor without traffic on stable", () => {
    const dead = told({ change: (sample) => ({ ...sample, candidate: null }) });
    expect(outcomes(dead)).toEqual(["inconclusive"]);
    const noBaseline = told({
      change: (sample) => ({ ...sample, baseline: { requests: 5, errors: 0 } }),
    });
    expect(noBaseline.steps.filter(({ early }) => early !== undefined)).toEqual([]);
  });

  it("is never the bake, with a holdback or without", () => {
    for (const holdbackPercent of [0, 10]) {
      const rollout = told({ bakeMs: HOLD_MS, holdbackPercent });
      expect(rollout.outcome).toBe("promoted");
      const baked = rollout.steps[2];
      expect(baked?.watchedMs).toBe(HOLD_MS);
      expect(baked?.early).toBeUndefined();
    }
  });

  it("does not keep a bad candidate from going back at once", () => {
    const rollout = told({ ratioAt: () => 10 });
    expect(outcomes(rollout)).toEqual(["rollback"]);
  });

  it("goes on in a rollout that an older runner began, without passing early what it opened", () => {
    const before = step(begun({}), { type: "entered", atMs: 0 }).state;
    const opened = step(before, { type: "routed", atMs: 0 }).state;
    const old = JSON.parse(JSON.stringify(opened)) as RolloutState;
    for (const record of old.rollout?.steps ?? []) delete record.goodBefore;
    let state = old;
    for (let second = 1; second < 60; second += 1) {
      const counters = (weight: number) => ({
        requests: second * 100_000 * weight,
        errors: second * 1_000 * weight,
      });
      const sample = { t: second, weight: 0.1, candidate: counters(0.1), baseline: counters(0.9) };
      state = step(state, { type: "sampled", atMs: second * 1_000, sample }).state;
    }
    expect(state.rollout?.steps).toHaveLength(1);
    expect(state.rollout?.steps[0]?.outcome).toBe("running");
  });
});
