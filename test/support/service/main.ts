/**
 * The smallest service that can be released: it answers, counts, and misbehaves on request. Its only
 * dependency is Node, so its archive is this file and `service.json`, which says how it behaves.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

interface Behaviour {
  /** Answered with 500 instead, this share of requests, evenly. */
  errorShare?: number;
  /** Of those, the ones that are not counted either: its metrics call them good. */
  hidesErrors?: boolean;
  /** Dropped without an answer and before they are counted, this share of requests, evenly. */
  dropShare?: number;
  neverHealthy?: boolean;
  exitAtStart?: number;
  ignoresSigterm?: boolean;
}

const behaviour = JSON.parse(
  readFileSync(new URL("./service.json", import.meta.url), "utf8"),
) as Behaviour;
const { HOST = "127.0.0.1", PORT, METRICS_PORT, SLOT = "", VERSION = "" } = process.env;
const counts = { ok: 0, error: 0 };
let arrived = 0;
const tunnels = new Set<Duplex>();
let metricsAreBroken = false;
let isSick = false;

if (behaviour.exitAtStart !== undefined) {
  console.error("cannot go on: told to exit at the start");
  process.exit(behaviour.exitAtStart);
}

const service = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://service");
  const waitMs = Number(searchParams.get("wait") ?? 0);
  const answer = () => serve(pathname, request, response);
  if (waitMs > 0) setTimeout(answer, waitMs);
  else answer();
});

function serve(pathname: string, request: IncomingMessage, response: ServerResponse): void {
  switch (pathname) {
    case "/health":
      response.statusCode = behaviour.neverHealthy || isSick ? 503 : 200;
      response.end("health");
      return;
    case "/fault/sick":
      isSick = !isSick;
      response.end();
      return;
    case "/fault/metrics":
      metricsAreBroken = true;
      response.end();
      return;
    case "/fault/die":
      process.kill(process.pid, "SIGKILL");
      return;
    case "/fault/half":
      response.writeHead(200, { "content-length": 1_000 });
      response.write("half", () => request.socket.destroy());
      return;
    default:
      work(request, response);
  }
}

function work(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    arrived += 1;
    if (isHit(arrived, behaviour.dropShare)) {
      request.socket.destroy();
      return;
    }
    const isError = isHit(counts.ok + counts.error + 1, behaviour.errorShare);
    if (isError && !behaviour.hidesErrors) counts.error += 1;
    else counts.ok += 1;
    response.statusCode = isError ? 500 : 200;
    response.setHeader("content-type", "application/json");
    const bytes = Buffer.concat(chunks).length;
    response.end(
      JSON.stringify({ slot: SLOT, version: VERSION, pid: process.pid, url: request.url, bytes }),
    );
  });
}

/** Whether the nth of them is one of an evenly spread share. */
function isHit(nth: number, share = 0): boolean {
  return Math.floor(nth * share) > Math.floor((nth - 1) * share);
}

/** Echoes frames by their bytes: enough to see that an upgrade goes through. */
service.on("upgrade", (request, socket: Duplex) => {
  const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash("sha1").update(key).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  tunnels.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => tunnels.delete(socket));
  const hello = Buffer.from(VERSION);
  socket.write(Buffer.concat([Buffer.from([0x81, hello.length]), hello]));
});

const metrics = createServer((_request, response) => {
  if (metricsAreBroken) {
    response.statusCode = 500;
    response.end();
    return;
  }
  const { ok, error } = counts;
  const labels = `slot="${SLOT}",version="${VERSION}"`;
  response.end(
    "# TYPE http_requests_total counter\n" +
      `http_requests_total{${labels},outcome="ok"} ${ok}\n` +
      `http_requests_total{${labels},outcome="error"} ${error}\n`,
  );
});

service.listen(Number(PORT), HOST);
metrics.listen(Number(METRICS_PORT), HOST);

process.on("SIGTERM", () => {
  if (behaviour.ignoresSigterm) return;
  metrics.close();
  metrics.closeAllConnections();
  service.close(() => process.exit(0));
  service.closeIdleConnections();
});
