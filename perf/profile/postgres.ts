import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runner } from "node-pg-migrate";
import postgres from "postgres";
import { freePorts } from "../../lib/process/free-port.ts";

const MIGRATIONS = join(import.meta.dirname, "..", "..", "migrations");
const READY_MS = 30_000;

export interface Database extends AsyncDisposable {
  readonly url: string;
  readonly sql: postgres.Sql;
}

/** A real PostgreSQL of its own on loopback that counts every statement, migrated. */
export async function startDatabase(): Promise<Database> {
  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), "profile-postgres-"));
  const user = owner();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const made = spawnSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "sluice", "-A", "trust", "--no-sync"],
    {
      encoding: "utf8",
      cwd: folder,
      ...user,
    },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const [port] = await freePorts("127.0.0.1", 1);
  const settings = ["shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=all"];
  const child = spawn(
    join(bin, "postgres"),
    [
      "-D",
      data,
      "-p",
      String(port),
      "-h",
      "127.0.0.1",
      "-k",
      "",
      ...settings.flatMap((one) => ["-c", one]),
    ],
    { cwd: folder, stdio: "ignore", ...user },
  );
  const url = `postgres://sluice@127.0.0.1:${port}/postgres`;
  const sql = postgres(url, { max: 1, onnotice: () => {}, backoff: () => 0.1 });
  await ready(sql);
  await runner({
    databaseUrl: url,
    dir: MIGRATIONS,
    migrationsTable: "migrations",
    direction: "up",
    count: Number.POSITIVE_INFINITY,
    log: () => {},
  });
  await sql`create extension pg_stat_statements`;
  return { url, sql, [Symbol.asyncDispose]: () => stop(sql, child, folder) };
}

async function ready(sql: postgres.Sql): Promise<void> {
  const until = performance.now() + READY_MS;
  while (performance.now() < until) {
    const answered = await sql`select 1`.then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Error(`PostgreSQL did not answer in ${READY_MS / 1_000} s`);
}

async function stop(sql: postgres.Sql, child: ChildProcess, folder: string): Promise<void> {
  await sql.end({ timeout: 1 });
  if (child.exitCode === null) {
    const gone = once(child, "exit");
    child.kill("SIGINT");
    await gone;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** The newest installed version's programs. */
function binaries(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  const found = versions.map((version) => join(root, String(version), "bin"));
  const first = found.find((folder) => existsSync(join(folder, "initdb")));
  if (first) return first;
  throw new Error("PostgreSQL is not installed: apt-get install postgresql");
}

/** PostgreSQL refuses root; root's package has a user for it. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) =>
    Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}
