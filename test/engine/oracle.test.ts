import { type IProcessOrder, OrderBook, Side } from "nodejs-order-book";
import { expect, test } from "vitest";
import { type Command, KIND, OP, SIDE } from "../../engine/core/command.ts";
import { Core } from "../../engine/core/core.ts";
import { EventTape } from "./support/event-tape.ts";
import { flow, type Mix } from "./support/flow.ts";

const mix: Mix = {
  market: "narrow",
  symbols: 1,
  users: 5,
  cancelShare: 0.35,
  amendShare: 0,
  kinds: [KIND.GTC],
};
const FLOWS: { name: string; mix: Mix; count: number }[] = [
  { name: "resting orders, many cancelled", mix, count: 250_000 },
  {
    name: "all times in force",
    mix: { ...mix, kinds: [KIND.GTC, KIND.GTC, KIND.IOC, KIND.FOK, KIND.PO, KIND.market] },
    count: 250_001,
  },
  {
    name: "prices that drift",
    mix: { ...mix, market: "drifting", cancelShare: 0.45 },
    count: 500_000,
  },
];

test.each(FLOWS)(
  "$count commands ($name) trade as in nodejs-order-book, order by order and unit by unit",
  ({ mix, count }) => {
    const core = new Core({ maxOrders: 1e9, risk: false, preventSelfTrade: false });
    core.addSymbol({ base: 1, quote: 0 });
    const peer = new OrderBook();
    const tape = new EventTape();
    let at = 0;
    let trades = 0;
    for (const command of flow(count, count, mix)) {
      core.apply(command, tape);
      const ours = tape.take().filter((event) => event.startsWith("trade"));
      const theirs = tradesOf(command, peer);
      if (ours.join() !== theirs.join())
        expect({ at, command, ours }).toEqual({ at, command, ours: theirs });
      trades += ours.length;
      at += 1;
      if (at % 10_000 === 0 || at === count) expect(depthOf(core)).toEqual(depthOfPeer(peer));
    }
    expect(trades).toBeGreaterThan(count / 20);
  },
  // The peer is slow, and slower on a busy machine.
  240_000,
);

function tradesOf(command: Command, peer: OrderBook): string[] {
  const id = String(command.id);
  const side = command.side === SIDE.buy ? Side.BUY : Side.SELL;
  const { qty: size, price, kind } = command;
  if (command.op === OP.cancel) {
    peer.cancel(id);
    return [];
  }
  // The peer takes a market order whose id is in use.
  if (kind === KIND.market && peer.order(id) !== undefined) return [];
  if (kind === KIND.market) return fills(id, peer.market({ id, side, size }));
  const order = { id, side, size, price, ...TERMS[kind] };
  return fills(id, peer.limit(order as Parameters<OrderBook["limit"]>[0]));
}

const TERMS: Record<number, { timeInForce?: string; postOnly?: boolean }> = {
  [KIND.GTC]: { timeInForce: "GTC" },
  [KIND.IOC]: { timeInForce: "IOC" },
  [KIND.FOK]: { timeInForce: "FOK" },
  [KIND.PO]: { postOnly: true },
};

/** The peer reports the orders that it filled, oldest first, and at last the one that is partly filled. */
function fills(taker: string, result: IProcessOrder): string[] {
  const trades: string[] = [];
  for (const order of result.done) {
    if (order.id === taker || !("price" in order)) continue;
    trades.push(`trade ${taker} ${order.id} ${order.price} ${order.size}`);
  }
  const { partial } = result;
  if (partial !== null && partial.id !== taker) {
    trades.push(`trade ${taker} ${partial.id} ${partial.price} ${result.partialQuantityProcessed}`);
  }
  return trades;
}

function depthOf(core: Core): unknown {
  const { bids, asks } = core.depth(0);
  return { bids, asks };
}

function depthOfPeer(peer: OrderBook): unknown {
  const [asks, bids] = peer.depth();
  const best = (levels: [number, number][], sign: 1 | -1): [number, number][] =>
    levels.toSorted((a, b) => sign * (a[0] - b[0]));
  return { bids: best(bids, -1), asks: best(asks, 1) };
}
