import { SIDE, type Side } from "../core/command.ts";
import type { FeedBook } from "./feed-book.ts";

export interface PaperOrder {
  id: number | string;
  stock: number;
  side: Side;
  /** Infinite for a market buy, 0 for a market sell. */
  price: number;
  qty: number;
  /** What is not filled at once rests. */
  rests: boolean;
}

export interface PaperListener {
  accepted(order: PaperOrder): void;
  filled(order: PaperOrder, price: number, qty: number): void;
  canceled(order: PaperOrder, qty: number): void;
}

interface Resting {
  order: PaperOrder;
  left: number;
  /** Shares of the feed that were there first. */
  ahead: number;
}

/**
 * Fills orders against a market that does not know of them. An order takes what is displayed, once; what rests waits behind
 * all that was there before it, and is filled by trades that would have reached it. It is pessimistic: nobody else's
 * cancel moves an order forward.
 */
export class PaperBroker {
  readonly #book: FeedBook;
  readonly #listener: PaperListener;
  #resting: Resting[] = [];
  /** Displayed shares that an order of ours has taken already, until the feed changes that level. */
  readonly #taken = new Map<string, number>();

  constructor(book: FeedBook, listener: PaperListener) {
    this.#book = book;
    this.#listener = listener;
  }

  get open(): number {
    return this.#resting.length;
  }

  place(order: PaperOrder): void {
    this.#listener.accepted(order);
    const left = this.#take(order);
    if (left === 0) return;
    if (!order.rests) {
      this.#listener.canceled(order, left);
      return;
    }
    const ahead = this.#book.at(order.stock, order.side, order.price);
    this.#resting.push({ order, left, ahead });
  }

  cancel(id: number | string): boolean {
    const at = this.#resting.findIndex(({ order }) => order.id === id);
    const [found] = at < 0 ? [] : this.#resting.splice(at, 1);
    if (found === undefined) return false;
    this.#listener.canceled(found.order, found.left);
    return true;
  }

  /** The feed says that a level is another now. */
  levelChanged(stock: number, side: Side, price: number): void {
    this.#taken.delete(keyOf(stock, side, price));
  }

  /** The feed says that there was a trade; `side` is the taker's. */
  traded(stock: number, side: Side, price: number, qty: number): void {
    let left = qty;
    for (const resting of this.#resting) {
      const { order } = resting;
      if (order.stock !== stock || order.side === side || left === 0) continue;
      const isThrough = side === SIDE.sell ? order.price > price : order.price < price;
      if (!isThrough && order.price !== price) continue;
      const waits = isThrough ? 0 : Math.min(resting.ahead, left);
      resting.ahead -= waits;
      const filled = Math.min(resting.left, left - waits);
      left -= waits + filled;
      if (filled === 0) continue;
      resting.left -= filled;
      this.#listener.filled(order, order.price, filled);
    }
    this.#resting = this.#resting.filter((resting) => resting.left > 0);
  }

  #take(order: PaperOrder): number {
    const { stock, price: limit } = order;
    const opposite = order.side === SIDE.buy ? SIDE.sell : SIDE.buy;
    let left = order.qty;
    for (const [price, displayed] of this.#book.depth(stock, opposite)) {
      if (left === 0 || (order.side === SIDE.buy ? price > limit : price < limit)) break;
      const key = keyOf(stock, opposite, price);
      const taken = this.#taken.get(key) ?? 0;
      const filled = Math.min(left, Math.max(0, displayed - taken));
      if (filled === 0) continue;
      this.#taken.set(key, taken + filled);
      left -= filled;
      this.#listener.filled(order, price, filled);
    }
    return left;
  }
}

function keyOf(stock: number, side: Side, price: number): string {
  return `${stock} ${side} ${price}`;
}
