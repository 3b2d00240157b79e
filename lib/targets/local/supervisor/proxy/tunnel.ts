import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { FrameCursor } from "./frame-cursor.ts";

const GOING_AWAY = 1001;
/** For a client to answer our close before its connection is cut. */
const GOODBYE_MS = 1_000;

/** An upgraded connection: bytes go through as they are. */
export class Tunnel {
  readonly #client: Duplex;
  readonly #upstream: Socket;
  readonly #cursor = new FrameCursor();

  constructor(client: Duplex, upstream: Socket) {
    this.#client = client;
    this.#upstream = upstream;
    upstream.on("data", (chunk: Buffer) => this.#cursor.pass(chunk));
    upstream.once("close", () => this.#letClientGo());
  }

  /** Closes with 1001, which tells a client to connect again, if it can be said at this point. */
  goAway(): void {
    this.#upstream.unpipe(this.#client);
    if (this.#cursor.isBetweenFrames && this.#client.writable)
      this.#client.write(Buffer.from([0x88, 2, GOING_AWAY >> 8, GOING_AWAY & 0xff]));
    this.#upstream.destroy();
  }

  /** Nobody reads from it any more, so its own end would never be seen. */
  #letClientGo(): void {
    const client = this.#client;
    client.end();
    client.resume();
    const late = setTimeout(() => client.destroy(), GOODBYE_MS);
    client.once("close", () => clearTimeout(late));
    if (client.destroyed) clearTimeout(late);
  }
}
