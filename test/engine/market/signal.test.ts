import fc from "fast-check";
import { expect, test } from "vitest";
import { SIDE } from "../../../engine/core/command.ts";
import { brierScore, hitRatio, RollingScore, type Score } from "../../../engine/market/score.ts";
import { ImbalanceSignal } from "../../../engine/market/signal.ts";
import { simulatedSource } from "../../../engine/market/sources.ts";
import { TopOfBook } from "../../../engine/market/top-of-book.ts";
import { Random } from "../support/flow.ts";

const MOVES = 3_000;

/** A market whose middle moves once a command, up when `isUp` says so of the imbalance that was to be seen before. */
function play(isUp: (imbalance: number, random: Random) => boolean, seed: number): Score {
  const random = new Random(seed);
  const signal = new ImbalanceSignal(1);
  let mid = 10_000;
  let sequence = 0;
  let imbalance = 0;
  const side = (of: 0 | 1, price: number, qty: number): void =>
    signal.level(0, of, price, qty, sequence);
  const show = (): void => {
    const [wanted, offered] = [1 + random.below(500), 1 + random.below(500)];
    imbalance = (wanted - offered) / (wanted + offered);
    side(SIDE.buy, mid - 1, wanted);
    side(SIDE.sell, mid + 1, offered);
  };
  show();
  for (let move = 0; move < MOVES; move += 1) {
    sequence += 1;
    const next = mid + (isUp(imbalance, random) ? 1 : -1);
    side(SIDE.buy, mid - 1, 0);
    side(SIDE.sell, mid + 1, 0);
    mid = next;
    show();
  }
  signal.settle();
  return signal.score(0);
}

test("where imbalance leads, the model finds it out and beats the coin by far", () => {
  const score = play((imbalance) => imbalance > 0, 1);
  expect(score).toMatchObject({ predictions: MOVES, counted: 1000 });
  expect(hitRatio(score)).toBeGreaterThan(0.95);
  expect(brierScore(score)).toBeLessThan(0.12);
});

test("where it leads the other way, that is found out as well", () => {
  expect(hitRatio(play((imbalance) => imbalance < 0, 2))).toBeGreaterThan(0.95);
});

test("where it says nothing, the model is no better than the coin, and does not seem to be", () => {
  const score = play((_, random) => random.chance(0.5), 3);
  expect(Math.abs(hitRatio(score) - 0.5)).toBeLessThan(0.06);
  expect(brierScore(score)).toBeGreaterThan(0.24);
});

test("the same market gives the same score, however often it is looked at in between", () => {
  const scores = [5, 500].map((everyMs) => {
    const signal = new ImbalanceSignal(2);
    const source = simulatedSource(42, 2);
    for (let now = 0; now <= 2_000; now += 1) {
      if (now % 10 === 0) source.poll(now, signal);
      if (now % everyMs === 0) signal.settle();
    }
    signal.settle();
    return [0, 1].map((symbol) => ({ ...told(signal.score(symbol)) }));
  });
  expect(scores[1]).toEqual(scores[0]);
  expect(scores[0]?.[0]?.predictions).toBeGreaterThan(50);
});

test("what was said before books are told anew is not scored by what comes after", () => {
  const signal = new ImbalanceSignal(1);
  signal.level(0, SIDE.buy, 10, 5, 1);
  signal.level(0, SIDE.sell, 12, 5, 1);
  signal.settle();
  signal.reset();
  signal.level(0, SIDE.buy, 20, 5, 9);
  signal.level(0, SIDE.sell, 22, 5, 9);
  signal.settle();
  expect(signal.score(0).predictions).toBe(0);
  signal.level(0, SIDE.buy, 21, 5, 10);
  signal.settle();
  expect(signal.score(0).predictions).toBe(1);
});

test("a rolling score is that of the newest predictions alone", () => {
  const outcome = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean());
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 1, maxLength: 60 }), (outcomes) => {
      const rolling = new RollingScore(10);
      for (const [probability, isUp] of outcomes) rolling.add(probability, isUp);
      const newest = new RollingScore(10);
      for (const [probability, isUp] of outcomes.slice(-10)) newest.add(probability, isUp);
      expect(rolling.predictions).toBe(outcomes.length);
      expect({ ...told(rolling), predictions: 0 }).toEqual({ ...told(newest), predictions: 0 });
    }),
  );
});

test("the best levels are those that a sorted list of all has first", () => {
  const change = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
      const top = new TopOfBook();
      const levels = [new Map<number, number>(), new Map<number, number>()] as const;
      for (const [price, qty] of changes) {
        const side = price <= 15 ? SIDE.buy : SIDE.sell;
        top.level(side, price, qty);
        if (qty === 0) levels[side].delete(price);
        else levels[side].set(price, qty);
      }
      const bids = [...levels[SIDE.buy]].sort(([a], [b]) => b - a);
      const asks = [...levels[SIDE.sell]].sort(([a], [b]) => a - b);
      const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
      expect(top.twiceMid).toBe(bid === undefined || ask === undefined ? null : bid + ask);
      const sum = (side: [number, number][]): number =>
        side.slice(0, 5).reduce((total, [, qty]) => total + qty, 0);
      const all = sum(bids) + sum(asks);
      expect(top.imbalance(5)).toBe(all === 0 ? 0 : (sum(bids) - sum(asks)) / all);
    }),
  );
});

function told({ predictions, counted, hits, squares }: Score): Score {
  return { predictions, counted, hits, squares };
}
