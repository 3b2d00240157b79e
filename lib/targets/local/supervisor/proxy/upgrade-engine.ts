import { Agent, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ProxyServer } from "http-proxy-3";
import { createProxyServer } from "http-proxy-3";
import type { Backend } from "./backend.ts";
import { addForwarded } from "./forwarded.ts";
import { refuseUpgrade } from "./refusal.ts";
import type { Rotation } from "./rotation.ts";
import type { Traffic } from "./traffic.ts";
import { Tunnel } from "./tunnel.ts";

const CONNECT_TIMEOUT_MS = 2_000;

/**
 * Hands one connection to the library, which then need not connect by itself: it gives an upgrade up when
 * its first backend refuses, and this way the next one is asked.
 */
class ConnectedAgent extends Agent {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super({ keepAlive: false });
    this.#socket = socket;
  }

  override createConnection(): Socket {
    return this.#socket;
  }
}

export class UpgradeEngine {
  readonly #rotation: Rotation;
  readonly #traffic: Traffic;

  constructor(rotation: Rotation, traffic: Traffic) {
    this.#rotation = rotation;
    this.#traffic = traffic;
  }

  async handle(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    client.on("error", () => client.destroy());
    const tried: Backend[] = [];
    let backend = this.#rotation.forUpgrade();
    while (backend) {
      const upstream = await connected(backend);
      if (upstream) {
        this.#join(backend, upstream, request, client, head);
        return;
      }
      this.#traffic.slots[backend.slot].handedOn += 1;
      backend.seen.lost += 1;
      tried.push(backend);
      backend = this.#rotation.instead(tried);
    }
    this.#traffic.unserved += 1;
    refuseUpgrade(client, {
      error: "no-slot",
      message: "no slot with weight has an instance that takes connections",
    });
  }

  #join(
    backend: Backend,
    upstream: Socket,
    request: IncomingMessage,
    client: Duplex,
    head: Buffer,
  ): void {
    if (client.destroyed) {
      upstream.destroy();
      return;
    }
    const proxy: ProxyServer = createProxyServer({ toProxy: true });
    proxy.on("error", () => {});
    proxy.on("proxyReqWs", (asked) => {
      asked.prependListener("upgrade", ({ headers }: IncomingMessage) => {
        headers["x-sluice-slot"] = backend.slot;
        headers["x-sluice-version"] = backend.version;
      });
    });
    proxy.on("open", () => {
      this.#traffic.slots[backend.slot].upgrades += 1;
      const tunnel = new Tunnel(client, upstream);
      backend.tunnels.add(tunnel);
      upstream.once("close", () => backend.tunnels.delete(tunnel));
    });
    addForwarded(request);
    const target = { host: backend.host, port: backend.port };
    proxy.ws(request, client as Socket, head, { target, agent: new ConnectedAgent(upstream) });
  }
}

/** Null when nobody listens there. */
function connected({ host, port }: Backend): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const late = setTimeout(() => socket.destroy(), CONNECT_TIMEOUT_MS);
    socket.once("connect", () => {
      clearTimeout(late);
      resolve(socket);
    });
    socket.once("close", () => {
      clearTimeout(late);
      resolve(null);
    });
    socket.on("error", () => socket.destroy());
  });
}
