import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { EngineProcess } from "../support/engine-process.ts";

// Several starts each, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const MAIN = fileURLToPath(new URL("../../../engine/main.ts", import.meta.url));
const order = { symbol: "BTC-USD", side: "buy", type: "limit", price: 10, qty: 2 };

function replayedHash(folder: string, flags: string[]): string {
  const run = (args: string[], input = ""): string =>
    spawnSync(process.execPath, [MAIN, ...args], { input, encoding: "utf8" }).stdout;
  const lines = run(["replay", "-", ...flags], run(["journal", folder]));
  return JSON.parse(lines.trimEnd().split("\n").at(-1) ?? "").hash;
}

async function operate(
  engine: EngineProcess,
  path: string,
  body?: object,
): Promise<[number, object]> {
  const url = engine.metricsUrl.replace("/metrics", path);
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method: "POST", ...sent });
  return [response.status, (await response.json()) as object];
}

test("a halt cancels what rests of a user and takes nothing more until a resume, also after a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "operator-"));
  const first = await EngineProcess.start({ JOURNAL_DIR: folder });
  const place = async (engine: EngineProcess, user: number): Promise<number> =>
    (await engine.call("POST", "/orders", { ...order, user })).code;
  expect([await place(first, 1), await place(first, 1), await place(first, 2)]).toEqual([
    201, 201, 201,
  ]);
  expect(await operate(first, "/halt", { user: 1 })).toMatchObject([200, { canceled: 4 }]);
  expect((await first.call("GET", "/depth/BTC-USD")).body.bids).toEqual([[10, 2]]);
  expect([await place(first, 1), await place(first, 2)]).toEqual([403, 201]);
  first.child.kill("SIGTERM");
  await first.ended;
  await using second = await EngineProcess.start({ JOURNAL_DIR: folder });
  expect([await place(second, 1), await place(second, 2)]).toEqual([403, 201]);
  expect((await operate(second, "/resume", { user: 1 }))[0]).toBe(200);
  expect(await place(second, 1)).toBe(201);
  expect((await operate(second, "/halt"))[0]).toBe(200);
  expect(await place(second, 2)).toBe(403);
  expect((await second.call("GET", "/depth/BTC-USD")).body.bids).toEqual([]);
  rmSync(folder, { recursive: true });
});

test("with RISK=on an order needs what the operator has deposited", async () => {
  await using engine = await EngineProcess.start({ RISK: "on" });
  const poor = await engine.call("POST", "/orders", { ...order, user: 1 });
  expect(poor).toMatchObject({ code: 422, body: { reason: "insufficient-balance" } });
  const deposit = { user: 1, asset: "USD", amount: 20 };
  expect((await operate(engine, "/deposit", deposit))[0]).toBe(200);
  expect((await engine.call("POST", "/orders", { ...order, user: 1 })).code).toBe(201);
  expect((await engine.call("POST", "/orders", { ...order, user: 1 })).code).toBe(422);
});

test("limits hold, also after a kill and after a drain, and a replay refuses the same orders", async () => {
  const folder = mkdtempSync(join(tmpdir(), "operator-"));
  const env = { JOURNAL_DIR: folder, LIMITS: "on" };
  const first = await EngineProcess.start(env);
  const place = async (engine: EngineProcess, user: number, qty = 2): Promise<unknown> =>
    (await engine.call("POST", "/orders", { ...order, user, qty })).body.reason;
  expect((await operate(first, "/limit", { position: 5 }))[0]).toBe(200);
  expect((await operate(first, "/limit", { user: 2, ordersPerSecond: 1 }))[0]).toBe(200);
  expect([await place(first, 1), await place(first, 1), await place(first, 1)]).toEqual([
    undefined,
    undefined,
    "position-limit",
  ]);
  const sell = { ...order, side: "sell", user: 3, qty: 4 };
  expect((await first.call("POST", "/orders", sell)).body.status).toBe("filled");
  const burst = await Promise.all(Array.from({ length: 20 }, () => place(first, 2, 1)));
  expect(burst).toContain("order-rate-limit");
  first.child.kill("SIGKILL");
  await first.ended;
  const second = await EngineProcess.start(env);
  expect(second.log.find(({ message }) => message === "recovered")?.hash).toBe(
    replayedHash(folder, ["--once", "--limits"]),
  );
  expect(await place(second, 1)).toBe("position-limit");
  second.child.kill("SIGTERM");
  await second.ended;
  await using third = await EngineProcess.start(env);
  expect(await place(third, 1)).toBe("position-limit");
  expect((await operate(third, "/limit", {}))[0]).toBe(200);
  expect(await place(third, 1)).toBeUndefined();
  rmSync(folder, { recursive: true });
});

test("a limit is refused where limits are off, and when it is none", async () => {
  await using engine = await EngineProcess.start();
  expect(await operate(engine, "/limit", { position: 5 })).toMatchObject([
    409,
    { reason: "limits-off" },
  ]);
  expect(await operate(engine, "/limit", { position: -5 })).toMatchObject([
    400,
    { reason: "invalid-quantity" },
  ]);
});

test("the operator's commands are not a client's, and are checked like one's", async () => {
  await using engine = await EngineProcess.start();
  const asClient = await engine.call("POST", "/orders", { op: "halt" });
  expect(asClient).toMatchObject({ code: 400, body: { reason: "unknown-op" } });
  expect(await operate(engine, "/deposit", { user: 1, asset: "GOLD", amount: 1 })).toMatchObject([
    400,
    { reason: "unknown-asset" },
  ]);
  expect(await operate(engine, "/halt", { user: -1 })).toMatchObject([
    400,
    { reason: "invalid-user" },
  ]);
  expect((await operate(engine, "/orders", order))[0]).toBe(404);
});
