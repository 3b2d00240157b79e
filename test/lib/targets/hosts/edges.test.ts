import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EMPTY_STATE, type RolloutState } from "../../../../lib/rollout/state.ts";
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

  it("tell an edge that missed something what the first one holds", async () => {
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

describe.runIf(process.platform === "linux")("one edge by itself", () => {
  it("goes back to stable when nobody renews, and writes down why", async () => {
    const lease = await lab.edges.acquire(RUNNER, 3_000);
    const { version } = await lab.edges.read();
    await lab.edges.route({ blue: 90, green: 10 }, lease.token);
    await lab.edges.write(rollingOut(), version, lease.token);
    await lab.all[0]?.guard();
    expect(await lab.all[0]?.weights()).toEqual({ blue: 90, green: 10 });
    const guarded = async () => {
      await lab.all[0]?.guard();
      return lab.all[0]?.weights();
    };
    await expect.poll(guarded, { timeout: 15_000 }).toEqual({ blue: 100, green: 0 });
    const { value } = await lab.edges.read();
    expect(value.rollout).toMatchObject({ phase: "finished", outcome: "failed" });
    expect(value.rollout?.reason).toContain(`${RUNNER.description} vanished`);
    expect(Math.abs((value.rollout?.toZeroAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("takes half a state for none", async () => {
    const { token } = await lab.edges.acquire(RUNNER, LEASE_MS);
    await lab.edges.write(STABLE, (await lab.edges.read()).version, token);
    const { version } = await lab.edges.read();
    const args = ["write", String(token), version, String(Number(version) + 1), "keep", "5000"];
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

function rollingOut(): RolloutState {
  const release = { ...STABLE.stable?.release, version: "2" } as NonNullable<
    RolloutState["stable"]
  >["release"];
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
