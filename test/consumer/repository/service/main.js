// Greets over HTTP, tells on a second port how that went, and finishes its answers before it ends.
import { createServer } from "node:http";
import { greeting } from "./greeting.js";

const { HOST = "127.0.0.1", PORT = "8080", METRICS_PORT = "9090" } = process.env;
const counts = { ok: 0, error: 0 };

const service = createServer((request, response) => {
  const url = new URL(request.url, "http://service");
  if (url.pathname === "/health") return response.end("ok\n");
  request.resume();
  try {
    const body = greeting(url.searchParams.get("name") ?? "world");
    counts.ok += 1;
    response.end(`${body}\n`);
  } catch (error) {
    counts.error += 1;
    response.writeHead(500).end(`${error.message}\n`);
  }
});

const metrics = createServer((_request, response) => {
  response.setHeader("content-type", "text/plain; version=0.0.4");
  response.write("# TYPE http_requests_total counter\n");
  for (const [outcome, count] of Object.entries(counts)) {
    response.write(`http_requests_total{outcome="${outcome}"} ${count}\n`);
  }
  response.end();
});

service.listen(Number(PORT), HOST);
metrics.listen(Number(METRICS_PORT), HOST);

process.on("SIGTERM", () => {
  metrics.close();
  metrics.closeAllConnections();
  service.close(() => process.exit(0));
});
