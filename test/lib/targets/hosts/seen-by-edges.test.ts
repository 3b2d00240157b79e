import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerCounts } from "../../../../lib/targets/hosts/haproxy.ts";
import { SeenByEdges } from "../../../../lib/targets/hosts/seen-by-edges.ts";

interface Look {
  edges: Record<string, HaproxyLook>;
  own: { requests: number; errors: number };
}

interface HaproxyLook {
  current: number;
  counts: ServerCounts;
}

/** So many answers, failures among them, requests without an answer, and requests in hand. */
function seen(answered: number, failed = 0, lost = 0, current = 0): HaproxyLook {
  return { current, counts: { begun: answered + lost + current, answered, failed, faults: 0 } };
}

/** The totals after each look at one server. */
function totals(looks: readonly Look[]) {
  const edges = new SeenByEdges();
  return looks.map(({ edges: each, own }) => {
    for (const [name, one] of Object.entries(each)) edges.take(name, [{ name: "a", ...one }]);
    return edges.onto({ total: own, instances: { a: own } }).total;
  });
}

describe("what edges saw of an engine, beside what it says", () => {
  it("begins with the first look: what was before is of another release", () => {
    expect(
      totals([{ edges: { e1: seen(5_000, 70, 30) }, own: { requests: 10, errors: 1 } }]),
    ).toEqual([{ requests: 10, errors: 1 }]);
  });

  it("adds what it dropped, and what it failed without saying so, on every edge", () => {
    const [, after] = totals([
      { edges: { e1: seen(100), e2: seen(50) }, own: { requests: 10, errors: 1 } },
      { edges: { e1: seen(140, 4, 3), e2: seen(90, 2, 1) }, own: { requests: 90, errors: 1 } },
    ]);
    expect(after).toEqual({ requests: 94, errors: 1 + 6 + 4 });
  });

  it("goes on when HAProxy is reloaded, or an edge is not there any more", () => {
    const all = totals([
      { edges: { e1: seen(100, 0, 5), e2: seen(100) }, own: { requests: 10, errors: 0 } },
      { edges: { e1: seen(110, 0, 7), e2: seen(110) }, own: { requests: 30, errors: 0 } },
      { edges: { e1: seen(3, 0, 1) }, own: { requests: 33, errors: 0 } },
    ]);
    expect(all.map((one) => one?.errors)).toEqual([0, 2, 3]);
    expect(all.map((one) => one?.requests)).toEqual([10, 32, 36]);
  });

  it("does not take for lost what is in hand, nor what an HAProxy before the reload had in hand", () => {
    const all = totals([
      { edges: { e1: seen(100, 0, 0, 7) }, own: { requests: 10, errors: 0 } },
      { edges: { e1: seen(120, 0, 0, 9) }, own: { requests: 30, errors: 0 } },
      { edges: { e1: seen(2, 0, 0, 3) }, own: { requests: 41, errors: 0 } },
      { edges: { e1: seen(20, 0, 2, 0) }, own: { requests: 59, errors: 0 } },
    ]);
    expect(all.map((one) => one?.errors)).toEqual([0, 0, 0, 2]);
  });

  it("has at least what HAProxy calls broken", () => {
    const broken = seen(110, 0, 0, 5);
    broken.counts.faults = 4;
    const [, after] = totals([
      { edges: { e1: seen(100) }, own: { requests: 10, errors: 0 } },
      { edges: { e1: broken }, own: { requests: 20, errors: 0 } },
    ]);
    expect(after).toEqual({ requests: 24, errors: 4 });
  });

  it("shows that a process was started again, as its own counters do", () => {
    const all = totals([
      { edges: { e1: seen(100) }, own: { requests: 1_000, errors: 0 } },
      { edges: { e1: seen(200, 0, 9) }, own: { requests: 1_100, errors: 0 } },
      { edges: { e1: seen(210, 0, 10) }, own: { requests: 5, errors: 0 } },
      { edges: { e1: seen(220, 0, 11) }, own: { requests: 15, errors: 0 } },
    ]);
    expect(all.map((one) => one?.requests)).toEqual([1_000, 1_109, 5, 16]);
  });

  it("is no evidence where the engine could not be read", () => {
    const edges = new SeenByEdges();
    edges.take("e1", [{ name: "a", ...seen(1) }]);
    expect(edges.onto({ total: null, instances: { a: null } })).toEqual({
      total: null,
      instances: { a: null },
    });
  });

  it("only grows while a process lives, whatever each counts, and never has more errors than requests", () => {
    const growth = fc.record({
      answered: fc.nat(50),
      failedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      lost: fc.nat(5),
      current: fc.nat(9),
      own: fc.nat(50),
      ownErrorShare: fc.double({ min: 0, max: 1, noNaN: true }),
      reload: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(growth, { minLength: 1, maxLength: 20 }), (steps) => {
        let now = { answered: 0, failed: 0, lost: 0 };
        let own = { requests: 0, errors: 0 };
        const looks = steps.map((step) => {
          const failed = Math.floor(step.answered * step.failedShare);
          const last = step.reload ? { answered: 0, failed: 0, lost: 0 } : now;
          now = {
            answered: last.answered + step.answered,
            failed: last.failed + failed,
            lost: last.lost + step.lost,
          };
          const errors = Math.floor(step.own * step.ownErrorShare);
          own = { requests: own.requests + step.own, errors: own.errors + errors };
          return { edges: { e1: seen(now.answered, now.failed, now.lost, step.current) }, own };
        });
        const all = totals(looks);
        all.forEach((total, at) => {
          expect(total?.errors).toBeLessThanOrEqual(total?.requests ?? -1);
          expect(total?.requests).toBeGreaterThanOrEqual(all[at - 1]?.requests ?? 0);
          expect(total?.errors).toBeGreaterThanOrEqual(all[at - 1]?.errors ?? 0);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
