import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Shadow } from "../../engine/shadow/shadow.ts";
import { copyEngine, EngineProcess, type Json } from "./support/engine-process.ts";

const KEY = "an operator's key";

/** One live engine whose journal is pruned often; the tests build on one another. */
describe("what a shadow says of a live engine", () => {
  let folder: string;
  let engine: EngineProcess;
  let snapshotUrl: string;
  let last = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "shadow-"));
    engine = await EngineProcess.start({
      JOURNAL_DIR: join(folder, "journal"),
      JOURNAL_SEGMENT_BYTES: "16384",
      SNAPSHOT_EVERY: "500",
      OPERATOR_KEY: createHash("sha256").update(KEY).digest("hex"),
    });
    snapshotUrl = engine.metricsUrl.replace("/metrics", "/snapshot");
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  const journal = (): string => join(folder, "journal");

  /** Resting orders, several at each price. */
  async function order(count: number): Promise<void> {
    const orders = Array.from({ length: count }, (_, at) => ({
      id: last + at + 1,
      user: 1 + (at % 3),
      symbol: "BTC-USD",
      side: at % 2 === 0 ? "buy" : "sell",
      price: at % 2 === 0 ? 100 - (at % 8) : 101 + (at % 8),
      qty: 1 + (at % 5),
    }));
    last += count;
    const { code } = await engine.call("POST", "/orders/batch", orders);
    expect(code).toBe(200);
  }

  function run(args: readonly string[], root = process.cwd()): { code: number | null; body: Json } {
    const words = [join(root, "engine/main.ts"), "shadow", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    return { code: status, body: JSON.parse(stdout || stderr || "{}") };
  }

  it("has nothing to compare where the engine refuses a snapshot, and says what it answered", async () => {
    await order(50);
    const { code, body } = run([journal(), "--ask", snapshotUrl, "--patience", "0"]);
    expect([code, body.outcome, body.reason]).toEqual([3, "inconclusive", "no-snapshot"]);
    expect(body.message).toContain("answered 401");
    const nobody = run([journal(), "--ask", "http://127.0.0.1:9/snapshot", "--patience", "0"]);
    expect([nobody.code, nobody.body.reason]).toEqual([3, "no-snapshot"]);
    expect(nobody.body.message).toContain("did not answer");
  });

  it("has nothing to compare without a journal, or with one of a form that it does not know", () => {
    const none = run([join(folder, "elsewhere")]);
    expect([none.code, none.body.reason]).toEqual([3, "no-journal"]);
    const other = join(folder, "other");
    cpSync(journal(), other, { recursive: true });
    for (const name of readdirSync(other).filter((one) => one.endsWith(".log"))) {
      const bytes = readFileSync(join(other, name));
      bytes.write("SLUICEJ9", 0, "latin1");
      writeFileSync(join(other, name), bytes);
    }
    const unknown = run([other]);
    expect([unknown.code, unknown.body.reason]).toEqual([3, "unreadable"]);
    expect(unknown.body.message).toContain("this version can't read it");
  });

  it("refuses what it is not asked in its own words", () => {
    for (const args of [[], ["--seconds", "1"], [journal(), "--ask", "here"], [journal(), "-x"]]) {
      const { code, body } = run(args);
      expect([args, code, body.level]).toEqual([args, 2, "error"]);
    }
  });

  it("goes on where snapshots took away what it would have read next", async () => {
    const shadow = new Shadow(journal());
    const snapshot = () =>
      fetch(snapshotUrl, { method: "POST", headers: { "x-api-key": KEY } }).then(({ ok }) => ok);
    expect(await snapshot()).toBe(true);
    await expect
      .poll(() => {
        shadow.catchUp();
        return shadow.compared.length;
      })
      .toBeGreaterThan(0);
    const before = shadow.sequence;
    // Two snapshots are kept, and the segments that they need; these are many.
    for (let round = 0; round < 6; round += 1) {
      await order(400);
      expect(await snapshot()).toBe(true);
    }
    await expect
      .poll(() => {
        shadow.catchUp();
        return shadow.sequence;
      })
      .toBeGreaterThan(before + 2400);
    expect(shadow.restarts).toBeGreaterThan(0);
    expect(shadow.different).toEqual([]);
    shadow.close();
    expect(run([journal()])).toMatchObject({ code: 0, body: { outcome: "same" } });
  });

  it("is different where this version makes another state of a whole snapshot", () => {
    using other = copyEngine();
    change(other.folder, "engine/core/book.ts", "levels.tail[slot] = order;", "");
    const { code, body } = run([journal()], other.folder);
    expect([code, body.outcome]).toEqual([1, "different"]);
    expect(body.different).toMatchObject([
      { failure: "this version makes another state of the live engine's snapshot" },
    ]);
  });

  it("is different where this version throws, and names the command", () => {
    using other = copyEngine();
    const thrown = 'if (command.op !== 5) throw new Error("lost")';
    change(other.folder, "engine/core/core.ts", APPLY, `${APPLY}\n    ${thrown};`);
    const { code, body } = run([journal()], other.folder);
    expect([code, body.outcome]).toEqual([1, "different"]);
    expect(body.different).toMatchObject([{ failure: "Error: lost" }]);
    const [{ sequence, since }] = body.different as [{ sequence: number; since: number }];
    expect(sequence).toBeGreaterThan(since);
  });
});

const APPLY = "this.sequence += 1;";

function change(root: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(root, path), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(root, path), text.replace(from, to));
}
