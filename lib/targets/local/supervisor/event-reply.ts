import type { ServerResponse } from "node:http";
import type { SiteEvent } from "./event-stream.ts";
import type { Supervisor } from "./supervisor.ts";

const TRAFFIC_MS = 1_000;
/** Whoever reads slower than this much behind is cut off; the counters are there to catch up. */
const MAX_BEHIND_BYTES = 1024 * 1024;

/** One JSON object a line, for as long as the caller listens; traffic once a second. */
export function streamEvents(site: Supervisor, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const tell = (event: SiteEvent) => {
    if (response.writableLength > MAX_BEHIND_BYTES) response.destroy();
    else response.write(`${JSON.stringify(event)}\n`);
  };
  const tellTraffic = () => tell({ atMs: Date.now(), kind: "traffic", ...site.traffic });
  const stopListening = site.events.listen(tell);
  const timer = setInterval(tellTraffic, TRAFFIC_MS);
  response.once("close", () => {
    clearInterval(timer);
    stopListening();
  });
  tell({ atMs: Date.now(), kind: "weights", weights: site.weights, by: "now" });
  tellTraffic();
}
