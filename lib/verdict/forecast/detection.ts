import {
  goodEnoughGrowth,
  natsToDetect,
  natsToPromote,
  passage,
  type Traffic,
  worseGrowth,
} from "./forecast.ts";

export type { Traffic } from "./forecast.ts";

/**
 * Roughly how long a candidate that fails `ratio` times as often as stable is watched until it is found worse.
 * Infinite when it is not worse, or when one of the arms has no traffic or there are no errors to count.
 */
export function expectedSecondsToDetect(traffic: Traffic): number {
  return passage(natsToDetect(traffic.settings), worseGrowth(traffic)).meanSeconds;
}

/** Roughly how long a candidate that fails as often as stable is watched until it is shown to be good enough. */
export function expectedSecondsToPromote(traffic: Omit<Traffic, "ratio">): number {
  const growth = goodEnoughGrowth({ ...traffic, ratio: 1 });
  return passage(natsToPromote(traffic.settings), growth).meanSeconds;
}
