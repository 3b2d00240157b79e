import fc from "fast-check";
import { expect, test } from "vitest";
import { SIDE, type Side } from "../../../engine/core/command.ts";
import { FeedBook } from "../../../engine/feed/feed-book.ts";
import { decodeItch, type FeedListener } from "../../../engine/feed/itch.ts";
import { ItchWriter } from "../../../engine/feed/itch-writer.ts";
import { SimulatedFeed } from "../../../engine/feed/simulated.ts";

test("messages come out as they were written, however the bytes are cut", () => {
  const writer = new ItchWriter();
  writer.timeNs = 34_200_000_000_123;
  const order = 2 ** 40 + 7;
  writer.add(3, order, SIDE.sell, 100, 1_250_000);
  writer.executed(3, order, 40);
  writer.canceled(3, order, 10);
  writer.replaced(3, order, order + 1, 30, 1_250_100);
  writer.deleted(3, order + 1);
  const bytes = writer.take();
  const said = [
    `add 3 ${order} 1 100 1250000`,
    `executed ${order} 40`,
    `canceled ${order} 10`,
    `replaced ${order} ${order + 1} 30 1250100`,
    `deleted ${order + 1}`,
  ];
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const tape: string[] = [];
    const first = decodeItch(viewOf(bytes.subarray(0, cut)), taping(tape));
    const second = decodeItch(viewOf(bytes.subarray(first.bytes)), taping(tape));
    expect(tape).toEqual(said);
    expect(first.bytes + second.bytes).toBe(bytes.length);
    if (second.messages > 0) expect(second.timeNs).toBe(34_200_000_000_123);
  }
});

test("whatever bytes come, the decoder neither throws nor reads beyond them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, valid) => {
      if (valid && noise.length > 2) {
        noise[0] = 0;
        noise[1] = Math.min(40, noise.length - 2);
        noise[2] = "AFECXDUP".charCodeAt((noise[2] ?? 0) % 8);
      }
      const book = new FeedBook();
      const { bytes, messages, malformed } = decodeItch(viewOf(noise), book);
      expect(bytes).toBeLessThanOrEqual(noise.length);
      expect(malformed).toBeLessThanOrEqual(messages);
    }),
  );
});

test("a message too short for its type is told, and the next one is read", () => {
  const writer = new ItchWriter();
  writer.add(0, 1, SIDE.buy, 5, 10);
  const whole = writer.take();
  const short = Uint8Array.of(0, 3, "A".charCodeAt(0), 0, 0);
  const book = new FeedBook();
  const decoded = decodeItch(viewOf(Uint8Array.of(...short, ...whole)), book);
  expect(decoded).toMatchObject({ messages: 2, malformed: 1 });
  expect(book.depth(0, SIDE.buy)).toEqual([[10, 5]]);
});

test("a simulated feed is the same for the same seed, never crossed, and books as a naive reader books it", () => {
  const book = new FeedBook();
  const naive = new NaiveFeed();
  const [feed, twin] = [new SimulatedFeed(7, 2), new SimulatedFeed(7, 2)];
  for (let step = 0; step < 60; step += 1) {
    const bytes = feed.next(10);
    expect(Buffer.compare(bytes, twin.next(10))).toBe(0);
    decodeItch(viewOf(bytes), book);
    decodeItch(viewOf(bytes), naive);
    for (const stock of [0, 1]) {
      const [bids, asks] = [book.depth(stock, SIDE.buy), book.depth(stock, SIDE.sell)];
      expect(bids[0]?.[0] ?? 0).toBeLessThan(asks[0]?.[0] ?? Number.POSITIVE_INFINITY);
      expect(bids).toEqual(naive.depth(stock, SIDE.buy));
      expect(asks).toEqual(naive.depth(stock, SIDE.sell));
    }
  }
  expect(book.odd).toBe(0);
});

test("what a feed says of orders that are not there, or against itself, is counted and left out", () => {
  const book = new FeedBook();
  book.add(0, 1, SIDE.buy, 5, 10);
  book.add(0, 1, SIDE.buy, 5, 11);
  book.add(0, 2, SIDE.sell, 5, 10);
  book.executed(9, 1);
  book.canceled(9, 1);
  book.deleted(9);
  book.replaced(9, 10, 1, 1);
  expect(book.odd).toBe(6);
  expect(book.depth(0, SIDE.buy)).toEqual([[10, 5]]);
});

/** The same meaning with nothing made fast. */
class NaiveFeed implements FeedListener {
  readonly #orders = new Map<
    number,
    { stock: number; side: Side; shares: number; price: number }
  >();

  add(stock: number, order: number, side: Side, shares: number, price: number): void {
    this.#orders.set(order, { stock, side, shares, price });
  }

  executed(order: number, shares: number): void {
    const found = this.#orders.get(order);
    if (found === undefined) throw new Error("unknown");
    found.shares -= shares;
    if (found.shares <= 0) this.#orders.delete(order);
  }

  canceled(order: number, shares: number): void {
    this.executed(order, shares);
  }

  deleted(order: number): void {
    this.#orders.delete(order);
  }

  replaced(): void {}

  trade(): void {}

  depth(stock: number, side: Side): [number, number][] {
    const levels = new Map<number, number>();
    for (const order of this.#orders.values()) {
      if (order.stock !== stock || order.side !== side) continue;
      levels.set(order.price, (levels.get(order.price) ?? 0) + order.shares);
    }
    return [...levels].sort(([a], [b]) => (side === SIDE.buy ? b - a : a - b));
  }
}

function taping(tape: string[]): FeedListener {
  const say =
    (name: string) =>
    (...values: number[]): void => {
      tape.push([name, ...values].join(" "));
    };
  return {
    add: say("add"),
    executed: say("executed"),
    canceled: say("canceled"),
    deleted: say("deleted"),
    replaced: say("replaced"),
    trade: say("trade"),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
