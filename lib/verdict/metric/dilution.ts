import type { Tally } from "./dispersion.ts";

/**
 * A fault adds its failures to those that there are anyway. While fresh processes are cold, many fail on both arms, so that
 * ten times the usual rate is not ten times what the baseline shows but, say, twice. How much less than usual a fault is of what
 * fails now is known before each window, from stable's own past and from what the fresh baseline showed just before.
 */
export interface Dilution {
  /** Stable's own share of failed requests, before there were fresh processes. */
  readonly usualShare: number;
  /** What the fresh baseline counted, the latest most. */
  readonly recent: Tally;
}

/** Null: nothing is known of what is usual. */
export function openDilution(past: Tally): Dilution | null {
  if (past.requests <= 0) return null;
  // None in so many is no proof that there never are any.
  const usualShare = (past.events + 0.5) / past.requests;
  return { usualShare, recent: { requests: 0, events: 0 } };
}

/** Half of what was counted is forgotten after five seconds or so. */
const MEMORY_SECONDS = 8;

export function watchDilution(known: Dilution, window: Tally, seconds: number): Dilution {
  const kept = Math.exp(-seconds / MEMORY_SECONDS);
  const requests = kept * (known.recent.requests + window.requests);
  const events = kept * (known.recent.events + window.events);
  return { usualShare: known.usualShare, recent: { requests, events } };
}

/** Until fresh processes have shown how many they fail, it is taken for so many times what is usual. */
const COLD_AT_FIRST = 10;
/** Where hardly any fail usually, a fault of many times that is still nothing beside a cold start: others are looked for there. */
const MOST_DILUTED = 0.1;

/** The usual share of failures over the one now, at most 1. */
export function dilutionOf(known: Dilution | null): number {
  if (!known) return 1;
  const { usualShare, recent } = known;
  const cold = (recent.events + 1) / (recent.requests + 1 / (COLD_AT_FIRST * usualShare));
  return Math.min(1, Math.max(MOST_DILUTED, usualShare / cold));
}
