import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { copyEngine, EngineProcess } from "./support/engine-process.ts";

const order = { user: 1, symbol: "BTC-USD", side: "buy", price: 100, qty: 5, tif: "IOC" };

test("a drain under load loses no order and ends with 0", async () => {
  await using engine = await EngineProcess.start();
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

test.each(["{", "[]", `{"errorRate": 2}`, `{"errorrate": 0.1}`])(
  "a fault file with %s is refused",
  async (text) => {
    using copy = copyEngine();
    writeFileSync(join(copy.folder, "engine/fault.json"), text);
    await using engine = EngineProcess.spawn({}, copy.folder);
    expect((await engine.ended).code).toBe(2);
    expect(engine.log.at(-1)?.message).toContain("fault.json");
  },
);

function post(agent: Agent, url: string, body: object): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: "POST" }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end(JSON.stringify(body));
  });
}
