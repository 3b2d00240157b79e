import { describe, expect, it } from "vitest";
import { Progress } from "../../../actions/canary-promote/progress.ts";
import type { Rollout, StepRecord } from "../../../lib/rollout/state.ts";
import type { Digest } from "../../../lib/units/digest.ts";
import { beginVerdict, DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";

const digest = `sha256:${"0".repeat(64)}` as Digest;

const passed: StepRecord = {
  weightPercent: 10,
  startedAtMs: 0,
  endedAtMs: 58_000,
  deadlineAtMs: 600_000,
  watchedMs: 57_000,
  lastSampleAtMs: 58_000,
  candidateRequestsBefore: 0,
  outcome: "passed",
  evidence: null,
};

function rollout(steps: StepRecord[]): Rollout {
  return {
    id: "1",
    release: { name: "service", version: "1.1.0", commit: "c", digest },
    candidateSlot: "green",
    stableSlot: "blue",
    plan: {
      strategy: "canary",
      steps: [{ weightPercent: 10, holdMs: 300_000, early: true }],
      sampleIntervalMs: 1_000,
      leaseMs: 15_000,
      stepDeadlineMs: 600_000,
      minStepRequests: 50,
      onInconclusive: "rollback",
    },
    phase: "stepping",
    stepIndex: 0,
    verdict: beginVerdict(DEFAULT_SETTINGS),
    steps,
    firstTrafficAtMs: 0,
    toZeroAtMs: null,
    outcome: null,
    reason: null,
    endedAtMs: null,
    parked: null,
  };
}

describe("the log of a rollout", () => {
  it("says of a step that was passed early that it was, and why", () => {
    const early = rollout([{ ...passed, early: "watched for 57s of 5m: it was good" }]);
    expect(new Progress().lines(early, { type: "routed", atMs: 58_000 })).toContain(
      "  10 % passed early after 58s; watched for 57s of 5m: it was good",
    );
  });

  it("says of any other only how it ended", () => {
    const held = rollout([passed]);
    expect(new Progress().lines(held, { type: "routed", atMs: 58_000 })).toContain(
      "  10 % passed after 58s",
    );
  });

  it("names the share of a fresh baseline, and what the candidate is compared with", () => {
    const running: StepRecord = {
      ...passed,
      baselinePercent: 10,
      endedAtMs: null,
      outcome: "running",
      evidence: {
        worse: 1,
        threshold: 100,
        goodEnough: 1,
        goodEnoughThreshold: 20,
        candidate: { requests: 90, errors: 1 },
        baseline: { requests: 91, errors: 2 },
      },
    };
    const compared = {
      ...rollout([running]),
      baseline: "placed" as const,
      verdict: beginVerdict({ ...DEFAULT_SETTINGS, baseline: "fresh" }),
    };
    const sample = { t: 58, weight: 0.1, candidate: null, baseline: null };
    const lines = new Progress().lines(compared, { type: "sampled", atMs: 58_000, sample });
    expect(lines[0]).toBe("→ 10 % to the candidate, 10 % to a fresh baseline");
    expect(lines[1]).toContain("candidate 1/90 failed · fresh stable 2/91");
  });
});
