import { formatDuration } from "../../units/duration.ts";
import type { Tally } from "../metric/dispersion.ts";

/** Numbers and shares as people read them. */
export function share({ requests, events }: Tally): string {
  if (requests === 0) return "none of 0 requests";
  return `${events} of ${requests} requests (${percent(events / requests)})`;
}

export function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(2))} %`;
}

export function amount(value: number): string {
  if (value >= 1e6) return "over a million";
  if (value < 0.01) return "next to none";
  return `${Number(value.toPrecision(value >= 100 ? 3 : 2))}`;
}

/** How many times the rate; nothing where there is no rate to divide by. */
export function timesTheRate(candidate: Tally, baseline: Tally): string {
  if (candidate.requests === 0 || baseline.requests === 0 || baseline.events === 0) return "";
  const times = candidate.events / candidate.requests / (baseline.events / baseline.requests);
  const rounded = Number(times.toPrecision(2));
  return rounded === 1 ? ", the same rate" : `, ${rounded} times the rate`;
}

export function about(seconds: number): string {
  return `about ${formatDuration(Math.max(1, Math.round(seconds)) * 1_000)}`;
}
