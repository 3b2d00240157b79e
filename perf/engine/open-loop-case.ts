import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WebSocket } from "ws";
import { connect, startEngine } from "./engine-child.ts";

const CONNECTIONS = 1000;
const PER_SECOND = 10_000;
const WARM_UP_MS = 2_000;
const MEASURED_MS = 4_000;

/**
 * Orders at a fixed rate whatever the engine does. Each is timed from the moment it was due, not from when it got
 * out, so that a stall counts for every order that it held up: coordinated omission is corrected for.
 */
export async function measureOpenLoop(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const { engine, url } = await startEngine({ JOURNAL_DIR: folder });
  try {
    const sockets = await connect(url, CONNECTIONS);
    await flow(sockets, WARM_UP_MS);
    const times = await flow(sockets, MEASURED_MS);
    for (const socket of sockets) socket.terminate();
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
    return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), orders: times.length };
  } finally {
    engine.kill("SIGKILL");
    await new Promise((resolve) => engine.once("close", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Latencies in ms of all orders that were due within `forMs`. */
export function flow(sockets: readonly WebSocket[], forMs: number): Promise<number[]> {
  const count = (forMs * PER_SECOND) / 1000;
  const times: number[] = [];
  const startedAt = performance.now();
  const dueAt = (at: number): number => startedAt + (at * 1000) / PER_SECOND;
  let sent = 0;
  return new Promise((resolve) => {
    const waiting = sockets.map(() => [] as number[]);
    sockets.forEach((socket, index) => {
      socket.removeAllListeners("message");
      socket.on("message", () => {
        times.push(performance.now() - (waiting[index]?.shift() ?? Number.NaN));
        if (times.length === count) resolve(times);
      });
    });
    const sendDue = (): void => {
      for (; sent < count && dueAt(sent) <= performance.now(); sent += 1) {
        waiting[sent % sockets.length]?.push(dueAt(sent));
        sockets[sent % sockets.length]?.send(orderAt(sent));
      }
      if (sent < count) setTimeout(sendDue, 1);
    };
    sendDue();
  });
}

/** Half rest for a while and half trade with them. */
function orderAt(at: number): string {
  const side = at % 2 === 0 ? "buy" : "sell";
  const price = 1000 + (at % 7);
  return `{"user":${1 + (at % 100)},"symbol":"BTC-USD","side":"${side}","price":${price},"qty":1}`;
}
