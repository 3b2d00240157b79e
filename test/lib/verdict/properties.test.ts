import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Counters } from "../../../lib/metrics/counters.ts";
import { openBets, settle, worseAlternatives, worth } from "../../../lib/verdict/metric/bets.ts";
import {
  beginVerdict,
  DEFAULT_SETTINGS,
  observe,
  type Sample,
  type VerdictState,
} from "../../../lib/verdict/verdict.ts";

/** Anything that a scrape might bring, sense or nonsense. */
const number = fc.oneof(
  fc.nat(1_000_000),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e300, 0.5),
);
const latency = fc.record({
  le: fc.constantFrom<number[]>([0.1, 1], [0.05, 0.1, 1, 10], [], [1]),
  counts: fc.array(number, { maxLength: 6 }),
});
const arm: fc.Arbitrary<Counters | null> = fc.option(
  fc.record(
    { requests: number, errors: number, latency, kinds: fc.dictionary(fc.string(), number) },
    { requiredKeys: ["requests", "errors"] },
  ),
);
const sample: fc.Arbitrary<Sample> = fc.record({
  t: fc.oneof(fc.nat(1_000), fc.double({ noNaN: true, min: 0, max: 1e9 })),
  weight: fc.constantFrom(0, 0.1, 0.5, 1),
  candidate: arm,
  baseline: arm,
});

describe("whatever the samples are", () => {
  it("the evidence is a finite number, and state and finding survive JSON", () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 30 }), (samples) => {
        let state = beginVerdict({ ...DEFAULT_SETTINGS, goodEnoughRate: 0.001 });
        for (const one of samples) {
          const next = observe(state, one);
          state = next.state;
          expect(Number.isFinite(next.finding.evidence.worse)).toBe(true);
          expect(Number.isFinite(next.finding.evidence.goodEnough)).toBe(true);
          expect(JSON.stringify(next.finding)).not.toContain("null");
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** A window of an honest service, as differences. */
const honest = fc
  .record({
    n: fc.integer({ min: 1, max: 400 }),
    k: fc.nat(20),
    m: fc.integer({ min: 1, max: 400 }),
    j: fc.nat(20),
  })
  .map(({ n, k, m, j }) => ({ n, k: Math.min(k, n), m, j: Math.min(j, m) }));

function traceOf(windows: Array<{ n: number; k: number; m: number; j: number }>): Sample[] {
  const candidate = { requests: 0, errors: 0 };
  const baseline = { requests: 5_000, errors: 20 };
  const at = (t: number): Sample => ({
    t,
    weight: 0.2,
    candidate: { ...candidate },
    baseline: { ...baseline },
  });
  return [
    at(0),
    ...windows.map(({ n, k, m, j }, index) => {
      candidate.requests += n;
      candidate.errors += k;
      baseline.requests += m;
      baseline.errors += j;
      return at(index + 1);
    }),
  ];
}

describe("an honest trace", () => {
  it("has the identical findings when it is saved and restored at every window", () => {
    fc.assert(
      fc.property(fc.array(honest, { maxLength: 60 }), (windows) => {
        let kept = beginVerdict(DEFAULT_SETTINGS);
        let restored = kept;
        for (const one of traceOf(windows)) {
          const a = observe(kept, one);
          const b = observe(JSON.parse(JSON.stringify(restored)) as VerdictState, one);
          expect(b.finding).toEqual(a.finding);
          kept = a.state;
          restored = b.state;
        }
      }),
      { numRuns: 50 },
    );
  });

  it("keeps all events when scrapes are missing in the middle", () => {
    fc.assert(
      fc.property(
        fc.array(honest, { minLength: 3, maxLength: 30 }),
        fc.infiniteStream(fc.boolean()),
        (windows, coin) => {
          const whole = traceOf(windows);
          const holed = whole.map((one, index) =>
            index > 0 && index < whole.length - 1 && coin.next().value
              ? { ...one, baseline: null }
              : one,
          );
          const last = (samples: Sample[]) => {
            let state = beginVerdict(DEFAULT_SETTINGS);
            for (const one of samples) state = observe(state, one).state;
            return { candidate: state.candidate, baseline: state.baseline };
          };
          expect(last(holed)).toEqual(last(whole));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("splitting a window in two", () => {
  const on = worseAlternatives(1, 0.15, 0.01);

  it("changes no bet when the traffic is split alike, and no stakes are moved", () => {
    fc.assert(
      fc.property(honest, fc.integer({ min: 2, max: 5 }), ({ n, k, m, j }, parts) => {
        const bets = { ...openBets(on), cash: 0 };
        const uncapped = { seconds: 1_000, isNewStep: false };
        const whole = settle(bets, on, {
          candidateRequests: n * parts,
          candidateEvents: k,
          baselineRequests: m * parts,
          baselineEvents: j,
          ...uncapped,
        });
        let split = settle(bets, on, {
          candidateRequests: n,
          candidateEvents: k,
          baselineRequests: m,
          baselineEvents: 0,
          ...uncapped,
        });
        split = settle(split, on, {
          candidateRequests: n * (parts - 1),
          candidateEvents: 0,
          baselineRequests: m * (parts - 1),
          baselineEvents: j,
          ...uncapped,
        });
        expect(worth(split) / worth(whole)).toBeCloseTo(1, 6);
      }),
    );
  });

  it("leaves the expectation at most 1 whatever is staked in between", () => {
    // Two halves of a window with one Poisson rate on both arms: E(first) and E(second | first) are at most 1.
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 2, noNaN: true }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        (rate, n, m) => {
          let bets = openBets(on);
          for (const seconds of [0.5, 0.5]) {
            const before = worth(bets);
            expect(
              poissonMean(bets, (rate * n) / 100, (rate * m) / 100, n, m, seconds),
            ).toBeLessThanOrEqual(before * (1 + 1e-6));
            bets = settle(bets, on, {
              candidateRequests: n,
              candidateEvents: 1,
              baselineRequests: m,
              baselineEvents: 1,
              seconds,
              isNewStep: true,
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  function poissonMean(
    bets: ReturnType<typeof openBets>,
    candidateMean: number,
    baselineMean: number,
    n: number,
    m: number,
    seconds: number,
  ): number {
    let sum = 0;
    let chanceOfK = Math.exp(-candidateMean);
    for (let k = 0; k < 30; k += 1) {
      let chanceOfJ = Math.exp(-baselineMean);
      for (let j = 0; j < 30; j += 1) {
        const after = settle(bets, on, {
          candidateRequests: n,
          candidateEvents: k,
          baselineRequests: m,
          baselineEvents: j,
          seconds,
          isNewStep: true,
        });
        sum += chanceOfK * chanceOfJ * worth(after);
        chanceOfJ *= baselineMean / (j + 1);
      }
      chanceOfK *= candidateMean / (k + 1);
    }
    return sum;
  }
});
