/** How fast it goes while the wall's clock is behind it. */
const CATCHING_UP = 0.5;

/**
 * The time that is written beside commands. It follows the wall's clock, but never goes back and never stands still: when that one
 * is set back, it goes at half speed until both agree. A rate that is counted by the second would otherwise open a second anew, or
 * refuse everything until the old time comes again.
 */
export class SequencerClock {
  #timeMs: number;
  #askedAt: number;
  readonly #wallMs: () => number;
  readonly #elapsedMs: () => number;

  /** `fromMs` is a time that commands bear already. */
  constructor(
    fromMs: number,
    wallMs: () => number = Date.now,
    elapsedMs: () => number = () => performance.now(),
  ) {
    this.#timeMs = fromMs;
    this.#wallMs = wallMs;
    this.#elapsedMs = elapsedMs;
    this.#askedAt = elapsedMs();
  }

  now(): number {
    const askedAt = this.#elapsedMs();
    const leastMs = this.#timeMs + (askedAt - this.#askedAt) * CATCHING_UP;
    this.#timeMs = Math.max(this.#wallMs(), leastMs);
    this.#askedAt = askedAt;
    return Math.floor(this.#timeMs);
  }
}
