import { describe, expect, it } from "vitest";
import type { BlockPair } from "../../lib/load/block.ts";
import { randomFrom } from "../../lib/load/random.ts";
import { GATES, judgeRun, SLOWINGS, swapped } from "../../perf/gate/judges.ts";
import { resample } from "../../perf/gate/resample.ts";
import { tables } from "../../perf/gate/tables.ts";

/** A quiet session of the same code on both arms. */
function session(pairs: number, seed = 1): BlockPair[] {
  const random = randomFrom(seed);
  const block = () => {
    const at = 1 + 0.02 * random();
    const latencyMs = { p10: at, p50: 1.2 * at, p95: 2 * at, p99: 3 * at };
    return { latencyMs, requests: 40, failed: 0, iterations: 40 };
  };
  return Array.from({ length: pairs }, () => ({ baseline: block(), candidate: block() }));
}

describe("the benchmark of the load gate", () => {
  it("judges a run under every slowing by every gate", () => {
    const verdicts = judgeRun(session(60), 2.2);
    expect(Object.keys(verdicts)).toEqual(SLOWINGS.map(({ name }) => name));
    for (const gate of GATES) {
      expect(verdicts["the same code"]?.[gate]).toBe("passed");
      expect(verdicts["25 % slower"]?.[gate]).toBe("failed");
    }
  });

  it("exchanges the arms, twice back to where they were", () => {
    const pairs = session(8);
    expect(swapped(pairs)[0]).toEqual({
      baseline: pairs[0]?.candidate,
      candidate: pairs[0]?.baseline,
    });
    expect(swapped(swapped(pairs))).toEqual(pairs);
  });

  it("cuts runs out of sessions that are long enough, and says how many fit side by side", () => {
    // Eight seconds are twenty cycles, or forty pairs.
    const cut = resample([session(100, 1), session(39, 2)], 8, 6);
    expect(cut.disjoint).toBe(2);
    expect(cut.verdicts).toHaveLength(6);
    expect(tables([cut])).toContain("| the same code | k6-gate, pass-on p95 | 0.0 %");
    expect(resample([session(39)], 8, 6).verdicts).toEqual([]);
  });
});
