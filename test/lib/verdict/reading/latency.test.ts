import { describe, expect, it } from "vitest";
import { chooseEdges, slowerThan } from "../../../../lib/verdict/reading/latency.ts";
import { judge, samples } from "../trace-of.ts";

const STABLE = { requests: 180, errorShare: 0, within: [0.9, 0.99] };
const CANDIDATE = { requests: 20, errorShare: 0, within: [0.9, 0.99] };
const SLOW = { ...CANDIDATE, within: [0.6, 0.95] };
const NO_WARM_UP = { warmUp: { errorsSeconds: 0, latencySeconds: 0 } };

describe("the verdict on latency", () => {
  it("rolls back a candidate that is slower, though none of its requests fail, and says where", () => {
    const { last } = judge(samples({ candidate: SLOW, baseline: STABLE, seconds: 120, past: 60 }));
    expect(last.outcome).toBe("rollback");
    expect(last.explanation).toMatch(/Slower than 0\.\d s were .* of the candidate's/);
  });

  it("finds a longer tail at the outer edge alone", () => {
    const tail = { ...CANDIDATE, within: [0.9, 0.93] };
    const { last } = judge(samples({ candidate: tail, baseline: STABLE, seconds: 300, past: 60 }));
    expect(last.outcome).toBe("rollback");
    expect(last.evidence.metrics?.["latency:0.1"]).toBeLessThan(2);
  });

  it("leaves a candidate alone that is as slow as stable", () => {
    const { at } = judge(
      samples({ candidate: CANDIDATE, baseline: STABLE, seconds: 600, past: 60 }),
    );
    expect(at("rollback")).toBeUndefined();
  });

  it("excludes the warm-up, and with a fresh baseline does not need to", () => {
    const cold = samples({ candidate: SLOW, baseline: STABLE, seconds: 59, past: 60 });
    expect(judge(cold).at("rollback")).toBeUndefined();
    expect(judge(cold, NO_WARM_UP).at("rollback")).toBeDefined();
    expect(judge(cold, { baseline: "fresh" }).at("rollback")).toBeDefined();
  });

  it("takes a candidate whose histogram has other edges as no evidence", () => {
    const other = samples({ candidate: SLOW, baseline: STABLE, seconds: 200, past: 60 }).map(
      (one) => {
        const latency = one.candidate?.latency;
        if (!one.candidate || !latency) return one;
        return {
          ...one,
          candidate: { ...one.candidate, latency: { ...latency, le: [0.07, 0.3] } },
        };
      },
    );
    const { last } = judge(other);
    expect(last.outcome).not.toBe("rollback");
    expect(last.evidence.metrics).toMatchObject({
      "latency:0.1": expect.closeTo(1),
      "latency:0.5": expect.closeTo(1),
    });
  });

  it("promotes only when latency is shown to be good too", () => {
    const errors = { errorShare: 0.05 };
    const good = samples({
      candidate: { ...CANDIDATE, ...errors },
      baseline: { ...STABLE, ...errors },
      seconds: 300,
      past: 60,
    });
    const { findings, at } = judge(good);
    expect(at("promote")).toBeGreaterThan(60 + 60);
    expect(findings.at(-1)?.outcome).toBe("promote");
  });
});

describe("edges of a histogram", () => {
  const le = [0.005, 0.01, 0.05, 0.1, 0.5, 1];

  it("are chosen near the p50, p90, p99 and p99.9 of stable", () => {
    const latency = { le, counts: [100, 5_200, 9_100, 9_890, 9_991, 10_000, 10_000] };
    expect(chooseEdges({ requests: 10_000, errors: 0, latency }, false)).toEqual([
      0.01, 0.05, 0.1, 0.5,
    ]);
  });

  it("are not chosen from few requests before they are needed", () => {
    const latency = { le, counts: [3, 150, 270, 290, 300, 300, 300] };
    const few = { requests: 300, errors: 0, latency };
    expect(chooseEdges(few, false)).toEqual([]);
    expect(chooseEdges(few, true)).not.toEqual([]);
  });

  it("are not chosen where all requests are faster than the first", () => {
    const latency = { le, counts: [9e4, 9e4, 9e4, 9e4, 9e4, 9e4, 9e4] };
    expect(chooseEdges({ requests: 9e4, errors: 0, latency }, true)).toEqual([]);
  });

  it("need not exist in a native histogram whose bucket there is empty", () => {
    expect(slowerThan({ le: [0.1, 0.4], counts: [5, 9, 10] }, 0.1)).toBe(5);
    expect(slowerThan({ le: [0.1, 0.4], counts: [5, 5, 10] }, 0.2)).toBe(5);
    expect(slowerThan({ le: [0.1, 0.4], counts: [5, 9, 10] }, 0.2)).toBeNull();
    expect(slowerThan({ le: [0.1, 0.4], counts: [5, 10, 10] }, 2)).toBe(0);
    expect(slowerThan({ le: [0.1, 0.4], counts: [5, 9, 10] }, 2)).toBeNull();
    expect(slowerThan({ le: [0.1], counts: [0, 10] }, 0.01)).toBe(10);
  });
});
