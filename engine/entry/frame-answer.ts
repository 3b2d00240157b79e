import type { Reason } from "../core/command.ts";
import type { Metrics } from "../metrics.ts";
import type { Waiter } from "../pipeline/waiter.ts";
import { codeOf } from "./reasons.ts";
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

const RESULT_FLOATS = RESULT_BYTES / 8;
const RESULT_SHORTS = RESULT_BYTES / 2;
const RESULT_WORDS = RESULT_BYTES / 4;
const FILL_FLOATS = FILL_BYTES / 8;
const FILLS_AT = HEAD_BYTES / 4 - 1;

/** One answer frame, written in place while its commands' events come: nothing is allocated for a command. */
export class FrameAnswer implements Waiter {
  readonly #count: number;
  readonly #bytes: Uint8Array;
  readonly #floats: Float64Array;
  readonly #words: Uint32Array;
  readonly #shorts: Uint16Array;
  readonly #metrics: Metrics;
  readonly #finish: (frame: Uint8Array) => void;
  /** Three numbers each, of all results, in their order. */
  #fills: number[] = [];
  /** Commands that the core is asked, and the place of the one whose events come. */
  #asked = 0;
  #place = -1;
  /** The quantity of the order whose events come, 0 of any other command. */
  #wanted = 0;
  #isTold = true;
  #refused = 0;

  /** `finish` is called with the whole frame when all is known and durable. */
  constructor(count: number, metrics: Metrics, finish: (frame: Uint8Array) => void) {
    this.#count = count;
    this.#metrics = metrics;
    this.#finish = finish;
    this.#floats = new Float64Array(HEAD_BYTES / 8 + count * RESULT_FLOATS);
    const { buffer } = this.#floats;
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#shorts = new Uint16Array(buffer);
    this.#words[0] = count;
  }

  /** The core is asked to carry out the command at `place`; `wanted` is an order's quantity, 0 for any other. */
  expect(place: number, id: number, wanted: number): void {
    const f = 1 + place * RESULT_FLOATS;
    this.#asked += 1;
    this.#floats[f] = id;
    // Its place until the first event comes.
    this.#floats[f + 1] = wanted;
    this.#setStatus(place, STATUS.pending);
    this.#setCode(place, wanted > 0 ? 201 : 200);
  }

  refuse(place: number, reason: Reason): void {
    const code = codeOf(reason);
    this.#refused += 1;
    this.#metrics.order("ws-binary", code, reason);
    this.#setStatus(place, code === 500 ? STATUS.error : STATUS.rejected);
    this.#bytes[HEAD_BYTES + place * RESULT_BYTES + 25] = reasonNumber(reason);
    this.#setCode(place, code);
  }

  accepted(): void {
    this.#begin();
    this.#setStatus(this.#place, STATUS.accepted);
  }

  rejected(_id: number, reason: Reason): void {
    this.#begin();
    this.refuse(this.#place, reason);
  }

  trade(_taker: number, maker: number, price: number, qty: number): void {
    this.#begin();
    const f = 1 + this.#place * RESULT_FLOATS;
    this.#floats[f + 1] = (this.#floats[f + 1] as number) + qty;
    const w = HEAD_BYTES / 4 + this.#place * RESULT_WORDS;
    this.#words[w + 7] = (this.#words[w + 7] as number) + 1;
    this.#fills.push(maker, price, qty);
  }

  canceled(_id: number, qty: number): void {
    this.#begin();
    const f = 1 + this.#place * RESULT_FLOATS;
    this.#floats[f + 2] = (this.#floats[f + 2] as number) + qty;
    this.#setStatus(this.#place, STATUS.canceled);
  }

  reduced(_id: number, qty: number): void {
    this.#begin();
    this.#floats[1 + this.#place * RESULT_FLOATS + 2] = qty;
    this.#setStatus(this.#place, STATUS.reduced);
  }

  moved(): void {
    this.#begin();
    this.#setStatus(this.#place, STATUS.moved);
  }

  endCommand(): void {
    const filled = this.#floats[1 + this.#place * RESULT_FLOATS + 1] as number;
    if (this.#wanted > 0 && filled === this.#wanted) this.#setStatus(this.#place, STATUS.filled);
    this.#isTold = true;
  }

  /** To be called by whoever asked the core nothing; else the pipeline does. */
  done(isDurable: boolean): void {
    if (!isDurable) this.#lose();
    this.#metrics.carriedOut("ws-binary", this.#count - this.#refused);
    const fills = this.#fills.length / FILL_FLOATS;
    this.#words[FILLS_AT] = fills;
    if (fills === 0) {
      this.#finish(this.#bytes);
      return;
    }
    const frame = new Float64Array(this.#floats.length + this.#fills.length);
    frame.set(this.#floats);
    frame.set(this.#fills, this.#floats.length);
    this.#finish(new Uint8Array(frame.buffer));
  }

  /** Whether the core was asked anything: else nobody will call `done`. */
  get isAwaited(): boolean {
    return this.#asked > 0;
  }

  /** The first event of a command says that the next place is spoken of that was not refused before the core. */
  #begin(): void {
    if (!this.#isTold) return;
    this.#isTold = false;
    let place = this.#place + 1;
    while (this.#bytes[HEAD_BYTES + place * RESULT_BYTES + 24] !== STATUS.pending) place += 1;
    this.#place = place;
    const f = 1 + place * RESULT_FLOATS + 1;
    this.#wanted = this.#floats[f] as number;
    this.#floats[f] = 0;
  }

  /** What the disk holds of this frame is not known, so no command of it is told as carried out. */
  #lose(): void {
    this.#fills = [];
    for (let place = 0; place < this.#count; place += 1) {
      const at = HEAD_BYTES + place * RESULT_BYTES;
      const status = this.#bytes[at + 24] as number;
      if (status === STATUS.rejected || status === STATUS.error) continue;
      this.#bytes.fill(0, at + 8, at + RESULT_BYTES);
      this.refuse(place, "journal-failed");
    }
  }

  #setStatus(place: number, status: number): void {
    this.#bytes[HEAD_BYTES + place * RESULT_BYTES + 24] = status;
  }

  #setCode(place: number, code: number): void {
    this.#shorts[HEAD_BYTES / 2 + place * RESULT_SHORTS + 13] = code;
  }
}
