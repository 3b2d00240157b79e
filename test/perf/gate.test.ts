import { describe, expect, it } from "vitest";
import type { BlockPair } from "../../lib/load/block.ts";
import { randomFrom } from "../../lib/load/random.ts";
import { GATES, judgeRun, SLOWINGS, swapped } from "../../perf/gate/judges.ts";
import { resample } from "../../perf/gate/resample.ts";
import { tables } from "../../perf/gate/tables.ts";

/** A quiet round of the same code on both arms. */
function round(pairs: number, seed = 1): BlockPair[] {
  const random = randomFrom(seed);
  const block = () => {
    const at = 1 + 0.02 * random();
    const latencyMs = { p10: at, p50: 1.2 * at, p95: 2 * at, p99: 3 * at };
    return { latencyMs, requests: 40, failed: 0, iterations: 40 };
  };
  return Array.from({ length: pairs }, () => ({ baseline: block(), candidate: block() }));
}

function rounds(count: number): BlockPair[][] {
  return Array.from({ length: count }, (_, seed) => round(30, seed + 1));
}

describe("the benchmark of the load gate", () => {
  it("judges a run under every slowing by every gate", () => {
    const verdicts = judgeRun(rounds(6), 2.2);
    expect(Object.keys(verdicts)).toEqual(SLOWINGS.map(({ name }) => name));
    for (const gate of GATES) {
      expect(verdicts["the same code"]?.[gate]).toBe("passed");
      expect(verdicts["25 % slower"]?.[gate]).toBe("failed");
    }
  });

  it("exchanges the arms, twice back to where they were", () => {
    const pairs = round(8);
    expect(swapped(pairs)[0]).toEqual({
      baseline: pairs[0]?.candidate,
      candidate: pairs[0]?.baseline,
    });
    expect(swapped(swapped(pairs))).toEqual(pairs);
  });

  it("puts runs together from rounds, and says how many have none in common", () => {
    const result = resample(rounds(9), 4, 6);
    expect(result).toMatchObject({ rounds: 4, disjoint: 2 });
    expect(result.verdicts).toHaveLength(6);
    expect(tables([result], 6)).toContain("| the same code | k6-gate, pass-on p95 | 0.0 %");
  });

  it("knows that one round says nothing of the tail", () => {
    const [verdict] = resample(rounds(2), 1, 1).verdicts;
    expect(verdict?.["the same code"]?.[GATES[0]]).toBe("passed");
    expect(verdict?.["the same code"]?.[GATES[1]]).toBe("undecided");
  });
});
