import { readFileSync } from "node:fs";
import type { MarketFeed } from "../config.ts";
import type { Side } from "../core/command.ts";
import { FeedBook } from "../feed/feed-book.ts";
import { decodeItch } from "../feed/itch.ts";
import { RecordedFeed } from "../feed/recorded.ts";
import { SimulatedFeed } from "../feed/simulated.ts";
import type { Channel } from "../pipeline/channel.ts";
import type { Ring } from "../pipeline/ring.ts";
import type { MarketListener } from "./market.ts";
import { readMarket } from "./market-ring.ts";

/** Hands a listener what has happened up to now. To be called every few milliseconds. */
export interface MarketSource {
  poll(nowMs: number, listener: MarketListener): void;
}

/** The engine's own market, from the core's ring. */
export class LiveSource implements MarketSource {
  readonly #ring: Ring;
  readonly #channel: Channel;

  constructor(ring: Ring, channel: Channel) {
    this.#ring = ring;
    this.#channel = channel;
  }

  poll(_nowMs: number, listener: MarketListener): void {
    readMarket(this.#ring, this.#channel.safe, listener);
  }
}

/** Events kept at most; beyond, the oldest are told too early rather than kept without bound. */
const MAX_DELAYED = 1_000_000;

type Telling = (listener: MarketListener) => void;

/** Another source, late: what staging may show where only delayed data is licensed. */
class DelayedSource implements MarketSource, MarketListener {
  readonly #source: MarketSource;
  readonly #delayMs: number;
  #waiting: { dueMs: number; tell: Telling }[] = [];
  #dueMs = 0;

  constructor(source: MarketSource, delayMs: number) {
    this.#source = source;
    this.#delayMs = delayMs;
  }

  poll(nowMs: number, listener: MarketListener): void {
    this.#dueMs = nowMs + this.#delayMs;
    this.#source.poll(nowMs, this);
    const late = this.#waiting.findIndex(({ dueMs }) => dueMs > nowMs);
    const due = late < 0 ? this.#waiting.length : late;
    const count = Math.max(due, this.#waiting.length - MAX_DELAYED);
    for (const { tell } of this.#waiting.splice(0, count)) tell(listener);
  }

  level(symbol: number, side: Side, price: number, qty: number, sequence: number): void {
    this.#keep((listener) => listener.level(symbol, side, price, qty, sequence));
  }

  trade(
    symbol: number,
    side: Side,
    price: number,
    qty: number,
    sequence: number,
    timeMs: number,
  ): void {
    this.#keep((listener) => listener.trade(symbol, side, price, qty, sequence, timeMs));
  }

  reset(sequence: number): void {
    this.#keep((listener) => listener.reset(sequence));
  }

  #keep(tell: Telling): void {
    this.#waiting.push({ dueMs: this.#dueMs, tell });
  }
}

/** A feed's bytes, told as its own clock says. */
class FeedSource implements MarketSource {
  /** The feed's next bytes, and until when of its time they are; null when it has ended. */
  readonly #next: (elapsedMs: number) => Uint8Array | null;
  readonly #symbols: number;
  #book: FeedBook | null = null;
  #startedMs = Number.NaN;
  #sequence = 0;

  constructor(symbols: number, next: (elapsedMs: number) => Uint8Array | null) {
    this.#symbols = symbols;
    this.#next = next;
  }

  poll(nowMs: number, listener: MarketListener): void {
    if (Number.isNaN(this.#startedMs)) this.#startedMs = nowMs;
    this.#book ??= this.#open(listener);
    const bytes = this.#next(nowMs - this.#startedMs);
    if (bytes === null) return;
    decodeItch(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), this.#book);
  }

  #open(listener: MarketListener): FeedBook {
    listener.reset(0);
    const isShown = (symbol: number): boolean => symbol < this.#symbols;
    return new FeedBook(
      {
        level: (symbol, side, price, qty) => {
          this.#sequence += 1;
          if (isShown(symbol)) listener.level(symbol, side, price, qty, this.#sequence);
        },
      },
      (symbol, side, price, qty) => {
        if (isShown(symbol)) listener.trade(symbol, side, price, qty, this.#sequence, Date.now());
      },
    );
  }
}

const CHUNK_MS = 10;

/** A seeded market that is always the same, at the pace of the clock. */
export function simulatedSource(seed: number, symbols: number): FeedSource {
  const feed = new SimulatedFeed(seed, symbols);
  let fedMs = 0;
  return new FeedSource(symbols, (elapsedMs) => {
    if (fedMs + CHUNK_MS > elapsedMs) return null;
    fedMs += CHUNK_MS;
    return feed.next(CHUNK_MS);
  });
}

/** A recorded feed, message by message when its time has come. */
function replayedSource(file: string, symbols: number): FeedSource {
  const recorded = new RecordedFeed(readFileSync(file));
  return new FeedSource(symbols, (elapsedMs) => recorded.until(elapsedMs));
}

export function openSource(
  feed: MarketFeed,
  symbols: number,
  live: () => MarketSource,
): MarketSource {
  switch (feed.kind) {
    case "live":
      return live();
    case "delayed":
      return new DelayedSource(live(), feed.delayMs);
    case "simulated":
      return simulatedSource(feed.seed, symbols);
    case "replayed":
      return replayedSource(feed.file, symbols);
  }
}
