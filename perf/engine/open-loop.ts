import type { WebSocket } from "ws";

const ACCEPTED = '"code":201';

/** What has come back since the last look. */
export interface Answered {
  acknowledged: number;
  refused: number;
  /** From when each order was due, so that a stall counts for every order that it held up. */
  timesMs: number[];
}

/** Sends orders at a fixed rate for as long as it is told, whatever the engine does, and counts the answers. */
export class OpenLoop {
  readonly #sockets: readonly WebSocket[];
  readonly #perSecond: number;
  readonly #count: number;
  readonly #startedAt = performance.now();
  #sent = 0;
  #answered: Answered = { acknowledged: 0, refused: 0, timesMs: [] };

  constructor(sockets: readonly WebSocket[], perSecond: number, forMs: number) {
    this.#sockets = sockets;
    this.#perSecond = perSecond;
    this.#count = (forMs * perSecond) / 1000;
    for (const socket of sockets) socket.on("message", (data: Buffer) => this.#receive(data));
    this.#sendDue();
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  take(): Answered {
    const answered = this.#answered;
    this.#answered = { acknowledged: 0, refused: 0, timesMs: [] };
    return answered;
  }

  stop(): void {
    this.#sent = this.#count;
    for (const socket of this.#sockets) socket.removeAllListeners("message");
  }

  #sendDue(): void {
    for (; this.#sent < this.#count && this.#dueAt(this.#sent) <= performance.now(); ) {
      this.#sockets[this.#sent % this.#sockets.length]?.send(orderAt(this.#sent));
      this.#sent += 1;
    }
    if (this.#sent < this.#count) setTimeout(() => this.#sendDue(), 1);
  }

  #receive(data: Buffer): void {
    const text = data.toString();
    // The reference is the order's number, since a refusal may overtake the answers before it.
    const ref = Number(/"ref":(\d+)/.exec(text)?.[1]);
    this.#answered.timesMs.push(performance.now() - this.#dueAt(ref));
    if (text.includes(ACCEPTED)) this.#answered.acknowledged += 1;
    else this.#answered.refused += 1;
  }

  #dueAt(order: number): number {
    return this.#startedAt + (order * 1000) / this.#perSecond;
  }
}

/** Half rest for a while and half trade with them. */
function orderAt(at: number): string {
  const side = at % 2 === 0 ? "buy" : "sell";
  const price = 1000 + (at % 7);
  return `{"ref":${at},"user":${1 + (at % 100)},"symbol":"BTC-USD","side":"${side}","price":${price},"qty":1}`;
}
