import { createHash, type Hash } from "node:crypto";
import { SIDE, type Side } from "./command.ts";
import type { Core } from "./core.ts";
import type { Limits } from "./limits.ts";
import type { Symbols } from "./symbols.ts";

const CHUNK_NUMBERS = 8192;

/**
 * A hash of all that decides what the engine does next: every resting order in its place, every balance, who is halted, and the ids
 * that may not be used again. It
 * does not depend on where in memory things are, nor on symbols that hold nothing.
 */
export function stateHash(core: Core, symbols: Symbols): string {
  const hash = createHash("sha256");
  const numbers = new Numbers(hash);
  for (const { name, index } of byName(symbols.listed)) {
    for (const side of [SIDE.buy, SIDE.sell]) hashSide(core, name, index, side, numbers);
  }
  const balances = Array.from(core.accounts.balances(), (balance) => ({
    ...balance,
    name: symbols.assets[balance.asset] ?? "",
  }));
  for (const { user, name, free, held } of byName(balances.toSorted((a, b) => a.user - b.user))) {
    numbers.text(name);
    numbers.add(user).add(free).add(held);
  }
  numbers.text("halted");
  for (const user of [...core.halted].sort((a, b) => a - b)) numbers.add(user);
  numbers.text("ids");
  for (const id of core.recentIds) numbers.add(id);
  if (core.limits !== null) hashLimits(core.limits, symbols, numbers);
  numbers.flush();
  return hash.digest("hex");
}

function hashLimits(limits: Limits, symbols: Symbols, numbers: Numbers): void {
  numbers.text("limits");
  for (const [user, { position, ordersPerSecond }] of limits.limits()) {
    numbers.add(user).add(position).add(ordersPerSecond);
  }
  for (const { user, second, count, positions } of limits.standings()) {
    if (second > 0) numbers.add(user).add(second).add(count);
    for (const { name, index } of byName(symbols.listed)) {
      const position = positions[index] ?? 0;
      if (position === 0) continue;
      numbers.text(name);
      numbers.add(user).add(position);
    }
  }
}

function hashSide(core: Core, name: string, index: number, side: Side, numbers: Numbers): void {
  const book = core.books[index];
  if (book === undefined) return;
  let first = true;
  for (const order of book.orders(side)) {
    if (first) numbers.text(`${name} ${side}`);
    first = false;
    numbers.add(core.pool.id(order)).add(core.pool.user(order));
    numbers.add(book.priceOf(order)).add(core.pool.qty(order));
  }
}

function byName<T extends { name: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** Hands numbers to a hash, many at a time. */
class Numbers {
  readonly #hash: Hash;
  readonly #chunk = new Float64Array(CHUNK_NUMBERS);
  #used = 0;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  add(value: number): this {
    if (this.#used === CHUNK_NUMBERS) this.flush();
    this.#chunk[this.#used] = value;
    this.#used += 1;
    return this;
  }

  text(value: string): void {
    this.flush();
    this.#hash.update(`${value}\0`);
  }

  flush(): void {
    this.#hash.update(new Uint8Array(this.#chunk.buffer, 0, this.#used * 8));
    this.#used = 0;
  }
}
