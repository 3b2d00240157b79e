import { describe, expect, it } from "vitest";
import type { BlockPair } from "../../../lib/load/block.ts";
import { type GateSettings, judge, levelsOf } from "../../../lib/load/gate.ts";
import { plannedLooks } from "../../../lib/load/looks.ts";
import { randomFrom } from "../../../lib/load/random.ts";
import { ratiosOf } from "../../../lib/load/ratio.ts";

const settings: GateSettings = {
  alpha: 0.01,
  beta: 0.05,
  margin: 1.05,
  ruleOut: 1.1,
  passOn: ["p95"],
  processSpread: 0,
  looks: 1,
  scripts: 1,
  blockMs: 500,
};

interface World {
  pairs?: number;
  /** How much slower the candidate is. */
  slower?: number;
  /** Spread of the logarithm of a block's latency. */
  noise?: number;
  /** Chance of a pair that a neighbour makes twenty times slower in one block. */
  outliers?: number;
  failed?: { baseline: number; candidate: number };
  iterations?: { baseline: number; candidate: number };
}

function run(seed: number, world: World): BlockPair[] {
  const random = randomFrom(seed);
  const { pairs = 60, slower = 1, noise = 0.1, outliers = 0, failed, iterations } = world;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const block = (times: number, fails: number, done: number) => {
    const at = times * Math.exp(noise * normal()) * (random() < outliers ? 20 : 1);
    return {
      latencyMs: { p10: at, p50: 2 * at, p95: 4 * at, p99: 5 * at },
      requests: 100,
      failed: fails,
      iterations: done,
    };
  };
  return Array.from({ length: pairs }, () => ({
    baseline: block(1, failed?.baseline ?? 0, iterations?.baseline ?? 100),
    candidate: block(slower, failed?.candidate ?? 0, iterations?.candidate ?? 100),
  }));
}

function count(runs: number, world: World, wanted: string, given = settings): number {
  const decisions = Array.from({ length: runs }, (_, seed) => judge([run(seed, world)], given));
  return decisions.filter(({ decision }) => decision === wanted).length;
}

describe("the gate", () => {
  it("fails hardly any of the runs of the same code, noise and neighbours or not", () => {
    expect(count(60, {}, "failed")).toBeLessThanOrEqual(2);
    expect(count(60, { noise: 0.5, outliers: 0.1 }, "failed")).toBeLessThanOrEqual(2);
  });

  it("passes the same code when there is enough to see", () => {
    expect(count(50, { noise: 0.05 }, "passed")).toBe(50);
  });

  it("fails what is a tenth slower", () => {
    expect(count(50, { slower: 1.1, noise: 0.05 }, "failed")).toBeGreaterThanOrEqual(48);
  });

  it("never fails what is worse by less than the margin, however sure", () => {
    expect(count(20, { slower: 1.03, noise: 0.001 }, "failed")).toBe(0);
  });

  it("passes what is faster", () => {
    expect(count(20, { slower: 0.5 }, "passed")).toBe(20);
  });

  it("does not decide what it cannot see", () => {
    expect(judge([run(1, { noise: 3 })], settings).decision).toBe("undecided");
    expect(judge([run(1, { pairs: 3 })], settings)).toMatchObject({
      decision: "undecided",
      reason: "p95 has too few pairs of blocks",
    });
    expect(judge([], settings).decision).toBe("undecided");
  });

  it("fails errors and lost throughput, and says by how much", () => {
    const errors = judge([run(1, { failed: { baseline: 0, candidate: 5 } })], settings);
    expect(errors.decision).toBe("failed");
    expect(errors.reason).toContain("error-rate is");
    const lost = judge([run(1, { iterations: { baseline: 100, candidate: 60 } })], settings);
    expect(lost.reason).toContain("throughput is 66");
  });

  it("does not fail for one error among thousands of requests", () => {
    const pairs = run(1, { noise: 0.02 });
    if (pairs[7]) pairs[7].candidate.failed = 1;
    expect(judge([pairs], settings).decision).toBe("passed");
  });

  it("does not fail what two processes of the same code may differ by, however long they are watched", () => {
    const spread = { ...settings, processSpread: 0.03 };
    const world = { slower: 1.08, noise: 0.01, pairs: 200 };
    expect(count(5, world, "failed")).toBe(5);
    expect(count(5, world, "failed", spread)).toBe(0);
    expect(count(5, { ...world, slower: 1.25 }, "failed", spread)).toBe(5);
  });

  it("decides the same again on the same blocks", () => {
    const pairs = run(5, { noise: 0.3 });
    expect(judge([pairs], settings)).toEqual(judge([pairs], settings));
  });

  it("turns every ratio so that above 1 is worse, and exchanging the arms inverts it", () => {
    const levels = levelsOf(settings);
    const pairs = run(3, { slower: 1.2, iterations: { baseline: 100, candidate: 80 } });
    const back = pairs.map(({ baseline, candidate }) => ({
      baseline: candidate,
      candidate: baseline,
    }));
    const inverse = ratiosOf([back], levels, 500);
    for (const { metric, ratio } of ratiosOf([pairs], levels, 500)) {
      const other = inverse.find((one) => one.metric === metric);
      expect(ratio * (other?.ratio ?? 0)).toBeCloseTo(1, 9);
      if (metric !== "error-rate") expect(ratio).toBeGreaterThan(1);
    }
  });

  it("shares its alpha among looks, metrics and scripts", () => {
    const one = levelsOf(settings).alpha;
    expect(levelsOf({ ...settings, looks: 4, scripts: 2 }).alpha).toBeCloseTo(one / 8, 12);
    expect(one).toBeLessThanOrEqual(0.01 / 5);
  });
});

describe("several rounds", () => {
  /** Rounds whose processes differ by `spread`, each for as long as it lives. */
  const rounds = (seed: number, count: number, spread: number, slower = 1): BlockPair[][] => {
    const random = randomFrom(seed);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Array.from({ length: count }, (_, at) =>
      run(1_000 * seed + at, {
        slower: slower * Math.exp(spread * normal()),
        noise: 0.05,
        pairs: 20,
      }),
    );
  };
  const count = (
    seeds: number,
    wanted: string,
    ...[rounded, spread, slower]: [number, number, number?]
  ) =>
    Array.from({ length: seeds }, (_, seed) =>
      judge(rounds(seed, rounded, spread, slower), settings),
    ).filter(({ decision }) => decision === wanted).length;

  it("do not take what two processes differ by for the release, as one round alone would", () => {
    expect(count(40, "failed", 1, 0.08)).toBeGreaterThan(5);
    expect(count(40, "failed", 12, 0.08)).toBeLessThanOrEqual(1);
  });

  it("tell a tenth slower from the spread of processes, and pass what is as fast", () => {
    expect(count(20, "failed", 12, 0.03, 1.1)).toBeGreaterThanOrEqual(19);
    expect(count(20, "passed", 12, 0.03)).toBeGreaterThanOrEqual(19);
  });

  it("say nothing about latency when they are fewer than four", () => {
    const found = judge(rounds(1, 3, 0.01, 2), settings);
    expect(found).toMatchObject({
      decision: "undecided",
      reason: "p95 has too few pairs of blocks",
    });
  });

  it("count errors of all rounds together", () => {
    const failing = rounds(1, 4, 0.01).map((round) =>
      round.map(({ baseline, candidate }) => ({
        baseline,
        candidate: { ...candidate, failed: 2 },
      })),
    );
    expect(judge(failing, settings).reason).toContain("error-rate is");
  });
});

describe("the looks of a run", () => {
  it("are planned from the duration to the longest", () => {
    expect(plannedLooks({ durationMs: 60_000, maxDurationMs: 180_000 }, 2_000)).toEqual([
      30, 60, 90,
    ]);
    expect(plannedLooks({ durationMs: 8_000, maxDurationMs: 8_000 }, 400)).toEqual([20]);
    expect(plannedLooks({ durationMs: 8_000, maxDurationMs: 12_000 }, 400)).toEqual([20, 30]);
    expect(plannedLooks({ durationMs: 1_000, maxDurationMs: 3_600_000 }, 400)).toHaveLength(4);
  });
});
