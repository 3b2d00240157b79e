import { FIRST_ENGINE_ID } from "../core/command.ts";
import type { Listed, Symbols } from "../core/symbols.ts";
import { isPositive, type Vocabulary } from "./decode.ts";

const MAX_USER = 0x3fffffff;
const FIRST_NAMED_ID = 2 ** 52;

/** The live engine's: numbers are what they are, symbols are those of the configuration. */
export class LiveVocabulary implements Vocabulary {
  readonly accepted = {
    id: "a whole number from 1 to 2^40-1",
    user: "a whole number from 1 to 2^30-1",
  };
  readonly #symbols: Symbols;
  #nextId: number;

  /** `nextId` is the first of the engine's own ids that has not been given out. */
  constructor(symbols: Symbols, nextId = FIRST_ENGINE_ID) {
    this.#symbols = symbols;
    this.#nextId = nextId;
  }

  newId(given: unknown): number | undefined {
    if (given !== undefined)
      return isPositive(given) && given < FIRST_ENGINE_ID ? given : undefined;
    this.#nextId += 1;
    return this.#nextId - 1;
  }

  id(given: unknown): number | undefined {
    return isPositive(given) ? given : undefined;
  }

  user(given: unknown): number | undefined {
    return isPositive(given) && given <= MAX_USER ? given : undefined;
  }

  symbol(given: unknown): Listed | undefined {
    return typeof given === "string" ? this.#symbols.find(given) : undefined;
  }

  asset(given: unknown): number | undefined {
    const index = typeof given === "string" ? this.#symbols.assets.indexOf(given) : -1;
    return index < 0 ? undefined : index;
  }

  symbolNames(): string {
    return this.#symbols.listed.map((symbol) => symbol.name).join(", ");
  }
}

/**
 * A replay's: ids and users may be names as well, and a symbol exists from its first use. Numbers that the live
 * engine takes stay what they are, so that a live engine's commands give the same state here.
 */
export class ReplayVocabulary implements Vocabulary {
  readonly accepted = { id: "a whole number or a text", user: "a whole number or a text" };
  readonly #symbols: Symbols;
  readonly #onSymbol: (symbol: Listed) => void;
  readonly #ids = new Names(FIRST_NAMED_ID, FIRST_NAMED_ID);
  readonly #users = new Names(MAX_USER + 1, MAX_USER + 1);

  constructor(symbols: Symbols, onSymbol: (symbol: Listed) => void) {
    this.#symbols = symbols;
    this.#onSymbol = onSymbol;
  }

  newId(given: unknown): number | undefined {
    return this.#ids.number(given);
  }

  id(given: unknown): number | undefined {
    return this.#ids.number(given);
  }

  user(given: unknown): number | undefined {
    return this.#users.number(given);
  }

  symbol(given: unknown): Listed | undefined {
    if (typeof given !== "string" || given === "") return undefined;
    const known = this.#symbols.find(given);
    if (known !== undefined) return known;
    const symbol = this.#symbols.list({ name: given, tick: 1, lot: 1 });
    this.#onSymbol(symbol);
    return symbol;
  }

  asset(given: unknown): number | undefined {
    return typeof given === "string" && given !== "" ? this.#symbols.asset(given) : undefined;
  }

  symbolNames(): string {
    return "any text";
  }

  /** The id as it was given. */
  nameOf(id: number): number | string {
    return this.#ids.name(id);
  }
}

/** Numbers for names, from `first` on; positive numbers below `limit` stand for themselves. */
class Names {
  readonly #first: number;
  readonly #limit: number;
  readonly #numbers = new Map<number | string, number>();
  readonly #names: (number | string)[] = [];

  constructor(first: number, limit: number) {
    this.#first = first;
    this.#limit = limit;
  }

  number(given: unknown): number | undefined {
    if (isPositive(given) && given < this.#limit) return given;
    if (typeof given !== "string" && !Number.isSafeInteger(given)) return undefined;
    const name = given as string | number;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#first + this.#names.length;
    this.#names.push(name);
    this.#numbers.set(name, number);
    return number;
  }

  name(number: number): number | string {
    // Not asked of the list: a number that no element can have is looked up as a text.
    if (number < this.#first) return number;
    return this.#names[number - this.#first] ?? number;
  }
}
