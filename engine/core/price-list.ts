/** A chunk is split in two when it would be longer. Short enough to be moved in memory in no time. */
const CHUNK = 512;

/** Prices in ascending order, in chunks: adding and removing cost the same for a hundred prices and for a million. */
export class PriceList {
  /** None is empty, except that of an empty list. */
  #chunks: number[][] = [[]];

  get first(): number | undefined {
    return this.#chunks[0]?.[0];
  }

  get last(): number | undefined {
    return this.#chunks.at(-1)?.at(-1);
  }

  /** `price` must not be in the list. */
  add(price: number): void {
    const index = this.#chunkOf(price);
    const chunk = this.#chunks[index] as number[];
    chunk.splice(position(chunk, price), 0, price);
    if (chunk.length > CHUNK) this.#chunks.splice(index + 1, 0, chunk.splice(CHUNK / 2));
  }

  /** `price` must be in the list. */
  remove(price: number): void {
    const index = this.#chunkOf(price);
    const chunk = this.#chunks[index] as number[];
    chunk.splice(position(chunk, price), 1);
    if (chunk.length === 0 && this.#chunks.length > 1) this.#chunks.splice(index, 1);
  }

  clear(): void {
    this.#chunks = [[]];
  }

  /** The highest price below, or undefined. */
  below(price: number): number | undefined {
    const index = this.#chunkOf(price);
    const chunk = this.#chunks[index] as number[];
    return chunk[position(chunk, price) - 1] ?? this.#chunks[index - 1]?.at(-1);
  }

  /** The lowest price above, or undefined. */
  above(price: number): number | undefined {
    const index = this.#chunkOf(price);
    const chunk = this.#chunks[index] as number[];
    return chunk[position(chunk, price + 1)] ?? this.#chunks[index + 1]?.[0];
  }

  /** The last chunk that begins at or below `price`, or the first one. */
  #chunkOf(price: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#chunks[middle]?.[0] as number) <= price) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Where `price` is, or would be put, among ascending prices. */
function position(prices: readonly number[], price: number): number {
  let low = 0;
  let high = prices.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((prices[middle] as number) < price) low = middle + 1;
    else high = middle;
  }
  return low;
}
