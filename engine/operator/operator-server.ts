import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { answerClientErrors } from "../entry/cuts.ts";
import type { Decoder } from "../entry/decode.ts";
import { readBody } from "../entry/http-body.ts";
import type { OrderEntry } from "../entry/order-entry.ts";
import {
  notAllowed,
  notFound,
  type RequestRefusal,
  tooLarge,
  writeRefusal,
} from "../entry/request-refusal.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { refusalOfCode } from "./code-refusal.ts";
import {
  OPERATOR_COMMANDS,
  type OperatorCommand,
  type OperatorOp,
  readOperatorCommand,
} from "./operator-command.ts";
import type { SecondFactor } from "./second-factor.ts";

// An import of node:http would load its WebSocket client as well, which costs a tenth of the start.
const { createServer } = process.getBuiltinModule("node:http");

const BODY_LIMIT_BYTES = 4096;
const HEAD_LIMIT_MS = 5_000;
const NO_KEY: RequestRefusal = {
  code: 401,
  reason: "unauthenticated",
  message: "the operator's key is needed, as X-API-Key",
};

export interface OperatorServerOptions {
  metrics: Metrics;
  orders: OrderEntry;
  decoder: Decoder;
  /** SHA-256 of the key that commands need; null needs none. */
  keyDigest: string | null;
  /** Asked for what does harm; null asks nobody. */
  secondFactor: SecondFactor | null;
  requestLimitMs: number;
  log: Log;
}

/** Metrics and the operator's commands, on a port of their own: neither need be reachable where orders are. */
export class OperatorServer {
  readonly server: Server;
  readonly #options: OperatorServerOptions;

  constructor(options: OperatorServerOptions) {
    this.#options = options;
    const { requestLimitMs, metrics } = options;
    const limits = {
      headersTimeout: Math.min(HEAD_LIMIT_MS, requestLimitMs),
      requestTimeout: requestLimitMs,
      connectionsCheckingInterval: Math.min(1_000, requestLimitMs),
    };
    this.server = createServer(limits, (request, response) => this.#route(request, response));
    answerClientErrors(this.server, (cause) => metrics.cut("operator", cause));
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split("?")[0] ?? "";
    const { method } = request;
    if (path === "/metrics") {
      if (method === "GET" || method === "HEAD") this.#writeMetrics(response);
      else this.#refuse(response, notAllowed("GET"));
      return;
    }
    const wanted = OPERATOR_COMMANDS.get(path);
    if (wanted === undefined) {
      const paths = ["/metrics", ...OPERATOR_COMMANDS.keys()].join(", ");
      this.#refuse(response, notFound(`no ${path}; here are ${paths}`));
    } else if (method !== "POST") this.#refuse(response, notAllowed("POST"));
    else if (this.#isOperator(request)) this.#read(wanted, request, response);
    else this.#refuse(response, NO_KEY);
  }

  /** Compares digests, so that how long it takes tells nothing of the key. */
  #isOperator({ headers }: IncomingMessage): boolean {
    const { keyDigest } = this.#options;
    if (keyDigest === null) return true;
    const given = createHash("sha256")
      .update(String(headers["x-api-key"] ?? ""))
      .digest();
    return timingSafeEqual(given, Buffer.from(keyDigest, "hex"));
  }

  #read(wanted: OperatorOp, request: IncomingMessage, response: ServerResponse): void {
    readBody(request, BODY_LIMIT_BYTES, (text) => {
      if (text === null) return this.#refuse(response, tooLarge(BODY_LIMIT_BYTES));
      const command = readOperatorCommand(text, wanted, this.#options.decoder);
      // A command that is wrong costs no code: the next one would have to be waited for.
      const isWhole = "command" in command.decoded;
      const lack = isWhole && wanted.isDangerous ? this.#codeLack(wanted, request) : null;
      if (lack === null) this.#command(wanted, command, request, response);
      else this.#refuse(response, lack);
    });
  }

  #codeLack({ op }: OperatorOp, { headers, socket }: IncomingMessage): RequestRefusal | null {
    const { secondFactor, log } = this.#options;
    if (secondFactor === null) return null;
    const code = headers["x-operator-code"];
    const reason = secondFactor.check(typeof code === "string" ? code : undefined);
    if (reason === null) return null;
    // While it is locked anybody with the key could fill the log.
    if (reason !== "locked") {
      log.warn("operator's code refused", { op, reason, from: socket.remoteAddress });
    }
    return refusalOfCode(reason, secondFactor.lockedSeconds);
  }

  /** Each command leaves a line in the log: who may do harm is to be known later. */
  #command(
    { op }: OperatorOp,
    { fields, decoded }: OperatorCommand,
    { socket }: IncomingMessage,
    response: ServerResponse,
  ): void {
    const { orders, log } = this.#options;
    const from = socket.remoteAddress;
    orders.submit(decoded, "operator", ({ code, body }) => {
      if ("command" in decoded) log.info("operator's command", { op, ...fields, from, code });
      response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  }

  #refuse(response: ServerResponse, refusal: RequestRefusal): void {
    this.#options.metrics.refusedRequest("operator", refusal.reason);
    writeRefusal(response, refusal);
  }

  #writeMetrics(response: ServerResponse): void {
    const { metrics } = this.#options;
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(`${String(error)}\n`),
    );
  }
}
