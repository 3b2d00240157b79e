import { type Command, KIND, type Kind, OP, type Op, SIDE } from "../../../engine/core/command.ts";

export type Market = "narrow" | "wide" | "drifting" | "sparse";

export interface Mix {
  market: Market;
  symbols: number;
  users: number;
  /** Orders rest longer when fewer of them are cancelled. */
  cancelShare: number;
  amendShare: number;
  kinds: readonly Kind[];
}

/** Random, but the same for the same seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 4294967296) * limit);
  }

  chance(share: number): boolean {
    return this.below(1_000_000) < share * 1_000_000;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** A flow of commands. About half of the cancels and amendments name an order that has gone. */
export function* flow(seed: number, count: number, mix: Mix): Generator<Command> {
  const random = new Random(seed);
  const recent: number[] = [];
  for (let at = 1; at <= count; at += 1) {
    const price = priceIn(mix.market, random, at / count);
    const known = recent[random.below(recent.length)] ?? 0;
    if (known !== 0 && random.chance(mix.cancelShare)) yield command(OP.cancel, known, 0, 0);
    else if (known !== 0 && random.chance(mix.amendShare)) {
      const move = random.chance(0.5);
      yield command(move ? OP.move : OP.reduce, known, price, 1 + random.below(60));
    } else {
      const id = random.chance(0.01) && known !== 0 ? known : at;
      const order = command(OP.new, id, price, 1 + random.below(100));
      order.user = 1 + random.below(mix.users);
      order.symbol = random.below(mix.symbols);
      order.side = random.chance(0.5) ? SIDE.buy : SIDE.sell;
      order.kind = random.pick(mix.kinds);
      if (order.kind >= KIND.market) order.price = 0;
      if (recent.length < 2000) recent.push(id);
      else recent[random.below(2000)] = id;
      yield order;
    }
  }
}

function priceIn(market: Market, random: Random, progress: number): number {
  switch (market) {
    case "narrow":
      return 10_000 + random.below(40) - random.below(40);
    case "wide":
      return 1 + Math.floor(2 ** (random.below(5200) / 100));
    case "drifting":
      return 50_000 + Math.floor(progress * 1_000_000) + random.below(3000);
    case "sparse":
      return 1 + random.below(200_000);
  }
}

function command(op: Op, id: number, price: number, qty: number): Command {
  return { op, id, user: 0, symbol: 0, side: SIDE.buy, kind: KIND.GTC, price, qty, timeMs: 0 };
}
