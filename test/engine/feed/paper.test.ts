import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { SIDE } from "../../../engine/core/command.ts";
import { FeedBook } from "../../../engine/feed/feed-book.ts";
import { ItchWriter } from "../../../engine/feed/itch-writer.ts";
import { PaperBroker, type PaperOrder } from "../../../engine/feed/paper.ts";

const MAIN = fileURLToPath(new URL("../../../engine/main.ts", import.meta.url));

interface Market {
  book: FeedBook;
  broker: PaperBroker;
  said: string[];
}

test("an order takes what is displayed, and only once", () => {
  const { book, broker, said } = market();
  book.add(0, 1, SIDE.sell, 5, 100);
  book.add(0, 2, SIDE.sell, 5, 101);
  broker.place(order("a", SIDE.buy, 100, 4, false));
  broker.place(order("b", SIDE.buy, 101, 4, false));
  broker.place(order("c", SIDE.buy, 100, 4, false));
  expect(said).toEqual(["a 4@100", "b 1@100", "b 3@101", "c -4"]);
  // The feed says that the level is another: what was taken of the old one is no longer known.
  book.add(0, 3, SIDE.sell, 2, 100);
  broker.place(order("d", SIDE.buy, 100, 9, false));
  expect(said.slice(4)).toEqual(["d 7@100", "d -2"]);
});

test("what rests waits behind what was there, and is filled by what trades through it", () => {
  const { book, broker, said } = market();
  book.add(0, 1, SIDE.buy, 10, 100);
  book.add(0, 2, SIDE.buy, 10, 99);
  broker.place(order("a", SIDE.buy, 100, 4));
  broker.place(order("b", SIDE.buy, 99, 4));
  book.executed(1, 9);
  expect(said).toEqual([]);
  book.add(0, 3, SIDE.buy, 10, 100);
  book.executed(1, 1);
  book.executed(3, 3);
  expect(said).toEqual(["a 3@100"]);
  book.deleted(3);
  book.executed(2, 10);
  expect(said).toEqual(["a 3@100", "a 1@100"]);
  book.trade(0, SIDE.buy, 1, 98);
  expect(said.at(-1)).toBe("b 1@99");
  expect([broker.cancel("b"), broker.cancel("b")]).toEqual([true, false]);
  expect([said.at(-1), broker.open]).toEqual(["b -3", 0]);
});

test("paper runs orders of a file against a recorded feed, the same each time", () => {
  const folder = mkdtempSync(join(tmpdir(), "paper-"));
  const writer = new ItchWriter();
  writer.add(0, 1, SIDE.sell, 5, 100);
  writer.timeNs = 50e6;
  writer.add(0, 2, SIDE.buy, 3, 98);
  writer.timeNs = 100e6;
  writer.executed(0, 2, 3);
  writeFileSync(join(folder, "feed.itch"), writer.take());
  const orders = [
    { at: 20, id: 1, side: "buy", price: 100, qty: 2 },
    { at: 70, id: 2, side: "buy", price: 99, qty: 1 },
    { at: 150, op: "cancel", id: 9 },
  ];
  writeFileSync(join(folder, "orders.jsonl"), orders.map((one) => JSON.stringify(one)).join("\n"));
  const run = (feed: string): object[] => {
    const args = [MAIN, "paper", join(folder, "orders.jsonl"), "--feed", feed, "--seconds", "2"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  expect(run(join(folder, "feed.itch"))).toEqual([
    { event: "accepted", id: 1 },
    { event: "trade", id: 1, price: 100, qty: 2 },
    { event: "accepted", id: 2 },
    { event: "trade", id: 2, price: 99, qty: 1 },
    { event: "rejected", id: 9, reason: "unknown-order" },
    { positions: { 0: 3 }, cash: -299, profit: -299, open: 0 },
  ]);
  expect(run("simulated:5")).toEqual(run("simulated:5"));
  rmSync(folder, { recursive: true });
});

function market(): Market {
  const said: string[] = [];
  const book: FeedBook = new FeedBook(
    { level: (stock, side, price) => broker.levelChanged(stock, side, price) },
    (stock, side, price, qty) => broker.traded(stock, side, price, qty),
  );
  const broker: PaperBroker = new PaperBroker(book, {
    accepted: () => {},
    filled: ({ id }, price, qty) => said.push(`${id} ${qty}@${price}`),
    canceled: ({ id }, qty) => said.push(`${id} -${qty}`),
  });
  return { book, broker, said };
}

function order(
  id: string,
  side: PaperOrder["side"],
  price: number,
  qty: number,
  rests = true,
): PaperOrder {
  return { id, stock: 0, side, price, qty, rests };
}
