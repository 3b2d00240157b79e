import { SIDE, type Side } from "../core/command.ts";

const CAPACITY = 64 * 1024;

/** Writes the messages that `decodeItch` reads: for simulated feeds and tests. */
export class ItchWriter {
  #bytes = new Uint8Array(CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  /** Stamped on each message. */
  timeNs = 0;

  add(stock: number, order: number, side: Side, shares: number, price: number): void {
    const at = this.#begin("A", stock, 36, order);
    this.#view.setUint8(at + 19, side === SIDE.buy ? 0x42 : 0x53);
    this.#view.setUint32(at + 20, shares);
    this.#view.setUint32(at + 32, price);
  }

  executed(stock: number, order: number, shares: number): void {
    const at = this.#begin("E", stock, 31, order);
    this.#view.setUint32(at + 19, shares);
  }

  canceled(stock: number, order: number, shares: number): void {
    const at = this.#begin("X", stock, 23, order);
    this.#view.setUint32(at + 19, shares);
  }

  deleted(stock: number, order: number): void {
    this.#begin("D", stock, 19, order);
  }

  replaced(stock: number, order: number, newOrder: number, shares: number, price: number): void {
    const at = this.#begin("U", stock, 35, order);
    this.#u64(at + 19, newOrder);
    this.#view.setUint32(at + 27, shares);
    this.#view.setUint32(at + 31, price);
  }

  /** All messages since the last time. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#at);
    this.#at = 0;
    return taken;
  }

  #begin(type: string, stock: number, length: number, order: number): number {
    if (this.#at + length + 2 > this.#bytes.length) this.#grow();
    this.#bytes.fill(0, this.#at, this.#at + length + 2);
    this.#view.setUint16(this.#at, length);
    const at = this.#at + 2;
    this.#view.setUint8(at, type.charCodeAt(0));
    this.#view.setUint16(at + 1, stock);
    this.#view.setUint16(at + 5, Math.floor(this.timeNs / 2 ** 32));
    this.#view.setUint32(at + 7, this.timeNs % 2 ** 32);
    this.#u64(at + 11, order);
    this.#at = at + length;
    return at;
  }

  #u64(at: number, value: number): void {
    this.#view.setUint32(at, Math.floor(value / 2 ** 32));
    this.#view.setUint32(at + 4, value % 2 ** 32);
  }

  #grow(): void {
    const grown = new Uint8Array(this.#bytes.length * 2);
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
