import {
  blankCommand,
  type Command,
  KIND,
  type Kind,
  OP,
  type Op,
  type Reason,
  SIDE,
} from "../core/command.ts";
import type { Listed } from "../core/symbols.ts";

/** A command that was refused before it reached the core: what is wrong, in words for the client. */
export interface Malformed {
  reason: Reason;
  message: string;
}

export type Decoded = { command: Command } | { malformed: Malformed };

/** How names become numbers; `undefined` is a name that is not accepted. */
export interface Vocabulary {
  readonly accepted: { id: string; user: string };
  newId(given: unknown): number | undefined;
  id(given: unknown): number | undefined;
  user(given: unknown): number | undefined;
  symbol(given: unknown): Listed | undefined;
  asset(given: unknown): number | undefined;
  symbolNames(): string;
}

const TIFS: ReadonlyMap<unknown, Kind> = new Map([
  [undefined, KIND.GTC],
  ["GTC", KIND.GTC],
  ["IOC", KIND.IOC],
  ["FOK", KIND.FOK],
  ["PO", KIND.PO],
]);

/** What a client may ask for, and what only an operator may. */
export const CLIENT_OPS = ["new", "cancel", "move", "reduce"];
export const OPERATOR_OPS = ["deposit", "halt", "resume", "limit", "snapshot"];

type Fields = Record<string, unknown>;

/**
 * Turns parsed JSON into a command. Written by hand because every order passes here, and each fault has to have
 * its own reason. It trusts nothing: the value may be of any shape.
 */
export class Decoder {
  readonly #vocabulary: Vocabulary;
  readonly #ops: ReadonlySet<unknown>;

  constructor(vocabulary: Vocabulary, ops: readonly string[] = CLIENT_OPS) {
    this.#vocabulary = vocabulary;
    this.#ops = new Set(ops);
  }

  decode(value: unknown, defaultOp: string | undefined): Decoded {
    if (!isObject(value)) return malformed("malformed", "a command is a JSON object");
    const asked: unknown = value.op ?? defaultOp;
    const op = this.#ops.has(asked) ? asked : undefined;
    switch (op) {
      case "new":
        return this.#order(value);
      case "cancel":
      case "move":
      case "reduce":
        return this.#amendment(op, value);
      case "deposit":
        return this.#deposit(value);
      case "halt":
        return this.#halt(OP.halt, value);
      case "resume":
        return this.#halt(OP.resume, value);
      case "snapshot":
        return { command: { ...blankCommand(), op: OP.snapshot } };
      case "limit":
        return this.#limit(value);
      default:
        return malformed(
          "unknown-op",
          `op is ${show(asked)}, accepted is ${[...this.#ops].join(", ")}`,
        );
    }
  }

  #order(value: Fields): Decoded {
    const id = this.#vocabulary.newId(value.id);
    if (id === undefined) return this.#badId(value.id);
    const user = this.#vocabulary.user(value.user);
    if (user === undefined) return this.#badUser(value.user);
    const { side } = value;
    if (side !== "buy" && side !== "sell") {
      return malformed("invalid-side", `side is ${show(side)}, accepted is buy, sell`);
    }
    const kind = kindOf(value.type ?? "limit", value.tif);
    if (typeof kind === "object") return kind;
    const { qty } = value;
    if (!isPositive(qty)) return badNumber("invalid-quantity", "qty", qty);
    const price = kind >= KIND.market ? 0 : value.price;
    if (!isPositive(price) && kind < KIND.market) return badNumber("invalid-price", "price", price);
    const symbol = this.#vocabulary.symbol(value.symbol);
    if (symbol === undefined) {
      const accepted = this.#vocabulary.symbolNames();
      return malformed(
        "unknown-symbol",
        `symbol is ${show(value.symbol)}, accepted is ${accepted}`,
      );
    }
    return fit(symbol, {
      op: OP.new,
      id,
      user,
      symbol: symbol.index,
      side: SIDE[side],
      kind,
      price: Number(price),
      qty,
      timeMs: 0,
    });
  }

  #amendment(op: "cancel" | "move" | "reduce", value: Fields): Decoded {
    const id = this.#vocabulary.id(value.id);
    if (id === undefined) return this.#badId(value.id);
    const command = { ...blankCommand(), op: OP[op], id };
    if (op === "move") {
      if (!isPositive(value.price)) return badNumber("invalid-price", "price", value.price);
      command.price = value.price;
    }
    if (op === "reduce") {
      if (!isPositive(value.qty)) return badNumber("invalid-quantity", "qty", value.qty);
      command.qty = value.qty;
    }
    return { command };
  }

  #deposit(value: Fields): Decoded {
    const user = this.#vocabulary.user(value.user);
    if (user === undefined) return this.#badUser(value.user);
    const asset = this.#vocabulary.asset(value.asset);
    if (asset === undefined) {
      return malformed("unknown-asset", `asset is ${show(value.asset)}, which no symbol trades`);
    }
    if (!isPositive(value.amount)) return badNumber("invalid-quantity", "amount", value.amount);
    return {
      command: { ...blankCommand(), op: OP.deposit, user, symbol: asset, qty: value.amount },
    };
  }

  /** Without a user it is for everybody. */
  #halt(op: Op, value: Fields): Decoded {
    const user = value.user === undefined ? 0 : this.#vocabulary.user(value.user);
    if (user === undefined) return this.#badUser(value.user);
    return { command: { ...blankCommand(), op, user } };
  }

  /** Without a user it is for everybody; what is left out is not limited. */
  #limit(value: Fields): Decoded {
    const user = value.user === undefined ? 0 : this.#vocabulary.user(value.user);
    if (user === undefined) return this.#badUser(value.user);
    const { position = 0, ordersPerSecond = 0 } = value;
    if (position !== 0 && !isPositive(position)) {
      return badNumber("invalid-quantity", "position", position);
    }
    if (ordersPerSecond !== 0 && !isPositive(ordersPerSecond)) {
      return badNumber("invalid-quantity", "ordersPerSecond", ordersPerSecond);
    }
    const command = { ...blankCommand(), op: OP.limit, user };
    return { command: { ...command, qty: Number(position), price: Number(ordersPerSecond) } };
  }

  #badId(given: unknown): Decoded {
    return malformed(
      "invalid-id",
      `id is ${show(given)}, accepted is ${this.#vocabulary.accepted.id}`,
    );
  }

  #badUser(given: unknown): Decoded {
    const { accepted } = this.#vocabulary;
    return malformed("invalid-user", `user is ${show(given)}, accepted is ${accepted.user}`);
  }
}

/** Why price and quantity are not of the symbol's grain, or null. */
export function misfit(symbol: Listed, price: number, qty: number): "off-tick" | "off-lot" | null {
  const { tick, lot } = symbol;
  // Most grains are 1, and a remainder of floats is slow.
  if (tick !== 1 && price % tick !== 0) return "off-tick";
  return lot !== 1 && qty % lot !== 0 ? "off-lot" : null;
}

function fit(symbol: Listed, command: Command): Decoded {
  const { price, qty } = command;
  switch (misfit(symbol, price, qty)) {
    case "off-tick":
      return malformed("off-tick", `price is ${price}, accepted are multiples of ${symbol.tick}`);
    case "off-lot":
      return malformed("off-lot", `qty is ${qty}, accepted are multiples of ${symbol.lot}`);
    case null:
      return { command };
  }
}

function kindOf(type: unknown, tif: unknown): Kind | { malformed: Malformed } {
  if (type !== "limit" && type !== "market") {
    return malformed("invalid-type", `type is ${show(type)}, accepted is limit, market`);
  }
  const limit = TIFS.get(tif);
  if (limit === undefined) {
    return malformed("invalid-tif", `tif is ${show(tif)}, accepted is GTC, IOC, FOK, PO`);
  }
  if (type === "limit") return limit;
  if (limit === KIND.PO) return malformed("invalid-tif", "a market order can't be post-only");
  return limit === KIND.FOK ? KIND.marketFOK : KIND.market;
}

function badNumber(reason: Reason, name: string, given: unknown): { malformed: Malformed } {
  return malformed(
    reason,
    `${name} is ${show(given)}, accepted is a whole number from 1 to 2^53-1`,
  );
}

function malformed(reason: Reason, message: string): { malformed: Malformed } {
  return { malformed: refusalOf(reason, message) };
}

export function refusalOf(reason: Reason, message: string): Malformed {
  return { reason, message };
}

/** The value as the client wrote it, but never more than a line of it. */
function show(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, 60);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isPositive(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
