import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** What Redis answers with, as far as a projection asks. */
export type RespValue = string | number | null | RespValue[];

interface Waiting {
  resolve(value: RespValue): void;
  reject(error: Error): void;
}

const ANSWER_LIMIT_MS = 2_000;
const PARTIAL = Symbol("partial");

/**
 * As much of a Redis client as a projection needs: commands in a pipeline, answers in order, an end to waiting. The
 * kept clients are 2 to 12 MB, more than the rest of the engine; this is the whole of the protocol that is spoken here.
 */
export class RespClient {
  readonly #url: URL;
  #socket: Socket | null = null;
  #waiting: Waiting[] = [];
  #received = Buffer.alloc(0);

  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** Sends one command, connecting first when there is no connection. Any failure ends the connection. */
  async send(...args: (string | number)[]): Promise<RespValue> {
    const socket = this.#socket ?? (await this.#connect());
    return this.#ask(socket, args);
  }

  close(): void {
    this.#fail(new Error("closed"));
  }

  async #connect(): Promise<Socket> {
    const { hostname, port, protocol, username, password, pathname } = this.#url;
    const address = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 6379) };
    const socket =
      protocol === "rediss:" ? connectTls({ ...address, servername: hostname }) : connect(address);
    this.#socket = socket;
    this.#received = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on("error", (error) => this.#fail(error, socket));
    socket.on("close", () => this.#fail(new Error("Redis closed the connection"), socket));
    socket.on("data", (data) => this.#receive(data));
    // Written at once, so that nothing else can be asked before them.
    const greetings: Promise<RespValue>[] = [];
    if (password !== "") {
      const user = username === "" ? [] : [decodeURIComponent(username)];
      greetings.push(this.#ask(socket, ["AUTH", ...user, decodeURIComponent(password)]));
    }
    const database = pathname.slice(1);
    if (database !== "") greetings.push(this.#ask(socket, ["SELECT", database]));
    await Promise.all(greetings);
    return socket;
  }

  #ask(socket: Socket, args: (string | number)[]): Promise<RespValue> {
    const { promise, resolve, reject } = Promise.withResolvers<RespValue>();
    const late = setTimeout(() => {
      this.#fail(new Error(`Redis did not answer within ${ANSWER_LIMIT_MS} ms`), socket);
    }, ANSWER_LIMIT_MS);
    promise.then(
      () => clearTimeout(late),
      () => clearTimeout(late),
    );
    this.#waiting.push({ resolve, reject });
    socket.write(encode(args));
    return promise;
  }

  #receive(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    const reader = new Reader(this.#received);
    for (;;) {
      const value = reader.next();
      if (value === PARTIAL) break;
      const waiting = this.#waiting.shift();
      if (value instanceof Error) waiting?.reject(value);
      else waiting?.resolve(value);
    }
    this.#received = this.#received.subarray(reader.done);
  }

  #fail(error: Error, socket = this.#socket): void {
    socket?.destroy();
    if (socket !== this.#socket) return;
    this.#socket = null;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/** A command on the wire: an array of byte strings. */
export function encode(args: readonly (string | number)[]): string {
  const parts = args.map((arg) => `$${Buffer.byteLength(String(arg))}\r\n${arg}\r\n`);
  return `*${args.length}\r\n${parts.join("")}`;
}

/** Takes whole answers out of what has come in so far. */
export class Reader {
  /** Bytes of whole answers. */
  done = 0;
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  next(): RespValue | Error | typeof PARTIAL {
    this.#at = this.done;
    const value = this.#value();
    if (value !== PARTIAL) this.done = this.#at;
    return value;
  }

  #value(): RespValue | Error | typeof PARTIAL {
    const line = this.#line();
    if (line === null) return PARTIAL;
    const rest = line.slice(1);
    switch (line[0]) {
      case "+":
        return rest;
      case "-":
        return new Error(rest);
      case ":":
        return Number(rest);
      case "$":
        return this.#text(Number(rest));
      case "*":
        return this.#list(Number(rest));
      default:
        return new Error(`no answer of Redis begins with ${JSON.stringify(line[0] ?? "")}`);
    }
  }

  #line(): string | null {
    const end = this.#bytes.indexOf("\r\n", this.#at);
    if (end < 0) return null;
    const line = this.#bytes.toString("latin1", this.#at, end);
    this.#at = end + 2;
    return line;
  }

  #text(length: number): string | null | typeof PARTIAL {
    if (length < 0) return null;
    const end = this.#at + length;
    if (end + 2 > this.#bytes.length) return PARTIAL;
    const text = this.#bytes.toString("utf8", this.#at, end);
    this.#at = end + 2;
    return text;
  }

  #list(length: number): RespValue | Error | typeof PARTIAL {
    const values: RespValue[] = [];
    for (let at = 0; at < length; at += 1) {
      const value = this.#value();
      if (value === PARTIAL || value instanceof Error) return value;
      values.push(value);
    }
    return values;
  }
}
