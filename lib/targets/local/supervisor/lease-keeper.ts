import type { Holder, Lease } from "../../target.ts";
import type { EventStream } from "./event-stream.ts";
import { LeaseBook } from "./lease-book.ts";
import type { RecordFile } from "./site-record.ts";

/** Timers may fire a little early; the lease's own clock decides. */
const EXPIRY_SLACK_MS = 5;
/** What could not be done when a lease ran out, on a full disk say, is tried again this often. */
const RETRY_MS = 1_000;
/** Node's timers hold no more. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The lease of a site: on disk before it is relied on, and watched until it ends. */
export class LeaseKeeper {
  readonly #book: LeaseBook;
  readonly #record: RecordFile;
  readonly #events: EventStream;
  readonly #onRanOut: (lease: Lease) => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  /** It ran out, and not everything is done yet that must be. */
  #ranOut: Lease | null = null;
  #ending: Promise<void> | null = null;

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

  /**
   * Ends the lease if its time is over: at the start, by the timer, and before the next one is given. Whoever comes
   * while that is being done waits for it.
   */
  async expire(): Promise<void> {
    const lease = this.#book.expire();
    if (lease) {
      this.#events.emit({ kind: "lease", holder: lease.holder.description, how: "ran-out" });
      this.#ranOut = lease;
    }
    try {
      if (this.#ranOut) await this.#end(this.#ranOut);
    } finally {
      this.#arm();
    }
  }

  #end(lease: Lease): Promise<void> {
    this.#ending ??= this.#onRanOut(lease)
      .then(() => {
        this.#ranOut = null;
        return this.#save();
      })
      .finally(() => {
        this.#ending = null;
      });
    return this.#ending;
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
    const untilMs = this.#ranOut ? RETRY_MS : this.#book.untilExpiryMs();
    if (untilMs === null) return;
    const delayMs = Math.min(MAX_TIMER_MS, Math.max(0, untilMs) + EXPIRY_SLACK_MS);
    this.#timer = setTimeout(() => void this.expire().catch(told), delayMs);
    this.#timer.unref();
  }
}

/** Nobody waits for a timer; the supervisor's log is where somebody will look. */
function told(error: unknown): void {
  console.error(new Date().toISOString(), "a lease ran out, and what follows failed", error);
}
