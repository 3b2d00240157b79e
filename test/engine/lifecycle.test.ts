import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { loadFault } from "../../engine/fault.ts";
import { copyEngine, EngineProcess } from "./support/engine-process.ts";

const order = { user: 1, symbol: "BTC-USD", side: "buy", price: 100, qty: 5, tif: "IOC" };

test("a drain under load loses no order and ends with 0", async () => {
  // All clients are one process, which may get no CPU for longer than real ones are quiet.
  const patience = { DRAIN_QUIET_MS: "4000", DRAIN_LIMIT_MS: "120000" };
  await using engine = await EngineProcess.start(patience);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const load = { sent: 0, answered: 0, lost: [] as unknown[] };
  let stopped = false;
  const client = async (): Promise<void> => {
    while (!stopped) {
      load.sent += 1;
      await post(agent, `${engine.url}/orders`, order).then(
        (code) => {
          if (code === 201) load.answered += 1;
          else load.lost.push(code);
        },
        (error: unknown) => void load.lost.push(error),
      );
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const clients = Array.from({ length: 8 }, client);
  await expect.poll(() => load.answered).toBeGreaterThan(50);
  engine.child.kill("SIGTERM");
  await engine.waitFor("draining");
  const before = load.answered;
  expect((await engine.call("GET", "/health")).code).toBe(503);
  await expect.poll(() => load.answered).toBeGreaterThan(before);
  stopped = true;
  await Promise.all(clients);
  agent.destroy();
  expect(await engine.ended).toEqual({ code: 0, signal: null });
  expect(load.lost).toEqual([]);
  expect(load.answered).toBe(load.sent);
  expect(engine.log.at(-1)).toMatchObject({ message: "ended", clean: true });
});

test("a drain tells WebSocket clients that it is going away", async () => {
  await using engine = await EngineProcess.start();
  const socket = new WebSocket(`${engine.url}/ws`);
  await new Promise((resolve) => socket.once("open", resolve));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  engine.child.kill("SIGTERM");
  expect(await closed).toBe(1001);
  expect(await engine.ended).toEqual({ code: 0, signal: null });
});

test("a client that sends its request drop by drop is cut off, others are not", async () => {
  await using engine = await EngineProcess.start({ REQUEST_LIMIT_MS: "1000" });
  const slow = connect(engine.port, "127.0.0.1");
  const answer = text(slow);
  slow.write("POST /orders HTTP/1.1\r\nHost: x\r\nContent-Le");
  expect(await answer).toContain("408");
  // On a machine that runs nothing for as long, this one is too slow as well.
  await expect.poll(async () => (await engine.call("POST", "/orders", order)).code).toBe(201);
});

test("a port in use is refused, with its name", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  await using engine = EngineProcess.spawn({ PORT: port });
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)?.message).toContain(`can't listen on 127.0.0.1:${port} (PORT)`);
  other.close();
});

test("a wrong environment is refused with all its faults at once", async () => {
  await using engine = EngineProcess.spawn({ PORT: "http", SYMBOLS: "btc", LOG_LEVEL: "loud" });
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)?.message).toMatch(/PORT is "http".*SYMBOLS has "btc".*LOG_LEVEL/);
});

test("the fault file makes that share of orders fail, the same ones for the same seed", async () => {
  using copy = copyEngine();
  writeFileSync(join(copy.folder, "engine/fault.json"), `{"errorRate": 0.2, "seed": 7}`);
  const run = async (): Promise<number[]> => {
    await using engine = await EngineProcess.start({}, copy.folder);
    const batch = Array.from({ length: 500 }, () => order);
    const { code, body } = await engine.call("POST", "/orders/batch", batch);
    expect(code).toBe(500);
    expect(await engine.metrics()).toMatch(/http_requests_total\{outcome="error".*\} 1/);
    return (body.results as { code: number }[]).map((result) => result.code);
  };
  const codes = await run();
  const failed = codes.filter((code) => code === 500).length;
  expect(failed).toBeGreaterThan(60);
  expect(failed).toBeLessThan(140);
  expect(codes.length - failed).toBe(codes.filter((code) => code === 201).length);
  expect(await run()).toEqual(codes);
});

test("orders can fail for some users only, whom a test by others does not find", async () => {
  using copy = copyEngine();
  writeFileSync(join(copy.folder, "engine/fault.json"), `{"errorRate": 1, "fromUser": 1000}`);
  await using engine = await EngineProcess.start({}, copy.folder);
  const code = async (user: number) =>
    (await engine.call("POST", "/orders", { ...order, user })).code;
  expect([await code(999), await code(1000), await code(1001)]).toEqual([201, 500, 500]);
});

test("a slowdown costs CPU in proportion to the quickest handling of late, not to a queue", () => {
  using copy = copyEngine();
  const file = join(copy.folder, "fault.json");
  writeFileSync(file, `{"slowdown": 2}`);
  const fault = loadFault(file);
  const costMs = (handledMs: number): number => {
    const startedMs = performance.now();
    fault?.slowDown(handledMs);
    return performance.now() - startedMs;
  };
  expect(costMs(5)).toBeGreaterThanOrEqual(10);
  expect(costMs(1)).toBeGreaterThanOrEqual(2);
  // An order that waited for long is not made to wait twice as long again.
  expect(Math.min(...Array.from({ length: 5 }, () => costMs(1_000)))).toBeLessThan(1_000);
  expect(fault?.describe()).toMatchObject({ slowdown: 2, errorRate: 0 });
});

test("orders of a slowed engine are answered as ever", async () => {
  using copy = copyEngine();
  writeFileSync(join(copy.folder, "engine/fault.json"), `{"slowdown": 1}`);
  await using engine = await EngineProcess.start({}, copy.folder);
  for (let i = 0; i < 20; i += 1)
    expect((await engine.call("POST", "/orders", order)).code).toBe(201);
});

test("an engine whose fault file is wrong does not start", async () => {
  using copy = copyEngine();
  writeFileSync(join(copy.folder, "engine/fault.json"), "{");
  await using engine = EngineProcess.spawn({}, copy.folder);
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)?.message).toContain("fault.json is not JSON");
});

test.each([
  ["[]", "is not an object"],
  [`{"errorRate": 2}`, "errorRate is 2"],
  [`{"errorRate": "1"}`, 'errorRate is "1"'],
  [`{"errorrate": 0.1}`, 'has "errorrate"'],
])("a fault file with %s is refused with what is wrong", (text, wrong) => {
  const folder = mkdtempSync(join(tmpdir(), "fault-"));
  const file = join(folder, "fault.json");
  writeFileSync(file, text);
  expect(() => loadFault(file)).toThrow(wrong);
  rmSync(folder, { recursive: true });
  expect(loadFault(file)).toBeNull();
});

function post(agent: Agent, url: string, body: object): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: "POST" }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end(JSON.stringify(body));
  });
}
