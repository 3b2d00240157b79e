import {
  type Command,
  KIND,
  type Kind,
  OP,
  type Op,
  REASONS,
  type Reason,
  SIDE,
} from "../core/command.ts";
import type { Status } from "../core/outcome.ts";
import type { Symbols } from "../core/symbols.ts";
import { isPositive, misfit, type Vocabulary } from "./decode.ts";

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
const FLOATS = COMMAND_BYTES / 8;
const WORDS = COMMAND_BYTES / 4;
const NUMBERS = new Map(REASONS.map((reason, index) => [reason, index + 1]));

/** A reason's number on the wire; 0 is none. */
export function reasonNumber(reason: Reason): number {
  return NUMBERS.get(reason) ?? 0;
}

/**
 * Reads commands out of frames. Every byte is the client's, so every field is checked. A frame is copied to where its
 * numbers are aligned, once, and read in place from there.
 */
export class WireDecoder {
  readonly #vocabulary: Vocabulary;
  readonly #symbols: Symbols;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #floats: Float64Array;

  constructor(vocabulary: Vocabulary, symbols: Symbols, mostCommands: number) {
    this.#vocabulary = vocabulary;
    this.#symbols = symbols;
    this.#bytes = new Uint8Array(mostCommands * COMMAND_BYTES);
    this.#words = new Uint32Array(this.#bytes.buffer);
    this.#floats = new Float64Array(this.#bytes.buffer);
  }

  /** The frame that is read from now on. */
  load(frame: Uint8Array): void {
    this.#bytes.set(frame);
  }

  /** Fills in the frame's command number `at`; says why it can't be one, or null. What it does not name is zero. */
  read(at: number, command: Command): Reason | null {
    const head = this.#words[at * WORDS] as number;
    const f = at * FLOATS;
    const op = head & 0xff;
    if (op > LAST_OP) return "unknown-op";
    command.op = op as Op;
    command.id = this.#floats[f + 1] as number;
    command.price = this.#floats[f + 2] as number;
    command.qty = this.#floats[f + 3] as number;
    command.timeMs = 0;
    if (op === OP.new) return this.#order(at, head, command);
    command.user = 0;
    command.symbol = 0;
    command.side = SIDE.buy;
    command.kind = KIND.GTC;
    if (!isPositive(command.id)) return "invalid-id";
    if (op !== OP.move) command.price = 0;
    else if (!isPositive(command.price)) return "invalid-price";
    if (op !== OP.reduce) command.qty = 0;
    else if (!isPositive(command.qty)) return "invalid-quantity";
    return null;
  }

  #order(at: number, head: number, command: Command): Reason | null {
    const side = (head >>> 8) & 0xff;
    const kind = (head >>> 16) & 0xff;
    const user = this.#vocabulary.user(this.#words[at * WORDS + 1]);
    const symbol = this.#symbols.listed[this.#words[at * WORDS + 8] as number];
    if (side !== SIDE.buy && side !== SIDE.sell) return "invalid-side";
    if (kind > KIND.marketFOK) return "invalid-type";
    if (user === undefined) return "invalid-user";
    if (symbol === undefined) return "unknown-symbol";
    if (!isPositive(command.qty)) return "invalid-quantity";
    if (kind >= KIND.market) command.price = 0;
    else if (!isPositive(command.price)) return "invalid-price";
    const id = this.#vocabulary.newId(command.id === 0 ? undefined : command.id);
    if (id === undefined) return "invalid-id";
    command.id = id;
    command.side = side;
    command.kind = kind as Kind;
    command.user = user;
    command.symbol = symbol.index;
    return misfit(symbol, command.price, command.qty);
  }
}
