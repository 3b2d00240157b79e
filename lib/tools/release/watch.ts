/** Ends an attempt when what is expected does not come in time. */
export class Watch {
  readonly #own = new AbortController();
  /** Fires when the time is up, or when an outer signal does; its reason says which. */
  readonly signal: AbortSignal;
  #timer: NodeJS.Timeout | undefined;

  constructor(outer: readonly AbortSignal[]) {
    this.signal = AbortSignal.any([this.#own.signal, ...outer]);
  }

  /** From now on, `withinMs` may pass until the next call; then the attempt fails with `fault`. */
  expect(withinMs: number, fault: Error): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#own.abort(fault), withinMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
