import { describe, expect, it } from "vitest";
import {
  candidate,
  deploy,
  holderOf,
  Killed,
  killedIn,
  plan,
  promote,
  site,
  stable,
} from "../../support/memory-rollout.ts";
import { MemoryTarget, TEST_LEASE_MS, VirtualClock } from "../../support/memory-target.ts";

function candidateWeights(target: MemoryTarget): number[] {
  return target.routes.map((weights) => weights.green);
}

describe("a rollout", () => {
  it("takes a good candidate through every weight and retires the old slot", async () => {
    const target = site(0.001);
    await deploy(target);
    const state = await promote(target);
    expect(state.rollout?.outcome).toBe("promoted");
    expect(candidateWeights(target)).toEqual([10, 25, 50, 100, 100]);
    expect(state.stable).toEqual({ slot: "green", release: candidate });
    expect(state.previous).toEqual(stable);
    expect((await target.status()).slots.blue.instances).toEqual([]);
    for (const step of state.rollout?.steps ?? [])
      expect(step.watchedMs).toBeGreaterThanOrEqual(5_000);
  });

  it("takes a worse candidate back at its first weight and says why", async () => {
    const target = site(0.05);
    await deploy(target);
    const state = await promote(target);
    expect(state.rollout?.outcome).toBe("rolled-back");
    expect(candidateWeights(target)).toEqual([10, 0]);
    expect(state.rollout?.steps.map((step) => step.outcome)).toEqual(["rollback"]);
    expect(state.rollout?.reason).toMatch(/worse/i);
    expect(state.rollout?.steps[0]?.explanation).toBe(state.rollout?.reason);
    expect(state.stable).toEqual({ slot: "blue", release: stable });
    expect(state.candidate).toBeNull();
    expect(state.rollout?.toZeroAtMs).toBeGreaterThan(state.rollout?.firstTrafficAtMs ?? 0);
  });

  it("gives no more traffic to what looks worse, however short its steps are held", async () => {
    for (const errorRate of [0.05, 0.1, 0.5, 1]) {
      const target = site(errorRate);
      target.traffic.requestsPerSecond = 400;
      await deploy(target);
      const quick = plan();
      const state = await promote(target, {
        plan: { ...quick, steps: quick.steps.map((step) => ({ ...step, holdMs: 1_000 })) },
      });
      expect(state.rollout?.outcome, `${errorRate}`).toBe("rolled-back");
      for (const { outcome, weightPercent, evidence } of state.rollout?.steps ?? [])
        if (outcome === "passed" && weightPercent < 100)
          expect(evidence?.worse).toBeLessThan((evidence?.threshold ?? 0) ** 0.25);
    }
  });

  it("is inconclusive when it looks worse until the deadline, and says so", async () => {
    const target = site(0.05);
    await deploy(target);
    const state = await promote(target, {
      onProgress: ({ rollout }) => {
        // Nobody comes any more, so the evidence stays where it is.
        if ((rollout?.steps.at(-1)?.evidence?.worse ?? 0) > 4) target.traffic.requestsPerSecond = 0;
      },
    });
    expect(state.rollout?.outcome).toBe("inconclusive");
    expect(state.rollout?.reason).toContain("it looks worse without being surely so");
    expect(candidateWeights(target)).toEqual([10, 0]);
  });

  it("gives the first release of all everything at once", async () => {
    const target = new MemoryTarget(new VirtualClock(), { requestsPerSecond: 0, errorRates: {} });
    await deploy(target);
    const state = await promote(target);
    expect(state.rollout?.outcome).toBe("promoted");
    expect(state.stable?.release).toEqual(candidate);
    expect(target.weights).toEqual({ blue: 100, green: 0 });
  });

  it("takes traffic back when the candidate's processes die", async () => {
    const target = site(0.001);
    await deploy(target);
    const state = await promote(target, {
      onProgress: () => {
        if (target.weights.green === 25) target.healthy = false;
      },
    });
    expect(state.rollout?.outcome).toBe("rolled-back");
    expect(state.rollout?.reason).toContain("not healthy");
    expect(target.weights).toEqual({ blue: 100, green: 0 });
  });

  it("is watched on when the clock is put back by an hour", async () => {
    for (const [errorRate, outcome] of [
      [0.001, "promoted"],
      [0.05, "rolled-back"],
    ] as const) {
      const target = site(errorRate);
      await deploy(target);
      let samples = 0;
      const state = await promote(target, {
        onProgress(_, { type }) {
          if (type === "sampled") samples += 1;
          if (type === "sampled" && samples === 1) target.clock.putBack(3_600_000);
        },
      });
      expect(state.rollout?.outcome).toBe(outcome);
    }
  });

  it("holds its weight without metrics, and is inconclusive at the deadline", async () => {
    const target = site(0.001);
    await deploy(target);
    const state = await promote(target, {
      onProgress: () => {
        if (target.weights.green === 25) target.scrapes = false;
      },
    });
    expect(state.rollout?.outcome).toBe("inconclusive");
    expect(state.rollout?.reason).toContain("no decision at 25 % within 1m");
    expect(candidateWeights(target)).toEqual([10, 25, 0]);
  });

  it("is not decided by a candidate without traffic", async () => {
    const target = site(0.001);
    target.traffic.requestsPerSecond = 0;
    await deploy(target);
    const state = await promote(target);
    expect(state.rollout?.outcome).toBe("inconclusive");
    expect(state.rollout?.reason).toContain("0 requests on the candidate");
  });

  it("stays where it is when the policy is to hold, and a re-run goes on", async () => {
    const target = site(0.001);
    await deploy(target);
    target.scrapes = false;
    const held = await promote(target, { plan: plan("hold") });
    expect(held.rollout?.parked).toContain("no decision");
    expect(target.weights.green).toBe(10);
    target.scrapes = true;
    const state = await promote(target, { job: "another run" });
    expect(state.rollout?.outcome).toBe("promoted");
  });

  it("goes to weight 0 first when it is cancelled", async () => {
    const target = site(0.001);
    await deploy(target);
    const cancel = new AbortController();
    const state = await promote(target, {
      signal: cancel.signal,
      onProgress: () => {
        if (target.weights.green === 50) cancel.abort(new Error("SIGINT"));
      },
    });
    expect(state.rollout?.outcome).toBe("failed");
    expect(state.rollout?.reason).toContain("SIGINT");
    expect(candidateWeights(target)).toEqual([10, 25, 50, 0]);
  });

  it("refuses a digest that nobody placed, and says what is there", async () => {
    await expect(promote(site(0.001))).rejects.toMatchObject({
      code: "no-such-release",
      message: expect.stringContaining("stable is 1.0.0"),
    });
  });

  it("refuses a second rollout and names who holds the first", async () => {
    const target = site(0.001);
    await deploy(target);
    await target.acquire(holderOf("first"), TEST_LEASE_MS);
    await expect(promote(target, { job: "second" })).rejects.toMatchObject({
      code: "lease-held",
      message: expect.stringContaining("job first"),
    });
  });

  it("does not try a rolled-back release again by a mere re-run", async () => {
    const target = site(0.05);
    await deploy(target);
    await promote(target);
    const writes = target.writes.length;
    const state = await promote(target);
    expect(state.rollout?.outcome).toBe("rolled-back");
    expect(target.writes.length).toBe(writes);
  });
});

describe("a runner that is killed", () => {
  for (const [kind, errorRate] of [
    ["good", 0.001],
    ["bad", 0.05],
  ] as const) {
    it(`at any persisted state of a ${kind} release's rollout is followed by one that ends the same`, async () => {
      const undisturbed = site(errorRate);
      await deploy(undisturbed);
      const deployed = undisturbed.writes.length;
      const wanted = await promote(undisturbed);
      const transitions = undisturbed.writes.length - deployed;
      expect(transitions).toBeGreaterThan(3);

      for (let at = 1; at <= transitions; at += 1) {
        const target = site(errorRate);
        await deploy(target);
        target.afterWrite = (writes) => {
          if (writes === deployed + at) throw new Killed();
        };
        await killedIn(target);
        target.afterWrite = () => {};
        const state = await promote(target);
        expect(state.rollout?.outcome, `killed after write ${at}`).toBe(wanted.rollout?.outcome);
        expect(state.stable, `killed after write ${at}`).toEqual(wanted.stable);
        expect(target.weights, `killed after write ${at}`).toEqual(undisturbed.weights);
      }
    });
  }

  it("and never followed by another one is reverted by the lease", async () => {
    const target = site(0.001);
    await deploy(target);
    target.afterWrite = () => {
      if (target.weights.green === 25) throw new Killed();
    };
    await killedIn(target);
    target.afterWrite = () => {};
    target.expireLease();
    expect(target.weights).toEqual({ blue: 100, green: 0 });
    const { value } = await target.read();
    expect(value.rollout).toMatchObject({ phase: "finished", outcome: "failed" });
    expect(value.rollout?.reason).toContain("job promote vanished");
    const again = await promote(target);
    expect(again.rollout?.outcome).toBe("promoted");
  });
});
