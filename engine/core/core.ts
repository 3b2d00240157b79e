import { Accounts, type Pair } from "./accounts.ts";
import { Book, bookOf, type DepthSide, type LevelWatch, type Settlement, sideOf } from "./book.ts";
import {
  blankCommand,
  type Command,
  FIRST_ENGINE_ID,
  KIND,
  type Listener,
  OP,
  type Reason,
  SIDE,
  type Side,
} from "./command.ts";

import { both, Limits } from "./limits.ts";
import { OrderIndex } from "./order-index.ts";
import { NONE, OrderPool } from "./order-pool.ts";
import { RecentIds } from "./recent-ids.ts";

export interface Depth {
  bids: DepthSide;
  asks: DepthSide;
}

export interface CoreOptions {
  maxOrders: number;
  /** Orders must be covered by balances. */
  risk: boolean;
  /** An order that meets one of the same user's is cancelled instead of trading with it. */
  preventSelfTrade: boolean;
  /** Positions and order rates are kept and limited. */
  limits?: boolean;
  /** Is told each level that changes; nothing that it does comes back. */
  watch?: LevelWatch;
  /** Is told each trade as well; nothing that it does comes back. */
  tally?: Settlement;
  /** How many of the clients' ids are remembered after their orders are gone; none when left out. */
  idWindow?: number;
}

/**
 * The deterministic part of the engine: the same commands in the same order give the same state and the same
 * events. It knows no clock, no chance and no I/O.
 */
export class Core {
  sequence = 0;
  /** The first of the engine's own ids that no command has used. */
  nextEngineId = FIRST_ENGINE_ID;
  readonly books: Book[] = [];
  readonly pool = new OrderPool();
  readonly accounts: Accounts;
  readonly recentIds: RecentIds;
  /** Null when positions and rates are not looked at. */
  readonly limits: Limits | null;
  /** Users who may not trade; 0 is everybody. */
  readonly halted = new Set<number>();
  readonly #ids = new OrderIndex(this.pool);
  readonly #pairs: Pair[] = [];
  readonly #options: CoreOptions;
  /** A moved order as a new one; one object, since most commands of a busy market are moves. */
  readonly #moved: Command = { ...blankCommand(), op: OP.new, kind: KIND.GTC };

  constructor(options: CoreOptions) {
    this.#options = options;
    this.accounts = new Accounts(this.#pairs);
    this.recentIds = new RecentIds(options.idWindow ?? 0);
    this.limits = options.limits === true ? new Limits() : null;
  }

  /** Adds a symbol; the result is its index. */
  addSymbol(pair: Pair): number {
    this.#pairs.push(pair);
    const { preventSelfTrade, watch = null } = this.#options;
    const settlement = this.#settlement();
    const { pool } = this;
    const ids = this.#ids;
    return (
      this.books.push(
        new Book(this.books.length, { pool, ids, settlement, preventSelfTrade, watch }),
      ) - 1
    );
  }

  #settlement(): Settlement | null {
    const { risk, tally } = this.#options;
    const concerned = [risk ? this.accounts : null, this.limits, tally ?? null];
    return concerned.reduce((all, one) =>
      all === null || one === null ? (all ?? one) : both(all, one),
    );
  }

  apply(command: Command, listener: Listener): void {
    this.sequence += 1;
    if (command.op === OP.new) {
      this.#new(command, listener);
      return;
    }
    switch (command.op) {
      case OP.snapshot:
        listener.accepted(command.id);
        return;
      case OP.deposit:
        this.#deposit(command, listener);
        return;
      case OP.halt:
        this.#halt(command.user, listener);
        return;
      case OP.resume:
        this.halted.delete(command.user);
        listener.accepted(command.id);
        return;
      case OP.limit:
        this.#limit(command, listener);
        return;
    }
    const order = this.#ids.get(command.id);
    // Another user's order is not there for who asks; a command without a user is from where nobody has to say.
    if (order === NONE || (command.user !== 0 && this.pool.user(order) !== command.user)) {
      listener.rejected(command.id, "unknown-order");
      return;
    }
    if (command.op === OP.move) this.#move(order, command, listener);
    else if (command.op === OP.cancel) this.#cancel(order, listener);
    else this.#reduce(order, command.qty, listener);
  }

  /** The best levels of a symbol; all of them when no number is given. */
  depth(symbol: number, levels?: number): Depth {
    const book = this.books[symbol] as Book;
    return { bids: book.depth(SIDE.buy, levels), asks: book.depth(SIDE.sell, levels) };
  }

  /** Price and quantity of an order that rests, or null. */
  resting(id: number): { price: number; qty: number } | null {
    const order = this.#ids.get(id);
    if (order === NONE) return null;
    const book = this.books[bookOf(this.pool, order)] as Book;
    return { price: book.priceOf(order), qty: this.pool.qty(order) };
  }

  /** The symbol of an order that rests, or null. */
  symbolOf(id: number): number | null {
    const order = this.#ids.get(id);
    return order === NONE ? null : bookOf(this.pool, order);
  }

  /** The side of an order that rests, or null. */
  sideOfOrder(id: number): Side | null {
    const order = this.#ids.get(id);
    return order === NONE ? null : sideOf(this.pool, order);
  }

  /** Puts an order back where it rested; orders of a level come oldest first. */
  restoreOrder(
    symbol: number,
    side: Side,
    id: number,
    user: number,
    price: number,
    qty: number,
  ): void {
    (this.books[symbol] as Book).rest(id, user, side, price, qty);
    this.limits?.open(user, symbol, side, qty);
  }

  #new(command: Command, listener: Listener): void {
    if (command.id >= this.nextEngineId) this.nextEngineId = command.id + 1;
    const refusal = this.#refusal(command);
    if (refusal !== null) {
      listener.rejected(command.id, refusal);
      return;
    }
    if (command.id < FIRST_ENGINE_ID) this.recentIds.add(command.id);
    listener.accepted(command.id);
    this.#execute(command, listener);
  }

  #refusal(command: Command): Reason | null {
    if (this.#ids.get(command.id) !== NONE) return "id-in-use";
    if (this.#isHalted(command.user)) return "halted";
    if (this.recentIds.has(command.id)) return "id-used";
    if (this.pool.live >= this.#options.maxOrders) return "book-full";
    const refusal = this.#limitRefusal(command);
    if (refusal !== null) return refusal;
    const unfit = (this.books[command.symbol] as Book).refusal(command);
    const shortage = unfit ?? (this.#options.risk ? this.#cover(command) : null);
    if (shortage === null) {
      this.limits?.open(command.user, command.symbol, command.side, command.qty);
    }
    return shortage;
  }

  #limitRefusal({ user, symbol, side, qty, timeMs }: Command): Reason | null {
    const { limits } = this;
    if (limits === null) return null;
    return limits.count(user, timeMs) ?? limits.refusal(user, symbol, side, qty);
  }

  #cover(command: Command): Reason | null {
    const { symbol, user, side, kind, price, qty } = command;
    if (kind < KIND.market || side === SIDE.sell) {
      return this.accounts.hold(symbol, user, side, price, qty);
    }
    return this.accounts.canPay(symbol, user, (this.books[symbol] as Book).cost(side, qty));
  }

  /** Trades and rests what was accepted and covered; what is cancelled at once is given back. */
  #execute(command: Command, listener: Listener): void {
    const { symbol, user, side, kind, price } = command;
    const canceled = (this.books[symbol] as Book).execute(command, listener);
    if (canceled === 0) return;
    this.limits?.release(user, symbol, side, canceled);
    if (!this.#options.risk) return;
    if (kind < KIND.market || side === SIDE.sell) {
      this.accounts.release(symbol, user, side, price, canceled);
    }
  }

  #cancel(order: number, listener: Listener): void {
    const { pool } = this;
    const id = pool.id(order);
    const qty = pool.qty(order);
    this.#takeOut(order);
    listener.canceled(id, qty);
  }

  #reduce(order: number, qty: number, listener: Listener): void {
    const { pool } = this;
    if (qty >= pool.qty(order)) {
      this.#cancel(order, listener);
      return;
    }
    const index = bookOf(pool, order);
    const book = this.books[index] as Book;
    this.#release(order, qty);
    const left = book.reduce(order, qty);
    listener.reduced(pool.id(order), qty, left);
  }

  /** A moved order is the same order put in anew: last in its new queue, and trading with what it now crosses. */
  #move(order: number, command: Command, listener: Listener): void {
    const { pool } = this;
    const { id, price } = command;
    const symbol = bookOf(pool, order);
    const side = sideOf(pool, order);
    const user = pool.user(order);
    const qty = pool.qty(order);
    const book = this.books[symbol] as Book;
    const refusal =
      this.limits?.count(user, command.timeMs) ??
      this.#moveRefusal(book, symbol, user, side, book.priceOf(order), price, qty);
    if (refusal !== null) {
      listener.rejected(id, refusal);
      return;
    }
    listener.moved(id, price);
    if (!book.crosses(side, price)) {
      book.relocate(order, price);
      return;
    }
    book.remove(order);
    const moved = this.#moved;
    moved.id = id;
    moved.user = user;
    moved.symbol = symbol;
    moved.side = side;
    moved.price = price;
    moved.qty = qty;
    this.#execute(moved, listener);
  }

  /** Swaps what was set aside at the old price for what is needed at the new one. */
  #moveRefusal(
    book: Book,
    symbol: number,
    user: number,
    side: Side,
    from: number,
    to: number,
    qty: number,
  ): Reason | null {
    if (this.#isHalted(user)) return "halted";
    const refusal = to === from ? null : book.levelRefusal(side, to, qty);
    if (refusal !== null || !this.#options.risk) return refusal;
    this.accounts.release(symbol, user, side, from, qty);
    const shortage = this.accounts.hold(symbol, user, side, to, qty);
    if (shortage !== null) this.accounts.hold(symbol, user, side, from, qty);
    return shortage;
  }

  #takeOut(order: number): void {
    const { pool } = this;
    const index = bookOf(pool, order);
    const book = this.books[index] as Book;
    this.#release(order, pool.qty(order));
    book.remove(order);
  }

  /** Gives back what was set aside for so much of an order. */
  #release(order: number, qty: number): void {
    const { pool } = this;
    const index = bookOf(pool, order);
    const side = sideOf(pool, order);
    const user = pool.user(order);
    this.limits?.release(user, index, side, qty);
    if (!this.#options.risk) return;
    this.accounts.release(index, user, side, (this.books[index] as Book).priceOf(order), qty);
  }

  #isHalted(user: number): boolean {
    return this.halted.size > 0 && (this.halted.has(0) || this.halted.has(user));
  }

  /** The kill switch: what rests is cancelled, and nothing new is taken until a resume. */
  #halt(user: number, listener: Listener): void {
    this.halted.add(user);
    const { pool } = this;
    const concerned = (order: number): boolean => user === 0 || pool.user(order) === user;
    for (const book of this.books) {
      for (const side of [SIDE.buy, SIDE.sell] as const) {
        for (const order of [...book.orders(side)].filter(concerned)) this.#cancel(order, listener);
      }
    }
    listener.accepted(0);
  }

  #limit({ id, user, price, qty }: Command, listener: Listener): void {
    if (this.limits === null) {
      listener.rejected(id, "limits-off");
      return;
    }
    this.limits.set(user, { position: qty, ordersPerSecond: price });
    listener.accepted(id);
  }

  #deposit(command: Command, listener: Listener): void {
    const refusal = this.accounts.deposit(command.user, command.symbol, command.qty);
    if (refusal === null) listener.accepted(command.id);
    else listener.rejected(command.id, refusal);
  }
}
