import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, digestOf } from "../../../lib/evidence/canonical.ts";
import { recordJsonSchema } from "../../../lib/evidence/json-schema.ts";
import { Rollout } from "../../../lib/evidence/record.ts";
import { rolloutEvidence } from "../../../lib/evidence/rollout.ts";
import type { Rollout as RolloutState } from "../../../lib/rollout/state.ts";
import { parseDigest } from "../../../lib/units/digest.ts";
import { beginVerdict, DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";

describe("canonical JSON", () => {
  it("sorts keys, leaves out what is undefined and has no space", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "ü" }], a: undefined, A: 1e21, "": -0 })).toBe(
      '{"":0,"A":1e+21,"b":[1,{"c":"ü","d":null}]}',
    );
  });

  it("refuses numbers that JSON cannot say", () => {
    expect(() => canonicalJson({ worse: Infinity })).toThrow("Infinity has no JSON");
  });

  it("means the same, and is the same however the value was put together", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it("has the digest that sha256sum prints", () => {
    expect(digestOf("abc")).toBe(
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reversed(inner)]);
  return Object.fromEntries(entries.toReversed());
}

describe("the record's JSON Schema", () => {
  it("is the one that is committed", async () => {
    const path = new URL("../../../lib/evidence/record.schema.json", import.meta.url);
    expect(await readFile(path, "utf8")).toBe(recordJsonSchema());
  });
});

describe("the evidence of a kept rollout", () => {
  const digest = parseDigest("0".repeat(64));
  if (!digest) throw new Error("no digest");
  const state: RolloutState = {
    id: "1",
    release: { name: "engine", version: "1.2.0", commit: "c", digest },
    candidateSlot: "green",
    stableSlot: "blue",
    plan: {
      strategy: "canary",
      steps: [{ weightPercent: 10, holdMs: 8_000 }],
      sampleIntervalMs: 500,
      leaseMs: 3_000,
      stepDeadlineMs: 60_000,
      minStepRequests: 1,
      onInconclusive: "rollback",
    },
    phase: "finished",
    stepIndex: 0,
    verdict: beginVerdict(DEFAULT_SETTINGS),
    steps: [
      {
        weightPercent: 10,
        startedAtMs: 1_000,
        endedAtMs: 4_250,
        deadlineAtMs: 61_000,
        watchedMs: 3_000,
        lastSampleAtMs: 4_200,
        candidateRequestsBefore: 0,
        outcome: "rollback",
        evidence: null,
      },
    ],
    firstTrafficAtMs: 1_000,
    toZeroAtMs: 4_312,
    outcome: "rolled-back",
    reason: "worse",
    endedAtMs: 5_000,
    parked: null,
  };

  it("names moments in ISO time and counts the seconds to zero", () => {
    expect(rolloutEvidence(state)).toEqual({
      plan: { strategy: "canary", steps: [{ weight: 10, holdMs: 8_000 }] },
      steps: [
        {
          weight: 10,
          startedAt: "1970-01-01T00:00:01.000Z",
          endedAt: "1970-01-01T00:00:04.250Z",
          outcome: "rollback",
          evidence: null,
        },
      ],
      secondsToZero: 3.312,
    });
    expect(Rollout.safeParse(rolloutEvidence(state)).success).toBe(true);
  });

  it("keeps what the verdict said: its paragraph, each metric, the control, and why a step was passed early", () => {
    const evidence = {
      worse: 0.4,
      threshold: 100,
      goodEnough: 24,
      goodEnoughThreshold: 20,
      candidate: { requests: 1_000, errors: 1 },
      baseline: { requests: 9_000, errors: 9 },
      metrics: { errors: 0.3, "errors:corrupted": 0.9, "latency:0.05": 0.8, instances: 1.1 },
      control: 0.7,
    };
    const explanation = "Good enough to go on.";
    const steps = state.steps.map((step) => ({ ...step, evidence, explanation, early: "shown" }));
    const kept = Rollout.parse(rolloutEvidence({ ...state, steps }));
    expect(kept.steps[0]).toMatchObject({ evidence, explanation, early: "shown" });
  });

  it("has no seconds to zero while the candidate still has traffic, or never had any", () => {
    expect(rolloutEvidence({ ...state, toZeroAtMs: null }).secondsToZero).toBeNull();
    expect(rolloutEvidence({ ...state, firstTrafficAtMs: null }).secondsToZero).toBeNull();
  });
});
