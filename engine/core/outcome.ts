import type { Listener, Reason } from "./command.ts";

export interface Fill {
  maker: number;
  price: number;
  qty: number;
}

/** What became of one command. */
export interface Outcome {
  id: number;
  status: Status;
  filled: number;
  /** What was taken off by a cancel or a reduce, or the part of an order that was not to rest. */
  canceled: number;
  fills: Fill[];
  reason?: Reason;
}

/** `accepted` is an order that now rests, all of it or what is left. */
export type Status = "accepted" | "filled" | "canceled" | "reduced" | "moved" | "rejected";

/** Collects the events of one command after the other into outcomes. */
export class OutcomeCollector implements Listener {
  #outcome: Outcome = blank(0);
  #quantity = 0;

  /** The result is filled in by the events until `end`. */
  begin(id: number, quantity: number): Outcome {
    this.#outcome = blank(id);
    this.#quantity = quantity;
    return this.#outcome;
  }

  end(): void {
    const outcome = this.#outcome;
    if (this.#quantity > 0 && outcome.filled === this.#quantity) outcome.status = "filled";
  }

  accepted(): void {
    this.#outcome.status = "accepted";
  }

  rejected(_id: number, reason: Reason): void {
    this.#outcome.status = "rejected";
    this.#outcome.reason = reason;
  }

  trade(_taker: number, maker: number, price: number, qty: number): void {
    this.#outcome.filled += qty;
    this.#outcome.fills.push({ maker, price, qty });
  }

  canceled(_id: number, qty: number): void {
    this.#outcome.status = "canceled";
    this.#outcome.canceled += qty;
  }

  reduced(_id: number, qty: number): void {
    this.#outcome.status = "reduced";
    this.#outcome.canceled = qty;
  }

  moved(): void {
    this.#outcome.status = "moved";
  }
}

function blank(id: number): Outcome {
  return { id, status: "accepted", filled: 0, canceled: 0, fills: [] };
}
