import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withSeen } from "../../../lib/metrics/seen.ts";

describe("an instance's counters, with what its clients got of it", () => {
  it("are its own as long as the two agree", () => {
    const seen = { answered: 100, failed: 3, lost: 0 };
    expect(withSeen({ requests: 104, errors: 3 }, seen)).toEqual({ requests: 104, errors: 3 });
  });

  it("have the requests that it dropped, as errors", () => {
    const seen = { answered: 80, failed: 0, lost: 20 };
    expect(withSeen({ requests: 80, errors: 0 }, seen)).toEqual({ requests: 100, errors: 20 });
  });

  it("have the errors that it calls something else", () => {
    const seen = { answered: 100, failed: 20, lost: 0 };
    expect(withSeen({ requests: 100, errors: 0 }, seen)).toEqual({ requests: 100, errors: 20 });
  });

  it("keep what only it can tell", () => {
    const own = { requests: 10, errors: 4, kinds: { corrupted: 4 } };
    expect(withSeen(own, { answered: 10, failed: 0, lost: 1 })).toEqual({
      requests: 11,
      errors: 5,
      kinds: { corrupted: 4 },
    });
  });

  it("never shrink while both grow, and never have more errors than requests", () => {
    const step = fc.record({ good: fc.nat(9), bad: fc.nat(9), failed: fc.nat(9), lost: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const own = { requests: 0, errors: 0 };
        const seen = { answered: 0, failed: 0, lost: 0 };
        let before = withSeen(own, seen);
        for (const { good, bad, failed, lost } of steps) {
          own.requests += good + bad;
          own.errors += bad;
          seen.answered += good + failed;
          seen.failed += failed;
          seen.lost += lost;
          const now = withSeen(own, seen);
          expect(now.requests).toBeGreaterThanOrEqual(before.requests);
          expect(now.errors).toBeGreaterThanOrEqual(before.errors);
          expect(now.errors).toBeLessThanOrEqual(now.requests);
          before = now;
        }
      }),
    );
  });
});
