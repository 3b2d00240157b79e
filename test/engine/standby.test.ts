import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { until } from "../support/until.ts";
import { EngineProcess } from "./support/engine-process.ts";
import { NatsServer, natsLack } from "./support/nats-server.ts";

const SYMBOL = "BTC-USD";
const lack = natsLack();

describe.skipIf(lack !== null)(`a standby follows through NATS${lack ? ` (${lack})` : ""}`, () => {
  test("when the primary is killed under load, the standby serves all that was acknowledged", async () => {
    await using nats = await NatsServer.start();
    using folders = temporary();
    const primary = await start(nats, folders.of("primary"));
    await using standby = EngineProcess.spawn(env(nats, folders.of("standby"), { STANDBY: "on" }));
    const { port } = await standby.waitFor("standing by");
    const early = await fetch(`http://127.0.0.1:${port}/health`);
    expect([early.status, ((await early.json()) as { status: string }).status]).toEqual([
      503,
      "standby",
    ]);
    const acknowledged = new Set<number>();
    const clients = [0, 1, 2].map((client) => load(primary, client, acknowledged));
    await until("orders are acknowledged", () => acknowledged.size > 100);
    primary.child.kill("SIGKILL");
    await Promise.all([...clients, primary.ended]);
    await standby.waitFor("promoted");
    await serve(standby);
    const there = await prices(standby);
    expect([...acknowledged].filter((price) => !there.has(price))).toEqual([]);
    expect(await place(standby, 9_999_999)).toBe(201);
  });

  test("a primary that was only asleep can't acknowledge when it wakes", async () => {
    await using nats = await NatsServer.start();
    using folders = temporary();
    const primary = await start(nats, folders.of("primary"));
    expect(await place(primary, 1)).toBe(201);
    await using standby = EngineProcess.spawn(env(nats, folders.of("standby"), { STANDBY: "on" }));
    await standby.waitFor("standing by");
    primary.child.kill("SIGSTOP");
    await standby.waitFor("promoted");
    await serve(standby);
    expect(await place(standby, 2)).toBe(201);
    primary.child.kill("SIGCONT");
    const answers = await Promise.all([3, 4, 5].map((price) => place(primary, price)));
    expect(answers).toEqual([503, 503, 503]);
    const health = await until("it is fenced", async () => {
      const report = await primary.call("GET", "/health");
      return report.code === 503 ? report : false;
    });
    expect(health.body).toMatchObject({ status: "fenced", journal: "failed" });
    expect(await prices(standby)).toEqual(new Set([2, 1]));
    await primary[Symbol.asyncDispose]();
  });

  // Whether the kill comes after the journal's write is a race that the outside cannot decide for sure.
  test("what a primary could not send is not taken for the log's when it comes back", {
    retry: 2,
  }, async () => {
    await using nats = await NatsServer.start();
    using folders = temporary();
    const primary = await start(nats, folders.of("primary"));
    expect(await place(primary, 1)).toBe(201);
    await using standby = EngineProcess.spawn(env(nats, folders.of("standby"), { STANDBY: "on" }));
    await standby.waitFor("standing by");
    await nats.kill();
    const before = bytesIn(folders.of("primary"));
    const unanswered = place(primary, 2).catch(() => 0);
    // In the book is not yet in the journal; what was written there survives the process.
    await until("the order is in the primary's journal", async () => {
      const { body } = await primary.call("GET", "/depth/BTC-USD");
      return body.bids?.toString() === "2,1,1,1" && bytesIn(folders.of("primary")) !== before;
    });
    primary.child.kill("SIGKILL");
    expect([await unanswered, (await primary.ended).signal]).toEqual([0, "SIGKILL"]);
    await nats.start();
    await standby.waitFor("promoted");
    await serve(standby);
    expect(await place(standby, 3)).toBe(201);
    await using back = EngineProcess.spawn(env(nats, folders.of("primary"), { STANDBY: "on" }));
    expect((await back.ended).code).toBe(2);
    expect(back.log.at(-1)?.message).toContain("commands that the log does not");
    await using fresh = EngineProcess.spawn(env(nats, folders.of("fresh"), { STANDBY: "on" }));
    expect((await fresh.waitFor("standing by")).sequence).toBe(0);
    expect(await prices(standby)).toEqual(new Set([3, 1]));
  });

  test("a second primary is refused while the first one lives", async () => {
    await using nats = await NatsServer.start();
    using folders = temporary();
    await using first = await start(nats, folders.of("first"));
    await using second = EngineProcess.spawn(env(nats, folders.of("second")));
    expect((await second.ended).code).toBe(2);
    expect(second.log.at(-1)).toMatchObject({ hint: "start this one with STANDBY=on" });
    expect(await place(first, 1)).toBe(201);
  });

  test("without the log nothing is acknowledged, and with it again all goes on", async () => {
    await using nats = await NatsServer.start();
    using folders = temporary();
    await using engine = await start(nats, folders.of("engine"), { JOURNAL_SLOW_MS: "300" });
    expect(await place(engine, 1)).toBe(201);
    await nats.kill();
    const waiting = place(engine, 2);
    await until("health tells", async () => {
      return (await engine.call("GET", "/health")).body.journal === "slow";
    });
    expect(await place(engine, 3)).toBe(503);
    await nats.start();
    expect(await waiting).toBe(201);
    await until("orders are taken", async () => (await place(engine, 4)) === 201);
    expect(await prices(engine)).toEqual(new Set([4, 2, 1]));
  });
});

test("a standby without a log is refused", async () => {
  await using engine = EngineProcess.spawn({ STANDBY: "on" });
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)?.message).toContain("STANDBY needs NATS_URL");
});

function env(nats: NatsServer, folder: string, more = {}): Record<string, string> {
  return { NATS_URL: nats.url, JOURNAL_DIR: folder, LEASE_MS: "1000", ...more };
}

function start(nats: NatsServer, folder: string, more = {}): Promise<EngineProcess> {
  return EngineProcess.start(env(nats, folder, more));
}

/** Learns where a promoted standby listens. */
async function serve(standby: EngineProcess): Promise<void> {
  const { port } = await standby.waitFor("listening");
  standby.url = `http://127.0.0.1:${port}`;
}

/** Orders of one client, each with a price of its own, until the engine is gone. */
async function load(
  engine: EngineProcess,
  client: number,
  acknowledged: Set<number>,
): Promise<void> {
  for (let price = client + 1; ; price += 3) {
    try {
      if ((await place(engine, price)) === 201) acknowledged.add(price);
    } catch {
      return;
    }
  }
}

async function place(engine: EngineProcess, price: number): Promise<number> {
  const order = { id: price, user: 1, symbol: SYMBOL, side: "buy", price, qty: 1 };
  return (await engine.call("POST", "/orders", order)).code;
}

async function prices(engine: EngineProcess): Promise<Set<number>> {
  const { bids } = (await engine.call("GET", `/depth/${SYMBOL}`)).body;
  return new Set((bids as [number, number][]).map(([price]) => price));
}

function temporary(): { of(name: string): string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "standby-"));
  return {
    of: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A fingerprint of every file in the folder. */
function bytesIn(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const file = join(folder, name);
    if (statSync(file).isFile()) hash.update(name).update(readFileSync(file));
  }
  return hash.digest("hex");
}
