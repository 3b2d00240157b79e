import type { WebSocket } from "ws";

/** Finds peers that vanished without a word: they do not answer pings. */
export class Heartbeat {
  readonly #heard = new WeakSet<WebSocket>();

  watch(socket: WebSocket): void {
    this.#heard.add(socket);
    socket.on("pong", () => this.#heard.add(socket));
  }

  /** Beats on and on. What came in while this process had no CPU is heard before anybody is ended for his silence. */
  every(beatMs: number, sockets: Iterable<WebSocket>, onSilent: () => void): NodeJS.Timeout {
    return setInterval(() => setImmediate(() => this.#beat(sockets, onSilent)), beatMs);
  }

  /** Ends those of whom nothing was heard since the beat before, and asks the others. */
  #beat(sockets: Iterable<WebSocket>, onSilent: () => void): void {
    for (const socket of sockets) {
      if (!this.#heard.has(socket)) {
        onSilent();
        socket.terminate();
      }
      this.#heard.delete(socket);
      socket.ping();
    }
  }
}
