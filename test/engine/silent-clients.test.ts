import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { until } from "../support/until.ts";
import { EngineProcess } from "./support/engine-process.ts";

vi.setConfig({ testTimeout: 300_000 });

test("a client that vanished without a word is cut off at both ports and counted, one that answers is not", async () => {
  await using engine = await EngineProcess.start({ MARKET_PORT: "0", PING_EVERY_MS: "2000" });
  const { marketPort } = await engine.waitFor("listening");
  const urls = { orders: `${engine.url}/ws`, market: `http://127.0.0.1:${marketPort}/market` };
  const open = async (url: string, autoPong: boolean): Promise<WebSocket> => {
    const socket = new WebSocket(url, { autoPong });
    socket.on("error", () => {});
    await new Promise((resolve) => socket.once("open", resolve));
    return socket;
  };
  const answering = await open(urls.orders, true);
  for (const [port, url] of Object.entries(urls)) {
    const silent = await open(url, false);
    const series = new RegExp(
      `^engine_connections_cut_total\\{port="${port}",cause="silent".*\\} [1-9]`,
      "m",
    );
    await until("it is counted", async () => series.test(await engine.metrics()), 120_000);
    await until("it is cut", () => silent.readyState === WebSocket.CLOSED, 120_000);
  }
  // A busy machine may be late with an answer too; whoever is cut may come again.
  const again = answering.readyState === WebSocket.OPEN ? answering : await open(urls.orders, true);
  const answer = new Promise((resolve) => again.once("message", (data) => resolve(String(data))));
  again.send('{"op":"cancel","id":9}');
  expect(await answer).toContain("unknown-order");
  again.terminate();
});
