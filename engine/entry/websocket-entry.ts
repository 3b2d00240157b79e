import type { Server } from "node:http";
import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { causeOfWebSocket } from "./cuts.ts";
import { Heartbeat } from "./heartbeat.ts";
import { NOBODY, type Session } from "./session.ts";
import { takeUpgrades } from "./upgrade.ts";

const FRAME_LIMIT_BYTES = 256 * 1024;
const PATH = "/ws";

/** Order entry by WebSocket: JSON commands, one or an array of them, or frames of binary ones; answered in kind. */
export class WebSocketEntry {
  lastOrderAt = 0;
  readonly #server: WebSocketServer;
  readonly #options: ConnectionOptions;
  readonly #connections = new Map<WebSocket, Connection>();
  readonly #heartbeat = new Heartbeat();
  readonly #pinging: NodeJS.Timeout;

  constructor(http: Server, options: ConnectionOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: FRAME_LIMIT_BYTES,
      perMessageDeflate: false,
    });
    takeUpgrades(http, this.#server, {
      path: PATH,
      elsewhere: `WebSockets are at ${PATH}`,
      onCut: (cause) => options.onCut(cause),
      serve: (socket, request) => {
        const session = options.credentials.session(request);
        if (session instanceof Promise) this.#wait(socket, request.socket, session);
        else this.#serve(socket, request.socket, session);
      },
    });
    const onSilent = () => options.onCut("silent");
    const { clients } = this.#server;
    this.#pinging = this.#heartbeat.every(options.pingEveryMs, clients, onSilent).unref();
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Commands that somebody still waits for. */
  get inHand(): number {
    let sum = 0;
    for (const connection of this.#connections.values()) sum += connection.inHand;
    return sum;
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

  /** What comes in while a token is verified is kept for then. */
  #wait(socket: WebSocket, raw: Socket, session: Promise<Session>): void {
    socket.pause();
    socket.on("error", () => {});
    void session.then((known) => {
      this.#serve(socket, raw, known);
      socket.resume();
    });
  }

  #serve(socket: WebSocket, raw: Socket, session: Session): void {
    // Nobody's connection is of no use to anybody; the code says why it ends.
    if (session === NOBODY) {
      this.#options.onCut("unauthenticated");
      socket.close(4401, "a valid token or key is needed");
      return;
    }
    const connection = new Connection(socket, raw, this.#options, session);
    this.#connections.set(socket, connection);
    this.#heartbeat.watch(socket);
    socket.on("close", () => this.#connections.delete(socket));
    // ws closes the connection itself, with the matching code.
    socket.on("error", (error) => {
      const cause = causeOfWebSocket(error);
      if (cause !== null) this.#options.onCut(cause);
    });
    socket.on("message", (data, isBinary) => {
      this.lastOrderAt = performance.now();
      connection.receive(data, isBinary);
    });
  }
}
