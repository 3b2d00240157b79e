import type { Counters } from "../../metrics/counters.ts";
import type { Tally } from "../metric/dispersion.ts";
import type { InstanceCounters, Sample } from "../sample.ts";
import { type Difference, difference, isUsable } from "./difference.ts";
import { slowTally } from "./latency.ts";

/** The last sample that both arms, or stable alone, could be read in. */
export interface Reading {
  readonly t: number;
  readonly candidate: Counters | null;
  readonly baseline: Counters;
  readonly instances: NonNullable<Sample["instances"]> | null;
}

/** What one arm did in a window. */
export interface ArmCount {
  requests: number;
  errors: number;
  restarted: boolean;
  /** Of one kind of error, or slower than an edge; null when it cannot be told. */
  kind(name: string): Tally | null;
  slower(edge: number): Tally | null;
  readonly tally: Tally;
}

export function count(
  before: Counters | null,
  now: Counters | null,
  usualRequests: number,
): ArmCount | null {
  const found: Difference = difference(before, now, usualRequests);
  if (found.kind !== "counted" || !before || !now) return null;
  const { requests, errors, restarted } = found;
  const since = restarted ? null : before;
  return {
    requests,
    errors,
    restarted,
    tally: { requests, events: errors },
    kind(name) {
      // A reading that did not count kinds does not say that there were none.
      if (!now.kinds || (since && !since.kinds)) return null;
      const events = (now.kinds?.[name] ?? 0) - (since?.kinds?.[name] ?? 0);
      return events >= 0 ? { requests, events: Math.min(events, requests) } : null;
    },
    slower: (edge) => slowTally(since, now, edge),
  };
}

/** A reading, unless stable's is missing, or the candidate's while it has traffic. */
export function readingOf(sample: Sample): Reading | null {
  const { t, baseline, instances } = sample;
  if (!baseline || !isUsable(baseline)) return null;
  const candidate = sample.candidate && isUsable(sample.candidate) ? sample.candidate : null;
  if (!candidate && sample.weight > 0) return null;
  return { t, candidate, baseline, instances: instances ?? null };
}

/** Errors by instance, for those that were read both times. */
export function countInstances(
  before: InstanceCounters | undefined,
  now: InstanceCounters | undefined,
): Record<string, Tally> {
  const tallies: Record<string, Tally> = {};
  for (const [name, counters] of Object.entries(now ?? {})) {
    const counted = count(before?.[name] ?? null, counters, 0);
    if (counted) tallies[name] = counted.tally;
  }
  return tallies;
}
