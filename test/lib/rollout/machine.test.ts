import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enter } from "../../../lib/rollout/entry.ts";
import { type Effect, type RolloutEvent, step } from "../../../lib/rollout/machine.ts";
import { revertForLostLease } from "../../../lib/rollout/revert.ts";
import { EMPTY_STATE, type RolloutState } from "../../../lib/rollout/state.ts";
import type { Release } from "../../../lib/targets/target.ts";
import type { Digest } from "../../../lib/units/digest.ts";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";

function release(version: string): Release {
  const digest = `sha256:${version.repeat(64).slice(0, 64)}` as Digest;
  return { name: "service", version, commit: "c".repeat(40), digest };
}

function begun(baseline: "stable" | "fresh"): RolloutState {
  const placed: RolloutState = {
    ...EMPTY_STATE,
    stable: { slot: "blue", release: release("1") },
    candidate: { slot: "green", release: release("2") },
  };
  const entry = enter(placed, {
    digest: release("2").digest,
    id: "test",
    verdict: { ...DEFAULT_SETTINGS, baseline },
    plan: {
      strategy: "canary",
      steps: [10, 50, 100].map((weightPercent) => ({ weightPercent, holdMs: 1_000 })),
      sampleIntervalMs: 500,
      leaseMs: 10_000,
      stepDeadlineMs: 5_000,
      minStepRequests: 1,
      onInconclusive: "rollback",
    },
  });
  if (entry.type !== "begin") throw new Error(entry.type);
  return entry.state;
}

type Kind = RolloutEvent["type"];

const kinds = fc.constantFrom<Kind>(
  "entered",
  "routed",
  "sampled",
  "baseline-placed",
  "candidate-died",
  "baseline-died",
  "cancelled",
  "recalled",
  "broke",
  "retired",
);

/** Any story that could be told to the machine, also ones that no runner would tell. */
const stories = fc.array(
  fc.record({ kind: kinds, afterMs: fc.nat(2_000), requests: fc.nat(500), errors: fc.nat(20) }),
  { maxLength: 60 },
);
const baselines = fc.constantFrom("stable" as const, "fresh" as const);

function eventOf(kind: Kind, atMs: number, requests: number, errors: number): RolloutEvent {
  const counters = { requests, errors: Math.min(errors, requests) };
  switch (kind) {
    case "sampled":
      return {
        type: kind,
        atMs,
        sample: { t: atMs / 1_000, weight: 0.1, candidate: counters, baseline: counters },
      };
    case "candidate-died":
    case "baseline-died":
    case "cancelled":
    case "recalled":
    case "broke":
      return { type: kind, atMs, reason: kind };
    default:
      return { type: kind, atMs };
  }
}

function candidatePercent(effect: Effect): number | undefined {
  return effect.type === "route" ? effect.weights.green : undefined;
}

describe("the rollout's machine, whatever it is told,", () => {
  it("never gives a candidate traffic again after it began to take it back", () => {
    fc.assert(
      fc.property(baselines, stories, (baseline, story) => {
        let state = begun(baseline);
        let atMs = 0;
        let reverting = false;
        for (const { kind, afterMs, requests, errors } of story) {
          atMs += afterMs;
          const move = step(state, eventOf(kind, atMs, requests, errors));
          state = move.state;
          reverting ||= state.rollout?.phase === "reverting";
          const percent = candidatePercent(move.effect);
          if (reverting && percent !== undefined) expect(percent).toBe(0);
          if (reverting) expect(state.rollout?.outcome).not.toBe("promoted");
        }
      }),
    );
  });

  it("never skips a weight on the way up", () => {
    fc.assert(
      fc.property(baselines, stories, (baseline, story) => {
        let state = begun(baseline);
        let atMs = 0;
        // The first weight is due from the beginning on.
        let highest = 10;
        const ladder = [0, 10, 50, 100];
        for (const { kind, afterMs, requests, errors } of story) {
          atMs += afterMs;
          const move = step(state, eventOf(kind, atMs, requests, errors));
          state = move.state;
          const percent = candidatePercent(move.effect) ?? 0;
          expect(ladder.indexOf(percent)).toBeLessThanOrEqual(ladder.indexOf(highest) + 1);
          highest = Math.max(highest, percent);
        }
      }),
    );
  });

  it("says the same next effect to a runner that comes after a killed one", () => {
    fc.assert(
      fc.property(baselines, stories, (baseline, story) => {
        let state = begun(baseline);
        let atMs = 0;
        for (const { kind, afterMs, requests, errors } of story) {
          atMs += afterMs;
          const move = step(state, eventOf(kind, atMs, requests, errors));
          state = move.state;
          const saved = JSON.parse(JSON.stringify(state)) as RolloutState;
          const again = step(saved, { type: "entered", atMs });
          if (["route", "retire", "place-baseline"].includes(move.effect.type))
            expect(again.effect).toEqual(move.effect);
          // One that was watching takes up the weight first; one that had parked goes on watching.
          if (move.effect.type === "sample") expect(again.effect.type).toBe("route");
        }
      }),
    );
  });

  it("names a reason and closes every step once it is finished", () => {
    fc.assert(
      fc.property(baselines, stories, (baseline, story) => {
        let state = begun(baseline);
        let atMs = 0;
        for (const { kind, afterMs, requests, errors } of story) {
          atMs += afterMs;
          state = step(state, eventOf(kind, atMs, requests, errors)).state;
        }
        if (state.rollout?.phase !== "finished") return;
        expect(state.rollout.reason).toBeTruthy();
        expect(state.rollout.outcome).not.toBeNull();
        for (const record of state.rollout.steps) expect(record.outcome).not.toBe("running");
      }),
    );
  });

  it("sends all traffic somewhere, and none to a fresh baseline that was not placed or is to be stopped", () => {
    fc.assert(
      fc.property(baselines, stories, (baseline, story) => {
        let state = begun(baseline);
        let atMs = 0;
        for (const { kind, afterMs, requests, errors } of story) {
          atMs += afterMs;
          const before = state.rollout?.baseline;
          const { effect, ...move } = step(state, eventOf(kind, atMs, requests, errors));
          state = move.state;
          if (effect.type === "place-baseline") expect(state.rollout?.phase).toBe("stepping");
          if (effect.type !== "route") continue;
          const { blue, green, baseline: fresh = 0 } = effect.weights;
          expect(blue + green + fresh).toBe(100);
          for (const weight of [blue, green, fresh]) expect(weight).toBeGreaterThanOrEqual(0);
          if (state.rollout?.phase !== "stepping") expect(fresh).toBe(0);
          else if (baseline === "fresh") expect(fresh).toBe(Math.min(green, 100 - green));
          if (fresh > 0) expect(state.rollout?.baseline).toBe("placed");
          if (before === "gone") expect(fresh).toBe(0);
        }
      }),
    );
  });

  it("never leaves a fresh baseline behind, nor gives traffic to a candidate that has nothing to be compared with", () => {
    fc.assert(
      fc.property(stories, fc.boolean(), (story, isLeaseLost) => {
        let state = begun("fresh");
        let atMs = 0;
        const retired = new Set<string>();
        for (const { kind, afterMs, requests, errors } of story) {
          atMs += afterMs;
          const { effect, ...move } = step(state, eventOf(kind, atMs, requests, errors));
          state = move.state;
          if (effect.type === "retire") retired.add(effect.slot);
          if (state.rollout?.phase === "stepping" && state.rollout.baseline === "due")
            expect(candidatePercent(effect) ?? 0).toBe(0);
        }
        if (isLeaseLost) state = revertForLostLease(state, "a runner", atMs);
        if (state.rollout?.phase !== "finished") return;
        expect(state.rollout.baseline).toBe("gone");
        // The target itself stops it when it takes the traffic back.
        expect(retired.has("baseline") || isLeaseLost).toBe(true);
      }),
    );
  });
});
