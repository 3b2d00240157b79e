import { Bell } from "./bell.ts";
import { Ring } from "./ring.ts";

/** How the journal is. Anything but `fine` refuses new orders. */
const JOURNAL_STATE = { fine: 0, full: 1, failed: 2 } as const;
export type JournalState = keyof typeof JOURNAL_STATE;

export interface ChannelBuffers {
  commands: SharedArrayBuffer;
  events: SharedArrayBuffer;
  control: SharedArrayBuffer;
  journaled: boolean;
  /** An answer also waits until its command is in a log elsewhere. */
  replicated: boolean;
  /** A ring of market data; null where nobody wants any. */
  market: SharedArrayBuffer | null;
}

const LINE = 16;
const DURABLE = 0;
const STATE = LINE;
const STOP = 2 * LINE;
const MAIL = 3 * LINE;
const BELLS = 4 * LINE;
const REPLICATED = 7 * LINE;

/**
 * What the gateway, the core and the journal share. The gateway puts commands into one ring, in their final
 * order; the core and the journal read it side by side; the core's events come back in another. Whoever takes a
 * command's last hurdle, being applied and being durable, wakes the gateway.
 */
export class Channel {
  readonly commands: Ring;
  readonly events: Ring;
  readonly gatewayBell: Bell;
  readonly coreBell: Bell;
  readonly journalBell: Bell;
  readonly journaled: boolean;
  readonly #isReplicated: boolean;
  readonly #control: Int32Array;

  static allocate(
    commands: number,
    events: number,
    journaled: boolean,
    market = 0,
    replicated = false,
  ): ChannelBuffers {
    return {
      commands: Ring.allocate(commands),
      events: Ring.allocate(events),
      control: new SharedArrayBuffer(8 * LINE * 4),
      journaled,
      replicated,
      market: market === 0 ? null : Ring.allocate(market),
    };
  }

  constructor(buffers: ChannelBuffers) {
    this.commands = new Ring(buffers.commands);
    this.events = new Ring(buffers.events);
    this.journaled = buffers.journaled;
    this.#isReplicated = buffers.replicated;
    this.#control = new Int32Array(buffers.control);
    this.gatewayBell = new Bell(this.#control, BELLS);
    this.coreBell = new Bell(this.#control, BELLS + LINE);
    this.journalBell = new Bell(this.#control, BELLS + 2 * LINE);
  }

  /** The position before which all commands survive a crash; without a journal, before which they are applied. */
  get durable(): number {
    return this.journaled ? Atomics.load(this.#control, DURABLE) : this.commands.consumed;
  }

  set durable(position: number) {
    Atomics.store(this.#control, DURABLE, position);
  }

  /** The position before which commands may be told to anybody: durable here, and in the log where there is one. */
  get safe(): number {
    const { durable } = this;
    if (!this.#isReplicated) return durable;
    const replicated = Atomics.load(this.#control, REPLICATED);
    return ((replicated - durable) | 0) < 0 ? replicated : durable;
  }

  set replicated(position: number) {
    Atomics.store(this.#control, REPLICATED, position);
    this.gatewayBell.ring();
  }

  get journalState(): JournalState {
    const state = Atomics.load(this.#control, STATE);
    return state === JOURNAL_STATE.fine ? "fine" : state === JOURNAL_STATE.full ? "full" : "failed";
  }

  /** Once failed is failed: threads that say something else at the same moment do not undo it. */
  set journalState(state: JournalState) {
    for (;;) {
      const before = Atomics.load(this.#control, STATE);
      if (before === JOURNAL_STATE.failed) break;
      const next = JOURNAL_STATE[state];
      if (Atomics.compareExchange(this.#control, STATE, before, next) === before) break;
    }
    this.gatewayBell.ring();
  }

  get stopped(): boolean {
    return Atomics.load(this.#control, STOP) !== 0;
  }

  stop(): void {
    Atomics.store(this.#control, STOP, 1);
    this.coreBell.ring();
    this.journalBell.ring();
  }

  /** Letters sent to the core's message port, which it does not look at by itself. */
  get mail(): number {
    return Atomics.load(this.#control, MAIL);
  }

  sendMail(): void {
    Atomics.add(this.#control, MAIL, 1);
    this.coreBell.ring();
  }
}
