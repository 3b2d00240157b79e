import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EngineProcess } from "./support/engine-process.ts";
import { compilerLack, FaultyDisk } from "./support/faulty-disk.ts";
import { mountLack, SmallDisk } from "./support/small-disk.ts";

const SYMBOL = "BTC-USD";
const unmountable = mountLack();
const uncompiled = compilerLack();

describe.skipIf(unmountable !== null)(`a disk${said(unmountable)}`, () => {
  test("that is truly full: orders are refused, the engine stays up, and goes on when there is room", async () => {
    await using disk = await SmallDisk.mount(400);
    await using engine = await disk.start({ JOURNAL_SEGMENT_BYTES: "65536", SNAPSHOT_EVERY: "0" });
    const acknowledged: number[] = [];
    acknowledged.push(await place(engine, 1));
    disk.fill();
    let id = 2;
    let code = 201;
    while (code === 201 && id < 5_000) {
      code = await place(engine, id);
      if (code === 201) acknowledged.push(201);
      id += 1;
    }
    expect(code).toBe(503);
    expect((await engine.call("GET", "/health")).body).toMatchObject({
      status: "ok",
      journal: "full",
    });
    expect(await engine.metrics()).toMatch(/engine_journal_ok\{.*\} 0/);
    expect(await prices(engine)).toBe(acknowledged.length);
    disk.empty();
    await expect.poll(() => place(engine, 6_000)).toBe(201);
    expect((await engine.call("GET", "/health")).body.journal).toBe("fine");
    engine.child.kill("SIGKILL");
    await engine.ended;
    await using again = await disk.start({ JOURNAL_SEGMENT_BYTES: "65536", SNAPSHOT_EVERY: "0" });
    expect(await prices(again)).toBe(acknowledged.length + 1);
  });

  test("with room for orders but not for a snapshot: none is left half, orders go on, and it is said", async () => {
    await using disk = await SmallDisk.mount(1_000);
    const env = { JOURNAL_SEGMENT_BYTES: "16384", SNAPSHOT_EVERY: "0" };
    await using engine = await disk.start(env);
    for (let first = 1; first <= 3_000; first += 1_000) {
      const batch = Array.from({ length: 1_000 }, (_, at) => order(first + at));
      expect((await engine.call("POST", "/orders/batch", batch)).code).toBe(200);
    }
    disk.fill();
    disk.leave(65_536);
    await expect.poll(async () => (await engine.call("GET", "/health")).body.journal).toBe("fine");
    const asked = await fetch(engine.metricsUrl.replace("metrics", "snapshot"), { method: "POST" });
    expect(asked.status).toBe(200);
    const told = await engine.waitFor("no snapshot could be left");
    expect(told).toMatchObject({ level: "warn", cause: expect.stringContaining("ENOSPC") });
    expect(await engine.metrics()).toMatch(/engine_snapshot_failures_total\{.*\} 1/);
    expect(readdirSync(disk.path("journal")).filter((name) => name.startsWith("snapshot"))).toEqual(
      [],
    );
    expect(await place(engine, 5_000)).toBe(201);
  });

  test("that is full when the engine ends, with a snapshot among what has no room: it ends all the same", async () => {
    await using disk = await SmallDisk.mount(1_000);
    const env = { JOURNAL_SEGMENT_BYTES: "65536", SNAPSHOT_EVERY: "1000", DRAIN_LIMIT_MS: "500" };
    await using engine = await disk.start(env);
    expect(await place(engine, 1)).toBe(201);
    disk.fill();
    // More than the files that are there take.
    const batches = [2, 902, 1_802, 2_702].map((first) =>
      engine
        .call(
          "POST",
          "/orders/batch",
          Array.from({ length: 900 }, (_, at) => order(first + at)),
        )
        .catch(() => null),
    );
    await expect.poll(async () => (await engine.call("GET", "/health")).body.journal).toBe("full");
    engine.child.kill("SIGTERM");
    expect(await engine.ended).toEqual({ code: 0, signal: null });
    await Promise.all(batches);
  });

  test("that has the path of another one, elsewhere, is not taken for that one", async () => {
    await using disks = new AsyncDisposableStack();
    for (let at = 0; at < 2; at += 1) {
      const disk = disks.use(await SmallDisk.mount(400));
      const engine = disks.use(await disk.start({ JOURNAL_SEGMENT_BYTES: "16384" }));
      expect(await place(engine, 1)).toBe(201);
    }
  });

  test("that is full from the start: it is refused with what to do", async () => {
    await using disk = await SmallDisk.mount(400);
    const env = { JOURNAL_SEGMENT_BYTES: "65536" };
    disk.fill();
    await expect(disk.start(env)).rejects.toThrow("can't write a journal");
  });
});

describe.skipIf(uncompiled !== null)(`a disk${said(uncompiled)}`, () => {
  test("that fails a sync: nothing more is acknowledged, and what was is there after a restart", async () => {
    using disk = new FaultyDisk();
    await using engine = await EngineProcess.start(disk.env);
    for (const id of [1, 2, 3]) expect(await place(engine, id)).toBe(201);
    disk.fault = "eio";
    const failed = await engine.call("POST", "/orders", order(4));
    expect(failed).toMatchObject({ code: 503, body: { reason: "journal-failed" } });
    expect(await place(engine, 5)).toBe(503);
    expect((await engine.call("GET", "/health")).body).toMatchObject({ journal: "failed" });
    expect(await engine.metrics()).toMatch(/engine_journal_ok\{.*\} 0/);
    // A disk that works again is not believed: what it holds is known only after a restart.
    disk.fault = "none";
    expect(await place(engine, 6)).toBe(503);
    engine.child.kill("SIGTERM");
    expect((await engine.ended).code).toBe(0);
    await using again = await EngineProcess.start(disk.env);
    // The order without an acknowledgement may count or not.
    expect([3, 4]).toContain(await prices(again));
    expect(await place(again, 7)).toBe(201);
  });

  test("that is slow: what is in hand is answered late, what comes is refused, and it recovers", async () => {
    using disk = new FaultyDisk();
    await using engine = await EngineProcess.start({ ...disk.env, JOURNAL_SLOW_MS: "200" });
    expect(await place(engine, 1)).toBe(201);
    disk.fault = "slow";
    const late = place(engine, 2);
    await expect.poll(async () => (await engine.call("GET", "/health")).body.journal).toBe("slow");
    const refused = await engine.call("POST", "/orders", order(3));
    expect(refused).toMatchObject({ code: 503, body: { reason: "journal-slow" } });
    expect((await engine.call("GET", "/health")).code).toBe(200);
    expect(await engine.metrics()).toMatch(/engine_stalled_seconds\{.*\} [0-9.]*[1-9]/);
    disk.fault = "none";
    expect(await late).toBe(201);
    await expect.poll(() => place(engine, 4)).toBe(201);
    expect(await prices(engine)).toBe(3);
  });
});

test("a write that the system refuses is a failed journal, not a lost order", async () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  const env = { JOURNAL_DIR: folder };
  const engine = await EngineProcess.start(env);
  for (const id of [1, 2, 3]) expect(await place(engine, id)).toBe(201);
  const limit = `--fsize=${4096 + 5 * 64}`;
  const limited = spawnSync("prlimit", ["--pid", String(engine.child.pid), limit]);
  expect(limited.status).toBe(0);
  const codes = [];
  for (const id of [4, 5, 6, 7]) codes.push(await place(engine, id));
  expect(codes).toEqual([201, 201, 503, 503]);
  await engine[Symbol.asyncDispose]();
  await using again = await EngineProcess.start(env);
  expect(await prices(again)).toBe(5);
  rmSync(folder, { recursive: true });
});

async function place(engine: EngineProcess, id: number): Promise<number> {
  return (await engine.call("POST", "/orders", order(id))).code;
}

function order(id: number): object {
  return { id, user: 1, symbol: SYMBOL, side: "buy", price: id, qty: 1 };
}

/** How many orders rest: each has a price of its own. */
async function prices(engine: EngineProcess): Promise<number> {
  return ((await engine.call("GET", `/depth/${SYMBOL}`)).body.bids as unknown[]).length;
}

function said(lack: string | null): string {
  return lack === null ? "" : ` (${lack})`;
}
