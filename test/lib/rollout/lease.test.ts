import { expect, it } from "vitest";
import type { Clock } from "../../../lib/rollout/clock.ts";
import { holdLease } from "../../../lib/rollout/lease.ts";
import { holderOf, site } from "../../support/memory-rollout.ts";

const LEASE_MS = 20_000;

it("is renewed in time also when the clock is put back by an hour while it is renewed", async () => {
  let nowMs = 10_000_000;
  const slept: number[] = [];
  const clock: Clock = {
    nowMs: () => nowMs,
    async sleep(ms) {
      slept.push(ms);
      nowMs += ms;
    },
  };
  const target = site(0);
  const lease = await target.acquire(holderOf("promote"), LEASE_MS);
  let renewed = 0;
  const often = new Promise<void>((resolve) => {
    target.renew = async () => {
      renewed += 1;
      if (renewed === 2) nowMs -= 3_600_000;
      if (renewed === 5) resolve();
      return lease;
    };
  });
  const held = await holdLease(target, holderOf("promote"), LEASE_MS, clock);
  await often;
  await held.abandon();
  expect(Math.max(...slept)).toBeLessThanOrEqual(LEASE_MS / 4);
  expect(held.lost.aborted).toBe(false);
});
