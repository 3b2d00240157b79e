import { type Bets, openBets, settle, worth } from "../metric/bets.ts";
import type { Tally } from "../metric/dispersion.ts";
import { errorsAlternatives } from "../metric/metrics.ts";
import { againstWorse, type Unit } from "../metric/stream.ts";
import type { CompleteSettings } from "../terms.ts";

/** One instance of the candidate against all of stable: one bad among many is named, not averaged away. */
export interface InstanceBets {
  readonly errors: Bets;
  readonly total: Tally;
}

/** With fewer, an instance is the arm. */
const LEAST_INSTANCES = 2;

export function openInstances(
  names: readonly string[],
  settings: CompleteSettings,
): Record<string, InstanceBets> {
  if (names.length < LEAST_INSTANCES) return {};
  const opened = { errors: openBets(errorsAlternatives(settings)), total: NOTHING };
  return Object.fromEntries(names.map((name) => [name, opened]));
}

const NOTHING: Tally = { requests: 0, events: 0 };

export interface InstanceWindow {
  tallies: Readonly<Record<string, Tally>>;
  baseline: Tally;
  seconds: number;
  isNewStep: boolean;
}

export function judgeInstances(
  instances: Readonly<Record<string, InstanceBets>>,
  unit: Unit,
  settings: CompleteSettings,
  { tallies, ...window }: InstanceWindow,
): Record<string, InstanceBets> {
  const on = errorsAlternatives(settings);
  return Object.fromEntries(
    Object.entries(instances).map(([name, { errors, total }]) => {
      const tally = tallies[name];
      if (!tally) return [name, { errors, total }];
      const judged = settle(errors, on, againstWorse({ ...window, candidate: tally }, unit));
      const requests = total.requests + tally.requests;
      return [name, { errors: judged, total: { requests, events: total.events + tally.events } }];
    }),
  );
}

/** The mean of the instances' evidence: valid, since none of them alone grows in expectation. */
export function instancesWorth(instances: Readonly<Record<string, InstanceBets>>): number {
  const all = Object.values(instances);
  return all.length === 0 ? 1 : all.reduce((sum, one) => sum + worth(one.errors), 0) / all.length;
}

/** The instances that stand out, when most do not. */
export function badInstances(
  instances: Readonly<Record<string, InstanceBets>>,
  threshold: number,
): string[] {
  const all = Object.entries(instances);
  const bad = all.filter(([, { errors }]) => worth(errors) >= threshold).map(([name]) => name);
  return bad.length * 2 <= all.length ? bad : [];
}
