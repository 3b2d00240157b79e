import type { ChartData } from "./data.ts";
import { defineClip, drawAxis, drawLanes, drawMarks, drawOverview } from "./frame.ts";
import { type Layout, layoutFor } from "./layout.ts";
import { type Drawing, drawErrors, drawEvidence, drawRequests, drawShare } from "./panels.ts";
import { listen } from "./pointer.ts";
import { fillTooltip, placeTooltip, readAt, spoken } from "./readout.ts";
import { draw } from "./svg.ts";
import { kept, type View, whole } from "./view.ts";

/** The charts of one page: draws what the view says, and changes the view by what the reader does. */
export interface Charts {
  data: ChartData;
  view: View;
  box: HTMLElement;
  svg: Element;
  tooltip: HTMLElement;
  voice: HTMLElement;
  layout: Layout;
  /** What was drawn for a range stays until the range changes; the crosshair moves above it. */
  above: Element;
}

export function show(charts: Charts, range: [number, number]): void {
  const { view } = charts;
  view.range = kept(range, charts.data);
  const isInSight =
    view.cursor !== null && view.cursor >= view.range[0] && view.cursor <= view.range[1];
  if (!isInSight) view.cursor = null;
  redraw(charts);
}

export function redraw(charts: Charts): void {
  const { data, view, svg, box } = charts;
  charts.layout = layoutFor(Math.max(300, box.clientWidth), data, view.range);
  const { layout } = charts;
  svg.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
  svg.setAttribute("height", String(layout.height));
  svg.replaceChildren();
  defineClip(svg, layout);
  const drawing: Drawing = { root: draw(svg, "g", {}), data, layout, range: view.range };
  drawLanes(drawing);
  drawShare(drawing);
  drawRequests(drawing);
  drawErrors(drawing);
  drawEvidence(drawing);
  drawMarks(drawing);
  drawAxis(drawing);
  drawOverview(drawing, whole(data));
  charts.above = draw(svg, "g", {});
  point(charts);
}

/** Moves crosshair, tooltip and the selected stretch; cheap enough for every move of the pointer. */
export function point(charts: Charts): void {
  const { above, layout, view, tooltip, data, voice } = charts;
  above.replaceChildren();
  const { share, evidence } = layout.panels;
  if (view.selecting) {
    const [from, to] = view.selecting.map(layout.x) as [number, number];
    const attributes = { x: Math.min(from, to), width: Math.abs(to - from), y: share.top };
    draw(above, "rect", { ...attributes, height: evidence.bottom - share.top, class: "selection" });
  }
  tooltip.hidden = view.cursor === null;
  if (view.cursor === null) return;
  const x = layout.x(view.cursor);
  draw(above, "line", { x1: x, x2: x, y1: layout.laneTop, y2: layout.axisY, class: "crosshair" });
  const nearMs = (7 / (layout.right - layout.left)) * (view.range[1] - view.range[0]);
  const readout = readAt(data, view.cursor, nearMs);
  fillTooltip(tooltip, data, readout);
  placeTooltip(tooltip, layout, x);
  if (document.activeElement === charts.box) voice.textContent = spoken(readout);
}

function start(): void {
  const block = document.getElementById("chart-data");
  const box = document.getElementById("charts");
  const svg = box?.querySelector("svg");
  const tooltip = document.getElementById("tooltip");
  const voice = document.getElementById("voice");
  if (!block?.textContent || !box || !svg || !tooltip || !voice) return;
  const data = JSON.parse(block.textContent) as ChartData;
  const view: View = { range: whole(data), cursor: null, selecting: null };
  const layout = layoutFor(300, data, view.range);
  const charts: Charts = { data, view, box, svg, tooltip, voice, layout, above: svg };
  new ResizeObserver(() => redraw(charts)).observe(box);
  listen(charts);
  redraw(charts);
}

start();
