import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Decoder } from "./entry/decode.ts";
import { parseJson, readBody } from "./entry/http-body.ts";
import type { OrderEntry } from "./entry/order-entry.ts";
import type { Metrics } from "./metrics.ts";

// An import of node:http would load its WebSocket client as well, which costs a tenth of the start.
const { createServer } = process.getBuiltinModule("node:http");

const KEY_NEEDED = "the operator's key is needed, as X-API-Key";
const BODY_LIMIT_BYTES = 4096;
/** What an operator may command, by path. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ["/halt", "halt"],
  ["/resume", "resume"],
  ["/deposit", "deposit"],
  ["/limit", "limit"],
  ["/snapshot", "snapshot"],
]);

/** Metrics and the operator's commands, on a port of their own: neither need be reachable where orders are. */
export function createOperatorServer(
  metrics: Metrics,
  orders: OrderEntry,
  decoder: Decoder,
  { keyDigest }: { keyDigest: string | null },
): Server {
  const options = {
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    connectionsCheckingInterval: 1_000,
  };
  return createServer(options, (request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    const op = COMMANDS.get(path);
    if (path === "/metrics") writeMetrics(metrics, response);
    else if (op === undefined) answer(response, 404, { message: "here are /metrics and commands" });
    else if (request.method !== "POST") answer(response, 405, { message: "accepted is POST" });
    else if (!isOperator(request, keyDigest)) {
      answer(response, 401, { status: "rejected", reason: "unauthenticated", message: KEY_NEEDED });
    } else command(orders, decoder, op, request, response);
  });
}

/** Compares digests, so that how long it takes tells nothing of the key. */
function isOperator({ headers }: IncomingMessage, keyDigest: string | null): boolean {
  if (keyDigest === null) return true;
  const given = createHash("sha256")
    .update(String(headers["x-api-key"] ?? ""))
    .digest();
  return timingSafeEqual(given, Buffer.from(keyDigest, "hex"));
}

function command(
  orders: OrderEntry,
  decoder: Decoder,
  op: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  readBody(request, BODY_LIMIT_BYTES, (text) => {
    // An empty body is a command without fields.
    const value = text === "" ? {} : parseJson(text ?? "");
    const fields = typeof value === "object" && value !== null ? { ...value, op } : value;
    orders.submit(decoder.decode(fields, op), "operator", ({ code, body }) => {
      answer(response, code, body);
    });
  });
}

function writeMetrics(metrics: Metrics, response: ServerResponse): void {
  metrics.text().then(
    (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
    (error: unknown) => response.writeHead(500).end(`${String(error)}\n`),
  );
}

function answer(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}
