import { type Layout, momentAt } from "./layout.ts";
import { type Charts, point, show } from "./main.ts";
import { moved, whole, zoomed } from "./view.ts";

/** Pointer, wheel, keys and buttons; each ends in `show` or `point`. */
export function listen(charts: Charts): void {
  const { box } = charts;
  box.addEventListener("pointermove", (event) => hover(charts, event));
  box.addEventListener("pointerleave", () => leave(charts));
  box.addEventListener("pointerdown", (event) => press(charts, event));
  box.addEventListener("dblclick", () => show(charts, whole(charts.data)));
  box.addEventListener("wheel", (event) => wheel(charts, event), { passive: false });
  box.addEventListener("keydown", (event) => {
    if (key(charts, event)) event.preventDefault();
  });
  box.addEventListener("blur", () => leave(charts));
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-zoom]")) {
    button.addEventListener("click", () => choose(charts, button.dataset.zoom ?? ""));
  }
}

function pixelOf(charts: Charts, event: MouseEvent): [number, number] {
  const { left, top } = charts.svg.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

function hover(charts: Charts, event: PointerEvent): void {
  if (charts.box.hasPointerCapture(event.pointerId)) return;
  const [x] = pixelOf(charts, event);
  charts.view.cursor = momentAt(charts.layout, charts.view.range, x);
  point(charts);
}

function leave(charts: Charts): void {
  charts.view.cursor = null;
  point(charts);
}

/** In the overview: move or resize the window. In the charts: select a stretch to look at closer. */
function press(charts: Charts, event: PointerEvent): void {
  if (event.button !== 0) return;
  const [x, y] = pixelOf(charts, event);
  if (y >= charts.layout.overview.top - 4) dragOverview(charts, event, x);
  else if (event.pointerType === "mouse") select(charts, event, x);
}

function select(charts: Charts, event: PointerEvent, x: number): void {
  const { view } = charts;
  const from = momentAt(charts.layout, view.range, x);
  const end = (upX: number): void => {
    view.selecting = null;
    const to = momentAt(charts.layout, view.range, upX);
    if (Math.abs(upX - x) < 6) point(charts);
    else show(charts, from < to ? [from, to] : [to, from]);
  };
  drag(charts, event, {
    move(atX) {
      view.cursor = momentAt(charts.layout, view.range, atX);
      view.selecting = [from, view.cursor];
      point(charts);
    },
    end,
  });
}

function dragOverview(charts: Charts, event: PointerEvent, x: number): void {
  const all = whole(charts.data);
  const begun = charts.view.range;
  const pixelMs = (all[1] - all[0]) / (charts.layout.right - charts.layout.left);
  const edges = begun.map((at) => overviewX(charts.layout, all, at)) as [number, number];
  const edge = edges.findIndex((at) => Math.abs(at - x) < 8);
  const isWhole = begun[0] <= all[0] && begun[1] >= all[1];
  const jump = x < edges[0] - 8 || x > edges[1] + 8;
  const base = jump ? moved(begun, (x - (edges[0] + edges[1]) / 2) * pixelMs) : begun;
  if (jump) show(charts, base);
  drag(charts, event, {
    move(atX) {
      const byMs = (atX - x) * pixelMs;
      if (edge === 0) show(charts, [Math.min(begun[0] + byMs, begun[1] - 500), begun[1]]);
      else if (edge === 1) show(charts, [begun[0], Math.max(begun[1] + byMs, begun[0] + 500)]);
      else if (!isWhole) show(charts, moved(base, byMs));
    },
    end() {},
  });
}

function overviewX(layout: Layout, all: [number, number], at: number): number {
  const share = (at - all[0]) / (all[1] - all[0]);
  return layout.left + share * (layout.right - layout.left);
}

interface Drag {
  move(x: number): void;
  end(x: number): void;
}

function drag(charts: Charts, event: PointerEvent, { move, end }: Drag): void {
  const { box } = charts;
  box.setPointerCapture(event.pointerId);
  const moving = (next: PointerEvent) => move(pixelOf(charts, next)[0]);
  const ended = (last: PointerEvent) => {
    box.removeEventListener("pointermove", moving);
    box.removeEventListener("pointerup", ended);
    box.removeEventListener("pointercancel", ended);
    end(pixelOf(charts, last)[0]);
  };
  box.addEventListener("pointermove", moving);
  box.addEventListener("pointerup", ended);
  box.addEventListener("pointercancel", ended);
}

/** Only with Ctrl or Cmd: the wheel alone belongs to the page. */
function wheel(charts: Charts, event: WheelEvent): void {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const [x] = pixelOf(charts, event);
  const around = momentAt(charts.layout, charts.view.range, x);
  show(charts, zoomed(charts.view.range, event.deltaY > 0 ? 1.25 : 0.8, around));
}

function key(charts: Charts, event: KeyboardEvent): boolean {
  const { view, data } = charts;
  const length = view.range[1] - view.range[0];
  const middle = view.cursor ?? (view.range[0] + view.range[1]) / 2;
  switch (event.key) {
    case "ArrowLeft":
    case "ArrowRight": {
      const sign = event.key === "ArrowLeft" ? -1 : 1;
      walk(charts, middle + (sign * length) / (event.shiftKey ? 10 : 120));
      return true;
    }
    case "Home":
      walk(charts, 0);
      return true;
    case "End":
      walk(charts, data.endMs - data.startMs);
      return true;
    case "+":
    case "=":
    case "-":
      show(charts, zoomed(view.range, event.key === "-" ? 1.5 : 2 / 3, middle));
      return true;
    case "0":
    case "Escape":
      view.cursor = null;
      show(charts, whole(data));
      return true;
    default:
      return false;
  }
}

/** Moves the crosshair, and the charts with it when it leaves them. */
function walk(charts: Charts, to: number): void {
  const { view, data } = charts;
  view.cursor = Math.min(data.endMs - data.startMs, Math.max(0, to));
  const [from, end] = view.range;
  const length = end - from;
  if (view.cursor < from) show(charts, [view.cursor, view.cursor + length]);
  else if (view.cursor > end) show(charts, [view.cursor - length, view.cursor]);
  else point(charts);
}

/** The buttons above the charts: closer, farther, all, or one release's rollout. */
function choose(charts: Charts, what: string): void {
  show(charts, chosen(charts, what));
}

function chosen({ view, data }: Charts, what: string): [number, number] {
  const middle = (view.range[0] + view.range[1]) / 2;
  if (what === "in") return zoomed(view.range, 0.5, middle);
  if (what === "out") return zoomed(view.range, 2, middle);
  const steps = data.rollouts[Number(what)]?.steps ?? [];
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last) return whole(data);
  const margin = Math.max(500, 0.08 * (last[1] - first[0]));
  return [first[0] - margin, last[1] + margin];
}
