import { describe, expect, it } from "vitest";
import {
  type Alternatives,
  type Bets,
  COLD_STAKING,
  goodEnoughAlternatives,
  openBets,
  settle,
  worseAlternatives,
  worth,
} from "../../../lib/verdict/bets.ts";

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
): number {
  const [candidateRequests, candidateRate] = arms.candidate;
  const [baselineRequests, baselineRate] = arms.baseline;
  const ofBaseline = binomial(baselineRequests, baselineRate);
  return binomial(candidateRequests, candidateRate).reduce((sum, chance, candidateEvents) => {
    const rows = ofBaseline.map((other, baselineEvents) => {
      const after = settle(before, on, {
        candidateRequests,
        baselineRequests,
        candidateEvents: candidateEvents * causesPerEvent,
        baselineEvents: baselineEvents * causesPerEvent,
        seconds: 1,
        isNewStep: true,
      });
      return chance * other * worth(after);
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

describe("stakes of a comparison with processes that are as cold", () => {
  const on = {
    usual: worseAlternatives(1, 0.25, 0.01),
    cold: worseAlternatives(1, 0.25, 0.01, COLD_STAKING),
  };
  const second = (candidateEvents: number, baselineEvents: number) => ({
    candidateRequests: 20,
    candidateEvents,
    baselineRequests: 20,
    baselineEvents,
    seconds: 1,
    isNewStep: false,
  });
  const settled = (alternatives: Alternatives, seconds: number, events: [number, number]) => {
    let bets = openBets(alternatives);
    for (let at = 0; at < seconds; at += 1) bets = settle(bets, alternatives, second(...events));
    return bets;
  };

  it("are 1 in all, and grow in no window when the candidate is no worse", () => {
    for (const seconds of [0, 1, 30, 200]) {
      const bets = settled(on.cold, seconds, [0, 0]);
      expect(worth(bets)).toBeCloseTo(1, 12);
      const arms = {
        candidate: [20, 0.1] as [number, number],
        baseline: [20, 0.1] as [number, number],
      };
      expect(expectedWorth(bets, on.cold, arms)).toBeLessThanOrEqual(1 + ROUNDING);
    }
  });

  it("are not ruined by a minute in which both fail alike: the bets on several times as many failures have more", () => {
    const left = (alternatives: Alternatives) => {
      const [, , severalTimes, ...more] = settled(alternatives, 60, [2, 2]).capital;
      return more.reduce((sum, value) => sum + value, severalTimes ?? 0);
    };
    expect(left(on.cold)).toBeGreaterThan(2 * left(on.usual));
  });

  it("leave no less than half of what they are otherwise to a fault that shows at once", () => {
    const won = (alternatives: Alternatives) => worth(settled(alternatives, 2, [6, 1]));
    expect(won(on.cold)).toBeGreaterThan(0.5 * won(on.usual));
  });
});
