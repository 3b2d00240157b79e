import { describe, expect, it } from "vitest";
import { costOf, median, medianCost } from "../../../perf/actions/process-cost.ts";

describe("the cost of a process", () => {
  it("is its own CPU time, not that of waiting", () => {
    const cost = costOf([process.execPath, "-e", "setTimeout(() => {}, 400)"], process.env);
    expect(cost.wallMs).toBeGreaterThanOrEqual(400);
    expect(cost.cpuMs).toBeGreaterThan(0);
    expect(cost.cpuMs).toBeLessThan(cost.wallMs);
  });

  it("is known also when the process fails", () => {
    expect(costOf([process.execPath, "-e", "process.exit(3)"], process.env).cpuMs).toBeGreaterThan(
      0,
    );
  });
});

describe("the median", () => {
  it("is the middle, or between the two that are", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it("is taken of each number apart", () => {
    const costs = [
      { cpuMs: 1, wallMs: 9 },
      { cpuMs: 2, wallMs: 7 },
      { cpuMs: 3, wallMs: 8 },
    ];
    expect(medianCost(costs)).toEqual({ cpuMs: 2, wallMs: 8 });
  });
});
