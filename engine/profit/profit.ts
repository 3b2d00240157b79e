import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { Profits } from "../core/profits.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Pinned } from "../os/affinity.ts";
import { readProfits } from "./profit-file.ts";
import type { ProfitNote, ProfitWorkerOptions } from "./profit-worker.ts";

const END_LIMIT_MS = 2_000;

export type ProfitOptions = Omit<
  ProfitWorkerOptions,
  "profits" | "figures" | "sequence" | "missing"
>;

/** Positions and profit of some users over the whole life of a journal, as the engine's thread sees them. */
export class Profit {
  readonly name = "profit";
  readonly profits: Profits;
  /** Where its thread is; null until it has told. */
  pinned: Pinned | null = null;
  readonly #worker: Worker;
  readonly #figures: Float64Array;
  readonly #following: Promise<void>;

  /** Resolves when it follows; orders that come before could be pruned before they are counted. */
  static async open(options: ProfitOptions, log: Log): Promise<Profit> {
    const profit = new Profit(options, log);
    await profit.#following;
    return profit;
  }

  constructor(options: ProfitOptions, log: Log) {
    const { users, symbols, folder, before } = options;
    this.profits = new Profits(users, symbols.length);
    const found = readProfits(folder);
    // Of another journal, or of other users: then all that this journal still holds is counted.
    const kept =
      found !== null && found.sequence <= before && this.profits.restore(found) ? found : null;
    const { sequence = 0, missing = 0 } = kept ?? {};
    const figures = new SharedArrayBuffer(16);
    this.#figures = new Float64Array(figures);
    this.#figures.set([sequence, missing]);
    const { memory } = this.profits;
    const workerData: ProfitWorkerOptions = {
      ...options,
      profits: memory,
      figures,
      sequence,
      missing,
    };
    const url = new URL("./profit-worker.ts", import.meta.url);
    this.#worker = new Worker(url, { workerData, name: this.name });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#following = promise;
    this.#worker.on("message", (note: ProfitNote) => {
      if ("ready" in note) this.pinned = note.ready;
      else log.warn("profits can't be kept", { cause: note.unkept });
      resolve();
    });
    // Orders do not need it.
    this.#worker.on("error", (error) => {
      log.error("profits are not counted any more", { cause: String(error) });
      resolve();
    });
  }

  show(metrics: Metrics, sequence: () => number): void {
    const lag = "Commands whose trades are not in the users' profits yet";
    metrics.gauge("engine_profit_lag", lag, () =>
      Math.max(0, sequence() - (this.#figures[0] ?? 0)),
    );
    const missing = "Commands whose trades will never be: the journal had them no longer";
    metrics.gauge("engine_profit_missing_commands", missing, () => this.#figures[1] ?? 0);
  }

  /** To be called when the order path has stopped: what is left is counted at the next start. */
  async end(): Promise<void> {
    if (this.#worker.threadId < 0) return;
    await Promise.race([once(this.#worker, "exit"), sleep(END_LIMIT_MS)]);
    await this.#worker.terminate();
  }
}
