import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { Durations } from "../durations.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Pinned } from "../os/affinity.ts";
import { StoreFigures } from "./metered.ts";
import type { StoreName, StoreNote, StoreWorkerOptions } from "./store-worker.ts";

/** How long a look at a store may take until it counts as unreachable. */
const PING_LIMIT_MS = 1_000;
const END_LIMIT_MS = 2_000;

export interface StoreHealth {
  code: number;
  body: object;
}

/** A projection as the engine's thread sees it: a worker that follows by itself, and can be asked how it is. */
export class Store {
  readonly name: StoreName;
  readonly #worker: Worker;
  readonly #projected: BigInt64Array;
  readonly #sequence: () => number;
  readonly #log: Log;
  readonly #pings = new Map<number, (cause: string | null) => void>();
  readonly #figures: StoreFigures;
  readonly #writes: Durations;
  /** Where its thread is; null until it has told. */
  pinned: Pinned | null = null;
  #ticket = 0;
  /** Why it can't be written; null when it can. */
  #cause: string | null = "not connected yet";

  constructor(
    options: Omit<StoreWorkerOptions, "projected" | "figures" | "writes">,
    sequence: () => number,
    log: Log,
  ) {
    this.name = options.store;
    this.#sequence = sequence;
    this.#log = log;
    const projected = new SharedArrayBuffer(8);
    const figures = new SharedArrayBuffer(StoreFigures.BYTES);
    const writes = new SharedArrayBuffer(Durations.BYTES);
    this.#figures = new StoreFigures(figures);
    this.#writes = new Durations(writes);
    this.#projected = new BigInt64Array(projected);
    this.#worker = new Worker(new URL("./store-worker.ts", import.meta.url), {
      workerData: { ...options, projected, figures, writes },
      name: options.store,
    });
    this.#worker.on("message", (note: StoreNote) => this.#receive(note));
    this.#worker.on("error", (error) => this.#receive({ state: `its thread ended: ${error}` }));
  }

  /** The last sequence that is in the store. */
  get projected(): number {
    return Number(Atomics.load(this.#projected, 0));
  }

  get lag(): number {
    return Math.max(0, this.#sequence() - this.projected);
  }

  get isUp(): boolean {
    return this.#cause === null;
  }

  /** Asks the store itself, and does not wait for long. */
  async health(): Promise<StoreHealth> {
    const startedAt = performance.now();
    const cause = (await this.#ping()) ?? this.#cause;
    const ms = Math.round(performance.now() - startedAt);
    const { projected: sequence, lag } = this;
    return cause === null
      ? { code: 200, body: { status: "ok", ms, sequence, lag } }
      : { code: 503, body: { status: "unavailable", ms, sequence, lag, cause } };
  }

  show(metrics: Metrics): void {
    const { name } = this;
    metrics.gauge(`engine_${name}_up`, `1 while ${name} takes the projection`, () =>
      Number(this.isUp),
    );
    metrics.gauge(`engine_${name}_lag`, `Commands that are not in ${name} yet`, () => this.lag);
    const figures = this.#figures;
    metrics.gauge(
      `engine_${name}_connections_in_use`,
      `Connections to ${name} that wait for an answer, of two`,
      () => figures.inUse,
    );
    const operations = `What ${name} was asked: writes, looks at where it is, health`;
    metrics.counter(`engine_${name}_operations_total`, operations, () => figures.operations);
    const failures = `Operations that ${name} did not answer or refused`;
    metrics.counter(`engine_${name}_failures_total`, failures, () => figures.failures);
    const writes = `How long a batch took to be in ${name}`;
    metrics.durations(`engine_${name}_write_duration_seconds`, writes, this.#writes);
  }

  /** To be called when the order path has stopped: what is left gets a moment, and is caught up with at the next start. */
  async end(): Promise<void> {
    if (this.#worker.threadId < 0) return;
    await Promise.race([once(this.#worker, "exit"), sleep(END_LIMIT_MS)]);
    await this.#worker.terminate();
  }

  #ping(): Promise<string | null> {
    this.#ticket += 1;
    const ticket = this.#ticket;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const tooLate = () => resolve(`no answer within ${PING_LIMIT_MS} ms`);
    // An answer that came while this thread had no CPU is looked at first.
    const late = setTimeout(() => setImmediate(tooLate), PING_LIMIT_MS);
    this.#pings.set(ticket, resolve);
    this.#worker.postMessage(ticket);
    return promise.finally(() => {
      clearTimeout(late);
      this.#pings.delete(ticket);
    });
  }

  #receive(note: StoreNote): void {
    if ("pinned" in note) {
      this.pinned = note.pinned;
      return;
    }
    if ("ticket" in note) {
      this.#pings.get(note.ticket)?.(note.cause);
      return;
    }
    this.#cause = note.state;
    if (note.state === null) this.#log.info(`${this.name} follows the journal`);
    else this.#log.warn(`${this.name} does not follow the journal`, { cause: note.state });
  }
}
