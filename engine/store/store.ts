import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
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
  #ticket = 0;
  /** Why it can't be written; null when it can. */
  #cause: string | null = "not connected yet";

  constructor(options: Omit<StoreWorkerOptions, "projected">, sequence: () => number, log: Log) {
    this.name = options.store;
    this.#sequence = sequence;
    this.#log = log;
    const projected = new SharedArrayBuffer(8);
    this.#projected = new BigInt64Array(projected);
    this.#worker = new Worker(new URL("./store-worker.ts", import.meta.url), {
      workerData: { ...options, projected },
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
    const late = setTimeout(resolve, PING_LIMIT_MS, `no answer within ${PING_LIMIT_MS} ms`);
    this.#pings.set(ticket, resolve);
    this.#worker.postMessage(ticket);
    return promise.finally(() => {
      clearTimeout(late);
      this.#pings.delete(ticket);
    });
  }

  #receive(note: StoreNote): void {
    if ("ticket" in note) {
      this.#pings.get(note.ticket)?.(note.cause);
      return;
    }
    this.#cause = note.state;
    if (note.state === null) this.#log.info(`${this.name} follows the journal`);
    else this.#log.warn(`${this.name} does not follow the journal`, { cause: note.state });
  }
}
