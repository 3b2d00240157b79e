import { describe, expect, it } from "vitest";
import { enter } from "../../../lib/rollout/entry.ts";
import { type RolloutEvent, step } from "../../../lib/rollout/machine.ts";
import type { RolloutState } from "../../../lib/rollout/state.ts";
import { DEFAULT_SETTINGS, VERDICT_SCHEMA } from "../../../lib/verdict/verdict.ts";
import { begun } from "../../support/told-rollout.ts";

/** A minute at the first weight, with a candidate that fails so often; stable fails 1 %. */
function watched(state: RolloutState, from: number, errorRate: number): RolloutState {
  const routed: RolloutEvent = { type: "routed", atMs: from * 1_000 };
  let now = step(state, routed).state;
  for (let t = from + 1; t <= from + 60; t += 1) {
    const sample = {
      t,
      weight: 0.1,
      candidate: { requests: 200 * t, errors: Math.floor(200 * t * errorRate) },
      baseline: { requests: 1_800 * t, errors: 18 * t },
    };
    now = step(now, { type: "sampled", atMs: t * 1_000, sample }).state;
  }
  return now;
}

/** As a version of Sluice kept it whose evidence had other parts. */
function keptByAnother(state: RolloutState): RolloutState {
  const kept = JSON.parse(JSON.stringify(state));
  kept.rollout.verdict = { schema: VERDICT_SCHEMA - 1, settings: DEFAULT_SETTINGS, streams: {} };
  return kept;
}

function takenUp(state: RolloutState): RolloutState {
  const digest = state.candidate?.release.digest;
  if (!digest || !state.rollout) throw new Error("there is no candidate");
  const entry = enter(state, {
    digest,
    id: "again",
    plan: state.rollout.plan,
    verdict: DEFAULT_SETTINGS,
  });
  if (entry.type !== "resume") throw new Error(entry.type);
  return step(entry.state, { type: "entered", atMs: 60_000 }).state;
}

describe("a rollout that another version of Sluice began", () => {
  it("is gone on with: evidence is gathered anew, and finds what is bad", () => {
    const before = watched(begun({ early: false }), 0, 0.01);
    expect(before.rollout?.steps.at(-1)?.evidence?.candidate.requests).toBeGreaterThan(10_000);
    const after = takenUp(keptByAnother(before));
    expect(after.rollout?.steps.at(-1)).toMatchObject({ outcome: "running", evidence: null });
    const bad = watched(after, 60, 0.1);
    expect(bad.rollout?.outcome).toBe("rolled-back");
  });

  it("is not passed on the requests that were counted before", () => {
    const before = watched(begun({ early: false, minStepRequests: 100_000 }), 0, 0.01);
    const after = watched(takenUp(keptByAnother(before)), 60, 0.01);
    const record = after.rollout?.steps.at(-1);
    expect(record?.outcome).toBe("running");
    expect(record?.evidence?.candidate.requests).toBeLessThan(13_000);
    expect(record?.evidence?.worse).toBeLessThan(100);
  });

  it("goes on with its evidence when it is of this version", () => {
    const before = watched(begun({ early: false }), 0, 0.01);
    expect(takenUp(before).rollout?.verdict).toEqual(before.rollout?.verdict);
  });
});
