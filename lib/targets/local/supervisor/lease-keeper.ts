import type { Holder, Lease } from "../../target.ts";
import type { EventStream } from "./event-stream.ts";
import { LeaseBook } from "./lease-book.ts";
import type { RecordFile } from "./site-record.ts";

/** Timers may fire a little early; the lease's own clock decides. */
const EXPIRY_SLACK_MS = 5;
/** Node's timers hold no more. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The lease of a site: on disk before it is relied on, and watched until it ends. */
export class LeaseKeeper {
  readonly #book: LeaseBook;
  readonly #record: RecordFile;
  readonly #events: EventStream;
  readonly #onRanOut: (lease: Lease) => Promise<void>;
  #timer: NodeJS.Timeout | undefined;

  /** `onRanOut` does what must be done before anybody else may take the lease. */
  constructor(record: RecordFile, events: EventStream, onRanOut: (lease: Lease) => Promise<void>) {
    const { lease, lastToken } = record.record;
    this.#book = new LeaseBook(lease, lastToken);
    this.#record = record;
    this.#events = events;
    this.#onRanOut = onRanOut;
  }

  get lease(): Lease | null {
    return this.#book.lease;
  }

  /** Fires when the lease that is held now has ended in whatever way. */
  get ended(): AbortSignal {
    return this.#book.ended;
  }

  /** Throws `lease-lost` when `token` is not the one that holds. */
  check(token: number): void {
    this.#book.check(token);
  }

  async acquire(holder: Holder, leaseMs: number): Promise<Lease> {
    await this.expire();
    const lease = this.#book.acquire(holder, leaseMs);
    this.#events.emit({ kind: "lease", holder: holder.description, how: "acquired" });
    await this.#save();
    return lease;
  }

  async renew(token: number, leaseMs: number): Promise<Lease> {
    const lease = this.#book.renew(token, leaseMs);
    await this.#save();
    return lease;
  }

  async giveBack(token: number): Promise<void> {
    this.#book.giveBack(token);
    this.#events.emit({ kind: "lease", holder: null, how: "given-back" });
    await this.#save();
  }

  /** Ends the lease if its time is over: at the start, by the timer, and before the next one is given. */
  async expire(): Promise<void> {
    const lease = this.#book.expire();
    if (lease) {
      this.#events.emit({ kind: "lease", holder: lease.holder.description, how: "ran-out" });
      await this.#onRanOut(lease);
      await this.#save();
    }
    this.#arm();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #save(): Promise<void> {
    this.#arm();
    await this.#record.change({ lease: this.#book.lease, lastToken: this.#book.lastToken });
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const untilMs = this.#book.untilExpiryMs();
    if (untilMs === null) return;
    const delayMs = Math.min(MAX_TIMER_MS, Math.max(0, untilMs) + EXPIRY_SLACK_MS);
    this.#timer = setTimeout(() => void this.expire(), delayMs);
    this.#timer.unref();
  }
}
