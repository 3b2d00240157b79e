import type { ChartData } from "./data.ts";
import { linear, type Scale } from "./scale.ts";

/** Where everything is, in pixels, for one width. */
export interface Layout {
  width: number;
  height: number;
  left: number;
  right: number;
  laneTop: number;
  laneHeight: number;
  panels: { share: Band; requests: Band; errors: Band; evidence: Band };
  axisY: number;
  overview: Band;
  x: Scale;
}

export interface Band {
  /** Where its title stands. */
  titleY: number;
  top: number;
  bottom: number;
}

const LANE_HEIGHT = 22;
const TITLE_HEIGHT = 30;

export function layoutFor(width: number, data: ChartData, range: [number, number]): Layout {
  const left = width < 560 ? 40 : 52;
  const right = width - 8;
  const laneTop = 4;
  let y = laneTop + LANE_HEIGHT * data.rollouts.length;
  const band = (height: number): Band => {
    const top = y + TITLE_HEIGHT;
    const placed = { titleY: top - 10, top, bottom: top + height };
    y = placed.bottom;
    return placed;
  };
  const panels = { share: band(84), requests: band(104), errors: band(104), evidence: band(128) };
  const axisY = y;
  const overview = { titleY: axisY, top: axisY + 34, bottom: axisY + 66 };
  return {
    width,
    height: overview.bottom + 6,
    left,
    right,
    laneTop,
    laneHeight: LANE_HEIGHT,
    panels,
    axisY,
    overview,
    x: linear(range, [left, right]),
  };
}

/** The moment at a pixel. */
export function momentAt(layout: Layout, range: [number, number], pixel: number): number {
  const share = (pixel - layout.left) / (layout.right - layout.left);
  return range[0] + Math.min(1, Math.max(0, share)) * (range[1] - range[0]);
}
