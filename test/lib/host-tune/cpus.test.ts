import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCpuList, parseCpuList, planCpus } from "../../../lib/host-tune/cpus.ts";
import { bootFindings, meaning } from "../../../lib/host-tune/plan.ts";
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

describe("dividing the CPUs", () => {
  it("keeps one in eight for the house, and the engine on one memory node", () => {
    const allowed = Array.from({ length: 16 }, (_, cpu) => cpu);
    const nodes = [allowed.slice(0, 8), allowed.slice(8)];
    expect(planCpus(allowed, nodes)).toEqual({
      housekeeping: [0, 1],
      engine: [8, 9, 10, 11, 12, 13, 14, 15],
      exclusive: true,
    });
  });

  it("divides nothing where there is too little", () => {
    expect(planCpus([4, 5], [])).toEqual({
      housekeeping: [4, 5],
      engine: [4, 5],
      exclusive: false,
    });
  });

  it("never uses a CPU that is not allowed, and never one for both", () => {
    const cpus = fc.uniqueArray(fc.nat({ max: 64 }), { minLength: 3 });
    fc.assert(
      fc.property(cpus, (allowed) => {
        const { housekeeping, engine } = planCpus(allowed, [allowed]);
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

  it("on its command line is looked up by whole names", () => {
    const found = bootFindings(
      PROFILES["low-latency"],
      "quiet isolcpus=2-7 nohz_fullish=1 rcu_nocbs",
    );
    expect(found.map(({ name, found }) => [name, found])).toEqual([
      ["isolcpus", "2-7"],
      ["nohz_full", null],
      ["rcu_nocbs", ""],
    ]);
  });
});
