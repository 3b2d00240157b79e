import type { ChartData } from "./data.ts";
import type { Layout } from "./layout.ts";
import { versionClass } from "./panels.ts";
import { pointBefore, windowAt } from "./series.ts";
import { put } from "./svg.ts";
import { clock, short, span } from "./words.ts";

/** What was true at one moment, in words: for the tooltip, and for those who do not see it. */
export interface Readout {
  when: string;
  rows: Array<{ version: string; share: string; rate: string; failed: string }>;
  evidence: string[];
  near: string[];
}

export function readAt(data: ChartData, at: number, nearMs: number): Readout {
  const rows = data.arms.flatMap(({ version, windows }) => {
    const window = windowAt(windows, at);
    if (!window) return [];
    const [from, to, weight, requests, errors] = window;
    if (weight === 0 && !requests) return [];
    const rate = requests === null ? "not read" : `${short((1e3 * requests) / (to - from))}/s`;
    const failed = requests === null ? "" : `${errors ?? 0} of ${requests} failed`;
    return [{ version, share: `${short(weight)} %`, rate, failed }];
  });
  const evidence = data.evidence.flatMap(({ version, threshold, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last || at < first[0] || at > last[0] + nearMs) return [];
    const point = pointBefore(points, at);
    if (!point) return [];
    return [`evidence against ${version}: ${short(point[1])} of ${short(threshold)}`];
  });
  const near = data.marks
    .filter((mark) => Math.abs(mark.at - at) <= nearMs)
    .map((mark) => mark.label);
  const when = `${clock(data.startMs + at, true)} UTC · ${span(at)} after the start`;
  return { when, rows, evidence, near };
}

export function fillTooltip(tooltip: HTMLElement, data: ChartData, readout: Readout): void {
  tooltip.replaceChildren();
  put(tooltip, "div", "when", readout.when);
  for (const label of readout.near) put(tooltip, "div", "near", label);
  const table = put(tooltip, "table", "");
  for (const { version, share, rate, failed } of readout.rows) {
    const row = put(table, "tr", "");
    const name = put(row, "th", "");
    put(name, "span", `swatch ${versionClass(data, version)}`);
    name.append(version);
    for (const text of [share, rate, failed]) put(row, "td", "", text);
  }
  if (readout.rows.length === 0) put(tooltip, "div", "quiet", "no counters were read here");
  for (const line of readout.evidence) put(tooltip, "div", "", line);
}

export function spoken({ when, rows, evidence, near }: Readout): string {
  const arms = rows.map(
    ({ version, share, rate, failed }) => `${version}: ${share}, ${rate}, ${failed}`,
  );
  return [when, ...near, ...arms, ...evidence].join(". ");
}

/** Beside the crosshair, on the side that has room; over the charts' top where there is none. */
export function placeTooltip(tooltip: HTMLElement, layout: Layout, x: number): void {
  const width = tooltip.offsetWidth;
  const right = x + 16 + width <= layout.width;
  const left = right ? x + 16 : x - 16 - width;
  tooltip.style.setProperty("left", `${Math.max(0, Math.min(layout.width - width, left))}px`);
  tooltip.style.setProperty("top", `${layout.panels.share.top + 6}px`);
}
