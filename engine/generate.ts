import type { Writable } from "node:stream";
import { Refusal } from "./refusal.ts";

const USAGE = "generate [--seed 1] [--commands 1000] [--users 10] [--symbols BTC-USD,ETH-USD]";
const DEFAULTS = { seed: "1", commands: "1000", users: "10", symbols: "BTC-USD,ETH-USD" };
const MOST = 10_000_000;
const FIRST_PRICE = 10_000;

type Options = Record<keyof typeof DEFAULTS, string>;

/** Commands to try an engine with, one JSON object a line: `replay` takes them, and so do the ways in. The same seed gives the same ones. */
export async function generateCommand(args: readonly string[], output: Writable): Promise<void> {
  const { seed, commands, users, symbols } = readArgs(args);
  const orders = new Orders(
    whole("--seed", seed, 0),
    whole("--users", users, 1),
    symbols.split(","),
  );
  const count = whole("--commands", commands, 1);
  for (let at = 0; at < count; at += 1) {
    const isRead = output.write(`${JSON.stringify(orders.next())}\n`);
    if (!isRead) await new Promise((resolve) => output.once("drain", resolve));
  }
}

/** Orders around prices that wander, some of them cancelled, moved or reduced. */
class Orders {
  #random: number;
  #lastId = 0;
  readonly #users: number;
  readonly #markets: { symbol: string; price: number }[];

  constructor(seed: number, users: number, symbols: readonly string[]) {
    this.#random = seed >>> 0;
    this.#users = users;
    this.#markets = symbols.map((symbol) => ({ symbol, price: FIRST_PRICE }));
  }

  next(): object {
    const chance = this.#below(100);
    const id = 1 + this.#below(Math.max(1, this.#lastId));
    const market = this.#markets[this.#below(this.#markets.length)];
    if (market === undefined) throw new Error("there is no symbol");
    if (chance < 20) return { op: "cancel", id };
    if (chance < 25) return { op: "reduce", id, qty: 1 + this.#below(5) };
    if (chance < 30) return { op: "move", id, price: this.#near(market.price) };
    market.price = Math.max(100, market.price + this.#below(3) - 1);
    this.#lastId += 1;
    const side = this.#below(2) === 0 ? "buy" : "sell";
    const user = 1 + this.#below(this.#users);
    const { symbol } = market;
    const order = { op: "new", id: this.#lastId, user, symbol, side, qty: 1 + this.#below(20) };
    if (this.#below(20) === 0) return { ...order, type: "market" };
    const tif = ["GTC", "GTC", "GTC", "IOC", "FOK", "PO"][this.#below(6)];
    return { ...order, type: "limit", tif, price: this.#near(market.price) };
  }

  #near(price: number): number {
    return price + this.#below(21) - 10;
  }

  #below(limit: number): number {
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#random / 4294967296) * limit);
  }
}

function readArgs(args: readonly string[]): Options {
  const options: Options = { ...DEFAULTS };
  for (let at = 0; at < args.length; at += 2) {
    const name = args[at]?.replace(/^--/, "") ?? "";
    const value = args[at + 1];
    if (!isOption(name) || value === undefined || value === "") {
      throw new Refusal(`generate does not know "${args.slice(at, at + 2).join(" ")}"`, USAGE);
    }
    options[name] = value;
  }
  return options;
}

function isOption(name: string): name is keyof typeof DEFAULTS {
  return Object.hasOwn(DEFAULTS, name);
}

function whole(name: string, given: string, least: number): number {
  const value = Number(given);
  if (/^\d{1,10}$/.test(given) && value >= least && value <= MOST) return value;
  throw new Refusal(
    `${name} is "${given}", accepted is a whole number from ${least} to ${MOST}`,
    USAGE,
  );
}
