import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { answerClientErrors, causeOfWebSocket } from "../entry/cuts.ts";
import { Heartbeat } from "../entry/heartbeat.ts";
import { notFound, type RequestRefusal, writeRefusal } from "../entry/request-refusal.ts";
import { takeUpgrades } from "../entry/upgrade.ts";
import type { Client, Conflation } from "./conflation.ts";
import type { MarketFigures } from "./figures.ts";
import { readRequest } from "./subscribe.ts";

const { createServer } = process.getBuiltinModule("node:http");

const PATH = "/market";
const REQUEST_LIMIT_BYTES = 4_096;
/** What a client may leave unread before it gets no more until it has read. */
const BEHIND_BYTES = 256 * 1024;
/** Each subscription costs a snapshot. */
const REQUESTS_PER_SECOND = 50;
const TOO_MANY = {
  reason: "rate-limited",
  message: `accepted are ${REQUESTS_PER_SECOND} requests a second`,
} as const;
const UPGRADE: RequestRefusal = {
  code: 426,
  reason: "upgrade-required",
  message: `market data is a WebSocket at ${PATH}`,
  headers: { upgrade: "websocket" },
};

export interface MarketPortOptions {
  conflation: Conflation;
  symbols: readonly string[];
  figures: MarketFigures;
  requestLimitMs: number;
  pingEveryMs: number;
}

/** Where market data is asked for. Whatever comes in is answered with what it asks for or with a typed refusal, and counted. */
export class MarketPort {
  readonly #options: MarketPortOptions;
  readonly #http: Server;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: REQUEST_LIMIT_BYTES,
    perMessageDeflate: false,
  });
  readonly #heartbeat = new Heartbeat();

  constructor(options: MarketPortOptions) {
    this.#options = options;
    const { figures, requestLimitMs } = options;
    const limits = {
      headersTimeout: requestLimitMs,
      requestTimeout: requestLimitMs,
      connectionsCheckingInterval: Math.min(1_000, requestLimitMs),
    };
    this.#http = createServer(limits, (request, response) => this.#refuse(request, response));
    answerClientErrors(this.#http, (cause) => figures.cut(cause));
    takeUpgrades(this.#http, this.#server, {
      path: PATH,
      elsewhere: UPGRADE.message,
      onCut: (cause) => figures.cut(cause),
      serve: (socket) => this.#serve(socket),
    });
    this.#heartbeat.every(options.pingEveryMs, this.#server.clients, () => figures.cut("silent"));
  }

  /** Resolves with the port that was taken. */
  async listen(host: string, port: number): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#http.once("error", reject);
    this.#http.listen(port, host, resolve);
    await promise;
    // A connection that can't be taken does not end those that are.
    this.#http.on("error", () => {});
    return (this.#http.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.#server.clients) socket.close(1001, "going away");
    this.#server.close();
    this.#http.close();
  }

  #refuse(request: IncomingMessage, response: ServerResponse): void {
    const path = pathOf(request);
    const refusal = path === PATH ? UPGRADE : notFound(`no ${path}; ${UPGRADE.message}`);
    this.#options.figures.refuse(refusal.reason);
    request.resume();
    writeRefusal(response, refusal);
  }

  #serve(socket: WebSocket): void {
    const { conflation, figures } = this.#options;
    const client: Client = {
      send: (message) => socket.send(JSON.stringify(message)),
      isBehind: () => socket.readyState !== socket.OPEN || socket.bufferedAmount > BEHIND_BYTES,
    };
    this.#heartbeat.watch(socket);
    socket.on("error", (error) => {
      const cause = causeOfWebSocket(error);
      if (cause !== null) figures.cut(cause);
    });
    socket.on("close", () => conflation.leave(client));
    const isTooMany = requestsPerSecond();
    socket.on("message", (data, isBinary) => {
      if (socket.bufferedAmount > BEHIND_BYTES) {
        // Who asks on and on and does not read would fill the memory with answers.
        figures.cut("unread");
        socket.terminate();
      } else this.#answer(client, isTooMany() ? null : isBinary ? "" : String(data));
    });
  }

  #answer(client: Client, text: string | null): void {
    const { conflation, symbols, figures } = this.#options;
    const request = text === null ? TOO_MANY : readRequest(text, symbols);
    if ("message" in request) {
      figures.refuse(request.reason);
      client.send({ type: "rejected", ...request });
    } else if (request.op === "subscribe") conflation.subscribe(client, request.subscription);
    else conflation.unsubscribe(client, request.symbol);
  }
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?")[0] ?? "";
}

/** True for the requests of a second that are more than a connection may send. */
function requestsPerSecond(): () => boolean {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(performance.now() / 1000);
    count = now === second ? count + 1 : 1;
    second = now;
    return count > REQUESTS_PER_SECOND;
  };
}
