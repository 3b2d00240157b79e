/** How well the last predictions fared. */
export interface Score {
  /** All that were ever made and decided. */
  predictions: number;
  /** The newest of them, which the rest is about. */
  counted: number;
  /** Those that were right; one that leaned to neither side is half right. */
  hits: number;
  /** Sum of the squared distances between the probabilities and what came, in millionths. */
  squares: number;
}

const MILLION = 1_000_000;

/** Keeps score over the newest predictions. All sums are of whole numbers, so they are the same however long it runs. */
export class RollingScore implements Score {
  predictions = 0;
  hits = 0;
  squares = 0;
  readonly #window: number;
  readonly #halves: Uint8Array;
  readonly #squares: Uint32Array;

  constructor(window: number) {
    this.#window = window;
    this.#halves = new Uint8Array(window);
    this.#squares = new Uint32Array(window);
  }

  get counted(): number {
    return Math.min(this.predictions, this.#window);
  }

  /** `upProbability` was said before; `isUp` is what came. */
  add(upProbability: number, isUp: boolean): void {
    const at = this.predictions % this.#window;
    const right = isUp ? upProbability : 1 - upProbability;
    const halves = right === 0.5 ? 1 : Number(right > 0.5) * 2;
    const square = Math.round((1 - right) ** 2 * MILLION);
    this.hits += (halves - (this.#halves[at] ?? 0)) / 2;
    this.squares += square - (this.#squares[at] ?? 0);
    this.#halves[at] = halves;
    this.#squares[at] = square;
    this.predictions += 1;
  }
}

/** Of how many the direction was right; 0.5 is a coin's. */
export function hitRatio({ hits, counted }: Score): number {
  return hits / counted;
}

/** The mean squared distance; 0.25 is a coin's, 0 is perfect, 1 is sure and wrong. */
export function brierScore({ squares, counted }: Score): number {
  return squares / MILLION / counted;
}
