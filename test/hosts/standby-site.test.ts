import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { killed } from "../engine/support/killed.ts";
import { loopbackPort } from "../engine/support/loopback-port.ts";
import { NatsServer, natsLack } from "../engine/support/nats-server.ts";
import { Replicated } from "../engine/support/replicated.ts";
import { until } from "../support/until.ts";

const hosts = fileURLToPath(new URL("../../hosts", import.meta.url));

const lacks = missing();
beforeEach((context) => context.skip(lacks !== "", lacks));

describe("a standby site behind the edge of the playbook", () => {
  it("takes over within 5 s when the primary is killed, holds all that was acknowledged, and somebody is told", async () => {
    await using nats = await NatsServer.start();
    using engines = new Replicated(nats, { SNAPSHOT_EVERY: "20" });
    await using edge = await startEdge();
    const primary = await engines.primary("primary", { PORT: `${edge.ports.primary}` });
    await using standby = engines.standby("standby", { PORT: `${edge.ports.standby}` });
    await standby.waitFor("standing by");
    edge.ask("set server engine/a-blue weight 100");
    await until("the edge serves the primary", async () => (await place(edge.url, 1)) === 201);
    expect(edge.states()).toMatchObject({ "a-blue": "up", "standby-b": "down" });
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
    await until("the edge has left the primary", () => edge.states()["a-blue"] === "down");
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

interface Told {
  environment: string;
  serving: string;
  text: string;
}

/** HAProxy with the playbook's configuration, and the program that tells of takeovers. */
async function startEdge() {
  // Without a blank in its path: HAProxy's configuration, and addresses of sockets, bear none.
  const folder = await mkdtemp(join(tmpdir(), "sluice-edge-"));
  const ports = {
    edge: await loopbackPort(),
    metrics: await loopbackPort(),
    primary: await loopbackPort(),
    standby: await loopbackPort(),
  };
  const socket = join(folder, "admin.sock");
  const told: Told[] = [];
  const webhook = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    told.push(JSON.parse(body));
    response.end();
  }).listen(0, "127.0.0.1");
  await once(webhook, "listening");
  const { port: webhookPort } = webhook.address() as AddressInfo;
  await mkdir(join(folder, "etc"));
  await writeFile(join(folder, "etc/lab.edge"), `backend=engine\nsocket=${socket}\n`);
  await writeFile(join(folder, "incident-webhook"), `http://127.0.0.1:${webhookPort}/secret-token`);
  const file = join(folder, "haproxy.cfg");
  await writeFile(file, configuration(folder, socket, ports));
  execFileSync("haproxy", ["-c", "-q", "-f", file]);
  const haproxy = spawn("haproxy", ["-db", "-f", file], { stdio: "ignore" });
  const teller = spawn(join(hosts, "programs/sluice-incident"), ["lab"], {
    stdio: "ignore",
    env: {
      PATH: process.env.PATH,
      SLUICE_ETC: join(folder, "etc"),
      CREDENTIALS_DIRECTORY: folder,
    },
  });
  const ask = (command: string) =>
    execFileSync("socat", ["-t", "2", "-", `UNIX-CONNECT:${socket}`], {
      input: `${command}\n`,
      encoding: "utf8",
    });
  await until("HAProxy answers", () => {
    try {
      return existsSync(socket) && ask("show info") !== "";
    } catch {
      return false;
    }
  });
  return {
    url: `http://127.0.0.1:${ports.edge}`,
    ports,
    told,
    ask,
    states(): Record<string, string> {
      const rows = ask("show servers state engine")
        .split("\n")
        .map((line) => line.split(" "));
      const servers = rows.filter(({ length, 0: first }) => length > 7 && first !== "#");
      return Object.fromEntries(
        servers.map(({ 3: name, 5: state }) => [name, state === "2" ? "up" : "down"]),
      );
    },
    commandLines: () => spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout,
    async [Symbol.asyncDispose]() {
      await Promise.all([killed(haproxy), killed(teller)]);
      webhook.closeAllConnections();
      webhook.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The playbook's own template, filled in by the engine that Ansible uses. */
function configuration(
  folder: string,
  socket: string,
  ports: Record<"edge" | "metrics" | "primary" | "standby", number>,
): string {
  const slot = (port: number) => ({ port, "metrics-port": 0 });
  const values = {
    sluice: {
      environment: "lab",
      health_path: "/health",
      target: { socket, backend: "engine", slots: { blue: slot(ports.primary), green: slot(1) } },
    },
    groups: { hosts: ["a"] },
    hostvars: { a: { address: "127.0.0.1" } },
    address: "127.0.0.1",
    edge_bind: `127.0.0.1:${ports.edge}`,
    edge_certificate: "",
    edge_metrics_port: ports.metrics,
    edge_standby: [{ name: "b", address: "127.0.0.1", port: ports.standby }],
  };
  const fill =
    "import sys, json, jinja2; e = jinja2.Environment(trim_blocks=True, keep_trailing_newline=True);" +
    "print(e.from_string(open(sys.argv[1]).read()).render(json.load(sys.stdin)))";
  const template = join(hosts, "roles/edge/templates/haproxy.cfg.j2");
  const text = execFileSync("python3", ["-c", fill, template], {
    input: JSON.stringify(values),
    encoding: "utf8",
  });
  // As the user who runs this; the machine's own user and state folder are not for tests.
  return text.replace(/^ {2}(?:user|group) .*\n/gm, "").replaceAll("/var/lib/sluice", folder);
}

function missing(): string {
  const nats = natsLack();
  if (nats !== null) return nats;
  for (const tool of ["haproxy", "socat", "curl"])
    if (spawnSync(tool, ["-v"]).error !== undefined) return `it needs ${tool}`;
  return spawnSync("python3", ["-c", "import jinja2"]).status === 0
    ? ""
    : "it needs python3 with Jinja2, as Ansible does";
}
