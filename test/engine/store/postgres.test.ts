import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { until } from "../../support/until.ts";
import { EngineProcess } from "../support/engine-process.ts";
import { PostgresServer, postgresLack } from "../support/postgres-server.ts";

const SYMBOL = "BTC-USD";
const lack = postgresLack();

describe.skipIf(lack !== null)(`PostgreSQL follows the journal${lack ? ` (${lack})` : ""}`, () => {
  test("orders and trades become rows, and health tells how far", async () => {
    await using server = await PostgresServer.start();
    using folder = temporary();
    await using engine = await start(folder.path, server);
    await order(engine, { id: 1, side: "buy", price: 100, qty: 5 });
    await order(engine, { id: 2, user: 2, side: "sell", price: 99, qty: 2, tif: "IOC" });
    await order(engine, { id: 3, side: "buy", price: 90, qty: 4 });
    await engine.call("PATCH", "/orders/3", { price: 91 });
    await engine.call("DELETE", "/orders/1");
    await projected(server, 5);
    const orders = await server.sql`select id, user_id, side, kind, price, qty, open_qty, status,
      opened_sequence, sequence from orders order by id`;
    expect(orders).toEqual([
      row(1, 1, "buy", "GTC", 100, 5, 0, "canceled", 1, 5),
      row(2, 2, "sell", "IOC", 99, 2, 0, "filled", 2, 2),
      row(3, 1, "buy", "GTC", 91, 4, 4, "open", 3, 4),
    ]);
    const trades = await server.sql`select sequence, ordinal, symbol, taker, maker, price, qty,
      abs(extract(epoch from now() - traded_at)) < 600 as recent from trades`;
    expect(trades).toEqual([
      {
        sequence: "2",
        ordinal: 0,
        symbol: SYMBOL,
        taker: "2",
        maker: "1",
        price: "100",
        qty: "2",
        recent: true,
      },
    ]);
    // The rows are there before the engine has heard that they are.
    await expect
      .poll(() => engine.call("GET", "/health/db"))
      .toMatchObject({ code: 200, body: { status: "ok", sequence: 5, lag: 0 } });
    expect(await engine.metrics()).toMatch(/engine_postgres_up\{.*\} 1/);
  });

  test("kill -9 of the database holds no order up, and it catches up without a double row", async () => {
    await using server = await PostgresServer.start();
    using folder = temporary();
    await using engine = await start(folder.path, server);
    const load = loadOf(engine);
    await load.run(300);
    await Promise.all([server.kill(), load.run(300)]);
    const unwell = await until("health tells", async () => {
      const health = await engine.call("GET", "/health/db");
      return health.code === 503 ? health : false;
    });
    expect(unwell.body).toMatchObject({ status: "unavailable" });
    expect((await engine.call("GET", "/health")).code).toBe(200);
    await load.run(300);
    await server.start();
    await load.run(100);
    await projected(server, load.sent);
    await expectSameAsClient(server, load);
    await until(
      "health is well again",
      async () => (await engine.call("GET", "/health/db")).code === 200,
    );
  });

  test("an engine that is killed goes on where the database is", async () => {
    await using server = await PostgresServer.start();
    using folder = temporary();
    const first = await start(folder.path, server);
    const load = loadOf(first);
    await load.run(200);
    first.child.kill("SIGKILL");
    await first.ended;
    await using second = await start(folder.path, server);
    load.engine = second;
    await load.run(200);
    await projected(server, load.sent);
    await expectSameAsClient(server, load);
  });

  test("what was pruned while the database was away is noted as a gap, and open orders are right", async () => {
    await using server = await PostgresServer.start();
    using folder = temporary();
    const env = { SNAPSHOT_EVERY: "100", JOURNAL_SEGMENT_BYTES: "16384" };
    await using engine = await start(folder.path, server, env);
    const load = loadOf(engine);
    await load.run(50);
    await projected(server, 50);
    await server.kill();
    await load.run(1_000);
    await server.start();
    await until("the gap is noted", async () => {
      const gaps = await server.sql`select from_sequence from projection_gaps`;
      return gaps.length === 1;
    });
    await load.run(50);
    const { sequence } = (await engine.call("GET", "/health")).body;
    await projected(server, Number(sequence));
    const [row] =
      await server.sql`select sum(open_qty) as qty, count(*) as n from orders where status = 'open'`;
    const { bids } = (await engine.call("GET", `/depth/${SYMBOL}`)).body;
    const resting = (bids as [number, number][]).reduce((sum, [, qty]) => sum + qty, 0);
    expect(Number(row?.qty)).toBe(resting);
  });

  test("a database that is silent holds neither health nor an order up", async () => {
    await using server = await PostgresServer.start();
    using folder = temporary();
    await using engine = await start(folder.path, server);
    await order(engine, { id: 1, side: "buy", price: 100, qty: 5 });
    await projected(server, 1);
    const wake = server.freeze();
    const askedAt = performance.now();
    const health = await engine.call("GET", "/health/db");
    expect(health).toMatchObject({ code: 503, body: { cause: "no answer within 1000 ms" } });
    // Its own limit is a second; a machine may be as slow as this before it counts as waiting for the database.
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    expect((await order(engine, { id: 2, side: "buy", price: 99, qty: 5 })).code).toBe(201);
    wake();
    await projected(server, 2);
    await until(
      "health is well",
      async () => (await engine.call("GET", "/health/db")).code === 200,
    );
    const metrics = await engine.metrics();
    expect(metrics).toMatch(/engine_postgres_operations_total\{.*\} [1-9]/);
    expect(metrics).toMatch(/engine_postgres_write_duration_seconds_count\{.*\} [1-9]/);
  });

  test("a schema that is ahead by an expanding migration serves the engine as it is", async () => {
    await using server = await PostgresServer.start();
    using folder = temporary();
    await using engine = await start(folder.path, server);
    await order(engine, { id: 1, side: "buy", price: 100, qty: 5 });
    await server.sql`alter table orders add column note text not null default ''`;
    await server.sql`create table notes (id bigint primary key)`;
    await order(engine, { id: 2, side: "sell", price: 100, qty: 2 });
    await projected(server, 2);
    const [counts] = await server.sql`select (select count(*)::int from orders) as orders,
      (select count(*)::int from trades) as trades`;
    expect(counts).toEqual({ orders: 2, trades: 1 });
  });

  test("a migration can be taken back and made again while the engine serves", async () => {
    await using server = await PostgresServer.start();
    using folder = temporary();
    await using engine = await start(folder.path, server);
    expect(await server.migrate("down", 2)).toHaveLength(2);
    expect((await order(engine, { id: 1, side: "buy", price: 5, qty: 1 })).code).toBe(201);
    await until(
      "health misses the tables",
      async () => (await engine.call("GET", "/health/db")).code === 503,
    );
    expect(await server.migrate()).toHaveLength(2);
    await projected(server, 1);
    expect(await server.sql`select id from orders`).toEqual([{ id: "1" }]);
  });
});

test("a database without a journal is refused, and its password is not told", async () => {
  await using engine = EngineProcess.spawn({ DATABASE_URL: "postgres://u:secret@127.0.0.1/db" });
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)?.message).toContain("DATABASE_URL needs JOURNAL_DIR");
  expect(JSON.stringify(engine.log)).not.toContain("secret");
});

/** Orders of a client that remembers what it asked for. */
interface Load {
  engine: EngineProcess;
  sent: number;
  run(count: number): Promise<void>;
}

/** Every third order is a sell that trades with one unit of the best bid. */
function loadOf(engine: EngineProcess): Load {
  const load: Load = {
    engine,
    sent: 0,
    run: async (count) => {
      for (let done = 0; done < count; done += 50) {
        const batch = Array.from({ length: 50 }, (_, at) => {
          const id = load.sent + at + 1;
          return id % 3 === 0
            ? { id, user: 2, symbol: SYMBOL, side: "sell", price: 1, qty: 1 }
            : { id, user: 1, symbol: SYMBOL, side: "buy", price: 1 + (id % 40), qty: 2 };
        });
        const { code, body } = await load.engine.call("POST", "/orders/batch", batch);
        expect(code).toBe(200);
        for (const result of body.results as { code: number }[]) expect(result.code).toBe(201);
        load.sent += 50;
      }
    },
  };
  return load;
}

async function expectSameAsClient(server: PostgresServer, load: Load): Promise<void> {
  const [counts] = await server.sql`select (select count(*) from orders)::int as orders,
    (select count(*) from trades)::int as trades, (select sum(qty) from trades)::int as traded,
    (select sum(open_qty) from orders)::int as open`;
  const sells = Math.floor(load.sent / 3);
  const bought = (load.sent - sells) * 2;
  expect(counts).toEqual({ orders: load.sent, trades: sells, traded: sells, open: bought - sells });
}

async function projected(server: PostgresServer, sequence: number): Promise<void> {
  await until(`the database is at ${sequence}`, async () => {
    const [row] = await server.sql`select sequence from projection`.catch(() => []);
    return Number(row?.sequence ?? 0) >= sequence;
  });
}

function start(folder: string, server: PostgresServer, env = {}): Promise<EngineProcess> {
  return EngineProcess.start({ JOURNAL_DIR: folder, DATABASE_URL: server.url, ...env });
}

function order(engine: EngineProcess, fields: object): ReturnType<EngineProcess["call"]> {
  return engine.call("POST", "/orders", { user: 1, symbol: SYMBOL, ...fields });
}

function row(
  id: number,
  user_id: number,
  side: string,
  kind: string,
  price: number,
  qty: number,
  open: number,
  status: string,
  opened: number,
  sequence: number,
): object {
  const text = { id, price, qty, open_qty: open, opened_sequence: opened, sequence };
  const big = Object.fromEntries(
    Object.entries(text).map(([name, value]) => [name, String(value)]),
  );
  return { ...big, user_id, side, kind, status };
}

function temporary(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "journal-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
