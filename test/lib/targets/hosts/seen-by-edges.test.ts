import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Seen } from "../../../../lib/metrics/seen.ts";
import { SeenByEdges } from "../../../../lib/targets/hosts/seen-by-edges.ts";

const seen = (answered: number, failed = 0, lost = 0): Seen => ({ answered, failed, lost });

interface Look {
  edges: Record<string, Seen>;
  own: { requests: number; errors: number };
}

/** The totals after each look at one server. */
function totals(looks: readonly Look[]) {
  const edges = new SeenByEdges();
  return looks.map(({ edges: each, own }) => {
    for (const [name, one] of Object.entries(each)) edges.take(name, [{ name: "a", seen: one }]);
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
    edges.take("e1", [{ name: "a", seen: seen(1) }]);
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
      own: fc.nat(50),
      ownErrorShare: fc.double({ min: 0, max: 1, noNaN: true }),
      reload: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(growth, { minLength: 1, maxLength: 20 }), (steps) => {
        let now = seen(0);
        let own = { requests: 0, errors: 0 };
        const looks = steps.map((step) => {
          const failed = Math.floor(step.answered * step.failedShare);
          const last = step.reload ? seen(0) : now;
          now = seen(last.answered + step.answered, last.failed + failed, last.lost + step.lost);
          const errors = Math.floor(step.own * step.ownErrorShare);
          own = { requests: own.requests + step.own, errors: own.errors + errors };
          return { edges: { e1: now }, own };
        });
        const all = totals(looks);
        all.forEach((total, at) => {
          expect(total?.errors).toBeLessThanOrEqual(total?.requests ?? -1);
          expect(total?.requests).toBeGreaterThanOrEqual(all[at - 1]?.requests ?? 0);
          expect(total?.errors).toBeGreaterThanOrEqual(all[at - 1]?.errors ?? 0);
        });
      }),
    );
  });
});
