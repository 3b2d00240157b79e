import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { ChannelBuffers } from "../pipeline/channel.ts";
import { Refusal } from "../refusal.ts";
import type { MarketNote, MarketWorkerOptions } from "./market-worker.ts";

const END_LIMIT_MS = 500;

/** The market data server as the engine's thread sees it. */
export class MarketData {
  readonly port: number;
  readonly #worker: Worker;
  readonly #clients: Int32Array;

  static async start(
    config: Pick<Config, "host" | "marketPort" | "marketFeed" | "symbols"> & { cpus: number[] },
    buffers: ChannelBuffers,
    log: Log,
  ): Promise<MarketData> {
    const clients = new SharedArrayBuffer(4);
    const workerData: MarketWorkerOptions = {
      buffers,
      host: config.host,
      port: config.marketPort ?? 0,
      symbols: config.symbols.map(({ name }) => name),
      feed: config.marketFeed,
      cpus: config.cpus,
      clients,
    };
    const url = new URL("./market-worker.ts", import.meta.url);
    const worker = new Worker(url, { workerData, name: "market" });
    const note = await firstNote(worker);
    if ("refused" in note) {
      throw new Refusal(
        `market data can't be served: ${note.refused}`,
        "choose another MARKET_PORT or MARKET_FEED",
      );
    }
    // Orders do not need it: without it they are taken all the same.
    worker.on("error", (error) => log.error("market data has ended", { cause: String(error) }));
    return new MarketData(worker, note.port, new Int32Array(clients));
  }

  constructor(worker: Worker, port: number, clients: Int32Array) {
    this.#worker = worker;
    this.port = port;
    this.#clients = clients;
  }

  show(metrics: Metrics): void {
    metrics.gauge("engine_market_clients", "Subscribers of market data", () =>
      Atomics.load(this.#clients, 0),
    );
  }

  async end(): Promise<void> {
    if (this.#worker.threadId < 0) return;
    this.#worker.postMessage("end");
    await Promise.race([once(this.#worker, "exit"), sleep(END_LIMIT_MS)]);
    await this.#worker.terminate();
  }
}

async function firstNote(worker: Worker): Promise<MarketNote> {
  const failed = new Promise<MarketNote>((resolve) => {
    worker.once("error", (error) => resolve({ refused: String(error) }));
  });
  const [note] = await Promise.race([once(worker, "message"), failed.then((one) => [one])]);
  return note as MarketNote;
}
