import { expect, test } from "vitest";
import { KIND, type Kind, SIDE } from "../../engine/core/command.ts";
import { Core } from "../../engine/core/core.ts";
import { EventTape } from "./support/event-tape.ts";
import { flow, type Market, type Mix } from "./support/flow.ts";
import { NaiveCore } from "./support/naive-core.ts";

const ALL_KINDS = Object.values(KIND) as Kind[];
const GTC_MOSTLY: Kind[] = [KIND.GTC, KIND.GTC, KIND.GTC, KIND.GTC, KIND.IOC, KIND.PO];

test.each<[Market, number, boolean]>([
  ["narrow", 40_000, false],
  ["narrow", 40_000, true],
  ["wide", 30_000, false],
  ["drifting", 40_000, false],
  ["sparse", 20_000, true],
])(
  "in a %s market of %d commands, self-trade prevention %s, the engine says and holds what its rules mean",
  (market, count, preventSelfTrade) => {
    const mix: Mix = {
      market,
      symbols: 2,
      users: 8,
      cancelShare: 0.3,
      amendShare: 0.25,
      kinds: market === "narrow" ? [...ALL_KINDS, ...GTC_MOSTLY] : GTC_MOSTLY,
    };
    const core = coreOf(2, { preventSelfTrade });
    const naive = new NaiveCore(preventSelfTrade);
    const [said, meant] = [new EventTape(), new EventTape()];
    let at = 0;
    for (const command of flow(count, count, mix)) {
      core.apply(command, said);
      naive.apply(command, meant);
      const [ours, theirs] = [said.take(), meant.take()];
      if (ours.join() !== theirs.join())
        expect({ at, command, ours }).toEqual({ at, command, ours: theirs });
      at += 1;
      if (at % 2000 !== 0 && at !== count) continue;
      for (const symbol of [0, 1]) {
        const { bids, asks } = core.depth(symbol);
        expect(bids).toEqual(naive.depth(symbol, SIDE.buy));
        expect(asks).toEqual(naive.depth(symbol, SIDE.sell));
      }
    }
    expect(core.pool.live).toBeGreaterThan(0);
  },
);

test("a quantity that would make a level inexact is refused, one that trades at once is not", () => {
  const core = coreOf(1, {});
  const tape = new EventTape();
  const order = { op: 0, user: 1, symbol: 0, kind: KIND.GTC, price: 5, timeMs: 0 } as const;
  core.apply({ ...order, id: 1, side: SIDE.buy, qty: Number.MAX_SAFE_INTEGER }, tape);
  core.apply({ ...order, id: 2, side: SIDE.buy, qty: 1 }, tape);
  core.apply({ ...order, id: 3, side: SIDE.sell, qty: Number.MAX_SAFE_INTEGER }, tape);
  expect(tape.take()).toEqual([
    "accepted 1",
    "rejected 2 quantity-overflow",
    "accepted 3",
    `trade 3 1 5 ${Number.MAX_SAFE_INTEGER}`,
  ]);
});

test("an engine that holds as many orders as it may refuses more and still trades", () => {
  const core = coreOf(1, { maxOrders: 2 });
  const tape = new EventTape();
  const order = {
    op: 0,
    user: 1,
    symbol: 0,
    side: SIDE.buy,
    kind: KIND.GTC,
    price: 5,
    qty: 1,
    timeMs: 0,
  } as const;
  for (const id of [1, 2, 3]) core.apply({ ...order, id }, tape);
  expect(tape.take().at(-1)).toBe("rejected 3 book-full");
});

function coreOf(symbols: number, options: Partial<ConstructorParameters<typeof Core>[0]>): Core {
  const core = new Core({
    maxOrders: Number.POSITIVE_INFINITY,
    risk: false,
    preventSelfTrade: false,
    ...options,
  });
  for (let index = 0; index < symbols; index += 1) core.addSymbol({ base: index + 1, quote: 0 });
  return core;
}
