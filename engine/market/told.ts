import type { Side } from "../core/command.ts";
import type { MarketListener } from "./market.ts";

/** Hands what is told to several who listen, and counts it. */
export class Told implements MarketListener {
  events = 0;
  resets = 0;
  readonly #listeners: readonly MarketListener[];

  constructor(listeners: readonly MarketListener[]) {
    this.#listeners = listeners;
  }

  level(symbol: number, side: Side, price: number, qty: number, sequence: number): void {
    this.events += 1;
    for (const one of this.#listeners) one.level(symbol, side, price, qty, sequence);
  }

  trade(
    symbol: number,
    side: Side,
    price: number,
    qty: number,
    sequence: number,
    timeMs: number,
  ): void {
    this.events += 1;
    for (const one of this.#listeners) one.trade(symbol, side, price, qty, sequence, timeMs);
  }

  reset(sequence: number): void {
    this.resets += 1;
    for (const one of this.#listeners) one.reset(sequence);
  }
}
