import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { MetricNames } from "../../../lib/environment/environment.ts";
import { MAX_SCRAPE_BYTES, scrapeArms } from "../../../lib/metrics/scrape.ts";

const NAMES: MetricNames = {
  path: "/metrics",
  requests: { metric: "requests_total", labels: {} },
  errors: { metric: "errors_total", labels: {} },
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function exporter(answer: (response: ServerResponse) => void) {
  const server = createServer((_, response) => answer(response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { name: `instance-${port}`, metricsUrl: `http://127.0.0.1:${port}` };
}

const counting = (requests: number, errors: number) =>
  exporter((response) => response.end(`requests_total ${requests}\nerrors_total ${errors}\n`));

/** Long enough for any machine where something is expected to come. */
const PATIENT_MS = 20_000;

describe("scraping both arms", () => {
  it("sums each arm over its instances", async () => {
    const [a, b, c] = [await counting(10, 1), await counting(20, 2), await counting(5, 0)];
    const arms = await scrapeArms({ blue: [a, b], green: [c] }, NAMES, PATIENT_MS);
    expect(arms.blue.total).toEqual({ requests: 30, errors: 3 });
    expect(arms.blue.instances[a.name]).toEqual({ requests: 10, errors: 1 });
    expect(arms.green.total).toEqual({ requests: 5, errors: 0 });
  });

  it("asks all at the same moment", async () => {
    // Nobody answers before everybody was asked.
    const waiting: ServerResponse[] = [];
    const meet = (response: ServerResponse) => {
      waiting.push(response);
      if (waiting.length < 3) return;
      for (const one of waiting) one.end("requests_total 1\n");
    };
    const targets = [await exporter(meet), await exporter(meet), await exporter(meet)] as const;
    const [a, b, c] = targets;
    const arms = await scrapeArms({ blue: [a, b], green: [c] }, NAMES, PATIENT_MS);
    expect(arms.blue.total?.requests).toBe(2);
    expect(arms.green.total?.requests).toBe(1);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ["answers with an error", (response) => response.writeHead(500).end("requests_total 1\n")],
    ["breaks off", (response) => response.write("requests_total 1\n", () => response.destroy())],
    ["is not in the format", (response) => response.end("<html>")],
    ["lacks the metric", (response) => response.end("other 1\n")],
    ["redirects", (response) => response.writeHead(302, { location: "/other" }).end()],
    ["is too long", (response) => response.end("#".repeat(MAX_SCRAPE_BYTES + 1))],
  ])("has no total for an arm of which one instance %s", async (_, answer) => {
    const [good, bad, other] = [
      await counting(10, 0),
      await exporter(answer),
      await counting(5, 0),
    ];
    const faults: string[] = [];
    const arms = await scrapeArms(
      { blue: [good, bad], green: [other] },
      NAMES,
      PATIENT_MS,
      (name) => faults.push(name),
    );
    expect(arms.blue.total).toBeNull();
    expect(arms.blue.instances).toEqual({
      [good.name]: { requests: 10, errors: 0 },
      [bad.name]: null,
    });
    expect(arms.green.total).toEqual({ requests: 5, errors: 0 });
    expect(faults).toEqual([bad.name]);
  });

  it("does not wait for an instance beyond the deadline", async () => {
    const silent = await exporter(() => {});
    const arms = await scrapeArms({ blue: [silent] }, NAMES, 100);
    expect(arms.blue.total).toBeNull();
  });

  it("takes an instance that is gone for no evidence", async () => {
    const gone = { name: "gone", metricsUrl: "http://127.0.0.1:1" };
    expect((await scrapeArms({ blue: [gone] }, NAMES, PATIENT_MS)).blue.total).toBeNull();
  });

  it("has nothing to say about an arm without instances", async () => {
    expect(await scrapeArms({ blue: [] }, NAMES, PATIENT_MS)).toEqual({
      blue: { total: null, instances: {} },
    });
  });
});
