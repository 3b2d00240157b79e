import type { AddressInfo } from "node:net";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type WebSocket, WebSocketServer } from "ws";
import type { MarketFeed } from "../config.ts";
import { pinThisThread } from "../os/affinity.ts";
import { Channel, type ChannelBuffers } from "../pipeline/channel.ts";
import { Ring } from "../pipeline/ring.ts";
import { type Client, Conflation } from "./conflation.ts";
import { LiveSource, type MarketSource, openSource } from "./sources.ts";
import { readRequest } from "./subscribe.ts";

export interface MarketWorkerOptions {
  buffers: ChannelBuffers;
  host: string;
  port: number;
  symbols: string[];
  feed: MarketFeed;
  cpus: number[];
  /** How many clients there are, for metrics. */
  clients: SharedArrayBuffer;
}

export type MarketNote = { port: number } | { refused: string };

const POLL_MS = 5;
const REQUEST_LIMIT_BYTES = 4_096;
/** What a client may leave unread before it gets no more until it has read. */
const BEHIND_BYTES = 256 * 1024;
const PING_EVERY_MS = 15_000;

/** Serves market data in a thread of its own, so that a thousand who look on cost the order path nothing. */
class MarketServer {
  readonly #options: MarketWorkerOptions;
  readonly #conflation: Conflation;
  readonly #source: MarketSource;
  readonly #clients: Int32Array;
  readonly #heard = new WeakSet<WebSocket>();

  constructor(port: MessagePort, options: MarketWorkerOptions) {
    pinThisThread(options.cpus);
    this.#options = options;
    this.#conflation = new Conflation(options.symbols);
    this.#clients = new Int32Array(options.clients);
    this.#source = openSource(options.feed, options.symbols.length, () => {
      const { market } = options.buffers;
      if (market === null) throw new Error("the core tells no market data");
      return new LiveSource(new Ring(market), new Channel(options.buffers));
    });
    const server = new WebSocketServer({
      host: options.host,
      port: options.port,
      path: "/market",
      maxPayload: REQUEST_LIMIT_BYTES,
      perMessageDeflate: false,
    });
    server.on("connection", (socket) => this.#serve(socket));
    server.on("error", (error) => port.postMessage({ refused: error.message }));
    server.on("listening", () =>
      port.postMessage({ port: (server.address() as AddressInfo).port }),
    );
    setInterval(() => this.#tick(), POLL_MS);
    setInterval(() => this.#ping(server), PING_EVERY_MS);
    port.once("message", () => {
      for (const socket of server.clients) socket.close(1001, "going away");
      server.close();
      setImmediate(() => process.exit());
    });
  }

  #tick(): void {
    const now = performance.now();
    this.#source.poll(now, this.#conflation);
    this.#conflation.flush(now);
    Atomics.store(this.#clients, 0, this.#conflation.clients);
  }

  #serve(socket: WebSocket): void {
    const client: Client = {
      send: (message) => socket.send(JSON.stringify(message)),
      isBehind: () => socket.readyState !== socket.OPEN || socket.bufferedAmount > BEHIND_BYTES,
    };
    this.#heard.add(socket);
    socket.on("pong", () => this.#heard.add(socket));
    socket.on("error", () => {});
    socket.on("close", () => this.#conflation.leave(client));
    socket.on("message", (data, isBinary) => {
      const request = readRequest(isBinary ? "" : String(data), this.#options.symbols);
      if ("message" in request) client.send({ type: "rejected", ...request });
      else if (request.op === "subscribe") this.#conflation.subscribe(client, request.subscription);
      else this.#conflation.unsubscribe(client, request.symbol);
    });
  }

  #ping(server: WebSocketServer): void {
    for (const socket of server.clients) {
      if (!this.#heard.has(socket)) socket.terminate();
      this.#heard.delete(socket);
      socket.ping();
    }
  }
}

if (parentPort !== null) new MarketServer(parentPort, workerData as MarketWorkerOptions);
