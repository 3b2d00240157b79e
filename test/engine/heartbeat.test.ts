import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { Heartbeat } from "../../engine/entry/heartbeat.ts";
import { until } from "../support/until.ts";

const BEAT_MS = 100;
const LIMIT_MS = 60_000;
/** A client with a thread of its own, which says when it has answered a ping. */
const CLIENT = `
const { workerData } = require("node:worker_threads");
const { createRequire } = require("node:module");
const { WebSocket } = createRequire(workerData.here)("ws");
new WebSocket(workerData.url).on("ping", () => {
  Atomics.add(workerData.answered, 0, 1);
  Atomics.notify(workerData.answered, 0);
});
`;

test("who answered while this process had no CPU is not taken for silent", async () => {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const workerData = { url, answered, here: import.meta.filename };
  const client = new Worker(CLIENT, { eval: true, workerData });
  const [socket] = (await once(server, "connection")) as [WebSocket];
  let asked = 0;
  const ping = socket.ping.bind(socket);
  socket.ping = () => {
    ping();
    asked += 1;
    // The answer is there, and the next beat is due, before anything is read.
    setImmediate(() => {
      Atomics.wait(answered, 0, asked - 1, LIMIT_MS);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * BEAT_MS);
    });
  };
  const heartbeat = new Heartbeat();
  heartbeat.watch(socket);
  let silent = 0;
  const beating = heartbeat.every(BEAT_MS, server.clients, () => {
    silent += 1;
  });
  await until("it was asked often", () => asked >= 5 || silent > 0);
  expect(silent).toBe(0);
  clearInterval(beating);
  await client.terminate();
  server.close();
  http.close();
});
