import type { PointRow, WindowRow } from "./data.ts";

/** A moment and a value; null where nothing is known, which breaks the line. */
export type Point = [number, number | null];

/** How long a mean reaches back, so that a line has about as many independent points as a chart can show. */
export function meanOver(rangeMs: number, parts: number): number {
  const rough = rangeMs / parts;
  const round = [500, 1e3, 2e3, 3e3, 5e3, 1e4, 2e4, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5];
  return round.find((one) => one >= rough) ?? 36e5;
}

/** Requests per second, each a mean of the windows that end within the last `spanMs`. */
export function requestRate(windows: readonly WindowRow[], spanMs: number): Point[] {
  return trailing(windows, spanMs, ({ requests, ms }) => (ms > 0 ? (1e3 * requests) / ms : null));
}

/**
 * Percent of requests that failed, over the last `spanMs`; null where there were none. An arm's line begins when a
 * third of that is over: one failure among the first ten requests is no ten percent.
 */
export function errorRate(windows: readonly WindowRow[], spanMs: number): Point[] {
  return trailing(windows, spanMs, ({ requests, errors, ms }) =>
    requests > 0 && ms >= spanMs / 3 ? (100 * errors) / requests : null,
  );
}

interface Sum {
  requests: number;
  errors: number;
  ms: number;
}

function trailing(
  windows: readonly WindowRow[],
  spanMs: number,
  value: (sum: Sum) => number | null,
): Point[] {
  const points: Point[] = [];
  const sum: Sum = { requests: 0, errors: 0, ms: 0 };
  let oldest = 0;
  windows.forEach((window, index) => {
    const before = windows[index - 1];
    if (before !== undefined && isHole(before, window)) {
      points.push([before[1], null]);
      Object.assign(sum, { requests: 0, errors: 0, ms: 0 });
      oldest = index;
    }
    add(sum, window, 1);
    while (oldest < index && (windows[oldest]?.[1] ?? 0) <= window[1] - spanMs) {
      const gone = windows[oldest];
      if (gone !== undefined) add(sum, gone, -1);
      oldest += 1;
    }
    points.push([window[1], window[3] === null ? null : value(sum)]);
  });
  return points;
}

function add(sum: Sum, [from, to, , requests, errors]: WindowRow, sign: 1 | -1): void {
  if (requests === null) return;
  sum.requests += sign * requests;
  sum.errors += sign * (errors ?? 0);
  sum.ms += sign * (to - from);
}

/** Two windows with more time between them than a reading may be late. */
export function isHole(before: WindowRow, after: WindowRow): boolean {
  return after[0] - before[1] > Math.max(50, (before[1] - before[0]) / 2);
}

/** The window that holds `at`; its beginning is outside, its end inside. */
export function windowAt(windows: readonly WindowRow[], at: number): WindowRow | undefined {
  const index = firstAtLeast(windows, at, (window) => window[1]);
  const found = windows[index];
  return found !== undefined && found[0] <= at ? found : undefined;
}

/** The last point at or before `at`. */
export function pointBefore<P extends PointRow | Point>(
  points: readonly P[],
  at: number,
): P | undefined {
  const index = firstAtLeast(points, at, (point) => point[0]);
  const exact = points[index];
  return exact !== undefined && exact[0] === at ? exact : points[index - 1];
}

/** The first point at or after `at`. */
export function pointFrom<P extends PointRow | Point>(
  points: readonly P[],
  at: number,
): P | undefined {
  return points[firstAtLeast(points, at, (point) => point[0])];
}

function firstAtLeast<T>(items: readonly T[], at: number, key: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && key(item) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
