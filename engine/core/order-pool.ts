/** No order. Index 0 of the pool is never used, so a zeroed array means "none". */
export const NONE = 0;

const FIRST_CAPACITY = 1 << 14;

/**
 * All resting orders of all books, as one array per field. Nothing is allocated per order, so the garbage
 * collector has nothing to do; freed places are linked through `next`.
 */
export class OrderPool {
  id = new Float64Array(FIRST_CAPACITY);
  qty = new Float64Array(FIRST_CAPACITY);
  user = new Int32Array(FIRST_CAPACITY);
  /** Which book and side: 2 × book + side. */
  place = new Int32Array(FIRST_CAPACITY);
  /** Which price level of that book. */
  slot = new Int32Array(FIRST_CAPACITY);
  next = new Int32Array(FIRST_CAPACITY);
  prev = new Int32Array(FIRST_CAPACITY);
  /** Orders in the pool. */
  live = 0;
  #free = NONE;
  #unused = 1;

  take(): number {
    this.live += 1;
    const index = this.#free;
    if (index !== NONE) {
      this.#free = this.next[index] as number;
      return index;
    }
    if (this.#unused === this.id.length) this.#grow();
    this.#unused += 1;
    return this.#unused - 1;
  }

  release(index: number): void {
    this.live -= 1;
    this.next[index] = this.#free;
    this.#free = index;
  }

  #grow(): void {
    const capacity = this.id.length * 2;
    this.id = floats(this.id, capacity);
    this.qty = floats(this.qty, capacity);
    this.user = ints(this.user, capacity);
    this.place = ints(this.place, capacity);
    this.slot = ints(this.slot, capacity);
    this.next = ints(this.next, capacity);
    this.prev = ints(this.prev, capacity);
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
