import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { NatsServer, natsLack } from "../engine/support/nats-server.ts";
import { Replicated } from "../engine/support/replicated.ts";
import { until } from "../support/until.ts";
import { edgeLack, startEdge } from "./loopback-edge.ts";

const lacks = natsLack() ?? edgeLack();
beforeEach((context) => context.skip(lacks !== "", lacks));

/** Starts of engines and of NATS, where others use the machine up. */
const LIMIT_MS = 180_000;

describe("a standby site behind the edge of the playbook", { timeout: LIMIT_MS }, () => {
  it("takes over within 5 s when the primary is killed, holds all that was acknowledged, and somebody is told", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats, { SNAPSHOT_EVERY: "20" });
    await using edge = await startEdge();
    const primary = await engines.primary("primary", { PORT: `${edge.ports.primary}` });
    await using standby = engines.standby("standby", { PORT: `${edge.ports.standby}` });
    await standby.waitFor("standing by");
    edge.ask("set server engine/a-blue weight 100");
    await until("the edge serves the primary", async () => (await place(edge.url, 1)) === 201);
    // It is not there yet, or says 503: either way it is asked nothing.
    expect(edge.states()).toMatchObject({
      "a-blue": "up",
      "standby-b": expect.stringMatching(/down|leaving/),
    });
    const acknowledged = [1];
    for (let price = 2; price <= 60; price += 1)
      if ((await place(edge.url, price)) === 201) acknowledged.push(price);
    expect(acknowledged).toHaveLength(60);

    const killedAtMs = performance.now();
    primary.child.kill("SIGKILL");
    await until("the edge serves again", async () => (await place(edge.url, 1_000)) === 201);
    const tookMs = performance.now() - killedAtMs;
    console.log(`served again after ${Math.round(tookMs)} ms`);
    expect(tookMs).toBeLessThan(5_000);
    expect(edge.states()).toMatchObject({ "a-blue": "down", "standby-b": "up" });
    const metrics = await (await fetch(`http://127.0.0.1:${edge.ports.metrics}/metrics`)).text();
    expect(metrics).toContain(
      'haproxy_server_status{proxy="engine",server="standby-b",state="UP"} 1',
    );
    const there = await prices(edge.url);
    expect(acknowledged.filter((price) => !there.has(price))).toEqual([]);
    expect(sameSnapshots(engines.folder("primary"), engines.folder("standby"))).toBeGreaterThan(0);

    const told = await until("somebody is told", () =>
      edge.told.find(({ serving }) => serving === "standby-b"),
    );
    expect(told).toMatchObject({
      environment: "lab",
      text: expect.stringContaining("standby-b serves"),
    });
    expect(edge.commandLines()).not.toContain("secret-token");
  });

  it("never lets two serve: a primary that wakes after a takeover is fenced, and gets no traffic", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats);
    await using edge = await startEdge();
    await using primary = await engines.primary("primary", { PORT: `${edge.ports.primary}` });
    await using standby = engines.standby("standby", { PORT: `${edge.ports.standby}` });
    await standby.waitFor("standing by");
    edge.ask("set server engine/a-blue weight 100");
    await until("the edge serves the primary", async () => (await place(edge.url, 1)) === 201);
    primary.child.kill("SIGSTOP");
    await until("the standby serves", async () => (await place(edge.url, 2)) === 201);
    primary.child.kill("SIGCONT");
    for (let price = 3; price < 30; price += 1)
      expect([201, 503]).toContain(await place(edge.url, price));
    await until("the edge has left the primary", () => edge.states()["a-blue"] !== "up");
    expect(await place(edge.url, 100)).toBe(201);
    expect(await prices(`http://127.0.0.1:${edge.ports.standby}`)).toContain(100);
    expect(await place(`http://127.0.0.1:${edge.ports.primary}`, 101)).toBe(503);
  });
});

/** Snapshots of the same moment are the same bytes on both sites; how many there are. */
function sameSnapshots(one: string, other: string): number {
  const names = readdirSync(one).filter((name) => name.startsWith("snapshot"));
  const common = names.filter((name) => readdirSync(other).includes(name));
  const digest = (folder: string, name: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
  for (const name of common) expect(digest(one, name), name).toBe(digest(other, name));
  return common.length;
}

async function place(url: string, price: number): Promise<number> {
  const order = { id: price, user: 1, symbol: "BTC-USD", side: "buy", price, qty: 1 };
  return fetch(`${url}/orders`, {
    method: "POST",
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(1_000),
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
}

async function prices(url: string): Promise<Set<number>> {
  const depth = (await (await fetch(`${url}/depth/BTC-USD`)).json()) as {
    bids: [number, number][];
  };
  return new Set(depth.bids.map(([price]) => price));
}
