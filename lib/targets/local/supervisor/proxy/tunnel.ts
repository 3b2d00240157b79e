import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { FrameCursor } from "./frame-cursor.ts";

const GOING_AWAY = 1001;

/** An upgraded connection: bytes go through as they are. */
export class Tunnel {
  readonly #client: Duplex;
  readonly #upstream: Socket;
  readonly #cursor = new FrameCursor();

  constructor(client: Duplex, upstream: Socket) {
    this.#client = client;
    this.#upstream = upstream;
    upstream.on("data", (chunk: Buffer) => this.#cursor.pass(chunk));
  }

  /** Closes with 1001, which tells a client to connect again, if it can be said at this point. */
  goAway(): void {
    this.#upstream.unpipe(this.#client);
    if (this.#cursor.isBetweenFrames && !this.#client.destroyed)
      this.#client.write(Buffer.from([0x88, 2, GOING_AWAY >> 8, GOING_AWAY & 0xff]));
    this.#client.end();
    this.#upstream.destroy();
  }
}
