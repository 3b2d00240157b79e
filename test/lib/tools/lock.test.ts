import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../../lib/tools/lock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { until } from "../../support/until.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
const waits: string[] = [];
const settings = { onWait: (holder: string) => void waits.push(holder) };

beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder.path, "a.lock");
  waits.length = 0;
});
afterEach(() => folder.remove());

describe("a lock", () => {
  it("lets one work at a time, each in the end, and is gone afterwards", async () => {
    let working = 0;
    let most = 0;
    const work = async () => {
      working += 1;
      most = Math.max(most, working);
      await sleep(20);
      working -= 1;
      return true;
    };
    const done = await Promise.all(Array.from({ length: 5 }, () => withLock(file, settings, work)));
    expect(done).toEqual([true, true, true, true, true]);
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  it("is given back when the work fails", async () => {
    const fail = () => Promise.reject(new Error("no"));
    await expect(withLock(file, settings, fail)).rejects.toThrow("no");
    expect(existsSync(file)).toBe(false);
  });

  it("of another machine counts until it has not been touched for long", async () => {
    writeFileSync(file, `${process.pid} another-${hostname()} token`);
    let worked = false;
    const work = withLock(file, settings, async () => {
      worked = true;
    });
    await until("a wait", () => waits.length > 0);
    expect(worked).toBe(false);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(file, longAgo, longAgo);
    await work;
    expect(waits).toEqual([`process ${process.pid}`]);
  });

  it("is no longer waited for when that is cancelled", async () => {
    writeFileSync(file, `${process.pid} ${hostname()} token`);
    const cancel = new AbortController();
    const onWait = () => cancel.abort();
    const work = withLock(file, { onWait, signal: cancel.signal }, async () => {});
    await expect(work).rejects.toThrow();
    expect(existsSync(file)).toBe(true);
  });
});
