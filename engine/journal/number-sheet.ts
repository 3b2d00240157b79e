const FIRST_NUMBERS = 4_096;

/** Numbers one after the other, as they are in a file; a million of them make no garbage to speak of. */
export class NumberSheet {
  length = 0;
  #numbers = new Float64Array(FIRST_NUMBERS);

  add(number: number): this {
    if (this.length === this.#numbers.length) this.#grow();
    this.#numbers[this.length] = number;
    this.length += 1;
    return this;
  }

  /** How many there were. */
  addAll(numbers: Iterable<number>): number {
    const before = this.length;
    for (const number of numbers) this.add(number);
    return this.length - before;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#numbers.buffer, 0, this.length * Float64Array.BYTES_PER_ELEMENT);
  }

  #grow(): void {
    const more = new Float64Array(this.#numbers.length * 2);
    more.set(this.#numbers);
    this.#numbers = more;
  }
}
