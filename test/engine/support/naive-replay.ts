/** A command of a replay's file, as text says it. */
export interface Spoken {
  op: string;
  id?: string | number;
  user?: string | number;
  symbol?: string;
  side?: "buy" | "sell";
  type?: "limit" | "market";
  tif?: string;
  price?: number;
  qty?: number;
  asset?: string;
  amount?: number;
}

type Name = string | number;

interface Resting {
  id: Name;
  user: Name;
  symbol: string;
  side: "buy" | "sell";
  price: number;
  qty: number;
  /** A larger one came later. */
  turn: number;
}

export interface ReplayFlags {
  risk: boolean;
  stp: boolean;
}

/**
 * What `replay` has to print, by nothing but lists that are searched from end to end. It shares no line with the engine, and
 * what is set aside for orders is added up anew each time that it is asked for.
 */
export class NaiveReplay {
  readonly events: object[] = [];
  readonly symbols: string[] = [];
  #resting: Resting[] = [];
  #sequence = 0;
  #turn = 0;
  /** What each user owns, what is set aside included. */
  readonly #owned = new Map<string, number>();
  readonly #flags: ReplayFlags;

  constructor(flags: ReplayFlags) {
    this.#flags = flags;
  }

  /** A line that is no command. */
  bad(reason: string, id?: unknown): void {
    this.#sequence += 1;
    this.#say("rejected", { id, reason });
  }

  apply(command: Spoken): void {
    this.#sequence += 1;
    if (command.op === "deposit") this.#deposit(command);
    else if (command.op === "new") this.#new(command);
    else this.#change(command);
  }

  depth(symbol: string): { bids: number[][]; asks: number[][] } {
    const side = (wanted: "buy" | "sell"): number[][] => {
      const levels: number[][] = [];
      for (const { price, qty } of this.#queue(symbol, wanted)) {
        const level = levels.find(([at]) => at === price);
        if (level === undefined) levels.push([price, qty]);
        else level[1] = (level[1] ?? 0) + qty;
      }
      return levels;
    };
    return { bids: side("buy"), asks: side("sell") };
  }

  #deposit({ user = "", asset = "", amount = 0 }: Spoken): void {
    this.#own(user, asset, amount);
    this.#say("accepted", { op: "deposit", asset, amount });
  }

  #new(spoken: Spoken): void {
    const { id = "", user = "", symbol = "", side = "buy", qty = 0 } = spoken;
    if (!this.symbols.includes(symbol)) this.symbols.push(symbol);
    const isMarket = spoken.type === "market";
    const price = isMarket ? (side === "buy" ? Infinity : 0) : (spoken.price ?? 0);
    const tif = spoken.tif ?? "GTC";
    const order: Resting = { id, user, symbol, side, price, qty, turn: 0 };
    const reason = this.#refusal(order, tif, isMarket);
    if (reason !== null) {
      this.#say("rejected", { id, reason });
      return;
    }
    this.#say("accepted", { id });
    this.#place(order, !isMarket && (tif === "GTC" || tif === "PO"));
  }

  #refusal(order: Resting, tif: string, isMarket: boolean): string | null {
    if (this.#resting.some(({ id }) => id === order.id)) return "id-in-use";
    const makers = this.#makers(order);
    if (tif === "PO" && makers.length > 0) return "would-trade";
    const own = makers.findIndex(({ user }) => this.#flags.stp && user === order.user);
    const able = own < 0 ? makers : makers.slice(0, own);
    if (tif === "FOK" && sum(able.map(({ qty }) => qty)) < order.qty) return "cannot-fill";
    if (!this.#flags.risk) return null;
    const needed = isMarket && order.side === "buy" ? costOf(order.qty, makers) : dueFor(order);
    return this.#free(order.user, payingAsset(order)) < needed ? "insufficient-balance" : null;
  }

  #change({ op, id = "", user, price = 0, qty = 0 }: Spoken): void {
    const order = this.#resting.find((resting) => resting.id === id);
    if (order === undefined || (user !== undefined && user !== order.user)) {
      this.#say("rejected", { id, reason: "unknown-order" });
    } else if (op === "move") this.#move(order, price);
    else if (op === "reduce" && qty < order.qty) {
      order.qty -= qty;
      this.#say("reduced", { id, qty, remaining: order.qty });
    } else {
      this.#remove(order);
      this.#say("canceled", { id, qty: order.qty });
    }
  }

  #move(order: Resting, price: number): void {
    const free = this.#free(order.user, payingAsset(order)) + dueFor(order);
    if (this.#flags.risk && free < dueFor({ ...order, price })) {
      this.#say("rejected", { id: order.id, reason: "insufficient-balance" });
      return;
    }
    this.#remove(order);
    this.#say("moved", { id: order.id, price });
    this.#place({ ...order, price }, true);
  }

  #place(order: Resting, mayRest: boolean): void {
    let left = order.qty;
    let isStopped = false;
    for (const maker of this.#makers(order)) {
      if (left === 0) break;
      isStopped = this.#flags.stp && maker.user === order.user;
      if (isStopped) break;
      const qty = Math.min(left, maker.qty);
      left -= qty;
      maker.qty -= qty;
      if (maker.qty === 0) this.#remove(maker);
      this.#trade(order, maker, qty);
    }
    if (left === 0) return;
    if (isStopped || !mayRest) {
      this.#say("canceled", { id: order.id, qty: left });
      return;
    }
    this.#turn += 1;
    this.#resting.push({ ...order, qty: left, turn: this.#turn });
  }

  #trade(taker: Resting, maker: Resting, qty: number): void {
    const { price } = maker;
    this.#say("trade", { taker: taker.id, maker: maker.id, price, qty });
    const [buyer, seller] = taker.side === "buy" ? [taker, maker] : [maker, taker];
    const { base, quote } = assetsOf(taker.symbol);
    this.#own(buyer.user, base, qty);
    this.#own(buyer.user, quote, -price * qty);
    this.#own(seller.user, base, -qty);
    this.#own(seller.user, quote, price * qty);
  }

  /** Whom an order may trade with, in the order in which it would. */
  #makers(order: Resting): Resting[] {
    return this.#queue(order.symbol, order.side === "buy" ? "sell" : "buy").filter(({ price }) =>
      order.side === "buy" ? price <= order.price : price >= order.price,
    );
  }

  #queue(symbol: string, side: "buy" | "sell"): Resting[] {
    const queue = this.#resting.filter((order) => order.symbol === symbol && order.side === side);
    const better = side === "buy" ? -1 : 1;
    return queue.sort((a, b) => better * (a.price - b.price) || a.turn - b.turn);
  }

  #remove(order: Resting): void {
    this.#resting = this.#resting.filter((other) => other !== order);
  }

  #free(user: Name, asset: string): number {
    const paying = this.#resting.filter(
      (order) => order.user === user && payingAsset(order) === asset,
    );
    return (this.#owned.get(account(user, asset)) ?? 0) - sum(paying.map(dueFor));
  }

  #own(user: Name, asset: string, amount: number): void {
    const key = account(user, asset);
    this.#owned.set(key, (this.#owned.get(key) ?? 0) + amount);
  }

  #say(event: string, fields: object): void {
    this.events.push({ event, sequence: this.#sequence, ...fields });
  }
}

/** A number and a text are never the same user. */
function account(user: Name, asset: string): string {
  return JSON.stringify([user, asset]);
}

function assetsOf(symbol: string): { base: string; quote: string } {
  const at = symbol.indexOf("-");
  return at < 0
    ? { base: symbol, quote: "USD" }
    : { base: symbol.slice(0, at), quote: symbol.slice(at + 1) };
}

function payingAsset({ symbol, side }: Resting): string {
  const { base, quote } = assetsOf(symbol);
  return side === "buy" ? quote : base;
}

function dueFor({ side, price, qty }: Resting): number {
  return side === "buy" ? price * qty : qty;
}

function costOf(qty: number, makers: readonly Resting[]): number {
  let left = qty;
  let cost = 0;
  for (const maker of makers) {
    const taken = Math.min(left, maker.qty);
    cost += taken * maker.price;
    left -= taken;
  }
  return cost;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
