import {
  blankCommand,
  type Command,
  KIND,
  type Kind,
  OP,
  REASONS,
  type Reason,
  SIDE,
} from "../core/command.ts";
import type { Status } from "../core/outcome.ts";
import type { Symbols } from "../core/symbols.ts";
import { type Decoded, fit, isPositive, malformed, type Vocabulary } from "./decode.ts";

/** The binary form of commands and answers; docs/engine/wire.md is its page. */
export const COMMAND_BYTES = 40;
export const HEAD_BYTES = 8;
export const RESULT_BYTES = 32;
export const FILL_BYTES = 24;
export const STATUSES: readonly (Status | "error")[] = [
  "accepted",
  "filled",
  "canceled",
  "reduced",
  "moved",
  "rejected",
  "error",
];

const LAST_OP = OP.reduce;
const REASON_NUMBER = new Map(REASONS.map((reason, index) => [reason, index + 1]));

/** What an answer frame tells of one command. */
export interface WireResult {
  code: number;
  id?: number;
  status: Status | "error";
  filled?: number;
  canceled?: number;
  fills?: readonly { maker: number; price: number; qty: number }[];
  reason?: Reason;
}

/** Reads commands out of frames. Every byte is the client's, so every field is checked. */
export class WireDecoder {
  readonly #vocabulary: Vocabulary;
  readonly #symbols: Symbols;

  constructor(vocabulary: Vocabulary, symbols: Symbols) {
    this.#vocabulary = vocabulary;
    this.#symbols = symbols;
  }

  decode(frame: DataView, at: number): Decoded {
    const op = frame.getUint8(at);
    if (op > LAST_OP) return malformed("unknown-op", `op is ${op}, accepted is 0 to ${LAST_OP}`);
    const command = blankCommand();
    command.op = op as Command["op"];
    command.id = frame.getFloat64(at + 8, true);
    command.price = frame.getFloat64(at + 16, true);
    command.qty = frame.getFloat64(at + 24, true);
    if (op === OP.new) return this.#order(frame, at, command);
    if (!isPositive(command.id)) return malformed("invalid-id", `id is ${command.id}`);
    if (op === OP.move && !isPositive(command.price)) return badPrice(command.price);
    if (op === OP.reduce && !isPositive(command.qty)) return badQuantity(command.qty);
    return { command };
  }

  #order(frame: DataView, at: number, command: Command): Decoded {
    const side = frame.getUint8(at + 1);
    const kind = frame.getUint8(at + 2);
    const user = this.#vocabulary.user(frame.getUint32(at + 4, true));
    const symbol = this.#symbols.listed[frame.getUint32(at + 32, true)];
    if (side !== SIDE.buy && side !== SIDE.sell)
      return malformed("invalid-side", `side is ${side}`);
    if (kind > KIND.marketFOK) return malformed("invalid-type", `kind is ${kind}`);
    if (user === undefined) return malformed("invalid-user", "user is out of range");
    if (symbol === undefined) return malformed("unknown-symbol", "no symbol has this number");
    if (!isPositive(command.qty)) return badQuantity(command.qty);
    if (kind >= KIND.market) command.price = 0;
    else if (!isPositive(command.price)) return badPrice(command.price);
    const id = this.#vocabulary.newId(command.id === 0 ? undefined : command.id);
    if (id === undefined) return malformed("invalid-id", `id is ${command.id}`);
    command.id = id;
    command.side = side;
    command.kind = kind as Kind;
    command.user = user;
    command.symbol = symbol.index;
    return fit(symbol, command);
  }
}

/** One answer frame: a head, the results in the commands' order, then all fills in the results' order. */
export function encodeResults(results: readonly WireResult[]): Uint8Array {
  const fills = results.reduce((sum, result) => sum + (result.fills?.length ?? 0), 0);
  const frame = new Uint8Array(HEAD_BYTES + results.length * RESULT_BYTES + fills * FILL_BYTES);
  const view = new DataView(frame.buffer);
  view.setUint32(0, results.length, true);
  view.setUint32(4, fills, true);
  let at = HEAD_BYTES;
  let fillAt = HEAD_BYTES + results.length * RESULT_BYTES;
  for (const result of results) {
    view.setFloat64(at, result.id ?? 0, true);
    view.setFloat64(at + 8, result.filled ?? 0, true);
    view.setFloat64(at + 16, result.canceled ?? 0, true);
    view.setUint8(at + 24, STATUSES.indexOf(result.status));
    view.setUint8(
      at + 25,
      result.reason === undefined ? 0 : (REASON_NUMBER.get(result.reason) ?? 0),
    );
    view.setUint16(at + 26, result.code, true);
    view.setUint32(at + 28, result.fills?.length ?? 0, true);
    at += RESULT_BYTES;
    for (const { maker, price, qty } of result.fills ?? []) {
      view.setFloat64(fillAt, maker, true);
      view.setFloat64(fillAt + 8, price, true);
      view.setFloat64(fillAt + 16, qty, true);
      fillAt += FILL_BYTES;
    }
  }
  return frame;
}

function badPrice(given: number): Decoded {
  return malformed("invalid-price", `price is ${given}`);
}

function badQuantity(given: number): Decoded {
  return malformed("invalid-quantity", `qty is ${given}`);
}
