/** A bitmap of 32 × 32 × 32 bits: three words say where the next set bit is, however far away. */
export const BITMAP_SIZE = 32768;

export class Bitmap {
  readonly #bits = new Int32Array(1024);
  /** Bit i of word j: word 32j + i of `#bits` is not zero. */
  readonly #words = new Int32Array(32);
  #top = 0;

  set(index: number): void {
    const word = index >> 5;
    this.#bits[word] = (this.#bits[word] as number) | (1 << (index & 31));
    this.#words[word >> 5] = (this.#words[word >> 5] as number) | (1 << (word & 31));
    this.#top |= 1 << (word >> 5);
  }

  clear(index: number): void {
    const word = index >> 5;
    const bits = (this.#bits[word] as number) & ~(1 << (index & 31));
    this.#bits[word] = bits;
    if (bits !== 0) return;
    const words = (this.#words[word >> 5] as number) & ~(1 << (word & 31));
    this.#words[word >> 5] = words;
    if (words === 0) this.#top &= ~(1 << (word >> 5));
  }

  /** The lowest set index above `index`, or -1. */
  after(index: number): number {
    const word = index >> 5;
    const bits = (this.#bits[word] as number) & above(index & 31);
    if (bits !== 0) return (word << 5) | lowest(bits);
    const group = word >> 5;
    const words = (this.#words[group] as number) & above(word & 31);
    if (words !== 0) return this.#lowestOf((group << 5) | lowest(words));
    const groups = this.#top & above(group);
    return groups === 0 ? -1 : this.#lowestIn(lowest(groups));
  }

  /** The highest set index below `index`, or -1. */
  before(index: number): number {
    const word = index >> 5;
    const bits = (this.#bits[word] as number) & below(index & 31);
    if (bits !== 0) return (word << 5) | highest(bits);
    const group = word >> 5;
    const words = (this.#words[group] as number) & below(word & 31);
    if (words !== 0) return this.#highestOf((group << 5) | highest(words));
    const groups = this.#top & below(group);
    return groups === 0 ? -1 : this.#highestIn(highest(groups));
  }

  first(): number {
    return this.#top === 0 ? -1 : this.#lowestIn(lowest(this.#top));
  }

  last(): number {
    return this.#top === 0 ? -1 : this.#highestIn(highest(this.#top));
  }

  #lowestIn(group: number): number {
    return this.#lowestOf((group << 5) | lowest(this.#words[group] as number));
  }

  #highestIn(group: number): number {
    return this.#highestOf((group << 5) | highest(this.#words[group] as number));
  }

  #lowestOf(word: number): number {
    return (word << 5) | lowest(this.#bits[word] as number);
  }

  #highestOf(word: number): number {
    return (word << 5) | highest(this.#bits[word] as number);
  }
}

function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function highest(bits: number): number {
  return 31 - Math.clz32(bits);
}

/** All bits above `bit`. Shifting by 32 would shift by 0, so the last step is a step of its own. */
function above(bit: number): number {
  return (-2 << bit) | 0;
}

function below(bit: number): number {
  return (1 << bit) - 1;
}
