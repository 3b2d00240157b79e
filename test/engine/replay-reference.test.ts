import { PassThrough, Readable } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { expect, test } from "vitest";
import { replay } from "../../engine/replay.ts";
import { Random } from "./support/flow.ts";
import { NaiveReplay, type ReplayFlags, type Spoken } from "./support/naive-replay.ts";

const SYMBOLS = ["BTC-USD", "ETH-BTC", "GOLD"];
const ASSETS = ["USD", "BTC", "ETH", "GOLD"];
const USERS = ["ann", "bob", 3, "3"];
const FAR = [1, 40_000, 9_000_000, 2 ** 40];

/** What is wrong with each, and the id that its answer names. */
const BAD: [line: string, reason: string, id?: unknown][] = [
  ["{", "malformed"],
  ["null", "malformed"],
  ["[1,2]", "malformed"],
  ['"new"', "malformed"],
  ['{"id":7}', "unknown-op", 7],
  ['{"op":"NEW","id":7}', "unknown-op", 7],
  ['{"op":"__proto__","id":7}', "unknown-op", 7],
  ['{"op":"cancel"}', "invalid-id"],
  ['{"op":"cancel","id":1.5}', "invalid-id", 1.5],
  ['{"op":"move","id":1,"price":0}', "invalid-price", 1],
  ['{"op":"move","id":1,"price":"9"}', "invalid-price", 1],
  ['{"op":"reduce","id":1,"qty":-4}', "invalid-quantity", 1],
  ['{"op":"reduce","id":1,"qty":9007199254740992}', "invalid-quantity", 1],
  ['{"op":"deposit","user":"ann","asset":"USD","amount":0.5}', "invalid-quantity"],
  ['{"op":"deposit","user":"ann","asset":5,"amount":5}', "unknown-asset"],
  ['{"op":"new","id":{},"user":1,"symbol":"X","side":"buy","price":1,"qty":1}', "invalid-id", {}],
  ['{"op":"new","id":9,"symbol":"X","side":"buy","price":1,"qty":1}', "invalid-user", 9],
  ['{"op":"new","id":9,"user":1,"symbol":"X","side":"Buy","price":1,"qty":1}', "invalid-side", 9],
  [
    '{"op":"new","id":9,"user":1,"symbol":"X","side":"buy","type":"stop","price":1,"qty":1}',
    "invalid-type",
    9,
  ],
  [
    '{"op":"new","id":9,"user":1,"symbol":"X","side":"buy","tif":"ioc","price":1,"qty":1}',
    "invalid-tif",
    9,
  ],
  [
    '{"op":"new","id":9,"user":1,"symbol":"X","side":"buy","type":"market","tif":"PO","qty":1}',
    "invalid-tif",
    9,
  ],
  ['{"op":"new","id":9,"user":1,"symbol":"X","side":"buy","price":-1,"qty":1}', "invalid-price", 9],
  [
    '{"op":"new","id":9,"user":1,"symbol":"X","side":"buy","price":1,"qty":1e300}',
    "invalid-quantity",
    9,
  ],
  ['{"op":"new","id":9,"user":1,"symbol":"","side":"buy","price":1,"qty":1}', "unknown-symbol", 9],
];

for (const risk of [false, true]) {
  for (const stp of [false, true]) {
    test(`what a replay prints is what the rules say, with risk ${risk} and self-trade prevention ${stp}`, async () => {
      for (let seed = 1; seed <= 12; seed += 1) await compare(seed, 400, { risk, stp });
    });
  }
}

async function compare(seed: number, count: number, flags: ReplayFlags): Promise<void> {
  const random = new Random(seed);
  const naive = new NaiveReplay(flags);
  const lines: string[] = [];
  const ids: (string | number)[] = [];
  while (lines.length < count) {
    if (random.chance(0.04)) {
      const [line, reason, id] = random.pick(BAD);
      lines.push(line);
      naive.bad(reason, id);
      continue;
    }
    const command = next(random, ids, seed % 3 === 0);
    lines.push(JSON.stringify(command));
    naive.apply(command);
  }
  const printed = await print(lines, flags);
  const last = printed.pop();
  // Words for people are not compared.
  for (const line of printed) delete line.message;
  expect(printed).toEqual(JSON.parse(JSON.stringify(naive.events)));
  const depth = Object.fromEntries(naive.symbols.map((symbol) => [symbol, naive.depth(symbol)]));
  expect(last).toEqual({ sequence: count, hash: expect.stringMatching(/^[0-9a-f]{64}$/), depth });
}

/** Few users and prices, so that orders meet; `far` prices are far from all others. */
function next(random: Random, ids: (string | number)[], far: boolean): Spoken {
  const known = random.pick(ids);
  const price = far && random.chance(0.2) ? random.pick(FAR) : 100 + random.below(12);
  const qty = 1 + random.below(30);
  const user = random.pick(USERS);
  const dice = random.below(100);
  if (dice < 12) {
    return { op: "deposit", user, asset: random.pick(ASSETS), amount: 1 + random.below(9000) };
  }
  const stated = random.chance(0.2) ? { user } : {};
  if (known !== undefined && dice < 22) return { op: "cancel", id: known, ...stated };
  if (known !== undefined && dice < 36) return { op: "move", id: known, price, ...stated };
  if (known !== undefined && dice < 46) return { op: "reduce", id: known, qty, ...stated };
  const fresh = random.chance(0.5) ? ids.length + 1 : `order ${ids.length}`;
  const id = known !== undefined && random.chance(0.05) ? known : fresh;
  ids.push(id);
  const order = { op: "new", id, user, symbol: random.pick(SYMBOLS), qty };
  const side = random.chance(0.5) ? "buy" : "sell";
  if (random.chance(0.15)) {
    return { ...order, side, type: "market", tif: random.pick(["GTC", "IOC", "FOK"]) };
  }
  const tif = random.pick(["GTC", "GTC", "GTC", "IOC", "FOK", "PO"]);
  return { ...order, side, type: "limit", tif, price };
}

async function print(
  lines: readonly string[],
  flags: ReplayFlags,
): Promise<Record<string, unknown>[]> {
  const output = new PassThrough();
  const bytes = Buffer.from(lines.join("\n"));
  // In pieces that end anywhere, as a file is read.
  const pieces = Array.from({ length: Math.ceil(bytes.length / 997) }, (_, at) =>
    bytes.subarray(at * 997, (at + 1) * 997),
  );
  const [text] = await Promise.all([
    readAll(output),
    replay(Readable.from(pieces), { ...flags, once: false }, output).then(() => output.end()),
  ]);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
