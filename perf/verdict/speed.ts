import { beginVerdict, DEFAULT_SETTINGS, observeBriefly } from "../../lib/verdict/verdict.ts";
import { goodReleases, type Scenario } from "./scenario.ts";
import { makeTrace, samplesOf } from "./trace.ts";

export interface Speed {
  errors: number;
  errorsAndLatency: number;
}

/** Windows per second of processor time on one core, with errors alone and with latency too. */
export function speed(): Speed {
  const scenarios = goodReleases();
  const latency = scenarios.find((one) => one.latency !== null) as Scenario;
  const errors = scenarios.find((one) => one.rate === 200 && one.baseError === 0.01) as Scenario;
  return { errors: windowsPerSecond(errors), errorsAndLatency: windowsPerSecond(latency) };
}

const LEAST_SECONDS = 1;

function windowsPerSecond(scenario: Scenario): number {
  const samples = [...samplesOf(makeTrace(scenario, 1))];
  const begun = process.cpuUsage();
  let windows = 0;
  for (;;) {
    let state = beginVerdict(DEFAULT_SETTINGS);
    for (const sample of samples) state = observeBriefly(state, sample).state;
    windows += samples.length;
    const { user, system } = process.cpuUsage(begun);
    const seconds = (user + system) / 1e6;
    if (seconds >= LEAST_SECONDS) return windows / seconds;
  }
}
