import type { Server } from "node:http";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { BATCH_LIMIT, type BatchResult, gather } from "./batch.ts";
import { parseJson } from "./http-body.ts";
import { type OrderEntry, refuse } from "./order-entry.ts";
import { COMMAND_BYTES, encodeResults, type WireDecoder } from "./wire.ts";

const FRAME_LIMIT_BYTES = 256 * 1024;
/** A reader this far behind is cut off; its answers would fill the engine's memory. */
const UNREAD_LIMIT_BYTES = 4 * 1024 * 1024;
const PING_EVERY_MS = 15_000;

/** Order entry by WebSocket: JSON commands, one or an array of them, or frames of binary ones; answered in kind. */
export class WebSocketEntry {
  inHand = 0;
  lastOrderAt = 0;
  readonly #server: WebSocketServer;
  readonly #orders: OrderEntry;
  readonly #wire: WireDecoder;
  readonly #heard = new WeakSet<WebSocket>();
  readonly #pinging: NodeJS.Timeout;

  constructor(http: Server, orders: OrderEntry, wire: WireDecoder) {
    this.#orders = orders;
    this.#wire = wire;
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
      this.lastOrderAt = performance.now();
      if (isBinary) this.#binary(socket, viewOf(data));
      else this.#message(socket, parseJson(data.toString()));
    });
  }

  #message(socket: WebSocket, value: unknown): void {
    const commands = Array.isArray(value) ? value : [value];
    if (commands.length === 0 || commands.length > BATCH_LIMIT) {
      const message = `accepted are 1 to ${BATCH_LIMIT} commands in a message`;
      this.#send(socket, JSON.stringify({ code: 400, ...refuse("malformed", message).body }));
      return;
    }
    this.inHand += 1;
    gather(
      commands.length,
      (at, reply) => this.#orders.submitJson(commands[at], "new", "ws", reply),
      (results) => {
        this.inHand -= 1;
        const answers = results.map((result, index) => withReference(result, commands[index]));
        this.#send(socket, JSON.stringify(Array.isArray(value) ? answers : answers[0]));
      },
    );
  }

  /** A frame of fixed-size commands. One that is not cut right can't be answered command by command. */
  #binary(socket: WebSocket, frame: DataView): void {
    const count = frame.byteLength / COMMAND_BYTES;
    if (!Number.isInteger(count) || count === 0 || count > BATCH_LIMIT) {
      socket.close(1007, `a frame is 1 to ${BATCH_LIMIT} commands of ${COMMAND_BYTES} bytes`);
      return;
    }
    this.inHand += 1;
    gather(
      count,
      (at, reply) =>
        this.#orders.submit(this.#wire.decode(frame, at * COMMAND_BYTES), "ws-binary", reply),
      (results) => {
        this.inHand -= 1;
        this.#send(socket, encodeResults(results));
      },
    );
  }

  #send(socket: WebSocket, answer: string | Uint8Array): void {
    if (socket.bufferedAmount > UNREAD_LIMIT_BYTES) {
      socket.terminate();
      return;
    }
    if (socket.readyState === socket.OPEN) socket.send(answer);
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

function viewOf(data: RawData): DataView {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
  if (bytes instanceof ArrayBuffer) return new DataView(bytes);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
