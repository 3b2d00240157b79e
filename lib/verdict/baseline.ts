import type { Reading } from "./reading/reading.ts";
import type { Sample } from "./sample.ts";
import type { VerdictSettings } from "./terms.ts";

type Choice = Pick<VerdictSettings, "baseline">;

/**
 * What share of traffic the candidate is compared with, 0..1, while it has `weight` itself: stable's, or that of
 * fresh processes, which get as much as the candidate does, as long as there is as much.
 */
export function baselineShare({ baseline }: Choice, weight: number): number {
  return baseline === "fresh" ? Math.min(weight, 1 - weight) : 1 - weight;
}

/** The candidate's part of the requests that are compared, if the weights are honoured. */
export function intendedShare(settings: Choice, weight: number): number {
  return weight / (weight + baselineShare(settings, weight));
}

/**
 * At weight 0 it is stable's own past that is read, and of other processes than the fresh ones that the candidate is
 * compared with afterwards: their counters have nothing to do with each other.
 */
export function ofOneBaseline(
  { baseline }: Choice,
  last: Reading | null,
  now: Reading,
  { weight }: Sample,
): { last: Reading | null; now: Reading } {
  if (baseline !== "fresh") return { last, now };
  if (weight === 0) return { last, now: { ...now, candidate: null } };
  return { last: last?.candidate === null ? null : last, now };
}

/** What the candidate is compared with, in words. */
export function nameOfBaseline({ baseline }: Choice): string {
  return baseline === "fresh" ? "fresh stable" : "stable";
}
