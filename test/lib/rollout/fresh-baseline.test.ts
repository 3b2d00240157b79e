import { describe, expect, it } from "vitest";
import { freshBaselinePercent, wantsFreshBaseline } from "../../../lib/rollout/fresh-baseline.ts";
import type { RolloutState } from "../../../lib/rollout/state.ts";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";
import {
  deploy,
  Killed,
  killedIn,
  plan,
  promote,
  site,
  stable,
} from "../../support/memory-rollout.ts";
import type { MemoryTarget } from "../../support/memory-target.ts";

const FRESH = { ...DEFAULT_SETTINGS, baseline: "fresh" as const };

async function standing(target: MemoryTarget): Promise<boolean> {
  return (await target.status()).slots.baseline !== undefined;
}

describe("a fresh baseline", () => {
  it("has as much weight as the candidate, from stable's share, and is stopped when it promotes", async () => {
    const target = site(0.001);
    await deploy(target);
    const state = await promote(target, { verdict: FRESH });
    expect(state.rollout?.outcome).toBe("promoted");
    expect(state.rollout?.reason).toContain("fresh processes of stable");
    expect(target.routes).toEqual([
      { blue: 80, green: 10, baseline: 10 },
      { blue: 50, green: 25, baseline: 25 },
      { blue: 0, green: 50, baseline: 50 },
      { blue: 0, green: 100 },
      { blue: 0, green: 100 },
    ]);
    expect(target.placedBaselines).toBe(1);
    expect(await standing(target)).toBe(false);
    expect(state.rollout?.baseline).toBe("gone");
  });

  it("is what the candidate is compared with, and not stable", async () => {
    const target = site(0.02);
    await deploy(target);
    target.errorRateOfBaseline = 0.02;
    expect((await promote(target, { verdict: FRESH })).rollout?.outcome).toBe("promoted");
  });

  it("does not hide a candidate that is worse, and is stopped when that is taken back", async () => {
    const target = site(0.05);
    await deploy(target);
    const state = await promote(target, { verdict: FRESH });
    expect(state.rollout?.outcome).toBe("rolled-back");
    expect(state.rollout?.reason).toContain("fresh stable");
    expect(target.weights).toEqual({ blue: 100, green: 0 });
    expect(state.stable).toEqual({ slot: "blue", release: stable });
    expect(await standing(target)).toBe(false);
  });

  it("that dies leaves nothing to compare with: inconclusive, whatever the policy", async () => {
    const target = site(0.001);
    await deploy(target);
    const state = await promote(target, {
      verdict: FRESH,
      plan: plan("hold"),
      onProgress: () => {
        if (target.weights.green === 25) target.baselineHealthy = false;
      },
    });
    expect(state.rollout).toMatchObject({ outcome: "inconclusive", parked: null });
    expect(state.rollout?.reason).toContain("the fresh baseline are not healthy any more");
    expect(target.weights).toEqual({ blue: 100, green: 0 });
    expect(await standing(target)).toBe(false);
  });

  it("may die unmourned once all traffic is on the candidate", async () => {
    const target = site(0.001);
    await deploy(target);
    const state = await promote(target, {
      verdict: FRESH,
      onProgress: () => {
        if (target.weights.green === 100) target.baselineHealthy = false;
      },
    });
    expect(state.rollout?.outcome).toBe("promoted");
  });

  it("that cannot be placed means no traffic for the candidate at all", async () => {
    const target = site(0.001);
    await deploy(target);
    target.placeBaseline = () => Promise.reject(new Error("no room"));
    const state = await promote(target, { verdict: FRESH });
    expect(state.rollout).toMatchObject({ outcome: "failed", firstTrafficAtMs: null });
    expect(state.rollout?.reason).toContain("no room");
    expect(target.routes).toEqual([{ blue: 100, green: 0 }]);
  });

  it("stays while a rollout is held, and a re-run goes on with the same one", async () => {
    const target = site(0.001);
    await deploy(target);
    target.scrapes = false;
    const held = await promote(target, { verdict: FRESH, plan: plan("hold") });
    expect(held.rollout?.parked).toContain("no decision");
    expect(target.weights).toEqual({ blue: 80, green: 10, baseline: 10 });
    target.scrapes = true;
    const state = await promote(target, { verdict: FRESH, job: "another run" });
    expect(state.rollout?.outcome).toBe("promoted");
    expect(target.placedBaselines).toBe(1);
    expect(await standing(target)).toBe(false);
  });

  it("is stopped by the target when the runner vanished, and a re-run starts another one", async () => {
    const target = site(0.001);
    await deploy(target);
    target.afterWrite = () => {
      if (target.weights.green === 25) throw new Killed();
    };
    await killedIn(target, FRESH);
    target.afterWrite = () => {};
    target.expireLease();
    expect(target.weights).toEqual({ blue: 100, green: 0 });
    expect(await standing(target)).toBe(false);
    expect((await target.read()).value.rollout).toMatchObject({
      phase: "finished",
      baseline: "gone",
    });
    const again = await promote(target, { verdict: FRESH });
    expect(again.rollout?.outcome).toBe("promoted");
    expect(target.placedBaselines).toBe(2);
  });

  for (const [kind, errorRate] of [
    ["good", 0.001],
    ["bad", 0.05],
  ] as const) {
    it(`is never left behind: a runner killed at any state of a ${kind} release's rollout is followed by one that ends the same`, async () => {
      const undisturbed = site(errorRate);
      await deploy(undisturbed);
      const deployed = undisturbed.writes.length;
      const wanted = await promote(undisturbed, { verdict: FRESH });
      const transitions = undisturbed.writes.length - deployed;
      for (let at = 1; at <= transitions; at += 1) {
        const target = site(errorRate);
        await deploy(target);
        target.afterWrite = (writes) => {
          if (writes === deployed + at) throw new Killed();
        };
        await killedIn(target, FRESH);
        target.afterWrite = () => {};
        const state: RolloutState = await promote(target, { verdict: FRESH });
        expect(state.rollout?.outcome, `killed after write ${at}`).toBe(wanted.rollout?.outcome);
        expect(state.stable, `killed after write ${at}`).toEqual(wanted.stable);
        expect(target.weights, `killed after write ${at}`).toEqual(undisturbed.weights);
        expect(await standing(target), `killed after write ${at}`).toBe(false);
      }
    });
  }
});

describe("the weight of a fresh baseline", () => {
  it.each([
    [1, 1],
    [10, 10],
    [50, 50],
    [75, 25],
    [90, 10],
    [100, 0],
  ])("beside a candidate with %d %% is %d %%", (candidate, baseline) => {
    expect(freshBaselinePercent(candidate)).toBe(baseline);
  });

  it("is none where nothing is compared, and where nobody asked", () => {
    expect(wantsFreshBaseline(FRESH, plan())).toBe(true);
    expect(wantsFreshBaseline(DEFAULT_SETTINGS, plan())).toBe(false);
    expect(wantsFreshBaseline(FRESH, { ...plan(), strategy: "rolling" })).toBe(false);
    const blueGreen = { ...plan(), steps: [{ weightPercent: 100, holdMs: 0 }] };
    expect(wantsFreshBaseline(FRESH, blueGreen)).toBe(false);
  });
});
