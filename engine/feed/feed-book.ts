import { Book, bookOf, type DepthSide, type LevelWatch, sideOf } from "../core/book.ts";
import { SIDE, type Side } from "../core/command.ts";
import { OrderIndex } from "../core/order-index.ts";
import { NONE, OrderPool } from "../core/order-pool.ts";
import type { FeedListener } from "./itch.ts";

/** A trade as the feed tells it. `side` is the taker's. */
export type OnTrade = (
  stock: number,
  side: Side,
  price: number,
  qty: number,
  order: number,
) => void;

/** Another market's books, built from its feed by the engine's own: order by order, but matching nothing. */
export class FeedBook implements FeedListener {
  /** Messages about orders that are not there, or that would cross the book. */
  odd = 0;
  readonly #pool = new OrderPool();
  readonly #ids = new OrderIndex(this.#pool);
  readonly #books: Book[] = [];
  readonly #watch: LevelWatch | null;
  readonly #onTrade: OnTrade | null;

  constructor(watch: LevelWatch | null = null, onTrade: OnTrade | null = null) {
    this.#watch = watch;
    this.#onTrade = onTrade;
  }

  depth(stock: number, side: Side, levels?: number): DepthSide {
    return this.#books[stock]?.depth(side, levels) ?? [];
  }

  /** Shares at one price. */
  at(stock: number, side: Side, price: number): number {
    return this.#books[stock]?.at(side, price) ?? 0;
  }

  add(stock: number, order: number, side: Side, shares: number, price: number): void {
    const book = this.#book(stock);
    // A level belongs to one side, so a feed that crosses itself can't be kept; a good one does not.
    if (shares === 0 || order === 0 || this.#ids.get(order) !== NONE || book.crosses(side, price)) {
      this.odd += 1;
      return;
    }
    book.rest(order, 0, side, price, shares);
  }

  executed(order: number, shares: number): void {
    const index = this.#ids.get(order);
    if (index === NONE) {
      this.odd += 1;
      return;
    }
    if (this.#onTrade !== null) {
      const stock = bookOf(this.#pool, index);
      const side = sideOf(this.#pool, index) === SIDE.buy ? SIDE.sell : SIDE.buy;
      this.#onTrade(stock, side, (this.#books[stock] as Book).priceOf(index), shares, order);
    }
    this.#take(index, shares);
  }

  canceled(order: number, shares: number): void {
    const index = this.#ids.get(order);
    if (index === NONE) this.odd += 1;
    else this.#take(index, shares);
  }

  deleted(order: number): void {
    const index = this.#ids.get(order);
    if (index === NONE) this.odd += 1;
    else (this.#books[bookOf(this.#pool, index)] as Book).remove(index);
  }

  replaced(order: number, newOrder: number, shares: number, price: number): void {
    const index = this.#ids.get(order);
    if (index === NONE) {
      this.odd += 1;
      return;
    }
    const stock = bookOf(this.#pool, index);
    const side = sideOf(this.#pool, index);
    (this.#books[stock] as Book).remove(index);
    this.add(stock, newOrder, side, shares, price);
  }

  trade(stock: number, side: Side, shares: number, price: number): void {
    this.#onTrade?.(stock, side === SIDE.buy ? SIDE.sell : SIDE.buy, price, shares, 0);
  }

  #take(index: number, shares: number): void {
    const book = this.#books[bookOf(this.#pool, index)] as Book;
    if (shares >= this.#pool.qty(index)) book.remove(index);
    else book.reduce(index, shares);
  }

  #book(stock: number): Book {
    const known = this.#books[stock];
    if (known !== undefined) return known;
    const [pool, ids, watch] = [this.#pool, this.#ids, this.#watch];
    const shared = { pool, ids, settlement: null, preventSelfTrade: false, watch };
    while (this.#books.length <= stock) this.#books.push(new Book(this.#books.length, shared));
    return this.#books[stock] as Book;
  }
}
