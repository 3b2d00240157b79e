import type { Settlement } from "./book.ts";
import { SIDE, type Side } from "./command.ts";

/** What one user's trades of one symbol come to. */
export interface Standing {
  user: number;
  symbol: number;
  position: number;
  /** What the position is worth at the last trade's price. */
  exposure: number;
  /** What was received less what was paid, and the exposure. */
  profit: number;
}

/** Numbers of one user's trades of one symbol: position, cash. */
const FIELDS = 2;

/** All that is known, to be kept in a file. */
export interface SavedProfits {
  /** By symbol; 0 before its first trade. */
  lastPrices: number[];
  /** By user, then by symbol: position, cash. */
  users: Record<string, number[]>;
}

/**
 * Positions and money of some users, from trades as they happen. It is no part of the engine's state: whoever wants it after a
 * restart keeps it. The memory is shared, so that others read while one writes, and nobody waits.
 */
export class Profits implements Settlement {
  readonly memory: SharedArrayBuffer;
  readonly #users: readonly number[];
  readonly #places: ReadonlyMap<number, number>;
  readonly #symbols: number;
  /** By symbol; 0 before its first trade. */
  readonly #lastPrices: Float64Array;
  readonly #numbers: Float64Array;

  constructor(users: readonly number[], symbols: number, memory?: SharedArrayBuffer) {
    const count = users.length * symbols * FIELDS;
    this.memory = memory ?? new SharedArrayBuffer((symbols + count) * 8);
    this.#users = users;
    this.#places = new Map(users.map((user, place) => [user, place]));
    this.#symbols = symbols;
    this.#lastPrices = new Float64Array(this.memory, 0, symbols);
    this.#numbers = new Float64Array(this.memory, symbols * 8, count);
  }

  settle(
    symbol: number,
    taker: number,
    side: Side,
    _limit: number,
    maker: number,
    price: number,
    qty: number,
  ): void {
    this.#lastPrices[symbol] = price;
    const bought = side === SIDE.buy ? qty : -qty;
    this.#add(taker, symbol, bought, price);
    this.#add(maker, symbol, -bought, price);
  }

  /** Forgets all: what a recovery repeats happened before. */
  clear(): void {
    this.#lastPrices.fill(0);
    this.#numbers.fill(0);
  }

  save(): SavedProfits {
    const users = this.#users.map((user, place) => {
      const at = this.#at(place, 0);
      return [user, Array.from(this.#numbers.subarray(at, at + this.#symbols * FIELDS))] as const;
    });
    return { lastPrices: Array.from(this.#lastPrices), users: Object.fromEntries(users) };
  }

  /** Goes on from there. False, and nothing is changed, when one of the users or a symbol is not the one that was kept. */
  restore({ lastPrices, users }: SavedProfits): boolean {
    const known = this.#users.map((user) => users[user]);
    const isOurs = (numbers: number[] | undefined): numbers is number[] =>
      numbers?.length === lastPrices.length * FIELDS;
    if (lastPrices.length > this.#symbols || !known.every(isOurs)) return false;
    this.#lastPrices.set(lastPrices);
    for (const [place, numbers] of known.entries()) this.#numbers.set(numbers, this.#at(place, 0));
    return true;
  }

  read(): Standing[] {
    return this.#users.flatMap((user, place) =>
      Array.from(this.#lastPrices, (price, symbol) => {
        const at = this.#at(place, symbol);
        const position = this.#numbers[at] as number;
        const exposure = position * price;
        return {
          user,
          symbol,
          position,
          exposure,
          profit: (this.#numbers[at + 1] as number) + exposure,
        };
      }),
    );
  }

  #add(user: number, symbol: number, bought: number, price: number): void {
    const place = this.#places.get(user);
    if (place === undefined) return;
    const at = this.#at(place, symbol);
    this.#numbers[at] = (this.#numbers[at] as number) + bought;
    this.#numbers[at + 1] = (this.#numbers[at + 1] as number) - bought * price;
  }

  #at(place: number, symbol: number): number {
    return (place * this.#symbols + symbol) * FIELDS;
  }
}
