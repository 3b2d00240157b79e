import { type Command, type Listener, OP } from "../core/command.ts";
import type { Core } from "../core/core.ts";

export type OrderStatus = "open" | "filled" | "canceled";

/** What a group of commands left of an order. `command` is there when one of them opened it. */
export interface ChangedOrder {
  id: number;
  status: OrderStatus;
  openQty: number;
  /** Of a resting order; a move changes it. */
  price: number | null;
  /** Of the last command that concerned it. */
  sequence: number;
  opened: { command: Command; sequence: number; timeMs: number } | null;
}

export interface Trade {
  sequence: number;
  /** From 0 on within its command: with the sequence it names a trade for ever. */
  ordinal: number;
  symbol: number;
  taker: number;
  maker: number;
  price: number;
  qty: number;
  timeMs: number;
}

/** What a group of commands changed, from one sequence to another. */
export interface Changes {
  from: number;
  to: number;
  orders: ChangedOrder[];
  trades: Trade[];
}

interface Touched {
  wasCanceled: boolean;
  sequence: number;
  opened: ChangedOrder["opened"];
}

/** Applies commands to a replica, and tells what they changed. */
export class ChangeCollector implements Listener {
  readonly #core: Core;
  readonly #touched = new Map<number, Touched>();
  #trades: Trade[] = [];
  #from: number;
  #command: Command | null = null;
  #timeMs = 0;
  #ordinal = 0;
  #symbol = 0;

  constructor(core: Core) {
    this.#core = core;
    this.#from = core.sequence;
  }

  get commands(): number {
    return this.#core.sequence - this.#from;
  }

  apply(command: Command, timeMs: number): void {
    this.#command = command;
    this.#timeMs = timeMs;
    this.#ordinal = 0;
    this.#symbol =
      command.op === OP.new ? command.symbol : (this.#core.symbolOf(command.id) ?? command.symbol);
    this.#core.apply(command, this);
  }

  /** All since the last time. */
  take(): Changes {
    const orders = Array.from(this.#touched, ([id, touched]) => this.#changed(id, touched));
    const changes = { from: this.#from, to: this.#core.sequence, orders, trades: this.#trades };
    this.#touched.clear();
    this.#trades = [];
    this.#from = this.#core.sequence;
    return changes;
  }

  accepted(id: number): void {
    const command = this.#command;
    if (command?.op !== OP.new) return;
    const { sequence } = this.#core;
    this.#touch(id).opened = { command: { ...command }, sequence, timeMs: this.#timeMs };
  }

  rejected(): void {}

  trade(taker: number, maker: number, price: number, qty: number): void {
    this.#touch(taker);
    this.#touch(maker);
    const { sequence } = this.#core;
    const [ordinal, symbol, timeMs] = [this.#ordinal, this.#symbol, this.#timeMs];
    this.#trades.push({ sequence, ordinal, symbol, taker, maker, price, qty, timeMs });
    this.#ordinal += 1;
  }

  canceled(id: number): void {
    this.#touch(id).wasCanceled = true;
  }

  reduced(id: number): void {
    this.#touch(id);
  }

  moved(id: number): void {
    this.#touch(id);
  }

  #touch(id: number): Touched {
    const { sequence } = this.#core;
    const known = this.#touched.get(id);
    if (known !== undefined) {
      known.sequence = sequence;
      return known;
    }
    const touched = { wasCanceled: false, sequence, opened: null };
    this.#touched.set(id, touched);
    return touched;
  }

  #changed(id: number, { wasCanceled, sequence, opened }: Touched): ChangedOrder {
    const resting = this.#core.resting(id);
    const closed = wasCanceled ? "canceled" : "filled";
    const status = resting === null ? closed : "open";
    return {
      id,
      status,
      openQty: resting?.qty ?? 0,
      price: resting?.price ?? null,
      sequence,
      opened,
    };
  }
}
