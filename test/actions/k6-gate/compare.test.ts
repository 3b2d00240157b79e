import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshFolder } from "../../support/fresh-folder.ts";
import { BRIEF, HOWEVER_UNLIKE, ORDERS, run, Service, script } from "./support.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
let baseline: Service;
let candidate: Service;

beforeAll(async () => {
  baseline = await Service.start();
  candidate = await Service.start();
  baseline.waitMs = 5;
  candidate.waitMs = 5;
});
afterAll(async () => {
  await baseline.stop();
  await candidate.stop();
});

function inputs(path: string, more: Record<string, string> = {}): Record<string, string> {
  return { path, url: candidate.url, "baseline-url": baseline.url, ...BRIEF, ...more };
}

describe("two versions in turns", () => {
  it("pass when they are the same, and the script's own summary is made once", async () => {
    const workspace = freshFolder();
    const path = script(
      workspace,
      "load/orders.ts",
      `${ORDERS}
const word = open("./word.txt").trim();
export function handleSummary(data) {
  return { [__ENV.SLUICE_ARM + ".json"]: JSON.stringify([word, data.metrics.http_reqs.values.count]) };
}`,
    );
    script(workspace, "load/word.txt", "beside");
    const policy = { "on-inconclusive": "pass", ...HOWEVER_UNLIKE };
    const ran = await run(workspace, inputs(path, { digest: DIGEST, ...policy }));
    expect(ran.log).toContain("p95 baseline");
    expect(ran, ran.log).toMatchObject({ code: 0, gate: { outcome: "passed" } });
    expect(ran.gate.statement?.predicateType).toBe("urn:sluice:k6-gate:v1");
    expect(Number(ran.outputs.requests)).toBeGreaterThan(20);
    expect(JSON.parse(ran.outputs.ratios ?? "")[path].p50.ratio).toBeGreaterThan(0);
    expect(ran.summary).toContain("xychart-beta");
    const report = JSON.parse(readFileSync(join(workspace, "k6-gate/report.json"), "utf8"));
    expect(report.scripts[0].rounds[0].length).toBeGreaterThanOrEqual(6);
    expect(JSON.parse(readFileSync(join(workspace, "candidate.json"), "utf8"))[0]).toBe("beside");
    expect(() => readFileSync(join(workspace, "baseline.json"))).toThrow();
  });

  it("fail when the candidate is slower, with outputs, summary and annotation", async () => {
    const workspace = freshFolder();
    const path = script(workspace, "orders.js", ORDERS);
    candidate.waitMs = 40;
    // It ends when it is sure, which is later where blocks are spoilt by a busy machine.
    const ran = await run(workspace, inputs(path, { "max-duration": "20s" }));
    candidate.waitMs = 5;
    expect(ran).toMatchObject({ code: 1, gate: { outcome: "failed" } });
    // Whichever quantile it was sure of first.
    expect(ran.gate.reason).toMatch(/p\d\d is \d+\.\d % worse/);
    expect(ran.log).toMatch(/::error title=k6-gate,file=orders.js::.*p\d\d/);
    expect(ran.log).toContain("k6-gate%3A worse");
    expect(ran.summary).toContain("Load: failed");
    const ratios: { low: number }[] = Object.values(JSON.parse(ran.outputs.ratios ?? "")[path]);
    expect(Math.max(...ratios.map(({ low }) => low))).toBeGreaterThan(1);
    expect(ran.outputs.outcome).toBe("failed");
  });

  it("fail when only the candidate fails, and when both do", async () => {
    const workspace = freshFolder();
    const path = script(workspace, "orders.js", ORDERS);
    candidate.status = 500;
    const one = await run(workspace, inputs(path));
    expect(one.gate.reason).toMatch(/^candidate: each of the \d+ requests failed/);
    baseline.status = 500;
    const both = await run(workspace, inputs(path));
    candidate.status = 200;
    baseline.status = 200;
    expect(both.gate.reason).toMatch(/^baseline: each of the \d+ requests failed/);
    expect(both.log).toContain("candidate: each of the");
    expect(both.outputs.outcome).toBe("failed");
  });

  it.each([
    ["fail", 1, "inconclusive", "inconclusive"],
    ["ask", 0, "inconclusive", "inconclusive"],
    ["pass", 0, "passed", "inconclusive"],
  ])("that nothing can be said of: on-inconclusive %s", async (policy, code, gate, outcome) => {
    const workspace = freshFolder();
    const path = script(workspace, "orders.js", ORDERS);
    // Both have a quarter of their answers late, and nothing short of equality is ruled out.
    const unsure = { "rule-out": "50", "max-duration": "2400ms", "pass-on": "error-rate, p50" };
    const ran = await run(
      workspace,
      inputs(path, { ...unsure, metric: "nothing", "on-inconclusive": policy }),
    );
    expect(ran).toMatchObject({ code, gate: { outcome: gate }, outputs: { outcome } });
    expect(ran.gate.reason).toContain("p50 has too few pairs of blocks");
    expect(ran.log).toMatch(code === 1 ? /::error.*inconclusive/ : /::warning.*inconclusive/);
  });

  it("end k6 when the job is cancelled", async () => {
    const workspace = freshFolder();
    const path = script(workspace, "orders.js", ORDERS);
    const cancelled = new AbortController();
    const before = candidate.asked;
    const running = run(
      workspace,
      inputs(path, { duration: "60s", "max-duration": "60s" }),
      cancelled.signal,
    );
    while (candidate.asked === before) await new Promise((resolve) => setTimeout(resolve, 20));
    cancelled.abort(new Error("somebody cancelled"));
    const ran = await running;
    expect(ran.code).toBe(1);
    const after = candidate.asked;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(candidate.asked).toBe(after);
  });
});

describe("the load of a script", () => {
  it("may depend on variables of the job, and on flags", async () => {
    const workspace = freshFolder();
    const text = ORDERS.replace(
      "rate: 100",
      "rate: Number(__ENV.SLUICE_TEST_RATE) * Number(__ENV.TIMES)",
    );
    const path = script(workspace, "orders.js", text);
    process.env.SLUICE_TEST_RATE = "20";
    const more = { flags: "-e TIMES=2", "on-inconclusive": "ask", ...HOWEVER_UNLIKE };
    const ran = await run(workspace, inputs(path, more)).finally(() => {
      delete process.env.SLUICE_TEST_RATE;
    });
    expect(ran.code, ran.log).toBe(0);
    const report = JSON.parse(readFileSync(join(workspace, "k6-gate/report.json"), "utf8"));
    const sent: number[] = report.scripts[0].rounds[0].map(
      (pair: { candidate: { requests: number } }) => pair.candidate.requests,
    );
    // 40 a second in blocks of 100 ms. What a busy machine does not send in one it sends in the next.
    const mean = sent.reduce((sum, requests) => sum + requests, 0) / sent.length;
    expect(mean).toBeGreaterThan(1);
    expect(mean).toBeLessThan(7);
  });
});

describe("what cannot be compared is refused before anything is sent", () => {
  it.each([
    [{ flags: "--vus 3" }, "--vus sets the load"],
    [{ flags: "--tag 'open" }, "a ' is not closed"],
    [{ parallel: "true" }, "would disturb the comparison"],
    [{ block: "10ms" }, "at least 50ms"],
    [{ "max-duration": "1s" }, "at least duration"],
    [{ rounds: "8" }, "the gate cannot restart what it did not start"],
    [{ url: "" }, "the candidate's url is needed"],
    [{ path: "nowhere/*.js" }, "no script is at nowhere/*.js"],
    [{ path: "orders.js, !orders.js" }, "all scripts that path names are excluded"],
  ])("%j", async (more, message) => {
    const workspace = freshFolder();
    script(workspace, "orders.js", ORDERS);
    const asked = candidate.asked;
    const ran = await run(workspace, inputs("orders.js", more));
    expect(ran).toMatchObject({ code: 1, gate: { outcome: "failed" } });
    expect(ran.log).toContain(message);
    expect(candidate.asked).toBe(asked);
  });
});
