import { CAUSES, type Cause } from "../entry/cuts.ts";
import { REQUEST_REASONS, type RequestReason } from "../entry/request-refusal.ts";
import type { Score } from "./score.ts";

const CLIENTS = 0;
const TOLD_MS = 1;
const LOOKED_MS = 2;
const EVENTS = 3;
const RESETS = 4;
const CUTS = 5;
const REFUSED = CUTS + CAUSES.length;
const SCORES = REFUSED + REQUEST_REASONS.length;
const SCORE_NUMBERS = 4;

/** What the market's thread counts, in memory that the metrics read: one writer, and nobody waits. */
export class MarketFigures {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Float64Array;

  constructor(symbols: number, memory?: SharedArrayBuffer) {
    this.memory = memory ?? new SharedArrayBuffer((SCORES + symbols * SCORE_NUMBERS) * 8);
    this.#numbers = new Float64Array(this.memory);
  }

  get clients(): number {
    return this.#at(CLIENTS);
  }

  set clients(count: number) {
    this.#numbers[CLIENTS] = count;
  }

  /** When the source last told anything, and when it was last asked: milliseconds of the wall's clock. */
  get toldMs(): number {
    return this.#at(TOLD_MS);
  }

  get lookedMs(): number {
    return this.#at(LOOKED_MS);
  }

  /** Levels and trades that were told, and how often the books had to be told anew. */
  get events(): number {
    return this.#at(EVENTS);
  }

  get resets(): number {
    return this.#at(RESETS);
  }

  looked(nowMs: number): void {
    this.#numbers[LOOKED_MS] = nowMs;
  }

  told(events: number, resets: number, nowMs: number): void {
    this.#add(EVENTS, events);
    this.#add(RESETS, resets);
    this.#numbers[TOLD_MS] = nowMs;
  }

  cut(cause: Cause): void {
    this.#add(CUTS + CAUSES.indexOf(cause), 1);
  }

  cuts(cause: Cause): number {
    return this.#at(CUTS + CAUSES.indexOf(cause));
  }

  refuse(reason: RequestReason): void {
    this.#add(REFUSED + REQUEST_REASONS.indexOf(reason), 1);
  }

  refused(reason: RequestReason): number {
    return this.#at(REFUSED + REQUEST_REASONS.indexOf(reason));
  }

  setScore(symbol: number, { predictions, counted, hits, squares }: Score): void {
    this.#numbers.set([predictions, counted, hits, squares], SCORES + symbol * SCORE_NUMBERS);
  }

  score(symbol: number): Score {
    const at = SCORES + symbol * SCORE_NUMBERS;
    const [predictions, counted, hits, squares] = [0, 1, 2, 3].map((field) => this.#at(at + field));
    return { predictions, counted, hits, squares } as Score;
  }

  #at(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  #add(index: number, by: number): void {
    this.#numbers[index] = this.#at(index) + by;
  }
}
