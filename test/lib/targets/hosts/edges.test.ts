import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EMPTY_STATE, type RolloutState } from "../../../../lib/rollout/state.ts";
import { refuseWhileBehind, sendersTo } from "../../../../lib/targets/hosts/behind.ts";
import type { Digest } from "../../../../lib/units/digest.ts";
import { expectCode } from "../contract.ts";
import { localEdges } from "./local-edges.ts";

const RUNNER = { key: "run/1", description: "run 1 job promote" };
const OTHER = { key: "run/2", description: "run 2 job promote" };
const LEASE_MS = 60_000;
const STABLE: RolloutState = {
  ...EMPTY_STATE,
  stable: {
    slot: "blue",
    release: { name: "s", version: "1", commit: "c", digest: `sha256:${"0".repeat(64)}` as Digest },
  },
};

let lab: Awaited<ReturnType<typeof localEdges>>;
beforeEach(async () => {
  lab = await localEdges(2);
});
afterEach(() => lab.remove());

const weights = () => Promise.all(lab.all.map((one) => one.weights()));

describe.runIf(process.platform === "linux")("two edges as one", () => {
  it("set weights on both, and read both back", async () => {
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    const read = await lab.edges.route({ blue: 75, green: 25 }, token);
    expect(read.map(([name, servers]) => [name, servers.get("b-green")])).toEqual([
      ["edge-1", 25],
      ["edge-2", 25],
    ]);
    expect(await weights()).toEqual([
      { blue: 75, green: 25 },
      { blue: 75, green: 25 },
    ]);
  });

  it("set back the one that could, when the other could not, and name it", async () => {
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    await lab.edges.route({ blue: 100, green: 0 }, token);
    await lab.all[1]?.haproxy("gone");
    const error = await expectCode(
      lab.edges.route({ blue: 90, green: 10 }, token),
      "target-unreachable",
    );
    expect(error.message).toContain("edge-2");
    expect(await lab.all[0]?.weights()).toEqual({ blue: 100, green: 0 });
  });

  it("go back to stable wherever that can be done, and the guard does the rest", async () => {
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    // Its ledger answers: whether HAProxy is back soon is waited for.
    const { version } = await lab.edges.read();
    await lab.edges.route({ blue: 90, green: 10 }, token);
    await lab.edges.write(STABLE, version, token);
    await lab.all[1]?.haproxy("gone");
    await expectCode(lab.edges.route({ blue: 100, green: 0 }, token), "target-unreachable");
    expect(await lab.all[0]?.weights()).toEqual({ blue: 100, green: 0 });
    await lab.all[1]?.haproxy({ blue: 90, green: 10 });
    await lab.all[1]?.guard();
    expect(await lab.all[1]?.weights()).toEqual({ blue: 100, green: 0 });
  });

  it("refuse a second runner, and the first one's old token", async () => {
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    const error = await expectCode(lab.edges.acquire(OTHER, LEASE_MS), "lease-held");
    expect(error.message).toContain(RUNNER.description);
    const again = await lab.edges.acquire(RUNNER, LEASE_MS);
    expect(again.token).toBeGreaterThan(token);
    await expectCode(lab.edges.route({ blue: 100, green: 0 }, token), "lease-lost");
  });

  it("tell an edge that missed something what a majority holds", async () => {
    const first = await lab.edges.acquire(RUNNER, LEASE_MS);
    const { version } = await lab.edges.read();
    await lab.edges.write(STABLE, version, first.token);
    await lab.edges.release(first.token);
    await lab.all[1]?.call(["acquire", "900", "1", "eA==", "e30="]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const next = await lab.edges.acquire(OTHER, LEASE_MS);
    expect(next.token).toBeGreaterThan(900);
    const held = await lab.all[1]?.edge.read();
    expect(JSON.parse(held?.stateText ?? "")).toEqual(STABLE);
  });
});

const NEXT = { ...STABLE.stable?.release, version: "2" } as NonNullable<
  RolloutState["stable"]
>["release"];

/** Stable on blue with all traffic, and nobody at work. */
async function settled(): Promise<void> {
  const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
  const { version } = await lab.edges.read();
  await lab.edges.write(STABLE, version, token);
  await lab.edges.route({ blue: 100, green: 0 }, token);
  await lab.edges.release(token);
}

describe.runIf(process.platform === "linux")("two edges and the first host", () => {
  it.each([[0], [1]])(
    "do without edge %i, and say so; what it may serve is not stopped",
    async (index) => {
      await settled();
      const [gone, here] = [lab.all[index], lab.all[1 - index]];
      await gone?.reachable(false);
      const { token, without } = await lab.edges.acquire(RUNNER, LEASE_MS);
      expect(without).toEqual([`edge-${index + 1}`]);
      await lab.edges.route({ blue: 0, green: 100 }, token);
      expect(await here?.weights()).toEqual({ blue: 0, green: 100 });
      expect(await gone?.weights()).toEqual({ blue: 100, green: 0 });
      const behind = await lab.edges.behind();
      expect(sendersTo("blue", behind)).toEqual([`edge-${index + 1}`]);
      expect(sendersTo("green", behind)).toEqual([]);
      expect(() => refuseWhileBehind("blue", behind)).toThrow("may still send requests to blue");
    },
  );

  it("give an edge that comes back the state and the weights that it missed", async () => {
    await settled();
    await lab.all[0]?.reachable(false);
    const first = await lab.edges.acquire(RUNNER, LEASE_MS);
    const { version } = await lab.edges.read();
    await lab.edges.route({ blue: 0, green: 100 }, first.token);
    const promoted: RolloutState = { ...STABLE, stable: { slot: "green", release: NEXT } };
    await lab.edges.write(promoted, version, first.token);
    await lab.edges.release(first.token);
    expect(Object.keys(await lab.open().behind())).toEqual(["edge-1"]);
    await lab.all[0]?.reachable(true);
    const other = lab.open();
    const { without, token } = await other.acquire(OTHER, LEASE_MS);
    expect(without).toBeUndefined();
    expect(await weights()).toEqual([
      { blue: 0, green: 100 },
      { blue: 0, green: 100 },
    ]);
    expect(await other.behind()).toEqual({});
    expect((await other.read()).value).toEqual(promoted);
    await other.release(token);
    expect((await lab.open().read()).value).toEqual(promoted);
  });

  it("count an edge that was lost in the middle of a rollout as sending to either slot", async () => {
    await settled();
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    await lab.edges.write(rollingOut(), (await lab.edges.read()).version, token);
    await lab.all[1]?.reachable(false);
    await lab.edges.acquire(RUNNER, LEASE_MS);
    expect(await lab.edges.behind()).toEqual({ "edge-2": ["blue", "green"] });
  });

  it("take the candidate back when one is lost in the middle of its trial, by those who are left, and name it", async () => {
    await settled();
    const { token, without } = await lab.edges.acquire(RUNNER, LEASE_MS);
    expect(without).toBeUndefined();
    let { version } = await lab.edges.read();
    version = await lab.edges.write(rollingOut(), version, token);
    await lab.edges.route({ blue: 90, green: 10 }, token);
    await lab.all[1]?.reachable(false);
    version = await lab.edges.write({ ...rollingOut(), candidate: null }, version, token);
    const lost = "edge-2 was lost in the middle of the rollout";
    expect((await expectCode(lab.edges.status(), "refused")).message).toContain(lost);
    await expectCode(lab.edges.route({ blue: 75, green: 25 }, token), "refused");
    expect(await lab.all[0]?.weights()).toEqual({ blue: 90, green: 10 });

    version = await lab.edges.write(inPhase("reverting"), version, token);
    const read = await lab.edges.route({ blue: 100, green: 0 }, token);
    expect(read.map(([name]) => name)).toEqual(["edge-1"]);
    expect((await lab.edges.status()).map(({ edge }) => edge.name)).toEqual(["edge-1"]);
    expect((await lab.edges.renew(token, LEASE_MS)).without).toEqual(["edge-2"]);
    await lab.edges.write(inPhase("finished"), version, token);
    await lab.edges.release(token);
    // Whoever comes next knows that it may send requests to either slot, until it is back.
    expect(await lab.open().behind()).toEqual({ "edge-2": ["blue", "green"] });
    expect((await lab.open().read()).value.rollout?.phase).toBe("finished");
    await lab.all[1]?.reachable(true);
    const next = await lab
      .open()
      .acquire(OTHER, LEASE_MS)
      .catch((error: unknown) => error);
    // Its own lease still runs, and it may not be moved before that is over.
    expect(next).toMatchObject({ code: "lease-held" });
  });

  it("finish what is decided without one that is lost on the way", async () => {
    await settled();
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    const { version } = await lab.edges.read();
    const promoting = await lab.edges.write(
      { ...inPhase("promoting", "promoted") },
      version,
      token,
    );
    await lab.all[1]?.reachable(false);
    await lab.edges.check(token);
    const read = await lab.edges.route({ blue: 0, green: 100 }, token);
    expect(read.map(([name]) => name)).toEqual(["edge-1"]);
    await lab.edges.write(inPhase("finished", "promoted"), promoting, token);
    expect(sendersTo("blue", await lab.edges.behind())).toEqual(["edge-2"]);
  });

  it("wait a little for one that answers again", async () => {
    await settled();
    const { token } = await lab.edges.acquire(RUNNER, 100 * LEASE_MS);
    const { version } = await lab.edges.read();
    await lab.all[1]?.reachable(false);
    const writing = lab.edges.write(rollingOut(), version, token);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await lab.all[1]?.reachable(true);
    await writing;
    expect(await lab.edges.behind()).toEqual({});
    expect((await lab.edges.status()).map(({ edge }) => edge.name)).toEqual(["edge-1", "edge-2"]);
  });

  it("go on with every slot when one that is gone for good is taken out of the environment file", async () => {
    await settled();
    await lab.all[0]?.reachable(false);
    const first = await lab.edges.acquire(RUNNER, LEASE_MS);
    await lab.edges.release(first.token);
    expect(sendersTo("blue", await lab.open().behind())).toEqual(["edge-1"]);
    const fewer = lab.withoutFirst();
    const { without } = await fewer.acquire(OTHER, LEASE_MS);
    expect(without).toBeUndefined();
    expect(await fewer.behind()).toEqual({});
    expect((await fewer.read()).value).toEqual(STABLE);
  });

  it("do without the host's vote, also when it is lost on the way", async () => {
    await settled();
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    await lab.host.reachable(false);
    await lab.edges.renew(token, LEASE_MS);
    await lab.edges.write(STABLE, (await lab.edges.read()).version, token);
    await lab.edges.release(token);
    await lab.open().acquire(OTHER, LEASE_MS);
  });

  it("do nothing when two of the three are gone, and name them", async () => {
    await settled();
    await lab.all[0]?.reachable(false);
    await lab.host.reachable(false);
    const error = await expectCode(lab.edges.acquire(RUNNER, LEASE_MS), "target-unreachable");
    expect(error.message).toContain("1 of 3 machines");
    expect(error.message).toContain("edge-1");
    expect(error.message).toContain("engine-1");
  });

  it("never grant two runners that see different edges", async () => {
    await settled();
    await lab.all[0]?.reachable(false);
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    await lab.all[0]?.reachable(true);
    await lab.all[1]?.reachable(false);
    const other = lab.open();
    const error = await expectCode(other.acquire(OTHER, LEASE_MS), "lease-held");
    expect(error.message).toContain(RUNNER.description);
    await expectCode(lab.edges.renew(token, LEASE_MS), "target-unreachable");
  });
});

describe.runIf(process.platform === "linux")("one edge by itself", () => {
  it("goes back to stable when nobody renews, and writes down why", async () => {
    const lease = await lab.edges.acquire(RUNNER, 15_000);
    const { version } = await lab.edges.read();
    await lab.edges.route({ blue: 90, green: 10 }, lease.token);
    await lab.edges.write(rollingOut(), version, lease.token);
    await lab.all[0]?.guard();
    expect(await lab.all[0]?.weights()).toEqual({ blue: 90, green: 10 });
    const guarded = async () => {
      await lab.all[0]?.guard();
      return lab.all[0]?.weights();
    };
    await expect.poll(guarded, { timeout: 40_000 }).toEqual({ blue: 100, green: 0 });
    const { value } = await lab.edges.read();
    expect(value.rollout).toMatchObject({ phase: "finished", outcome: "failed" });
    expect(value.rollout?.reason).toContain(`${RUNNER.description} vanished`);
    expect(Math.abs((value.rollout?.toZeroAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("takes half a state for none", async () => {
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    await lab.edges.write(STABLE, (await lab.edges.read()).version, token);
    const { version } = await lab.edges.read();
    const args = ["write", String(token), version, "2", "keep", "5000"];
    for (const input of ["", '{"schema":1}\n'])
      expect((await lab.all[0]?.call(args, input))?.code).toBe(1);
    expect((await lab.edges.read()).value).toEqual(STABLE);
  });

  it.each([["../etc"], [".hidden"], [""], ["a b"], ["a;b"]])(
    "takes %j for no environment",
    (name) => {
      const program = fileURLToPath(
        new URL("../../../../hosts/programs/sluice-edge", import.meta.url),
      );
      expect(() => execFileSync(program, [name, "read"], { stdio: "pipe" })).toThrow(
        /not the name of an environment/,
      );
    },
  );
});

function inPhase(
  phase: "reverting" | "promoting" | "finished",
  outcome: "failed" | "promoted" = "failed",
): RolloutState {
  const state = rollingOut();
  return state.rollout ? { ...state, rollout: { ...state.rollout, phase, outcome } } : state;
}

function rollingOut(): RolloutState {
  const release = NEXT;
  return {
    ...STABLE,
    candidate: { slot: "green", release },
    rollout: {
      id: "run/1",
      release,
      candidateSlot: "green",
      stableSlot: "blue",
      plan: {} as never,
      phase: "stepping",
      stepIndex: 0,
      verdict: {} as never,
      steps: [],
      firstTrafficAtMs: 1,
      toZeroAtMs: null,
      outcome: null,
      reason: null,
      endedAtMs: null,
      parked: null,
    },
  };
}
