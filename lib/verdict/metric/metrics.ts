import type { CompleteSettings } from "../terms.ts";
import { type Alternatives, goodEnoughAlternatives, worseAlternatives } from "./bets.ts";
import type { Question } from "./stream.ts";

/** Errors of all kinds together are always judged. */
export const ALL_ERRORS = "errors";

export function kindMetric(kind: string): string {
  return `errors:${kind}`;
}

export const edgeMetric: (edge: number) => string = remembered((edge: number) => `latency:${edge}`);

export type Metric = { of: "errors" } | { of: "kind"; kind: string } | { of: "edge"; edge: number };

/** What a metric's name says. */
export const readMetric: (metric: string) => Metric = remembered((metric: string): Metric => {
  const colon = metric.indexOf(":");
  if (colon < 0) return { of: "errors" };
  const rest = metric.slice(colon + 1);
  return metric.startsWith("latency:")
    ? { of: "edge", edge: Number(rest) }
    : { of: "kind", kind: rest };
});

/** The least excess that is bet on: small for latency, whose events are many. */
const LEAST_EXCESS = { errors: 0.25, latency: 0.03 };

const WORSE = {
  errors: worseThan(LEAST_EXCESS.errors),
  latency: worseThan(LEAST_EXCESS.latency),
};

/** By alpha and the tolerated ratio. */
function worseThan(leastExcess: number) {
  return remembered((alpha: number) =>
    remembered((ratio: number) => worseAlternatives(ratio, leastExcess, alpha)),
  );
}

export function errorsAlternatives({
  alpha,
  toleratedRatio,
}: Pick<CompleteSettings, "alpha" | "toleratedRatio">): Alternatives {
  return WORSE.errors(alpha)(toleratedRatio);
}

const GOOD_ALTERNATIVES = remembered(goodEnoughAlternatives);

export const errorsQuestions = asked(errorsAlternatives);

export const latencyQuestions = asked(({ alpha, toleratedSlowRatio }) =>
  WORSE.latency(alpha)(toleratedSlowRatio),
);

/** Whether it is worse and whether it is good enough; or the first alone. */
export interface Questions {
  all: Question;
  worseAlone: Question;
}

/** The same of the same settings: they are asked for at every window. */
function asked(
  worse: (settings: CompleteSettings) => Alternatives,
): (settings: CompleteSettings) => Questions {
  const both = new WeakMap<CompleteSettings, Questions>();
  return (settings) => {
    let made = both.get(settings);
    if (!made) {
      const all: Question = {
        worse: worse(settings),
        good: GOOD_ALTERNATIVES(settings.goodEnoughRatio),
        assumedClump: settings.assumedClump,
        isFresh: settings.baseline === "fresh",
      };
      made = { all, worseAlone: { ...all, good: null } };
      both.set(settings, made);
    }
    return made;
  };
}

/** The same few are asked for at every window. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= 64) made.clear();
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}
