import type { LevelWatch } from "../core/book.ts";
import { type Command, type Listener, OP, type Reason, SIDE, type Side } from "../core/command.ts";
import type { Core } from "../core/core.ts";
import { RECORD_FLOATS, RECORD_INTS } from "../core/layout.ts";
import type { Ring } from "../pipeline/ring.ts";
import type { MarketListener } from "./market.ts";

/** Records: sequence, price, quantity, time at 0 to 3, then the type, the symbol, the side, and the command's place in its ring. */
const TYPE = { level: 0, trade: 1, reset: 2 } as const;
const TYPE_INT = 10;
const SYMBOL_INT = 11;
const SIDE_INT = 12;
const POSITION_INT = 13;
/** Levels of a side that are told anew after a gap; further ones are told when they change. */
const RESET_LEVELS = 1_000;

/**
 * The core's side of market data. It never waits: what finds no room is dropped, and when the reader has caught up, the
 * books are told anew. So a slow reader costs the order path nothing but this.
 */
export class MarketWriter implements Listener, LevelWatch {
  readonly #ring: Ring;
  readonly #inner: Listener;
  #core: Core | null = null;
  #command: Command | null = null;
  #symbol = 0;
  /** Before the first command all is durable. */
  #position = -1;
  #next = 0;
  /** The reader knows nothing, or no longer all. */
  #isBehind = true;

  constructor(ring: Ring, inner: Listener) {
    this.#ring = ring;
    this.#inner = inner;
  }

  /** To be called before each command. */
  begin(core: Core, command: Command, position: number): void {
    this.#core = core;
    this.#command = command;
    this.#position = position;
    this.#symbol =
      command.op === OP.new ? command.symbol : (core.symbolOf(command.id) ?? command.symbol);
  }

  /** Lets the reader see all so far; tells the books anew when it has missed something and has room. */
  publish(core: Core): void {
    if (this.#isBehind) this.#tellAll(core);
    this.#ring.publish(this.#next);
  }

  level(symbol: number, side: Side, price: number, qty: number): void {
    if (!this.#isBehind) this.#write(TYPE.level, symbol, side, price, qty);
  }

  trade(taker: number, maker: number, price: number, qty: number): void {
    this.#inner.trade(taker, maker, price, qty);
    if (!this.#isBehind) this.#write(TYPE.trade, this.#symbol, this.#takerSide(maker), price, qty);
  }

  accepted(id: number): void {
    this.#inner.accepted(id);
  }

  rejected(id: number, reason: Reason): void {
    this.#inner.rejected(id, reason);
  }

  canceled(id: number, qty: number): void {
    this.#inner.canceled(id, qty);
  }

  reduced(id: number, qty: number, remaining: number): void {
    this.#inner.reduced(id, qty, remaining);
  }

  moved(id: number, price: number): void {
    this.#inner.moved(id, price);
  }

  /** A moved order does not say its side; what it trades with is still in the book when the trade is told. */
  #takerSide(maker: number): Side {
    const command = this.#command;
    if (command?.op === OP.new) return command.side;
    return this.#core?.sideOfOrder(maker) === SIDE.buy ? SIDE.sell : SIDE.buy;
  }

  #tellAll(core: Core): void {
    const depths = core.books.map((_, symbol) => core.depth(symbol, RESET_LEVELS));
    const levels = depths.reduce((sum, { bids, asks }) => sum + bids.length + asks.length, 0);
    const free = this.#ring.capacity - ((this.#next - this.#ring.consumed) | 0);
    // Half of the ring is left for what comes next, or it would be lost again at once.
    if (levels + 1 > free / 2) return;
    this.#isBehind = false;
    this.#write(TYPE.reset, 0, SIDE.buy, 0, 0);
    for (const [symbol, { bids, asks }] of depths.entries()) {
      for (const [price, qty] of bids) this.level(symbol, SIDE.buy, price, qty);
      for (const [price, qty] of asks) this.level(symbol, SIDE.sell, price, qty);
    }
  }

  #write(type: number, symbol: number, side: Side, price: number, qty: number): void {
    const ring = this.#ring;
    if (((this.#next - ring.consumed) | 0) >= ring.capacity) {
      this.#isBehind = true;
      return;
    }
    const slot = ring.slot(this.#next);
    const f = slot * RECORD_FLOATS;
    const i = slot * RECORD_INTS;
    ring.floats[f] = this.#core?.sequence ?? 0;
    ring.floats[f + 1] = price;
    ring.floats[f + 2] = qty;
    ring.floats[f + 3] = this.#command?.timeMs ?? 0;
    ring.ints[i + TYPE_INT] = type;
    ring.ints[i + SYMBOL_INT] = symbol;
    ring.ints[i + SIDE_INT] = side;
    ring.ints[i + POSITION_INT] = this.#position;
    this.#next = (this.#next + 1) | 0;
  }
}

/** Hands what was published to a listener, as far as it is durable: what a crash could undo is not told. */
export function readMarket(ring: Ring, durable: number, listener: MarketListener): number {
  const end = ring.published;
  let position = ring.consumed;
  let count = 0;
  for (; position !== end; position = (position + 1) | 0) {
    const slot = ring.slot(position);
    const f = slot * RECORD_FLOATS;
    const i = slot * RECORD_INTS;
    if (((durable - (ring.ints[i + POSITION_INT] as number)) | 0) <= 0) break;
    const sequence = ring.floats[f] as number;
    const price = ring.floats[f + 1] as number;
    const qty = ring.floats[f + 2] as number;
    const symbol = ring.ints[i + SYMBOL_INT] as number;
    const side = ring.ints[i + SIDE_INT] === SIDE.buy ? SIDE.buy : SIDE.sell;
    const type = ring.ints[i + TYPE_INT];
    if (type === TYPE.level) listener.level(symbol, side, price, qty, sequence);
    else if (type === TYPE.reset) listener.reset(sequence);
    else listener.trade(symbol, side, price, qty, sequence, ring.floats[f + 3] as number);
    count += 1;
  }
  ring.consume(position);
  return count;
}
