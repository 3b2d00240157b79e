import { describe, expect, it } from "vitest";
import { armOf } from "../../../lib/metrics/arm.ts";

describe("an arm", () => {
  it("is the sum of its instances, with the kinds and the edges that they share", () => {
    const { total } = armOf({
      a: {
        requests: 10,
        errors: 3,
        kinds: { refused: 2 },
        latency: { le: [0.1, 0.5], counts: [4, 9, 10] },
      },
      b: {
        requests: 20,
        errors: 1,
        kinds: { late: 1 },
        latency: { le: [0.5, 1], counts: [18, 19, 20] },
      },
    });
    expect(total).toEqual({
      requests: 30,
      errors: 4,
      kinds: { refused: 2, late: 1 },
      latency: { le: [0.5], counts: [27, 30] },
    });
  });

  it("has no total without one of its instances, nor without any", () => {
    const one = { requests: 10, errors: 3 };
    expect(armOf({ a: one, b: null }).total).toBeNull();
    expect(armOf({ a: null, b: one }).total).toBeNull();
    expect(armOf({}).total).toBeNull();
    expect(armOf({ a: one }).total).toEqual(one);
  });
});
