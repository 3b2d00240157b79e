import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent, request } from "undici";
import { beforeEach, describe, expect, it } from "vitest";
import { parseServers } from "../../lib/targets/hosts/haproxy.ts";
import { until } from "../support/until.ts";
import { edgeLack, startEdge } from "./loopback-edge.ts";

beforeEach((context) => context.skip(edgeLack() !== "", edgeLack()));

const REQUESTS = 60;

/** Of every six orders it answers one with 500, and drops one without an answer. */
function doubtful() {
  let count = 0;
  return createServer((message: IncomingMessage, response: ServerResponse) => {
    if (message.url === "/health") return response.end("ok");
    count += 1;
    message.resume();
    if (count % 6 === 1) return message.socket.destroy();
    response.writeHead(count % 6 === 2 ? 500 : 201).end();
  });
}

describe("what HAProxy counts of a server", () => {
  it("is what clients got of it: answers, failures, and requests that were lost", async () => {
    await using edge = await startEdge();
    const server = doubtful().listen(edge.ports.primary, "127.0.0.1");
    await once(server, "listening");
    try {
      await until("the edge sees it", () => edge.states()["a-blue"] === "up");
      edge.ask("set server engine/a-blue weight 100");
      // Connections of its own for each: what breaks off takes nobody else's answer with it.
      const dispatcher = new Agent({ pipelining: 0 });
      let lost = 0;
      for (let sent = 0; sent < REQUESTS; sent += 1) {
        const { statusCode, body } = await request(`${edge.url}/orders`, {
          method: "POST",
          dispatcher,
        });
        await body.dump();
        if (statusCode === 502) lost += 1;
      }
      await dispatcher.close();
      expect(lost).toBe(REQUESTS / 6);
      const look = edge.ask("show stat engine 6 -1;show servers state engine");
      const [seen] = parseServers(look).filter(({ name }) => name === "a-blue");
      expect(seen?.seen).toEqual({
        answered: (REQUESTS * 5) / 6,
        failed: REQUESTS / 6,
        lost: REQUESTS / 6,
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
