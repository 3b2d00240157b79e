import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootFindings } from "../../../lib/host-tune/boot.ts";
import {
  formatCpuList,
  formatCpuMask,
  parseCpuList,
  parseCpuMask,
} from "../../../lib/host-tune/cpu-set.ts";
import { planChosen, planCpus } from "../../../lib/host-tune/cpus.ts";
import { isAsWanted, meaning, writable } from "../../../lib/host-tune/form.ts";
import { PROFILES } from "../../../lib/host-tune/profiles.ts";

describe("lists of CPUs", () => {
  it("are read and written as the kernel does", () => {
    expect(parseCpuList("0-3,8,10-11\n")).toEqual([0, 1, 2, 3, 8, 10, 11]);
    expect(formatCpuList([0, 1, 2, 3, 8, 10, 11])).toBe("0-3,8,10-11");
    for (const bad of ["", "3-1", "a", "0-", "-1", "0-99999"])
      expect(parseCpuList(bad)).toBeUndefined();
  });

  it("come back as they went", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 512 }), { minLength: 1 }), (cpus) => {
        const sorted = [...cpus].sort((a, b) => a - b);
        expect(parseCpuList(formatCpuList(cpus))).toEqual(sorted);
      }),
    );
  });
});

describe("masks of CPUs", () => {
  it("are read and written as the kernel does", () => {
    expect(parseCpuMask("f\n")).toEqual([0, 1, 2, 3]);
    expect(parseCpuMask("00000001,80000002")).toEqual([1, 31, 32]);
    expect(formatCpuMask([1, 31, 32])).toBe("00000001,80000002");
    for (const bad of ["", "g", "123456789", "1,,2"]) expect(parseCpuMask(bad)).toBeUndefined();
  });

  it("come back as they went", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 512 }), { minLength: 1 }), (cpus) => {
        const sorted = [...cpus].sort((a, b) => a - b);
        expect(parseCpuMask(formatCpuMask(cpus))).toEqual(sorted);
      }),
    );
  });
});

const nodes = (...lists: number[][]) => new Map(lists.map((cpus, node) => [node, cpus]));
const sixteen = Array.from({ length: 16 }, (_, cpu) => cpu);

describe("dividing the CPUs", () => {
  it("keeps one in eight for the house, and the engine on one memory node", () => {
    const two = nodes(sixteen.slice(0, 8), sixteen.slice(8));
    expect(planCpus({ allowed: sixteen, isolated: [], nodes: two })).toEqual({
      housekeeping: [0, 1],
      engine: [8, 9, 10, 11, 12, 13, 14, 15],
      exclusive: true,
      node: 1,
    });
  });

  it("gives the engine what the kernel was booted to leave alone", () => {
    const facts = { allowed: [0, 1], isolated: [2, 3, 4], nodes: nodes([0, 1, 2], [3, 4]) };
    expect(planCpus(facts)).toEqual({
      housekeeping: [0, 1],
      engine: [2, 3, 4],
      exclusive: true,
      node: null,
    });
  });

  it("takes the user's word for the engine's CPUs, and refuses those that are not there", () => {
    const facts = { allowed: sixteen, isolated: [], nodes: nodes(sixteen) };
    expect(planChosen([14, 15], facts)).toEqual({
      housekeeping: sixteen.slice(0, 14),
      engine: [14, 15],
      exclusive: true,
      node: 0,
    });
    expect(planChosen(sixteen, facts)).toMatchObject({ housekeeping: sixteen, exclusive: false });
    expect(() => planChosen([15, 16], facts)).toThrow("given 15-16; accepted: some of 0-15");
  });

  it("divides nothing where there is too little", () => {
    expect(planCpus({ allowed: [4, 5], isolated: [], nodes: nodes() })).toEqual({
      housekeeping: [4, 5],
      engine: [4, 5],
      exclusive: false,
      node: null,
    });
  });

  it("never uses a CPU that is not allowed, and never one for both", () => {
    const cpus = fc.uniqueArray(fc.nat({ max: 64 }), { minLength: 3 });
    fc.assert(
      fc.property(cpus, (allowed) => {
        const facts = { allowed, isolated: [], nodes: nodes(allowed) };
        const { housekeeping, engine } = planCpus(facts);
        expect(engine.length).toBeGreaterThan(0);
        expect([...housekeeping, ...engine].every((cpu) => allowed.includes(cpu))).toBe(true);
        expect(housekeeping.some((cpu) => engine.includes(cpu))).toBe(false);
      }),
    );
  });
});

describe("what a kernel shows", () => {
  it("means the chosen word, or the words without their blanks", () => {
    expect(meaning("always [madvise] never\n")).toBe("madvise");
    expect(meaning("4096\t87380\t6291456\n")).toBe("4096 87380 6291456");
  });

  it("of CPUs means the same as a list and as a mask", () => {
    expect(meaning("00000000,0000000f\n", "cpu-mask")).toBe("0-3");
    expect(meaning("0,1,2\n", "cpu-list")).toBe("0-2");
    expect(writable("0-3", "cpu-mask")).toBe("0000000f");
    expect(isAsWanted("f", "0-3", "cpu-mask")).toBe(true);
    expect(isAsWanted("0\n", "0-1", "within")).toBe(true);
    expect(isAsWanted("0-2\n", "0-1", "within")).toBe(false);
    expect(isAsWanted("0\n", "0-1", "cpu-list")).toBe(false);
  });

  it("on its command line is looked up by whole names, and compared with the plan", () => {
    const cpus = planCpus({ allowed: [0, 1], isolated: [2, 3], nodes: nodes() });
    const line = "quiet isolcpus=managed_irq,domain,2,3 nohz_fullish=1 rcu_nocbs=3 nohz_full=1";
    const states = (one: typeof cpus | null, text: string) =>
      bootFindings(PROFILES["low-latency"].boot, text, one).map(({ name, found, state }) => [
        name,
        found,
        state,
      ]);
    expect(states(cpus, line)).toEqual([
      ["isolcpus", "managed_irq,domain,2,3", "as-wanted"],
      ["nohz_full", "1", "differs"],
      ["rcu_nocbs", "3", "differs"],
    ]);
    expect(states(null, "isolcpus=1 isolcpus=2 rcu_nocbs")).toEqual([
      ["isolcpus", "2", "as-wanted"],
      ["nohz_full", null, "missing"],
      ["rcu_nocbs", "", "as-wanted"],
    ]);
  });
});
