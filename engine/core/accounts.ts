import type { Settlement } from "./book.ts";
import { type Reason, SIDE, type Side } from "./command.ts";
import { IdMap } from "./id-map.ts";
import { floats } from "./order-pool.ts";

/** What a symbol trades: so many of `base` for price × quantity of `quote`. Both are asset numbers. */
export interface Pair {
  base: number;
  quote: number;
}

/**
 * Balances by user and asset, free and set aside for resting orders. Money is only ever moved, so the sum over all
 * users of an asset is what was deposited, which is kept an exact integer; so is each balance.
 */
export class Accounts implements Settlement {
  readonly #pairs: readonly Pair[];
  /** User -> index + 1. */
  readonly #indices = new IdMap();
  /** By index. */
  readonly #users: number[] = [];
  /** By asset, then by user. */
  readonly #free: Float64Array[] = [];
  readonly #held: Float64Array[] = [];
  readonly #supply: number[] = [];

  /** `pairs` is shared with whoever adds symbols. */
  constructor(pairs: readonly Pair[]) {
    this.#pairs = pairs;
  }

  deposit(user: number, asset: number, amount: number): Reason | null {
    const supply = this.#supply[asset] ?? 0;
    if (supply > Number.MAX_SAFE_INTEGER - amount) return "balance-overflow";
    this.#supply[asset] = supply + amount;
    this.#add(this.#free, asset, this.#index(user), amount);
    return null;
  }

  /** Sets aside what the order may cost; a market buy's cost is known, and is only checked. */
  hold(book: number, user: number, side: Side, price: number, qty: number): Reason | null {
    const asset = this.#asset(book, side);
    const amount = side === SIDE.buy ? price * qty : qty;
    if (amount > Number.MAX_SAFE_INTEGER) return "notional-overflow";
    const index = this.#index(user);
    if (this.#at(this.#free, asset, index) < amount) return "insufficient-balance";
    this.#add(this.#free, asset, index, -amount);
    this.#add(this.#held, asset, index, amount);
    return null;
  }

  canPay(book: number, user: number, cost: number): Reason | null {
    if (!Number.isSafeInteger(cost)) return "notional-overflow";
    const free = this.#at(this.#free, this.#pair(book).quote, this.#index(user));
    return free < cost ? "insufficient-balance" : null;
  }

  release(book: number, user: number, side: Side, price: number, qty: number): void {
    const asset = this.#asset(book, side);
    const amount = side === SIDE.buy ? price * qty : qty;
    const index = this.#index(user);
    this.#add(this.#held, asset, index, -amount);
    this.#add(this.#free, asset, index, amount);
  }

  settle(
    book: number,
    taker: number,
    side: Side,
    limit: number,
    maker: number,
    price: number,
    qty: number,
  ): void {
    const { base, quote } = this.#pair(book);
    const buying = side === SIDE.buy;
    const buyer = this.#index(buying ? taker : maker);
    const seller = this.#index(buying ? maker : taker);
    // A maker's money was set aside at its own price, which is the trade's.
    const heldAt = buying ? limit : price;
    this.#add(this.#held, quote, buyer, -heldAt * qty);
    this.#add(this.#free, quote, buyer, (heldAt - price) * qty);
    this.#add(this.#free, base, buyer, qty);
    this.#add(this.#held, base, seller, -qty);
    this.#add(this.#free, quote, seller, price * qty);
  }

  /** Each non-zero balance, in no particular order. */
  *balances(): Generator<{ user: number; asset: number; free: number; held: number }> {
    for (const [index, user] of this.#users.entries()) {
      for (let asset = 0; asset < this.#free.length; asset += 1) {
        const free = this.#at(this.#free, asset, index);
        const held = this.#at(this.#held, asset, index);
        if (free !== 0 || held !== 0) yield { user, asset, free, held };
      }
    }
  }

  restore(user: number, asset: number, free: number, held: number): void {
    const index = this.#index(user);
    this.#supply[asset] = (this.#supply[asset] ?? 0) + free + held;
    this.#add(this.#free, asset, index, free);
    this.#add(this.#held, asset, index, held);
  }

  /** What an order is paid with. */
  #asset(book: number, side: Side): number {
    const pair = this.#pair(book);
    return side === SIDE.buy ? pair.quote : pair.base;
  }

  #pair(book: number): Pair {
    return this.#pairs[book] as Pair;
  }

  #index(user: number): number {
    const known = this.#indices.get(user);
    if (known !== 0) return known - 1;
    this.#users.push(user);
    this.#indices.add(user, this.#users.length);
    return this.#users.length - 1;
  }

  #at(balances: Float64Array[], asset: number, user: number): number {
    return balances[asset]?.[user] ?? 0;
  }

  #add(balances: Float64Array[], asset: number, user: number, amount: number): void {
    while (balances.length <= asset) balances.push(new Float64Array(64));
    let amounts = balances[asset] as Float64Array;
    if (user >= amounts.length) {
      amounts = floats(amounts, Math.max(user + 1, amounts.length * 2));
      balances[asset] = amounts;
    }
    amounts[user] = (amounts[user] as number) + amount;
  }
}
