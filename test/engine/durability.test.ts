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
import { expect, test } from "vitest";
import { EngineProcess } from "./support/engine-process.ts";
import { Ledger, placeOrder as order, restingIds as prices } from "./support/ledger.ts";

const SYMBOL = "BTC-USD";

test("after a drain under load all that was acknowledged is there, and nothing was in doubt", async () => {
  using folder = temporary();
  // Half of it is for clients that go on and on, half for the answers to what is in hand then.
  const env = { JOURNAL_DIR: folder.path, DRAIN_LIMIT_MS: "16000" };
  const first = await EngineProcess.start(env);
  const orders = new Ledger();
  const clients = [
    ...Array.from({ length: 3 }, () => orders.load(first)),
    orders.loadBatches(first),
  ];
  await expect.poll(() => orders.present).toBeGreaterThan(50);
  first.child.kill("SIGTERM");
  await Promise.all(clients);
  expect(await first.ended).toEqual({ code: 0, signal: null });
  await using second = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  expect(await second.waitFor("recovered")).toMatchObject({ commands: 0, tornBytes: 0 });
  const present = await prices(second);
  expect(present.length).toBe(orders.present);
  orders.settle(present);
});

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

/** A journal of so many orders, ended without a snapshot. */
async function writeJournal(folder: string, orders: number): Promise<void> {
  await using engine = await EngineProcess.start({ JOURNAL_DIR: folder });
  for (let id = 1; id <= orders; id += 1) await order(engine, id);
  engine.child.kill("SIGKILL");
  await engine.ended;
}

function newest(folder: string, suffix: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix));
  return join(folder, names.sort().at(-1) ?? "");
}

function temporary(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "journal-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
