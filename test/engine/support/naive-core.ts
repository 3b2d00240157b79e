import {
  type Command,
  KIND,
  type Listener,
  OP,
  SIDE,
  type Side,
} from "../../../engine/core/command.ts";

interface Resting {
  id: number;
  user: number;
  symbol: number;
  side: Side;
  price: number;
  qty: number;
}

/**
 * What the engine's rules mean, with nothing made fast: one sorted list of orders a side. The engine must say
 * and hold the same.
 */
export class NaiveCore {
  readonly #orders = new Map<number, Resting>();
  readonly #sides = new Map<string, Resting[]>();
  readonly #preventSelfTrade: boolean;

  constructor(preventSelfTrade: boolean) {
    this.#preventSelfTrade = preventSelfTrade;
  }

  apply(command: Command, listener: Listener): void {
    const { op, id, price, qty } = command;
    if (op === OP.new) {
      this.#new(command, listener);
      return;
    }
    const order = this.#orders.get(id);
    if (order === undefined) {
      listener.rejected(id, "unknown-order");
      return;
    }
    if (op === OP.move) {
      this.#remove(order);
      listener.moved(id, price);
      this.#place({ ...order, price }, KIND.GTC, listener);
      return;
    }
    if (op === OP.reduce && qty < order.qty) {
      order.qty -= qty;
      listener.reduced(id, qty, order.qty);
      return;
    }
    this.#remove(order);
    listener.canceled(id, order.qty);
  }

  depth(symbol: number, side: Side): [number, number][] {
    const levels = new Map<number, number>();
    for (const { price, qty } of this.#side(symbol, side)) {
      levels.set(price, (levels.get(price) ?? 0) + qty);
    }
    return [...levels];
  }

  #new(command: Command, listener: Listener): void {
    const { id, user, symbol, side, kind, price, qty } = command;
    const order = { id, user, symbol, side, price, qty };
    if (this.#orders.has(id)) {
      listener.rejected(id, "id-in-use");
      return;
    }
    if (kind === KIND.PO && this.#reachable(order, kind).length > 0) {
      listener.rejected(id, "would-trade");
      return;
    }
    const killing = kind === KIND.FOK || kind === KIND.marketFOK;
    if (killing && this.#fillable(order, kind) < qty) {
      listener.rejected(id, "cannot-fill");
      return;
    }
    listener.accepted(id);
    this.#place(order, kind, listener);
  }

  #place(order: Resting, kind: number, listener: Listener): void {
    for (const maker of this.#reachable(order, kind)) {
      if (order.qty === 0) return;
      if (this.#preventSelfTrade && maker.user === order.user) {
        listener.canceled(order.id, order.qty);
        return;
      }
      const qty = Math.min(order.qty, maker.qty);
      order.qty -= qty;
      maker.qty -= qty;
      listener.trade(order.id, maker.id, maker.price, qty);
      if (maker.qty === 0) this.#remove(maker);
    }
    if (order.qty === 0) return;
    if (kind !== KIND.GTC && kind !== KIND.PO) {
      listener.canceled(order.id, order.qty);
      return;
    }
    this.#orders.set(order.id, order);
    const orders = this.#side(order.symbol, order.side);
    const worse = (other: Resting): boolean =>
      order.side === SIDE.buy ? other.price < order.price : other.price > order.price;
    const at = orders.findIndex(worse);
    orders.splice(at < 0 ? orders.length : at, 0, order);
  }

  #fillable(order: Resting, kind: number): number {
    const makers = this.#reachable(order, kind);
    const own = makers.findIndex((maker) => this.#preventSelfTrade && maker.user === order.user);
    return (own < 0 ? makers : makers.slice(0, own)).reduce((sum, maker) => sum + maker.qty, 0);
  }

  #reachable(order: Resting, kind: number): Resting[] {
    const buying = order.side === SIDE.buy;
    const makers = this.#side(order.symbol, buying ? SIDE.sell : SIDE.buy);
    const end = makers.findIndex(({ price }) => {
      if (kind >= KIND.market) return false;
      return buying ? price > order.price : price < order.price;
    });
    return makers.slice(0, end < 0 ? makers.length : end);
  }

  #remove(order: Resting): void {
    this.#orders.delete(order.id);
    const orders = this.#side(order.symbol, order.side);
    orders.splice(orders.indexOf(order), 1);
  }

  #side(symbol: number, side: Side): Resting[] {
    const key = `${symbol} ${side}`;
    const orders = this.#sides.get(key) ?? [];
    this.#sides.set(key, orders);
    return orders;
  }
}
