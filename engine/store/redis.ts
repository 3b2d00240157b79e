import type { Core } from "../core/core.ts";
import type { Symbols } from "../core/symbols.ts";
import type { Changes } from "./changes.ts";
import { RespClient, type RespValue } from "./resp.ts";
import type { Sink } from "./sink.ts";

const BATCH_COMMANDS = 4_096;
const LEVELS = 20;
/** What is older than what is there is left out, so a late or repeated write changes nothing. */
const SET_IF_NEWER = `
local known = tonumber(redis.call('HGET', KEYS[1], 'sequence') or '-1')
if tonumber(ARGV[1]) < known then return 0 end
redis.call('HSET', KEYS[1], 'sequence', ARGV[1], unpack(ARGV, 2))
return 1`;

/** The present of each symbol as a hash: best levels, last trade. Keys are `engine:JOURNAL:SYMBOL`, and `engine:JOURNAL` for the position. */
export class RedisSink implements Sink {
  readonly batch = BATCH_COMMANDS;
  readonly #client: RespClient;
  readonly #health: RespClient;
  readonly #prefix: string;
  readonly #symbols: Symbols;

  constructor(url: string, journal: string, symbols: Symbols) {
    this.#client = new RespClient(url);
    this.#health = new RespClient(url);
    this.#prefix = `engine:${journal}`;
    this.#symbols = symbols;
  }

  /** It holds no history, so it begins with the newest snapshot. */
  async open(): Promise<null> {
    await this.#client.send("PING");
    return null;
  }

  async write(changes: Changes, core: Core): Promise<void> {
    const last = new Map(changes.trades.map((trade) => [trade.symbol, trade]));
    const writes = this.#symbols.listed.map(({ name, index }) => {
      const trade = last.get(index);
      const traded =
        trade === undefined
          ? []
          : ["price", trade.price, "qty", trade.qty, "tradedMs", trade.timeMs];
      return this.#set(`${this.#prefix}:${name}`, core.sequence, [
        ...depth(core, index),
        ...traded,
      ]);
    });
    await Promise.all(writes);
    await this.#set(this.#prefix, core.sequence, ["updatedMs", Date.now()]);
  }

  async rebase(_from: number, core: Core): Promise<void> {
    await this.write({ from: core.sequence, to: core.sequence, orders: [], trades: [] }, core);
  }

  async ping(): Promise<void> {
    await this.#health.send("PING");
  }

  async close(): Promise<void> {
    this.#client.close();
    this.#health.close();
  }

  #set(key: string, sequence: number, fields: (string | number)[]): Promise<RespValue> {
    return this.#client.send("EVAL", SET_IF_NEWER, 1, key, sequence, ...fields);
  }
}

function depth(core: Core, symbol: number): string[] {
  const { bids, asks } = core.depth(symbol, LEVELS);
  return ["bids", JSON.stringify(bids), "asks", JSON.stringify(asks)];
}
