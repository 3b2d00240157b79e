import { describe, expect, it } from "vitest";
import { LeaseBook } from "../../../../../lib/targets/local/supervisor/lease-book.ts";

const MINE = { key: "run/1", description: "run 1" };
const OTHER = { key: "run/2", description: "run 2" };

function book(lease: LeaseBook["lease"] = null, lastToken = 0) {
  const clock = { nowMs: 1_000 };
  return { clock, leases: new LeaseBook(lease, lastToken, () => clock.nowMs) };
}

describe("the lease", () => {
  it("is held by one runner at a time, who is named to the next", () => {
    const { leases } = book();
    leases.acquire(MINE, 500);
    expect(() => leases.acquire(OTHER, 500)).toThrow(
      "a rollout is held by run 1 since 1970-01-01T00:00:01.000Z",
    );
  });

  it("is free again when it ran out or was given back", () => {
    const { leases, clock } = book();
    leases.acquire(MINE, 500);
    clock.nowMs += 500;
    const { token } = leases.acquire(OTHER, 500);
    leases.giveBack(token);
    expect(leases.lease).toBeNull();
    expect(leases.acquire(MINE, 500).token).toBe(3);
  });

  it("is taken over by a re-run of the same job, with a larger token", () => {
    const { leases } = book();
    const first = leases.acquire(MINE, 500);
    const { ended } = leases;
    const second = leases.acquire(MINE, 500);
    expect(second.token).toBeGreaterThan(first.token);
    expect(ended.aborted).toBe(true);
    expect(leases.ended.aborted).toBe(false);
    expect(() => leases.check(first.token)).toThrow("run 1 holds it now");
  });

  it("lasts from its last renewal", () => {
    const { leases, clock } = book();
    const { token, sinceMs } = leases.acquire(MINE, 500);
    clock.nowMs += 400;
    expect(leases.renew(token, 500)).toMatchObject({ sinceMs, expiresAtMs: 1_900 });
    clock.nowMs += 499;
    expect(leases.expire()).toBeNull();
    clock.nowMs += 1;
    expect(() => leases.renew(token, 500)).toThrow("ran out or was taken over");
    expect(leases.expire()).toMatchObject({ token });
    expect(leases.expire()).toBeNull();
  });

  it("goes on with its old deadline after a restart, and never gives a token twice", () => {
    const { leases } = book({ holder: MINE, token: 7, sinceMs: 0, expiresAtMs: 1_200 }, 9);
    expect(leases.untilExpiryMs()).toBe(200);
    expect(leases.check(7).holder).toEqual(MINE);
    leases.giveBack(7);
    expect(leases.acquire(OTHER, 500).token).toBe(10);
  });
});
