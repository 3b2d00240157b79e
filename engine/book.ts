import { KIND, type Kind, type Listener, SIDE, type Side } from "./command.ts";

export interface Resting {
  readonly id: number;
  readonly user: number;
  readonly side: Side;
  price: number;
  qty: number;
}

interface PriceLevel {
  readonly price: number;
  readonly queue: Resting[];
}

export type DepthSide = [price: number, qty: number][];

/** One symbol's orders by price, then by time. Best price first on both sides. */
export class Book {
  readonly #sides: [buys: PriceLevel[], sells: PriceLevel[]] = [[], []];

  /** Fills what crosses and rests what a GTC or PO order has left. Says so through `listener`. */
  submit(order: Resting, kind: Kind, listener: Listener): boolean {
    if (kind === KIND.PO && this.#crosses(order, kind)) {
      listener.rejected(order.id, "would-trade");
      return false;
    }
    if ((kind === KIND.FOK || kind === KIND.marketFOK) && !this.#canFill(order, kind)) {
      listener.rejected(order.id, "cannot-fill");
      return false;
    }
    listener.accepted(order.id);
    return this.#place(order, kind, listener);
  }

  /** A moved order goes to the end of the queue at its new price, and may trade. */
  move(order: Resting, price: number, listener: Listener): boolean {
    this.remove(order);
    order.price = price;
    listener.moved(order.id, price);
    return this.#place(order, KIND.GTC, listener);
  }

  remove(order: Resting): void {
    const levels = this.#sides[order.side];
    const at = position(levels, order.side, order.price);
    const level = levels[at];
    if (level?.price !== order.price) throw new Error(`order ${order.id} is not where it says`);
    level.queue.splice(level.queue.indexOf(order), 1);
    if (level.queue.length === 0) levels.splice(at, 1);
  }

  depth(side: Side): DepthSide {
    return this.#sides[side].map(({ price, queue }) => [
      price,
      queue.reduce((sum, o) => sum + o.qty, 0),
    ]);
  }

  /** Called with each maker that was filled to the end. */
  onGone: (order: Resting) => void = () => {};

  #place(order: Resting, kind: Kind, listener: Listener): boolean {
    this.#match(order, kind, listener);
    if (order.qty === 0) return false;
    if (kind !== KIND.GTC && kind !== KIND.PO) {
      listener.canceled(order.id, order.qty);
      return false;
    }
    this.#rest(order);
    return true;
  }

  #match(taker: Resting, kind: Kind, listener: Listener): void {
    const levels = this.#sides[taker.side === SIDE.buy ? SIDE.sell : SIDE.buy];
    while (taker.qty > 0 && this.#crosses(taker, kind)) {
      const level = levels[0];
      const maker = level?.queue[0];
      if (level === undefined || maker === undefined) return;
      const qty = Math.min(taker.qty, maker.qty);
      taker.qty -= qty;
      maker.qty -= qty;
      listener.trade(taker.id, maker.id, level.price, qty);
      if (maker.qty > 0) continue;
      level.queue.shift();
      if (level.queue.length === 0) levels.shift();
      this.onGone(maker);
    }
  }

  #rest(order: Resting): void {
    const levels = this.#sides[order.side];
    const at = position(levels, order.side, order.price);
    const level = levels[at];
    if (level?.price === order.price) level.queue.push(order);
    else levels.splice(at, 0, { price: order.price, queue: [order] });
  }

  #crosses(order: Resting, kind: Kind): boolean {
    const best = this.#sides[order.side === SIDE.buy ? SIDE.sell : SIDE.buy][0];
    return best !== undefined && reaches(order, kind, best.price);
  }

  #canFill(order: Resting, kind: Kind): boolean {
    let missing = order.qty;
    for (const level of this.#sides[order.side === SIDE.buy ? SIDE.sell : SIDE.buy]) {
      if (!reaches(order, kind, level.price)) return false;
      for (const maker of level.queue) missing -= maker.qty;
      if (missing <= 0) return true;
    }
    return false;
  }
}

function reaches(order: Resting, kind: Kind, price: number): boolean {
  if (kind >= KIND.market) return true;
  return order.side === SIDE.buy ? price <= order.price : price >= order.price;
}

/** Where a price is, or would be put, among levels that are sorted best first. */
function position(levels: PriceLevel[], side: Side, price: number): number {
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = levels[middle]?.price ?? 0;
    if (side === SIDE.buy ? at > price : at < price) low = middle + 1;
    else high = middle;
  }
  return low;
}
