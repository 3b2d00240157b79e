import { describe, expect, it } from "vitest";
import {
  type Alternatives,
  type Bets,
  goodEnoughAlternatives,
  openBets,
  settle,
  type Terms,
  worseAlternatives,
  worth,
} from "../../../../lib/verdict/metric/bets.ts";

/** Chances of 0, 1, … events among `requests`, each of which fails with chance `rate`. */
function binomial(requests: number, rate: number): number[] {
  const chances = [(1 - rate) ** requests];
  for (let k = 1; k <= requests; k += 1) {
    chances.push(((chances[k - 1] as number) * (requests - k + 1) * rate) / (k * (1 - rate)));
  }
  return chances;
}

/** What a window is worth on average, by going through everything that can happen in it. */
function expectedWorth(
  before: Bets,
  on: Alternatives,
  arms: { candidate: [number, number]; baseline: [number, number] },
  causesPerEvent = 1,
  terms?: Terms,
): number {
  const [candidateRequests, candidateRate] = arms.candidate;
  const [baselineRequests, baselineRate] = arms.baseline;
  const ofBaseline = binomial(baselineRequests, baselineRate);
  return binomial(candidateRequests, candidateRate).reduce((sum, chance, candidateEvents) => {
    const rows = ofBaseline.map((other, baselineEvents) => {
      const window = {
        candidateRequests,
        baselineRequests,
        candidateEvents: candidateEvents * causesPerEvent,
        baselineEvents: baselineEvents * causesPerEvent,
        seconds: 1,
        isNewStep: true,
      };
      const after = worth(settle(before, on, window, terms));
      return chance * other * Math.min(terms?.enough ?? Number.POSITIVE_INFINITY, after);
    });
    return sum + rows.reduce((total, value) => total + value, 0);
  }, 0);
}

const SIZES: Array<[number, number]> = [
  [1, 1],
  [1, 30],
  [5, 45],
  [20, 20],
  [40, 4],
];
const RATES = [0.001, 0.02, 0.1, 0.4];
const ROUNDING = 1e-9;

describe("the expectation of a window's factor, by exact enumeration", () => {
  const tolerated = [0.5, 1, 1.5];

  it.each(tolerated)("is at most 1 when the candidate is no worse than %d times stable", (r0) => {
    const on = worseAlternatives(r0, 0.15, 0.01);
    const bets = openBets(on);
    for (const [n, m] of SIZES)
      for (const rate of RATES)
        for (const factor of [0, 0.5, 1])
          for (const causesPerEvent of [1, 0.3]) {
            const arms = {
              candidate: [n, Math.min(1, rate * r0 * factor)] as [number, number],
              baseline: [m, rate] as [number, number],
            };
            const expected = expectedWorth(bets, on, arms, causesPerEvent);
            expect(expected).toBeLessThanOrEqual(1 + ROUNDING);
          }
  });

  it("is at most 1 for a candidate that is not good enough, when good is bet on", () => {
    const on = goodEnoughAlternatives(2);
    const bets = openBets(on);
    for (const [n, m] of SIZES)
      for (const rate of RATES)
        for (const factor of [1, 1.5, 2]) {
          const arms = {
            candidate: [n, Math.min(1, 2 * rate * factor)] as [number, number],
            baseline: [m, rate] as [number, number],
          };
          // A rate above a third is not a rare event any more: the candidate cannot be twice as bad.
          if (2 * rate * factor > 0.7) continue;
          expect(expectedWorth(bets, on, arms)).toBeLessThanOrEqual(1 + ROUNDING);
        }
  });

  it("is above 1 when the candidate is worse, so that evidence grows", () => {
    const on = worseAlternatives(1, 0.15, 0.01);
    const arms = {
      candidate: [20, 0.2] as [number, number],
      baseline: [45, 0.02] as [number, number],
    };
    expect(expectedWorth(openBets(on), on, arms)).toBeGreaterThan(1.5);
  });

  it("holds after any history, since stakes are laid before the window is seen", () => {
    const on = worseAlternatives(1, 0.15, 0.01);
    let bets = openBets(on);
    for (let round = 0; round < 50; round += 1) {
      bets = settle(bets, on, {
        candidateRequests: 10,
        baselineRequests: 90,
        candidateEvents: round % 7 === 0 ? 1 : 0,
        baselineEvents: round % 2,
        seconds: 1,
        isNewStep: round % 20 === 0,
      });
      const arms = {
        candidate: [10, 0.05] as [number, number],
        baseline: [30, 0.05] as [number, number],
      };
      expect(expectedWorth(bets, on, arms)).toBeLessThanOrEqual(worth(bets) * (1 + ROUNDING));
    }
  });
});

describe("what is known before a window of how it will count", () => {
  const on = worseAlternatives(1, 0.25, 0.01);
  const noWorse = {
    candidate: [20, 0.1] as [number, number],
    baseline: [40, 0.1] as [number, number],
  };
  const ENOUGH = 100;
  const promising = (capital: number): Bets => ({
    capital: on.stakes.map((stake) => stake * capital),
    cash: 0,
    seconds: 60,
  });
  const ONE_BY_ONE: Terms = { dilution: 1, enough: ENOUGH, certainty: 1 };

  it("never makes evidence grow on average, up to what is enough, when the candidate is no worse", () => {
    for (const capital of [6, 15, 30, 60, 90, 99])
      for (const dilution of [0.1, 0.5, 1])
        for (const causesPerEvent of [1, 0.7, 0.3, 0.1]) {
          const terms = { dilution, enough: ENOUGH, certainty: causesPerEvent };
          const bets = promising(capital);
          const expected = expectedWorth(bets, on, noWorse, causesPerEvent, terms);
          expect(expected).toBeLessThanOrEqual(capital * (1 + ROUNDING));
        }
  });

  it("gives back what evidence would have beyond what is enough", () => {
    const bets = promising(60);
    const window = {
      candidateRequests: 20,
      baselineRequests: 180,
      candidateEvents: 0,
      baselineEvents: 1,
      seconds: 1,
      isNewStep: false,
    };
    const plain = worth(settle(bets, on, window));
    const raised = worth(settle(bets, on, window, ONE_BY_ONE));
    expect(raised).toBeGreaterThan(1.05 * plain);
    expect(raised).toBeLessThan(60);
    const clumped = worth(settle(bets, on, window, { ...ONE_BY_ONE, certainty: 0.1 }));
    expect(clumped).toBeLessThan(1.1 * plain);
    expect(clumped).toBeGreaterThan(plain);
  });

  it("leaves evidence alone while it is far from enough, and where many events make it move evenly", () => {
    const few = {
      candidateRequests: 20,
      baselineRequests: 180,
      candidateEvents: 1,
      baselineEvents: 0,
      seconds: 1,
      isNewStep: false,
    };
    const far = promising(2);
    expect(settle(far, on, few, ONE_BY_ONE)).toEqual(settle(far, on, few));
    const many = { ...few, candidateEvents: 10, baselineEvents: 90 };
    const near = promising(60);
    expect(settle(near, on, many, ONE_BY_ONE)).toEqual(settle(near, on, many));
  });

  it("looks for a smaller ratio while both arms fail more than usual, and so finds a fault that is hidden there", () => {
    // One in ten fails on both while they are cold; the candidate's fault adds as many again.
    const cold = {
      candidateRequests: 20,
      baselineRequests: 20,
      candidateEvents: 4,
      baselineEvents: 2,
      seconds: 1,
      isNewStep: false,
    };
    const capitalAt = (dilution: number) => {
      let bets = openBets(on);
      for (let second = 0; second < 15; second += 1)
        bets = settle(bets, on, cold, { ...ONE_BY_ONE, dilution });
      return bets.capital;
    };
    const severalTimes = 3;
    expect(capitalAt(0.1)[severalTimes]).toBeGreaterThan(10);
    expect(capitalAt(1)[severalTimes]).toBeLessThan(0.01);
  });
});
