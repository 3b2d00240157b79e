import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "../../support/until.ts";
import { killed } from "./killed.ts";
import { loopbackPort } from "./loopback-port.ts";

const VERSION = "2.14.2";
const PACKAGE = "github.com/nats-io/nats-server/v2";
const WRAPPER = fileURLToPath(new URL("./nats-server", import.meta.url));
const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
const PROGRAM = join(CACHE, "sluice", "test-tools", `nats-server-${VERSION}`);
const BUILD_LIMIT_MS = 300_000;

/** Why no NATS can run here, or null. It is built once from its pinned Go module, which takes some seconds, and kept. */
export function natsLack(): string | null {
  if (existsSync(PROGRAM)) return null;
  if (spawnSync("go", ["version"], { stdio: "ignore" }).status !== 0) return "no Go to build it";
  mkdirSync(join(PROGRAM, ".."), { recursive: true });
  const partial = `${PROGRAM}.${process.pid}`;
  const args = ["build", "-trimpath", "-ldflags", "-s -w", "-o", partial, PACKAGE];
  const built = spawnSync("go", args, {
    cwd: WRAPPER,
    encoding: "utf8",
    env: { ...process.env, CGO_ENABLED: "0" },
    timeout: BUILD_LIMIT_MS,
  });
  if (built.status !== 0) return "nats-server can't be built";
  renameSync(partial, PROGRAM);
  return null;
}

/** A real NATS with JetStream of its own on loopback; it keeps its streams over a kill. */
export class NatsServer {
  readonly url: string;
  readonly #port: number;
  readonly #more: readonly string[];
  readonly #folder = mkdtempSync(join(tmpdir(), "nats-"));
  #child: ChildProcess | null = null;

  static async start(): Promise<NatsServer> {
    const server = new NatsServer(await loopbackPort());
    await server.start();
    return server;
  }

  constructor(port: number, more: readonly string[] = []) {
    this.#port = port;
    this.#more = more;
    this.url = `nats://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    const listen = ["-a", "127.0.0.1", "-p", String(this.#port)];
    const kept = ["-js", "-sd", this.#folder];
    this.#child = spawn(PROGRAM, [...listen, ...kept, ...this.#more], { stdio: "ignore" });
    await until("NATS listens", () => this.#answers());
  }

  kill(): Promise<void> {
    return killed(this.#child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.#port, "127.0.0.1");
      socket.once("data", () => {
        resolve(true);
        socket.destroy();
      });
      socket.once("error", () => resolve(false));
      // One that is just starting may close it without a word.
      socket.once("close", () => resolve(false));
    });
  }
}
