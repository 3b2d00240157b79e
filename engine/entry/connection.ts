import type { RawData, WebSocket } from "ws";
import { BATCH_LIMIT, type BatchResult, gather } from "./batch.ts";
import type { Credentials } from "./credentials.ts";
import { parseJson } from "./http-body.ts";
import { type Answer, type OrderEntry, refuse } from "./order-entry.ts";
import type { Session } from "./session.ts";
import { COMMAND_BYTES, encodeResults, type WireDecoder } from "./wire.ts";

/** A reader this far behind is cut off; its answers would fill the engine's memory. */
const UNREAD_LIMIT_BYTES = 4 * 1024 * 1024;

export interface ConnectionOptions {
  orders: OrderEntry;
  wire: WireDecoder;
  /** Commands that one connection may have in hand, so that no flood takes the engine from the others. */
  maxInHand: number;
  credentials: Credentials;
}

/** One WebSocket's orders. */
export class Connection {
  /** Commands not answered yet. */
  inHand = 0;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;

  readonly #session: Session;

  constructor(socket: WebSocket, options: ConnectionOptions, session: Session) {
    this.#session = session;
    this.#socket = socket;
    this.#options = options;
  }

  receive(data: RawData, isBinary: boolean): void {
    if (isBinary) this.#frame(viewOf(data));
    else this.#message(parseJson(data.toString()));
  }

  #message(value: unknown): void {
    const commands = Array.isArray(value) ? value : [value];
    if (commands.length === 0 || commands.length > BATCH_LIMIT) {
      const message = `accepted are 1 to ${BATCH_LIMIT} commands in a message`;
      this.#send(JSON.stringify({ code: 400, ...refuse("malformed", message).body }));
      return;
    }
    const { orders } = this.#options;
    const submit = (at: number, reply: Reply): void =>
      orders.submitJson(commands[at], "new", "ws", reply, this.#session);
    this.#take("ws", commands.length, submit, (results) => {
      const answers = results.map((result, index) => withReference(result, commands[index]));
      this.#send(JSON.stringify(Array.isArray(value) ? answers : answers[0]));
    });
  }

  /** A frame of fixed-size commands. One that is not cut right can't be answered command by command. */
  #frame(frame: DataView): void {
    const count = frame.byteLength / COMMAND_BYTES;
    if (!Number.isInteger(count) || count === 0 || count > BATCH_LIMIT) {
      const message = `a frame is 1 to ${BATCH_LIMIT} commands of ${COMMAND_BYTES} bytes`;
      this.#socket.close(1007, message);
      return;
    }
    const { orders, wire } = this.#options;
    const submit = (at: number, reply: Reply): void =>
      orders.submit(
        this.#session.admit(wire.decode(frame, at * COMMAND_BYTES)),
        "ws-binary",
        reply,
      );
    this.#take("ws-binary", count, submit, (results) => this.#send(encodeResults(results)));
  }

  #take(
    entry: "ws" | "ws-binary",
    count: number,
    submit: (at: number, reply: Reply) => void,
    done: (results: BatchResult[]) => void,
  ): void {
    const { orders, maxInHand } = this.#options;
    const isFlood = this.inHand + count > maxInHand;
    const flood = (_at: number, reply: Reply): void =>
      orders.refuse("too-many-in-hand", entry, reply);
    this.inHand += count;
    gather(count, isFlood ? flood : submit, (results) => {
      this.inHand -= count;
      done(results);
    });
  }

  #send(answer: string | Uint8Array): void {
    if (this.#socket.bufferedAmount > UNREAD_LIMIT_BYTES) this.#socket.terminate();
    else if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(answer);
  }
}

type Reply = (answer: Answer) => void;

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
