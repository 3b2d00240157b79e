import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { until } from "../../support/until.ts";
import { EngineProcess, type Json } from "../support/engine-process.ts";
import { rawExchange } from "../support/raw-exchange.ts";

// Several starts, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const KEY = randomBytes(16).toString("hex");
const totp = new TOTP();
const secret = totp.secret.base32;
const folder = mkdtempSync(join(tmpdir(), "operator-port-"));
const ENV = {
  OPERATOR_KEY: createHash("sha256").update(KEY).digest("hex"),
  OPERATOR_TOTP: secret,
  JOURNAL_DIR: folder,
  // Long enough for a client that gets no CPU for a while.
  REQUEST_LIMIT_MS: "4000",
};
const STEP_MS = 30_000;
const order = { user: 7, symbol: "BTC-USD", side: "buy", price: 10, qty: 2 };

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start(ENV);
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test("what does harm needs a code beside the key, once; what does none needs the key", async () => {
  await engine.call("POST", "/orders", order);
  const key = { "x-api-key": KEY };
  expect(await ask("/halt", {}, { user: 7 })).toEqual([401, "unauthenticated"]);
  expect(await ask("/halt", key, { user: 7 })).toEqual([401, "code-needed"]);
  const none = await ask("/halt", { ...key, "x-operator-code": "12345" }, { user: 7 });
  expect(none).toEqual([401, "code-wrong"]);
  expect(await ask("/snapshot", key)).toEqual([200, undefined]);
  expect((await engine.call("GET", "/depth/BTC-USD")).body.bids).toEqual([[10, 2]]);
  const madeAt = totp.counter();
  const code = { ...key, "x-operator-code": totp.generate() };
  // A command that is wrong leaves the code for the right one.
  expect(await ask("/halt", code, { usr: 7 })).toEqual([400, "malformed"]);
  expect(await ask("/halt", code, { user: 7 })).toEqual([200, undefined]);
  expect((await engine.call("GET", "/depth/BTC-USD")).body.bids).toEqual([]);
  expect(await ask("/resume", code, { user: 7 })).toEqual([401, "code-used"]);
  engine.child.kill("SIGKILL");
  await engine.ended;
  const before = engine;
  engine = await EngineProcess.start(ENV);
  const again = await ask("/resume", code, { user: 7 });
  // Where a start takes longer than a code lasts, it is nobody's any more.
  const isOver = totp.counter() > madeAt + 1;
  if (!isOver) expect(again).toEqual([401, "code-used"]);
  const next = { ...key, "x-operator-code": totp.generate({ timestamp: Date.now() + STEP_MS }) };
  expect(await ask("/resume", next, { user: 7 })).toEqual([200, undefined]);
  const told = before.log.filter(({ message }) => message.startsWith("operator's"));
  expect(told).toMatchObject([
    { message: "operator's code refused", op: "halt", reason: "code-needed" },
    { message: "operator's code refused", op: "halt", reason: "code-wrong" },
    { message: "operator's command", op: "snapshot", code: 200 },
    { message: "operator's command", op: "halt", user: 7, code: 200, from: "127.0.0.1" },
    { message: "operator's code refused", op: "resume", reason: "code-used" },
  ]);
  if (!isOver) expect(await refusals("code-used")).toBe(1);
  const said = JSON.stringify([before.log, engine.log, await engine.metrics()]);
  for (const hidden of [secret, KEY]) expect(said).not.toContain(hidden);
  // Its six digits may be a part of some other number.
  expect(said).not.toMatch(new RegExp(`(?<![\\d.a-f])${code["x-operator-code"]}(?![\\d.a-f])`));
});

test("after five wrong codes none is looked at, and it says for how long", async () => {
  await using guarded = await EngineProcess.start({ ...ENV, JOURNAL_DIR: "" });
  const url = guarded.metricsUrl.replace("/metrics", "/halt");
  const halt = (code: string): Promise<Response> =>
    fetch(url, { method: "POST", headers: { "x-api-key": KEY, "x-operator-code": code } });
  for (const _ of Array(5)) expect((await halt("abcdef")).status).toBe(401);
  const good = totp.generate({ timestamp: Date.now() + STEP_MS });
  const locked = await halt(good);
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await locked.json()).toMatchObject({ status: "rejected", reason: "locked" });
});

test("a second factor without a first is refused at the start, and so is a secret that is none", async () => {
  await using lone = EngineProcess.spawn({ OPERATOR_TOTP: secret });
  expect((await lone.ended).code).toBe(2);
  await using wrong = EngineProcess.spawn({
    ...ENV,
    JOURNAL_DIR: "",
    OPERATOR_TOTP: "notasecret1",
  });
  expect((await wrong.ended).code).toBe(2);
  expect(JSON.stringify(wrong.log)).toContain("OPERATOR_TOTP");
  expect(JSON.stringify([lone.log, wrong.log])).not.toMatch(/notasecret1|[A-Z2-7]{32}/);
});

const KEYED = { "x-api-key": KEY };
const REFUSED: [what: string, path: string, init: RequestInit, code: number, reason: string][] = [
  ["an unknown path", "/nothing", { method: "POST" }, 404, "not-found"],
  ["a wrong method", "/halt", { method: "GET" }, 405, "method-not-allowed"],
  ["a metric that is written", "/metrics", { method: "POST" }, 405, "method-not-allowed"],
  ["no key", "/halt", { method: "POST" }, 401, "unauthenticated"],
  [
    "a body that is too large",
    "/halt",
    { method: "POST", headers: KEYED, body: " ".repeat(5000) },
    413,
    "oversized",
  ],
];

for (const [what, path, init, code, reason] of REFUSED) {
  test(`${what} at the operator's port gets a typed refusal and is counted`, async () => {
    const before = await refusals(reason);
    const response = await fetch(engine.metricsUrl.replace("/metrics", path), init);
    expect(response.status).toBe(code);
    expect(await response.json()).toMatchObject({ status: "rejected", reason });
    expect(await refusals(reason)).toBe(before + 1);
  });
}

test.each([
  ["no JSON", "{", "malformed"],
  ["a list", "[]", "malformed"],
  ["a text", '"7"', "malformed"],
  ["a field that nobody knows", '{"User":7}', "malformed"],
  ["a prototype", '{"__proto__":{"user":7}}', "malformed"],
  ["a user as text", '{"user":"7"}', "invalid-user"],
  ["a negative user", '{"user":-7}', "invalid-user"],
])("%s as a halt is refused, is counted, and halts nobody", async (_what, body, reason) => {
  const series = new RegExp(`^engine_refusals_total\\{reason="${reason}".*\\} (\\d+)`, "m");
  const before = await engine.counted(series);
  const url = engine.metricsUrl.replace("/metrics", "/halt");
  const response = await fetch(url, { method: "POST", headers: KEYED, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ status: "rejected", reason });
  expect(await engine.counted(series)).toBe(before + 1);
  const taken = await engine.call("POST", "/orders", { ...order, user: 1, tif: "IOC" });
  expect(taken.code).toBe(201);
});

test.each([
  ["is no HTTP", "HELLO\r\n\r\n", "400", "malformed"],
  ["has a head without an end", `GET / HTTP/1.1\r\nX: ${"y".repeat(20_000)}`, "431", "oversized"],
  ["never ends its head", "POST /halt HTTP/1.1\r\nHost: engine\r\n", "408", "too-slow"],
  [
    "never ends its body",
    `POST /halt HTTP/1.1\r\nHost: engine\r\nX-API-Key: ${KEY}\r\nContent-Length: 9\r\n\r\n{`,
    "408",
    "too-slow",
  ],
  ["opens a connection and says nothing", "", "408", "too-slow"],
])(
  "a client of the operator's port that %s is answered, counted and cut",
  async (_, bytes, line, cause) => {
    const series = new RegExp(
      `^engine_connections_cut_total\\{port="operator",cause="${cause}".*\\} (\\d+)`,
      "m",
    );
    const before = await engine.counted(series);
    const answer = await exchange(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${line} `));
    const body = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));
    expect(body).toMatchObject({ status: "rejected", reason: cause });
    await until("it is counted", async () => (await engine.counted(series)) === before + 1);
  },
);

test("the last code is kept where only the engine's user reads it, without the code", () => {
  expect(readFileSync(join(folder, "operator-code.json"), "utf8")).toMatch(/^\{"step":\d+\}$/);
});

async function ask(
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<[number, unknown]> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const url = engine.metricsUrl.replace("/metrics", path);
  const response = await fetch(url, { method: "POST", headers, ...sent });
  return [response.status, ((await response.json()) as Json).reason];
}

const exchange = (bytes: string): Promise<string> =>
  rawExchange(Number(new URL(engine.metricsUrl).port), bytes);

function refusals(reason: string): Promise<number> {
  const name = "engine_requests_refused_total";
  return engine.counted(
    new RegExp(`^${name}\\{port="operator",reason="${reason}".*\\} (\\d+)`, "m"),
  );
}
