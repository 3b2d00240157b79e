import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { NatsServer, natsLack } from "../engine/support/nats-server.ts";
import { Replicated, SHORT_LEASE } from "../engine/support/replicated.ts";
import { isOverloaded } from "../support/overloaded.ts";
import { until } from "../support/until.ts";
import { edgeLack, startEdge } from "./loopback-edge.ts";

const lacks = natsLack() ?? edgeLack();
beforeEach((context) => context.skip(lacks !== "", lacks));

/** What is promised; asked on a machine on which nothing else is tested meanwhile: test/run/quiet.ts. */
const TAKEOVER_LIMIT_MS = 5_000;
/** An engine that has no CPU for a while answers late. */
const PATIENT_MS = 30_000;

describe("a standby site behind the edge of the playbook", () => {
  it("takes over within 5 s when the primary is killed, holds all that was acknowledged, and somebody is told", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats, { ...SHORT_LEASE, SNAPSHOT_EVERY: "20" });
    await using edge = await startEdge();
    const primary = await engines.primary("primary", { PORT: `${edge.ports.primary}` });
    await using standby = engines.standby("standby", { PORT: `${edge.ports.standby}` });
    await standby.waitFor("standing by");
    edge.ask("set server engine/a-blue weight 100");
    await until("the edge sees the primary", () => edge.states()["a-blue"] === "up");
    // It is not there yet, or says 503: either way it is asked nothing.
    expect(edge.states()["standby-b"]).toMatch(/down|leaving/);
    const acknowledged = Array.from({ length: 60 }, (_, at) => at + 1);
    for (const price of acknowledged) await taken(edge.url, price);

    const killedAtMs = performance.now();
    primary.child.kill("SIGKILL");
    await taken(edge.url, 1_000, 1_000);
    const tookMs = performance.now() - killedAtMs;
    console.log(`served again after ${Math.round(tookMs)} ms`);
    if (!isOverloaded()) expect(tookMs).toBeLessThan(TAKEOVER_LIMIT_MS);
    await until("the edge says so", () => {
      const states = edge.states();
      return states["a-blue"] === "down" && states["standby-b"] === "up";
    });
    await until("its metrics say so", async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${edge.ports.metrics}/metrics`)).text();
      return metrics.includes(
        'haproxy_server_status{proxy="engine",server="standby-b",state="UP"} 1',
      );
    });
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
    using engines = new Replicated(nats, SHORT_LEASE);
    await using edge = await startEdge();
    await using primary = await engines.primary("primary", { PORT: `${edge.ports.primary}` });
    await using standby = engines.standby("standby", { PORT: `${edge.ports.standby}` });
    await standby.waitFor("standing by");
    edge.ask("set server engine/a-blue weight 100");
    await taken(edge.url, 1);
    primary.child.kill("SIGSTOP");
    await taken(edge.url, 2, 1_000);
    primary.child.kill("SIGCONT");
    for (let price = 3; price < 30; price += 1)
      expect([201, 503]).toContain(await place(edge.url, price));
    await until("the edge has left the primary", () => edge.states()["a-blue"] !== "up");
    await taken(edge.url, 100);
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

/** Sends an order until it is there, as a client does that got no answer: 409 says that an earlier one was taken. */
async function taken(url: string, price: number, limitMs = PATIENT_MS): Promise<void> {
  await until(`order ${price} is taken`, async () =>
    [201, 409].includes(await place(url, price, limitMs)),
  );
}

/** The answer's code; 0 without one. */
async function place(url: string, price: number, limitMs = PATIENT_MS): Promise<number> {
  const order = { id: price, user: 1, symbol: "BTC-USD", side: "buy", price, qty: 1 };
  return fetch(`${url}/orders`, {
    method: "POST",
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(limitMs),
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
