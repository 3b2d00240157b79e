import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VerdictSettingsYaml } from "../../../lib/verdict/settings.ts";
import {
  beginVerdict,
  DEFAULT_SETTINGS,
  observe,
  type Sample,
  type VerdictSettings,
} from "../../../lib/verdict/verdict.ts";
import { judge, samples } from "./trace-of.ts";

const KINDS = { weights: { latency: 0.2, kinds: { corrupt: 0.1 } } };

const trace = samples({
  candidate: { requests: 20, errorShare: 0.02, within: [0.5, 0.9], kinds: { corrupt: 0.01 } },
  baseline: { requests: 180, errorShare: 0.01, within: [0.5, 0.9], kinds: { corrupt: 0.001 } },
  seconds: 100,
  past: 60,
});
const SETTINGS: Partial<VerdictSettings> = {
  ...KINDS,
  warmUp: { errorsSeconds: 0, latencySeconds: 0 },
};
const AT = 100;

/** The findings when the sample at AT is another one. */
function withSample(change: (sample: Sample) => Sample) {
  return judge(
    trace.map((sample, t) => (t === AT ? change(sample) : sample)),
    SETTINGS,
  ).findings;
}

const arms = (change: (arm: NonNullable<Sample["candidate"]>) => object) => (sample: Sample) => ({
  ...sample,
  candidate: sample.candidate && ({ ...sample.candidate, ...change(sample.candidate) } as never),
});

describe("a reading that is none", () => {
  it.each<[string, (sample: Sample) => Sample]>([
    ["NaN requests", arms(() => ({ requests: Number.NaN }))],
    ["negative requests", arms(() => ({ requests: -1 }))],
    ["infinite errors", arms(() => ({ errors: Number.POSITIVE_INFINITY }))],
    ["negative errors", arms(() => ({ errors: -0.5 }))],
    [
      "a bucket that is NaN",
      arms(() => ({ latency: { le: [0.1, 0.5], counts: [1, Number.NaN, 800] } })),
    ],
    ["a bucket too few", arms(() => ({ latency: { le: [0.1, 0.5], counts: [1, 2] } }))],
    ["buckets that decrease", arms(() => ({ latency: { le: [0.1, 0.5], counts: [9, 2, 10] } }))],
    ["null", (sample) => ({ ...sample, candidate: null })],
  ])("(%s) is a missing scrape: no evidence, and the next window spans both", (_, change) => {
    const whole = judge(trace, SETTINGS).findings;
    const holed = withSample(change);
    expect(holed[AT]?.evidence).toEqual(holed[AT - 1]?.evidence);
    expect(holed.at(-1)?.evidence.candidate).toEqual(whole.at(-1)?.evidence.candidate);
  });

  it("of one metric alone (edges that stable lacks) is no evidence for that metric, and the others go on", () => {
    const holed = withSample(
      arms(({ requests }) => ({ latency: { le: [0.2, 0.6], counts: [1, 2, requests] } })),
    );
    const [before, at] = [holed[AT - 1]?.evidence, holed[AT]?.evidence];
    expect(at?.candidate.requests).toBe((before?.candidate.requests ?? 0) + 20);
    expect(at?.metrics?.["latency:0.1"]).toBe(before?.metrics?.["latency:0.1"]);
  });

  it("of kinds (fewer than before, or NaN) is no evidence for the kind", () => {
    for (const corrupt of [0, Number.NaN, -1]) {
      const findings = withSample(arms(() => ({ kinds: { corrupt } })));
      const kindAt = (t: number) => findings[t]?.evidence.metrics?.["errors:corrupt"];
      expect(kindAt(AT), `${corrupt}`).toBe(kindAt(AT - 1));
      expect(Number.isFinite(kindAt(trace.length - 1)), `${corrupt}`).toBe(true);
    }
  });
});

describe("counters that go backwards", () => {
  it("are a restart: what the new process counted belongs to this window", () => {
    const findings = withSample(arms(() => ({ requests: 15, errors: 1, latency: undefined })));
    const before = findings[AT - 1]?.evidence.candidate.requests ?? 0;
    expect(findings[AT]?.evidence.candidate.requests).toBe(before + 15);
  });

  it("are no evidence when no one process can have counted that much in the window", () => {
    const findings = withSample(arms(({ requests }) => ({ requests: requests - 1, errors: 0 })));
    expect(findings[AT]?.evidence).toEqual(findings[AT - 1]?.evidence);
  });

  it("take no evidence back that was there before", () => {
    const findings = withSample(arms(() => ({ requests: 0, errors: 0 })));
    expect(findings[AT]?.evidence.worse).toBe(findings[AT - 1]?.evidence.worse);
  });
});

describe("a clock that goes back or stands still", () => {
  it.each([
    ["goes back", 5],
    ["stands still", AT - 1],
  ])("(%s) brings no evidence", (_, t) => {
    const findings = withSample((sample) => ({ ...sample, t }));
    expect(findings[AT]?.evidence).toEqual(findings[AT - 1]?.evidence);
    expect(findings.at(-1)?.evidence.candidate).toEqual(
      judge(trace, SETTINGS).last.evidence.candidate,
    );
  });
});

describe("a chance that is none", () => {
  it.each([0, 0.5, 1, -0.01, Number.NaN, "0%", "50%", "60%", "-1%", "1 in 100", null, true])(
    "(%s) is refused as alpha and as beta, with what is accepted",
    (given) => {
      for (const key of ["alpha", "beta"]) {
        const { error } = VerdictSettingsYaml.safeParse({ [key]: given });
        expect(error?.issues[0]?.path).toEqual([key]);
        expect(error?.issues[0]?.message).toBe("a chance above 0 and below 0.5, as 0.01 or 1%");
      }
    },
  );

  it.each([0, 0.5, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    "(%s) is refused by the verdict itself, so that a threshold is always a number",
    (given) => {
      for (const key of ["alpha", "beta"])
        expect(() => beginVerdict({ ...DEFAULT_SETTINGS, [key]: given })).toThrow(
          `${key}: given ${given}, accepted is a chance above 0 and below 0.5`,
        );
    },
  );

  it("does not include any other: whatever is between becomes a threshold", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.4999, noNaN: true }), (alpha) => {
        const { data } = VerdictSettingsYaml.safeParse({ alpha });
        expect(data?.alpha).toBe(alpha);
      }),
    );
  });
});

describe("whatever kinds and instances are", () => {
  const number = fc.oneof(fc.nat(10_000), fc.constantFrom(Number.NaN, -1, 1e300, 0.5));
  const arm = fc.option(
    fc.record(
      {
        requests: number,
        errors: number,
        kinds: fc.record({ corrupt: number }, { requiredKeys: [] }),
      },
      { requiredKeys: ["requests", "errors"] },
    ),
  );
  const byInstance = fc.dictionary(fc.constantFrom("a", "b", "c"), arm);
  const sample: fc.Arbitrary<Sample> = fc.record(
    {
      t: fc.nat(200),
      weight: fc.constantFrom(0, 0.1, 0.5),
      candidate: arm,
      baseline: arm,
      instances: fc.record({ candidate: byInstance, baseline: byInstance }),
    },
    { requiredKeys: ["t", "weight", "candidate", "baseline"] },
  );

  it("no evidence is NaN, and all of it survives JSON", () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 30 }), (given) => {
        let state = beginVerdict({ ...DEFAULT_SETTINGS, ...KINDS });
        for (const one of given) {
          const next = observe(state, one);
          state = next.state;
          const { worse, goodEnough, metrics = {}, control = 0 } = next.finding.evidence;
          for (const value of [worse, goodEnough, control, ...Object.values(metrics)])
            expect(Number.isFinite(value)).toBe(true);
          expect(JSON.stringify(next.finding)).not.toContain("null");
        }
      }),
      { numRuns: 300 },
    );
  });
});
