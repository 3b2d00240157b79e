import { nearest } from "../nearest.ts";
import type { VerdictSettings } from "../verdict/verdict.ts";
import { sharesOfKinds, USUAL_KIND_SHARE } from "./kinds.ts";
import { type Breach, breach } from "./rule.ts";
import type { ServiceFile } from "./service-schema.ts";

type Rule = (service: ServiceFile, verdict: VerdictSettings) => Breach[];

const WEIGHTS = ["verdict", "weights", "kinds"];

/** A share of a kind that nobody counts would be evidence that never comes. */
const weightedKindsAreMeasured: Rule = ({ metrics }, { weights }) => {
  const measured = Object.keys(metrics.kinds ?? {});
  return Object.keys(weights?.kinds ?? {}).flatMap((kind) => {
    if (measured.includes(kind)) return [];
    const near = nearest(kind, measured);
    const meant = near === undefined ? "" : ` (did you mean ${near}?)`;
    const named = measured.length === 0 ? "and there is none" : measured.join(", ");
    return breach(
      [...WEIGHTS, kind],
      `only kinds that service.metrics.kinds names: ${named}${meant}`,
    );
  });
};

const sharesLeaveSomeForAllErrors: Rule = ({ metrics }, { weights }) => {
  const kinds = sharesOfKinds(Object.keys(metrics.kinds ?? {}), weights?.kinds ?? {});
  const sum = Object.values(kinds).reduce((total, share) => total + share, weights?.latency ?? 0);
  return sum < 1
    ? []
    : breach(
        ["service", "metrics", "kinds"],
        `kinds whose shares and latency's are less than 100% together; one that verdict.weights.kinds does not name has ${100 * USUAL_KIND_SHARE}%`,
      );
};

const kindsAreNotAllErrors: Rule = ({ metrics }) =>
  Object.entries(metrics.kinds ?? {}).flatMap(([kind, series]) => {
    const same = [metrics.errors, metrics.requests].some(
      (other) => JSON.stringify(other) === JSON.stringify(series),
    );
    return same
      ? breach(
          ["service", "metrics", "kinds", kind],
          "other series than errors and requests: a kind is some of the errors",
        )
      : [];
  });

/** What must hold between the kinds of errors that are measured and those that are judged. */
export const KINDS_RULES: readonly Rule[] = [
  weightedKindsAreMeasured,
  sharesLeaveSomeForAllErrors,
  kindsAreNotAllErrors,
];
