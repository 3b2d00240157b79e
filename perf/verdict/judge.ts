import { beginVerdict, observeBriefly, type VerdictSettings } from "../../lib/verdict/verdict.ts";
import type { Scenario } from "./scenario.ts";
import { PLAN_SECONDS, samplesOf, type Trace } from "./trace.ts";

/** Both in seconds since the candidate's first weight. */
export interface Decision {
  rolledBackAt: number | null;
  promotedAt: number | null;
}

export interface Judge {
  name: string;
  decide(trace: Trace): Decision;
}

/** A fresh baseline is what an environment asks for; all else is as by default. */
export function settingsOf({ isFresh }: Scenario, settings: VerdictSettings): VerdictSettings {
  return isFresh ? { ...settings, baseline: "fresh" } : settings;
}

export function sluice(settings: VerdictSettings): Judge {
  return {
    name: "Sluice",
    decide(trace) {
      let state = beginVerdict(settingsOf(trace.scenario, settings));
      let promotedAt: number | null = null;
      for (const sample of samplesOf(trace)) {
        const { state: next, weighed } = observeBriefly(state, sample);
        state = next;
        const at = sample.t - trace.scenario.pastSeconds;
        if (weighed.outcome === "rollback") return { rolledBackAt: at, promotedAt };
        if (weighed.outcome === "promote") promotedAt ??= at;
      }
      return { rolledBackAt: null, promotedAt };
    },
  };
}

/** When it looks, and how bad it finds the candidate then; null: it got no data. */
export interface Tick {
  at: number;
  severity: number | null;
}

/**
 * A judge that looks at a metric every so often, and fails the release when it was too bad often enough. What it
 * does when there are no data is its own.
 */
export interface Ticker {
  name: string;
  /** One by one, since looks after the release has failed are never had, and Kayenta's are dear. */
  ticks(trace: Trace): Iterable<Tick>;
  failuresNeeded: number;
  /** So many looks in a row without data fail the release. */
  blindLooksNeeded: number;
}

/** The ticker as a judge that takes a severity above `threshold` for a failure. */
export function tickerJudge(ticker: Ticker, threshold: number): Judge {
  return {
    name: ticker.name,
    decide(trace) {
      return decisionOf(failsAt(ticker, ticker.ticks(trace), threshold));
    },
  };
}

/** A release that never fails is promoted at the end of the plan. */
export function decisionOf(rolledBackAt: number | null): Decision {
  return { rolledBackAt, promotedAt: rolledBackAt === null ? PLAN_SECONDS : null };
}

export function failsAt(
  { failuresNeeded, blindLooksNeeded }: Pick<Ticker, "failuresNeeded" | "blindLooksNeeded">,
  ticks: Iterable<Tick>,
  threshold: number,
): number | null {
  let failures = 0;
  let blind = 0;
  for (const { at, severity } of ticks) {
    blind = severity === null ? blind + 1 : 0;
    if (severity !== null && severity > threshold) failures += 1;
    if (failures >= failuresNeeded || blind >= blindLooksNeeded) return at;
  }
  return null;
}

/** The highest threshold at which the ticker would still fail this trace. */
export function breakingThreshold(
  { failuresNeeded }: Pick<Ticker, "failuresNeeded">,
  ticks: Iterable<Tick>,
): number {
  const severities: number[] = [];
  for (const { severity } of ticks) if (severity !== null) severities.push(severity);
  severities.sort((a, b) => b - a);
  return severities[failuresNeeded - 1] ?? 0;
}
