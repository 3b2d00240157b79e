import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WindowRow } from "../../../lib/evidence/page/client/data.ts";
import { linear, logarithmic, ticks, timeTicks } from "../../../lib/evidence/page/client/scale.ts";
import {
  errorRate,
  pointBefore,
  requestRate,
  windowAt,
} from "../../../lib/evidence/page/client/series.ts";
import { kept, whole, zoomed } from "../../../lib/evidence/page/client/view.ts";

const WINDOWS: WindowRow[] = [
  [0, 500, 10, 10, 0],
  [500, 1_000, 10, 10, 2],
  [1_000, 1_500, 10, null, null],
  [4_000, 4_500, 10, 5, 0],
];

describe("scales", () => {
  it("map the ends of a range to the ends of the axis", () => {
    const y = linear([0, 100], [200, 100]);
    expect([y(0), y(50), y(100)]).toEqual([200, 150, 100]);
    const log = logarithmic([0.01, 100], [100, 0]);
    expect([log(0.01), log(1), log(100), log(0), log(1e9)]).toEqual([100, 50, 0, 100, 0]);
  });

  it("have round ticks that reach what is shown", () => {
    expect(ticks(237, 3)).toEqual([0, 100, 200, 300]);
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (most) => {
        const found = ticks(most, 3);
        expect(found.at(-1)).toBeGreaterThanOrEqual(most * 0.999_99);
        expect(found.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it("have ticks at round moments of the clock", () => {
    expect(timeTicks([0, 60_000], 3_250, 6)).toEqual([
      6_750, 16_750, 26_750, 36_750, 46_750, 56_750,
    ]);
  });
});

describe("lines", () => {
  it("are means over the last windows, and broken by holes and missing readings", () => {
    expect(requestRate(WINDOWS, 1_000)).toEqual([
      [500, 20],
      [1_000, 20],
      [1_500, null],
      [1_500, null],
      [4_500, 10],
    ]);
  });

  it("show the share of requests that failed, once there is something to speak of", () => {
    expect(errorRate(WINDOWS, 1_000).slice(0, 2)).toEqual([
      [500, 0],
      [1_000, 10],
    ]);
    expect(errorRate(WINDOWS, 2_000).slice(0, 2)).toEqual([
      [500, null],
      [1_000, 10],
    ]);
  });
});

describe("reading at a moment", () => {
  it("finds the window that holds it, and none in a hole", () => {
    expect(windowAt(WINDOWS, 700)).toBe(WINDOWS[1]);
    expect(windowAt(WINDOWS, 500)).toBe(WINDOWS[0]);
    expect(windowAt(WINDOWS, 3_000)).toBeUndefined();
    expect(windowAt(WINDOWS, 9_000)).toBeUndefined();
  });

  it("finds the last point before it", () => {
    const points: Array<[number, number]> = [
      [0, 1],
      [10, 2],
    ];
    expect([pointBefore(points, 5), pointBefore(points, 10), pointBefore(points, -1)]).toEqual([
      [0, 1],
      [10, 2],
      undefined,
    ]);
  });
});

describe("what is in sight", () => {
  const data = { startMs: 0, endMs: 60_000, arms: [], evidence: [], marks: [], rollouts: [] };

  it("never leaves the whole and never closes", () => {
    const moment = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(moment, moment, fc.double({ min: 0.1, max: 10, noNaN: true }), (a, b, factor) => {
        const range = kept(zoomed([Math.min(a, b), Math.max(a, b)], factor, a), data);
        const [first, last] = whole(data);
        expect(range[0]).toBeGreaterThanOrEqual(first - 1e-6);
        expect(range[1]).toBeLessThanOrEqual(last + 1e-6);
        expect(range[1] - range[0]).toBeGreaterThanOrEqual(499.999);
      }),
    );
  });
});
