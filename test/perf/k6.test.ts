import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensure } from "../../lib/tools/ensure.ts";
import { run } from "../../lib/tools/process.ts";
import { openShop } from "../../lib/tools/shop.ts";
import { EngineProcess } from "../engine/support/engine-process.ts";
import { freshFolder } from "../support/fresh-folder.ts";

const SCRIPTS = join(import.meta.dirname, "..", "..", "perf", "k6");

/** Tiny: whether a script works, not whether the engine is fast. */
const TINY = { DURATION: "1s", RATE: "20", VUS: "5", WS_RATE: "5", WS_VUS: "3", WS_ORDERS: "4" };

interface Metrics {
  [name: string]: { count?: number; passes?: number; fails?: number } | undefined;
}

describe("the load scripts", () => {
  let engine: EngineProcess;
  let program: string;
  beforeAll(async () => {
    engine = await EngineProcess.start();
    ({ path: program } = await ensure("k6", "2.2.0", openShop()));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each([
    ["orders", false],
    ["load", true],
    ["stress", true],
    ["spike", true],
    ["soak", true],
  ])("%s has orders taken by the engine", async (name, bySocket) => {
    const summary = join(freshFolder(), "summary.json");
    const ended = await run(
      program,
      [
        ...["run", "--quiet", "--no-usage-report", "--address", "", "--no-thresholds"],
        ...["--summary-export", summary, join(SCRIPTS, `${name}.ts`)],
      ],
      { env: { ...process.env, ...TINY, BASE_URL: engine.url } },
    );
    expect(ended.code, ended.stderr).toBe(0);
    const { metrics } = JSON.parse(readFileSync(summary, "utf8")) as { metrics: Metrics };
    expect(metrics.http_reqs?.count).toBeGreaterThan(0);
    expect(metrics.checks?.passes).toBeGreaterThan(0);
    expect(metrics.checks?.fails).toBe(0);
    if (bySocket) expect(metrics.ws_sessions?.count).toBeGreaterThan(0);
  });

  it("refuse a rate that is none", async () => {
    const ended = await run(
      program,
      ["inspect", "--include-system-env-vars", join(SCRIPTS, "load.ts")],
      {
        env: { ...process.env, RATE: "many" },
      },
    );
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain("accepted is a whole number above 0");
  });
});
