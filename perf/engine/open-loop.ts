import type { WebSocket } from "ws";

const ACCEPTED = '"code":201';
/** Orders of one client that came in at the same time. */
const ORDERS_A_MESSAGE = 10;
const MESSAGES_A_TURN = 100;

/** What has come back since the last look. */
export interface Answered {
  acknowledged: number;
  refused: number;
  /** Of each message, from when its last order was due, so that a stall counts for every order that it held up. */
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
    // Who is late may not keep the answers waiting for it.
    for (let sent = 0; sent < MESSAGES_A_TURN && this.#isDue(); sent += 1) this.#send();
    if (this.#sent < this.#count) setTimeout(() => this.#sendDue(), 1);
  }

  #isDue(): boolean {
    return (
      this.#sent < this.#count && this.#dueAt(this.#sent + ORDERS_A_MESSAGE) <= performance.now()
    );
  }

  #send(): void {
    const orders = Array.from({ length: ORDERS_A_MESSAGE }, (_, at) => orderAt(this.#sent + at));
    const socket = this.#sockets[(this.#sent / ORDERS_A_MESSAGE) % this.#sockets.length];
    socket?.send(`[${orders.join(",")}]`);
    this.#sent += ORDERS_A_MESSAGE;
  }

  #receive(data: Buffer): void {
    const text = data.toString();
    // The reference is the first order's number: each message is answered as a whole.
    const first = Number(/"ref":(\d+)/.exec(text)?.[1]);
    this.#answered.timesMs.push(performance.now() - this.#dueAt(first + ORDERS_A_MESSAGE));
    const acknowledged = text.split(ACCEPTED).length - 1;
    this.#answered.acknowledged += acknowledged;
    this.#answered.refused += ORDERS_A_MESSAGE - acknowledged;
  }

  #dueAt(order: number): number {
    return this.#startedAt + (order * 1000) / this.#perSecond;
  }
}

/** Every other order takes the one before it or a better one, so that what rests does not grow. Ids are remembered by the engine. */
function orderAt(at: number): string {
  const side = at % 2 === 0 ? "buy" : "sell";
  const price = 1000 + (Math.floor(at / 2) % 7);
  return `{"ref":${at},"id":${at + 1},"user":${1 + (at % 100)},"symbol":"BTC-USD","side":"${side}","price":${price},"qty":1}`;
}
