import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WebSocket } from "ws";
import { COMMAND_BYTES } from "../../engine/entry/wire.ts";
import { connect, startEngine } from "./engine-child.ts";

const CONNECTIONS = 50;
const BATCH = 64;
const MESSAGES_IN_HAND = 4;

/** Orders by binary frames of 64, a few messages in hand on each connection. */
export function measureBinary(count: number): Promise<object> {
  return measure(count, BATCH, frame(), {});
}

/** The same, answered when the disk has them. */
export async function measureDurable(count: number): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    return await measure(count, BATCH, frame(), { JOURNAL_DIR: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Orders one by one as JSON, as many messages in hand. */
export function measureJson(count: number): Promise<object> {
  const order = {
    op: "new",
    user: 1,
    symbol: "BTC-USD",
    side: "buy",
    tif: "IOC",
    price: 5,
    qty: 1,
  };
  return measure(count, 1, JSON.stringify(order), {});
}

async function measure(
  count: number,
  ordersPerMessage: number,
  message: string | Buffer,
  env: Record<string, string>,
): Promise<object> {
  const { engine, url } = await startEngine({ MAX_IN_HAND: "16000", ...env });
  const sockets = await connect(url, CONNECTIONS);
  const messages = Math.ceil(count / ordersPerMessage / CONNECTIONS);
  const flow = (share: number): Promise<unknown> =>
    Promise.all(sockets.map((socket) => exchange(socket, message, Math.ceil(messages * share))));
  await flow(0.2);
  const startedAt = performance.now();
  await flow(1);
  const ms = performance.now() - startedAt;
  for (const socket of sockets) socket.terminate();
  engine.kill("SIGKILL");
  await once(engine, "close");
  return { perSecond: Math.round((messages * CONNECTIONS * ordersPerMessage * 1000) / ms) };
}

function exchange(socket: WebSocket, message: string | Buffer, messages: number): Promise<void> {
  let sent = 0;
  let answered = 0;
  return new Promise((resolve) => {
    const onMessage = (): void => {
      answered += 1;
      if (sent < messages) send();
      if (answered < messages) return;
      socket.off("message", onMessage);
      resolve();
    };
    const send = (): void => {
      sent += 1;
      socket.send(message);
    };
    socket.on("message", onMessage);
    while (sent < Math.min(messages, MESSAGES_IN_HAND)) send();
  });
}

function frame(): Buffer {
  return Buffer.concat(Array.from({ length: BATCH }, (_, at) => binaryOrder(at)));
}

function binaryOrder(at: number): Buffer {
  const bytes = Buffer.alloc(COMMAND_BYTES);
  bytes.writeUInt8(1, 2);
  bytes.writeUInt32LE(1, 4);
  bytes.writeDoubleLE(5 + (at % 3), 16);
  bytes.writeDoubleLE(1, 24);
  return bytes;
}
