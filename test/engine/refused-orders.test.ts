import { randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { REASONS, type Reason } from "../../engine/core/command.ts";
import { COMMAND_BYTES } from "../../engine/entry/wire.ts";
import { until } from "../support/until.ts";
import { EngineProcess, type Json } from "./support/engine-process.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const SECRET = randomBytes(32).toString("hex");
const order = { user: 1, symbol: "BTC-USD", side: "buy", price: 100, qty: 5 };
/** As fields of a frame: the symbol's number, and a kind. */
const framed = { op: 0, side: 0, kind: 0, user: 1, id: 0, price: 100, qty: 5, symbol: 0 };

let engine: EngineProcess;
let socket: WebSocket;
beforeAll(async () => {
  engine = await EngineProcess.start({ JWT_SECRET: SECRET });
  const headers = { authorization: `Bearer ${await token("1h")}` };
  socket = new WebSocket(`${engine.url}/ws`, { headers });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  // A book on both sides, an id that rests, and one whose order is gone.
  for (const made of [
    { ...order, id: 1 },
    { ...order, id: 2, side: "sell", price: 110 },
    { ...order, id: 3, tif: "IOC" },
  ]) {
    expect(JSON.parse(await ask(JSON.stringify(made))).code).toBe(201);
  }
});
afterAll(async () => {
  socket.terminate();
  await engine[Symbol.asyncDispose]();
});

const JSON_ORDERS: [what: string, text: string, reason: Reason][] = [
  ["malformed JSON", '{"user":1,', "malformed"],
  ["JSON of another type", '"buy"', "malformed"],
  ["a price of a wrong type", JSON.stringify({ ...order, price: "100" }), "invalid-price"],
  ["a quantity of a wrong type", JSON.stringify({ ...order, qty: [5] }), "invalid-quantity"],
  ["an unknown symbol", JSON.stringify({ ...order, symbol: "NOPE" }), "unknown-symbol"],
  ["a negative price", JSON.stringify({ ...order, price: -1 }), "invalid-price"],
  ["a negative quantity", JSON.stringify({ ...order, qty: -1 }), "invalid-quantity"],
  ["a price that overflows", JSON.stringify({ ...order, price: 2 ** 53 }), "invalid-price"],
  [
    "a quantity beyond all numbers",
    '{"user":1,"symbol":"BTC-USD","side":"buy","price":1,"qty":1e999}',
    "invalid-quantity",
  ],
  ["an id that rests", JSON.stringify({ ...order, id: 1 }), "id-in-use"],
  ["an id from before", JSON.stringify({ ...order, id: 3 }), "id-used"],
  ["another's order", JSON.stringify({ ...order, user: 2 }), "forbidden"],
];

describe.each(["HTTP", "WebSocket"])("by %s", (way) => {
  test.each(JSON_ORDERS)(
    "%s is refused with its reason, counted, and changes no book",
    async (_, text, reason) => {
      await refuses(reason, async () => {
        if (way === "WebSocket") return JSON.parse(await ask(text)) as Json;
        const headers = { authorization: `Bearer ${await token("1h")}` };
        const sent = { method: "POST", headers, body: text };
        return (await (await fetch(`${engine.url}/orders`, sent)).json()) as Json;
      });
    },
  );
});

const FRAMES: [what: string, fields: Partial<typeof framed>, reason: Reason][] = [
  ["an unknown op", { op: 77 }, "unknown-op"],
  ["an unknown side", { side: 9 }, "invalid-side"],
  ["a number that is none", { price: Number.NaN }, "invalid-price"],
  ["an unknown symbol", { symbol: 9 }, "unknown-symbol"],
  ["a negative price", { price: -1 }, "invalid-price"],
  ["a negative quantity", { qty: -1 }, "invalid-quantity"],
  ["a price that overflows", { price: 2 ** 53 }, "invalid-price"],
  ["a quantity beyond all numbers", { qty: Number.POSITIVE_INFINITY }, "invalid-quantity"],
  ["an id that rests", { id: 1 }, "id-in-use"],
  ["an id from before", { id: 3 }, "id-used"],
  ["another's order", { user: 2 }, "forbidden"],
];

describe("in binary", () => {
  test.each(FRAMES)(
    "%s is refused with its reason, counted, and changes no book",
    async (_, fields, reason) => {
      await refuses(reason, async () => {
        const answer = Buffer.from(await ask(frame(fields)), "latin1");
        expect(answer.readUInt32LE(0)).toBe(1);
        return { reason: REASONS[answer.readUInt8(8 + 25) - 1] };
      });
    },
  );
});

test("a token that has expired is refused, by HTTP and when its WebSocket goes on, and changes no book", async () => {
  await refuses("unauthenticated", async () => {
    const headers = { authorization: `Bearer ${await token("-1s")}` };
    const sent = { method: "POST", headers, body: JSON.stringify(order) };
    return (await (await fetch(`${engine.url}/orders`, sent)).json()) as Json;
  });
  const headers = { authorization: `Bearer ${await token("2s")}` };
  // One that has ended before it was used is not let in, which is as good.
  const short = new WebSocket(`${engine.url}/ws`, { headers });
  const ended = new Promise((resolve) => short.once("close", resolve));
  const refused = new Promise((resolve) =>
    short.on("message", (data) => {
      if (String(data).includes("unauthenticated")) resolve(4401);
      else setTimeout(() => short.send('{"op":"cancel","id":99}'), 50);
    }),
  );
  short.on("error", () => {});
  short.once("open", () => short.send('{"op":"cancel","id":99}'));
  const before = await depths();
  expect(await Promise.race([refused, ended])).toBe(4401);
  expect(await depths()).toEqual(before);
  short.terminate();
});

test("a flood from one connection is refused order by order, counted, and changes no book", async () => {
  await using narrow = await EngineProcess.start({
    RATE_LIMIT: "10",
    MAX_IN_HAND_PER_CONNECTION: "50",
  });
  const flood = new WebSocket(`${narrow.url}/ws`);
  await new Promise((resolve, reject) => flood.once("open", resolve).once("error", reject));
  const reasons: unknown[] = [];
  flood.on("message", (data) =>
    reasons.push(...(JSON.parse(String(data)) as Json[]).map(({ reason }) => reason)),
  );
  const many = (count: number): string =>
    JSON.stringify(Array(count).fill({ op: "cancel", id: 99 }));
  for (const count of [51, 50, 50]) flood.send(many(count));
  await until("all are answered", () => reasons.length === 151);
  const seen = (reason: string): number => reasons.filter((one) => one === reason).length;
  for (const reason of ["too-many-in-hand", "rate-limited"]) {
    expect(seen(reason)).toBeGreaterThan(0);
    expect(await refusals(narrow, reason)).toBe(seen(reason));
  }
  expect((await narrow.call("GET", "/depth/BTC-USD")).body).toMatchObject({ bids: [], asks: [] });
  flood.terminate();
});

/** Asks, and expects this reason in the answer, one more in the metrics, and the books as they were. */
async function refuses(reason: Reason, asked: () => Promise<Json>): Promise<void> {
  const [before, counted] = [await depths(), await refusals(engine, reason)];
  expect((await asked()).reason).toBe(reason);
  expect(await refusals(engine, reason)).toBe(counted + 1);
  expect(await depths()).toEqual(before);
}

async function depths(): Promise<unknown[]> {
  return [
    (await engine.call("GET", "/depth/BTC-USD")).body,
    (await engine.call("GET", "/depth/ETH-USD")).body,
  ];
}

function refusals(of: EngineProcess, reason: string): Promise<number> {
  return of.counted(new RegExp(`^engine_refusals_total\\{reason="${reason}".*\\} (\\d+)`, "m"));
}

/** What is answered to one message; binary as latin1. */
function ask(message: string | Buffer): Promise<string> {
  const answered = new Promise<string>((resolve) =>
    socket.once("message", (data, isBinary) =>
      resolve((data as Buffer).toString(isBinary ? "latin1" : "utf8")),
    ),
  );
  socket.send(message);
  return answered;
}

function frame(fields: Partial<typeof framed>): Buffer {
  const { op, side, kind, user, id, price, qty, symbol } = { ...framed, ...fields };
  const bytes = Buffer.alloc(COMMAND_BYTES);
  bytes.set([op, side, kind]);
  bytes.writeUInt32LE(user, 4);
  bytes.writeDoubleLE(id, 8);
  bytes.writeDoubleLE(price, 16);
  bytes.writeDoubleLE(qty, 24);
  bytes.writeUInt32LE(symbol, 32);
  return bytes;
}

function token(lasts: string): Promise<string> {
  const jwt = new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setSubject("1");
  return jwt.setExpirationTime(lasts).sign(new TextEncoder().encode(SECRET));
}
