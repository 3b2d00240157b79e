import postgres from "postgres";
import type { Core } from "../core/core.ts";
import type { Symbols } from "../core/symbols.ts";
import type { ChangedOrder, Changes, Trade } from "./changes.ts";
import { restingOrders, rowOfOrder } from "./order-row.ts";
import type { Sink } from "./sink.ts";

const CONNECT_LIMIT_SECONDS = 2;
const STATEMENT_LIMIT_MS = 5_000;
const BATCH_COMMANDS = 4_096;

/**
 * Orders and trades as tables. Each write is one transaction that also moves the journal's position forward from
 * where it must have been, so a write that is repeated, or made by two engines, is made once.
 */
export class PostgresSink implements Sink {
  readonly batch = BATCH_COMMANDS;
  readonly #sql: postgres.Sql;
  readonly #journal: string;
  readonly #symbols: Symbols;

  constructor(url: string, journal: string, symbols: Symbols) {
    this.#journal = journal;
    this.#symbols = symbols;
    // Two connections: health has one while the other writes.
    this.#sql = postgres(url, {
      max: 2,
      connect_timeout: CONNECT_LIMIT_SECONDS,
      connection: {
        application_name: `sluice-engine ${journal}`,
        statement_timeout: STATEMENT_LIMIT_MS,
      },
      backoff: () => 0.2,
      onnotice: () => {},
    });
  }

  async open(): Promise<number> {
    await this.#sql`insert into projection (journal, sequence) values (${this.#journal}, 0)
      on conflict do nothing`;
    const [row] = await this.#sql<
      { sequence: string }[]
    >`select sequence from projection where journal = ${this.#journal}`;
    return Number(row?.sequence ?? 0);
  }

  async write(changes: Changes): Promise<void> {
    await this.#sql.begin(async (sql) => {
      await this.#advance(sql, changes.from, changes.to);
      await this.#insertTrades(sql, changes.trades);
      await this.#upsertOrders(
        sql,
        changes.orders.filter(({ opened }) => opened !== null),
      );
      await this.#updateOrders(
        sql,
        changes.orders.filter(({ opened }) => opened === null),
      );
    });
  }

  async rebase(from: number, core: Core): Promise<void> {
    await this.#sql.begin(async (sql) => {
      await this.#advance(sql, from, core.sequence);
      await sql`insert into projection_gaps (journal, from_sequence, to_sequence)
        values (${this.#journal}, ${from + 1}, ${core.sequence}) on conflict do nothing`;
      await sql`update orders set open_qty = 0, status = 'closed', sequence = ${core.sequence}
        where journal = ${this.#journal} and status = 'open'`;
      await this.#upsertOrders(sql, [...restingOrders(core, Date.now())]);
    });
  }

  async ping(): Promise<void> {
    await this.#sql`select 1 from projection where journal = ${this.#journal}`;
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
  }

  async #advance(sql: postgres.TransactionSql, from: number, to: number): Promise<void> {
    const moved = await sql`update projection set sequence = ${to}, updated_at = now()
      where journal = ${this.#journal} and sequence = ${from}`;
    if (moved.count !== 1) throw new Error(`${this.#journal} is no longer at ${from}`);
  }

  async #insertTrades(sql: postgres.TransactionSql, trades: readonly Trade[]): Promise<void> {
    if (trades.length === 0) return;
    const rows = trades.map((trade) => ({ ...trade, symbol: this.#nameOf(trade.symbol) }));
    await sql`insert into trades
      select ${this.#journal}, sequence, ordinal, symbol, taker, maker, price, qty, to_timestamp("timeMs" / 1000.0)
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as t(sequence bigint, ordinal integer, symbol text,
        taker bigint, maker bigint, price bigint, qty bigint, "timeMs" double precision)
      on conflict do nothing`;
  }

  async #upsertOrders(
    sql: postgres.TransactionSql,
    orders: readonly ChangedOrder[],
  ): Promise<void> {
    if (orders.length === 0) return;
    const rows = orders.map((order) => rowOfOrder(order, (index) => this.#nameOf(index)));
    await sql`insert into orders
      select ${this.#journal}, id, "user", symbol, side, kind, price, qty, "openQty", status, opened,
        to_timestamp("timeMs" / 1000.0), sequence
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as t(id bigint, "user" integer, symbol text,
        side text, kind text, price bigint, qty bigint, "openQty" bigint, status text, opened bigint,
        "timeMs" double precision, sequence bigint)
      on conflict (journal, id) do update set user_id = excluded.user_id, symbol = excluded.symbol,
        side = excluded.side, kind = excluded.kind, price = excluded.price, qty = excluded.qty,
        open_qty = excluded.open_qty, status = excluded.status, opened_sequence = excluded.opened_sequence,
        opened_at = excluded.opened_at, sequence = excluded.sequence
      where orders.sequence <= excluded.sequence`;
  }

  async #updateOrders(
    sql: postgres.TransactionSql,
    orders: readonly ChangedOrder[],
  ): Promise<void> {
    if (orders.length === 0) return;
    await sql`update orders set price = coalesce(t.price, orders.price), open_qty = t."openQty",
        status = t.status, sequence = t.sequence
      from json_to_recordset(${JSON.stringify(orders)}::text::json) as t(id bigint, price bigint,
        "openQty" bigint, status text, sequence bigint)
      where journal = ${this.#journal} and orders.id = t.id and orders.sequence < t.sequence`;
  }

  #nameOf(symbol: number): string {
    return this.#symbols.listed[symbol]?.name ?? String(symbol);
  }
}
