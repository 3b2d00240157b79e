import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { until } from "../../support/until.ts";
import { EngineProcess } from "../support/engine-process.ts";
import { rawExchange } from "../support/raw-exchange.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let engine: EngineProcess;
let url = "";
beforeAll(async () => {
  engine = await EngineProcess.start({
    MARKET_PORT: "0",
    MARKET_FEED: "simulated:42",
    MARKET_SIGNAL: "on",
    // Long enough for a client that gets no CPU for a while.
    REQUEST_LIMIT_MS: "4000",
  });
  url = `http://127.0.0.1:${(await engine.waitFor("listening")).marketPort}`;
});
afterAll(async () => engine[Symbol.asyncDispose]());

const UPGRADE = "Host: engine\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

test.each([
  ["/market", "GET", 426, "upgrade-required"],
  ["/market", "POST", 426, "upgrade-required"],
  ["/depth", "GET", 404, "not-found"],
])("%s by %s is refused with %i and counted", async (path, method, code, reason) => {
  const before = await refused(reason);
  const response = await fetch(`${url}${path}`, { method });
  expect(response.status).toBe(code);
  expect(await response.json()).toMatchObject({ status: "rejected", reason });
  await until("it is counted", async () => (await refused(reason)) === before + 1);
});

test.each([
  ["is no HTTP", "HELLO\r\n\r\n", "400", "malformed"],
  ["has a head without an end", `GET / HTTP/1.1\r\nX: ${"y".repeat(20_000)}`, "431", "oversized"],
  ["never ends its head", "GET /market HTTP/1.1\r\n", "408", "too-slow"],
  ["opens a connection and says nothing", "", "408", "too-slow"],
  ["wants a WebSocket elsewhere", `GET /x HTTP/1.1\r\n${UPGRADE}\r\n`, "404", "malformed"],
  ["wants one without a key", `GET /market HTTP/1.1\r\n${UPGRADE}\r\n`, "400", "malformed"],
])("a client that %s is answered, counted and cut", async (_, bytes, line, cause) => {
  const before = await cuts(cause);
  const answer = await exchange(bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${line} `));
  const body = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));
  expect(body).toMatchObject({ status: "rejected", reason: cause });
  await until("it is counted", async () => (await cuts(cause)) === before + 1);
});

test.each([
  ["no JSON", "{", "malformed"],
  ["an unknown symbol", '{"op":"subscribe","symbol":"NOPE"}', "unknown-symbol"],
  ["a symbol from a prototype", '{"op":"subscribe","symbol":"toString"}', "unknown-symbol"],
  ["an unknown op", '{"op":"buy","symbol":"BTC-USD"}', "unknown-op"],
  ["a negative time", '{"op":"subscribe","symbol":"BTC-USD","everyMs":-1}', "malformed"],
  ["a time that overflows", '{"op":"subscribe","symbol":"BTC-USD","everyMs":1e400}', "malformed"],
  ["a wrong channel", '{"op":"subscribe","symbol":"BTC-USD","channels":["l3"]}', "malformed"],
])("%s is refused by its WebSocket with a reason, and counted", async (_, text, reason) => {
  const before = await refused(reason);
  const socket = await open();
  const answer = new Promise((resolve) => socket.once("message", (data) => resolve(String(data))));
  socket.send(text);
  expect(JSON.parse(String(await answer))).toMatchObject({ type: "rejected", reason });
  await until("it is counted", async () => (await refused(reason)) === before + 1);
  socket.terminate();
});

test("a request that is too long ends its connection, and a flood of them is refused", async () => {
  const long = await open();
  const before = await cuts("oversized");
  const closed = new Promise((resolve) => long.once("close", resolve));
  long.send("x".repeat(5_000));
  expect(await closed).toBe(1009);
  await until("it is counted", async () => (await cuts("oversized")) === before + 1);
  const flood = await open();
  const reasons: string[] = [];
  flood.on("message", (data) => reasons.push(JSON.parse(String(data)).reason));
  for (const _ of Array(400)) flood.send("{");
  await until("all are answered", () => reasons.length === 400);
  expect(reasons).toContain("rate-limited");
  expect(await refused("rate-limited")).toBeGreaterThan(0);
  flood.terminate();
});

test("metrics tell how fresh the market is, and health where its thread is", async () => {
  const age = (name: string): Promise<number> =>
    engine.counted(new RegExp(`^${name}\\{.*\\} (\\S+)`, "m"));
  await until("something was told", async () => (await age("engine_market_events_total")) > 0);
  const wellBelow = async (name: string): Promise<boolean> => (await age(name)) < 10;
  for (const name of ["engine_market_age_seconds", "engine_market_stalled_seconds"]) {
    await until(`${name} is small`, () => wellBelow(name), 60_000);
  }
  expect(await age("engine_market_resets_total")).toBe(1);
  expect(await age("engine_market_waiting")).toBe(0);
  const { threads } = (await engine.call("GET", "/health")).body;
  expect(threads).toMatchObject({ market: { planned: "", why: "nothing planned" } });
});

test("the model's predictions are counted and scored by symbol", async () => {
  const value = (name: string): Promise<number> =>
    engine.counted(new RegExp(`^${name}\\{symbol="ETH-USD".*\\} (\\S+)`, "m"));
  await until(
    "some are decided",
    async () => (await value("engine_signal_predictions_total")) > 20,
  );
  const [hits, brier] = [
    await value("engine_signal_hit_ratio"),
    await value("engine_signal_brier_score"),
  ];
  expect(hits).toBeGreaterThanOrEqual(0);
  expect(hits).toBeLessThanOrEqual(1);
  expect(brier).toBeGreaterThan(0);
  expect(brier).toBeLessThan(1);
});

test("no model looks on unless asked for, and never without a market", async () => {
  await using plain = await EngineProcess.start({ MARKET_PORT: "0", MARKET_FEED: "simulated:42" });
  expect(await plain.metrics()).not.toContain("engine_signal_");
  await using wrong = EngineProcess.spawn({ MARKET_SIGNAL: "on" });
  expect((await wrong.ended).code).toBe(2);
  expect(wrong.log.at(-1)?.message).toContain("MARKET_SIGNAL needs MARKET_PORT");
});

async function open(): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/market`);
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("open", resolve));
  return socket;
}

const exchange = (bytes: string): Promise<string> => rawExchange(Number(new URL(url).port), bytes);

function cuts(cause: string): Promise<number> {
  const name = "engine_connections_cut_total";
  return engine.counted(new RegExp(`^${name}\\{port="market",cause="${cause}".*\\} (\\d+)`, "m"));
}

function refused(reason: string): Promise<number> {
  const name = "engine_requests_refused_total";
  return engine.counted(new RegExp(`^${name}\\{port="market",reason="${reason}".*\\} (\\d+)`, "m"));
}
