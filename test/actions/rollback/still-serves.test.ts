import { describe, expect, it } from "vitest";
import { stillServes } from "../../../actions/rollback/still-serves.ts";
import { EMPTY_STATE, type Occupant, type Rollout } from "../../../lib/rollout/state.ts";
import { candidate, stable } from "../../support/memory-rollout.ts";

const before: Occupant = { slot: "blue", release: stable };
const promoted: Occupant = { slot: "green", release: candidate };
const last = { phase: "finished", release: candidate } as Rollout;

describe("a release that is to be taken back", () => {
  it("serves still where it was promoted before anybody asked", () => {
    const state = { ...EMPTY_STATE, stable: promoted, rollout: last };
    expect(stillServes(candidate.digest, state, state)).toBe(true);
    expect(stillServes(undefined, state, state)).toBe(true);
  });

  it("serves still where its rollout could only be finished", () => {
    const promoting = { ...EMPTY_STATE, stable: before, candidate: promoted, rollout: last };
    expect(stillServes(undefined, promoting, { ...EMPTY_STATE, stable: promoted })).toBe(true);
  });

  it("does not where its rollout was ended, now or by itself", () => {
    const stepping = { ...EMPTY_STATE, stable: before, candidate: promoted, rollout: last };
    const over = { ...EMPTY_STATE, stable: before, rollout: last };
    expect(stillServes(undefined, stepping, over)).toBe(false);
    expect(stillServes(candidate.digest, over, over)).toBe(false);
    expect(stillServes(undefined, over, over)).toBe(false);
  });

  it("does not where nothing serves", () => {
    expect(
      stillServes(candidate.digest, { ...EMPTY_STATE, candidate: promoted }, EMPTY_STATE),
    ).toBe(false);
  });
});
