import { type Listener, type Reason, SILENT } from "../core/command.ts";
import { type Fill, NO_FILLS, type Outcome, type Status } from "../core/outcome.ts";

/** Somebody who waits for a run of commands: is told their events in order, then that the run is over. */
export interface Waiter extends Listener {
  /** All events of the run's current command were told; those of the next one follow. */
  endCommand(): void;
  /** All its commands survive a crash; or what the disk holds of them is not known, since the journal failed. */
  done(isDurable: boolean): void;
}

/** For what nobody waits for. */
export const NOBODY_WAITS: Waiter = {
  ...SILENT,
  endCommand: () => {},
  done: () => {},
};

/** Waits for one command and makes one outcome of its events. */
export class OutcomeWaiter implements Waiter {
  readonly #id: number;
  readonly #qty: number;
  readonly #done: (outcome: Outcome) => void;
  #status: Status = "accepted";
  #filled = 0;
  #canceled = 0;
  #fills: readonly Fill[] = NO_FILLS;
  #reason: Reason | undefined;

  /** An order whose fills come to `qty` is filled; 0 for a command that is no order. */
  constructor(id: number, qty: number, done: (outcome: Outcome) => void) {
    this.#id = id;
    this.#qty = qty;
    this.#done = done;
  }

  accepted(): void {
    this.#status = "accepted";
  }

  rejected(_id: number, reason: Reason): void {
    this.#status = "rejected";
    this.#reason = reason;
  }

  trade(_taker: number, maker: number, price: number, qty: number): void {
    this.#filled += qty;
    const fill = { maker, price, qty };
    if (this.#fills === NO_FILLS) this.#fills = [fill];
    else (this.#fills as Fill[]).push(fill);
  }

  canceled(_id: number, qty: number): void {
    this.#status = "canceled";
    this.#canceled += qty;
  }

  reduced(_id: number, qty: number): void {
    this.#status = "reduced";
    this.#canceled = qty;
  }

  moved(): void {
    this.#status = "moved";
  }

  endCommand(): void {
    if (this.#qty > 0 && this.#filled === this.#qty) this.#status = "filled";
  }

  done(isDurable: boolean): void {
    const id = this.#id;
    if (!isDurable) {
      this.#done({ ...NOT_DURABLE, id });
      return;
    }
    const outcome: Outcome = {
      id,
      status: this.#status,
      filled: this.#filled,
      canceled: this.#canceled,
      fills: this.#fills,
    };
    if (this.#reason !== undefined) outcome.reason = this.#reason;
    this.#done(outcome);
  }
}

const NOT_DURABLE: Outcome = {
  id: 0,
  status: "rejected",
  filled: 0,
  canceled: 0,
  fills: NO_FILLS,
  reason: "journal-failed",
};
