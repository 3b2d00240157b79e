import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * From here up to where systems begin to take the ports of outgoing connections from: no connection that somebody opens
 * in the meantime can have got the port when the service listens there, or does so again after a crash.
 */
const LOWEST = 20_000;
const OUTGOING_FROM = 32_768;
const TRIES = 50;

interface Listening {
  port: number;
  close(): Promise<void>;
}

/** Ports of `host` that were free a moment ago, all different. */
export async function freePorts(host: string, count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => freeOne(host)));
  const ports = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ close }) => close()));
  return ports;
}

async function freeOne(host: string): Promise<Listening> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await listening(host, randomInt(LOWEST, OUTGOING_FROM)).catch(() => null);
    if (found !== null) return found;
  }
  return listening(host, 0);
}

function listening(host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === "object" && address ? address.port : 0;
      const close = () => new Promise<void>((done) => server.close(() => done()));
      resolve({ port: taken, close });
    });
  });
}
