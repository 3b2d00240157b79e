import type { Scenario } from "./scenario.ts";

/**
 * What is known of a service before a release of it is bad, as one name: its traffic, how often it fails, how it starts,
 * and what is watched. Whether bursts will come, and what the fault will be, is not part of it.
 */
export function serviceOf({ rate, baseError, coldError, latency }: Scenario): string {
  return [rate, baseError, coldError, latency === null ? "errors" : "latency"].join(" ");
}

export function ofService(scenarios: readonly Scenario[], service: string): Scenario[] {
  return scenarios.filter((scenario) => serviceOf(scenario) === service);
}
