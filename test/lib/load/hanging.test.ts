import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAb } from "../../../lib/load/ab-run.ts";
import type { BlockPair } from "../../../lib/load/block.ts";
import { k6Environment } from "../../../lib/load/k6-arguments.ts";
import { ensure } from "../../../lib/tools/ensure.ts";
import { openShop } from "../../../lib/tools/shop.ts";
import { ORDERS, Service, script } from "../../actions/k6-gate/support.ts";
import { freshFolder } from "../../support/fresh-folder.ts";

const CYCLE_LOOKS = 10;
/** Two minutes: on a machine that pauses for long, what hangs has to hang for longer. */
const LOOKS = Array.from({ length: 30 }, (_, at) => (at + 1) * CYCLE_LOOKS);

describe("a candidate that leaves requests without an answer", () => {
  let baseline: Service;
  let candidate: Service;

  beforeAll(async () => {
    baseline = await Service.start();
    candidate = await Service.start();
    candidate.hangsEvery = 4;
  });
  afterAll(async () => {
    await baseline.stop();
    await candidate.stop();
  });

  const failed = (pairs: readonly BlockPair[], arm: "baseline" | "candidate") =>
    pairs.reduce((sum, pair) => sum + pair[arm].failed, 0);

  it("is seen to, long before k6 gives them up, and the baseline is not", async () => {
    const folder = freshFolder();
    const { path: program } = await ensure("k6", "2.2.0", openShop());
    const ended = await runAb({
      program,
      script: join(folder, script(folder, "orders.js", ORDERS)),
      flags: [],
      cwd: folder,
      env: k6Environment(process.env, true),
      folder,
      urlVariable: "BASE_URL",
      urls: { baseline: baseline.url, candidate: candidate.url },
      schedule: {
        anchorMs: Date.now(),
        blockMs: 100,
        warmUpCycles: 1,
        maxCycles: LOOKS.at(-1) ?? 0,
      },
      measured: { latency: "http_req_duration" },
      looks: LOOKS,
      isDecided: (pairs) => failed(pairs, "candidate") > 0,
      onProgress() {},
      onLog() {},
      signal: new AbortController().signal,
    });
    expect(ended.hanging).toBeGreaterThan(0);
    expect(failed(ended.pairs, "candidate")).toBeGreaterThan(0);
    expect(failed(ended.pairs, "baseline")).toBe(0);
  }, 300_000);
});
