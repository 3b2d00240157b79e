import { describe, expect, it } from "vitest";
import { enter } from "../../../lib/rollout/entry.ts";
import { MIN_WINDOWS } from "../../../lib/rollout/hold.ts";
import { step } from "../../../lib/rollout/machine.ts";
import { planRollout } from "../../../lib/rollout/plan.ts";
import { EMPTY_STATE, type RolloutState } from "../../../lib/rollout/state.ts";
import type { Release } from "../../../lib/targets/target.ts";
import type { Digest } from "../../../lib/units/digest.ts";
import {
  DEFAULT_SETTINGS,
  type Sample,
  type VerdictSettings,
} from "../../../lib/verdict/verdict.ts";

const HOLD_MS = 300_000;

interface Told {
  early?: boolean;
  minStepRequests?: number;
  bakeMs?: number;
  holdbackPercent?: number;
  requestsPerSecond?: number | ((weight: number) => number);
  /** How many times as often as stable the candidate fails at a weight. */
  ratioAt?: (weight: number, secondsInStep: number) => number;
  settings?: Partial<VerdictSettings>;
  change?: (sample: Sample, second: number) => Sample;
}

const ERROR_RATE = 0.01;

/** Conducts a rollout second by second on computed counters; stops at the end, or after an hour. */
function told(by: Told): NonNullable<RolloutState["rollout"]> {
  let state = begun(by);
  let second = 0;
  let stepSince = 0;
  const candidate = { requests: 0, errors: 0 };
  const baseline = { requests: 0, errors: 0 };
  let move = step(state, { type: "entered", atMs: 0 });
  for (; second < 3_600; ) {
    state = move.state;
    const atMs = second * 1_000;
    if (move.effect.type === "stop") break;
    if (move.effect.type === "route") {
      stepSince = second;
      move = step(state, { type: "routed", atMs });
      continue;
    }
    if (move.effect.type === "retire") {
      move = step(state, { type: "retired", atMs });
      continue;
    }
    second += 1;
    const weight = (state.rollout?.plan.steps[state.rollout.stepIndex]?.weightPercent ?? 0) / 100;
    const rate = requestsAt(by, weight);
    const requests = rate * weight;
    const ratio = by.ratioAt?.(weight, second - stepSince) ?? 1;
    candidate.requests += requests;
    candidate.errors += requests * ERROR_RATE * ratio;
    const rest = rate * (1 - weight);
    baseline.requests += rest;
    baseline.errors += rest * ERROR_RATE;
    const sample = { t: second, weight, candidate: floor(candidate), baseline: floor(baseline) };
    move = step(state, {
      type: "sampled",
      atMs: second * 1_000,
      sample: by.change?.(sample, second) ?? sample,
    });
  }
  if (!state.rollout) throw new Error("no rollout");
  return state.rollout;
}

function requestsAt({ requestsPerSecond: rate = 2_000 }: Told, weight: number): number {
  return typeof rate === "number" ? rate : rate(weight);
}

function floor({ requests, errors }: { requests: number; errors: number }) {
  return { requests: Math.floor(requests), errors: Math.floor(errors) };
}

function begun(by: Told): RolloutState {
  const entry = enter(
    {
      ...EMPTY_STATE,
      stable: { slot: "blue", release: release("1") },
      candidate: { slot: "green", release: release("2") },
    },
    {
      digest: release("2").digest,
      id: "test",
      verdict: { ...DEFAULT_SETTINGS, ...by.settings },
      plan: planRollout({
        strategy: "canary",
        steps: [10, 50, 100].map((weightPercent) => ({
          weightPercent,
          holdMs: weightPercent === 100 ? 0 : HOLD_MS,
        })),
        bakeMs: by.bakeMs ?? 0,
        holdbackPercent: by.holdbackPercent ?? 0,
        sampleIntervalMs: 1_000,
        leaseMs: 10_000,
        stepDeadlineMs: 2 * HOLD_MS,
        minStepRequests: by.minStepRequests ?? 50,
        onInconclusive: "rollback",
        early: by.early ?? true,
      }),
    },
  );
  if (entry.type !== "begin") throw new Error(entry.type);
  return entry.state;
}

function release(version: string): Release {
  const digest = `sha256:${version.repeat(64)}` as Digest;
  return { name: "service", version, commit: "c".repeat(40), digest };
}

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
