import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { EngineProcess } from "./support/engine-process.ts";
import { rawExchange } from "./support/raw-exchange.ts";

let engine: EngineProcess;

beforeAll(async () => {
  // Long enough for a client that gets no CPU for a while; each that is too slow by intention takes as long.
  engine = await EngineProcess.start({ REQUEST_LIMIT_MS: "4000" });
});
afterAll(async () => engine[Symbol.asyncDispose]());

const ORDERS = "POST /orders HTTP/1.1\r\nHost: engine\r\n";
const UPGRADE = "Host: engine\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

const NO_REQUESTS: [what: string, bytes: string, line: string, reason: string][] = [
  ["is no HTTP", "HELLO\r\n\r\n", "400", "malformed"],
  ["has a head without an end", `${ORDERS}X: ${"y".repeat(20_000)}`, "431", "oversized"],
  [
    "has two lengths",
    `${ORDERS}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x`,
    "400",
    "malformed",
  ],
  [
    "hides a second request",
    `${ORDERS}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX`,
    "400",
    "malformed",
  ],
  ["never ends its head", ORDERS, "408", "too-slow"],
  ["never ends its body", `${ORDERS}Content-Length: 50\r\n\r\n{`, "408", "too-slow"],
  ["says nothing at all", "", "408", "too-slow"],
  [
    "asks for a WebSocket without a key",
    `GET /ws HTTP/1.1\r\n${UPGRADE}Sec-WebSocket-Version: 13\r\n\r\n`,
    "400",
    "malformed",
  ],
  ["asks for a WebSocket elsewhere", `GET /x HTTP/1.1\r\n${UPGRADE}\r\n`, "404", "malformed"],
];

for (const [what, bytes, line, reason] of NO_REQUESTS) {
  test(`a client that ${what} gets a typed refusal, is counted and cut`, async () => {
    const before = await cuts(reason);
    const answer = await exchange(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${line} `));
    const body = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));
    expect(body).toMatchObject({ status: "rejected", reason, message: expect.any(String) });
    expect(await cuts(reason)).toBe(before + 1);
  });
}

const NO_FRAMES: [what: string, bytes: number[], code: number, cause: string][] = [
  ["text that is no UTF-8", [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe], 1007, "malformed"],
  ["a frame without a mask", [0x81, 0x02, 0x7b, 0x7d], 1002, "malformed"],
  ["a frame of an unknown kind", [0x83, 0x80, 0, 0, 0, 0], 1002, "malformed"],
  ["half a command", [0x82, 0x81, 0, 0, 0, 0, 7], 1007, "malformed"],
  ["a frame that is announced too long", [0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0], 1009, "oversized"],
];

for (const [what, bytes, code, cause] of NO_FRAMES) {
  test(`a WebSocket that sends ${what} is closed with ${code} and counted`, async () => {
    const before = await cuts(cause);
    const socket = new WebSocket(`${engine.url}/ws`);
    socket.on("error", () => {});
    await new Promise((resolve) => socket.once("open", resolve));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    // Past the client's own care for what it sends.
    rawOf(socket).write(Buffer.from(bytes));
    expect(await closed).toBe(code);
    expect(await cuts(cause)).toBe(before + 1);
  });
}

test("a batch that is none, and a body that is too large, count as refused commands", async () => {
  const refused = (): Promise<number> =>
    engine.counted(/^engine_refusals_total\{.*reason="malformed".*\} (\d+)/m);
  const before = await refused();
  expect((await engine.call("POST", "/orders/batch", [])).code).toBe(400);
  expect((await engine.call("POST", "/orders/batch", { op: "new" })).code).toBe(400);
  expect((await engine.call("POST", "/orders", "x".repeat(20_000))).code).toBe(413);
  expect(await refused()).toBe(before + 3);
});

test("more connections than the system allows are not taken, and the others are served on", async () => {
  const { pid } = engine.child;
  const limited = spawnSync("prlimit", ["--pid", String(pid), "--nofile=64:64"]);
  expect(limited.status).toBe(0);
  const flood = Array.from({ length: 200 }, () => connect(engine.port, "127.0.0.1"));
  for (const socket of flood) socket.on("error", () => {});
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const socket of flood) socket.destroy();
  await expect.poll(() => exchange("HELLO\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
  expect((await engine.call("GET", "/health")).code).toBe(200);
});

test("after all of it the books are empty and orders are taken", async () => {
  const { body } = await engine.call("GET", "/depth/BTC-USD");
  expect(body).toMatchObject({ bids: [], asks: [] });
  const order = { user: 1, symbol: "BTC-USD", side: "buy", price: 5, qty: 1 };
  expect((await engine.call("POST", "/orders", order)).code).toBe(201);
});

const exchange = (bytes: string): Promise<string> => rawExchange(engine.port, bytes);

function cuts(cause: string): Promise<number> {
  return engine.counted(
    new RegExp(`^engine_connections_cut_total\\{.*cause="${cause}".*\\} (\\d+)`, "m"),
  );
}

function rawOf(socket: WebSocket): { write(bytes: Buffer): void } {
  return (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
}
