import { type Listener, REASONS, type Reason } from "../core/command.ts";
import { RECORD_FLOATS, RECORD_INTS } from "../core/layout.ts";
import type { Ring } from "./ring.ts";

/** Events in a ring: numbers at 0 to 3, then the type, the reason, and whether it is its command's last. */
const TYPE = { accepted: 0, rejected: 1, trade: 2, canceled: 3, reduced: 4, moved: 5 } as const;
const TYPE_INT = 10;
const REASON_INT = 11;
const LAST_INT = 12;
const REASON_INDEX = new Map(REASONS.map((reason, index) => [reason, index]));

/** The core's side. */
export class EventWriter implements Listener {
  readonly #ring: Ring;
  readonly #waitForSpace: () => void;
  #next = 0;
  #space: number;

  /** `waitForSpace` is called when the reader has to catch up, after all so far was published. */
  constructor(ring: Ring, waitForSpace: () => void) {
    this.#ring = ring;
    this.#space = ring.capacity;
    this.#waitForSpace = waitForSpace;
  }

  /** Marks the latest event as the last of its command. */
  endCommand(): void {
    this.#ring.ints[this.#ring.slot(this.#next - 1) * RECORD_INTS + LAST_INT] = 1;
  }

  publish(): void {
    this.#ring.publish(this.#next);
  }

  accepted(id: number): void {
    this.#write(TYPE.accepted, id, 0, 0, 0);
  }

  rejected(id: number, reason: Reason): void {
    const i = this.#write(TYPE.rejected, id, 0, 0, 0);
    this.#ring.ints[i + REASON_INT] = REASON_INDEX.get(reason) ?? 0;
  }

  trade(taker: number, maker: number, price: number, qty: number): void {
    this.#write(TYPE.trade, taker, maker, price, qty);
  }

  canceled(id: number, qty: number): void {
    this.#write(TYPE.canceled, id, qty, 0, 0);
  }

  reduced(id: number, qty: number, remaining: number): void {
    this.#write(TYPE.reduced, id, qty, remaining, 0);
  }

  moved(id: number, price: number): void {
    this.#write(TYPE.moved, id, price, 0, 0);
  }

  #write(type: number, a: number, b: number, c: number, d: number): number {
    const ring = this.#ring;
    if (this.#space === 0) this.#makeSpace();
    this.#space -= 1;
    const slot = ring.slot(this.#next);
    this.#next = (this.#next + 1) | 0;
    const f = slot * RECORD_FLOATS;
    const i = slot * RECORD_INTS;
    ring.floats[f] = a;
    ring.floats[f + 1] = b;
    ring.floats[f + 2] = c;
    ring.floats[f + 3] = d;
    ring.ints[i + TYPE_INT] = type;
    ring.ints[i + LAST_INT] = 0;
    return i;
  }

  #makeSpace(): void {
    const free = (): number => this.#ring.capacity - ((this.#next - this.#ring.consumed) | 0);
    while (free() === 0) {
      this.publish();
      this.#waitForSpace();
    }
    this.#space = free();
  }
}

/** Hands one event to a listener; true when it was the last of its command. */
export function readEvent(ring: Ring, position: number, listener: Listener): boolean {
  const slot = ring.slot(position);
  const f = slot * RECORD_FLOATS;
  const i = slot * RECORD_INTS;
  const { floats, ints } = ring;
  const a = floats[f] as number;
  const b = floats[f + 1] as number;
  switch (ints[i + TYPE_INT]) {
    case TYPE.accepted:
      listener.accepted(a);
      break;
    case TYPE.rejected:
      listener.rejected(a, REASONS[ints[i + REASON_INT] as number] ?? "malformed");
      break;
    case TYPE.trade:
      listener.trade(a, b, floats[f + 2] as number, floats[f + 3] as number);
      break;
    case TYPE.canceled:
      listener.canceled(a, b);
      break;
    case TYPE.reduced:
      listener.reduced(a, b, floats[f + 2] as number);
      break;
    case TYPE.moved:
      listener.moved(a, b);
  }
  return ints[i + LAST_INT] === 1;
}
