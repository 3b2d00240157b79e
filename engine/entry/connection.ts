import type { Socket } from "node:net";
import type { RawData, WebSocket } from "ws";
import type { Tracer } from "../trace/tracer.ts";
import { BATCH_LIMIT, type BatchResult, gather } from "./batch.ts";
import type { Credentials } from "./credentials.ts";
import type { Cause } from "./cuts.ts";
import type { FrameEntry } from "./frame-entry.ts";
import { parseJson } from "./http-body.ts";
import type { Answer, OrderEntry } from "./order-entry.ts";
import type { Session } from "./session.ts";
import { COMMAND_BYTES } from "./wire.ts";

/** A reader this far behind is cut off; its answers would fill the engine's memory. */
const UNREAD_LIMIT_BYTES = 4 * 1024 * 1024;

export interface ConnectionOptions {
  orders: OrderEntry;
  frames: FrameEntry;
  /** Commands that one connection may have in hand, so that no flood takes the engine from the others. */
  maxInHand: number;
  credentials: Credentials;
  /** A client that is silent for longer is cut off. */
  pingEveryMs: number;
  /** Follows some of the messages; null follows none. */
  tracer: Pick<Tracer, "message"> | null;
  /** Is told why a connection had to be ended. */
  onCut(cause: Cause): void;
}

/** One WebSocket's orders. */
export class Connection {
  /** Commands not answered yet. */
  inHand = 0;
  readonly #webSocket: WebSocket;
  /** What the WebSocket writes to. */
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #session: Session;
  #isCorked = false;

  constructor(webSocket: WebSocket, socket: Socket, options: ConnectionOptions, session: Session) {
    this.#session = session;
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#options = options;
  }

  receive(data: RawData, isBinary: boolean): void {
    if (isBinary) this.#frame(bytesOf(data));
    else this.#message(parseJson(data.toString()));
  }

  #message(value: unknown): void {
    const commands = Array.isArray(value) ? value : [value];
    if (commands.length === 0 || commands.length > BATCH_LIMIT) {
      const message = `accepted are 1 to ${BATCH_LIMIT} commands in a message`;
      const reply = ({ code, body }: Answer): void => this.#send(JSON.stringify({ code, ...body }));
      this.#options.orders.refuse("malformed", "ws", reply, message);
      return;
    }
    const { orders, tracer } = this.#options;
    const followed = tracer?.message(traceparentOf(commands[0]));
    const isFlood = !this.#take(commands.length);
    gather(
      commands.length,
      (at, reply) => {
        if (isFlood) orders.refuse("too-many-in-hand", "ws", reply);
        else orders.submitJson(commands[at], "new", "ws", reply, this.#session);
      },
      (results) => {
        this.inHand -= commands.length;
        followed?.end("json", commands.length);
        const answers = results.map((result, index) => withReference(result, commands[index]));
        this.#send(JSON.stringify(Array.isArray(value) ? answers : answers[0]));
      },
    );
  }

  /** A frame of fixed-size commands. One that is not cut right can't be answered command by command. */
  #frame(frame: Uint8Array): void {
    const count = frame.length / COMMAND_BYTES;
    if (!Number.isInteger(count) || count === 0 || count > BATCH_LIMIT) {
      const message = `a frame is 1 to ${BATCH_LIMIT} commands of ${COMMAND_BYTES} bytes`;
      this.#options.onCut("malformed");
      this.#webSocket.close(1007, message);
      return;
    }
    const { frames, tracer } = this.#options;
    const followed = tracer?.message(undefined);
    const done = (answer: Uint8Array): void => {
      this.inHand -= count;
      followed?.end("binary", count);
      this.#send(answer);
    };
    if (this.#take(count)) frames.submit(frame, this.#session, done);
    else frames.refuse(frame, "too-many-in-hand", done);
  }

  /** False when this would be more than one connection may have in hand. */
  #take(count: number): boolean {
    const fits = this.inHand + count <= this.#options.maxInHand;
    this.inHand += count;
    return fits;
  }

  #send(answer: string | Uint8Array): void {
    const webSocket = this.#webSocket;
    if (webSocket.readyState !== webSocket.OPEN) return;
    if (webSocket.bufferedAmount > UNREAD_LIMIT_BYTES) {
      this.#options.onCut("unread");
      webSocket.terminate();
      return;
    }
    this.#cork();
    webSocket.send(answer);
  }

  /** All that is answered in one turn of the loop leaves in one write. */
  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#socket.cork();
    process.nextTick(() => {
      this.#isCorked = false;
      this.#socket.uncork();
    });
  }
}

/** `ref` is the client's own mark on a command; it comes back with the answer. */
function withReference(result: BatchResult, command: unknown): object {
  const ref =
    typeof command === "object" && command !== null && "ref" in command ? command.ref : undefined;
  return typeof ref === "string" || typeof ref === "number" ? { ref, ...result } : result;
}

/** Of a message's first command: it is the whole message's. */
function traceparentOf(command: unknown): unknown {
  const isObject = typeof command === "object" && command !== null;
  return isObject && "traceparent" in command ? command.traceparent : undefined;
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
