import { keyOf } from "./fault.ts";
import { nearest } from "./nearest.ts";
import type { EnvironmentFile } from "./schema.ts";
import { DEFAULT_STEPS } from "./typed.ts";

/** What a rule finds wrong: where, and what would be accepted. */
export interface Breach {
  path: PropertyKey[];
  accepted: string;
}

type Rule = (file: EnvironmentFile) => Breach[];

const breach = (path: PropertyKey[], accepted: string): Breach[] => [{ path, accepted }];

export const PLACEHOLDERS = ["host", "port", "metrics-port", "slot", "version"] as const;

const stepsAscend: Rule = ({ rollout }) =>
  (rollout.steps ?? []).flatMap((step, index, steps) => {
    const before = steps[index - 1];
    if (before === undefined || step.weight > before.weight) return [];
    return breach(
      ["rollout", "steps", index],
      `more than the step before it (${before.weight}): steps ascend`,
    );
  });

const lastStepIsEverything: Rule = ({ rollout }) => {
  const last = rollout.steps?.at(-1);
  if (last === undefined || last.weight === 100) return [];
  const index = (rollout.steps?.length ?? 1) - 1;
  return breach(
    ["rollout", "steps", index],
    "100 as the last step: a rollout ends with all traffic",
  );
};

const blueGreenHasOneStep: Rule = ({ rollout }) => {
  if (rollout.strategy !== "blue-green" || rollout.steps === undefined) return [];
  if (rollout.steps.length === 1) return [];
  return breach(["rollout", "steps"], "[100], or no steps, with the strategy blue-green");
};

const holdsAreLongEnough: Rule = ({ rollout }) =>
  (rollout.steps ?? []).flatMap((step, index) => {
    if (step.hold === undefined) return [];
    const path = ["rollout", "steps", index, "hold"];
    if (step.hold === 0 && step.weight === 100) return [];
    if (step.hold < rollout.sample) return breach(path, "at least rollout.sample");
    return step.hold > rollout.deadline ? breach(path, "at most rollout.deadline") : [];
  });

const holdbackLeavesTraffic: Rule = ({ rollout }) =>
  rollout.holdback < 100 ? [] : breach(["rollout", "holdback"], "less than 100");

const holdbackIsAboveTheStepBefore: Rule = ({ rollout }) => {
  const before = (rollout.steps ?? DEFAULT_STEPS[rollout.strategy]).at(-2)?.weight ?? 0;
  if (rollout.holdback === 0 || rollout.holdback >= 100 || 100 - rollout.holdback > before)
    return [];
  return breach(
    ["rollout", "holdback"],
    `less than ${100 - before}: baking must not take traffic away after the step of ${before}`,
  );
};

const holdbackNeedsABake: Rule = ({ rollout }) =>
  rollout.holdback > 0 && rollout.bake === 0
    ? breach(
        ["rollout", "holdback"],
        "0 without a bake: nothing is held back when nothing is baked",
      )
    : [];

const samplesFitTheInterval: Rule = ({ rollout }) =>
  rollout.sample <= rollout.interval
    ? []
    : breach(["rollout", "sample"], "at most rollout.interval");

const intervalFitsTheDeadline: Rule = ({ rollout }) =>
  rollout.interval <= rollout.deadline
    ? []
    : breach(["rollout", "deadline"], "at least rollout.interval");

const leaseOutlivesThreeSamples: Rule = ({ rollout }) =>
  rollout.lease >= 3 * rollout.sample
    ? []
    : breach(
        ["rollout", "lease"],
        "at least three times rollout.sample, so that one late renewal does not revert a good release",
      );

const durationsAreAboveZero: Rule = ({ service, rollout }) => {
  const durations: Array<[number, PropertyKey[]]> = [
    [service.health.deadline, ["service", "health", "deadline"]],
    [service.health.every, ["service", "health", "every"]],
    [rollout.interval, ["rollout", "interval"]],
    [rollout.sample, ["rollout", "sample"]],
    [rollout.lease, ["rollout", "lease"]],
    [rollout.deadline, ["rollout", "deadline"]],
    ...service.smoke.map(({ timeout }, index): [number, PropertyKey[]] => [
      timeout,
      ["service", "smoke", index, "timeout"],
    ]),
  ];
  return durations.flatMap(([ms, path]) => (ms > 0 ? [] : breach(path, "more than 0s")));
};

const healthIsAskedBeforeItsDeadline: Rule = ({ service: { health } }) =>
  health.every <= health.deadline
    ? []
    : breach(["service", "health", "every"], "at most service.health.deadline");

const goodEnoughIsAboveTolerated: Rule = ({ verdict }) =>
  verdict["good-enough-ratio"] > verdict["tolerated-ratio"]
    ? []
    : breach(["verdict", "good-enough-ratio"], "more than verdict.tolerated-ratio");

const errorsAreNotAllRequests: Rule = ({ service: { metrics } }) =>
  JSON.stringify(metrics.errors) === JSON.stringify(metrics.requests)
    ? breach(
        ["service", "metrics", "errors"],
        "other series than requests, or every request is an error",
      )
    : [];

const placeholdersAreKnown: Rule = ({ service }) => {
  const texts: Array<[string, PropertyKey[]]> = [
    ...service.start.map((word, index): [string, PropertyKey[]] => [
      word,
      ["service", "start", index],
    ]),
    ...Object.entries(service.env).map(([name, value]): [string, PropertyKey[]] => [
      value,
      ["service", "env", name],
    ]),
  ];
  return texts.flatMap(([text, path]) =>
    [...text.matchAll(/\{([A-Za-z][A-Za-z_-]*)\}/g)].flatMap(([whole, name = ""]) => {
      if (PLACEHOLDERS.some((known) => known === name)) return [];
      const near = nearest(name, PLACEHOLDERS);
      const meant = near === undefined ? "" : ` (${whole}: did you mean {${near}}?)`;
      return breach(
        path,
        `the placeholders ${PLACEHOLDERS.map((known) => `{${known}}`).join(" ")}${meant}`,
      );
    }),
  );
};

/** All that must hold between keys; each is one sentence about a rollout. */
const RULES: readonly Rule[] = [
  durationsAreAboveZero,
  stepsAscend,
  lastStepIsEverything,
  blueGreenHasOneStep,
  holdsAreLongEnough,
  holdbackLeavesTraffic,
  holdbackIsAboveTheStepBefore,
  holdbackNeedsABake,
  samplesFitTheInterval,
  intervalFitsTheDeadline,
  leaseOutlivesThreeSamples,
  healthIsAskedBeforeItsDeadline,
  goodEnoughIsAboveTolerated,
  errorsAreNotAllRequests,
  placeholdersAreKnown,
];

/** Every rule that `file` breaks, the first breach of each key. */
export function breaches(file: EnvironmentFile): Breach[] {
  const seen = new Set<string>();
  return RULES.flatMap((rule) => rule(file)).filter(({ path }) => {
    const key = keyOf(path);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
