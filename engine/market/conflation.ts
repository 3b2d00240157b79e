import { SIDE, type Side } from "../core/command.ts";
import type { MarketListener } from "./market.ts";

/** A market data client, whatever carries it. */
export interface Client {
  send(message: object): void;
  /** True while it has not read what it was sent: it gets nothing more until it has. */
  isBehind(): boolean;
}

export interface Subscription {
  symbol: number;
  l2: boolean;
  trades: boolean;
  /** At most one delta in this time, with what changed in between. */
  everyMs: number;
}

type Level = [price: number, qty: number];

interface Market {
  name: string;
  sides: [bids: Map<number, number>, asks: Map<number, number>];
  sequence: number;
}

interface Follower {
  client: Client;
  subscription: Subscription;
  /** Prices by side whose quantity this client does not know. */
  changed: [Set<number>, Set<number>];
  needsSnapshot: boolean;
  sentSequence: number;
  sentAtMs: number;
  trades: object[];
  missedTrades: number;
}

const MAX_TRADES_WAITING = 1_000;

/**
 * Who follows which symbol, and what each does not know yet. A client that reads slowly is told what a level holds when it
 * has time, not each step on the way there; what is kept for it is bounded by the levels of the book.
 */
export class Conflation implements MarketListener {
  readonly #markets: Market[];
  readonly #followers = new Map<Client, Follower[]>();

  constructor(names: readonly string[]) {
    this.#markets = names.map((name) => ({ name, sides: [new Map(), new Map()], sequence: 0 }));
  }

  get clients(): number {
    return this.#followers.size;
  }

  subscribe(client: Client, subscription: Subscription): void {
    this.unsubscribe(client, subscription.symbol);
    const followers = this.#followers.get(client) ?? [];
    followers.push({
      client,
      subscription,
      changed: [new Set(), new Set()],
      needsSnapshot: subscription.l2,
      sentSequence: 0,
      sentAtMs: Number.NEGATIVE_INFINITY,
      trades: [],
      missedTrades: 0,
    });
    this.#followers.set(client, followers);
  }

  unsubscribe(client: Client, symbol: number): void {
    const followers = this.#followers.get(client);
    if (followers === undefined) return;
    const rest = followers.filter(({ subscription }) => subscription.symbol !== symbol);
    this.#followers.set(client, rest);
  }

  leave(client: Client): void {
    this.#followers.delete(client);
  }

  level(symbol: number, side: Side, price: number, qty: number, sequence: number): void {
    const market = this.#markets[symbol] as Market;
    market.sequence = sequence;
    if (qty === 0) market.sides[side].delete(price);
    else market.sides[side].set(price, qty);
    for (const follower of this.#of(symbol)) follower.changed[side].add(price);
  }

  trade(
    symbol: number,
    side: Side,
    price: number,
    qty: number,
    sequence: number,
    timeMs: number,
  ): void {
    for (const follower of this.#of(symbol)) {
      if (!follower.subscription.trades) continue;
      if (follower.trades.length >= MAX_TRADES_WAITING) follower.missedTrades += 1;
      else {
        const taker = side === SIDE.buy ? "buy" : "sell";
        follower.trades.push({ price, qty, side: taker, sequence, timeMs });
      }
    }
  }

  reset(sequence: number): void {
    for (const market of this.#markets) {
      market.sides = [new Map(), new Map()];
      market.sequence = sequence;
    }
    for (const followers of this.#followers.values()) {
      for (const follower of followers) {
        follower.needsSnapshot = follower.subscription.l2;
        follower.changed = [new Set(), new Set()];
      }
    }
  }

  /** Sends what is due. */
  flush(nowMs: number): void {
    for (const [client, followers] of this.#followers) {
      if (client.isBehind()) continue;
      for (const follower of followers) this.#flush(follower, nowMs);
    }
  }

  *#of(symbol: number): Generator<Follower> {
    for (const followers of this.#followers.values()) {
      for (const follower of followers) {
        if (follower.subscription.symbol === symbol) yield follower;
      }
    }
  }

  #flush(follower: Follower, nowMs: number): void {
    const { client, subscription, trades, missedTrades } = follower;
    const market = this.#markets[subscription.symbol] as Market;
    if (trades.length > 0) {
      const missed = missedTrades > 0 ? { missed: missedTrades } : {};
      client.send({ type: "trades", symbol: market.name, trades, ...missed });
      follower.trades = [];
      follower.missedTrades = 0;
    }
    if (!subscription.l2 || nowMs - follower.sentAtMs < subscription.everyMs) return;
    if (follower.needsSnapshot) client.send({ type: "snapshot", ...snapshotOf(market) });
    else if (follower.changed.every((prices) => prices.size === 0)) return;
    else client.send({ type: "delta", ...deltaOf(market, follower) });
    follower.needsSnapshot = false;
    follower.changed = [new Set(), new Set()];
    follower.sentSequence = market.sequence;
    follower.sentAtMs = nowMs;
  }
}

function snapshotOf({ name, sequence, sides: [bids, asks] }: Market): object {
  return {
    symbol: name,
    sequence,
    bids: [...bids].sort(([a], [b]) => b - a),
    asks: [...asks].sort(([a], [b]) => a - b),
  };
}

/** `previous` is the sequence of what the client was sent before; a level of quantity 0 is gone. */
function deltaOf({ name, sequence, sides }: Market, { changed, sentSequence }: Follower): object {
  const levels = (side: Side): Level[] =>
    Array.from(changed[side], (price) => [price, sides[side].get(price) ?? 0]);
  return {
    symbol: name,
    previous: sentSequence,
    sequence,
    bids: levels(SIDE.buy),
    asks: levels(SIDE.sell),
  };
}
