import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { raisedUpTo } from "../../../../lib/verdict/metric/overshoot.ts";

const ENOUGH = 100;
const PLACES = 1_000;

/** Counts failures by chance (`takes` 0), or requests that fail by chance. */
function chanceOf(events: number, causes: number, share: number, takes: 0 | 1): number {
  const [candidate, baseline] = [share * PLACES, (1 - share) * PLACES];
  let chance = 1;
  for (let one = 0; one < events; one += 1) {
    chance *= (causes - one) / (one + 1);
    chance *= (candidate - takes * one) / (PLACES - takes * one);
  }
  for (let one = 0; one < causes - events; one += 1)
    chance *= (baseline - takes * one) / (PLACES - takes * (events + one));
  return chance;
}

/** What evidence is worth on average, if no more than enough counts. */
function mean(worth: readonly number[], share: number, takes: 0 | 1, enough: number): number {
  const causes = worth.length - 1;
  return worth.reduce(
    (sum, value, events) => sum + chanceOf(events, causes, share, takes) * Math.min(enough, value),
    0,
  );
}

function raised(worth: readonly number[], share: number): number {
  return raisedUpTo(ENOUGH, worth, {
    causes: worth.length - 1,
    candidate: share * PLACES,
    baseline: (1 - share) * PLACES,
  });
}

const rising = fc
  .array(fc.double({ min: 0.01, max: 500, noNaN: true }), { minLength: 2, maxLength: 30 })
  .map((values) => values.sort((a, b) => a - b));
const shares = fc.double({ min: 0.01, max: 0.95, noNaN: true });

describe("what jumps beyond enough", () => {
  it("is given back to all outcomes by one factor, as far as the mean stays what it was", () => {
    fc.assert(
      fc.property(rising, shares, (worth, share) => {
        const factor = raised(worth, share);
        expect(factor).toBeGreaterThanOrEqual(1);
        for (const takes of [0, 1] as const) {
          const before = mean(worth, share, takes, Number.POSITIVE_INFINITY);
          const after = worth.map((value) => factor * value);
          const most = Math.max(before, mean(worth, share, takes, ENOUGH));
          expect(mean(after, share, takes, ENOUGH)).toBeLessThanOrEqual(most * (1 + 1e-6));
        }
      }),
    );
  });

  it("is nothing when no outcome is worth more than enough", () => {
    expect(raised([1, 40, 99], 0.1)).toBe(1);
  });

  it("is worth a third more where one event in ten would come to twice enough", () => {
    // 0.1 · 100 + 0.9 · 40 · b = 0.1 · 200 + 0.9 · 40
    expect(raised([40, 200], 0.1)).toBeCloseTo(46 / 36, 9);
  });

  it("stays where it is when as many fail as there are requests", () => {
    const draw = { causes: 1, candidate: 0.5, baseline: 20 };
    expect(raisedUpTo(ENOUGH, [40, 200], draw)).toBe(1);
  });

  it("is no factor below 1 and no NaN, whatever the outcomes", () => {
    for (const worth of [
      [0, 0],
      [0, 1e200],
      [1e-300, 1e200],
      [99.999, 100.001],
    ]) {
      const factor = raised(worth, 0.5);
      expect(factor).toBeGreaterThanOrEqual(1);
      expect(Number.isFinite(factor)).toBe(true);
    }
  });
});
