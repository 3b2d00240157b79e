import { RECORD_BYTES, type Records } from "../core/layout.ts";

const HEAD_BYTES = 256;
/** Each counter has a cache line to itself, so that the two sides don't slow each other down. */
const PUBLISHED = 0;
const CONSUMED = 32;

/**
 * A ring of 64-byte records in shared memory, for one writer and one reader. Positions are 32-bit and wrap; only
 * their differences mean something.
 */
export class Ring implements Records {
  readonly capacity: number;
  readonly floats: Float64Array;
  readonly ints: Int32Array;
  readonly bytes: Uint8Array;
  readonly #mask: number;
  readonly #head: Int32Array;

  /** `capacity` is a power of two. */
  static allocate(capacity: number): SharedArrayBuffer {
    return new SharedArrayBuffer(HEAD_BYTES + capacity * RECORD_BYTES);
  }

  constructor(buffer: SharedArrayBuffer) {
    this.capacity = (buffer.byteLength - HEAD_BYTES) / RECORD_BYTES;
    if ((this.capacity & (this.capacity - 1)) !== 0) throw new RangeError("not a power of two");
    this.#mask = this.capacity - 1;
    this.#head = new Int32Array(buffer, 0, HEAD_BYTES / 4);
    this.floats = new Float64Array(buffer, HEAD_BYTES);
    this.ints = new Int32Array(buffer, HEAD_BYTES);
    this.bytes = new Uint8Array(buffer, HEAD_BYTES);
  }

  slot(position: number): number {
    return position & this.#mask;
  }

  get published(): number {
    return Atomics.load(this.#head, PUBLISHED);
  }

  get consumed(): number {
    return Atomics.load(this.#head, CONSUMED);
  }

  /** The reader may read all before `position`. */
  publish(position: number): void {
    Atomics.store(this.#head, PUBLISHED, position);
  }

  /** The writer may overwrite all before `position`. */
  consume(position: number): void {
    Atomics.store(this.#head, CONSUMED, position);
  }
}
