import { type Alternatives, goodEnoughAlternatives, worseAlternatives } from "./bets.ts";
import type { Question } from "./stream.ts";
import type { CompleteSettings } from "./terms.ts";

/** Errors of all kinds together are always judged. */
export const ALL_ERRORS = "errors";

export function kindMetric(kind: string): string {
  return `errors:${kind}`;
}

export function edgeMetric(edge: number): string {
  return `latency:${edge}`;
}

/** The least excess that is bet on: small for latency, whose events are many. */
const LEAST_EXCESS = { errors: 0.15, latency: 0.03 };

export const ERRORS_ALTERNATIVES = remembered((ratio) =>
  worseAlternatives(ratio, LEAST_EXCESS.errors),
);
const LATENCY_ALTERNATIVES = remembered((ratio) => worseAlternatives(ratio, LEAST_EXCESS.latency));
const GOOD_ALTERNATIVES = remembered(goodEnoughAlternatives);

export function errorsQuestion(settings: CompleteSettings, asksForGood: boolean): Question {
  return {
    worse: ERRORS_ALTERNATIVES(settings.toleratedRatio),
    good: asksForGood ? GOOD_ALTERNATIVES(settings.goodEnoughRatio) : null,
    assumedClump: settings.assumedClump,
  };
}

export function latencyQuestion(settings: CompleteSettings, asksForGood: boolean): Question {
  return {
    worse: LATENCY_ALTERNATIVES(settings.toleratedSlowRatio),
    good: asksForGood ? GOOD_ALTERNATIVES(settings.goodEnoughRatio) : null,
    assumedClump: settings.assumedClump,
  };
}

const MOST_REMEMBERED = 64;

/** The same few ratios are asked for at every window. */
function remembered(make: (ratio: number) => Alternatives): (ratio: number) => Alternatives {
  const made = new Map<number, Alternatives>();
  return (ratio) => {
    const known = made.get(ratio);
    if (known) return known;
    if (made.size >= MOST_REMEMBERED) made.clear();
    const fresh = make(ratio);
    made.set(ratio, fresh);
    return fresh;
  };
}
