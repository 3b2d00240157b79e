import type { Side } from "../core/command.ts";

/** What happens on a market, as it is told to whoever looks on. Quantities of levels are what is there now; 0 is none. */
export interface MarketListener {
  level(symbol: number, side: Side, price: number, qty: number, sequence: number): void;
  /** `side` is the taker's. */
  trade(
    symbol: number,
    side: Side,
    price: number,
    qty: number,
    sequence: number,
    timeMs: number,
  ): void;
  /** What was known of all levels is void; they come anew. */
  reset(sequence: number): void;
}
