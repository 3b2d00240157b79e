import type { ChartData, WindowRow } from "./data.ts";
import type { Band, Layout } from "./layout.ts";
import { linear, logarithmic, type Scale, ticks } from "./scale.ts";
import { errorRate, isHole, meanOver, type Point, requestRate } from "./series.ts";
import { draw, linePath } from "./svg.ts";
import { short, span } from "./words.ts";

export interface Drawing {
  root: Element;
  data: ChartData;
  layout: Layout;
  range: [number, number];
}

/** The class that gives a version its colour and its dashes. */
export function versionClass(data: ChartData, version: string): string {
  const index = data.arms.findIndex((arm) => arm.version === version);
  return `v${Math.max(0, index) % 6}`;
}

/** How the traffic was divided: areas on top of each other, each with its version's name in it. */
export function drawShare({ root, data, layout, range }: Drawing): void {
  const band = layout.panels.share;
  const y = linear([0, 100], [band.bottom, band.top]);
  frame(root, layout, band, "Share of traffic", [0, 50, 100], y, (value) => `${value} %`);
  for (const { version, windows } of data.arms) {
    const area = draw(root, "g", { class: `area ${versionClass(data, version)}` });
    for (const run of runsOfWeight(windows, range)) {
      const floor = stackFloor(data, version, run);
      const top = y(Math.min(100, floor + run.weight));
      draw(area, "rect", {
        x: layout.x(run.from),
        y: top,
        width: Math.max(0.5, layout.x(run.to) - layout.x(run.from)),
        height: Math.max(0, y(floor) - top),
      });
      nameInside(area, layout, run, version, (top + y(floor)) / 2, y(floor) - top);
    }
  }
}

interface Run {
  from: number;
  to: number;
  weight: number;
}

/** Windows of the same weight as one stretch, as far as they are in sight. */
function runsOfWeight(windows: readonly WindowRow[], range: [number, number]): Run[] {
  const runs: Run[] = [];
  let before: WindowRow | undefined;
  for (const window of windows) {
    const [from, to, weight] = window;
    const last = runs.at(-1);
    const joins = before !== undefined && !isHole(before, window) && last?.weight === weight;
    if (joins && last) last.to = to;
    else runs.push({ from: before && !isHole(before, window) ? before[1] : from, to, weight });
    before = window;
  }
  return runs
    .map((run) => ({ ...run, from: Math.max(run.from, range[0]), to: Math.min(run.to, range[1]) }))
    .filter(({ from, to, weight }) => to > from && weight > 0);
}

/** What the versions before this one have at the middle of `run`. */
function stackFloor(data: ChartData, version: string, run: Run): number {
  const middle = (run.from + run.to) / 2;
  let floor = 0;
  for (const arm of data.arms) {
    if (arm.version === version) return floor;
    floor += arm.windows.find(([from, to]) => from <= middle && middle < to)?.[2] ?? 0;
  }
  return floor;
}

function nameInside(
  parent: Element,
  layout: Layout,
  run: Run,
  version: string,
  y: number,
  height: number,
): void {
  const width = layout.x(run.to) - layout.x(run.from);
  const label = width > 100 ? `${version} · ${short(run.weight)} %` : version;
  if (height < 15 || width < 8 * label.length) return;
  draw(
    parent,
    "text",
    { x: (layout.x(run.from) + layout.x(run.to)) / 2, y: y + 4, class: "inside" },
    label,
  );
}

export function drawRequests(drawing: Drawing): void {
  const { root, data, layout, range } = drawing;
  const band = layout.panels.requests;
  const over = meanOver(range[1] - range[0], 90);
  const lines = data.arms.map(({ version, windows }) => ({
    version,
    points: requestRate(windows, over),
  }));
  const marks = ticks(greatest(lines, range), 3);
  const y = linear([0, marks.at(-1) ?? 1], [band.bottom, band.top]);
  frame(root, layout, band, `Requests per second (mean of ${span(over)})`, marks, y, short);
  drawLines(drawing, lines, y);
}

export function drawErrors(drawing: Drawing): void {
  const { root, data, layout, range } = drawing;
  const band = layout.panels.errors;
  const over = meanOver(range[1] - range[0], 24);
  const lines = data.arms.map(({ version, windows }) => ({
    version,
    points: errorRate(windows, over),
  }));
  const marks = ticks(Math.max(0.1, greatest(lines, range)), 3);
  const y = linear([0, marks.at(-1) ?? 1], [band.bottom, band.top]);
  const detail = layout.width < 560 ? "" : "; bars: each window's";
  const title = `Requests that failed (mean of ${span(over)}${detail})`;
  frame(root, layout, band, title, marks, y, (value) => `${short(value)} %`);
  drawFailures(drawing, band);
  drawLines(drawing, lines, y);
}

/** A small bar for every window in which requests failed. */
function drawFailures({ root, data, layout, range }: Drawing, band: Band): void {
  for (const { version, windows } of data.arms) {
    const bars = draw(root, "g", { class: `failures ${versionClass(data, version)}` });
    for (const [from, to, , , errors] of windows) {
      if (!errors || to < range[0] || from > range[1]) continue;
      const height = Math.min(30, 4 + 3 * errors);
      const width = Math.max(1.5, Math.min(5, layout.x(to) - layout.x(from) - 1));
      draw(bars, "rect", {
        x: layout.x((from + to) / 2) - width / 2,
        y: band.bottom - height,
        width,
        height,
      });
    }
  }
}

export function drawEvidence(drawing: Drawing): void {
  const { root, data, layout, range } = drawing;
  const band = layout.panels.evidence;
  const threshold = Math.max(...data.evidence.map((series) => series.threshold), 1);
  const most = 10 ** Math.ceil(Math.log10(threshold) + 1);
  const y = logarithmic([0.01, most], [band.bottom, band.top]);
  const title =
    layout.width < 560
      ? "Evidence of being worse"
      : "Evidence that the candidate is worse (log scale)";
  frame(root, layout, band, title, [0.01, 1, threshold], y, short);
  const x = { x: layout.left, width: layout.right - layout.left };
  draw(root, "rect", { ...x, y: band.top, height: y(threshold) - band.top, class: "beyond" });
  draw(root, "line", {
    x1: layout.left,
    x2: layout.right,
    y1: y(threshold),
    y2: y(threshold),
    class: "limit",
  });
  draw(
    root,
    "text",
    { x: layout.left + 6, y: y(threshold) - 6, class: "limit-name" },
    `rolled back at ${short(threshold)}`,
  );
  const lines = data.evidence.map(({ version, points }) => ({
    version,
    points: points as Point[],
  }));
  drawLines(drawing, lines, y);
  for (const { version, points, threshold: own } of data.evidence) {
    const decision = points.find(([, worse]) => worse >= own);
    if (!decision || decision[0] < range[0] || decision[0] > range[1]) continue;
    const at = { cx: layout.x(decision[0]), cy: y(decision[1]) };
    const group = draw(root, "g", { class: `decision ${versionClass(data, version)}` });
    draw(group, "circle", { ...at, r: 9, class: "halo" });
    draw(group, "circle", { ...at, r: 4.5, class: "dot" });
    const side = at.cx > (layout.left + layout.right) / 2 ? -1 : 1;
    draw(
      group,
      "text",
      {
        x: at.cx + 14 * side,
        y: side < 0 ? Math.max(band.top + 11, at.cy - 9) : at.cy + 18,
        class: side < 0 ? "before" : "after",
      },
      layout.width < 560 ? `${version}: worse` : `${version} decided: worse`,
    );
  }
}

interface Line {
  version: string;
  points: Point[];
}

function drawLines({ root, data, layout, range }: Drawing, lines: readonly Line[], y: Scale): void {
  const group = draw(root, "g", { "clip-path": "url(#plot)" });
  for (const { version, points } of lines) {
    const places = inSight(points, range).map(([at, value]): [number, number | null] => [
      layout.x(at),
      value === null ? null : y(value),
    ]);
    draw(group, "path", { d: linePath(places), class: `line ${versionClass(data, version)}` });
  }
}

/** The points in range, and one more on each side, so that lines run to the edge. */
function inSight(points: readonly Point[], range: [number, number]): Point[] {
  const first = points.findIndex(([at]) => at >= range[0]);
  if (first === -1) return [];
  const after = points.findIndex(([at]) => at > range[1]);
  return points.slice(Math.max(0, first - 1), after === -1 ? undefined : after + 1);
}

function greatest(lines: readonly Line[], range: [number, number]): number {
  const values = lines.flatMap(({ points }) =>
    inSight(points, range).map(([, value]) => value ?? 0),
  );
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function frame(
  root: Element,
  layout: Layout,
  band: Band,
  title: string,
  values: readonly number[],
  y: Scale,
  words: (value: number) => string,
): void {
  draw(root, "text", { x: layout.left, y: band.titleY, class: "title" }, title);
  for (const value of values) {
    const at = y(value);
    draw(root, "line", { x1: layout.left, x2: layout.right, y1: at, y2: at, class: "grid" });
    draw(root, "text", { x: layout.left - 6, y: at + 4, class: "tick-y" }, words(value));
  }
}
