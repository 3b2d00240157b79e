import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { EngineProcess } from "./support/engine-process.ts";
import { Random } from "./support/flow.ts";

const MAIN = fileURLToPath(new URL("../../engine/main.ts", import.meta.url));
/** The whole claim is a hundred kills; a few of them are made each time. */
const KILLS = Number(process.env.ENGINE_KILLS ?? 3);
const SYMBOL = "BTC-USD";

test.each([
  ["one large segment and no snapshot", {}],
  [
    "small segments and snapshots between",
    { JOURNAL_SEGMENT_BYTES: "16384", SNAPSHOT_EVERY: "300" },
  ],
])(
  "with %s, kill -9 at any moment loses no acknowledged order and doubles none",
  async (what, env) => {
    using folder = temporary();
    const random = new Random(what.length);
    const orders = new Ledger();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await using engine = await EngineProcess.start({ JOURNAL_DIR: folder.path, ...env });
      orders.settle(await prices(engine));
      const clients = Array.from({ length: 4 }, () => orders.load(engine));
      await new Promise((resolve) => setTimeout(resolve, 30 + random.below(200)));
      engine.child.kill("SIGKILL");
      await Promise.all(clients);
    }
    await using engine = await EngineProcess.start({ JOURNAL_DIR: folder.path, ...env });
    orders.settle(await prices(engine));
    expect(orders.present).toBeGreaterThan(KILLS);
    const recovered = engine.log.find((line) => line.message === "recovered");
    if (!("SNAPSHOT_EVERY" in env)) expect(recovered?.hash).toBe(independentHash(folder.path));
  },
  30_000 + KILLS * 4_000,
);

test("after a drain there is nothing to repeat", async () => {
  using folder = temporary();
  const first = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  for (const id of [1, 2, 3]) await order(first, id);
  first.child.kill("SIGTERM");
  expect((await first.ended).code).toBe(0);
  await using second = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  expect(await second.waitFor("recovered")).toMatchObject({
    snapshot: 4,
    commands: 0,
    sequence: 4,
  });
  expect(await prices(second)).toEqual([3, 2, 1]);
  const next = await second.call("POST", "/orders", {
    user: 1,
    symbol: SYMBOL,
    side: "buy",
    price: 9,
    qty: 1,
  });
  expect(next.body.id).toBe(2 ** 40);
});

test.each([
  ["kill -9", "SIGKILL"],
  ["a drain", "SIGTERM"],
] as const)(
  "after %s an order that was filled before is not taken again",
  async (_what, signal) => {
    using folder = temporary();
    const first = await EngineProcess.start({ JOURNAL_DIR: folder.path });
    await order(first, 7);
    const taker = { user: 2, symbol: SYMBOL, side: "sell", type: "market", qty: 1 };
    expect((await first.call("POST", "/orders", { ...taker, id: 8 })).body.filled).toBe(1);
    first.child.kill(signal);
    await first.ended;
    await using second = await EngineProcess.start({ JOURNAL_DIR: folder.path });
    for (const id of [7, 8]) {
      expect(await order(second, id)).toMatchObject({ code: 409, body: { reason: "id-used" } });
    }
  },
);

test("a torn tail is cut, and what is whole is kept", async () => {
  using folder = temporary();
  await writeJournal(folder.path, 3);
  const file = newest(folder.path, ".log");
  const end = 4096 + 3 * 64;
  truncateSync(file, end - 10);
  appendFileSync(file, Buffer.alloc(200, 7));
  await using engine = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  expect(await engine.waitFor("recovered")).toMatchObject({ commands: 2, tornBytes: 254 });
  expect(await prices(engine)).toEqual([2, 1]);
  expect(statSync(file).size).toBe(4096 + 2 * 64);
});

test("a damaged snapshot is not believed: the journal gives the state", async () => {
  using folder = temporary();
  const engine = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  await order(engine, 5);
  engine.child.kill("SIGTERM");
  await engine.ended;
  const file = newest(folder.path, ".bin");
  truncateSync(file, statSync(file).size - 8);
  await using again = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  expect(await again.waitFor("recovered")).toMatchObject({ snapshot: 0, sequence: 2 });
  expect(await prices(again)).toEqual([5]);
});

test("a journal with a hole, or for other symbols, is refused", async () => {
  using folder = temporary();
  await writeJournal(folder.path, 2);
  const from = newest(folder.path, ".log");
  copyFileSync(from, join(folder.path, "journal-0000000000000009.log"));
  await using engine = EngineProcess.spawn({ JOURNAL_DIR: folder.path });
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)?.message).toContain("lacks the commands 3 to 8");
  rmSync(join(folder.path, "journal-0000000000000009.log"));
  await using other = EngineProcess.spawn({ JOURNAL_DIR: folder.path, SYMBOLS: "ETH-USD" });
  expect((await other.ended).code).toBe(2);
  expect(other.log.at(-1)?.message).toContain("written for the symbols BTC-USD,ETH-USD");
});

test("a second engine on the same journal is refused while the first one lives", async () => {
  using folder = temporary();
  await using first = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  await using second = EngineProcess.spawn({ JOURNAL_DIR: folder.path });
  expect((await second.ended).code).toBe(2);
  expect(second.log.at(-1)?.message).toContain("another engine writes the journal");
  first.child.kill("SIGKILL");
  await first.ended;
  await using third = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  expect((await order(third, 1)).code).toBe(201);
});

test("without room for the journal orders are refused, the engine stays up and says so", async () => {
  using folder = temporary();
  const env = {
    JOURNAL_DIR: folder.path,
    JOURNAL_SEGMENT_BYTES: "16384",
    JOURNAL_LIMIT_BYTES: "20000",
  };
  await using engine = await EngineProcess.start(env);
  await expect.poll(async () => (await engine.call("GET", "/health")).body.journal).toBe("full");
  const refused = await order(engine, 1);
  expect(refused).toMatchObject({ code: 503, body: { reason: "journal-full" } });
  expect((await engine.call("GET", "/health")).code).toBe(200);
  expect(await engine.metrics()).toMatch(/engine_refusals_total\{reason="journal-full".*\} 1/);
});

/** What the client knows of its orders. Each has its own price and quantity 1, so depth tells them apart. */
class Ledger {
  #nextId = 1;
  readonly #acknowledged = new Set<number>();
  readonly #canceled = new Set<number>();
  /** Asked for and not answered: may be there or not. */
  readonly #open = new Map<number, "new" | "cancel">();

  get present(): number {
    return this.#acknowledged.size;
  }

  async load(engine: EngineProcess): Promise<void> {
    for (;;) {
      const id = this.#nextId;
      this.#nextId += 1;
      this.#open.set(id, "new");
      try {
        expect((await order(engine, id)).code).toBe(201);
        this.#open.delete(id);
        this.#acknowledged.add(id);
        if (id % 3 !== 0) continue;
        this.#open.set(id, "cancel");
        expect((await engine.call("DELETE", `/orders/${id}`)).code).toBe(200);
        this.#open.delete(id);
        this.#acknowledged.delete(id);
        this.#canceled.add(id);
      } catch (error) {
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  }

  /** Compares with what the engine has, and learns what became of the orders without an answer. */
  settle(present: readonly number[]): void {
    const there = new Set(present);
    expect(there.size).toBe(present.length);
    const lost = [...this.#acknowledged].filter((id) => !there.has(id) && !this.#open.has(id));
    expect(lost).toEqual([]);
    expect([...this.#canceled].filter((id) => there.has(id))).toEqual([]);
    expect(present.filter((id) => !this.#acknowledged.has(id) && !this.#open.has(id))).toEqual([]);
    for (const id of this.#open.keys()) {
      if (there.has(id)) this.#acknowledged.add(id);
      else this.#acknowledged.delete(id);
    }
    this.#open.clear();
  }
}

function order(engine: EngineProcess, id: number): ReturnType<EngineProcess["call"]> {
  return engine.call("POST", "/orders", {
    id,
    user: 1,
    symbol: SYMBOL,
    side: "buy",
    price: id,
    qty: 1,
  });
}

async function prices(engine: EngineProcess): Promise<number[]> {
  const { bids } = (await engine.call("GET", `/depth/${SYMBOL}`)).body;
  for (const [, qty] of bids as [number, number][]) expect(qty).toBe(1);
  return (bids as [number, number][]).map(([price]) => price);
}

/** A journal of so many orders, ended without a snapshot. */
async function writeJournal(folder: string, orders: number): Promise<void> {
  await using engine = await EngineProcess.start({ JOURNAL_DIR: folder });
  for (let id = 1; id <= orders; id += 1) await order(engine, id);
  engine.child.kill("SIGKILL");
  await engine.ended;
}

/** The hash that the journal's commands give when they are replayed one by one. */
function independentHash(folder: string): string {
  const dumped = spawnSync(process.execPath, [MAIN, "journal", folder], {
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const args = [MAIN, "replay", "-", "--once"];
  const replayed = spawnSync(process.execPath, args, {
    input: dumped.stdout,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  return JSON.parse(replayed.stdout.trimEnd().split("\n").at(-1) ?? "").hash;
}

function newest(folder: string, suffix: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix));
  return join(folder, names.sort().at(-1) ?? "");
}

function temporary(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "journal-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
