import { loopbackPort } from "./loopback-port.ts";
import { NatsServer } from "./nats-server.ts";

const SERVERS = 3;

/** Three real NATS servers that replicate their streams among each other; a stream outlives one of them. */
export class NatsCluster {
  readonly servers: NatsServer[];

  static async start(): Promise<NatsCluster> {
    const ports = await Promise.all(
      Array.from({ length: SERVERS }, async () => ({
        client: await loopbackPort(),
        route: await loopbackPort(),
      })),
    );
    const routes = ports.map(({ route }) => `nats://127.0.0.1:${route}`);
    const servers = ports.map(({ client }, at) => {
      const own = ["-n", `server-${at}`, "--cluster_name", "test", "--cluster", routes[at] ?? ""];
      return new NatsServer(client, [...own, "--routes", routes.join(",")]);
    });
    await Promise.all(servers.map((server) => server.start()));
    return new NatsCluster(servers);
  }

  constructor(servers: NatsServer[]) {
    this.servers = servers;
  }

  get url(): string {
    return this.servers.map(({ url }) => url).join(",");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.servers.map((server) => server[Symbol.asyncDispose]()));
  }
}
