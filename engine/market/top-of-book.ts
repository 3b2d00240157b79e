import { SIDE, type Side } from "../core/command.ts";
import { PriceList } from "../core/price-list.ts";

interface Levels {
  prices: PriceList;
  qty: Map<number, number>;
}

/** One symbol's levels as market data tells them, with what is best at hand. */
export class TopOfBook {
  #bids = empty();
  #asks = empty();

  level(side: Side, price: number, qty: number): void {
    const levels = side === SIDE.buy ? this.#bids : this.#asks;
    const isKnown = levels.qty.has(price);
    if (qty === 0) {
      levels.qty.delete(price);
      if (isKnown) levels.prices.remove(price);
      return;
    }
    levels.qty.set(price, qty);
    if (!isKnown) levels.prices.add(price);
  }

  clear(): void {
    this.#bids = empty();
    this.#asks = empty();
  }

  /** Best bid and best ask together; null while a side is empty. */
  get twiceMid(): number | null {
    const bid = this.#bids.prices.last;
    const ask = this.#asks.prices.first;
    return bid === undefined || ask === undefined ? null : bid + ask;
  }

  /** From -1 to 1: how much more is wanted than offered at the best levels of each side. */
  imbalance(levels: number): number {
    const wanted = sum(this.#bids, levels, this.#bids.prices.last, (price) =>
      this.#bids.prices.below(price),
    );
    const offered = sum(this.#asks, levels, this.#asks.prices.first, (price) =>
      this.#asks.prices.above(price),
    );
    return wanted + offered === 0 ? 0 : (wanted - offered) / (wanted + offered);
  }
}

function empty(): Levels {
  return { prices: new PriceList(), qty: new Map() };
}

function sum(
  { qty }: Levels,
  levels: number,
  best: number | undefined,
  next: (price: number) => number | undefined,
): number {
  let total = 0;
  let price = best;
  for (let count = 0; count < levels && price !== undefined; count += 1) {
    total += qty.get(price) ?? 0;
    price = next(price);
  }
  return total;
}
