import { IdMap } from "./id-map.ts";

/** What the live engine remembers. Part of what a journal means: a change makes older journals unreadable. */
export const ID_WINDOW = 131_072;

/**
 * The last so many ids, so that a client that asks again because it got no answer does not trade twice. An order's
 * id is of use for that only after it has left the book, when nothing else remembers it.
 */
export class RecentIds {
  readonly #ids: Float64Array;
  readonly #known: IdMap;
  #next = 0;
  #count = 0;

  /** 0 remembers nothing. */
  constructor(capacity: number) {
    this.#ids = new Float64Array(capacity);
    this.#known = new IdMap();
  }

  has(id: number): boolean {
    return this.#count > 0 && this.#known.get(id) !== 0;
  }

  /** `id` must not be among them. */
  add(id: number): void {
    const capacity = this.#ids.length;
    if (capacity === 0) return;
    if (this.#count === capacity) this.#known.remove(this.#ids[this.#next] as number);
    else this.#count += 1;
    this.#ids[this.#next] = id;
    this.#known.add(id, 1);
    this.#next = (this.#next + 1) % capacity;
  }

  /** Oldest first. */
  *[Symbol.iterator](): Generator<number> {
    const capacity = this.#ids.length;
    for (let at = 0; at < this.#count; at += 1) {
      yield this.#ids[(this.#next - this.#count + at + capacity) % capacity] as number;
    }
  }
}
