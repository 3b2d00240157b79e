import type { Reading } from "./reading/reading.ts";
import type { Shares } from "./state.ts";
import type { CompleteSettings } from "./terms.ts";

/** What a bad instance among good ones may contribute, where instances are told apart. */
const INSTANCES_SHARE = 0.5;

/**
 * Each metric's share of the evidence, which together are 1: a sum weighted like this is as valid as its parts,
 * however they depend on each other. Fixed when the comparison begins, by which metrics there are, never by
 * what they say.
 */
export function openShares(
  { weights }: CompleteSettings,
  { candidate, baseline, instances }: Reading,
): Shares {
  const latency = candidate?.latency && baseline.latency ? weights.latency : 0;
  const kinds = sum(Object.values(weights.kinds));
  const hasInstances = instances !== null && Object.keys(instances.candidate).length > 1;
  const forInstances = hasInstances ? INSTANCES_SHARE * (1 - latency - kinds) : 0;
  return {
    errors: 1 - latency - kinds - forInstances,
    latency,
    kinds: weights.kinds,
    instances: forInstances,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
