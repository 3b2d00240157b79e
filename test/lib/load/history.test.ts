import { describe, expect, it } from "vitest";
import {
  compareWithHistory,
  NO_BASELINE,
  type RunFacts,
  withRun,
  worseThanHistory,
} from "../../../lib/load/history.ts";

const facts = (p95: number, throughput = 100): RunFacts => ({
  at: "2026-01-02T03:04:05.000Z",
  commit: "",
  values: { p95, throughput },
});
const quiet = [10, 10.1, 9.9, 10.2, 9.8, 10].map((p95) => facts(p95));
const noisy = [10, 14, 8, 12, 7, 11].map((p95) => facts(p95));

describe("a run beside the runs before", () => {
  it("fails when it is further from them than they are from each other", () => {
    const worse = worseThanHistory(compareWithHistory(facts(13), quiet, 0.01), 1.05);
    expect(worse).toEqual([expect.stringContaining("p95 is 30.0 % worse")]);
  });

  it("does not fail for the same difference when the history is as noisy", () => {
    expect(worseThanHistory(compareWithHistory(facts(13), noisy, 0.01), 1.05)).toEqual([]);
  });

  it("does not fail for being better, nor within the margin", () => {
    expect(worseThanHistory(compareWithHistory(facts(5, 200), quiet, 0.01), 1.05)).toEqual([]);
    const equal = [facts(10), facts(10), facts(10), facts(10), facts(10)];
    expect(worseThanHistory(compareWithHistory(facts(10.3), equal, 0.01), 1.05)).toEqual([]);
  });

  it("takes less throughput for worse", () => {
    const found = compareWithHistory(facts(10, 50), quiet, 0.01);
    expect(found.find(({ metric }) => metric === "throughput")?.ratio).toBeCloseTo(2, 9);
  });

  it("is not judged by fewer than five", () => {
    expect(compareWithHistory(facts(99), quiet.slice(0, 4), 0.01)).toEqual([]);
  });
});

describe("the stored baseline", () => {
  it("keeps the last thirty runs of each script", () => {
    let file = NO_BASELINE;
    for (let at = 0; at < 40; at += 1) file = withRun(file, "a.ts", facts(at));
    expect(file.scripts["a.ts"]).toHaveLength(30);
    expect(file.scripts["a.ts"]?.at(-1)?.values.p95).toBe(39);
    expect(NO_BASELINE.scripts).toEqual({});
  });
});
