import { NONE, type OrderPool } from "./order-pool.ts";

/** More room than is needed now, so that few orders are ever put in anew. */
const GROWTH_BITS = 2;

/**
 * Order id -> index in the pool, for orders that are in the pool: a head for each chain here, the rest of the chain in the orders
 * themselves. So an order that trades away costs one look here, and no other order is looked at for it.
 */
export class OrderIndex {
  readonly #pool: OrderPool;
  #heads: Int32Array;
  #bits: number;
  #size = 0;

  constructor(pool: OrderPool, bits = 16) {
    this.#pool = pool;
    this.#bits = bits;
    this.#heads = new Int32Array(1 << bits);
  }

  /** The order, or NONE. */
  get(id: number): number {
    const pool = this.#pool;
    let order = this.#heads[chainOf(id, this.#bits)] as number;
    while (order !== NONE && pool.id(order) !== id) order = pool.chain(order);
    return order;
  }

  /** The order's id must be in the pool already, and not here. */
  add(id: number, order: number): void {
    if (this.#size === this.#heads.length) this.#grow();
    this.#size += 1;
    const chain = chainOf(id, this.#bits);
    this.#pool.setChain(order, this.#heads[chain] as number);
    this.#heads[chain] = order;
  }

  /** The order must be here, and in the pool still. */
  remove(order: number): void {
    const pool = this.#pool;
    const chain = chainOf(pool.id(order), this.#bits);
    this.#size -= 1;
    let before = this.#heads[chain] as number;
    if (before === order) {
      this.#heads[chain] = pool.chain(order);
      return;
    }
    while (pool.chain(before) !== order) before = pool.chain(before);
    pool.setChain(before, pool.chain(order));
  }

  #grow(): void {
    const pool = this.#pool;
    const before = this.#heads;
    const bits = this.#bits + GROWTH_BITS;
    const heads = new Int32Array(1 << bits);
    for (let from = 0; from < before.length; from += 1) {
      let order = before[from] as number;
      while (order !== NONE) {
        const following = pool.chain(order);
        const chain = chainOf(pool.id(order), bits);
        pool.setChain(order, heads[chain] as number);
        heads[chain] = order;
        order = following;
      }
    }
    this.#heads = heads;
    this.#bits = bits;
  }
}

/**
 * One of 2^bits chains. Clients and the engine number their orders one after the other, so ids in a row get chains in a row: they
 * share lines of the cache, and none meets another within 2^bits. Where such a run of ids begins is scattered, so that the
 * runs of many clients do not lie upon each other.
 */
function chainOf(id: number, bits: number): number {
  const low = id | 0;
  const high = (id / 4294967296) | 0;
  const run = Math.imul((low >>> bits) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return (low + (run ^ (run >>> 15))) & ((1 << bits) - 1);
}
