import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freshFolder } from "../../support/fresh-folder.ts";
import { ORDERS, run, Service, script } from "./support.ts";

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const HTTP = `import http from "k6/http";\n`;
const GET = `http.get(__ENV.BASE_URL + "/");`;

describe("a script by itself", () => {
  it("passes when it keeps its thresholds, and is remembered", async () => {
    const workspace = freshFolder();
    const path = script(workspace, "orders.ts", ORDERS);
    const ran = await run(workspace, { path, url: service.url, "baseline-file": "baseline.json" });
    expect(ran.gate.reason).toContain("compared with nothing: no baseline was given");
    expect(ran).toMatchObject({ code: 0, outputs: { outcome: "passed" } });
    expect(ran.gate.reason).toContain("the stored baseline has 0 runs");
    const stored = JSON.parse(readFileSync(join(workspace, "baseline.json"), "utf8"));
    expect(stored.scripts["orders.ts"][0].values.p95).toBeGreaterThan(0);
  });

  it("says what it kept, and keeps it whatever a step before has put into the environment", async () => {
    const workspace = freshFolder();
    const limited = (limit: string) =>
      `${HTTP}export const options = { iterations: 2, thresholds: { http_req_duration: ["p(95)<${limit}"] } }; export default () => { ${GET} };`;
    const kept = script(workspace, "kept.js", limited("60000"));
    const crossed = script(workspace, "crossed.js", limited("0.000001"));
    const bare = script(workspace, "bare.js", `${HTTP}export default () => { ${GET} };`);
    vi.stubEnv("K6_NO_THRESHOLDS", "true");
    const of = (path: string) => run(workspace, { path, url: service.url });
    try {
      expect((await of(kept)).gate).toMatchObject({
        outcome: "passed",
        reason: expect.stringMatching(/^thresholds kept/),
      });
      expect((await of(crossed)).gate.outcome).toBe("failed");
      expect((await of(bare)).gate.reason).toMatch(
        /^no threshold was there to be kept \(0 of \d+ requests failed\)/,
      );
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("that names its function has its default one for flags", async () => {
    const workspace = freshFolder();
    const path = script(workspace, "two.js", `${ORDERS}export default () => { ${GET} };`);
    const ran = await run(workspace, { path, url: service.url, flags: "--iterations 2" });
    expect(ran.outputs).toMatchObject({ outcome: "passed", requests: "2" });
  });

  it("fails when it is much slower than the runs before", async () => {
    const workspace = freshFolder();
    const path = script(workspace, "orders.ts", ORDERS);
    const runs = [1, 1.1, 0.9, 1.05, 0.95].map((factor) => ({
      at: "2026-01-02T03:04:05.000Z",
      commit: "",
      values: { p50: 0.001 * factor },
    }));
    script(
      workspace,
      "baseline.json",
      JSON.stringify({ schema: 1, scripts: { "orders.ts": runs } }),
    );
    const ran = await run(workspace, { path, url: service.url, "baseline-file": "baseline.json" });
    expect(ran).toMatchObject({ code: 1, gate: { outcome: "failed" } });
    expect(ran.gate.reason).toContain("p50 is");
    const stored = JSON.parse(readFileSync(join(workspace, "baseline.json"), "utf8"));
    expect(stored.scripts["orders.ts"]).toHaveLength(5);
  });

  it("has its flags as words, and several scripts run at once", async () => {
    const workspace = freshFolder();
    script(
      workspace,
      "a/one.js",
      `${HTTP}export default () => { if (__ENV.WORD !== "two words") throw new Error("no"); ${GET} };`,
    );
    script(workspace, "a/two.js", `${HTTP}export default () => { ${GET} };`);
    script(workspace, "a/not.js", "throw new Error()");
    const ran = await run(workspace, {
      path: "a/*.js\n!a/not.js",
      url: service.url,
      flags: "-e WORD='two words'\n--iterations 3",
      parallel: "true",
    });
    expect(ran.gate.outcome).toBe("passed");
    expect(ran.outputs).toMatchObject({ iterations: "6", requests: "6" });
  });
});

describe("what measured nothing, or what is not allowed, fails in its own words", () => {
  const cases: Array<[string, string, RegExp]> = [
    [
      "no iteration is completed",
      `import { sleep } from "k6"; export const options = { vus: 1, duration: "1s", gracefulStop: "0s" }; export const x = 1; export default () => sleep(30);
export const scenariosUnused = 0;`.replace(
        'vus: 1, duration: "1s", gracefulStop: "0s"',
        'scenarios: { s: { executor: "constant-vus", vus: 1, duration: "500ms", gracefulStop: "0s" } }',
      ),
      /not one iteration was completed/,
    ],
    [
      "every iteration throws, though k6 exits with 0",
      `export const options = { iterations: 3 }; export default () => { throw new Error("always"); };`,
      /each of the 3 iterations threw an exception/,
    ],
    [
      "every iteration of an async function throws",
      `export const options = { iterations: 2 }; export default async () => { throw new Error("always"); };`,
      /each of the 2 iterations threw an exception/,
    ],
    [
      "nothing is sent",
      `export const options = { iterations: 2 }; export default () => {};`,
      /2 iterations sent not one request/,
    ],
    [
      "a threshold has no samples",
      `${HTTP}export const options = { iterations: 2, thresholds: { "http_req_duration{name:typo}": ["p(95)<500"] } }; export default () => { ${GET} };`,
      /the threshold p\(95\)<500 on http_req_duration\{name:typo\} has no samples/,
    ],
    [
      "a threshold is crossed",
      `${HTTP}export const options = { iterations: 2, thresholds: { http_req_duration: ["p(95)<0.000001"] } }; export default () => { ${GET} };`,
      /http_req_duration crossed its threshold p\(95\)<0.000001, it is/,
    ],
    [
      "the script aborts",
      `import exec from "k6/execution"; export default () => exec.test.abort("enough");`,
      /exit code 108: the script called test.abort\(\)/,
    ],
    [
      "setup throws",
      `export function setup() { throw new Error("no data"); } export default () => {};`,
      /exit code 107: the script threw an exception/,
    ],
    [
      "a threshold is on no metric at all",
      `export const options = { thresholds: { nothing: ["count>1"] } }; export default () => {};`,
      /exit code 104/,
    ],
    ["the script is not JavaScript", "this is no script", /cannot be loaded by k6, exit code 107/],
    [
      "nobody answers",
      `${HTTP}export const options = { iterations: 2 }; export default () => { http.get("http://127.0.0.1:1/"); };`,
      /each of the 2 requests failed/,
    ],
  ];

  it.each(cases)("%s", async (_name, text, reason) => {
    const workspace = freshFolder();
    const path = script(workspace, "a script.js", text);
    const ran = await run(workspace, { path, url: service.url });
    expect(ran.gate.reason).toMatch(reason);
    expect(ran).toMatchObject({ code: 1, gate: { outcome: "failed" } });
    expect(ran.log).toMatch(/::error/);
  });

  it("and fail-fast leaves the scripts after it alone", async () => {
    const workspace = freshFolder();
    script(workspace, "1.js", `export const options = { iterations: 1 }; export default () => {};`);
    script(workspace, "2.js", `${HTTP}export default () => { ${GET} };`);
    const asked = service.asked;
    const ran = await run(workspace, { path: "*.js", url: service.url, "fail-fast": "true" });
    expect(ran.code).toBe(1);
    expect(service.asked).toBe(asked);
  });
});
