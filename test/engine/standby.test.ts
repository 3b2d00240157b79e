import { describe, expect, test } from "vitest";
import { JournalFollower } from "../../engine/journal/follower.ts";
import { until } from "../support/until.ts";
import { EngineProcess } from "./support/engine-process.ts";
import { NatsServer, natsLack } from "./support/nats-server.ts";
import { load, place, prices, Replicated, serves } from "./support/replicated.ts";

const lack = natsLack();

describe.skipIf(lack !== null)(`a standby follows through NATS${lack ? ` (${lack})` : ""}`, () => {
  test("when the primary is killed under load, the standby serves all that was acknowledged", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats);
    const primary = await engines.primary("primary");
    await using standby = engines.standby("standby");
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
    await serves(standby);
    const there = await prices(standby);
    expect([...acknowledged].filter((price) => !there.has(price))).toEqual([]);
    expect(await place(standby, 9_999_999)).toBe(201);
  });

  test("a primary that was only asleep can't acknowledge when it wakes", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats);
    const primary = await engines.primary("primary");
    expect(await place(primary, 1)).toBe(201);
    await using standby = engines.standby("standby");
    await standby.waitFor("standing by");
    primary.child.kill("SIGSTOP");
    await standby.waitFor("promoted");
    await serves(standby);
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

  test("what a primary could not send is not taken for the log's when it comes back", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats);
    const primary = await engines.primary("primary");
    expect(await place(primary, 1)).toBe(201);
    await using standby = engines.standby("standby");
    await standby.waitFor("standing by");
    await nats.kill();
    const unanswered = place(primary, 2).catch(() => 0);
    // In the book is not yet in the journal; what was written there survives the process.
    await until("the order is in the primary's journal", () => holds(engines.folder("primary"), 2));
    primary.child.kill("SIGKILL");
    expect([await unanswered, (await primary.ended).signal]).toEqual([0, "SIGKILL"]);
    await nats.start();
    await standby.waitFor("promoted");
    await serves(standby);
    expect(await place(standby, 3)).toBe(201);
    await using back = engines.standby("primary");
    expect((await back.ended).code).toBe(2);
    expect(back.log.at(-1)?.message).toContain("commands that the log does not");
    await using fresh = engines.standby("fresh");
    expect((await fresh.waitFor("standing by")).sequence).toBe(0);
    expect(await prices(standby)).toEqual(new Set([3, 1]));
  });

  test("a second primary is refused while the first one lives", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats);
    await using first = await engines.primary("first");
    await using second = engines.spawn("second");
    expect((await second.ended).code).toBe(2);
    expect(second.log.at(-1)).toMatchObject({ hint: "start this one with STANDBY=on" });
    expect(await place(first, 1)).toBe(201);
  });

  test("without the log nothing is acknowledged, and with it again all goes on", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats);
    await using engine = await engines.primary("engine", { JOURNAL_SLOW_MS: "300" });
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

/** Whether a command is written there, whole. */
function holds(folder: string, sequence: number): boolean {
  const follower = new JournalFollower(folder, sequence);
  try {
    return follower.readBytes(sequence).length > 0;
  } finally {
    follower.close();
  }
}
