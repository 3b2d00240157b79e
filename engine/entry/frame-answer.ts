import type { Reason } from "../core/command.ts";
import type { Metrics } from "../metrics.ts";
import type { Waiter } from "../pipeline/waiter.ts";
import { codeOf } from "./reasons.ts";
import { Sheet } from "./sheet.ts";
import { FILL_BYTES, HEAD_BYTES, RESULT_BYTES, reasonNumber, STATUSES } from "./wire.ts";

const STATUS = {
  accepted: STATUSES.indexOf("accepted"),
  filled: STATUSES.indexOf("filled"),
  canceled: STATUSES.indexOf("canceled"),
  reduced: STATUSES.indexOf("reduced"),
  moved: STATUSES.indexOf("moved"),
  rejected: STATUSES.indexOf("rejected"),
  error: STATUSES.indexOf("error"),
  /** Never leaves: what the core has not spoken of yet. */
  pending: 255,
} as const;

/** Where a result's fields are, in bytes from its beginning. */
const FILLED = 8;
const CANCELED = 16;
const STATUS_AT = 24;
const REASON_AT = 25;
const CODE_AT = 26;
const FILL_COUNT = 28;
/** And where a frame has the number of its fills. */
const FILLS = 4;

/** One answer frame, written in place while its commands' events come: nothing is allocated for a command. */
export class FrameAnswer implements Waiter {
  readonly #count: number;
  readonly #sheet: Sheet;
  /** Where on the sheet the frame begins. */
  readonly #from: number;
  readonly #metrics: Metrics;
  readonly #finish: (frame: Uint8Array) => void;
  /** Three numbers each, of all results, in their order. */
  #fills: number[] = [];
  #asked = 0;
  #refused = 0;
  /** The result whose events come. */
  #at: number;
  /** The quantity of the order whose events come, 0 of any other command. */
  #wanted = 0;
  #isTold = true;

  /** `finish` is called with the whole frame when all is known and durable. */
  constructor(count: number, metrics: Metrics, finish: (frame: Uint8Array) => void) {
    this.#count = count;
    this.#metrics = metrics;
    this.#finish = finish;
    this.#sheet = Sheet.for(this.#length);
    this.#from = this.#sheet.take(this.#length);
    this.#at = this.#result(-1);
    this.#sheet.words[this.#from >> 2] = count;
  }

  /** Whether the core was asked anything: else whoever fills this in has to call `done`. */
  get isAwaited(): boolean {
    return this.#asked > 0;
  }

  /** The core is asked to carry out the command at `place`; `wanted` is an order's quantity, 0 for any other. */
  expect(place: number, id: number, wanted: number): void {
    const at = this.#result(place);
    this.#asked += 1;
    this.#sheet.floats[at >> 3] = id;
    // Kept there until the first event comes.
    this.#sheet.floats[(at + FILLED) >> 3] = wanted;
    this.#sheet.bytes[at + STATUS_AT] = STATUS.pending;
    this.#sheet.shorts[(at + CODE_AT) >> 1] = wanted > 0 ? 201 : 200;
  }

  refuse(place: number, reason: Reason): void {
    this.#refuse(this.#result(place), reason);
  }

  accepted(): void {
    this.#begin();
    this.#sheet.bytes[this.#at + STATUS_AT] = STATUS.accepted;
  }

  rejected(_id: number, reason: Reason): void {
    this.#begin();
    this.#refuse(this.#at, reason);
  }

  trade(_taker: number, maker: number, price: number, qty: number): void {
    this.#begin();
    this.#add(FILLED, qty);
    const words = this.#sheet.words;
    const count = (this.#at + FILL_COUNT) >> 2;
    words[count] = (words[count] as number) + 1;
    this.#fills.push(maker, price, qty);
  }

  canceled(_id: number, qty: number): void {
    this.#begin();
    this.#add(CANCELED, qty);
    this.#sheet.bytes[this.#at + STATUS_AT] = STATUS.canceled;
  }

  reduced(_id: number, qty: number): void {
    this.#begin();
    this.#add(CANCELED, qty);
    this.#sheet.bytes[this.#at + STATUS_AT] = STATUS.reduced;
  }

  moved(): void {
    this.#begin();
    this.#sheet.bytes[this.#at + STATUS_AT] = STATUS.moved;
  }

  endCommand(): void {
    this.#isTold = true;
    if (this.#wanted === 0) return;
    const filled = this.#sheet.floats[(this.#at + FILLED) >> 3];
    if (filled === this.#wanted) this.#sheet.bytes[this.#at + STATUS_AT] = STATUS.filled;
  }

  done(isDurable: boolean): void {
    if (!isDurable) this.#lose();
    this.#metrics.carriedOut("ws-binary", this.#count - this.#refused);
    const results = this.#sheet.bytes.subarray(this.#from, this.#from + this.#length);
    this.#sheet.words[(this.#from + FILLS) >> 2] = (this.#fills.length * 8) / FILL_BYTES;
    if (this.#fills.length === 0) {
      this.#finish(results);
      return;
    }
    const fills = new Uint8Array(Float64Array.from(this.#fills).buffer);
    this.#finish(Buffer.concat([results, fills]));
  }

  get #length(): number {
    return HEAD_BYTES + this.#count * RESULT_BYTES;
  }

  #result(place: number): number {
    return this.#from + HEAD_BYTES + place * RESULT_BYTES;
  }

  /** A command's first event speaks of the next result that was not refused before the core. */
  #begin(): void {
    if (!this.#isTold) return;
    this.#isTold = false;
    const { bytes, floats } = this.#sheet;
    let at = this.#at + RESULT_BYTES;
    while (bytes[at + STATUS_AT] !== STATUS.pending) at += RESULT_BYTES;
    this.#at = at;
    this.#wanted = floats[(at + FILLED) >> 3] as number;
    floats[(at + FILLED) >> 3] = 0;
  }

  #add(field: typeof FILLED | typeof CANCELED, qty: number): void {
    const { floats } = this.#sheet;
    const f = (this.#at + field) >> 3;
    floats[f] = (floats[f] as number) + qty;
  }

  #refuse(at: number, reason: Reason): void {
    const code = codeOf(reason);
    this.#refused += 1;
    this.#metrics.order("ws-binary", code, reason);
    this.#sheet.bytes[at + STATUS_AT] = code === 500 ? STATUS.error : STATUS.rejected;
    this.#sheet.bytes[at + REASON_AT] = reasonNumber(reason);
    this.#sheet.shorts[(at + CODE_AT) >> 1] = code;
  }

  /** What the disk holds of this frame is not known, so no command of it is told as carried out. */
  #lose(): void {
    this.#fills = [];
    for (let place = 0; place < this.#count; place += 1) {
      const at = this.#result(place);
      const status = this.#sheet.bytes[at + STATUS_AT];
      if (status === STATUS.rejected || status === STATUS.error) continue;
      this.#sheet.bytes.fill(0, at + FILLED, at + RESULT_BYTES);
      this.#refuse(at, "journal-failed");
    }
  }
}
