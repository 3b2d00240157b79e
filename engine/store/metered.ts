import type { Core } from "../core/core.ts";
import type { Durations } from "../durations.ts";
import type { Changes } from "./changes.ts";
import type { Sink } from "./sink.ts";

/** Counters of a store, in memory that its worker and the metrics share. */
export class StoreFigures {
  static readonly BYTES = 3 * 8;
  readonly #numbers: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.#numbers = new Float64Array(memory);
  }

  /** Operations that wait for an answer: as many connections are in use. */
  get inUse(): number {
    return this.#numbers[0] as number;
  }

  get operations(): number {
    return this.#numbers[1] as number;
  }

  get failures(): number {
    return this.#numbers[2] as number;
  }

  begin(): void {
    this.#add(0, 1);
    this.#add(1, 1);
  }

  end(isFine: boolean): void {
    this.#add(0, -1);
    if (!isFine) this.#add(2, 1);
  }

  #add(at: number, change: number): void {
    this.#numbers[at] = (this.#numbers[at] as number) + change;
  }
}

/** Counts what a sink is asked, how often it fails and how long its writes take. */
export class MeteredSink implements Sink {
  readonly #sink: Sink;
  readonly #figures: StoreFigures;
  readonly #writes: Durations;

  constructor(sink: Sink, figures: StoreFigures, writes: Durations) {
    this.#sink = sink;
    this.#figures = figures;
    this.#writes = writes;
  }

  get batch(): number {
    return this.#sink.batch;
  }

  open(): Promise<number | null> {
    return this.#counted(() => this.#sink.open());
  }

  async write(changes: Changes, core: Core): Promise<void> {
    const startedAt = performance.now();
    await this.#counted(() => this.#sink.write(changes, core));
    this.#writes.observe((performance.now() - startedAt) / 1000);
  }

  rebase(from: number, core: Core): Promise<void> {
    return this.#counted(() => this.#sink.rebase(from, core));
  }

  ping(): Promise<void> {
    return this.#counted(() => this.#sink.ping());
  }

  close(): Promise<void> {
    return this.#sink.close();
  }

  async #counted<T>(ask: () => Promise<T>): Promise<T> {
    this.#figures.begin();
    try {
      const answer = await ask();
      this.#figures.end(true);
      return answer;
    } catch (error) {
      this.#figures.end(false);
      throw error;
    }
  }
}
