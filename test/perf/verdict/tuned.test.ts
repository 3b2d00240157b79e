import { describe, expect, it } from "vitest";
import { runCell, tunedOutcomes } from "../../../perf/verdict/cell.ts";
import { chosenSettings } from "../../../perf/verdict/choice.ts";
import { PEERS } from "../../../perf/verdict/peers/tunable.ts";
import { badReleases, goodReleases, type Scenario } from "../../../perf/verdict/scenario.ts";
import { ofService, serviceOf } from "../../../perf/verdict/service.ts";
import { RIVALS } from "../../../perf/verdict/tables.ts";
import { tunedFor } from "../../../perf/verdict/tuned.ts";

const named = (name: string): Scenario => {
  const found = [...goodReleases(), ...badReleases()].find((scenario) => scenario.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};

const FEW = { rate: 0.01, runs: 10, choosing: 2 };
const SERVICE = serviceOf(named("2000/s 1 % ×5"));
const tuned = tunedFor(SERVICE, FEW);

describe("a service", () => {
  it("is the same whatever its fault, and whether bursts come", () => {
    const names = ["2000/s 1 % ×1.5", "2000/s 1 % ×50 burst 10", "2000/s 1 % burst 3"];
    expect(names.map((name) => serviceOf(named(name)))).toEqual(names.map(() => SERVICE));
    expect(serviceOf(named("onset at 7 min ×5"))).toBe(serviceOf(named("no past ×2")));
  });

  it("is another when its traffic, its errors, its start or what is watched differ", () => {
    const names = ["200/s 1 % ×5", "2000/s 0.1 % ×5", "tail ×3 2000/s"];
    const cold = [named("fresh baseline, both cold ×5"), named("200/s 1 % ×5")].map(serviceOf);
    expect(names.map((name) => serviceOf(named(name)))).not.toContain(SERVICE);
    expect(new Set(cold).size).toBe(2);
  });

  it("has good releases to be tuned on whenever it has bad ones", () => {
    for (const service of new Set(badReleases().map(serviceOf)))
      expect(ofService(goodReleases(), service), service).not.toEqual([]);
  });
});

describe("tuning for a service", () => {
  it("gives each peer one of its settings", () => {
    expect(tuned.chosen).toHaveLength(PEERS.length);
    for (const [index, settings] of PEERS.entries())
      expect(settings.map(({ name }) => name)).toContain(tuned.chosen[index]);
  });

  it("is one and the same for all of its cells, bad and good, whatever their ratio and burst", () => {
    const cells = ["2000/s 1 % ×5", "2000/s 1 % ×50 burst 10"].map((name) =>
      runCell(named(name), { runs: 1, seed: 1, tuned }),
    );
    for (const cell of cells) expect(cell.tuned.map(({ judge }) => judge)).toEqual(tuned.chosen);
    const good = tunedOutcomes(named("2000/s 1 % burst 3"), { runs: 1, seed: 1, tuned });
    expect(good.map(({ judge }) => judge)).toEqual(tuned.chosen);
  });

  it("knows nothing of the rollouts that are measured, and finds the same every time", () => {
    runCell(named("2000/s 1 % ×50"), { runs: 1, seed: 9, tuned });
    expect(tunedFor(SERVICE, FEW)).toEqual(tuned);
  });

  it("chooses by all faults: what is best against the large ones alone is another", () => {
    const bads = ofService(badReleases(), SERVICE);
    expect(chosenSettings(bads, tuned.thresholds, FEW.choosing)).toEqual(tuned.chosen);
    const large = bads.filter(({ ratio }) => ratio === 50);
    expect(chosenSettings(large, tuned.thresholds, FEW.choosing)).not.toEqual(tuned.chosen);
  });

  it("sets no threshold below that of an oracle, who knows that no burst will come", () => {
    const ofOracle = [...(tuned.oracle.get("2000/s 1 % ×5") ?? [])];
    expect(ofOracle).toHaveLength(PEERS.flat().length);
    for (const [name, threshold] of ofOracle)
      expect(tuned.thresholds.get(name), name).toBeGreaterThanOrEqual(threshold);
  });
});

describe("in one cell", () => {
  const cell = runCell(named("2000/s 1 % ×5 burst 3"), { runs: 5, seed: 3, tuned });

  it("the best setting in hindsight is never worse than the best that was chosen before", () => {
    const best = RIVALS.tuned.of(cell)?.excess ?? Number.NaN;
    expect(cell.hindsight?.excess).toBeLessThanOrEqual(best);
    expect(cell.oracle?.excess).toBeGreaterThan(0);
  });

  it("the tuned peers see the rollouts that everybody sees, also when they are run alone", () => {
    const alone = tunedOutcomes(cell.scenario, { runs: 5, seed: 3, tuned });
    expect(alone).toEqual(cell.tuned);
  });

  it("nobody is tuned when nobody is asked to", () => {
    const untuned = runCell(cell.scenario, { runs: 1, seed: 3, tuned: null });
    expect(untuned).toMatchObject({ tuned: [], hindsight: null, oracle: null });
  });
});
