import { describe, expect, it } from "vitest";
import { destination } from "../../../actions/rollback/destination.ts";
import { goBackTo } from "../../../actions/rollback/rollback.ts";
import { createLog } from "../../../lib/action/log.ts";
import { EMPTY_STATE, type Phase, type Rollout } from "../../../lib/rollout/state.ts";
import type { Release } from "../../../lib/targets/target.ts";
import type { Digest } from "../../../lib/units/digest.ts";
import {
  candidate,
  deploy,
  holderOf,
  Killed,
  killedIn,
  site,
  stable,
} from "../../support/memory-rollout.ts";
import { type MemoryTarget, TEST_LEASE_MS } from "../../support/memory-target.ts";
import { serviceEnvironment } from "../../support/service-environment.ts";

const oldest: Release = {
  ...stable,
  version: "0.9.0",
  digest: `sha256:${"09".repeat(32)}` as Digest,
};

/** 1.0.0 serves and 0.9.0 did before; the runner of 1.1.0 was killed in `phase`: promoting, its only way is forward. */
async function killedWhile(phase: Phase): Promise<MemoryTarget> {
  const target = site(0.001);
  target.present.push(candidate, stable, oldest);
  const { token } = await target.acquire(holderOf("promote"), TEST_LEASE_MS);
  const { value, version } = await target.read();
  await target.write({ ...value, previous: oldest }, version, token);
  await target.release(token);
  await deploy(target);
  target.afterWrite = () => {
    if (target.writes.at(-1)?.rollout?.phase === phase) throw new Killed();
  };
  await killedIn(target);
  target.afterWrite = () => {};
  return target;
}

async function goBack(target: MemoryTarget, to: string): Promise<string> {
  // As the action does: the lease of who was killed is taken over.
  const { token } = await target.acquire(holderOf("promote"), TEST_LEASE_MS);
  const lease = {
    ...{ without: [], token, lost: new AbortController().signal },
    giveBack: async () => {},
    abandon: async () => {},
  };
  return goBackTo(to, {
    ...{ environment: serviceEnvironment("/nowhere"), target, lease, reason: "a test wants it" },
    log: createLog(() => {}, {}),
    signal: new AbortController().signal,
  });
}

async function serving(target: MemoryTarget): Promise<string | undefined> {
  const { value } = await target.read();
  expect(target.weights[value.stable?.slot ?? "blue"]).toBe(100);
  return value.stable?.release.version;
}

describe("going back from a rollout that was promoting", () => {
  it("to previous goes to what it replaced, and not to the one before that", async () => {
    const target = await killedWhile("promoting");
    expect(await goBack(target, "previous")).toBe("1.0.0 serves again");
    expect(await serving(target)).toBe("1.0.0");
  });

  it("to the version that it replaced does not find that one serving", async () => {
    const target = await killedWhile("promoting");
    expect(await goBack(target, "1.0.0")).toBe("1.0.0 serves again");
    expect(await serving(target)).toBe("1.0.0");
  });

  it("to stable says that it was too late", async () => {
    const target = await killedWhile("promoting");
    expect(await goBack(target, "stable")).toContain("was promoted already");
    expect(await serving(target)).toBe("1.1.0");
  });
});

describe("going back from a rollout that has not promoted", () => {
  it("to previous goes to what it was replacing, and to the one before that only when asked again", async () => {
    const target = await killedWhile("stepping");
    expect(await goBack(target, "previous")).toContain("1.1.0 was taken back");
    expect(await serving(target)).toBe("1.0.0");
    expect(await goBack(target, "previous")).toBe("0.9.0 serves again");
    expect(await serving(target)).toBe("0.9.0");
  });

  it("to previous needs no release before what it was replacing", () => {
    const stepping = { phase: "stepping" } as Rollout;
    const state = {
      ...EMPTY_STATE,
      stable: { slot: "blue", release: stable },
      rollout: stepping,
    } as const;
    expect(destination("previous", state, [stable])).toEqual({ type: "stable" });
    expect(() => destination("previous", { ...state, rollout: null }, [stable])).toThrow(
      "no previous release",
    );
  });
});
