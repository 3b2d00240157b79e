import {
  type Command,
  FIRST_ENGINE_ID,
  KIND,
  type Kind,
  OP,
  type Op,
  type Reason,
  SIDE,
} from "./command.ts";
import type { SymbolSpec } from "./config.ts";

/** A command that was refused before it reached the core: what is wrong, in words for the client. */
export interface Malformed {
  reason: Reason;
  message: string;
}

export type Decoded = { command: Command } | { malformed: Malformed };

const TIFS: ReadonlyMap<unknown, Kind> = new Map([
  [undefined, KIND.GTC],
  ["GTC", KIND.GTC],
  ["IOC", KIND.IOC],
  ["FOK", KIND.FOK],
  ["PO", KIND.PO],
]);

/**
 * Turns parsed JSON into a command. Written by hand because every order passes here, and each fault has to have
 * its own reason. It trusts nothing: the value may be of any shape.
 */
export class Decoder {
  readonly #symbols: ReadonlyMap<string, { index: number; spec: SymbolSpec }>;
  #nextId = FIRST_ENGINE_ID;

  constructor(symbols: readonly SymbolSpec[]) {
    this.#symbols = new Map(symbols.map((spec, index) => [spec.name, { index, spec }]));
  }

  decode(value: unknown, defaultOp: string | undefined): Decoded {
    if (!isObject(value)) return malformed("malformed", "a command is a JSON object");
    const op: unknown = value.op ?? defaultOp;
    switch (op) {
      case "new":
        return this.#order(value);
      case "cancel":
      case "move":
      case "reduce":
        return amendment(OP[op], value);
      default:
        return malformed("unknown-op", `op is ${show(op)}, accepted is new, cancel, move, reduce`);
    }
  }

  #order(value: Record<string, unknown>): Decoded {
    if (value.id !== undefined && !(isPositive(value.id) && value.id < FIRST_ENGINE_ID)) {
      return malformed(
        "invalid-id",
        `id is ${show(value.id)}, accepted is a whole number from 1 to 2^40-1`,
      );
    }
    if (!(isPositive(value.user) && value.user <= 0x7fffffff)) {
      return malformed(
        "invalid-user",
        `user is ${show(value.user)}, accepted is a whole number from 1 to 2^31-1`,
      );
    }
    const symbol = typeof value.symbol === "string" ? this.#symbols.get(value.symbol) : undefined;
    if (symbol === undefined) {
      const known = [...this.#symbols.keys()].join(", ");
      return malformed("unknown-symbol", `symbol is ${show(value.symbol)}, accepted is ${known}`);
    }
    const side = value.side;
    if (side !== "buy" && side !== "sell") {
      return malformed("invalid-side", `side is ${show(side)}, accepted is buy, sell`);
    }
    const kind = kindOf(value.type ?? "limit", value.tif);
    if (typeof kind === "object") return kind;
    if (!isPositive(value.qty)) return badNumber("invalid-quantity", "qty", value.qty);
    if (value.qty % symbol.spec.lot !== 0) {
      return malformed(
        "off-lot",
        `qty is ${value.qty}, accepted are multiples of ${symbol.spec.lot}`,
      );
    }
    const price = kind >= KIND.market ? 0 : value.price;
    if (price !== 0 && !isPositive(price)) return badNumber("invalid-price", "price", price);
    if (price === 0 && kind < KIND.market) return badNumber("invalid-price", "price", price);
    if (price % symbol.spec.tick !== 0) {
      return malformed(
        "off-tick",
        `price is ${price}, accepted are multiples of ${symbol.spec.tick}`,
      );
    }
    return {
      command: {
        op: OP.new,
        id: value.id ?? this.#nextId++,
        user: value.user,
        symbol: symbol.index,
        side: SIDE[side],
        kind,
        price,
        qty: value.qty,
      },
    };
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

function amendment(op: Op, value: Record<string, unknown>): Decoded {
  if (!isPositive(value.id)) {
    return malformed("invalid-id", `id is ${show(value.id)}, accepted is a whole number from 1`);
  }
  const command: Command = {
    op,
    id: value.id,
    user: 0,
    symbol: 0,
    side: 0,
    kind: 0,
    price: 0,
    qty: 0,
  };
  if (op === OP.move) {
    if (!isPositive(value.price)) return badNumber("invalid-price", "price", value.price);
    command.price = value.price;
  }
  if (op === OP.reduce) {
    if (!isPositive(value.qty)) return badNumber("invalid-quantity", "qty", value.qty);
    command.qty = value.qty;
  }
  return { command };
}

function badNumber(reason: Reason, name: string, given: unknown): { malformed: Malformed } {
  return malformed(
    reason,
    `${name} is ${show(given)}, accepted is a whole number from 1 to 2^53-1`,
  );
}

function malformed(reason: Reason, message: string): { malformed: Malformed } {
  return { malformed: { reason, message } };
}

/** The value as the client wrote it, but never more than a line of it. */
function show(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, 60);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPositive(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
