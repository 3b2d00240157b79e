import { SIDE, type Side } from "../core/command.ts";
import { ItchWriter } from "./itch-writer.ts";

const MESSAGES_PER_CHUNK = 100;
const DEPTH = 40;
/** Orders of a stock, about; without an end to them the market would slow down and fill the memory. */
const MOST_STANDING = 500;

interface Standing {
  order: number;
  stock: number;
  side: Side;
  shares: number;
  price: number;
}

/**
 * A market that nobody trades on: a price that wanders, orders around it, some executed, some withdrawn. The same seed
 * gives the same market, to the byte.
 */
export class SimulatedFeed {
  readonly #writer = new ItchWriter();
  readonly #stocks: number;
  readonly #mid: number[];
  readonly #standing: Standing[] = [];
  #random: number;
  #nextOrder = 1;
  #timeNs = 0;

  constructor(seed: number, stocks: number) {
    this.#random = seed >>> 0;
    this.#stocks = stocks;
    this.#mid = Array.from({ length: stocks }, (_, stock) => 10_000 * (stock + 1));
  }

  /** The next stretch of the feed: `milliseconds` of its time. */
  next(milliseconds: number): Uint8Array {
    for (let step = 0; step < MESSAGES_PER_CHUNK; step += 1) {
      this.#timeNs += (milliseconds * 1e6) / MESSAGES_PER_CHUNK;
      this.#writer.timeNs = Math.floor(this.#timeNs);
      this.#step();
    }
    return this.#writer.take();
  }

  #step(): void {
    const stock = this.#below(this.#stocks);
    const chance = this.#below(100);
    if (chance < 5) this.#wander(stock);
    else if (this.#standing.length < DEPTH || (chance < 55 && !this.#isFull)) this.#add(stock);
    else if (chance < 80) this.#withdraw(this.#below(this.#standing.length));
    else this.#execute(stock);
  }

  get #isFull(): boolean {
    return this.#standing.length >= MOST_STANDING * this.#stocks;
  }

  #add(stock: number): void {
    const side = this.#below(2) === 0 ? SIDE.buy : SIDE.sell;
    const away = 1 + this.#below(DEPTH);
    const mid = this.#mid[stock] ?? 0;
    const price = side === SIDE.buy ? mid - away : mid + away;
    const order = { order: this.#nextOrder, stock, side, shares: 1 + this.#below(500), price };
    this.#nextOrder += 1;
    this.#standing.push(order);
    this.#writer.add(stock, order.order, side, order.shares, price);
  }

  #withdraw(index: number): void {
    const [order] = this.#standing.splice(index, 1);
    if (order !== undefined) this.#writer.deleted(order.stock, order.order);
  }

  /** Trades with the oldest order at the best price. */
  #execute(stock: number): void {
    const side = this.#below(2) === 0 ? SIDE.buy : SIDE.sell;
    let best = -1;
    for (const [index, order] of this.#standing.entries()) {
      if (order.stock !== stock || order.side !== side) continue;
      const rival = this.#standing[best];
      const better =
        rival === undefined ||
        (side === SIDE.buy ? order.price > rival.price : order.price < rival.price);
      if (better) best = index;
    }
    const order = this.#standing[best];
    if (order === undefined) return;
    const shares = 1 + this.#below(order.shares);
    this.#writer.executed(stock, order.order, shares);
    order.shares -= shares;
    if (order.shares === 0) this.#standing.splice(best, 1);
  }

  /** The middle moves by one, and what would cross it is withdrawn first. */
  #wander(stock: number): void {
    const mid = Math.max(DEPTH + 1, (this.#mid[stock] ?? 0) + this.#below(3) - 1);
    this.#mid[stock] = mid;
    for (let index = this.#standing.length - 1; index >= 0; index -= 1) {
      const order = this.#standing[index] as Standing;
      if (order.stock !== stock) continue;
      const isAcross = order.side === SIDE.buy ? order.price >= mid : order.price <= mid;
      if (isAcross) this.#withdraw(index);
    }
  }

  #below(limit: number): number {
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#random / 4294967296) * limit);
  }
}
