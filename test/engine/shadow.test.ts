import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyEngine, EngineProcess, type Json } from "./support/engine-process.ts";

test("a shadow has the live engine's state at each snapshot, and a version that does something else is found", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shadow-"));
  const engine = await EngineProcess.start({ JOURNAL_DIR: folder, SNAPSHOT_EVERY: "100" });
  for (let round = 0; round < 6; round += 1) {
    const orders = Array.from({ length: 50 }, (_, at) => ({
      id: round * 50 + at + 1,
      user: 1 + (at % 3),
      symbol: "BTC-USD",
      side: at % 2 === 0 ? "buy" : "sell",
      price: 100 + ((at * 7) % 11),
      qty: 1 + (at % 5),
    }));
    await engine.call("POST", "/orders/batch", orders);
  }
  const asked = await fetch(engine.metricsUrl.replace("/metrics", "/snapshot"), { method: "POST" });
  expect(asked.status).toBe(200);
  await expect.poll(() => shadow(folder).body.sequence).toBe(304);
  expect(shadow(folder)).toMatchObject({
    code: 0,
    body: { outcome: "same", compared: 2, different: [] },
  });
  using other = copyEngine();
  const file = join(other.folder, "engine/core/core.ts");
  const forgotten = readFileSync(file, "utf8").replace("this.recentIds.add(command.id)", "true");
  writeFileSync(file, forgotten);
  expect(shadow(folder, other.folder)).toMatchObject({ code: 1, body: { outcome: "different" } });
  const copy = mkdtempSync(join(tmpdir(), "shadow-"));
  cpSync(folder, copy, { recursive: true, filter: (source) => !source.endsWith(".bin") });
  expect(shadow(copy)).toMatchObject({ code: 3, body: { outcome: "inconclusive" } });
  await engine[Symbol.asyncDispose]();
  for (const path of [folder, copy]) rmSync(path, { recursive: true });
});

function shadow(journal: string, root = process.cwd()): { code: number | null; body: Json } {
  const args = [join(root, "engine/main.ts"), "shadow", journal];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { code: status, body: JSON.parse(stdout || "{}") };
}
