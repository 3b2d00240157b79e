import { BITMAP_SIZE, Bitmap } from "./bitmap.ts";
import { SIDE, type Side } from "./command.ts";
import { floats, ints, NONE, type OrderPool } from "./order-pool.ts";
import { PriceList } from "./price-list.ts";

/** Far levels opened, beyond what the book's size excuses, before the window moves. */
const FAR_PATIENCE = 256;

/**
 * The price levels of one book. Prices in a window around the market are found by subtraction and searched by
 * bitmap; prices outside are kept in sorted lists, slower but exact. When the market has left the window, the
 * window follows. A book is never crossed, so a price belongs to one side and both sides share the window.
 */
export class Levels {
  /** By slot: the queue's ends, the quantity in it. Slots from BITMAP_SIZE on are far levels. */
  head = new Int32Array(BITMAP_SIZE);
  tail = new Int32Array(BITMAP_SIZE);
  total = new Float64Array(BITMAP_SIZE);
  bidPrice = 0;
  askPrice = Number.POSITIVE_INFINITY;
  bidSlot = -1;
  askSlot = -1;
  readonly #pool: OrderPool;
  readonly #near = [new Bitmap(), new Bitmap()] as const;
  readonly #farPrices = [new PriceList(), new PriceList()] as const;
  readonly #farSlots = new Map<number, number>();
  /** Price of slot BITMAP_SIZE + i. */
  readonly #farPriceOf: number[] = [];
  #farFree: number[] = [];
  #base = Number.NaN;
  #farOpened = 0;

  constructor(pool: OrderPool) {
    this.#pool = pool;
  }

  /** The level's slot, or -1 when nothing has ever rested there. An empty level of the window has a slot. */
  find(price: number): number {
    const near = price - this.#base;
    if (near >= 0 && near < BITMAP_SIZE) return near | 0;
    return this.#farSlots.get(price) ?? -1;
  }

  priceOf(slot: number): number {
    if (slot < BITMAP_SIZE) return this.#base + slot;
    return this.#farPriceOf[slot - BITMAP_SIZE] as number;
  }

  /** The slot of a level that an order is about to rest on. */
  open(side: Side, price: number): number {
    if (Number.isNaN(this.#base)) this.#base = price - BITMAP_SIZE / 2;
    let slot = (price - this.#base) | 0;
    if (slot + this.#base !== price) slot = -1;
    if (!(slot >= 0 && slot < BITMAP_SIZE)) slot = this.#openFar(side, price);
    else if (this.head[slot] === NONE) this.#near[side].set(slot);
    if (side === SIDE.buy) {
      if (price > this.bidPrice) this.#setBest(side, slot, price);
    } else if (price < this.askPrice) this.#setBest(side, slot, price);
    return slot;
  }

  /** Takes away a level whose queue has become empty. */
  close(side: Side, slot: number): void {
    if (slot < BITMAP_SIZE) this.#near[side].clear(slot);
    else this.#closeFar(side, slot);
    if (slot === (side === SIDE.buy ? this.bidSlot : this.askSlot)) this.#findBest(side);
  }

  /** The best price of a side that is worse than `price`, or NaN. */
  worse(side: Side, price: number): number {
    return side === SIDE.buy ? this.#lower(price) : this.#higher(price);
  }

  /** Prices of a side, best first. */
  *prices(side: Side): Generator<number> {
    let price = side === SIDE.buy ? this.bidPrice : this.askPrice;
    if (this.#isNone(side)) return;
    while (!Number.isNaN(price)) {
      yield price;
      price = this.worse(side, price);
    }
  }

  #isNone(side: Side): boolean {
    return (side === SIDE.buy ? this.bidSlot : this.askSlot) < 0;
  }

  #setBest(side: Side, slot: number, price: number): void {
    if (side === SIDE.buy) {
      this.bidSlot = slot;
      this.bidPrice = price;
    } else {
      this.askSlot = slot;
      this.askPrice = price;
    }
  }

  #findBest(side: Side): void {
    const far = this.#farPrices[side];
    if (side === SIDE.buy) {
      const near = this.#near[side].last();
      const best = Math.max(near < 0 ? 0 : near + this.#base, far.last ?? 0);
      this.#setBest(side, best === 0 ? -1 : this.find(best), best);
    } else {
      const near = this.#near[side].first();
      const none = Number.POSITIVE_INFINITY;
      const best = Math.min(near < 0 ? none : near + this.#base, far.first ?? none);
      this.#setBest(side, best === none ? -1 : this.find(best), best);
    }
  }

  #lower(price: number): number {
    const far = this.#farPrices[SIDE.buy].below(price) ?? 0;
    const bids = this.#near[SIDE.buy];
    const from = price - this.#base;
    const slot = from >= BITMAP_SIZE ? bids.last() : from <= 0 ? -1 : bids.before(from);
    const best = Math.max(far, slot < 0 ? 0 : slot + this.#base);
    return best === 0 ? Number.NaN : best;
  }

  #higher(price: number): number {
    const far = this.#farPrices[SIDE.sell].above(price) ?? Number.POSITIVE_INFINITY;
    const asks = this.#near[SIDE.sell];
    const from = price - this.#base;
    const slot = from < 0 ? asks.first() : from >= BITMAP_SIZE ? -1 : asks.after(from);
    const best = Math.min(far, slot < 0 ? Number.POSITIVE_INFINITY : slot + this.#base);
    return best === Number.POSITIVE_INFINITY ? Number.NaN : best;
  }

  #openFar(side: Side, price: number): number {
    const known = this.#farSlots.get(price);
    if (known !== undefined) return known;
    this.#farOpened += 1;
    if (this.#farOpened > FAR_PATIENCE + this.#pool.live / 8) {
      this.#recentre(price);
      const slot = price - this.#base;
      this.#near[side].set(slot);
      return slot;
    }
    const slot = this.#takeFarSlot();
    this.#farSlots.set(price, slot);
    this.#farPriceOf[slot - BITMAP_SIZE] = price;
    this.#farPrices[side].add(price);
    return slot;
  }

  #closeFar(side: Side, slot: number): void {
    const price = this.priceOf(slot);
    this.#farSlots.delete(price);
    this.#farPrices[side].remove(price);
    this.#farFree.push(slot);
  }

  #takeFarSlot(): number {
    const slot = this.#farFree.pop();
    if (slot !== undefined) return slot;
    const size = this.head.length;
    const larger = size + Math.max(1024, size - BITMAP_SIZE);
    this.head = ints(this.head, larger);
    this.tail = ints(this.tail, larger);
    this.total = floats(this.total, larger);
    for (let free = larger - 1; free > size; free -= 1) this.#farFree.push(free);
    return size;
  }

  /** Moves the window to where the market went. Its cost is paid for by the far openings since the last time. */
  #recentre(price: number): void {
    const sides = [SIDE.buy, SIDE.sell] as const;
    const kept = sides.flatMap((side) => [...this.prices(side)].map((at) => this.#lift(side, at)));
    this.#farSlots.clear();
    for (const prices of this.#farPrices) prices.clear();
    this.#farFree = [];
    for (let slot = this.head.length - 1; slot >= BITMAP_SIZE; slot -= 1) this.#farFree.push(slot);
    this.#base = price - BITMAP_SIZE / 2;
    this.bidSlot = -1;
    this.askSlot = -1;
    this.bidPrice = 0;
    this.askPrice = Number.POSITIVE_INFINITY;
    // The openings below must not start this again; what they count is then forgotten.
    this.#farOpened = Number.NEGATIVE_INFINITY;
    for (const level of kept) this.#putBack(level);
    this.#farOpened = 0;
  }

  #lift(side: Side, price: number): LiftedLevel {
    const slot = this.find(price);
    const { head, tail, total } = this;
    const lifted = {
      side,
      price,
      head: head[slot] as number,
      tail: tail[slot] as number,
      total: total[slot] as number,
    };
    head[slot] = NONE;
    tail[slot] = NONE;
    total[slot] = 0;
    if (slot < BITMAP_SIZE) this.#near[side].clear(slot);
    return lifted;
  }

  #putBack(level: LiftedLevel): void {
    const slot = this.open(level.side, level.price);
    this.head[slot] = level.head;
    this.tail[slot] = level.tail;
    this.total[slot] = level.total;
    const pool = this.#pool;
    for (let order = level.head; order !== NONE; order = pool.next(order))
      pool.setSlot(order, slot);
  }
}

interface LiftedLevel {
  side: Side;
  price: number;
  head: number;
  tail: number;
  total: number;
}
