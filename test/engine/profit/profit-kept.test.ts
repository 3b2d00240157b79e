import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepProfits, readProfits } from "../../../engine/profit/profit-file.ts";
import { until } from "../../support/until.ts";
import { EngineProcess, type Json } from "../support/engine-process.ts";
import { Random } from "../support/flow.ts";

// Several starts each, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const SYMBOLS = ["BTC-USD", "ETH-USD"];
const USERS = [1, 2, 3];
/**
 * Segments and snapshots so small that the journal soon lacks its beginning. Two snapshots may be made before what is between them is
 * counted, so each batch is waited for.
 */
const SMALL = { JOURNAL_SEGMENT_BYTES: "16384", SNAPSHOT_EVERY: "200" };

let folder = "";
let env: Record<string, string> = {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "profit-"));
  env = { PNL_USERS: USERS.join(), JOURNAL_DIR: folder };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What users have, from the fills that their orders' answers told. */
class Book {
  readonly #cash = new Map<string, number>();
  readonly #position = new Map<string, number>();
  readonly #lastPrices = new Map<string, number>();
  readonly #owners = new Map<number, number>();
  #nextId = 1;

  /** Orders at a few prices, so that most of them trade. */
  async trade(engine: EngineProcess, batches: number, seed: number): Promise<void> {
    const random = new Random(seed);
    for (let batch = 0; batch < batches; batch += 1) {
      const orders = Array.from({ length: 50 }, () => {
        this.#nextId += 1;
        const user = 1 + random.below(3);
        this.#owners.set(this.#nextId, user);
        const side = random.chance(0.5) ? "buy" : "sell";
        const symbol = SYMBOLS[random.below(2)] ?? "";
        return { id: this.#nextId, user, symbol, side, price: 100 + random.below(5), qty: 3 };
      });
      const { body } = await engine.call("POST", "/orders/batch", orders);
      await counted(engine);
      for (const [at, { fills = [] }] of (body.results as { fills?: Json[] }[]).entries()) {
        const order = orders[at];
        if (order === undefined) throw new Error("an answer without an order");
        const sign = order.side === "buy" ? 1 : -1;
        for (const fill of fills) {
          const [price, qty] = [Number(fill.price), sign * Number(fill.qty)];
          this.#settle(order.user, order.symbol, price, qty);
          this.#settle(this.#owners.get(Number(fill.maker)) ?? 0, order.symbol, price, -qty);
          this.#lastPrices.set(order.symbol, price);
        }
      }
    }
  }

  #settle(user: number, symbol: string, price: number, bought: number): void {
    const key = `${user} ${symbol}`;
    this.#position.set(key, (this.#position.get(key) ?? 0) + bought);
    this.#cash.set(key, (this.#cash.get(key) ?? 0) - bought * price);
  }

  get standings(): string[] {
    return USERS.flatMap((user) =>
      SYMBOLS.map((symbol) => {
        const position = this.#position.get(`${user} ${symbol}`) ?? 0;
        const exposure = position * (this.#lastPrices.get(symbol) ?? 0);
        const profit = (this.#cash.get(`${user} ${symbol}`) ?? 0) + exposure;
        return `${user} ${symbol} ${position} ${exposure} ${profit}`;
      }),
    );
  }
}

/** The metrics, when nothing waits to be counted. */
function counted(engine: EngineProcess): Promise<string> {
  const look = async (): Promise<string | false> => {
    const text = await engine.metrics();
    return /^engine_profit_lag\{.*\} 0$/m.test(text) && text;
  };
  return until("all is counted", look, 120_000);
}

/** The same, as the engine's metrics tell it. */
async function told(engine: EngineProcess): Promise<string[]> {
  const metrics = await counted(engine);
  return USERS.flatMap((user) =>
    SYMBOLS.map((symbol) => {
      const values = ["engine_position", "engine_exposure", "engine_profit"].map((name) =>
        Number(
          new RegExp(`^${name}\\{user="${user}",symbol="${symbol}".*\\} (\\S+)`, "m").exec(
            metrics,
          )?.[1],
        ),
      );
      return [user, symbol, ...values].join(" ");
    }),
  );
}

async function missing(engine: EngineProcess): Promise<number> {
  const series = /^engine_profit_missing_commands\{.*\} (\S+)/m;
  return Number(series.exec(await engine.metrics())?.[1]);
}

test("profit outlives kills and drains, also when the journal no longer has the first trades", async () => {
  const book = new Book();
  for (const [round, signal] of (["SIGKILL", "SIGTERM", "SIGKILL"] as const).entries()) {
    await using engine = await EngineProcess.start({ ...env, ...SMALL });
    expect(await told(engine)).toEqual(book.standings);
    await book.trade(engine, 12, round);
    expect(await told(engine)).toEqual(book.standings);
    expect(await missing(engine)).toBe(0);
    engine.child.kill(signal);
    await engine.ended;
  }
  await using engine = await EngineProcess.start({ ...env, ...SMALL });
  expect(await told(engine)).toEqual(book.standings);
  const { threads } = (await engine.call("GET", "/health")).body;
  expect(threads).toMatchObject({ profit: { why: "nothing planned" } });
});

test("what was not kept, or for other users, is counted from the journal while it is whole", async () => {
  const book = new Book();
  const first = await EngineProcess.start({ ...env, PNL_USERS: "1" });
  await book.trade(first, 4, 9);
  first.child.kill("SIGTERM");
  await first.ended;
  const second = await EngineProcess.start(env);
  expect(await told(second)).toEqual(book.standings);
  second.child.kill("SIGTERM");
  await second.ended;
  writeFileSync(join(folder, "profits.json"), "half a fi");
  await using third = await EngineProcess.start(env);
  expect(await told(third)).toEqual(book.standings);
  expect(await missing(third)).toBe(0);
});

test("when the journal is whole no longer, it says how many commands are not in", async () => {
  const book = new Book();
  const first = await EngineProcess.start({ ...env, ...SMALL });
  await book.trade(first, 16, 5);
  first.child.kill("SIGTERM");
  await first.ended;
  rmSync(join(folder, "profits.json"), { force: true });
  await using second = await EngineProcess.start({ ...env, ...SMALL });
  await told(second);
  expect(await missing(second)).toBeGreaterThan(0);
});

test("a file of profits that was changed is none", () => {
  const kept = { sequence: 7, missing: 0, lastPrices: [5], users: { 1: [3, -15] } };
  keepProfits(folder, kept);
  expect(readProfits(folder)).toEqual(kept);
  const path = join(folder, "profits.json");
  writeFileSync(path, readFileSync(path, "utf8").replace("-15", "-16"));
  expect(readProfits(folder)).toBeNull();
});
