import type { Server } from "node:http";
import type { Metrics } from "./metrics.ts";

// An import of node:http would load its WebSocket client as well, which costs a tenth of the start.
const { createServer } = process.getBuiltinModule("node:http");

/** `/metrics` on a port of its own, so that it need not be reachable where orders are. */
export function createMetricsServer(metrics: Metrics): Server {
  return createServer({ headersTimeout: 5_000, requestTimeout: 10_000 }, (request, response) => {
    if (request.url?.split("?")[0] !== "/metrics") {
      response.writeHead(404, { "content-type": "text/plain" }).end("only /metrics is here\n");
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(`${String(error)}\n`),
    );
  });
}
