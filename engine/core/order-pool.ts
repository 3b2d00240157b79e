/** No order. Index 0 of the pool is never used, so a zeroed array means "none". */
export const NONE = 0;

const FIRST_CAPACITY = 1 << 14;

/** Where an order's fields are, in words of 8 bytes and of 4: what a match reads is 32 bytes, half a line of the cache. */
const NUMBERS = 2;
const ID = 0;
const QTY = 1;
const LINKS = 3;
const NEXT = 4;
const PREV = 5;
const SLOT = 6;
const CHAIN = 7;
/** What is asked for when an order ends otherwise than by a trade. */
const OWNERS = 1;
const USER = 0;
const PLACE = 1;

/**
 * All resting orders of all books. Nothing is allocated per order, so the garbage collector has nothing to do; freed places are
 * linked through `next`. A match goes through orders that came in long ago, so what it costs is how many lines of the cache
 * an order is spread over.
 */
export class OrderPool {
  /** Orders in the pool. */
  live = 0;
  #numbers = new Float64Array(FIRST_CAPACITY << NUMBERS);
  /** The same memory. */
  #links = new Int32Array(this.#numbers.buffer);
  #owners = new Int32Array(FIRST_CAPACITY << OWNERS);
  #free = NONE;
  #unused = 1;

  /** A new order. It is in no queue yet. */
  take(id: number, user: number, qty: number, place: number): number {
    this.live += 1;
    let order = this.#free;
    if (order !== NONE) {
      this.#free = this.next(order);
    } else {
      if (this.#unused << OWNERS === this.#owners.length) this.#grow();
      order = this.#unused;
      this.#unused += 1;
    }
    this.#numbers[(order << NUMBERS) + ID] = id;
    this.#numbers[(order << NUMBERS) + QTY] = qty;
    this.#owners[(order << OWNERS) + USER] = user;
    this.#owners[(order << OWNERS) + PLACE] = place;
    return order;
  }

  release(order: number): void {
    this.live -= 1;
    this.setNext(order, this.#free);
    this.#free = order;
  }

  id(order: number): number {
    return this.#numbers[(order << NUMBERS) + ID] as number;
  }

  qty(order: number): number {
    return this.#numbers[(order << NUMBERS) + QTY] as number;
  }

  setQty(order: number, qty: number): void {
    this.#numbers[(order << NUMBERS) + QTY] = qty;
  }

  user(order: number): number {
    return this.#owners[(order << OWNERS) + USER] as number;
  }

  /** Which book and side: 2 × book + side. */
  place(order: number): number {
    return this.#owners[(order << OWNERS) + PLACE] as number;
  }

  /** Which price level of that book. */
  slot(order: number): number {
    return this.#links[(order << LINKS) + SLOT] as number;
  }

  setSlot(order: number, slot: number): void {
    this.#links[(order << LINKS) + SLOT] = slot;
  }

  /** The order behind in its level's queue. */
  next(order: number): number {
    return this.#links[(order << LINKS) + NEXT] as number;
  }

  setNext(order: number, next: number): void {
    this.#links[(order << LINKS) + NEXT] = next;
  }

  /** The order before in its level's queue. */
  prev(order: number): number {
    return this.#links[(order << LINKS) + PREV] as number;
  }

  setPrev(order: number, prev: number): void {
    this.#links[(order << LINKS) + PREV] = prev;
  }

  /** The next order in its chain of the index. */
  chain(order: number): number {
    return this.#links[(order << LINKS) + CHAIN] as number;
  }

  setChain(order: number, chain: number): void {
    this.#links[(order << LINKS) + CHAIN] = chain;
  }

  #grow(): void {
    this.#numbers = floats(this.#numbers, this.#numbers.length * 2);
    this.#links = new Int32Array(this.#numbers.buffer);
    this.#owners = ints(this.#owners, this.#owners.length * 2);
  }
}

export function floats(from: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(capacity);
  to.set(from);
  return to;
}

export function ints(from: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(capacity);
  to.set(from);
  return to;
}
