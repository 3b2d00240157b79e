const SHARED_BYTES = 32 * 1024;
/** What is smaller gets memory of its own: a reader that is behind must not keep a whole sheet for a few bytes. */
const LEAST_SHARED_BYTES = 1024;

/** Zeroed memory that answers are written on, seen as numbers of each size. Answers of some length share one. */
export class Sheet {
  static #shared = new Sheet(SHARED_BYTES);

  readonly bytes: Uint8Array;
  readonly floats: Float64Array;
  readonly words: Uint32Array;
  readonly shorts: Uint16Array;
  #used = 0;

  /** One with so many bytes, a multiple of 8, to take. */
  static for(bytes: number): Sheet {
    if (bytes < LEAST_SHARED_BYTES || bytes > SHARED_BYTES) return new Sheet(bytes);
    if (Sheet.#shared.#used + bytes > SHARED_BYTES) Sheet.#shared = new Sheet(SHARED_BYTES);
    return Sheet.#shared;
  }

  constructor(size: number) {
    const memory = new ArrayBuffer(size);
    this.bytes = new Uint8Array(memory);
    this.floats = new Float64Array(memory);
    this.words = new Uint32Array(memory);
    this.shorts = new Uint16Array(memory);
  }

  /** Where the next `bytes` begin; nobody else has them. */
  take(bytes: number): number {
    const from = this.#used;
    this.#used += bytes;
    return from;
  }
}
