import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent, request } from "undici";
import { beforeEach, describe, expect, it } from "vitest";
import { parseServers } from "../../lib/targets/hosts/haproxy.ts";
import { after } from "../../lib/targets/hosts/ledger.ts";
import { until } from "../support/until.ts";
import { edgeLack, startEdge } from "./loopback-edge.ts";

beforeEach((context) => context.skip(edgeLack() !== "", edgeLack()));

const REQUESTS = 60;

type Edge = Awaited<ReturnType<typeof startEdge>>;

/** What the edge's program says of the one server. */
function server(edge: Edge) {
  const found = parseServers(after(edge.status(), "stat=")).find(({ name }) => name === "a-blue");
  if (!found) throw new Error("the edge has no server a-blue");
  return found;
}

async function serving(edge: Edge, answer: (message: IncomingMessage, to: ServerResponse) => void) {
  const service = createServer((message, response) => {
    message.resume();
    if (message.url === "/health") response.end("ok");
    else answer(message, response);
  }).listen(edge.ports.primary, "127.0.0.1");
  await once(service, "listening");
  await until("the edge sees it", () => edge.states()["a-blue"] === "up");
  edge.ask("set server engine/a-blue weight 100");
  return {
    [Symbol.dispose]() {
      service.closeAllConnections();
      service.close();
    },
  };
}

describe("what HAProxy counts of a server", () => {
  it("is what clients got of it: answers, failures, and requests that were lost", async () => {
    await using edge = await startEdge(undefined, { isPatient: true });
    let count = 0;
    // Of every six it drops one without an answer, and answers one with 500.
    using _service = await serving(edge, (message, response) => {
      count += 1;
      if (count % 6 === 1) message.socket.destroy();
      else response.writeHead(count % 6 === 2 ? 500 : 201).end();
    });
    const dispatcher = new Agent();
    const statuses: number[] = [];
    for (let sent = 0; sent < REQUESTS; sent += 1) statuses.push(await order(edge.url, dispatcher));
    await dispatcher.close();
    const lost = statuses.filter((status) => status === 502 || status === 0).length;
    expect(lost).toBe(REQUESTS / 6);
    // It counts an answer when it is through with it, which a client may be earlier.
    await expect
      .poll(() => server(edge))
      .toMatchObject({
        current: 0,
        counts: { begun: REQUESTS, answered: REQUESTS - lost, failed: REQUESTS / 6 },
      });
  });

  it("is what it has in hand: nobody is stopped who still answers", async () => {
    await using edge = await startEdge(undefined, { isPatient: true });
    const held: ServerResponse[] = [];
    using _service = await serving(edge, (_, response) => {
      held.push(response);
    });
    const dispatcher = new Agent();
    const answers = [1, 2, 3].map(() => order(edge.url, dispatcher));
    await until("all three are in hand", () => held.length === 3);
    expect(server(edge).current).toBe(3);
    for (const response of held) response.writeHead(201).end();
    expect(await Promise.all(answers)).toEqual([201, 201, 201]);
    await until("none is in hand", () => server(edge).current === 0);
    await dispatcher.close();
  });
});

/** The status, or 0 where there was none: HAProxy passes a connection's end on when the server's was used before. */
async function order(url: string, dispatcher: Agent): Promise<number> {
  return placed(url, dispatcher).catch(() => 0);
}

async function placed(url: string, dispatcher: Agent): Promise<number> {
  const { statusCode, body } = await request(`${url}/orders`, { method: "POST", dispatcher });
  await body.dump();
  return statusCode;
}
