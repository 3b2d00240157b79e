import { type Drawing, versionClass } from "./panels.ts";
import { linear, timeTicks } from "./scale.ts";
import { draw } from "./svg.ts";
import { clock, short } from "./words.ts";

const END_SIGNS: Record<string, string> = {
  promoted: "✓ promoted",
  "rolled-back": "↩ rolled back",
  inconclusive: "? not decided",
  failed: "✕ stopped",
};

/** Lines end where the plot does, also when they go on beyond what is in sight. */
export function defineClip(svg: Element, { left, right, height }: Drawing["layout"]): void {
  const clip = draw(draw(svg, "defs", {}), "clipPath", { id: "plot" });
  draw(clip, "rect", { x: left, y: 0, width: right - left, height });
}

/** One row for each release: its steps as bars, and how it ended. */
export function drawLanes({ root, data, layout, range }: Drawing): void {
  data.rollouts.forEach(({ version, outcome, steps }, row) => {
    const y = layout.laneTop + row * layout.laneHeight;
    const lane = draw(root, "g", { class: `lane ${versionClass(data, version)}` });
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last || last[1] < range[0] || first[0] > range[1]) return;
    for (const [from, to, weight] of steps) drawStep(lane, layout, range, y, from, to, weight);
    const end = Math.min(layout.right, layout.x(last[1]));
    const begin = Math.max(layout.left, layout.x(first[0]));
    const words = `${version} ${END_SIGNS[outcome] ?? outcome}`;
    const lastWidth = end - Math.max(layout.left, layout.x(last[0]));
    nameEnding(lane, layout, y + 15, words, { begin, end, lastWidth });
  });
}

/** After the bars, before them, or inside of the last: where there is room. */
function nameEnding(
  lane: Element,
  layout: Drawing["layout"],
  y: number,
  words: string,
  { begin, end, lastWidth }: { begin: number; end: number; lastWidth: number },
): void {
  const width = 7.4 * words.length + 8;
  if (layout.right - end > width) draw(lane, "text", { x: end + 8, y, class: "ending" }, words);
  else if (begin - layout.left > width) {
    draw(lane, "text", { x: begin - 8, y, class: "ending before" }, words);
  } else if (lastWidth > 2.6 * width) {
    draw(lane, "text", { x: end - 8, y, class: "ending before within" }, words);
  } else if (layout.right - end > 20) {
    draw(lane, "text", { x: end + 6, y, class: "ending" }, words.split(" ")[1] ?? "");
  }
}

function drawStep(
  lane: Element,
  layout: Drawing["layout"],
  range: [number, number],
  y: number,
  from: number,
  to: number,
  weight: number,
): void {
  const left = layout.x(Math.max(from, range[0]));
  const width = layout.x(Math.min(to, range[1])) - left;
  if (width <= 0) return;
  draw(lane, "rect", {
    x: left,
    y: y + 3,
    width: Math.max(1, width - 1),
    height: layout.laneHeight - 6,
    rx: 3,
    class: "step",
  });
  const label = width > 38 ? `${short(weight)} %` : short(weight);
  if (width > 8 * label.length) {
    draw(lane, "text", { x: left + width / 2, y: y + 15, class: "inside" }, label);
  }
}

/** Lines through all panels at the moments that matter. */
export function drawMarks({ root, data, layout, range }: Drawing): void {
  const { share, evidence } = layout.panels;
  for (const { at, kind, version } of data.marks) {
    if (at < range[0] || at > range[1]) continue;
    const x = layout.x(at);
    const attributes = { x1: x, x2: x, y1: share.top, y2: evidence.bottom };
    draw(root, "line", { ...attributes, class: `mark ${kind} ${versionClass(data, version)}` });
  }
}

export function drawAxis({ root, data, layout, range }: Drawing): void {
  const room = Math.max(2, Math.floor((layout.right - layout.left) / 75));
  const found = timeTicks(range, data.startMs, room);
  const close = (found[1] ?? 1e9) - (found[0] ?? 0) < 1e3;
  for (const at of found) {
    const x = layout.x(at);
    draw(root, "line", { x1: x, x2: x, y1: layout.axisY, y2: layout.axisY + 5, class: "tick" });
    const anchor = x > layout.right - 26 ? "end" : "middle";
    draw(
      root,
      "text",
      { x: anchor === "end" ? layout.right : x, y: layout.axisY + 18, class: `tick-x ${anchor}` },
      clock(data.startMs + at, close),
    );
  }
}

/** All the time at once, with the part that is in sight marked; it is dragged to move and at its edges to zoom. */
export function drawOverview({ root, data, layout, range }: Drawing, all: [number, number]): void {
  const { top, bottom } = layout.overview;
  const x = linear(all, [layout.left, layout.right]);
  const height = bottom - top;
  const group = draw(root, "g", { class: "overview" });
  draw(group, "rect", {
    x: layout.left,
    y: top,
    width: layout.right - layout.left,
    height,
    class: "ground",
    rx: 4,
  });
  const rows = Math.max(1, data.rollouts.length);
  data.rollouts.forEach(({ version, steps }, row) => {
    const lane = draw(group, "g", { class: `lane ${versionClass(data, version)}` });
    for (const [from, to] of steps) {
      const rowHeight = (height - 8) / rows;
      draw(lane, "rect", {
        x: x(from),
        y: top + 4 + row * rowHeight,
        width: Math.max(1, x(to) - x(from)),
        height: Math.max(2, rowHeight - 2),
        class: "step",
      });
    }
  });
  const [from, to] = [x(range[0]), x(range[1])];
  draw(group, "rect", {
    x: layout.left,
    y: top,
    width: Math.max(0, from - layout.left),
    height,
    class: "away",
  });
  draw(group, "rect", {
    x: to,
    y: top,
    width: Math.max(0, layout.right - to),
    height,
    class: "away",
  });
  draw(group, "rect", {
    x: from,
    y: top,
    width: Math.max(2, to - from),
    height,
    class: "window",
    rx: 4,
  });
  for (const edge of [from, to]) {
    draw(group, "rect", {
      x: edge - 2.5,
      y: top + 7,
      width: 5,
      height: height - 14,
      class: "grip",
      rx: 2.5,
    });
  }
}
