const HEAD_BYTES = 13;

/** A recorded feed, to be read at the pace of its own clock. */
export class RecordedFeed {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #firstNs = Number.NaN;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get hasEnded(): boolean {
    return this.#at + HEAD_BYTES > this.#bytes.length;
  }

  /** All messages that come before so many milliseconds of the feed, and have not been read. */
  until(elapsedMs: number): Uint8Array {
    const from = this.#at;
    while (!this.hasEnded) {
      const at = this.#at;
      const timeNs = this.#view.getUint16(at + 7) * 2 ** 32 + this.#view.getUint32(at + 9);
      if (Number.isNaN(this.#firstNs)) this.#firstNs = timeNs;
      if ((timeNs - this.#firstNs) / 1e6 >= elapsedMs) break;
      this.#at += 2 + this.#view.getUint16(at);
    }
    return this.#bytes.subarray(from, this.#at);
  }
}
