import type { ArmCounters } from "../metrics/counters.ts";
import type { PastReading } from "../targets/target.ts";
import type { Sample } from "../verdict/verdict.ts";

/** Both arms' readings from one moment, as the verdict takes them. */
export function sampleOf(
  atMs: number,
  weightPercent: number,
  candidate: ArmCounters | null,
  baseline: ArmCounters | null,
): Sample {
  const sample = {
    t: atMs / 1_000,
    weight: weightPercent / 100,
    candidate: candidate?.total ?? null,
    baseline: baseline?.total ?? null,
  };
  const instances = {
    candidate: candidate?.instances ?? {},
    baseline: baseline?.instances ?? {},
  };
  const several = Object.values(instances).some((arm) => Object.keys(arm).length > 1);
  return several ? { ...sample, instances } : sample;
}

/** Stable's own past as samples at weight 0. */
export function pastSamples(readings: readonly PastReading[]): Sample[] {
  return readings.map(({ atMs, counters }) => sampleOf(atMs, 0, null, counters));
}
