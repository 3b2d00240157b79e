import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { OP } from "../../engine/core/command.ts";
import { COMMAND_BYTES } from "../../engine/entry/wire.ts";
import { createLog } from "../../engine/log.ts";
import { contextOf } from "../../engine/trace/context.ts";
import { SpanExporter } from "../../engine/trace/exporter.ts";
import { until } from "../support/until.ts";
import { EngineProcess } from "./support/engine-process.ts";
import { orderOf } from "./support/ledger.ts";
import { loopbackPort } from "./support/loopback-port.ts";

// Several starts, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 300_000 });

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = "00f067aa0ba902b7";

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: object }[];
}

test("an order that comes with a trace is followed to the core and the journal, in OTLP", async () => {
  await using collector = await Collector.start();
  await using engine = await EngineProcess.start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const answered = await fetch(`${engine.url}/orders`, {
    method: "POST",
    body: JSON.stringify(orderOf(1)),
    headers: { traceparent: `00-${TRACE}-${PARENT}-01` },
  });
  expect(answered.status).toBe(201);
  const spans = await until(
    "three spans come",
    () => collector.spans.length >= 3 && collector.spans,
  );
  const [server] = spans.filter(({ name }) => name === "POST /orders");
  expect(server).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, kind: 2 });
  expect(server?.attributes).toContainEqual({
    key: "http.response.status_code",
    value: { intValue: "201" },
  });
  for (const name of ["core", "journal"]) {
    const child = spans.find((span) => span.name === name);
    expect(child).toMatchObject({ traceId: TRACE, parentSpanId: server?.spanId });
    expect(BigInt(child?.startTimeUnixNano ?? 0)).toBeGreaterThanOrEqual(
      BigInt(server?.startTimeUnixNano ?? 0),
    );
    expect(BigInt(child?.endTimeUnixNano ?? 0)).toBeLessThanOrEqual(
      BigInt(server?.endTimeUnixNano ?? 0),
    );
    expect(child?.attributes).toEqual([{ key: "engine.sequence", value: { intValue: "1" } }]);
  }
  expect(collector.resources[0]).toContainEqual({
    key: "service.name",
    value: { stringValue: "sluice-engine" },
  });
});

test("a message by WebSocket is followed when its first command has a trace, a frame by chance alone", async () => {
  await using collector = await Collector.start();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  await using engine = await EngineProcess.start(env);
  await using all = await EngineProcess.start({ ...env, OTEL_TRACES_SAMPLER_ARG: "1" });
  const traced = { ...orderOf(1), traceparent: `00-${TRACE}-${PARENT}-01` };
  await ask(engine, JSON.stringify([traced, orderOf(2)]));
  await ask(engine, JSON.stringify(orderOf(3)));
  await ask(engine, JSON.stringify({ ...orderOf(4), traceparent: `00-${TRACE}-${PARENT}-00` }));
  await ask(engine, JSON.stringify({ ...orderOf(5), traceparent: 7 }));
  await ask(all, Buffer.alloc(2 * COMMAND_BYTES, 1));
  await ask(all, cancelFrame());
  for (const one of [engine, all]) {
    one.child.kill("SIGTERM");
    expect((await one.ended).code).toBe(0);
  }
  const ours = collector.spans.filter(({ traceId }) => traceId === TRACE);
  expect(ours.map(({ name }) => name).sort()).toEqual(["core", "journal", "message /ws"]);
  const message = ours.find(({ name }) => name === "message /ws");
  expect(message).toMatchObject({ parentSpanId: PARENT, kind: 2 });
  expect(message?.attributes).toContainEqual({
    key: "engine.commands",
    value: { intValue: "2" },
  });
  for (const name of ["core", "journal"]) {
    const child = ours.find((span) => span.name === name);
    expect(child?.parentSpanId).toBe(message?.spanId);
    expect(child?.attributes).toEqual([{ key: "engine.sequence", value: { intValue: "2" } }]);
  }
  const others = collector.spans.filter(({ traceId }) => traceId !== TRACE);
  // The first frame never reached the core: no command of it was one.
  expect(others.map(({ name }) => name).sort()).toEqual([
    "core",
    "journal",
    "message /ws",
    "message /ws",
  ]);
  expect(others[0]?.attributes).toContainEqual({
    key: "engine.message",
    value: { stringValue: "binary" },
  });
});

test("what is not sampled is not followed, and what is left is sent at the end", async () => {
  await using collector = await Collector.start();
  await using engine = await EngineProcess.start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const call = (traceparent: string): Promise<Response> =>
    fetch(`${engine.url}/depth/BTC-USD`, { headers: { traceparent } });
  await call(`00-${TRACE}-${PARENT}-00`);
  await engine.call("GET", "/health");
  await call(`00-${TRACE}-${PARENT}-01`);
  engine.child.kill("SIGTERM");
  expect((await engine.ended).code).toBe(0);
  expect(collector.spans.map(({ name }) => name)).toEqual(["GET /depth/:id"]);
});

test("a collector that is away costs no order, and what it missed is counted", async () => {
  const url = `http://127.0.0.1:${await loopbackPort()}`;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: "1" };
  await using engine = await EngineProcess.start(env);
  for (const id of [1, 2, 3]) {
    expect((await engine.call("POST", "/orders", orderOf(id))).code).toBe(201);
  }
  await until("it is counted", async () => {
    return /engine_spans_dropped_total\{.*\} [1-9]/.test(await engine.metrics());
  });
  await engine.waitFor("traces are not taken");
});

test("what is on its way to the collector at the end is waited for", async () => {
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    request.resume();
    held.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const exporter = new SpanExporter(`http://127.0.0.1:${port}`, {}, createLog("error", {}));
  const times = { startMs: 1, endMs: 2, attributes: {}, failed: false };
  exporter.add({
    traceId: TRACE,
    spanId: PARENT,
    parentId: null,
    name: "a",
    kind: "server",
    ...times,
  });
  await until("it is on its way", () => held.length === 1);
  let hasEnded = false;
  const end = exporter.end().then(() => {
    hasEnded = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasEnded).toBe(false);
  held[0]?.end();
  await end;
  expect(exporter.dropped).toBe(0);
  server.closeAllConnections();
  server.close();
});

test.each([
  ["", null],
  ["00-00000000000000000000000000000000-00f067aa0ba902b7-01", null],
  [`00-${TRACE}-0000000000000000-01`, null],
  [`00-${TRACE}-${PARENT}-00`, null],
  [`00-${TRACE}-${PARENT}`, null],
  [`ff-${TRACE}-${PARENT}-01`, null],
  [`00-${TRACE.toUpperCase()}-${PARENT}-01`, null],
  [`00-${TRACE}-${PARENT}-03`, { traceId: TRACE, parentId: PARENT }],
  [`cc-${TRACE}-${PARENT}-01-more`, { traceId: TRACE, parentId: PARENT }],
])("the traceparent %j gives %j", (header, context) => {
  expect(contextOf(header, 0)).toEqual(context);
});

test("wrong settings of traces are refused", async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318", OTEL_TRACES_SAMPLER_ARG: "2" };
  await using engine = EngineProcess.spawn(env);
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)?.message).toMatch(/OTLP_ENDPOINT is no http.*SAMPLER_ARG is "2"/);
});

/** One message on a WebSocket of its own, to its answer. */
async function ask(engine: EngineProcess, message: string | Buffer): Promise<void> {
  const socket = new WebSocket(`${engine.url}/ws`);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const answered = new Promise((resolve) => socket.once("message", resolve));
  socket.send(message);
  await answered;
  socket.close();
}

/** A cancel of an order that is not there: it is answered by the core. */
function cancelFrame(): Buffer {
  const frame = Buffer.alloc(COMMAND_BYTES);
  frame[0] = OP.cancel;
  frame.writeDoubleLE(99, 8);
  return frame;
}

/** As much of an OpenTelemetry collector as takes traces. */
class Collector {
  readonly spans: Span[] = [];
  readonly resources: object[] = [];
  readonly url: string;
  readonly #close: () => Promise<void>;

  static async start(): Promise<Collector> {
    let collector: Collector | null = null;
    const server = createServer(async (request, response) => {
      expect(request.url).toBe("/v1/traces");
      collector?.take((await json(request)) as Otlp);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    collector = new Collector(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return collector;
  }

  constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  take({ resourceSpans }: Otlp): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      this.resources.push(resource.attributes);
      for (const { spans } of scopeSpans) this.spans.push(...spans);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}

interface Otlp {
  resourceSpans: { resource: { attributes: object[] }; scopeSpans: { spans: Span[] }[] }[];
}
