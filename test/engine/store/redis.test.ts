import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encode, Reader } from "../../../engine/store/resp.ts";
import { until } from "../../support/until.ts";
import { EngineProcess } from "../support/engine-process.ts";
import { RedisServer, redisLack } from "../support/redis-server.ts";

const lack = redisLack();

describe.skipIf(lack !== null)(`Redis follows the journal${lack ? ` (${lack})` : ""}`, () => {
  test("it holds the present, also after it was killed and came back empty", async () => {
    await using server = await RedisServer.start();
    using folder = temporary();
    await using engine = await EngineProcess.start({
      JOURNAL_DIR: folder.path,
      REDIS_URL: server.url,
    });
    await order(engine, { id: 1, side: "buy", price: 100, qty: 5 });
    await order(engine, { id: 2, side: "sell", price: 100, qty: 2 });
    expect(await present(server, 2)).toMatchObject({
      sequence: "2",
      bids: "[[100,3]]",
      asks: "[]",
      price: "100",
      qty: "2",
    });
    // It is there before the engine has heard that it is.
    await expect
      .poll(async () => (await engine.call("GET", "/health/redis")).body)
      .toMatchObject({ status: "ok", lag: 0 });
    await server.kill();
    expect((await order(engine, { id: 3, side: "sell", price: 101, qty: 1 })).code).toBe(201);
    await until(
      "health tells",
      async () => (await engine.call("GET", "/health/redis")).code === 503,
    );
    await server.start();
    expect(await present(server, 3)).toMatchObject({ bids: "[[100,3]]", asks: "[[101,1]]" });
  });

  test("when it is silent health says so within its limit, and no order waits", async () => {
    await using server = await RedisServer.start();
    using folder = temporary();
    await using engine = await EngineProcess.start({
      JOURNAL_DIR: folder.path,
      REDIS_URL: server.url,
    });
    await order(engine, { id: 1, side: "buy", price: 100, qty: 5 });
    await present(server, 1);
    const wake = server.freeze();
    const health = await engine.call("GET", "/health/redis");
    expect(health).toMatchObject({ code: 503, body: { cause: "no answer within 1000 ms" } });
    await order(engine, { id: 2, side: "buy", price: 99, qty: 5 });
    expect((await engine.call("GET", "/health")).code).toBe(200);
    wake();
    await present(server, 2);
    expect(await engine.metrics()).toMatch(/engine_redis_operations_total\{.*\} [1-9]/);
  });

  test("an older state does not replace a newer one", async () => {
    await using server = await RedisServer.start();
    await server.client.send("HSET", "engine:blue:BTC-USD", "sequence", 99, "bids", "newer");
    using folder = temporary();
    await using engine = await EngineProcess.start({
      JOURNAL_DIR: folder.path,
      REDIS_URL: server.url,
    });
    await order(engine, { id: 1, side: "buy", price: 100, qty: 5 });
    await until("the position came", async () => {
      const at = await server.client.send("HGET", "engine:blue", "sequence");
      return Number(at) >= 1;
    });
    expect(await server.client.send("HGET", "engine:blue:BTC-USD", "bids")).toBe("newer");
  });
});

test("answers of Redis are read whole, however they are cut", () => {
  const bytes = Buffer.from(
    "+OK\r\n:7\r\n$-1\r\n$5\r\nh\r\nlo\r\n*2\r\n$1\r\na\r\n:1\r\n-ERR no\r\n",
  );
  const values = ["OK", 7, null, "h\r\nlo", ["a", 1], new Error("ERR no")];
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const early = new Reader(bytes.subarray(0, cut));
    const read: unknown[] = [];
    for (let value = early.next(); typeof value !== "symbol"; value = early.next())
      read.push(value);
    const late = new Reader(bytes.subarray(early.done));
    for (let value = late.next(); typeof value !== "symbol"; value = late.next()) read.push(value);
    expect(read).toEqual(values);
  }
  expect(encode(["SET", "ü", 1])).toBe("*3\r\n$3\r\nSET\r\n$2\r\nü\r\n$1\r\n1\r\n");
});

async function present(server: RedisServer, sequence: number): Promise<Record<string, string>> {
  return until(`Redis is at ${sequence}`, async () => {
    const flat = (await server.client.send("HGETALL", "engine:blue:BTC-USD")) as string[];
    const fields: Record<string, string> = {};
    for (let at = 0; at < flat.length; at += 2) fields[flat[at] ?? ""] = flat[at + 1] ?? "";
    return Number(fields.sequence) >= sequence ? fields : false;
  });
}

function order(engine: EngineProcess, fields: object): ReturnType<EngineProcess["call"]> {
  return engine.call("POST", "/orders", { user: 1, symbol: "BTC-USD", ...fields });
}

function temporary(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "journal-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
