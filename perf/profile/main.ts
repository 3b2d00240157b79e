import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { type Database, startDatabase } from "./postgres.ts";

/**
 * `node perf/profile/main.ts [OUT] [SECONDS] [RATE]`: what the engine costs its database and its memory. An engine with
 * a real PostgreSQL gets orders at a constant rate; then every statement is told with its time, and the heap is
 * profiled (OUT/*.heapprofile opens in a browser's developer tools). OUT/figures.json is for the history.
 */
const MAIN = join(import.meta.dirname, "..", "..", "engine", "main.ts");
const out = resolve(process.argv[2] ?? "profile");
const seconds = Number(process.argv[3] ?? 20);
const ratePerSecond = Number(process.argv[4] ?? 500);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await using database = await startDatabase();
const { engine, url } = await startEngine(database.url);
try {
  const idle = rssMb(engine);
  const sent = await order(url);
  await sleep(1_000);
  const memory = {
    idleMb: idle,
    afterMb: rssMb(engine),
    peakMb: peakMb(engine),
    kbPer1000Orders: 0,
  };
  memory.kbPer1000Orders = (1_024 * (memory.afterMb - idle)) / (sent / 1_000);
  const statements = await topStatements(database);
  const tables =
    await database.sql`select relname as table, n_tup_ins::int as inserted, n_tup_upd::int as updated,
    seq_scan::int as "sequentialScans", idx_scan::int as "indexScans" from pg_stat_user_tables order by relname`;
  const spentMs = statements.reduce((sum, one) => sum + Number(one.totalMs), 0);
  save("memory.json", { sent, ...memory });
  save("database.json", { sent, msPer1000Orders: (1_000 * spentMs) / sent, statements, tables });
  save("figures.json", {
    figures: [
      {
        name: "database time",
        value: Math.max(0.01, (1_000 * spentMs) / sent),
        unit: "ms per 1,000 orders",
        better: "lower",
      },
      { name: "engine memory", value: memory.peakMb, unit: "MB", better: "lower" },
    ],
  });
  console.log(
    `${sent} orders in ${seconds} s; memory ${idle.toFixed(0)} → ${memory.afterMb.toFixed(0)} MB, at most ${memory.peakMb.toFixed(0)} MB`,
  );
  console.log(
    `database ${((1_000 * spentMs) / sent).toFixed(1)} ms per 1,000 orders; the dearest statements:`,
  );
  for (const one of statements.slice(0, 5))
    console.log(`  ${one.totalMs} ms in ${one.calls} calls: ${one.query}`);
} finally {
  await end(engine);
}
console.log(
  `heap: ${readdirSync(out)
    .filter((file) => file.endsWith(".heapprofile"))
    .join(", ")} in ${out}`,
);

async function startEngine(databaseUrl: string): Promise<{ engine: ChildProcess; url: string }> {
  const data = join(out, "data");
  mkdirSync(data);
  const engine = spawn(process.execPath, ["--heap-prof", "--heap-prof-dir", out, MAIN], {
    env: {
      ...process.env,
      PORT: "0",
      METRICS_PORT: "0",
      JOURNAL_DIR: data,
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: "info",
    },
    cwd: tmpdir(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: engine.stdout })) {
    const { message, port } = JSON.parse(line) as { message: string; port: number };
    if (message !== "listening") continue;
    engine.stdout.resume();
    return { engine, url: `http://127.0.0.1:${port}` };
  }
  throw new Error("the engine ended before it listened");
}

/** Open loop, at a constant rate; how many were taken. */
async function order(url: string): Promise<number> {
  const pool = new Pool(url, { connections: 16 });
  const started = performance.now();
  const pending = new Set<Promise<void>>();
  let sent = 0;
  let taken = 0;
  while (performance.now() - started < 1_000 * seconds) {
    const due = ((performance.now() - started) * ratePerSecond) / 1_000;
    for (; sent < due; sent++) {
      const one = send(pool, sent).then((ok) => {
        if (ok) taken++;
        pending.delete(one);
      });
      pending.add(one);
    }
    await sleep(5);
  }
  await Promise.all(pending);
  await pool.close();
  if (taken < sent * 0.99) throw new Error(`only ${taken} of ${sent} orders were taken`);
  return taken;
}

async function send(pool: Pool, index: number): Promise<boolean> {
  const body = JSON.stringify({
    user: 1 + (index % 100),
    symbol: "BTC-USD",
    side: index % 2 === 0 ? "buy" : "sell",
    type: "limit",
    tif: index % 5 === 0 ? "IOC" : "GTC",
    price: 10_000 + (index % 2 === 0 ? -1 : 1) * ((index % 5) - 2),
    qty: 1 + (index % 7),
  });
  const headers = { "content-type": "application/json" };
  const answer = await pool.request({ method: "POST", path: "/orders", body, headers });
  await answer.body.dump();
  return answer.statusCode === 201;
}

function topStatements({ sql }: Database) {
  return sql<{ query: string; calls: number; totalMs: string; meanMs: string; rows: number }[]>`
    select left(regexp_replace(query, '\\s+', ' ', 'g'), 200) as query, calls::int, rows::int,
      round(total_exec_time::numeric, 1) as "totalMs", round(mean_exec_time::numeric, 3) as "meanMs"
    from pg_stat_statements where query !~* 'pg_stat|create |migrations' order by total_exec_time desc limit 20`;
}

function rssMb(engine: ChildProcess): number {
  return statusMb(engine, "VmRSS");
}

function peakMb(engine: ChildProcess): number {
  return statusMb(engine, "VmHWM");
}

function statusMb({ pid }: ChildProcess, key: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024;
}

async function end(engine: ChildProcess): Promise<void> {
  if (engine.exitCode !== null) return;
  const gone = once(engine, "exit");
  engine.kill("SIGTERM");
  await gone;
  rmSync(join(out, "data"), { recursive: true, force: true });
}

function save(file: string, value: object): void {
  writeFileSync(join(out, file), `${JSON.stringify(value, null, 2)}\n`);
}
