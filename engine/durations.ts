/** Upper edges of what is counted together, in seconds. */
export const DURATION_EDGES_SECONDS: readonly number[] = [
  0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
];

/**
 * A histogram that costs a few nanoseconds to count in, many at once, also from another thread: shared memory with one writer, read
 * by whoever shows it.
 */
export class Durations {
  static readonly BYTES = (DURATION_EDGES_SECONDS.length + 2) * 8;
  readonly #numbers: Float64Array;

  /** Buckets, the one beyond the last edge, and the sum. */
  constructor(memory: SharedArrayBuffer | ArrayBuffer = new ArrayBuffer(Durations.BYTES)) {
    this.#numbers = new Float64Array(memory);
  }

  observe(seconds: number, times = 1): void {
    let at = 0;
    while (at < DURATION_EDGES_SECONDS.length && seconds > (DURATION_EDGES_SECONDS[at] as number)) {
      at += 1;
    }
    const sum = DURATION_EDGES_SECONDS.length + 1;
    this.#numbers[at] = (this.#numbers[at] as number) + times;
    this.#numbers[sum] = (this.#numbers[sum] as number) + seconds * times;
  }

  /** How many took at most as long as each edge, how many in all, and how long together. */
  read(): { atMost: number[]; count: number; sumSeconds: number } {
    let count = 0;
    const atMost = DURATION_EDGES_SECONDS.map((_, at) => {
      count += this.#numbers[at] as number;
      return count;
    });
    const beyond = this.#numbers[DURATION_EDGES_SECONDS.length] as number;
    const sumSeconds = this.#numbers[DURATION_EDGES_SECONDS.length + 1] as number;
    return { atMost, count: count + beyond, sumSeconds };
  }
}
