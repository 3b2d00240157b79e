import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { describe, expect, test } from "vitest";
import { isOverloaded } from "../support/overloaded.ts";
import { until } from "../support/until.ts";
import type { EngineProcess } from "./support/engine-process.ts";
import { NatsCluster } from "./support/nats-cluster.ts";
import { natsLack } from "./support/nats-server.ts";
import { noteProof } from "./support/proof.ts";
import { load, place, prices, Replicated, SHORT_LEASE, serves } from "./support/replicated.ts";

const CLIENTS = [0, 1, 2];
/** The promise, from the primary's death to the standby's first answer to an order. */
const TAKEOVER_LIMIT_MS = 5_000;
const lack = natsLack();

describe.skipIf(lack !== null)(`a log on three servers${lack ? ` (${lack})` : ""}`, () => {
  test("when its leader is killed under load orders go on, and then a killed primary is replaced", async () => {
    await using cluster = await NatsCluster.start();
    using engines = new Replicated(cluster, { ...SHORT_LEASE, NATS_REPLICAS: "3" });
    await using primary = await engines.primary("primary");
    await using standby = engines.standby("standby");
    await standby.waitFor("standing by");
    const acknowledged = new Set<number>();
    const clients = CLIENTS.map((client) => load(primary, client, acknowledged));
    await until("orders are acknowledged", () => acknowledged.size > 100);
    const leader = await leaderOf(cluster);
    await cluster.servers[leader]?.kill();
    const before = acknowledged.size;
    await until("orders are acknowledged without that server", () => {
      return acknowledged.size > before + 100;
    });
    // One fault at a time: the lease's stream may take longer to find a leader than the journal's.
    await until("both streams have a leader again", () => haveLeaders(cluster));
    const killedAt = performance.now();
    primary.child.kill("SIGKILL");
    await Promise.all([...clients, primary.ended]);
    await serves(standby);
    expect(await place(standby, 9_999_999)).toBe(201);
    const takeoverMs = Math.round(performance.now() - killedAt);
    expect(await missing(standby, acknowledged)).toEqual([]);
    await using back = engines.spawn("primary");
    expect((await back.ended).code).toBe(2);
    expect(back.log.at(-1)?.hint).toContain("STANDBY=on");
    noteProof({ what: "takeover", takeoverMs, acknowledged: acknowledged.size });
    if (!isOverloaded()) expect(takeoverMs).toBeLessThan(TAKEOVER_LIMIT_MS);
  });

  test("a primary that is stopped under load and wakes has acknowledged nothing that is lost", async () => {
    await using cluster = await NatsCluster.start();
    using engines = new Replicated(cluster, { NATS_REPLICAS: "3" });
    await using primary = await engines.primary("primary");
    await using standby = engines.standby("standby");
    await standby.waitFor("standing by");
    const acknowledged = new Set<number>();
    const clients = CLIENTS.map((client) => load(primary, client, acknowledged));
    await until("orders are acknowledged", () => acknowledged.size > 100);
    primary.child.kill("SIGSTOP");
    await serves(standby);
    expect(await place(standby, 9_999_999)).toBe(201);
    const kept = await prices(standby);
    primary.child.kill("SIGCONT");
    // Each client ends at its first refusal; what was in the log when the primary fell asleep may still be acknowledged.
    await Promise.all(clients);
    expect([...acknowledged].filter((price) => !kept.has(price))).toEqual([]);
    expect(await place(primary, 8_888_888)).toBe(503);
    expect((await primary.call("GET", "/health")).body).toMatchObject({ status: "fenced" });
    expect(await place(standby, 7_777_777)).toBe(201);
    expect(await missing(standby, acknowledged)).toEqual([]);
    noteProof({ what: "fenced", acknowledged: acknowledged.size });
  });

  test("of two standbys one takes over, and the other follows it", async () => {
    await using cluster = await NatsCluster.start();
    using engines = new Replicated(cluster, { NATS_REPLICAS: "3" });
    await using primary = await engines.primary("primary");
    await using one = engines.standby("one");
    await using two = engines.standby("two");
    await Promise.all([one.waitFor("standing by"), two.waitFor("standing by")]);
    expect(await place(primary, 1)).toBe(201);
    primary.child.kill("SIGKILL");
    const serving = await until("one of them serves", () => {
      const listening = (engine: EngineProcess): boolean =>
        engine.log.some(({ message }) => message === "listening");
      return [one, two].find(listening) ?? false;
    });
    await serves(serving);
    expect(await place(serving, 2)).toBe(201);
    expect(await prices(serving)).toEqual(new Set([1, 2]));
    const other = serving === one ? two : one;
    serving.child.kill("SIGKILL");
    await serves(other);
    expect(await prices(other)).toEqual(new Set([1, 2]));
    expect(await place(other, 3)).toBe(201);
  });
});

async function haveLeaders(cluster: NatsCluster): Promise<boolean> {
  const connection = await connect({ servers: cluster.url.split(",") });
  try {
    const manager = await jetstreamManager(connection);
    const streams = ["engine-journal", "engine-lease"];
    const infos = await Promise.all(streams.map((name) => manager.streams.info(name)));
    return infos.every(({ cluster: peers }) => (peers?.leader ?? "") !== "");
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

/** Which server leads the journal's stream: the one whose loss hurts most. */
async function leaderOf(cluster: NatsCluster): Promise<number> {
  const connection = await connect({ servers: cluster.url.split(",") });
  try {
    const manager = await jetstreamManager(connection);
    const { cluster: peers } = await manager.streams.info("engine-journal");
    expect(peers?.replicas?.length).toBe(2);
    return Number(peers?.leader?.split("-")[1]);
  } finally {
    await connection.close();
  }
}

async function missing(engine: EngineProcess, acknowledged: Set<number>): Promise<number[]> {
  const there = await prices(engine);
  return [...acknowledged].filter((price) => !there.has(price));
}
