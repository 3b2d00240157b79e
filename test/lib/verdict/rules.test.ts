import { describe, expect, it } from "vitest";
import type { Sample } from "../../../lib/verdict/verdict.ts";
import { counters, judge, samples } from "./trace-of.ts";

const STABLE = { requests: 180, errorShare: 0.01 };
const GOOD = { requests: 20, errorShare: 0.01 };
const BAD = { requests: 20, errorShare: 0.2 };

/** Four instances a side, which do so much per second each. */
function instancesOf(candidate: number[], baseline: number[], past = 60) {
  const arms = (shares: number[], requests: number, seconds: number) =>
    Object.fromEntries(
      shares.map((errorShare, i) => [`host-${i + 1}`, counters({ requests, errorShare }, seconds)]),
    );
  return (t: number): Sample["instances"] => ({
    candidate: arms(candidate, 5, Math.max(0, t - past)),
    baseline: arms(baseline, 45, 1_000 + t),
  });
}

describe("instances", () => {
  it("that are bad among good ones are named", () => {
    const { last } = judge(
      samples({
        candidate: { requests: 20, errorShare: 0.1075 },
        baseline: STABLE,
        seconds: 60,
        past: 60,
        instances: instancesOf([0.01, 0.01, 0.4, 0.01], [0.01, 0.01, 0.01, 0.01]),
      }),
    );
    expect(last.outcome).toBe("rollback");
    expect(last.explanation).toMatch(
      /instance host-3 \(failed .*\) stands out, and the other 3 do not/,
    );
  });

  it("are not named when all are bad", () => {
    const { last } = judge(
      samples({
        candidate: BAD,
        baseline: STABLE,
        seconds: 60,
        past: 60,
        instances: instancesOf([0.2, 0.2, 0.2, 0.2], [0.01, 0.01, 0.01, 0.01]),
      }),
    );
    expect(last.outcome).toBe("rollback");
    expect(last.explanation).not.toMatch(/stands out/);
  });

  it("of stable that differ from each other withhold a rollback, and it says so", () => {
    const { last, at } = judge(
      samples({
        candidate: BAD,
        baseline: { requests: 180, errorShare: 0.11 },
        seconds: 120,
        past: 60,
        instances: instancesOf([0.2, 0.2, 0.2, 0.2], [0.01, 0.21, 0.01, 0.21]),
      }),
    );
    expect(at("rollback")).toBeUndefined();
    expect(last.outcome).toBe("inconclusive");
    expect(last.explanation).toMatch(/stable's own instances differ/);
  });
});

describe("a breaker", () => {
  const limit = { bad: "errors", above: 0.15, minRequests: 100, overSeconds: 10 } as const;

  it("goes back at once when its limit is passed, even where stable is as bad or cannot be read", () => {
    const blind = samples({ candidate: BAD, baseline: STABLE, seconds: 30 }).map((sample) => ({
      ...sample,
      baseline: null,
    }));
    const { at, last } = judge(blind, { breakers: [limit] });
    expect(at("rollback")).toBe(5);
    expect(last.explanation).toMatch(
      /20 of the candidate's 100 requests in the last 10 s failed, and 15 % is the limit/,
    );
  });

  it("does not trip on few requests", () => {
    const { at } = judge(
      samples({
        candidate: { requests: 5, errorShare: 0.2 },
        baseline: { ...STABLE, errorShare: 0.2 },
        seconds: 60,
      }),
      {
        breakers: [limit],
      },
    );
    expect(at("rollback")).toBeUndefined();
  });

  it("looks back only as far as it was told", () => {
    const once = samples({ candidate: GOOD, baseline: STABLE, seconds: 60 }).map((sample) =>
      sample.t >= 2 && sample.candidate
        ? { ...sample, candidate: { ...sample.candidate, errors: sample.candidate.errors + 4 } }
        : sample,
    );
    expect(
      judge(once, { breakers: [{ ...limit, minRequests: 1_000, above: 0.001 }] }).at("rollback"),
    ).toBeUndefined();
  });
});

describe("kinds of errors", () => {
  it("are judged apart: a rise of a rare kind is found among many common errors", () => {
    const trace = samples({
      candidate: { requests: 50, errorShare: 0.05, kinds: { corrupt: 0.02 } },
      baseline: { requests: 150, errorShare: 0.05, kinds: { corrupt: 0.0005 } },
      seconds: 120,
      past: 300,
      weight: 0.25,
    });
    expect(judge(trace).at("rollback")).toBeUndefined();
    const weights = { latency: 0, kinds: { corrupt: 0.3 } };
    const found = judge(trace, { weights });
    expect(found.at("rollback")).toBeDefined();
    expect(found.last.explanation).toMatch(/Of the kind corrupt were .* of the candidate's, and/);
  });

  it("that stable's past did not count are no evidence until both readings count them", () => {
    const counted = samples({
      candidate: { requests: 50, errorShare: 0.05, kinds: { corrupt: 0.02 } },
      baseline: { requests: 150, errorShare: 0.05, kinds: { corrupt: 0.001 } },
      seconds: 120,
      past: 60,
      weight: 0.25,
    });
    const uncounted = counted.map((sample) => {
      if (sample.weight > 0 || !sample.baseline) return sample;
      const { kinds: _, ...rest } = sample.baseline;
      return { ...sample, baseline: rest };
    });
    const weights = { latency: 0, kinds: { corrupt: 0.3 } };
    const kind = (trace: typeof counted, t: number) =>
      judge(trace, { weights }).findings[t]?.evidence.metrics?.["errors:corrupt"];
    // All that stable had ever counted would else have come in the first window.
    expect(kind(uncounted, 61)).toBe(1);
    expect(kind(uncounted, 90)).toBeGreaterThan(1);
  });
});

describe("a gap in the readings", () => {
  it("in which the weight changed is no evidence", () => {
    const trace = samples({ candidate: GOOD, baseline: STABLE, seconds: 100 }).map((sample) => {
      if (sample.t > 50 && sample.t < 60) return { ...sample, candidate: null };
      return sample.t >= 55 ? { ...sample, weight: 0.25 } : sample;
    });
    const { findings } = judge(trace);
    expect(findings[60]?.evidence).toEqual(findings[50]?.evidence);
    expect(findings[61]?.evidence).not.toEqual(findings[60]?.evidence);
  });
});

describe("a restart", () => {
  it("of one of an arm's processes is not taken for a burst of requests", () => {
    const trace = samples({ candidate: GOOD, baseline: STABLE, seconds: 60 }).map((sample) =>
      sample.t >= 30 && sample.baseline
        ? {
            ...sample,
            baseline: {
              requests: sample.baseline.requests - 45_000,
              errors: sample.baseline.errors - 450,
            },
          }
        : sample,
    );
    const { findings } = judge(trace);
    expect(findings[30]?.evidence.baseline.requests).toBe(29 * 180);
    expect(findings[31]?.evidence.baseline.requests).toBe(30 * 180);
  });
});

describe("an absolute rate that is good enough", () => {
  it("promotes a release that fails hardly ever, where a ratio cannot be told", () => {
    const rare = {
      candidate: { requests: 100, errorShare: 0 },
      baseline: { requests: 900, errorShare: 0.00003 },
    };
    const trace = samples({ ...rare, seconds: 600, past: 300 });
    expect(judge(trace).at("promote")).toBeUndefined();
    expect(judge(trace, { goodEnoughRate: 0.001 }).at("promote")).toBeDefined();
  });
});

describe("bursts", () => {
  it("of ten at a time are taken for the few causes that they are", () => {
    const inTens = (count: number) => 10 * Math.floor(count / 10);
    const trace = samples({ candidate: GOOD, baseline: STABLE, seconds: 600, past: 300 }).map(
      (sample) => ({
        ...sample,
        candidate: sample.candidate && {
          ...sample.candidate,
          errors: inTens(sample.candidate.errors + 9),
        },
        baseline: sample.baseline && { ...sample.baseline, errors: inTens(sample.baseline.errors) },
      }),
    );
    expect(judge(trace).at("rollback")).toBeUndefined();
  });
});
