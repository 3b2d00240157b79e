import type { Counters, LatencyHistogram } from "../../metrics/counters.ts";
import type { Sample } from "../sample.ts";

/**
 * Reads lines of a trace that look just as canary-promote writes them, out of the bytes of a file. Whatever looks
 * different in anything, be it right or wrong, is null: `parseTraceLine` reads that, and says what is wrong with it. A month
 * of seconds has 2.6 million lines, and JSON.parse knows nothing of what they have in common.
 */
export class TraceScanner {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  /** Of each arm, the list of edges that was read last, and its text: it is the same in every line. */
  readonly #edges = { candidate: new Edges(), baseline: new Edges() };

  /** The sample that stands from `from` up to `end`; null when `parseTraceLine` has to look. */
  scan(bytes: Uint8Array, from: number, end: number): Sample | null {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = end;
    const t = this.#after(T) ? this.#number() : NONE;
    const weight = this.#after(WEIGHT) ? this.#number() : NONE;
    if (t < 0 || weight < 0 || weight > 1 || !this.#after(CANDIDATE)) return null;
    const candidate = this.#arm(this.#edges.candidate);
    if (candidate === undefined || !this.#after(BASELINE)) return null;
    const baseline = this.#arm(this.#edges.baseline);
    if (baseline === undefined || !this.#after(CLOSE) || this.#at !== end) return null;
    return { t, weight, candidate, baseline };
  }

  #arm(edges: Edges): Counters | null | undefined {
    if (this.#after(NULL)) return null;
    const requests = this.#after(REQUESTS) ? this.#number() : NONE;
    const errors = this.#after(ERRORS) ? this.#number() : NONE;
    if (requests < 0 || errors < 0) return undefined;
    if (this.#after(CLOSE)) return { requests, errors };
    const latency = this.#after(LE) ? this.#histogram(edges) : undefined;
    return latency && { requests, errors, latency };
  }

  #histogram(edges: Edges): LatencyHistogram | undefined {
    const le = this.#edgeList(edges);
    if (!le || !this.#after(COUNTS)) return undefined;
    const counts = this.#counts();
    if (counts?.length !== le.length + 1) return undefined;
    return this.#after(END_OF_ARM) ? { le, counts } : undefined;
  }

  /** Cumulative and whole, as counts are. */
  #counts(): number[] | undefined {
    const bytes = this.#bytes;
    const end = this.#end;
    const counts: number[] = [];
    let at = this.#at - 1;
    let before = 0;
    do {
      at += 1;
      const from = at;
      let count = 0;
      let byte = bytes[at] as number;
      while (byte >= ZERO && byte <= NINE && at < end) {
        count = count * 10 + (byte - ZERO);
        at += 1;
        byte = bytes[at] as number;
      }
      const digits = at - from;
      if (digits === 0 || digits > MOST_DIGITS || count < before) return undefined;
      if (bytes[from] === ZERO && digits > 1) return undefined;
      counts.push(count);
      before = count;
    } while (bytes[at] === A_COMMA);
    this.#at = at;
    return counts;
  }

  #edgeList(edges: Edges): number[] | undefined {
    if (this.#after(edges.text)) return edges.le;
    const from = this.#at;
    const le: number[] = [];
    do {
      const edge = this.#number();
      if (edge <= (le.at(-1) ?? NONE)) return undefined;
      le.push(edge);
    } while (this.#after(COMMA));
    if (!this.#after(CLOSE_LIST)) return undefined;
    edges.text = this.#bytes.slice(from, this.#at);
    edges.le = le;
    return le;
  }

  /** Goes past `text`, if that is what stands here. */
  #after(text: Uint8Array): boolean {
    const at = this.#at;
    const { length } = text;
    if (length === 0 || at + length > this.#end) return false;
    const bytes = this.#bytes;
    for (let index = 0; index < length; index += 1) {
      if (bytes[at + index] !== text[index]) return false;
    }
    this.#at = at + length;
    return true;
  }

  /**
   * A number that is not negative, has no exponent and at most MOST_DIGITS digits: as an integer and a power of ten, both of
   * which are exact, so that one division rounds it as JSON.parse does. Else NONE.
   */
  #number(): number {
    const bytes = this.#bytes;
    const end = this.#end;
    const from = this.#at;
    let at = from;
    let value = 0;
    let decimals = -1;
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte >= ZERO && byte <= NINE) value = value * 10 + (byte - ZERO);
      else if (byte === POINT && decimals < 0) decimals = at;
      else break;
    }
    const wholeEnd = decimals < 0 ? at : decimals;
    if (wholeEnd === from || at - from > MOST_DIGITS || at === decimals + 1) return NONE;
    if (bytes[from] === ZERO && wholeEnd - from > 1) return NONE;
    this.#at = at;
    return decimals < 0 ? value : value / (POWERS_OF_TEN[at - decimals - 1] as number);
  }
}

class Edges {
  text: Uint8Array = new Uint8Array(0);
  le: number[] = [];
}

/** No number of a sample that is written as usual is negative. */
const NONE = -1;
const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;
const A_COMMA = 0x2c;
/** With a point among them: below 2^53. */
const MOST_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MOST_DIGITS + 1 }, (_, index) => 10 ** index);

const encoder = new TextEncoder();
const T = encoder.encode('{"t":');
const WEIGHT = encoder.encode(',"weight":');
const CANDIDATE = encoder.encode(',"candidate":');
const BASELINE = encoder.encode(',"baseline":');
const REQUESTS = encoder.encode('{"requests":');
const ERRORS = encoder.encode(',"errors":');
const LE = encoder.encode(',"latency":{"le":[');
const COUNTS = encoder.encode(',"counts":[');
const END_OF_ARM = encoder.encode("]}}");
const CLOSE_LIST = encoder.encode("]");
const COMMA = encoder.encode(",");
const CLOSE = encoder.encode("}");
const NULL = encoder.encode("null");
