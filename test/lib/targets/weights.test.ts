import { describe, expect, it } from "vitest";
import { EMPTY_STATE, type Phase, type RolloutState } from "../../../lib/rollout/state.ts";
import type { Release } from "../../../lib/targets/target.ts";
import { isKeptAlive, weightsWithoutRunner } from "../../../lib/targets/weights.ts";
import type { Digest } from "../../../lib/units/digest.ts";
import { rolloutIn } from "../../support/rollout-states.ts";
import { serviceEnvironment } from "../../support/service-environment.ts";

const release = (version: string): Release => ({
  name: "service",
  version,
  commit: "c",
  digest: `sha256:${version.repeat(64)}` as Digest,
});

/** Stable is on blue, the candidate on green. */
function state(phase: Phase): RolloutState {
  return rolloutIn(phase, serviceEnvironment("/site"), release("1"), release("2"));
}

const split = { blue: 75, green: 25 };

describe("where traffic goes when the runner is gone", () => {
  it.each<Phase>(["stepping", "reverting", "finished"])("to stable while %s", (phase) => {
    expect(weightsWithoutRunner(state(phase), split)).toEqual({ blue: 100, green: 0 });
  });

  it.each<Phase>(["promoting", "retiring"])("nowhere else while %s", (phase) => {
    expect(weightsWithoutRunner(state(phase), split)).toBeUndefined();
  });

  it("nowhere else when stable has it all", () => {
    expect(weightsWithoutRunner(state("stepping"), { blue: 100, green: 0 })).toBeUndefined();
  });

  it("to stable even when no rollout was written down yet", () => {
    const placed = { ...state("stepping"), rollout: null };
    expect(weightsWithoutRunner(placed, split)).toEqual({ blue: 100, green: 0 });
  });

  it("nowhere at all when the first release of all was on trial", () => {
    const first = { ...state("stepping"), stable: null };
    expect(weightsWithoutRunner(first, { blue: 0, green: 100 })).toEqual({ blue: 0, green: 0 });
    expect(weightsWithoutRunner(EMPTY_STATE, { blue: 0, green: 0 })).toBeUndefined();
  });
});

describe("what is started again when it dies", () => {
  it.each<[Phase, boolean, boolean]>([
    ["stepping", true, false],
    ["reverting", true, false],
    ["promoting", true, true],
    ["finished", true, true],
  ])("while %s: stable %s, the candidate with all traffic %s", (phase, stable, candidate) => {
    const all = { blue: 0, green: 100 };
    expect(isKeptAlive("blue", state(phase), all)).toBe(stable);
    expect(isKeptAlive("green", state(phase), all)).toBe(candidate);
  });

  it("is no candidate that has no traffic", () => {
    expect(isKeptAlive("green", state("finished"), { blue: 100, green: 0 })).toBe(false);
  });

  it("is what has all traffic, before anything was written down", () => {
    expect(isKeptAlive("green", EMPTY_STATE, { blue: 0, green: 100 })).toBe(true);
  });
});
