import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { COMMAND_BYTES } from "../../engine/entry/wire.ts";

const MAIN = fileURLToPath(new URL("../../engine/main.ts", import.meta.url));
const CONNECTIONS = 50;
const BATCH = 64;
const MESSAGES_IN_HAND = 4;

/** Orders by binary frames of 64, a few messages in hand on each connection. */
export function measureBinary(count: number): Promise<object> {
  const frame = Buffer.concat(Array.from({ length: BATCH }, (_, at) => binaryOrder(at)));
  return measure(count, BATCH, frame);
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
  return measure(count, 1, JSON.stringify(order));
}

async function measure(
  count: number,
  ordersPerMessage: number,
  message: string | Buffer,
): Promise<object> {
  const engine = spawn(process.execPath, [MAIN], {
    env: { PORT: "0", METRICS_PORT: "0", MAX_IN_HAND: "16000" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: engine.stdout }), "line");
  const url = `ws://127.0.0.1:${JSON.parse(line).port}/ws`;
  const sockets = Array.from(
    { length: CONNECTIONS },
    () => new WebSocket(url, { perMessageDeflate: false }),
  );
  await Promise.all(sockets.map((socket) => once(socket, "open")));
  const messages = Math.ceil(count / ordersPerMessage / CONNECTIONS);
  const flow = (share: number): Promise<unknown> =>
    Promise.all(sockets.map((socket) => exchange(socket, message, Math.ceil(messages * share))));
  await flow(0.2);
  const startedAt = performance.now();
  await flow(1);
  const ms = performance.now() - startedAt;
  for (const socket of sockets) socket.terminate();
  engine.kill("SIGKILL");
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

function binaryOrder(at: number): Buffer {
  const bytes = Buffer.alloc(COMMAND_BYTES);
  bytes.writeUInt8(1, 2);
  bytes.writeUInt32LE(1, 4);
  bytes.writeDoubleLE(5 + (at % 3), 16);
  bytes.writeDoubleLE(1, 24);
  return bytes;
}
