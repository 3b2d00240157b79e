/** How long a sleeper sleeps at most, so that a bug in ringing would be a delay and not a standstill. */
const NAP_MS = 1_000;

/**
 * Wakes one thread that has nothing to do. Ringing costs a load when nobody sleeps. The sleeper says that it is
 * about to sleep, then looks once more, then sleeps: news that come in between are not missed.
 */
export class Bell {
  static readonly WORDS = 2;
  readonly #words: Int32Array;
  readonly #rung: number;
  readonly #asleep: number;

  constructor(words: Int32Array, at: number) {
    this.#words = words;
    this.#rung = at;
    this.#asleep = at + 1;
  }

  ring(): void {
    if (Atomics.load(this.#words, this.#asleep) === 0) return;
    Atomics.store(this.#words, this.#asleep, 0);
    Atomics.add(this.#words, this.#rung, 1);
    Atomics.notify(this.#words, this.#rung);
  }

  /** Looks `spins` times, then sleeps until there are news. For threads that may block. */
  wait(hasNews: () => boolean, spins: number): void {
    for (let spin = 0; spin < spins; spin += 1) if (hasNews()) return;
    while (!hasNews()) {
      const rung = Atomics.load(this.#words, this.#rung);
      Atomics.store(this.#words, this.#asleep, 1);
      if (!hasNews()) Atomics.wait(this.#words, this.#rung, rung, NAP_MS);
    }
    Atomics.store(this.#words, this.#asleep, 0);
  }

  /** Calls `then` once when there may be news, never before this returns. For a thread with an event loop. */
  call(hasNews: () => boolean, then: () => void): void {
    const rung = Atomics.load(this.#words, this.#rung);
    Atomics.store(this.#words, this.#asleep, 1);
    if (hasNews()) {
      setImmediate(then);
      return;
    }
    const waiting = Atomics.waitAsync(this.#words, this.#rung, rung, NAP_MS);
    if (waiting.async) void waiting.value.then(then);
    else setImmediate(then);
  }
}
