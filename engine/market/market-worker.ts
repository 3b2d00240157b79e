import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { MarketFeed } from "../config.ts";
import { type Pinned, pinThisThread } from "../os/affinity.ts";
import { Channel, type ChannelBuffers } from "../pipeline/channel.ts";
import { Ring } from "../pipeline/ring.ts";
import { Conflation } from "./conflation.ts";
import { MarketFigures } from "./figures.ts";
import { MarketPort } from "./market-port.ts";
import { ImbalanceSignal } from "./signal.ts";
import { LiveSource, openSource } from "./sources.ts";
import { Told } from "./told.ts";

export interface MarketWorkerOptions {
  buffers: ChannelBuffers;
  host: string;
  port: number;
  symbols: string[];
  feed: MarketFeed;
  cpus: number[];
  requestLimitMs: number;
  pingEveryMs: number;
  /** Whether the model looks on too. */
  signal: boolean;
  /** For metrics. */
  figures: SharedArrayBuffer;
}

export type MarketNote = { port: number; pinned: Pinned } | { refused: string };

const POLL_MS = 5;

/** Serves market data in a thread of its own, so that a thousand who look on cost the order path nothing. */
async function start(parent: MessagePort, options: MarketWorkerOptions): Promise<void> {
  const note = (content: MarketNote): void => parent.postMessage(content);
  const { symbols } = options;
  const pinned = pinThisThread(options.cpus);
  const figures = new MarketFigures(symbols.length, options.figures);
  const conflation = new Conflation(symbols);
  const signal = options.signal ? new ImbalanceSignal(symbols.length) : null;
  const told = new Told(signal === null ? [conflation] : [conflation, signal]);
  const source = openSource(options.feed, symbols.length, () => {
    const { market } = options.buffers;
    if (market === null) throw new Error("the core tells no market data");
    return new LiveSource(new Ring(market), new Channel(options.buffers));
  });
  const tick = (): void => {
    const now = performance.now();
    const { events, resets } = told;
    source.poll(now, told);
    conflation.flush(now);
    figures.clients = conflation.clients;
    figures.looked(Date.now());
    if (told.events === events && told.resets === resets) return;
    figures.told(told.events - events, told.resets - resets, Date.now());
    if (signal === null) return;
    signal.settle();
    for (const symbol of symbols.keys()) figures.setScore(symbol, signal.score(symbol));
  };
  const { requestLimitMs, pingEveryMs } = options;
  const served = new MarketPort({ conflation, symbols, figures, requestLimitMs, pingEveryMs });
  parent.once("message", () => {
    served.close();
    setImmediate(() => process.exit());
  });
  try {
    note({ port: await served.listen(options.host, options.port), pinned });
  } catch (error) {
    note({ refused: error instanceof Error ? error.message : String(error) });
  }
  setInterval(tick, POLL_MS);
}

if (parentPort !== null) await start(parentPort, workerData as MarketWorkerOptions);
