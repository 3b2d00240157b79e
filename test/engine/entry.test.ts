import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { EngineProcess } from "./support/engine-process.ts";

let engine: EngineProcess;
const order = { user: 1, symbol: "BTC-USD", side: "buy", type: "limit", price: 100, qty: 5 };

beforeAll(async () => {
  engine = await EngineProcess.start({ SYMBOLS: "BTC-USD,ETH-USD,TICK:5:10" });
});
afterAll(async () => engine[Symbol.asyncDispose]());

test("an order rests, trades with what comes against it, and the rest is cancelled", async () => {
  const symbol = "ETH-USD";
  const maker = await engine.call("POST", "/orders", { ...order, symbol, id: 1 });
  expect(maker).toMatchObject({ code: 201, body: { id: 1, status: "accepted", filled: 0 } });
  const taker = { ...order, symbol, id: 2, user: 2, side: "sell", price: 99, qty: 2, tif: "IOC" };
  expect(await engine.call("POST", "/orders", taker)).toMatchObject({
    code: 201,
    body: { status: "filled", filled: 2, fills: [{ maker: 1, price: 100, qty: 2 }] },
  });
  const depth = await engine.call("GET", `/depth/${symbol}`);
  expect(depth.body).toEqual({ symbol, bids: [[100, 3]], asks: [] });
  const canceled = await engine.call("DELETE", "/orders/1");
  expect(canceled).toMatchObject({ code: 200, body: { status: "canceled", canceled: 3 } });
  expect(await engine.call("DELETE", "/orders/1")).toMatchObject({
    code: 404,
    body: { reason: "unknown-order" },
  });
});

test("a move and a reduce go by PATCH", async () => {
  await engine.call("POST", "/orders", { ...order, id: 10, price: 50 });
  const moved = await engine.call("PATCH", "/orders/10", { price: 51 });
  expect(moved).toMatchObject({ code: 200, body: { status: "moved" } });
  const reduced = await engine.call("PATCH", "/orders/10", { qty: 2 });
  expect(reduced).toMatchObject({ code: 200, body: { status: "reduced", canceled: 2 } });
  expect((await engine.call("GET", "/depth/BTC-USD")).body.bids).toContainEqual([51, 3]);
  await engine.call("DELETE", "/orders/10");
});

test("a batch is answered in its order, each command with its own code", async () => {
  const batch = [{ ...order, id: 20 }, { ...order, id: 20 }, { op: "cancel", id: 20 }, null];
  const { code, body } = await engine.call("POST", "/orders/batch", batch);
  expect(code).toBe(200);
  expect(body.results).toMatchObject([
    { code: 201, status: "accepted" },
    { code: 409, reason: "id-in-use" },
    { code: 200, status: "canceled" },
    { code: 400, reason: "malformed" },
  ]);
});

test.each([
  ["not JSON at all", "{", "malformed"],
  ["an array where an order belongs", "[]", "malformed"],
  ["a negative quantity", { ...order, qty: -1 }, "invalid-quantity"],
  ["a fraction of a price", { ...order, price: 1.5 }, "invalid-price"],
  ["a number beyond exactness", { ...order, price: 2 ** 53 }, "invalid-price"],
  ["a price as text", { ...order, price: "100" }, "invalid-price"],
  ["a limit order without a price", { ...order, price: undefined }, "invalid-price"],
  ["an unknown symbol", { ...order, symbol: "NOPE" }, "unknown-symbol"],
  ["a symbol from an object's prototype", { ...order, symbol: "toString" }, "unknown-symbol"],
  ["an unknown side", { ...order, side: "up" }, "invalid-side"],
  ["an unknown time in force", { ...order, tif: "constructor" }, "invalid-tif"],
  ["a post-only market order", { ...order, type: "market", tif: "PO" }, "invalid-tif"],
  ["no user", { ...order, user: undefined }, "invalid-user"],
  ["an id of the engine's own", { ...order, id: 2 ** 40 }, "invalid-id"],
  ["a price off the tick", { ...order, symbol: "TICK", price: 7, qty: 10 }, "off-tick"],
  ["a quantity off the lot", { ...order, symbol: "TICK", price: 5, qty: 7 }, "off-lot"],
])("%s is refused with its own reason and the book is untouched", async (_what, given, reason) => {
  const before = (await engine.call("GET", "/depth/BTC-USD")).body;
  const body = typeof given === "string" ? given : JSON.stringify(given);
  const response = await fetch(`${engine.url}/orders`, { method: "POST", body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ status: "rejected", reason });
  expect((await engine.call("GET", "/depth/BTC-USD")).body).toEqual(before);
});

test("a body that is too large is refused and the connection ends", async () => {
  const response = await fetch(`${engine.url}/orders`, {
    method: "POST",
    body: "x".repeat(20_000),
  });
  expect(response.status).toBe(413);
  expect(response.headers.get("connection")).toBe("close");
});

test("unknown paths and methods are named", async () => {
  expect((await engine.call("GET", "/nothing")).code).toBe(404);
  expect((await engine.call("GET", "/orders")).code).toBe(405);
  expect((await engine.call("PUT", "/orders/1", {})).code).toBe(405);
  expect((await engine.call("GET", "/depth/NOPE")).code).toBe(404);
});

test("a client that leaves in the middle of its body is not waited for", async () => {
  const socket = connect(engine.port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.write("POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{");
  socket.destroy();
  expect((await engine.call("POST", "/orders", { ...order, tif: "IOC" })).code).toBe(201);
});

test("health tells slot and version, and that no database is configured", async () => {
  expect(await engine.call("GET", "/health")).toMatchObject({
    code: 200,
    body: { status: "ok", slot: "blue", version: "1.0.0" },
  });
  const disabled = { code: 200, body: { status: "disabled" } };
  expect(await engine.call("GET", "/health/db")).toEqual(disabled);
  expect(await engine.call("GET", "/health/redis")).toEqual(disabled);
});

test("metrics count order-entry requests by outcome, by slot and version", async () => {
  const count = async (outcome: string): Promise<number> => {
    const series = `http_requests_total{outcome="${outcome}",slot="blue",version="1.0.0"} `;
    const line = (await engine.metrics()).split("\n").find((text) => text.startsWith(series));
    return Number(line?.slice(series.length));
  };
  const [ok, rejected] = [await count("ok"), await count("rejected")];
  await engine.call("POST", "/orders", { ...order, tif: "IOC" });
  await engine.call("POST", "/orders", {});
  await engine.call("GET", "/health");
  expect(await count("ok")).toBe(ok + 1);
  expect(await count("rejected")).toBe(rejected + 1);
  expect(await count("error")).toBe(0);
  expect(await engine.metrics()).toContain(
    'http_request_duration_seconds_bucket{le="0.00025",slot="blue",version="1.0.0"}',
  );
});

test("a WebSocket takes commands one by one or as an array, and gives back the client's mark", async () => {
  const socket = new WebSocket(`${engine.url}/ws`);
  const answers: unknown[] = [];
  socket.on("message", (data) => answers.push(JSON.parse(data.toString())));
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send(JSON.stringify({ ...order, ref: "a", id: 30 }));
  socket.send(JSON.stringify([{ op: "cancel", id: 30, ref: 2 }, { op: "dance" }]));
  await expect.poll(() => answers.length).toBe(2);
  socket.send("not json");
  await expect.poll(() => answers.length).toBe(3);
  expect(answers).toMatchObject([
    { ref: "a", code: 201, id: 30, status: "accepted" },
    [
      { ref: 2, code: 200, status: "canceled", canceled: 5 },
      { code: 400, reason: "unknown-op" },
    ],
    { code: 400, reason: "malformed" },
  ]);
  socket.terminate();
});

test("a flood on one WebSocket is refused there, counted, and leaves the others alone", async () => {
  await using narrow = await EngineProcess.start({ MAX_IN_HAND_PER_CONNECTION: "100" });
  const [flood, other] = [1, 2].map(() => new WebSocket(`${narrow.url}/ws`));
  if (flood === undefined || other === undefined) throw new Error("two sockets");
  await Promise.all(
    [flood, other].map((socket) => new Promise((resolve) => socket.once("open", resolve))),
  );
  const answer = (socket: WebSocket): Promise<{ code: number }[]> =>
    new Promise((resolve) =>
      socket.once("message", (data) => resolve(JSON.parse(data.toString()))),
    );
  const batch = (count: number): string =>
    JSON.stringify(Array(count).fill({ ...order, tif: "IOC" }));
  const refused = answer(flood);
  flood.send(batch(101));
  expect(new Set((await refused).map(({ code }) => code))).toEqual(new Set([429]));
  const taken = answer(other);
  other.send(batch(100));
  expect(new Set((await taken).map(({ code }) => code))).toEqual(new Set([201]));
  expect(await narrow.metrics()).toMatch(
    /engine_refusals_total\{reason="too-many-in-hand".*\} 101/,
  );
  flood.terminate();
  other.terminate();
});

test("an oversized WebSocket frame ends only its own connection", async () => {
  const socket = new WebSocket(`${engine.url}/ws`);
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send("x".repeat(300_000));
  const code = await new Promise((resolve) => socket.once("close", resolve));
  expect(code).toBe(1009);
  expect((await engine.call("GET", "/health")).code).toBe(200);
});
