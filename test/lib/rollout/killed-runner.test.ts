import { describe, expect, it } from "vitest";
import type { RolloutState } from "../../../lib/rollout/state.ts";
import { DEFAULT_SETTINGS, type VerdictSettings } from "../../../lib/verdict/verdict.ts";
import { deploy, Killed, promote, site } from "../../support/memory-rollout.ts";
import type { MemoryTarget } from "../../support/memory-target.ts";
import { type Death, MortalRunner } from "../../support/mortal-target.ts";

const FRESH: VerdictSettings = { ...DEFAULT_SETTINGS, baseline: "fresh" };

interface Ending {
  outcome: string | undefined;
  stable: RolloutState["stable"];
  weights: MemoryTarget["weights"];
  /** What stands in each slot. */
  slots: Array<[slot: string, version: string | undefined]>;
}

async function endingOf(target: MemoryTarget): Promise<Ending> {
  const { value } = await target.read();
  const { slots, weights } = await target.status();
  return {
    outcome: value.rollout?.outcome ?? undefined,
    stable: value.stable,
    weights,
    slots: Object.values(slots).map(({ slot, release }) => [slot, release?.version]),
  };
}

/** Every call that a job makes of its target, killed before it and after it. */
function deathsIn(calls: readonly string[]): Death[] {
  return calls.flatMap((_, i) => [
    { nth: i + 1, when: "before" } as const,
    { nth: i + 1, when: "after" } as const,
  ]);
}

describe.each([
  ["good", "stable", 0.001, DEFAULT_SETTINGS],
  ["bad", "stable", 0.05, DEFAULT_SETTINGS],
  ["good", "fresh processes", 0.001, FRESH],
  ["bad", "fresh processes", 0.05, FRESH],
] as const)(
  "a runner with a %s release beside %s that is killed at any call",
  (_, __, rate, verdict) => {
    async function undisturbed() {
      const target = site(rate);
      const deploying = new MortalRunner(target);
      await deploy(deploying.target);
      const promoting = new MortalRunner(target);
      await promote(promoting.target, { verdict });
      return {
        deploying: deploying.calls,
        promoting: promoting.calls,
        end: await endingOf(target),
      };
    }

    it("while it deploys is followed by one that ends the same", async () => {
      const { deploying, end } = await undisturbed();
      for (const death of deathsIn(deploying)) {
        const target = site(rate);
        await expect(deploy(new MortalRunner(target, death).target)).rejects.toBeInstanceOf(Killed);
        expect(target.weights).toEqual({ blue: 100, green: 0 });
        await deploy(target);
        await promote(target, { verdict });
        expect(await endingOf(target), JSON.stringify(death)).toEqual(end);
      }
    });

    it("while it promotes is followed by one that ends the same", async () => {
      const { promoting, end } = await undisturbed();
      for (const death of deathsIn(promoting)) {
        const target = site(rate);
        await deploy(target);
        const killed = promote(new MortalRunner(target, death).target, { verdict });
        await expect(killed).rejects.toBeInstanceOf(Killed);
        await promote(target, { verdict });
        expect(await endingOf(target), JSON.stringify(death)).toEqual(end);
      }
    });

    it("and followed by nobody leaves all traffic on one release, and no fresh processes", async () => {
      const { promoting } = await undisturbed();
      for (const death of deathsIn(promoting)) {
        const target = site(rate);
        await deploy(target);
        const killed = promote(new MortalRunner(target, death).target, { verdict });
        await expect(killed).rejects.toBeInstanceOf(Killed);
        if ((await target.status()).lease) target.expireLease();
        const { weights, slots } = await target.status();
        expect([weights.blue, weights.green].sort(), JSON.stringify(death)).toEqual([0, 100]);
        expect(slots.baseline, JSON.stringify(death)).toBeUndefined();
      }
    });
  },
);
