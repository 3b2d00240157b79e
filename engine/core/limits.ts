import type { Settlement } from "./book.ts";
import { type Reason, SIDE, type Side } from "./command.ts";

/** What an operator allows a user; 0 is no limit. */
export interface Limit {
  /** The most that a position may come to, long or short, if all that is open were filled. */
  position: number;
  /** New orders and moves in one second of the sequencer's clock. */
  ordersPerSecond: number;
}

export interface Standing {
  user: number;
  /** The second of its latest orders, and how many they are. */
  second: number;
  count: number;
  /** By symbol. */
  positions: Float64Array;
}

interface Account extends Standing {
  /** Not filled yet, by symbol and side. */
  open: [buys: Float64Array, sells: Float64Array];
}

const EVERYBODY = 0;
const NO_LIMIT: Limit = { position: 0, ordersPerSecond: 0 };

/**
 * Positions and order rates by user. It is part of the deterministic core: its time is the one that the sequencer wrote
 * beside the command, so a replay refuses what was refused and nothing else.
 */
export class Limits implements Settlement {
  readonly #limits = new Map<number, Limit>();
  readonly #accounts = new Map<number, Account>();

  /** Of one user, or of everybody who has none of their own. */
  set(user: number, limit: Limit): void {
    if (user !== EVERYBODY || limit.position > 0 || limit.ordersPerSecond > 0) {
      this.#limits.set(user, limit);
    } else this.#limits.delete(EVERYBODY);
  }

  /** Why a user may not send one more order now, or null; it is counted. */
  count(user: number, timeMs: number): Reason | null {
    const { ordersPerSecond } = this.#limitOf(user);
    if (ordersPerSecond === 0) return null;
    const account = this.#account(user);
    // A clock that was set back does not open a new second.
    const second = Math.max(account.second, Math.floor(timeMs / 1000));
    if (second !== account.second) {
      account.second = second;
      account.count = 0;
    }
    if (account.count >= ordersPerSecond) return "order-rate-limit";
    account.count += 1;
    return null;
  }

  /** Why this quantity would be too much, or null. Changes nothing. */
  refusal(user: number, symbol: number, side: Side, qty: number): Reason | null {
    const { position: most } = this.#limitOf(user);
    if (most === 0) return null;
    const account = this.#account(user);
    const position = at(account.positions, symbol);
    const reach = at(account.open[side], symbol) + qty + (side === SIDE.buy ? position : -position);
    return reach > most ? "position-limit" : null;
  }

  open(user: number, symbol: number, side: Side, qty: number): void {
    const account = this.#account(user);
    account.open[side] = add(account.open[side], symbol, qty);
  }

  /** Takes back what will not be filled. */
  release(user: number, symbol: number, side: Side, qty: number): void {
    this.open(user, symbol, side, -qty);
  }

  settle(
    symbol: number,
    taker: number,
    side: Side,
    _limit: number,
    maker: number,
    _price: number,
    qty: number,
  ): void {
    this.#fill(taker, symbol, side, qty);
    this.#fill(maker, symbol, side === SIDE.buy ? SIDE.sell : SIDE.buy, qty);
  }

  /** Each limit, in the order of users. */
  limits(): [user: number, limit: Limit][] {
    return [...this.#limits].sort(([a], [b]) => a - b);
  }

  /** What is known of each user, in the order of users; what is open follows from the books. */
  standings(): Standing[] {
    return [...this.#accounts.values()].sort((a, b) => a.user - b.user);
  }

  /** A time that has been counted with; 0 for none. */
  get latestMs(): number {
    let second = 0;
    for (const account of this.#accounts.values()) second = Math.max(second, account.second);
    return second * 1000;
  }

  restore(user: number, second: number, count: number): void {
    const account = this.#account(user);
    account.second = second;
    account.count = count;
  }

  restorePosition(user: number, symbol: number, position: number): void {
    const account = this.#account(user);
    account.positions = add(account.positions, symbol, position);
  }

  #fill(user: number, symbol: number, side: Side, qty: number): void {
    this.release(user, symbol, side, qty);
    this.restorePosition(user, symbol, side === SIDE.buy ? qty : -qty);
  }

  #limitOf(user: number): Limit {
    return this.#limits.get(user) ?? this.#limits.get(EVERYBODY) ?? NO_LIMIT;
  }

  #account(user: number): Account {
    const known = this.#accounts.get(user);
    if (known !== undefined) return known;
    const none = (): Float64Array => new Float64Array(0);
    const account: Account = {
      user,
      second: 0,
      count: 0,
      positions: none(),
      open: [none(), none()],
    };
    this.#accounts.set(user, account);
    return account;
  }
}

/** What both have to know of a trade. */
export function both(first: Settlement, second: Settlement): Settlement {
  return {
    settle(book, taker, side, limit, maker, price, qty): void {
      first.settle(book, taker, side, limit, maker, price, qty);
      second.settle(book, taker, side, limit, maker, price, qty);
    },
  };
}

function at(amounts: Float64Array, symbol: number): number {
  return amounts[symbol] ?? 0;
}

function add(amounts: Float64Array, symbol: number, amount: number): Float64Array {
  const room = amounts.length > symbol ? amounts : new Float64Array(symbol + 1);
  if (room !== amounts) room.set(amounts);
  room[symbol] = at(room, symbol) + amount;
  return room;
}
