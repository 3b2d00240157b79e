import { type Command, KIND, type Listener, type Reason, SIDE, type Side } from "./command.ts";
import { Levels } from "./levels.ts";
import type { OrderIndex } from "./order-index.ts";
import { NONE, type OrderPool } from "./order-pool.ts";

export type DepthSide = [price: number, qty: number][];

/** Moves money when a trade happens. `limit` is the price at which the taker's money was set aside, 0 if none was. */
export interface Settlement {
  settle(
    book: number,
    taker: number,
    side: Side,
    limit: number,
    maker: number,
    price: number,
    qty: number,
  ): void;
}

/** Is told what a level holds, each time that it changes. */
export interface LevelWatch {
  level(book: number, side: Side, price: number, qty: number): void;
}

/** What all books of an engine share. */
export interface Shared {
  pool: OrderPool;
  ids: OrderIndex;
  settlement: Settlement | null;
  preventSelfTrade: boolean;
  /** Null where nobody watches. */
  watch: LevelWatch | null;
}

/** One symbol's orders: best price first, then oldest first. */
export class Book {
  readonly #index: number;
  readonly #shared: Shared;
  readonly #pool: OrderPool;
  readonly #ids: OrderIndex;
  readonly #levels: Levels;
  readonly #watch: LevelWatch | null;
  /** Set when an order met one of the same user's and had to stop. */
  #stopped = false;

  constructor(index: number, shared: Shared) {
    this.#index = index;
    this.#shared = shared;
    this.#pool = shared.pool;
    this.#ids = shared.ids;
    this.#watch = shared.watch;
    this.#levels = new Levels(shared.pool);
  }

  /** Why this order can't be taken as it is, or null. Changes nothing. */
  refusal(order: Command): Reason | null {
    const { kind, side, price, qty } = order;
    if (kind === KIND.PO && this.crosses(side, price)) return "would-trade";
    if (kind === KIND.FOK || kind === KIND.marketFOK) return this.#fillRefusal(order);
    if (kind === KIND.GTC || kind === KIND.PO) return this.levelRefusal(side, price, qty);
    return null;
  }

  /** A level's quantity has to stay an exact integer. */
  levelRefusal(side: Side, price: number, qty: number): Reason | null {
    // An order that crosses has no level of its own side at its price.
    if (this.crosses(side, price)) return null;
    const slot = this.#levels.find(price);
    if (slot < 0) return null;
    const total = this.#levels.total[slot] as number;
    return total > Number.MAX_SAFE_INTEGER - qty ? "quantity-overflow" : null;
  }

  /**
   * Trades against the other side as far as the order's price and quantity go; what is left is returned, and
   * rests if it may. Else it is reported as cancelled.
   */
  execute(order: Command, listener: Listener): number {
    const { id, user, side, kind, price, qty } = order;
    const limit = limitOf(kind, side, price);
    this.#stopped = false;
    const left = this.#match(id, user, side, limit, kind, qty, listener);
    if (left === 0) return 0;
    if (this.#stopped || (kind !== KIND.GTC && kind !== KIND.PO)) {
      listener.canceled(id, left);
      return left;
    }
    this.rest(id, user, side, price, left);
    return 0;
  }

  /** Takes an order out of the book. */
  remove(order: number): void {
    this.#unlink(order);
    this.#ids.remove(order);
    this.#pool.release(order);
  }

  /** Puts a resting order at the end of another level's queue. For prices that don't cross. */
  relocate(order: number, price: number): void {
    this.#unlink(order);
    this.#link(order, sideOf(this.#pool, order), price);
  }

  /** Takes some of an order's quantity off; it keeps its place. */
  reduce(order: number, qty: number): number {
    const { pool } = this.#shared;
    const slot = pool.slot(order);
    const left = pool.qty(order) - qty;
    pool.setQty(order, left);
    this.#levels.total[slot] = (this.#levels.total[slot] as number) - qty;
    if (this.#watch !== null) this.#tell(this.#watch, sideOf(pool, order), slot);
    return left;
  }

  priceOf(order: number): number {
    return this.#levels.priceOf(this.#pool.slot(order));
  }

  /** What buying or selling `qty` at any price would cost now; infinite when that is no exact integer. */
  cost(side: Side, qty: number): number {
    const opposite = other(side);
    let left = qty;
    let cost = 0;
    for (const price of this.#levels.prices(opposite)) {
      const taken = Math.min(left, this.#levels.total[this.#levels.find(price)] as number);
      cost += taken * price;
      if (!Number.isSafeInteger(cost)) return Number.POSITIVE_INFINITY;
      left -= taken;
      if (left === 0) break;
    }
    return cost;
  }

  depth(side: Side, levels = Number.POSITIVE_INFINITY): DepthSide {
    const { total } = this.#levels;
    const depth: DepthSide = [];
    for (const price of this.#levels.prices(side)) {
      if (depth.length >= levels) break;
      depth.push([price, total[this.#levels.find(price)] as number]);
    }
    return depth;
  }

  /** The quantity at one price of a side. */
  at(side: Side, price: number): number {
    const best = side === SIDE.buy ? this.#levels.bidPrice : this.#levels.askPrice;
    const isWorse = side === SIDE.buy ? price <= best : price >= best;
    const slot = isWorse ? this.#levels.find(price) : -1;
    return slot < 0 ? 0 : (this.#levels.total[slot] as number);
  }

  /** Indices in the pool, in the order in which they would trade. */
  *orders(side: Side): Generator<number> {
    for (const price of this.#levels.prices(side)) {
      let order = this.#levels.head[this.#levels.find(price)] as number;
      for (; order !== NONE; order = this.#pool.next(order)) yield order;
    }
  }

  crosses(side: Side, price: number): boolean {
    return side === SIDE.buy ? this.#levels.askPrice <= price : this.#levels.bidPrice >= price;
  }

  #match(
    taker: number,
    user: number,
    side: Side,
    limit: number,
    kind: number,
    qty: number,
    listener: Listener,
  ): number {
    const levels = this.#levels;
    const buying = side === SIDE.buy;
    let left = qty;
    while (left > 0 && !this.#stopped) {
      const price = buying ? levels.askPrice : levels.bidPrice;
      if (buying ? price > limit : price < limit) return left;
      const held = kind >= KIND.market ? 0 : limit;
      left = this.#sweep(taker, user, side, held, price, left, listener);
    }
    return left;
  }

  /** Trades with one level's queue, oldest first. */
  #sweep(
    taker: number,
    user: number,
    side: Side,
    held: number,
    price: number,
    qty: number,
    listener: Listener,
  ): number {
    const pool = this.#pool;
    const levels = this.#levels;
    const slot = side === SIDE.buy ? levels.askSlot : levels.bidSlot;
    const { settlement, preventSelfTrade } = this.#shared;
    let maker = levels.head[slot] as number;
    let left = qty;
    while (maker !== NONE && left > 0) {
      if (preventSelfTrade && pool.user(maker) === user) {
        this.#stopped = true;
        break;
      }
      const resting = pool.qty(maker);
      const traded = Math.min(resting, left);
      left -= traded;
      listener.trade(taker, pool.id(maker), price, traded);
      if (settlement !== null) {
        const other = pool.user(maker);
        settlement.settle(this.#index, user, side, held, other, price, traded);
      }
      if (traded < resting) {
        pool.setQty(maker, resting - traded);
        break;
      }
      const next = pool.next(maker);
      this.#ids.remove(maker);
      pool.release(maker);
      maker = next;
    }
    levels.total[slot] = (levels.total[slot] as number) - (qty - left);
    levels.head[slot] = maker;
    if (this.#watch !== null) this.#tell(this.#watch, other(side), slot);
    if (maker !== NONE) {
      pool.setPrev(maker, NONE);
    } else {
      levels.tail[slot] = NONE;
      levels.close(other(side), slot);
    }
    return left;
  }

  /** Puts an order at the end of its level's queue. */
  rest(id: number, user: number, side: Side, price: number, qty: number): void {
    const pool = this.#pool;
    const order = pool.take(id, user, qty, this.#index * 2 + side);
    this.#link(order, side, price);
    this.#ids.add(id, order);
  }

  #link(order: number, side: Side, price: number): void {
    const pool = this.#pool;
    const levels = this.#levels;
    const slot = levels.open(side, price);
    const last = levels.tail[slot] as number;
    pool.setSlot(order, slot);
    pool.setPrev(order, last);
    pool.setNext(order, NONE);
    if (last === NONE) levels.head[slot] = order;
    else pool.setNext(last, order);
    levels.tail[slot] = order;
    levels.total[slot] = (levels.total[slot] as number) + pool.qty(order);
    if (this.#watch !== null) this.#tell(this.#watch, side, slot);
  }

  #tell(watch: LevelWatch, side: Side, slot: number): void {
    const total = this.#levels.total[slot] as number;
    watch.level(this.#index, side, this.#levels.priceOf(slot), total);
  }

  #unlink(order: number): void {
    const pool = this.#pool;
    const levels = this.#levels;
    const slot = pool.slot(order);
    const prev = pool.prev(order);
    const next = pool.next(order);
    levels.total[slot] = (levels.total[slot] as number) - pool.qty(order);
    if (this.#watch !== null) this.#tell(this.#watch, sideOf(pool, order), slot);
    if (prev === NONE) levels.head[slot] = next;
    else pool.setNext(prev, next);
    if (next === NONE) levels.tail[slot] = prev;
    else pool.setPrev(next, prev);
    if (prev === NONE && next === NONE) levels.close(sideOf(pool, order), slot);
  }

  #fillRefusal(order: Command): Reason | null {
    const { side, kind, price, qty, user } = order;
    const limit = limitOf(kind, side, price);
    let missing = qty;
    for (const at of this.#levels.prices(other(side))) {
      if (side === SIDE.buy ? at > limit : at < limit) break;
      const slot = this.#levels.find(at);
      const available = this.#shared.preventSelfTrade
        ? this.#availableTo(user, slot)
        : (this.#levels.total[slot] as number);
      missing -= available;
      if (missing <= 0) return null;
      // One of the user's own orders is in the way.
      if (available < (this.#levels.total[slot] as number)) break;
    }
    return "cannot-fill";
  }

  /** What of a level trades before one of the user's own orders is met. */
  #availableTo(user: number, slot: number): number {
    const pool = this.#pool;
    let available = 0;
    let order = this.#levels.head[slot] as number;
    for (; order !== NONE && pool.user(order) !== user; order = pool.next(order)) {
      available += pool.qty(order);
    }
    return available;
  }
}

export function sideOf(pool: OrderPool, order: number): Side {
  return (pool.place(order) & 1) === 0 ? SIDE.buy : SIDE.sell;
}

export function bookOf(pool: OrderPool, order: number): number {
  return pool.place(order) >> 1;
}

function other(side: Side): Side {
  return side === SIDE.buy ? SIDE.sell : SIDE.buy;
}

/** A market order's limit is the worst price there is; the price of an empty side is worse still. */
function limitOf(kind: number, side: Side, price: number): number {
  if (kind < KIND.market) return price;
  return side === SIDE.buy ? Number.MAX_SAFE_INTEGER : 1;
}
