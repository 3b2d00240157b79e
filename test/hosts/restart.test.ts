import { Agent, request } from "node:http";
import { beforeEach, expect, it } from "vitest";
import { EngineProcess } from "../engine/support/engine-process.ts";
import { until } from "../support/until.ts";
import { edgeLack, startEdge } from "./loopback-edge.ts";

const lacks = edgeLack();
beforeEach((context) => context.skip(lacks !== "", lacks));
const ORDERS_PER_SECOND = 100;
/** Four starts of an engine, of which each takes many seconds where others use the machine up. */
const LIMIT_MS = 240_000;
const ADDRESSES = { a: "127.0.0.1", b: "127.0.0.2" };

it("loses no order when an engine behind the edge is simply ended and started again", {
  timeout: LIMIT_MS,
}, async () => {
  await using edge = await startEdge(ADDRESSES, { isPatient: true });
  const start = (name: keyof typeof ADDRESSES) =>
    EngineProcess.start({
      HOST: ADDRESSES[name],
      PORT: `${edge.ports.primary}`,
      VERSION: name,
      // So that an edge that gets no CPU for a while is waited for.
      DRAIN_QUIET_MS: "2000",
      DRAIN_LIMIT_MS: "60000",
    });
  const engines = { a: await start("a"), b: await start("b") };
  await using _ = endAll(engines);
  for (const name of ["a", "b"]) edge.ask(`set server engine/${name}-blue weight 100`);
  await until(
    "the edge sees both",
    () => edge.states()["a-blue"] === "up" && edge.states()["b-blue"] === "up",
  );
  const orders = startOrders(edge.url);
  for (const name of ["a", "b"] as const) {
    await until("orders are answered", () => orders.answered > 0);
    const server = `${name}-blue`;
    engines[name].child.kill("SIGTERM");
    await until(`the edge leaves ${name}`, () => edge.states()[server] !== "up");
    expect(await engines[name].ended).toMatchObject({ code: 0 });
    engines[name] = await start(name);
    await until(`${name} is back`, () => edge.states()[server] === "up");
  }
  const { sent, answered, lost } = await orders.stop();
  expect(lost).toEqual([]);
  expect(answered).toBe(sent);
});

function endAll(engines: Record<string, EngineProcess>): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(Object.values(engines).map((engine) => engine[Symbol.asyncDispose]()));
    },
  };
}

/** Orders, which nobody may send twice, each due at its time however long others take. */
function startOrders(url: string) {
  const seen = { sent: 0, answered: 0, lost: [] as string[] };
  const agent = new Agent({ keepAlive: true });
  const startedMs = performance.now();
  const send = (): void => {
    seen.sent += 1;
    const end = (how: string | undefined): void => {
      if (how === "201") seen.answered += 1;
      else seen.lost.push(how ?? "nothing");
    };
    const body = JSON.stringify({
      user: 1,
      symbol: "BTC-USD",
      side: "buy",
      type: "limit",
      tif: "IOC",
      price: 1,
      qty: 1,
    });
    const asked = request(`${url}/orders`, { method: "POST", agent }, (response) => {
      response.resume();
      response.on("end", () => end(String(response.statusCode)));
      response.on("error", ({ message }) => end(message));
    });
    asked.on("error", ({ message }) => end(message));
    asked.end(body);
  };
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedMs) / 1_000) * ORDERS_PER_SECOND);
    while (seen.sent < due) send();
  }, 5);
  return {
    get answered() {
      return seen.answered;
    },
    async stop() {
      clearInterval(timer);
      await until("all are answered", () => seen.answered + seen.lost.length === seen.sent);
      agent.destroy();
      return seen;
    },
  };
}
