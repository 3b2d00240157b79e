import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EngineProcess } from "./support/engine-process.ts";
import { compilerLack, FaultyDisk } from "./support/faulty-disk.ts";
import { orderOf, placeOrder, restingIds } from "./support/ledger.ts";

const HEAD_BYTES = 4096;
const RECORD_BYTES = 64;
const uncompiled = compilerLack();
const noNetwork =
  spawnSync("unshare", ["-n", "true"]).status === 0 ? null : "a network namespace needs root";
const noTool = spawnSync("flock", ["--version"]).error === undefined ? null : "no flock";

test.each([
  ["the only file", {}],
  ["a file before others", { JOURNAL_SEGMENT_BYTES: "16384", SNAPSHOT_EVERY: "0" }],
])(
  "a command that was durable and has changed in %s is refused, and nothing is cut",
  async (_where, env) => {
    using folder = temporary();
    await write(folder.path, 300, env);
    const file = segments(folder.path)[0] ?? "";
    flipBit(file, HEAD_BYTES + 9 * RECORD_BYTES + 30);
    const before = contents(folder.path);
    await using engine = EngineProcess.spawn({ JOURNAL_DIR: folder.path, ...env });
    expect((await engine.ended).code).toBe(2);
    expect(engine.log.at(-1)?.message).toContain("command 10 was durable and can't be read");
    expect(contents(folder.path)).toEqual(before);
  },
);

test("a file that ends before the next one begins is refused, and nothing is cut", async () => {
  using folder = temporary();
  const env = { JOURNAL_SEGMENT_BYTES: "16384", SNAPSHOT_EVERY: "0" };
  await write(folder.path, 300, env);
  const file = segments(folder.path)[0] ?? "";
  // The last of the first file's records: none after it in that file tells that it was synced, but the next file does.
  flipBit(file, readFileSync(file).length - RECORD_BYTES + 30);
  const before = contents(folder.path);
  await using engine = EngineProcess.spawn({ JOURNAL_DIR: folder.path, ...env });
  expect((await engine.ended).code).toBe(2);
  expect(engine.log.at(-1)?.message).toContain("lacks the commands 192 to 192");
  expect(contents(folder.path)).toEqual(before);
});

test("what changed before the newest snapshot is not needed, and does no harm", async () => {
  using folder = temporary();
  const env = { JOURNAL_DIR: folder.path, SNAPSHOT_EVERY: "100" };
  const first = await EngineProcess.start(env);
  await first.call(
    "POST",
    "/orders/batch",
    Array.from({ length: 150 }, (_, at) => orderOf(at + 1)),
  );
  // The snapshot is left before the next command is taken.
  await placeOrder(first, 151);
  first.child.kill("SIGKILL");
  await first.ended;
  flipBit(segments(folder.path)[0] ?? "", HEAD_BYTES + 9 * RECORD_BYTES + 30);
  await using second = await EngineProcess.start(env);
  expect((await second.waitFor("recovered")).snapshot).toBeGreaterThan(100);
  expect((await restingIds(second)).length).toBe(151);
});

test("a snapshot for symbols that are no longer given is refused with what to do", async () => {
  using folder = temporary();
  const first = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  await first.call("POST", "/orders", { ...orderOf(1), symbol: "ETH-USD" });
  first.child.kill("SIGTERM");
  await first.ended;
  await using second = EngineProcess.spawn({ JOURNAL_DIR: folder.path, SYMBOLS: "BTC-USD" });
  expect((await second.ended).code).toBe(2);
  expect(second.log.at(-1)?.message).toContain("was written for the symbols BTC-USD,ETH-USD");
});

test("what a kill left of a snapshot is removed", async () => {
  using folder = temporary();
  await write(folder.path, 3, {});
  const left = join(folder.path, "snapshot-0000000000000003.bin.tmp");
  writeFileSync(left, "half");
  await using engine = await EngineProcess.start({ JOURNAL_DIR: folder.path });
  expect((await restingIds(engine)).length).toBe(3);
  expect(readdirSync(folder.path)).not.toContain("snapshot-0000000000000003.bin.tmp");
});

test.skipIf(uncompiled !== null)(
  "a start on a disk that can't sync what was read is refused: it might not be there after a power cut",
  async () => {
    using disk = new FaultyDisk();
    const first = await EngineProcess.start(disk.env);
    for (const id of [1, 2, 3]) expect((await placeOrder(first, id)).code).toBe(201);
    first.child.kill("SIGKILL");
    await first.ended;
    disk.fault = "eio";
    await using second = EngineProcess.spawn(disk.env);
    expect((await second.ended).code).toBe(2);
    expect(second.log.at(-1)).toMatchObject({ cause: expect.stringContaining("EIO") });
    disk.fault = "none";
    await using third = await EngineProcess.start(disk.env);
    expect((await restingIds(third)).length).toBe(3);
  },
);

test.skipIf(noNetwork !== null || noTool !== null)(
  `a second engine in another network namespace, as in another container, is refused too${said(noNetwork ?? noTool)}`,
  async () => {
    using folder = temporary();
    await using first = await EngineProcess.start({ JOURNAL_DIR: folder.path });
    const env = { JOURNAL_DIR: folder.path };
    await using second = EngineProcess.spawn(env, undefined, ["unshare", "-n"]);
    expect((await second.ended).code).toBe(2);
    expect(second.log.at(-1)?.message).toContain("another engine writes the journal");
    expect((await placeOrder(first, 1)).code).toBe(201);
  },
);

/** A journal of so many orders, each synced by itself, ended without a snapshot. */
async function write(folder: string, orders: number, env: object): Promise<void> {
  await using engine = await EngineProcess.start({ JOURNAL_DIR: folder, ...env });
  for (let id = 1; id <= orders; id += 1) await placeOrder(engine, id);
  engine.child.kill("SIGKILL");
  await engine.ended;
}

function flipBit(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

function segments(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".log"));
  return names.sort().map((name) => join(folder, name));
}

function contents(folder: string): Map<string, string> {
  return new Map(segments(folder).map((path) => [path, readFileSync(path).toString("hex")]));
}

function said(lack: string | null): string {
  return lack === null ? "" : ` (${lack})`;
}

function temporary(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "journal-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
