import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { replay } from "../../engine/replay.ts";

const MAIN = fileURLToPath(new URL("../../engine/main.ts", import.meta.url));
type Line = Record<string, unknown>;

async function run(commands: readonly (object | string)[], options: object = {}): Promise<Line[]> {
  const lines = commands.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  const output = new PassThrough();
  const [text] = await Promise.all([
    readAll(output),
    replay(
      Readable.from([lines.join("\n")]),
      { risk: false, stp: false, once: false, ...options },
      output,
    ).then(() => output.end()),
  ]);
  return parse(text);
}

function parse(text: string): Line[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const buy = { op: "new", user: "ann", symbol: "X", side: "buy", type: "limit", tif: "GTC" };
const sell = { ...buy, user: "bob", side: "sell" };

test("orders trade by price, then by time, and the last line tells the state", async () => {
  const lines = await run([
    { ...buy, id: "a", price: 100, qty: 5 },
    { ...buy, id: "b", price: 100, qty: 5 },
    { ...buy, id: "c", price: 101, qty: 1 },
    { ...sell, id: "d", price: 100, qty: 7 },
  ]);
  expect(lines.slice(3)).toMatchObject([
    { event: "accepted", id: "d" },
    { event: "trade", taker: "d", maker: "c", price: 101, qty: 1 },
    { event: "trade", taker: "d", maker: "a", price: 100, qty: 5 },
    { event: "trade", taker: "d", maker: "b", price: 100, qty: 1 },
    { sequence: 4, depth: { X: { bids: [[100, 4]], asks: [] } } },
  ]);
  expect(lines.at(-1)?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test("a move loses its place and may trade, a reduce keeps it and may cancel", async () => {
  const lines = await run([
    { ...buy, id: 1, price: 10, qty: 5 },
    { ...buy, id: 2, price: 10, qty: 5 },
    { op: "reduce", id: 1, qty: 2 },
    { op: "move", id: 1, price: 10 },
    { ...sell, id: 3, price: 10, qty: 1 },
    { ...sell, id: 4, price: 12, qty: 2 },
    { op: "move", id: 1, price: 12 },
    { op: "reduce", id: 1, qty: 9 },
  ]);
  expect(lines.filter((line) => line.event !== "accepted").slice(0, -1)).toEqual([
    { event: "reduced", sequence: 3, id: 1, qty: 2, remaining: 3 },
    { event: "moved", sequence: 4, id: 1, price: 10 },
    { event: "trade", sequence: 5, taker: 3, maker: 2, price: 10, qty: 1 },
    { event: "moved", sequence: 7, id: 1, price: 12 },
    { event: "trade", sequence: 7, taker: 1, maker: 4, price: 12, qty: 2 },
    { event: "canceled", sequence: 8, id: 1, qty: 1 },
  ]);
});

test("what can't be done is rejected with its reason, and the rest goes on", async () => {
  const lines = await run([
    { ...buy, id: 1, price: 10, qty: 5 },
    { ...sell, id: 1, price: 11, qty: 5 },
    { ...sell, id: 2, price: 10, qty: 5, tif: "PO" },
    { ...sell, id: 3, price: 10, qty: 6, tif: "FOK" },
    { op: "cancel", id: 77 },
    { ...sell, id: 4, price: -1, qty: 6 },
    { ...sell, id: 5, price: 10, qty: 1e20 },
    "{not json",
    { op: "dance", id: 6 },
    { ...sell, id: 7, type: "market", price: undefined, qty: 9 },
  ]);
  expect(lines.filter((line) => line.event === "rejected").map((line) => line.reason)).toEqual([
    "id-in-use",
    "would-trade",
    "cannot-fill",
    "unknown-order",
    "invalid-price",
    "invalid-quantity",
    "malformed",
    "unknown-op",
  ]);
  expect(lines.slice(-3)).toMatchObject([
    { event: "trade", taker: 7, maker: 1, price: 10, qty: 5 },
    { event: "canceled", id: 7, qty: 4 },
    { sequence: 10, depth: { X: { bids: [], asks: [] } } },
  ]);
});

test("with --risk an order needs a balance, and money moves with trades", async () => {
  const X = "BTC-USD";
  const lines = await run(
    [
      { ...buy, symbol: X, id: 1, price: 10, qty: 5 },
      { op: "deposit", user: "ann", asset: "USD", amount: 60 },
      { op: "deposit", user: "bob", asset: "BTC", amount: 5 },
      { ...buy, symbol: X, id: 1, price: 10, qty: 5 },
      { ...buy, symbol: X, id: 2, price: 10, qty: 2 },
      { ...sell, symbol: X, id: 3, price: 9, qty: 5 },
      { ...buy, symbol: X, user: "bob", id: 4, price: 50, qty: 1 },
      { ...buy, symbol: X, user: "bob", id: 5, price: 51, qty: 1 },
    ],
    { risk: true },
  );
  expect(lines.map((line) => line.reason ?? line.event)).toEqual([
    "insufficient-balance",
    "accepted",
    "accepted",
    "accepted",
    "insufficient-balance",
    "accepted",
    "trade",
    "accepted",
    "insufficient-balance",
    undefined,
  ]);
});

test("with --stp an order that meets one of its own user's is cancelled instead", async () => {
  const commands = [
    { ...buy, id: 1, price: 10, qty: 5 },
    { ...sell, user: "ann", id: 2, price: 10, qty: 5 },
  ];
  expect((await run(commands)).at(-2)).toMatchObject({ event: "trade" });
  expect((await run(commands, { stp: true })).at(-2)).toMatchObject({
    event: "canceled",
    id: 2,
    qty: 5,
  });
});

test("an id may come again when its order is gone, but not with --once", async () => {
  const commands = [
    { ...buy, id: 1, price: 10, qty: 5 },
    { op: "cancel", id: 1 },
    { ...buy, id: 1, price: 10, qty: 5 },
  ];
  expect((await run(commands)).at(-2)).toMatchObject({ event: "accepted" });
  const once = (await run(commands, { once: true })).at(-2);
  expect(once).toMatchObject({ event: "rejected", reason: "id-used" });
});

test("the hash is the state's: equal for equal states, different for a different queue", async () => {
  const hash = async (...commands: object[]): Promise<unknown> =>
    (await run(commands)).at(-1)?.hash;
  const [first, second] = [1, 2].map((id) => ({ ...buy, id, price: 10, qty: 5 }));
  const canceled = [
    { ...buy, id: 9, symbol: "Y", price: 3, qty: 1 },
    { op: "cancel", id: 9 },
  ];
  expect(await hash(first as object, second as object)).toBe(
    await hash(...canceled, first as object, second as object),
  );
  expect(await hash(first as object, second as object)).not.toBe(
    await hash(second as object, first as object),
  );
});

test("the engine replays a file as a process and prints nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  const file = join(folder, "commands.jsonl");
  writeFileSync(file, `${JSON.stringify({ ...buy, id: 1, price: 10, qty: 5 })}\n`);
  const ran = spawnSync(process.execPath, [MAIN, "replay", file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  expect(parse(ran.stdout)).toMatchObject([
    { event: "accepted", id: 1 },
    { sequence: 1, depth: { X: { bids: [[10, 5]], asks: [] } } },
  ]);
});

test("a file that is not there, or an unknown flag, is refused", async () => {
  for (const args of [["nowhere.jsonl"], ["-", "--fast"], []]) {
    const ran = spawnSync(process.execPath, [MAIN, "replay", ...args], { encoding: "utf8" });
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(JSON.parse(ran.stderr)).toMatchObject({ level: "error" });
  }
});
