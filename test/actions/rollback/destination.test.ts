import { describe, expect, it } from "vitest";
import { destination } from "../../../actions/rollback/destination.ts";
import { servedWith } from "../../../lib/rollout/served.ts";
import { EMPTY_STATE, type RolloutState } from "../../../lib/rollout/state.ts";
import type { Release } from "../../../lib/targets/target.ts";
import type { Digest } from "../../../lib/units/digest.ts";
import { candidate, deploy, promote, site, stable } from "../../support/memory-rollout.ts";

const other: Release = { ...candidate, version: "1.2.0", digest: digestOf(2) };

function digestOf(index: number): Digest {
  return `sha256:${String(index).padStart(64, "0")}` as Digest;
}

/** 1.1.0 serves, 1.0.0 did before; 1.2.0 was placed once, and is still there. */
async function promoted(): Promise<RolloutState> {
  const target = site(0.001);
  await deploy(target);
  await promote(target);
  return (await target.read()).value;
}

describe("a version to go back to", () => {
  it("is one that served before", async () => {
    const state = await promoted();
    expect(state.served).toEqual([stable.digest, candidate.digest]);
    expect(destination("v1.0.0", state, [stable, candidate])).toEqual({
      type: "release",
      release: stable,
    });
  });

  it("is none that was taken back, or never judged, though its bytes are there", async () => {
    const state = await promoted();
    expect(() => destination("1.2.0", state, [stable, candidate, other])).toThrow(
      "1.2.0 is present, but has never served: 1.1.0 is serving; served before, and present: 1.0.0",
    );
    expect(() => destination(other.digest, state, [other])).toThrow("has never served");
  });

  it("is any that is there, where the state is of before that was kept", async () => {
    const { served: _, ...old } = await promoted();
    expect(destination("1.2.0", old, [other])).toEqual({ type: "release", release: other });
    expect(servedWith(old, other)).toEqual([stable.digest, candidate.digest, other.digest]);
  });

  it("is remembered once, and not for ever", () => {
    let state: RolloutState = EMPTY_STATE;
    for (let index = 0; index < 40; index += 1) {
      state = { ...state, served: servedWith(state, { ...stable, digest: digestOf(index % 20) }) };
    }
    expect(state.served).toEqual(Array.from({ length: 16 }, (_, index) => digestOf(index + 4)));
  });
});
