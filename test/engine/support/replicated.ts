import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineProcess } from "./engine-process.ts";

const SYMBOL = "BTC-USD";
/** A primary that others keep from a CPU for a while must not lose it. */
const LEASE_MS = 4_000;
/** For what is timed, on a machine on which nothing else is tested meanwhile. */
export const SHORT_LEASE = { LEASE_MS: "1000" };

/** Engines that share a log, each with a journal of its own; the folders are gone with this. */
export class Replicated {
  readonly #url: string;
  readonly #more: Record<string, string>;
  readonly #folder = mkdtempSync(join(tmpdir(), "standby-"));

  constructor(log: { url: string }, more: Record<string, string> = {}) {
    this.#url = log.url;
    this.#more = more;
  }

  folder(name: string): string {
    return join(this.#folder, name);
  }

  primary(name: string, more = {}): Promise<EngineProcess> {
    return EngineProcess.start(this.env(name, more));
  }

  /** Not waited for: who is no primary does not listen. */
  spawn(name: string, more = {}): EngineProcess {
    return EngineProcess.spawn(this.env(name, more));
  }

  standby(name: string, more = {}): EngineProcess {
    return this.spawn(name, { STANDBY: "on", ...more });
  }

  /** What an engine of these is started with. */
  env(name: string, more: object): Record<string, string> {
    const own = { NATS_URL: this.#url, JOURNAL_DIR: this.folder(name), LEASE_MS: `${LEASE_MS}` };
    return { ...own, ...this.#more, ...more };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Learns where a promoted standby listens. */
export async function serves(standby: EngineProcess): Promise<void> {
  const { port } = await standby.waitFor("listening");
  standby.url = `http://127.0.0.1:${port}`;
}

/** Orders of one client, each with a price of its own, until the engine is gone or refuses. */
export async function load(
  engine: EngineProcess,
  client: number,
  acknowledged: Set<number>,
): Promise<void> {
  for (let price = client + 1; ; price += 3) {
    try {
      const code = await place(engine, price);
      if (code !== 201) return;
      acknowledged.add(price);
    } catch {
      return;
    }
  }
}

export async function place(engine: EngineProcess, price: number): Promise<number> {
  const order = { id: price, user: 1, symbol: SYMBOL, side: "buy", price, qty: 1 };
  return (await engine.call("POST", "/orders", order)).code;
}

export async function prices(engine: EngineProcess): Promise<Set<number>> {
  const { bids } = (await engine.call("GET", `/depth/${SYMBOL}`)).body;
  return new Set((bids as [number, number][]).map(([price]) => price));
}
