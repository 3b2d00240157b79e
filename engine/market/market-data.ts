import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Pinned } from "../os/affinity.ts";
import type { ChannelBuffers } from "../pipeline/channel.ts";
import { Ring } from "../pipeline/ring.ts";
import { Refusal } from "../refusal.ts";
import { MarketFigures } from "./figures.ts";
import type { MarketNote, MarketWorkerOptions } from "./market-worker.ts";
import { brierScore, hitRatio, type Score } from "./score.ts";

const END_LIMIT_MS = 500;

type MarketConfig = Pick<
  Config,
  | "host"
  | "marketPort"
  | "marketFeed"
  | "marketSignal"
  | "symbols"
  | "requestLimitMs"
  | "pingEveryMs"
>;

/** The market data server as the engine's thread sees it. */
export class MarketData {
  readonly name = "market";
  readonly port: number;
  /** Where its thread is. */
  readonly pinned: Pinned;
  readonly #worker: Worker;
  readonly #config: MarketConfig;
  readonly #figures: MarketFigures;
  readonly #ring: Ring | null;
  readonly #startedMs = Date.now();

  static async start(
    config: MarketConfig & { cpus: number[] },
    buffers: ChannelBuffers,
    log: Log,
  ): Promise<MarketData> {
    const figures = new MarketFigures(config.symbols.length);
    const workerData: MarketWorkerOptions = {
      buffers,
      host: config.host,
      port: config.marketPort ?? 0,
      symbols: config.symbols.map(({ name }) => name),
      feed: config.marketFeed,
      cpus: config.cpus,
      requestLimitMs: config.requestLimitMs,
      pingEveryMs: config.pingEveryMs,
      signal: config.marketSignal,
      figures: figures.memory,
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
    const ring = buffers.market === null ? null : new Ring(buffers.market);
    return new MarketData(worker, note, config, figures, ring);
  }

  constructor(
    worker: Worker,
    { port, pinned }: Exclude<MarketNote, { refused: string }>,
    config: MarketConfig,
    figures: MarketFigures,
    ring: Ring | null,
  ) {
    this.#worker = worker;
    this.port = port;
    this.pinned = pinned;
    this.#config = config;
    this.#figures = figures;
    this.#ring = ring;
  }

  show(metrics: Metrics): void {
    const figures = this.#figures;
    metrics.gauge(
      "engine_market_clients",
      "Subscribers of market data",
      () => this.#figures.clients,
    );
    const events = "Levels and trades that the market has told";
    metrics.counter("engine_market_events_total", events, () => figures.events);
    const resets = "How often books were told anew: at the start, and when something was missed";
    metrics.counter("engine_market_resets_total", resets, () => figures.resets);
    metrics.showPort(
      "market",
      (cause) => figures.cuts(cause),
      (reason) => figures.refused(reason),
    );
    this.#showFreshness(metrics);
    if (this.#config.marketSignal) this.#showScores(metrics);
  }

  /** A quiet market and one that is not seen any more look the same by their age alone. */
  #showFreshness(metrics: Metrics): void {
    const figures = this.#figures;
    const ago = (ms: number): number => (Date.now() - Math.max(ms, this.#startedMs)) / 1000;
    const age = "Since the market last told anything, or since the start";
    metrics.gauge("engine_market_age_seconds", age, () => ago(figures.toldMs));
    const stalled = "Since the market's thread last looked; it looks many times a second";
    metrics.gauge("engine_market_stalled_seconds", stalled, () => ago(figures.lookedMs));
    const waiting = "Events of the core that the market's thread has not taken yet";
    metrics.gauge("engine_market_waiting", waiting, () =>
      this.#ring === null ? 0 : (this.#ring.published - this.#ring.consumed) | 0,
    );
  }

  #showScores(metrics: Metrics): void {
    const decided = (of: (score: Score) => number) => () =>
      this.#config.symbols.flatMap(({ name }, symbol) => {
        const score = this.#figures.score(symbol);
        return score.counted === 0 ? [] : [{ labels: { symbol: name }, value: of(score) }];
      });
    const made = "Predictions of the market's next move that were decided";
    metrics.counters(
      "engine_signal_predictions_total",
      made,
      ["symbol"],
      decided(({ predictions }) => predictions),
    );
    const hits = "Share of the last thousand predictions that were right; a coin's is 0.5";
    metrics.gauges("engine_signal_hit_ratio", hits, ["symbol"], decided(hitRatio));
    const brier = "Mean squared error of the last thousand probabilities; a coin's is 0.25";
    metrics.gauges("engine_signal_brier_score", brier, ["symbol"], decided(brierScore));
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
