import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { parseJson } from "./http-body.ts";
import { type BatchResult, submitAll } from "./http-entry.ts";
import { type OrderEntry, refuse } from "./order-entry.ts";

const FRAME_LIMIT_BYTES = 256 * 1024;
const BATCH_LIMIT = 1000;
/** A reader this far behind is cut off; its answers would fill the engine's memory. */
const UNREAD_LIMIT_BYTES = 4 * 1024 * 1024;
const PING_EVERY_MS = 15_000;

/** Order entry by WebSocket: one JSON command or an array of them per message, answered in kind. */
export class WebSocketEntry {
  inHand = 0;
  readonly #server: WebSocketServer;
  readonly #orders: OrderEntry;
  readonly #heard = new WeakSet<WebSocket>();
  readonly #pinging: NodeJS.Timeout;

  constructor(http: Server, orders: OrderEntry) {
    this.#orders = orders;
    this.#server = new WebSocketServer({
      server: http,
      path: "/ws",
      maxPayload: FRAME_LIMIT_BYTES,
      perMessageDeflate: false,
    });
    // The HTTP server's errors come out here too; whoever listens on that one deals with them.
    this.#server.on("error", () => {});
    this.#server.on("connection", (socket) => this.#serve(socket));
    this.#pinging = setInterval(() => this.#ping(), PING_EVERY_MS).unref();
  }

  get connections(): number {
    return this.#server.clients.size;
  }

  /** Says goodbye; the clients close their side. */
  close(): void {
    clearInterval(this.#pinging);
    for (const socket of this.#server.clients) socket.close(1001, "going away");
    this.#server.close();
  }

  terminate(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  #serve(socket: WebSocket): void {
    this.#heard.add(socket);
    socket.on("pong", () => this.#heard.add(socket));
    // ws closes the connection itself, with the matching code; without a listener it would throw.
    socket.on("error", () => {});
    socket.on("message", (data, isBinary) => {
      if (isBinary) return socket.close(1003, "text only");
      this.#message(socket, parseJson(data.toString()));
    });
  }

  #message(socket: WebSocket, value: unknown): void {
    const commands = Array.isArray(value) ? value : [value];
    if (commands.length === 0 || commands.length > BATCH_LIMIT) {
      const message = `accepted are 1 to ${BATCH_LIMIT} commands in a message`;
      this.#send(socket, { code: 400, ...refuse("malformed", message).body });
      return;
    }
    this.inHand += 1;
    submitAll(this.#orders, commands, "ws", (results) => {
      this.inHand -= 1;
      const answers = results.map((result, index) => withReference(result, commands[index]));
      this.#send(socket, Array.isArray(value) ? answers : (answers[0] ?? {}));
    });
  }

  #send(socket: WebSocket, answer: object): void {
    if (socket.bufferedAmount > UNREAD_LIMIT_BYTES) {
      socket.terminate();
      return;
    }
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(answer));
  }

  /** A peer that vanished without a word does not answer pings. */
  #ping(): void {
    for (const socket of this.#server.clients) {
      if (!this.#heard.has(socket)) socket.terminate();
      this.#heard.delete(socket);
      socket.ping();
    }
  }
}

/** `ref` is the client's own mark on a command; it comes back with the answer. */
function withReference(result: BatchResult, command: unknown): object {
  const ref =
    typeof command === "object" && command !== null && "ref" in command ? command.ref : undefined;
  return typeof ref === "string" || typeof ref === "number" ? { ref, ...result } : result;
}
