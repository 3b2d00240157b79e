import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { EngineProcess, type Json } from "./support/engine-process.ts";

const SECRET = randomBytes(32).toString("hex");
const KEY = randomBytes(16).toString("hex");
const OPERATOR = randomBytes(16).toString("hex");
const ENV = {
  JWT_SECRET: SECRET,
  API_KEYS: `${sha256(KEY)}:2`,
  OPERATOR_KEY: sha256(OPERATOR),
};
const order = { symbol: "BTC-USD", side: "buy", price: 10, qty: 2 };

test("an order needs a token or key of its user; a health check needs none", async () => {
  await using engine = await EngineProcess.start(ENV);
  const one = { authorization: `Bearer ${await token("1", "1h")}` };
  expect(await post(engine, {}, { ...order, user: 1 })).toEqual([401, "unauthenticated"]);
  expect(await post(engine, { authorization: "Bearer x.y.z" }, { ...order, user: 1 })).toEqual([
    401,
    "unauthenticated",
  ]);
  expect(await post(engine, { "x-api-key": "wrong" }, { ...order, user: 2 })).toEqual([
    401,
    "unauthenticated",
  ]);
  expect(await post(engine, one, { ...order, user: 1, id: 7 })).toEqual([201, undefined]);
  expect(await post(engine, one, { ...order, user: 2 })).toEqual([403, "forbidden"]);
  expect(await post(engine, { "x-api-key": KEY }, { ...order, user: 2 })).toEqual([201, undefined]);
  const cancel = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${engine.url}/orders/7`, { method: "DELETE", headers })).status;
  expect([await cancel({}), await cancel({ "x-api-key": KEY }), await cancel(one)]).toEqual([
    401, 404, 200,
  ]);
  expect((await engine.call("GET", "/health")).code).toBe(200);
  expect(await engine.metrics()).toMatch(
    /engine_refusals_total\{reason="unauthenticated".*\} [4-9]/,
  );
});

test("tokens that have expired, have no end, or are of another algorithm are none", async () => {
  await using engine = await EngineProcess.start(ENV);
  const bad = [
    await token("1", "-1s"),
    await new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setSubject("1").sign(bytes(SECRET)),
    await new SignJWT({})
      .setProtectedHeader({ alg: "HS512" })
      .setSubject("1")
      .setExpirationTime("1h")
      .sign(bytes(`${SECRET}${SECRET}`)),
    await token("everybody", "1h"),
    `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sub":"1","exp":9999999999}').toString("base64url")}.`,
  ];
  for (const text of bad) {
    const headers = { authorization: `Bearer ${text}` };
    expect(await post(engine, headers, { ...order, user: 1 })).toEqual([401, "unauthenticated"]);
  }
});

test("a token that is not valid yet is good later, though it was refused before", async () => {
  await using engine = await EngineProcess.start(ENV);
  const jwt = new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setSubject("1");
  const early = await jwt.setNotBefore("2s").setExpirationTime("1h").sign(bytes(SECRET));
  const headers = { authorization: `Bearer ${early}` };
  await expect.poll(() => post(engine, headers, { ...order, user: 1 })).toEqual([201, undefined]);
});

test("a WebSocket is its token's user until the token expires", async () => {
  await using engine = await EngineProcess.start(ENV);
  const nobody = new WebSocket(`ws://127.0.0.1:${engine.port}/ws`);
  expect(await new Promise((resolve) => nobody.on("close", resolve))).toBe(4401);
  const headers = { authorization: `Bearer ${await token("1", "10s")}` };
  const socket = new WebSocket(`ws://127.0.0.1:${engine.port}/ws`, { headers });
  const ask = (value: object): Promise<Json> =>
    new Promise((resolve) => {
      socket.once("message", (data) => resolve(JSON.parse(String(data))));
      socket.send(JSON.stringify(value));
    });
  await new Promise((resolve) => socket.on("open", resolve));
  expect((await ask({ ...order, user: 1 })).code).toBe(201);
  expect((await ask({ ...order, user: 9 })).reason).toBe("forbidden");
  await expect.poll(async () => (await ask({ ...order, user: 1 })).reason).toBe("unauthenticated");
  socket.close();
});

test("the operator's commands need the operator's key, metrics do not", async () => {
  await using engine = await EngineProcess.start(ENV);
  const halt = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(engine.metricsUrl.replace("/metrics", "/halt"), { method: "POST", headers }))
      .status;
  expect([
    await halt({}),
    await halt({ "x-api-key": KEY }),
    await halt({ "x-api-key": OPERATOR }),
  ]).toEqual([401, 401, 200]);
  expect(await engine.metrics()).toContain("engine_sequence");
});

test("one connection's flood is refused, and another's orders are not", async () => {
  await using engine = await EngineProcess.start({ RATE_LIMIT: "20" });
  const batch = Array.from({ length: 500 }, () => ({ ...order, user: 1 }));
  const { body } = await engine.call("POST", "/orders/batch", batch);
  const reasons = (body.results as Json[]).map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason === "rate-limited").length).toBeGreaterThan(400);
  expect(reasons.slice(0, 20)).toEqual(new Array(20).fill(undefined));
  const socket = new WebSocket(`ws://127.0.0.1:${engine.port}/ws`);
  await new Promise((resolve) => socket.on("open", resolve));
  const answer = new Promise((resolve) => socket.on("message", (data) => resolve(String(data))));
  socket.send(JSON.stringify({ ...order, user: 1 }));
  expect(await answer).toContain('"code":201');
  socket.close();
});

test("with a certificate the engine speaks TLS, and nothing else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tls-"));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-nodes", "-days", "1", "-keyout", key, "-out", cert],
    ...curve,
    ...subject,
  ]);
  expect(made.status).toBe(0);
  await using engine = await EngineProcess.start({ TLS_CERT: cert, TLS_KEY: key });
  const agent = new Agent({ ca: readFileSync(cert) });
  const url = `https://127.0.0.1:${engine.port}/health`;
  const code = await new Promise((resolve, reject) => {
    httpsRequest(url, { agent }, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
  });
  expect(code).toBe(200);
  const socket = new WebSocket(`wss://127.0.0.1:${engine.port}/ws`, { ca: readFileSync(cert) });
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  socket.close();
  await expect(engine.call("GET", "/health")).rejects.toThrow();
  agent.destroy();
  rmSync(folder, { recursive: true });
});

test("a secret that is wrong is refused without being told", async () => {
  await using engine = EngineProcess.spawn({
    JWT_SECRET: "tooshort",
    API_KEYS: "mykey:1",
    TLS_KEY: "x",
  });
  expect((await engine.ended).code).toBe(2);
  const said = JSON.stringify(engine.log);
  for (const name of ["JWT_SECRET", "API_KEYS", "TLS_CERT"]) expect(said).toContain(name);
  for (const given of ["tooshort", "mykey"]) expect(said).not.toContain(given);
});

async function post(
  engine: EngineProcess,
  headers: Record<string, string>,
  body: object,
): Promise<[number, unknown]> {
  const sent = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await fetch(`${engine.url}/orders`, sent);
  return [response.status, ((await response.json()) as Json).reason];
}

function token(subject: string, lasts: string): Promise<string> {
  const jwt = new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setSubject(subject);
  return jwt.setExpirationTime(lasts).sign(bytes(SECRET));
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
