import { describe, expect, it } from "vitest";
import { baselineShare, intendedShare } from "../../../lib/verdict/baseline.ts";
import { prospect } from "../../../lib/verdict/forecast/prospect.ts";
import { DEFAULT_SETTINGS, type Sample } from "../../../lib/verdict/verdict.ts";
import { counters, judge } from "./trace-of.ts";

const FRESH = { baseline: "fresh" as const };
const PAST = 60;
const BUSY = { requests: 100, errorShare: 0.001 };

/** Stable's past, whose processes have served for an hour, then as many requests on each of two fresh processes. */
function trace(failing: number, readsCandidateBefore = false): Sample[] {
  return Array.from({ length: PAST + 61 }, (_, t): Sample => {
    const idle = readsCandidateBefore ? counters(BUSY, 0) : null;
    if (t <= PAST)
      return {
        t,
        weight: 0,
        candidate: idle,
        baseline: counters({ ...BUSY, requests: 400 }, 3_600 + t),
      };
    const since = t - PAST - 1;
    return {
      t,
      weight: 0.25,
      candidate: counters({ ...BUSY, errorShare: failing }, since),
      baseline: counters(BUSY, since),
    };
  });
}

describe("a fresh baseline in the verdict", () => {
  it.each([false, true])(
    "begins anew where stable's past ends (candidate read before: %s)",
    (read) => {
      const { last } = judge(trace(0.001, read), FRESH);
      // Not a request of stable's own processes is among what was compared.
      expect(last.evidence.baseline).toEqual({ requests: 6_000 - 100, errors: 5 });
      expect(last.evidence.candidate).toEqual(last.evidence.baseline);
      expect(last.outcome).not.toBe("rollback");
    },
  );

  it("learns nothing wrong when its counters happen to be above those of stable's past", () => {
    const few = trace(0.001).map((line) =>
      line.weight === 0 ? { ...line, baseline: { requests: line.t / 100, errors: 0 } } : line,
    );
    expect(judge(few, FRESH).last.evidence.baseline.requests).toBe(5_900);
  });

  it("does not save a candidate that fails more often, and is named in the reason", () => {
    const { last } = judge(trace(0.1), FRESH);
    expect(last.outcome).toBe("rollback");
    expect(last.explanation).toContain("fresh stable 5 of");
    expect(last.explanation).not.toContain("times the requests that its weight");
  });

  it("is compared with from the first second: as cold as the candidate, it needs no warm-up", () => {
    const warmUp = { errorsSeconds: 3_600, latencySeconds: 3_600 };
    expect(judge(trace(0.1), { ...FRESH, warmUp }).last.outcome).toBe("rollback");
    expect(judge(trace(0.1), { warmUp }).last.outcome).not.toBe("rollback");
  });
});

describe("what is compared at a weight", () => {
  it("is all the rest of stable, or as much of a fresh baseline as there is", () => {
    expect(baselineShare({ baseline: "stable" }, 0.25)).toBe(0.75);
    expect(baselineShare({ baseline: "fresh" }, 0.25)).toBe(0.25);
    expect(baselineShare({ baseline: "fresh" }, 0.75)).toBe(0.25);
    expect(intendedShare({ baseline: "stable" }, 0.25)).toBe(0.25);
    expect(intendedShare({ baseline: "fresh" }, 0.25)).toBe(0.5);
  });

  it("makes a plan with a fresh baseline slower at small weights, and no faster at any", () => {
    const input = {
      steps: [10, 25, 50].map((weightPercent) => ({ weightPercent, holdMs: 60_000 })),
      requestsPerSecond: 200,
      errorRate: 0.01,
      ratios: [2],
    };
    const stable = prospect({ ...input, settings: DEFAULT_SETTINGS });
    const fresh = prospect({ ...input, settings: { ...DEFAULT_SETTINGS, ...FRESH } });
    const seconds = ({ steps }: typeof stable) =>
      steps.map((step) => step.faults[0]?.meanSeconds ?? 0);
    expect(fresh.steps.map((step) => step.baselinePercent)).toEqual([10, 25, 50]);
    expect(stable.steps.map((step) => step.baselinePercent)).toEqual([90, 75, 50]);
    expect(seconds(fresh)[0]).toBeGreaterThan(seconds(stable)[0] ?? 0);
    expect(seconds(fresh)[1]).toBeGreaterThan(seconds(stable)[1] ?? 0);
    expect(seconds(fresh)[2]).toBeCloseTo(seconds(stable)[2] ?? 0);
  });
});

describe("processes that become warm", () => {
  const quick = { requests: 60, errorShare: 0, within: [0.97, 1] };
  const cold = { ...quick, within: [0, 0.2] };
  const slow = { ...quick, within: [0, 1] };

  /** A minute of warm stable; then five cold seconds of both, and `after` of the candidate. */
  const warming = (after: typeof quick): Sample[] => {
    const arm = (warm: typeof quick, seconds: number) => {
      const [first, then] = [
        counters(cold, Math.min(seconds, 5)),
        counters(warm, Math.max(0, seconds - 5)),
      ];
      const counts = first.latency?.counts.map(
        (count, i) => count + (then.latency?.counts[i] ?? 0),
      );
      return {
        requests: first.requests + then.requests,
        errors: 0,
        latency: { le: first.latency?.le ?? [], counts: counts ?? [] },
      };
    };
    return Array.from({ length: PAST + 31 }, (_, t): Sample => {
      if (t <= PAST) return { t, weight: 0, candidate: null, baseline: counters(quick, 3_600 + t) };
      const since = t - PAST - 1;
      return { t, weight: 0.2, candidate: arm(after, since), baseline: arm(quick, since) };
    });
  };

  it("leave a candidate alone that becomes warm beside them", () => {
    const { findings } = judge(warming(quick), FRESH);
    expect(Math.max(...findings.map(({ evidence }) => evidence.worse))).toBeLessThan(3);
  });

  it("do not hide one that stays slow, though their own becoming warm looks like one long cause", () => {
    const { at } = judge(warming(slow), FRESH);
    expect(at("rollback")).toBeLessThan(PAST + 20);
  });
});
