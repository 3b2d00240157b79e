import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RespClient } from "../../../engine/store/resp.ts";
import { until } from "../../support/until.ts";
import { freeze } from "./frozen.ts";
import { killed } from "./killed.ts";
import { loopbackPort } from "./loopback-port.ts";

/** Why no Redis can run here, or null. */
export function redisLack(): string | null {
  const asked = spawnSync("redis-server", ["--version"], { stdio: "ignore" });
  return asked.status === 0 ? null : "redis-server is not installed";
}

/** A real Redis of its own on loopback, with a password; it keeps nothing on disk. */
export class RedisServer {
  readonly url: string;
  readonly client: RespClient;
  readonly #port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), "redis-"));
  #child: ChildProcess | null = null;

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await loopbackPort());
    await server.start();
    return server;
  }

  constructor(port: number) {
    this.#port = port;
    this.url = `redis://:a%20secret@127.0.0.1:${port}/2`;
    this.client = new RespClient(this.url);
  }

  async start(): Promise<void> {
    const { pathname, password } = new URL(this.url);
    const listen = ["--port", String(this.#port), "--bind", "127.0.0.1", "--save", ""];
    const args = [...listen, "--requirepass", decodeURIComponent(password)];
    if (pathname === "") throw new Error("the test wants a database of its own");
    this.#child = spawn("redis-server", args, { cwd: this.#folder, stdio: "ignore" });
    await until("Redis answers", () =>
      this.client.send("PING").then(
        () => true,
        () => false,
      ),
    );
  }

  /** Leaves it there, and silent; what is returned wakes it. */
  freeze(): () => void {
    return freeze(this.#child?.pid ?? 0);
  }

  kill(): Promise<void> {
    return killed(this.#child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.close();
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
