import { readFileSync } from "node:fs";
import type { Writable } from "node:stream";
import { SIDE } from "../core/command.ts";
import { isPositive } from "../entry/decode.ts";
import { parseJson } from "../entry/http-body.ts";
import { Refusal } from "../refusal.ts";
import { FeedBook } from "./feed-book.ts";
import { decodeItch } from "./itch.ts";
import { PaperBroker, type PaperOrder } from "./paper.ts";
import { RecordedFeed } from "./recorded.ts";
import { SimulatedFeed } from "./simulated.ts";

const USAGE = "paper ORDERS.jsonl --feed simulated:SEED|FILE [--seconds N]";
const STEP_MS = 10;

interface Line {
  atMs: number;
  order: PaperOrder | null;
  cancel: number | string | null;
}

/** Trades on paper: orders of a file, against a feed, each at its time `at` in milliseconds of the feed. */
export async function paperCommand(args: readonly string[], output: Writable): Promise<void> {
  const { file, feed, seconds } = readArgs(args);
  const lines = readOrders(file);
  const paper = new Paper();
  const next = openFeed(feed);
  for (let nowMs = 0; nowMs < seconds * 1000; nowMs += STEP_MS) {
    while (lines[0] !== undefined && lines[0].atMs <= nowMs) paper.line(lines.shift() as Line);
    const bytes = next(nowMs + STEP_MS);
    if (bytes === null && lines.length === 0) break;
    if (bytes !== null) paper.feed(bytes);
  }
  paper.end();
  await new Promise<void>((resolve) => output.write(paper.text, () => resolve()));
}

class Paper {
  text = "";
  readonly #book: FeedBook = new FeedBook(
    { level: (stock, side, price) => this.#broker.levelChanged(stock, side, price) },
    (stock, side, price, qty) => this.#broker.traded(stock, side, price, qty),
  );
  readonly #broker: PaperBroker = new PaperBroker(this.#book, {
    accepted: (order) => this.#write({ event: "accepted", id: order.id }),
    filled: (order, price, qty) => this.#filled(order, price, qty),
    canceled: (order, qty) => this.#write({ event: "canceled", id: order.id, qty }),
  });
  readonly #positions: Record<number, number> = {};
  #cash = 0;

  line({ order, cancel }: Line): void {
    if (order !== null) this.#broker.place(order);
    else if (cancel !== null && !this.#broker.cancel(cancel)) {
      this.#write({ event: "rejected", id: cancel, reason: "unknown-order" });
    }
  }

  feed(bytes: Uint8Array): void {
    decodeItch(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), this.#book);
  }

  /** Positions, and what they would be worth if they were closed at the best price on the other side. */
  end(): void {
    let profit = this.#cash;
    for (const [stock, position] of Object.entries(this.#positions)) {
      const side = position > 0 ? SIDE.buy : SIDE.sell;
      const [best] = this.#book.depth(Number(stock), side, 1);
      profit += position * (best?.[0] ?? 0);
    }
    const { open } = this.#broker;
    this.#write({ positions: this.#positions, cash: this.#cash, profit, open });
  }

  #filled(order: PaperOrder, price: number, qty: number): void {
    const sign = order.side === SIDE.buy ? 1 : -1;
    this.#positions[order.stock] = (this.#positions[order.stock] ?? 0) + sign * qty;
    this.#cash -= sign * qty * price;
    this.#write({ event: "trade", id: order.id, price, qty });
  }

  #write(line: object): void {
    this.text += `${JSON.stringify(line)}\n`;
  }
}

function readArgs(args: readonly string[]): { file: string; feed: string; seconds: number } {
  const [file, ...flags] = args;
  const value = (name: string): string | undefined => flags[flags.indexOf(name) + 1];
  const isKnown = flags.every((flag, at) => at % 2 === 1 || ["--feed", "--seconds"].includes(flag));
  const feed = flags.includes("--feed") ? value("--feed") : undefined;
  const seconds = flags.includes("--seconds") ? (value("--seconds") ?? "") : "60";
  if (file === undefined || feed === undefined || !isKnown || !/^\d{1,6}$/.test(seconds)) {
    throw new Refusal("paper takes a file of orders and a feed", USAGE);
  }
  return { file, feed, seconds: Number(seconds) };
}

/** Bytes of the feed until a time, or null when it has none any more. */
function openFeed(feed: string): (untilMs: number) => Uint8Array | null {
  const seed = /^simulated:(\d{1,9})$/.exec(feed)?.[1];
  if (seed !== undefined) {
    const simulated = new SimulatedFeed(Number(seed), 1);
    return () => simulated.next(STEP_MS);
  }
  const recorded = new RecordedFeed(readOrRefuse(feed));
  return (untilMs) => (recorded.hasEnded ? null : recorded.until(untilMs));
}

function readOrders(file: string): Line[] {
  const lines = readOrRefuse(file).toString().split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .map((line, index) => readOrder(parseJson(line), `${file}, line ${index + 1}`))
    .sort((a, b) => a.atMs - b.atMs);
}

function readOrder(given: unknown, where: string): Line {
  const value = typeof given === "object" && given !== null ? { ...given } : {};
  const { at = 0, op = "new", id, stock = 0, side, price, qty, tif = "GTC" } = value as Fields;
  const isId = typeof id === "number" || typeof id === "string";
  if (typeof at !== "number" || !isId) throw bad(where, "at is a number, id a number or text");
  if (op === "cancel") return { atMs: at, order: null, cancel: id };
  const isMarket = price === undefined;
  if (side !== "buy" && side !== "sell") throw bad(where, "side is buy or sell");
  if (!isPositive(qty) || !(isMarket || isPositive(price))) {
    throw bad(where, "qty and price are whole numbers above 0; without a price it is at market");
  }
  if (typeof stock !== "number") throw bad(where, "stock is a number");
  const worst = side === "buy" ? Number.POSITIVE_INFINITY : 0;
  const order = { id, stock, side: SIDE[side], price: isMarket ? worst : Number(price), qty };
  return { atMs: at, order: { ...order, rests: tif === "GTC" && !isMarket }, cancel: null };
}

type Fields = Record<string, unknown>;

function bad(where: string, accepted: string): Refusal {
  return new Refusal(`${where} is no order`, accepted);
}

function readOrRefuse(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Refusal(`${file} can't be read`, USAGE, error);
  }
}
