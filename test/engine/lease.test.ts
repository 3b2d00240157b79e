import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { keepLease, takeLease } from "../../engine/replication/lease.ts";
import type { ReplicatedLog } from "../../engine/replication/log.ts";
import { until } from "../support/until.ts";

const LEASE_MS = 200;
/** A machine that runs nothing for a while: neither this process nor the holder's. */
const STALL_MS = 5 * LEASE_MS;

/** A log whose newest lease is what `holderAt` says at each look. */
function logOf(holderAt: (look: number) => number | Promise<number>) {
  const seen = { looks: 0, taken: 0 };
  const lease = async () => {
    seen.looks += 1;
    return { holder: "primary", place: await holderAt(seen.looks) };
  };
  const renew = async (_: string, place: number) => {
    seen.taken += 1;
    return place + 1;
  };
  return { seen, log: { lease, renew } as unknown as ReplicatedLog };
}

test.each([
  ["while it waits for an answer", 2],
  ["between two looks", 1],
])(
  "a standby that gets no CPU %s does not take that for the primary's silence",
  async (when, at) => {
    const stall = (): void => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STALL_MS);
    };
    const { seen, log } = logOf((look) => {
      if (look === at && when.startsWith("while")) stall();
      if (look === at && when.startsWith("between")) setImmediate(stall);
      // The primary stood still as well, and needs a moment until it renews.
      return look <= at + 1 ? 1 : look;
    });
    const end = new AbortController();
    const taken = takeLease(log, "standby", LEASE_MS, end.signal);
    await until("it has looked again", () => seen.looks > at + 4);
    end.abort();
    expect([await taken, seen.taken]).toEqual([null, 0]);
  },
);

test("a standby takes the lease of a primary that is silent, even if each answer takes long", async () => {
  const { seen, log } = logOf(() => sleep(LEASE_MS, 7));
  expect(await takeLease(log, "standby", LEASE_MS, AbortSignal.timeout(60_000))).toBe(8);
  expect(seen.taken).toBe(1);
});

test("a holder whose answer was lost goes on from its own lease, never from the one that another took meanwhile", async () => {
  const renewedFrom: number[] = [];
  const leases = [
    { holder: "holder", place: 5 },
    { holder: "other", place: 6 },
  ];
  const log = {
    renew: async (_: string, place: number) => {
      renewedFrom.push(place);
      return null;
    },
    lease: async () => (leases.length > 1 ? leases.shift() : leases[0]),
  } as unknown as ReplicatedLog;
  const lost = Promise.withResolvers<void>();
  await keepLease(log, "holder", 4, 20, { stopped: () => false, onLost: () => lost.resolve() });
  await lost.promise;
  expect(renewedFrom).toEqual([4, 5]);
});
