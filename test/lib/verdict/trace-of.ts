import type { Counters } from "../../../lib/metrics/counters.ts";
import {
  beginVerdict,
  DEFAULT_SETTINGS,
  type Finding,
  observe,
  type Sample,
  type VerdictSettings,
} from "../../../lib/verdict/verdict.ts";

/** What an arm does in each second; errors and slow requests come evenly, without any randomness. */
export interface Arm {
  requests: number;
  errorShare: number;
  /** Shares of requests within each edge; a last 1 is understood. */
  within?: number[];
  kinds?: Record<string, number>;
}

export const EDGES = [0.1, 0.5];

/** Cumulative counters of an arm that has done the same for so many seconds. */
export function counters({ requests, errorShare, within, kinds }: Arm, seconds: number): Counters {
  const all = requests * seconds;
  const of = (part: number) => Math.floor(all * part);
  return {
    requests: all,
    errors: of(errorShare),
    ...(within ? { latency: { le: EDGES, counts: [...within.map(of), all] } } : {}),
    ...(kinds
      ? { kinds: Object.fromEntries(Object.entries(kinds).map(([kind, part]) => [kind, of(part)])) }
      : {}),
  };
}

export interface Trace {
  candidate: Arm;
  baseline: Arm;
  seconds: number;
  /** Of stable alone, before. */
  past?: number;
  weight?: number;
  instances?: (t: number) => Sample["instances"];
}

export function samples({
  candidate,
  baseline,
  seconds,
  past = 0,
  weight = 0.1,
  instances,
}: Trace) {
  return Array.from({ length: past + seconds + 1 }, (_, t): Sample => {
    const given = instances?.(t);
    return {
      t,
      weight: t > past ? weight : 0,
      candidate: counters(candidate, Math.max(0, t - past)),
      baseline: counters(baseline, 1_000 + t),
      ...(given ? { instances: given } : {}),
    };
  });
}

export function judge(
  given: readonly Sample[],
  settings: Partial<VerdictSettings> = {},
): { findings: Finding[]; last: Finding; at(outcome: Finding["outcome"]): number | undefined } {
  let state = beginVerdict({ ...DEFAULT_SETTINGS, ...settings });
  const findings = given.map((sample) => {
    const next = observe(state, sample);
    state = next.state;
    return next.finding;
  });
  return {
    findings,
    last: findings.at(-1) as Finding,
    at: (outcome) => given[findings.findIndex((finding) => finding.outcome === outcome)]?.t,
  };
}
