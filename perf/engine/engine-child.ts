import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";

const MAIN = fileURLToPath(new URL("../../engine/main.ts", import.meta.url));

interface Listening {
  message: string;
  port: number;
  metricsPort: number;
}

/** An engine of its own to measure, on any free port. */
export async function startEngine(
  env: Record<string, string>,
): Promise<{ engine: ChildProcess; url: string; metricsUrl: string }> {
  const engine = spawn(process.execPath, [MAIN], {
    env: { PORT: "0", METRICS_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: engine.stdout });
  for await (const line of lines) {
    const { message, port, metricsPort } = JSON.parse(line) as Listening;
    if (message !== "listening") continue;
    const metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    return { engine, url: `ws://127.0.0.1:${port}/ws`, metricsUrl };
  }
  throw new Error("the engine ended before it listened");
}

export async function connect(url: string, count: number): Promise<WebSocket[]> {
  const sockets: WebSocket[] = [];
  while (sockets.length < count) {
    // Not all at once: the listener's queue is not what is measured.
    const some = Array.from({ length: Math.min(100, count - sockets.length) }, () => {
      return new WebSocket(url, { perMessageDeflate: false });
    });
    await Promise.all(some.map((socket) => once(socket, "open")));
    sockets.push(...some);
  }
  return sockets;
}
