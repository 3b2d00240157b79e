import { describe, expect, it } from "vitest";
import {
  beginVerdict,
  DEFAULT_SETTINGS,
  expectedSecondsToDetect,
  type Finding,
  observe,
  type Sample,
  type VerdictState,
} from "../../../lib/verdict/verdict.ts";

/** A trace of even traffic: what each arm adds per second. */
function evenTrace(
  seconds: number,
  perSecond: { candidate: [number, number]; baseline: [number, number] },
) {
  return Array.from({ length: seconds + 1 }, (_, t): Sample => {
    const arm = ([requests, errors]: [number, number]) => ({
      requests: requests * t,
      errors: Math.floor(errors * t),
    });
    return {
      t,
      weight: 0.1,
      candidate: arm(perSecond.candidate),
      baseline: arm(perSecond.baseline),
    };
  });
}

function run(samples: Sample[], from: VerdictState = beginVerdict(DEFAULT_SETTINGS)): Finding[] {
  let state = from;
  return samples.map((sample) => {
    const next = observe(state, sample);
    state = next.state;
    return next.finding;
  });
}

describe("the verdict on error rates", () => {
  it("rolls back a candidate that fails ten times as often, and says with what numbers", () => {
    const findings = run(evenTrace(120, { candidate: [20, 2], baseline: [180, 1.8] }));
    const first = findings.find((finding) => finding.outcome !== "continue");
    expect(first?.outcome).toBe("rollback");
    expect(first?.explanation).toMatch(/go back.*requests.*stable/);
  });

  it("promotes a candidate that fails as often as stable, even if that is often", () => {
    const findings = run(evenTrace(300, { candidate: [20, 4], baseline: [180, 36] }));
    expect(findings.some((finding) => finding.outcome === "rollback")).toBe(false);
    expect(findings.at(-1)?.outcome).toBe("promote");
  });

  it("takes a missing scrape as no evidence, and loses nothing of what happened meanwhile", () => {
    const whole = evenTrace(60, { candidate: [20, 1], baseline: [180, 1.8] });
    const holed = whole.map((sample) =>
      sample.t > 10 && sample.t < 20 ? { ...sample, candidate: null } : sample,
    );
    const findings = run(holed);
    expect(findings[15]?.evidence).toEqual(findings[10]?.evidence);
    expect(findings.at(-1)?.evidence.candidate).toEqual({ requests: 1200, errors: 60 });
  });

  it("takes an arm without traffic as no evidence", () => {
    const findings = run(evenTrace(60, { candidate: [0, 0], baseline: [180, 18] }));
    expect(findings.at(-1)?.evidence.worse).toBeCloseTo(1);
    expect(findings.at(-1)?.outcome).toBe("continue");
  });

  it("counts on after a restart of one arm", () => {
    const samples = evenTrace(10, { candidate: [20, 1], baseline: [180, 1] });
    const restarted: Sample = {
      t: 11,
      weight: 0.1,
      candidate: { requests: 5, errors: 0 },
      baseline: { requests: 1980, errors: 11 },
    };
    expect(run([...samples, restarted]).at(-1)?.evidence.candidate).toEqual({
      requests: 205,
      errors: 10,
    });
  });

  it("stays with rollback once it was decided", () => {
    const bad = evenTrace(60, { candidate: [20, 10], baseline: [180, 0] });
    const last = bad.at(-1) as Sample;
    const healed = Array.from(
      { length: 600 },
      (_, i): Sample => ({
        t: 61 + i,
        weight: 0.1,
        candidate: { requests: 1200 + 20 * i, errors: 600 },
        baseline: { requests: (last.baseline?.requests ?? 0) + 180 * i, errors: i },
      }),
    );
    expect(run([...bad, ...healed]).at(-1)?.outcome).toBe("rollback");
  });

  it("gives the identical findings when it is saved and restored at every window", () => {
    const samples = evenTrace(60, { candidate: [20, 1], baseline: [180, 1.8] });
    let state = beginVerdict(DEFAULT_SETTINGS);
    const restored = samples.map((sample) => {
      const next = observe(JSON.parse(JSON.stringify(state)) as VerdictState, sample);
      state = next.state;
      return next.finding;
    });
    expect(restored).toEqual(run(samples));
  });
});

describe("the expected time to detect", () => {
  const traffic = {
    settings: DEFAULT_SETTINGS,
    requestsPerSecond: 200,
    weight: 0.1,
    errorRate: 0.01,
  };

  it("shrinks with the size of the fault", () => {
    const seconds = [2, 5, 50].map((ratio) => expectedSecondsToDetect({ ...traffic, ratio }));
    expect(seconds).toEqual([...seconds].sort((a, b) => b - a));
    expect(seconds[2]).toBeLessThan(3);
  });

  it("is never for a release that is not worse, or an arm without traffic", () => {
    expect(expectedSecondsToDetect({ ...traffic, ratio: 1 })).toBe(Number.POSITIVE_INFINITY);
    expect(expectedSecondsToDetect({ ...traffic, ratio: 5, weight: 1 })).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(expectedSecondsToDetect({ ...traffic, ratio: 5, errorRate: 0 })).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
