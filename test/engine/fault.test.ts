import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadFault } from "../../engine/fault.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fault-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function delays(settings: Record<string, number>, orders: number): number[] {
  const file = join(folder, "fault.json");
  writeFileSync(file, JSON.stringify(settings));
  const fault = loadFault(file);
  return Array.from({ length: orders }, () => fault?.delayMs() ?? Number.NaN);
}

test("a cold process holds its first orders back, each a little less, and none when it is warm", () => {
  expect(delays({ coldMs: 40, coldOrders: 4 }, 6)).toEqual([40, 30, 20, 10, 0, 0]);
});

test("a release may be slow besides", () => {
  expect(delays({ coldMs: 40, coldOrders: 2, latencyMs: 5 }, 3)).toEqual([45, 25, 5]);
});
