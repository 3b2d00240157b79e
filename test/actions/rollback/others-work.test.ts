import { describe, expect, it } from "vitest";
import { othersWork } from "../../../actions/rollback/others-work.ts";
import { EMPTY_STATE, type RolloutState } from "../../../lib/rollout/state.ts";
import type { Lease, Release } from "../../../lib/targets/target.ts";
import type { Digest } from "../../../lib/units/digest.ts";

function release(version: string): Release {
  const digest = `sha256:${version.replaceAll(".", "").padEnd(64, "0")}` as Digest;
  return { name: "service", version, commit: "c", digest };
}

const mine = release("1.1.0");
const others = release("1.2.0");
const lease: Lease = {
  holder: { key: "run/2/promote", description: "run 2 job promote" },
  token: 1,
  sinceMs: 0,
  expiresAtMs: 1,
};

function placed(candidate: Release): RolloutState {
  return { ...EMPTY_STATE, candidate: { slot: "green", release: candidate } };
}

describe("a job that takes its own release back", () => {
  it("finds nobody in its way where its release is placed, whoever holds the lease", () => {
    expect(othersWork(mine.digest, placed(mine), null)).toBeUndefined();
    expect(othersWork(mine.digest, placed(mine), lease)).toBeUndefined();
  });

  it("finds nobody in its way where nothing is placed and nobody works", () => {
    expect(othersWork(mine.digest, EMPTY_STATE, null)).toBeUndefined();
  });

  it("leaves another release alone, and says which and whose it is", () => {
    expect(othersWork(mine.digest, placed(others), lease)).toBe(
      "another release, 1.2.0, is being let through by run 2 job promote",
    );
    expect(othersWork(mine.digest, placed(others), null)).toBe(
      "another release, 1.2.0, is being let through",
    );
  });

  it("leaves alone who is placing something just now", () => {
    expect(othersWork(mine.digest, EMPTY_STATE, lease)).toBe(
      "the target is in use by run 2 job promote",
    );
  });
});
