import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Config } from "./config.ts";
import type { Profits, Standing } from "./core/profits.ts";
import { type SymbolSpec, Symbols } from "./core/symbols.ts";
import type { Drainable } from "./drain.ts";
import { BATCH_LIMIT } from "./entry/batch.ts";
import { Credentials } from "./entry/credentials.ts";
import type { Cause } from "./entry/cuts.ts";
import { Decoder, OPERATOR_OPS } from "./entry/decode.ts";
import { FrameEntry } from "./entry/frame-entry.ts";
import { HttpEntry } from "./entry/http-entry.ts";
import { OrderEntry } from "./entry/order-entry.ts";
import { LiveVocabulary } from "./entry/vocabulary.ts";
import { WebSocketEntry } from "./entry/websocket-entry.ts";
import { WireDecoder } from "./entry/wire.ts";
import type { Fault } from "./fault.ts";
import { Health } from "./health.ts";
import type { Log } from "./log.ts";
import type { MarketData } from "./market/market-data.ts";
import { Metrics } from "./metrics.ts";
import { OperatorServer } from "./operator/operator-server.ts";
import type { SecondFactor } from "./operator/second-factor.ts";
import type { Pinned } from "./os/affinity.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import type { Profit } from "./profit/profit.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store/store.ts";
import type { SpanExporter } from "./trace/exporter.ts";
import type { Tracer } from "./trace/tracer.ts";

export interface Service {
  port: number;
  metricsPort: number;
  health: Health;
  parts: Drainable;
  connections(): { inHand: number; webSockets: number };
  closeOperator(): void;
  /** Sends the last traces. */
  endTraces(): Promise<void>;
}

/** What follows the order path, each in a thread of its own. */
export interface Followers {
  stores: readonly Store[];
  market: MarketData | null;
  profit: Profit | null;
  replicator: { name: string; pinned: Pinned } | null;
}

/** Opens everything that others connect to; resolves when orders are taken. */
export async function openService(
  config: Config,
  pipeline: Pipeline,
  gateway: Pinned,
  fault: Fault | null,
  { stores, market, profit, replicator }: Followers,
  log: Log,
): Promise<Service> {
  const { slot, version, host } = config;
  const followers = (): object =>
    Object.fromEntries(
      [...stores, market, profit, replicator].flatMap((one) =>
        one === null || one.pinned === null ? [] : [[one.name, one.pinned]],
      ),
    );
  const health = new Health(() => ({
    slot,
    version,
    uptimeSeconds: Math.round(process.uptime()),
    sequence: pipeline.sequence,
    journal: pipeline.journal,
    threads: { gateway, ...pipeline.pinned, ...followers() },
  }));
  const metrics = new Metrics(slot, version);
  const secondFactor = await openSecondFactor(config, log);
  const traces = await openTraces(config, pipeline, metrics, log);
  const tracer = traces?.tracer ?? null;
  const {
    http,
    webSocket,
    operator: operatorServer,
  } = openEntries(config, { pipeline, metrics, fault, health, secondFactor, tracer, log });
  tracer?.watch(http.server);
  showGauges(metrics, pipeline, webSocket);
  showProfits(metrics, profit?.profits ?? pipeline.profits, config.symbols);
  profit?.show(metrics, () => pipeline.sequence);
  market?.show(metrics);
  for (const store of stores) {
    health.probes[store.name === "redis" ? "redis" : "db"] = () => store.health();
    store.show(metrics);
  }
  const metricsPort = await listen(operatorServer, host, config.metricsPort, "METRICS_PORT");
  const port = await listen(http.server, host, config.port, "PORT");
  return {
    port,
    metricsPort,
    health,
    parts: drainable(http, webSocket),
    connections: () => ({ inHand: http.inHand, webSockets: webSocket.connections }),
    endTraces: async () => traces?.exporter.end(),
    closeOperator: () => {
      operatorServer.close();
      operatorServer.closeAllConnections();
    },
  };
}

interface Traces {
  tracer: Tracer;
  exporter: SpanExporter;
}

/** Traces go nowhere unless configured, and nothing of them is loaded then. */
async function openTraces(
  { traceEndpoint, traceShare: share, slot, version }: Config,
  pipeline: Pipeline,
  metrics: Metrics,
  log: Log,
): Promise<Traces | null> {
  if (traceEndpoint === null) return null;
  const { SpanExporter } = await import("./trace/exporter.ts");
  const { Tracer } = await import("./trace/tracer.ts");
  const resource = { "service.name": "sluice-engine", "service.version": version, slot };
  const exporter = new SpanExporter(traceEndpoint, resource, log);
  const dropped = "Spans that the collector did not take, or for which there was no room";
  metrics.counter("engine_spans_dropped_total", dropped, () => exporter.dropped);
  return { tracer: new Tracer({ exporter, share, answering: () => pipeline.answering }), exporter };
}

interface Parts {
  pipeline: Pipeline;
  metrics: Metrics;
  fault: Fault | null;
  health: Health;
  secondFactor: SecondFactor | null;
  tracer: Tracer | null;
  log: Log;
}

/** Nothing of it is loaded where operators have none. */
async function openSecondFactor(
  { operatorTotp, journalFolder }: Config,
  log: Log,
): Promise<SecondFactor | null> {
  if (operatorTotp === null) return null;
  const { openSecondFactor: open } = await import("./operator/second-factor.ts");
  return open(operatorTotp, journalFolder, log);
}

/** The ways in, which share one order entry. */
function openEntries(
  config: Config,
  { pipeline, metrics, fault, health, secondFactor, tracer, log }: Parts,
): { http: HttpEntry; webSocket: WebSocketEntry; operator: Server } {
  const symbols = new Symbols();
  for (const spec of config.symbols) symbols.list(spec);
  const vocabulary = new LiveVocabulary(symbols, pipeline.recovered.nextEngineId);
  const decoder = new Decoder(vocabulary);
  const taking = { pipeline, metrics, fault, maxInHand: config.maxInHand };
  const orders = new OrderEntry({ decoder, ...taking });
  const credentials = new Credentials(config);
  const http = new HttpEntry({
    orders,
    health,
    metrics,
    requestLimitMs: config.requestLimitMs,
    credentials,
    tls: readTls(config),
    symbols: () => symbols.listed,
    depth: depthOf(config, pipeline),
  });
  const wire = new WireDecoder(vocabulary, symbols, BATCH_LIMIT);
  const frames = new FrameEntry({ wire, ...taking });
  const maxInHand = config.maxInHandPerConnection;
  const onCut = (cause: Cause): void => metrics.cut("orders", cause);
  const { pingEveryMs } = config;
  const taken = { orders, frames, maxInHand, credentials, pingEveryMs, tracer, onCut };
  const webSocket = new WebSocketEntry(http.server, taken);
  const { server: operator } = new OperatorServer({
    metrics,
    orders,
    decoder: new Decoder(vocabulary, OPERATOR_OPS),
    keyDigest: config.operatorKeyDigest,
    secondFactor,
    requestLimitMs: config.requestLimitMs,
    log,
  });
  return { http, webSocket, operator };
}

function readTls({ tlsCertFile, tlsKeyFile }: Config): { cert: Buffer; key: Buffer } | null {
  if (tlsCertFile === null || tlsKeyFile === null) return null;
  try {
    return { cert: readFileSync(tlsCertFile), key: readFileSync(tlsKeyFile) };
  } catch (error) {
    throw new Refusal(
      "TLS_CERT or TLS_KEY can't be read",
      "give files that the engine may read",
      error,
    );
  }
}

function showGauges(metrics: Metrics, pipeline: Pipeline, webSocket: WebSocketEntry): void {
  const inHand = "Orders sent to the core and not answered yet";
  metrics.gauge("engine_orders_in_hand", inHand, () => pipeline.inHand);
  const connections = "Open WebSocket connections";
  metrics.gauge("engine_websocket_connections", connections, () => webSocket.connections);
  metrics.gauge("engine_sequence", "Commands that the core has taken", () => pipeline.sequence);
  const journal =
    "1 while the journal takes orders or there is none, 0 while orders are refused for it";
  metrics.gauge("engine_journal_ok", journal, () =>
    /^(off|fine)$/.test(pipeline.journal) ? 1 : 0,
  );
  const answers = "From an order's coming in to its answer, durable, whichever way it came";
  metrics.durations("engine_order_duration_seconds", answers, pipeline.answers);
  const syncs = "How long the disk took to make a group of commands durable";
  metrics.durations("engine_journal_sync_duration_seconds", syncs, pipeline.syncs);
  const newest = "Commands that the newest snapshot holds: a start repeats those after it";
  metrics.gauge("engine_snapshot_sequence", newest, () => pipeline.snapshots.sequence);
  const lost = "Snapshots that could not be written";
  metrics.counter("engine_snapshot_failures_total", lost, () => pipeline.snapshots.failures);
  const stalled = "For how long no order has been answered though some wait";
  metrics.gauge("engine_stalled_seconds", stalled, () => pipeline.stalledMs / 1000);
}

/** Of those users only who are named: each makes series of its own. */
function showProfits(metrics: Metrics, profits: Profits | null, symbols: SymbolSpec[]): void {
  if (profits === null) return;
  const show = (name: string, help: string, of: (standing: Standing) => number): void =>
    metrics.gauges(name, help, ["user", "symbol"], () =>
      profits.read().map((standing) => ({
        labels: { user: String(standing.user), symbol: symbols[standing.symbol]?.name ?? "" },
        value: of(standing),
      })),
    );
  const since = "from all trades of the journal, or since the start where there is none";
  show("engine_position", `Bought less sold, ${since}`, ({ position }) => position);
  const exposure = "The position at the last trade's price";
  show("engine_exposure", `${exposure}, ${since}`, (standing) => standing.exposure);
  const profit = "Received less paid, and the position at the last trade's price";
  show("engine_profit", `${profit}, ${since}`, (standing) => standing.profit);
}

function drainable(http: HttpEntry, webSocket: WebSocketEntry): Drainable {
  return {
    inHand: () => http.inHand + webSocket.inHand,
    quietMs: () => performance.now() - Math.max(http.lastOrderAt, webSocket.lastOrderAt),
    close: async () => {
      webSocket.close();
      await new Promise((resolve) => http.server.close(resolve));
    },
    cut: () => {
      webSocket.terminate();
      http.server.closeAllConnections();
    },
  };
}

function depthOf(config: Config, pipeline: Pipeline): (symbol: string) => Promise<object | null> {
  return async (name) => {
    const index = config.symbols.findIndex((spec) => spec.name === name);
    return index < 0 ? null : { symbol: name, ...(await pipeline.depth(index)) };
  };
}

async function listen(server: Server, host: string, port: number, name: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, 1024, resolve);
  try {
    await promise;
  } catch (error) {
    const hint = "free it, or choose another address by HOST, PORT and METRICS_PORT";
    throw new Refusal(`can't listen on ${host}:${port} (${name})`, hint, error);
  }
  // A connection that can't be taken, as when no more files may be open, does not end those that are.
  server.on("error", () => {});
  return (server.address() as AddressInfo).port;
}
