import { createServer, type Server } from "node:http";
import { SluiceError } from "../../../../error.ts";
import { holderOfPort } from "./port-holder.ts";
import { RequestEngine } from "./request-engine.ts";
import { Rotation } from "./rotation.ts";
import { noTraffic, type Traffic } from "./traffic.ts";
import { UpgradeEngine } from "./upgrade-engine.ts";

/** Longer than the patience of clients and load balancers before it, so that they close an idle connection. */
const CLIENT_IDLE_MS = 75_000;
const CLOSE_POLL_MS = 20;

/** The site's front door: one address, two slots behind it. */
export class FrontDoor {
  readonly rotation = new Rotation();
  readonly traffic: Traffic = noTraffic();
  readonly #server: Server;
  readonly #requests = new RequestEngine(this.rotation, this.traffic);

  constructor() {
    const requests = this.#requests;
    const upgrades = new UpgradeEngine(this.rotation, this.traffic);
    this.#server = createServer({
      keepAliveTimeout: CLIENT_IDLE_MS,
      noDelay: true,
      // Some clients offer HTTP/2 this way with their first request; it is answered as it is.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    });
    this.#server.on("request", (request, response) => requests.handle(request, response));
    this.#server.on("upgrade", (request, client, head) => {
      upgrades.handle(request, client, head).catch(() => client.destroy());
    });
  }

  /** Gives the port; `port-in-use` names who has it, where that can be found out. */
  async listen(host: string, port: number): Promise<number> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.#server.once("error", reject);
        this.#server.listen({ host, port }, () => {
          this.#server.off("error", reject);
          resolve();
        });
      });
    } catch (cause) {
      throw await cannotListen(host, port, cause);
    }
    const address = this.#server.address();
    return typeof address === "object" && address ? address.port : port;
  }

  /** No new connections; those that are idle go now, the others after their answer. */
  async close(deadlineMs: number): Promise<void> {
    this.#requests.isClosing = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const backend of this.rotation.backends) backend.closeTunnels();
    // Clients that keep a connection do not let it go by themselves.
    const again = setInterval(() => this.#server.closeIdleConnections(), CLOSE_POLL_MS);
    const late = setTimeout(() => this.#server.closeAllConnections(), deadlineMs);
    await closed;
    clearInterval(again);
    clearTimeout(late);
    for (const backend of this.rotation.backends) backend.agent.destroy();
  }
}

async function cannotListen(host: string, port: number, cause: unknown): Promise<SluiceError> {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code !== "EADDRINUSE") {
    return new SluiceError("invalid-environment", `cannot listen on ${host}:${port}`, {
      cause,
      hint: "give `target.listen` an address of this machine and a port that you may open",
    });
  }
  const holder = await holderOfPort(port);
  return new SluiceError(
    "port-in-use",
    `port ${port} on ${host} is in use${holder ? ` by ${holder}` : ""}`,
    {
      cause,
      hint: "end what listens there, or give `target.listen` another port; 0 takes a free one",
    },
  );
}
