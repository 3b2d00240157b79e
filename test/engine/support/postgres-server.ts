import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import postgres from "postgres";
import { until } from "../../support/until.ts";
import { freeze } from "./frozen.ts";
import { loopbackPort } from "./loopback-port.ts";

const MIGRATIONS = fileURLToPath(new URL("../../../migrations", import.meta.url));

/** Why no PostgreSQL can run here, or null. The server refuses root, so root needs its package's user. */
export function postgresLack(): string | null {
  if (binaries() === null) return "PostgreSQL is not installed";
  return isRoot() && owner() === null ? "root needs the user postgres" : null;
}

/** A real PostgreSQL of its own on loopback, migrated; `kill` is kill -9, `start` brings it back with its data. */
export class PostgresServer {
  readonly url: string;
  readonly sql: postgres.Sql;
  readonly #folder: string;
  readonly #port: number;
  #child: ChildProcess | null = null;

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "postgres-"));
    const user = owner();
    if (user !== null) chownSync(folder, user.uid, user.gid);
    const made = spawnSync(
      join(binaries() ?? "", "initdb"),
      ["-D", join(folder, "data"), "-U", "sluice", "-A", "trust", "--no-sync", "--no-instructions"],
      { encoding: "utf8", cwd: folder, ...user },
    );
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
    const server = new PostgresServer(folder, await loopbackPort());
    try {
      await server.start();
      await server.migrate();
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  }

  constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `postgres://sluice@127.0.0.1:${port}/postgres`;
    this.sql = postgres(this.url, { max: 1, onnotice: () => {}, backoff: () => 0.05 });
  }

  async start(): Promise<void> {
    const args = ["-D", join(this.#folder, "data"), "-p", String(this.#port), "-h", "127.0.0.1"];
    this.#child = spawn(
      join(binaries() ?? "", "postgres"),
      [...args, "-k", "", "-c", "shared_buffers=16MB", "-c", "max_connections=20"],
      { cwd: this.#folder, stdio: "ignore", ...owner() },
    );
    await until("PostgreSQL answers", () =>
      this.sql`select 1`.then(
        () => true,
        () => false,
      ),
    );
  }

  /** Leaves it there, and silent; what is returned wakes it. */
  freeze(): () => void {
    return freeze(this.#child?.pid ?? 0);
  }

  /** Ends it and its children at once, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    this.#child = null;
    // Its children end when they notice; only then can a new one take the data.
    await until("PostgreSQL's children are gone", () => !this.#isShared());
  }

  async migrate(
    direction: "up" | "down" = "up",
    count = Number.POSITIVE_INFINITY,
  ): Promise<string[]> {
    const done = await runner({
      databaseUrl: this.url,
      dir: MIGRATIONS,
      migrationsTable: "migrations",
      direction,
      count,
      log: () => {},
    });
    return done.map(({ name }) => name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sql.end({ timeout: 1 });
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #isShared(): boolean {
    const data = join(this.#folder, "data");
    return readdirSync("/proc").some((entry) => {
      if (!/^\d+$/.test(entry)) return false;
      try {
        return existsSync(`/proc/${entry}/cwd/postmaster.pid`) && isIn(entry, data);
      } catch {
        return false;
      }
    });
  }
}

function isIn(pid: string, folder: string): boolean {
  const seen = spawnSync("readlink", [`/proc/${pid}/cwd`], { encoding: "utf8" });
  return seen.stdout.trim() === folder;
}

/** The newest installed version's programs. */
function binaries(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  const found = versions.map((version) => join(root, String(version), "bin"));
  return found.find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function owner(): { uid: number; gid: number } | null {
  if (!isRoot()) return null;
  const [uid, gid] = ["-u", "-g"].map((flag) =>
    spawnSync("id", [flag, "postgres"], { encoding: "utf8" }),
  );
  if (uid?.status !== 0 || gid?.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
