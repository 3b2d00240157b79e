/**
 * Order id -> index in the pool: open addressing with linear probing, half full at most. Removal moves later
 * entries back instead of leaving gravestones, so that it stays as fast after a billion orders as at the start.
 * Id 0 means an empty place and is not an id.
 */
export class IdMap {
  #ids: Float64Array;
  #values: Int32Array;
  #mask: number;
  #size = 0;

  constructor(capacity = 1 << 15) {
    this.#ids = new Float64Array(capacity);
    this.#values = new Int32Array(capacity);
    this.#mask = capacity - 1;
  }

  /** The value, or 0. */
  get(id: number): number {
    const ids = this.#ids;
    const mask = this.#mask;
    let at = hash(id) & mask;
    for (;;) {
      const found = ids[at] as number;
      if (found === id) return this.#values[at] as number;
      if (found === 0) return 0;
      at = (at + 1) & mask;
    }
  }

  /** `id` must not be in the map. */
  add(id: number, value: number): void {
    if (this.#size * 2 >= this.#ids.length) this.#grow();
    this.#size += 1;
    this.#put(id, value);
  }

  /** `id` must be in the map. */
  remove(id: number): void {
    const ids = this.#ids;
    const mask = this.#mask;
    let hole = hash(id) & mask;
    while (ids[hole] !== id) hole = (hole + 1) & mask;
    this.#size -= 1;
    let at = (hole + 1) & mask;
    for (let found = ids[at] as number; found !== 0; found = ids[at] as number) {
      const home = hash(found) & mask;
      // An entry may fill the hole unless that would put it before its home.
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        ids[hole] = found;
        this.#values[hole] = this.#values[at] as number;
        hole = at;
      }
      at = (at + 1) & mask;
    }
    ids[hole] = 0;
  }

  #put(id: number, value: number): void {
    let at = hash(id) & this.#mask;
    while (this.#ids[at] !== 0) at = (at + 1) & this.#mask;
    this.#ids[at] = id;
    this.#values[at] = value;
  }

  #grow(): void {
    const ids = this.#ids;
    const values = this.#values;
    this.#ids = new Float64Array(ids.length * 2);
    this.#values = new Int32Array(ids.length * 2);
    this.#mask = ids.length * 2 - 1;
    for (let at = 0; at < ids.length; at += 1) {
      if (ids[at] !== 0) this.#put(ids[at] as number, values[at] as number);
    }
  }
}

/** Eight ids in a row share a line of the cache: clients and the engine number their orders one after the other. */
const ROW_BITS = 3;
const ROW_MASK = (1 << ROW_BITS) - 1;

export function hash(id: number): number {
  const low = id | 0;
  const high = (id / 4294967296) | 0;
  const mixed = Math.imul((low >>> ROW_BITS) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return ((mixed ^ (mixed >>> 15)) << ROW_BITS) | (low & ROW_MASK);
}
