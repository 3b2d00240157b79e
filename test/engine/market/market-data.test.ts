import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { SIDE } from "../../../engine/core/command.ts";
import { SimulatedFeed } from "../../../engine/feed/simulated.ts";
import { Conflation } from "../../../engine/market/conflation.ts";
import { until } from "../../support/until.ts";
import { EngineProcess, type Json } from "../support/engine-process.ts";
import { Random } from "../support/flow.ts";

const SYMBOL = "BTC-USD";
type Level = [number, number];

/** What a client makes of the messages: nothing but what they say. */
class Book {
  sides: { bids: Map<number, number>; asks: Map<number, number> } | null = null;
  sequence = -1;
  deltas = 0;
  readonly trades: Json[] = [];

  take(message: Json): void {
    if (message.type === "trades") this.trades.push(...(message.trades as Json[]));
    if (message.type === "snapshot") {
      const [bids, asks] = [new Map(message.bids as Level[]), new Map(message.asks as Level[])];
      this.sides = { bids, asks };
    }
    if (message.type === "delta") {
      expect(message.previous).toBe(this.sequence);
      this.deltas += 1;
      for (const side of ["bids", "asks"] as const) {
        for (const [price, qty] of message[side] as Level[]) {
          if (qty === 0) this.sides?.[side].delete(price);
          else this.sides?.[side].set(price, qty);
        }
      }
    }
    if (message.type !== "trades") this.sequence = Number(message.sequence);
  }

  get depth(): { bids: Level[]; asks: Level[] } {
    return {
      bids: [...(this.sides?.bids ?? [])].sort(([a], [b]) => b - a),
      asks: [...(this.sides?.asks ?? [])].sort(([a], [b]) => a - b),
    };
  }
}

test("whoever follows snapshot and deltas has the book that the engine has, and all trades", async () => {
  await using engine = await EngineProcess.start({ MARKET_PORT: "0" });
  await using early = await follow(engine, { op: "subscribe", symbol: SYMBOL });
  const sent = await trade(engine, 400, 1);
  await using late = await follow(engine, { op: "subscribe", symbol: SYMBOL, everyMs: 50 });
  sent.push(...(await trade(engine, 400, 2)));
  const { symbol: _, ...depth } = (await engine.call("GET", `/depth/${SYMBOL}`)).body;
  await until("both have the book", () => {
    return [early, late].every(({ book }) => JSON.stringify(book.depth) === JSON.stringify(depth));
  });
  expect(early.book.deltas).toBeGreaterThan(0);
  const told = early.book.trades.map(({ price, qty, side }) => `${side} ${qty}@${price}`);
  expect(told).toEqual(sent);
});

test("after a restart the books of the journal are shown, and orders that are not durable are not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "market-"));
  const env = { MARKET_PORT: "0", JOURNAL_DIR: folder };
  const first = await EngineProcess.start(env);
  await trade(first, 200, 3);
  first.child.kill("SIGKILL");
  await first.ended;
  await using second = await EngineProcess.start(env);
  await using client = await follow(second, { op: "subscribe", symbol: SYMBOL, channels: ["l2"] });
  const { symbol: _, ...depth } = (await second.call("GET", `/depth/${SYMBOL}`)).body;
  await until("the book is there", () => {
    return JSON.stringify(client.book.depth) === JSON.stringify(depth);
  });
  rmSync(folder, { recursive: true });
});

test("a wrong request is refused with a reason, and the connection goes on", async () => {
  await using engine = await EngineProcess.start({ MARKET_PORT: "0" });
  await using client = await follow(engine, { op: "subscribe", symbol: "DOGE" });
  for (const request of ["{", '{"op":"buy"}', '{"op":"subscribe","symbol":"BTC-USD","everyMs":-1}'])
    client.socket.send(request);
  await until("all are refused", () => client.refused.length === 4);
  expect(client.refused).toEqual(["unknown-symbol", "malformed", "unknown-op", "malformed"]);
  client.socket.send(JSON.stringify({ op: "subscribe", symbol: SYMBOL }));
  await until("a snapshot comes", () => client.book.sides !== null);
  expect(await engine.metrics()).toMatch(/engine_market_clients\{.*\} 1/);
});

test("a delayed market is shown late, but whole", async () => {
  const feed = { MARKET_PORT: "0", MARKET_FEED: "delayed:1500" };
  await using engine = await EngineProcess.start(feed);
  await using client = await follow(engine, { op: "subscribe", symbol: SYMBOL });
  const startedAt = performance.now();
  await trade(engine, 50, 4);
  const { symbol: _, ...depth } = (await engine.call("GET", `/depth/${SYMBOL}`)).body;
  await until("the book comes", () => {
    return JSON.stringify(client.book.depth) === JSON.stringify(depth);
  });
  expect(performance.now() - startedAt).toBeGreaterThan(1_500);
});

test("a simulated and a replayed market are shown in place of the engine's own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "market-"));
  const feed = new SimulatedFeed(3, 2);
  writeFileSync(join(folder, "feed.itch"), Buffer.concat([1, 2, 3].map(() => feed.next(10))));
  for (const MARKET_FEED of ["simulated:3", `replayed:${join(folder, "feed.itch")}`]) {
    await using engine = await EngineProcess.start({ MARKET_PORT: "0", MARKET_FEED });
    await using client = await follow(engine, { op: "subscribe", symbol: SYMBOL });
    await until("there is a market", () => client.book.depth.bids.length > 3);
    expect(client.book.depth.bids[0]?.[0]).toBeLessThan(client.book.depth.asks[0]?.[0] ?? 0);
  }
  await using wrong = EngineProcess.spawn({ MARKET_FEED: "psychic" });
  expect((await wrong.ended).code).toBe(2);
  rmSync(folder, { recursive: true });
});

test("however slowly a client reads, what it knows ends as the market's", () => {
  const step = fc.record({
    side: fc.constantFrom(SIDE.buy, SIDE.sell),
    price: fc.integer({ min: 1, max: 6 }),
    qty: fc.integer({ min: 0, max: 3 }),
    reads: fc.boolean(),
    resets: fc.integer({ min: 0, max: 20 }).map((value) => value === 0),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 0, max: 3 }),
      (steps, every) => {
        const conflation = new Conflation(["A"]);
        const book = new Book();
        let behind = false;
        const client = {
          send: (message: object) => book.take(message as Json),
          isBehind: () => behind,
        };
        const market = new Map<string, number>();
        conflation.subscribe(client, { symbol: 0, l2: true, trades: true, everyMs: every });
        for (const [at, { side, price, qty, reads, resets }] of steps.entries()) {
          if (resets) {
            market.clear();
            conflation.reset(at);
          }
          market.set(`${side} ${price}`, qty);
          conflation.level(0, side, price, qty, at + 1);
          behind = !reads;
          conflation.flush(at);
        }
        behind = false;
        conflation.flush(1_000);
        const known = [...(book.sides?.bids ?? [])].map(([price, qty]) => `0 ${price} ${qty}`);
        known.push(...[...(book.sides?.asks ?? [])].map(([price, qty]) => `1 ${price} ${qty}`));
        const there = [...market].filter(([, qty]) => qty > 0).map(([key, qty]) => `${key} ${qty}`);
        expect(known.sort()).toEqual(there.sort());
      },
    ),
  );
});

interface Client {
  book: Book;
  refused: unknown[];
  socket: WebSocket;
  [Symbol.asyncDispose](): Promise<void>;
}

async function follow(engine: EngineProcess, request: object): Promise<Client> {
  const { marketPort } = await engine.waitFor("listening");
  const socket = new WebSocket(`ws://127.0.0.1:${marketPort}/market`);
  const book = new Book();
  const refused: unknown[] = [];
  socket.on("message", (data) => {
    const message = JSON.parse(String(data));
    if (message.type === "rejected") refused.push(message.reason);
    else book.take(message);
  });
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  socket.send(JSON.stringify(request));
  if (!("symbol" in request) || request.symbol === SYMBOL) {
    await until("a snapshot comes", () => book.sides !== null || refused.length > 0);
  }
  return {
    book,
    refused,
    socket,
    [Symbol.asyncDispose]: async () => socket.terminate(),
  };
}

/** Random orders, moves and cancels; the trades that their answers told. */
async function trade(engine: EngineProcess, count: number, seed: number): Promise<string[]> {
  const random = new Random(seed);
  const trades: string[] = [];
  const first = seed * 10_000;
  const commands = Array.from({ length: count }, (_, at) => {
    const side = random.chance(0.5) ? "buy" : "sell";
    const known = first + random.below(at + 1);
    if (random.chance(0.2)) return { op: "cancel", id: known };
    if (random.chance(0.1)) return { op: "reduce", id: known, qty: 1 + random.below(5) };
    const price = 100 + random.below(20);
    return { id: first + at, user: 1, symbol: SYMBOL, side, price, qty: 1 + random.below(9) };
  });
  for (let at = 0; at < count; at += 50) {
    const batch = commands.slice(at, at + 50);
    const { body } = await engine.call("POST", "/orders/batch", batch);
    for (const [index, { fills = [] }] of (body.results as { fills?: Json[] }[]).entries()) {
      const command = batch[index] as Json;
      for (const fill of fills) trades.push(`${command.side} ${fill.qty}@${fill.price}`);
    }
  }
  return trades;
}
