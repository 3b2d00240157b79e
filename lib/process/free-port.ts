import { randomInt } from "node:crypto";
import { createServer, type ListenOptions, type Server } from "node:net";

/**
 * From here up to where systems begin to take the ports of outgoing connections from: no connection that somebody opens
 * in the meantime can have got the port when the service listens there, or does so again after a crash.
 */
const LOWEST = 20_000;
const OUTGOING_FROM = 32_768;
const TRIES = 50;
/** A service that was told its port listens there by then. */
const CLAIMED_MS = 120_000;

/**
 * Ports of `host` that were free a moment ago, all different. Nobody else on this machine who asks here is given them
 * as well while it takes a service to listen there.
 */
export async function freePorts(host: string, count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => freeOne(host)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

async function freeOne(host: string): Promise<Server> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, OUTGOING_FROM);
    const claim = await claimOf(port);
    if (claim === null) continue;
    const found = await listening({ host, port, exclusive: true }).catch(() => null);
    if (found !== null) return found;
    await claim.giveBack();
  }
  return listening({ host, port: 0, exclusive: true });
}

/**
 * Null when somebody has it. A claim is a name without a file, in the same network namespace as the port, and goes with
 * its process. Only Linux has such names; elsewhere there are no claims.
 */
async function claimOf(port: number): Promise<{ giveBack(): Promise<void> } | null> {
  if (process.platform !== "linux") return { async giveBack() {} };
  const server = await listening({ path: `\0sluice-port-${port}` }).catch(() => null);
  if (server === null) return null;
  server.unref();
  const over = setTimeout(() => server.close(), CLAIMED_MS).unref();
  return {
    giveBack() {
      clearTimeout(over);
      return close(server);
    },
  };
}

function listening(options: ListenOptions): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(options, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
