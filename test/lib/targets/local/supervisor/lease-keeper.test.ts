import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { EventStream } from "../../../../../lib/targets/local/supervisor/event-stream.ts";
import { LeaseBook } from "../../../../../lib/targets/local/supervisor/lease-book.ts";
import { LeaseKeeper } from "../../../../../lib/targets/local/supervisor/lease-keeper.ts";
import { RecordFile } from "../../../../../lib/targets/local/supervisor/site-record.ts";
import { freshFolder } from "../../../../support/fresh-folder.ts";
import { until } from "../../../../support/until.ts";

const MINE = { key: "run/1", description: "run 1" };
const OTHER = { key: "run/2", description: "run 2" };

async function keeperThat(onRanOut: () => Promise<void>): Promise<LeaseKeeper> {
  const record = await RecordFile.open(join(freshFolder(), "supervisor.json"));
  return new LeaseKeeper(record, new EventStream(), onRanOut);
}

describe("a lease that runs out", () => {
  afterEach(() => vi.restoreAllMocks());

  it("is not given to anybody else before all is done that follows from it", async () => {
    const order: string[] = [];
    const slow = Promise.withResolvers<void>();
    const keeper = await keeperThat(async () => {
      order.push("reverting");
      await slow.promise;
      order.push("reverted");
    });
    await keeper.acquire(MINE, 20);
    await until("it ran out", () => order.length > 0);
    const next = keeper.acquire(OTHER, 60_000).then(() => order.push("acquired"));
    await sleep(50);
    slow.resolve();
    await next;
    keeper.stop();
    expect(order).toEqual(["reverting", "reverted", "acquired"]);
  });

  it("is seen to again when the disk was full", async () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    let tries = 0;
    const keeper = await keeperThat(async () => {
      tries += 1;
      if (tries === 1) throw new Error("ENOSPC: no space left on device");
    });
    await keeper.acquire(MINE, 20);
    await until("it was tried twice", () => tries === 2);
    expect(told).toHaveBeenCalledOnce();
    expect((await keeper.acquire(OTHER, 60_000)).token).toBe(2);
    keeper.stop();
    expect(tries).toBe(2);
  });

  it("does so by time that passed, whatever is done to the clock", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const leases = new LeaseBook(null, 0);
      leases.acquire(MINE, 20);
      vi.setSystemTime(Date.now() - 3_600_000);
      await until("it ran out", () => leases.expire() !== null);
    } finally {
      vi.useRealTimers();
    }
  });
});
