import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Health } from "../health.ts";
import type { Metrics } from "../metrics.ts";
import { BATCH_LIMIT, type BatchResult, gather } from "./batch.ts";
import type { Credentials } from "./credentials.ts";
import { answerClientErrors } from "./cuts.ts";
import { parseJson, readBody } from "./http-body.ts";
import { type Answer, type OrderEntry, refuse } from "./order-entry.ts";
import { notAllowed, notFound, type RequestRefusal, writeRefusal } from "./request-refusal.ts";
import type { Session } from "./session.ts";

// An import of node:http would load its WebSocket client as well, which costs a tenth of the start.
const { createServer } = process.getBuiltinModule("node:http");

const ORDER_LIMIT_BYTES = 16 * 1024;
const BATCH_LIMIT_BYTES = 1024 * 1024;

export interface HttpEntryOptions {
  orders: OrderEntry;
  health: Health;
  metrics: Metrics;
  requestLimitMs: number;
  credentials: Credentials;
  /** Certificate and key; null serves without TLS. */
  tls: { cert: Buffer; key: Buffer } | null;
  symbols(): readonly object[];
  depth(symbol: string): Promise<object | null>;
}

type Finish = (code: number, body: object) => void;

/**
 * Order entry by HTTP. Plain node:http and a switch: a router's and a schema compiler's cost per request would
 * be larger than all that the engine does for an order.
 */
export class HttpEntry {
  readonly server: Server;
  /** Requests that are not over yet. */
  inHand = 0;
  lastOrderAt = 0;
  readonly #options: HttpEntryOptions;

  constructor(options: HttpEntryOptions) {
    this.#options = options;
    // A client that sends its head or body drop by drop is cut off by these.
    const limits = {
      headersTimeout: options.requestLimitMs,
      requestTimeout: options.requestLimitMs,
      connectionsCheckingInterval: Math.min(1_000, options.requestLimitMs),
      keepAliveTimeout: 75_000,
    };
    const serve = (request: IncomingMessage, response: ServerResponse): void =>
      this.#route(request, response);
    this.server =
      options.tls === null
        ? createServer(limits, serve)
        : process
            .getBuiltinModule("node:https")
            .createServer(
              { ...limits, ...options.tls, handshakeTimeout: options.requestLimitMs },
              serve,
            );
    this.server.maxRequestsPerSocket = 0;
    answerClientErrors(this.server, (cause) => options.metrics.cut("orders", cause));
  }

  readonly #closed = (): void => {
    this.inHand -= 1;
  };

  #route(request: IncomingMessage, response: ServerResponse): void {
    const { method = "", url = "/" } = request;
    const end = url.indexOf("?");
    const path = end < 0 ? url : url.slice(0, end);
    this.inHand += 1;
    // Not when the answer is written: a client that leaves in the middle gets none.
    response.once("close", this.#closed);
    if (path === "/orders") {
      if (method === "POST") this.#single(request, response);
      else this.#refuse(response, notAllowed("POST"));
    } else if (path === "/orders/batch") {
      if (method === "POST") this.#batch(request, response);
      else this.#refuse(response, notAllowed("POST"));
    } else if (path.startsWith("/orders/")) {
      const id = path.slice("/orders/".length);
      if (method === "DELETE") this.#cancel(id, request, response);
      else if (method === "PATCH") this.#amend(id, request, response);
      else this.#refuse(response, notAllowed("DELETE, PATCH"));
    } else if (method === "GET" || method === "HEAD") {
      this.#read(path, response);
    } else {
      this.#refuse(response, notAllowed("GET"));
    }
  }

  #read(path: string, response: ServerResponse): void {
    if (path === "/symbols") {
      this.#write(response, 200, { symbols: this.#options.symbols() });
      return;
    }
    if (path.startsWith("/depth/")) {
      void this.#depth(path.slice("/depth/".length), response);
      return;
    }
    const report = this.#options.health.report(path);
    if (report === null) this.#refuse(response, notFound(`no ${path}`));
    else if (report instanceof Promise) {
      void report.then(({ code, body }) => this.#write(response, code, body));
    } else this.#write(response, report.code, report.body);
  }

  #single(request: IncomingMessage, response: ServerResponse): void {
    const finish = this.#begin(response);
    readBody(request, ORDER_LIMIT_BYTES, (text) => {
      if (text === null) return this.#tooLarge(ORDER_LIMIT_BYTES, finish);
      this.#submit(request, parseJson(text), "new", finish);
    });
  }

  #cancel(id: string, request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    this.#submit(request, { id: numeric(id) }, "cancel", this.#begin(response));
  }

  #amend(id: string, request: IncomingMessage, response: ServerResponse): void {
    const finish = this.#begin(response);
    readBody(request, ORDER_LIMIT_BYTES, (text) => {
      if (text === null) return this.#tooLarge(ORDER_LIMIT_BYTES, finish);
      const body = parseJson(text);
      const wanted = typeof body === "object" && body !== null ? body : {};
      const op = "price" in wanted ? "move" : "reduce";
      this.#submit(request, { ...wanted, id: numeric(id) }, op, finish);
    });
  }

  #submit(request: IncomingMessage, value: unknown, op: string, finish: Finish): void {
    this.#admitted(request, (session) => {
      const reply = ({ code, body }: Answer): void => finish(code, body);
      this.#options.orders.submitJson(value, op, "http", reply, session);
    });
  }

  /** At once when the connection is known, as nearly always. */
  #admitted(request: IncomingMessage, then: (session: Session) => void): void {
    const session = this.#options.credentials.session(request);
    if (session instanceof Promise) void session.then(then);
    else then(session);
  }

  #batch(request: IncomingMessage, response: ServerResponse): void {
    const finish = this.#begin(response);
    readBody(request, BATCH_LIMIT_BYTES, (text) => {
      if (text === null) return this.#tooLarge(BATCH_LIMIT_BYTES, finish);
      const commands = parseJson(text);
      if (!Array.isArray(commands) || commands.length === 0 || commands.length > BATCH_LIMIT) {
        const message = `a batch is a JSON array of 1 to ${BATCH_LIMIT} commands`;
        return this.#malformed(400, message, finish);
      }
      const { orders } = this.#options;
      this.#admitted(request, (session) => {
        gather(
          commands.length,
          (at, reply) => orders.submitJson(commands[at], "new", "http", reply, session),
          (results) => finish(batchCode(results), { results }),
        );
      });
    });
  }

  #tooLarge(limitBytes: number, finish: Finish): void {
    this.#malformed(413, `the body is larger than ${limitBytes} bytes`, finish);
  }

  /** No command was found in it, and it counts as one that was refused. */
  #malformed(code: number, message: string, finish: Finish): void {
    this.#options.metrics.order("http", code, "malformed");
    finish(code, refuse("malformed", message).body);
  }

  async #depth(symbol: string, response: ServerResponse): Promise<void> {
    const depth = await this.#options.depth(symbol);
    if (depth !== null) return this.#write(response, 200, depth);
    const message = `no symbol ${symbol}`;
    this.#refuse(response, { code: 404, reason: "unknown-symbol", message });
  }

  /** Starts the clock of an order-entry request; the result writes its answer and counts it. */
  #begin(response: ServerResponse): Finish {
    const startedAt = performance.now();
    this.lastOrderAt = startedAt;
    return (code, body) => {
      this.#write(response, code, body);
      this.#options.metrics.request(code, (performance.now() - startedAt) / 1000);
    };
  }

  #refuse(response: ServerResponse, refusal: RequestRefusal): void {
    if (this.#options.health.draining) response.shouldKeepAlive = false;
    this.#options.metrics.refusedRequest("orders", refusal.reason);
    writeRefusal(response, refusal);
  }

  #write(response: ServerResponse, code: number, body: object): void {
    const text = JSON.stringify(body);
    // An unread body would be taken for the next request, so the connection ends with this answer.
    if (this.#options.health.draining || code === 413) response.shouldKeepAlive = false;
    response.writeHead(code, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  }
}

/** A batch is our fault if any of its commands failed by our fault; refusals are told one by one. */
function batchCode(results: readonly BatchResult[]): number {
  return results.reduce(
    (code, result) => Math.max(code, result.code >= 500 ? result.code : 200),
    200,
  );
}

/** An id in a path is text; one that is no number is left for the decoder to name. */
function numeric(id: string): number | string {
  return /^\d{1,16}$/.test(id) ? Number(id) : id;
}
