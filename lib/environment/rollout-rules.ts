import type { RolloutFile } from "./rollout-schema.ts";
import { type Breach, breach, notZero } from "./rule.ts";
import { DEFAULT_STEPS } from "./typed.ts";

type Rule = (rollout: RolloutFile) => Breach[];

const durationsAreAboveZero: Rule = ({ interval, sample, lease, deadline }) =>
  notZero(["rollout"], { interval, sample, lease, deadline });

const stepsAscend: Rule = (rollout) =>
  (rollout.steps ?? []).flatMap((step, index, steps) => {
    const before = steps[index - 1];
    if (before === undefined || step.weight > before.weight) return [];
    return breach(
      ["rollout", "steps", index],
      `more than the step before it (${before.weight}): steps ascend`,
    );
  });

const lastStepIsEverything: Rule = (rollout) => {
  const last = rollout.steps?.at(-1);
  if (last === undefined || last.weight === 100) return [];
  const index = (rollout.steps?.length ?? 1) - 1;
  return breach(
    ["rollout", "steps", index],
    "100 as the last step: a rollout ends with all traffic",
  );
};

const blueGreenHasOneStep: Rule = (rollout) => {
  if (rollout.strategy !== "blue-green" || rollout.steps === undefined) return [];
  if (rollout.steps.length === 1) return [];
  return breach(["rollout", "steps"], "[100], or no steps, with the strategy blue-green");
};

const holdsAreLongEnough: Rule = (rollout) =>
  (rollout.steps ?? []).flatMap((step, index) => {
    if (step.hold === undefined) return [];
    const path = ["rollout", "steps", index, "hold"];
    if (step.hold === 0 && step.weight === 100) return [];
    if (step.hold < rollout.sample) return breach(path, "at least rollout.sample");
    return step.hold > rollout.deadline ? breach(path, "at most rollout.deadline") : [];
  });

const holdbackLeavesTraffic: Rule = (rollout) =>
  rollout.holdback < 100 ? [] : breach(["rollout", "holdback"], "less than 100");

const holdbackIsAboveTheStepBefore: Rule = (rollout) => {
  const before = (rollout.steps ?? DEFAULT_STEPS[rollout.strategy]).at(-2)?.weight ?? 0;
  if (rollout.holdback === 0 || rollout.holdback >= 100 || 100 - rollout.holdback > before)
    return [];
  return breach(
    ["rollout", "holdback"],
    `less than ${100 - before}: baking must not take traffic away after the step of ${before}`,
  );
};

const holdbackNeedsABake: Rule = (rollout) =>
  rollout.holdback > 0 && rollout.bake === 0
    ? breach(
        ["rollout", "holdback"],
        "0 without a bake: nothing is held back when nothing is baked",
      )
    : [];

const whatMustBeFoundCanBe: Rule = (rollout) => {
  const share = rollout["must-find"];
  if (share === undefined) return [];
  if (share === 0) return breach(["rollout", "must-find"], "more than 0%");
  const steps = rollout.steps ?? DEFAULT_STEPS[rollout.strategy];
  if (steps.some(({ weight }) => weight < 100)) return [];
  return breach(
    ["rollout", "must-find"],
    "left out without a step below 100: nothing is compared with all traffic on the candidate",
  );
};

/** Steps that all have a hold of their own, or only the one of 100, need no interval: then any will do. */
function usesInterval({ steps, strategy }: RolloutFile): boolean {
  return (steps ?? DEFAULT_STEPS[strategy]).some(
    (step) => step.weight < 100 && step.hold === undefined,
  );
}

const samplesFitTheInterval: Rule = (rollout) =>
  rollout.sample <= rollout.interval || !usesInterval(rollout)
    ? []
    : breach(["rollout", "sample"], "at most rollout.interval");

const intervalFitsTheDeadline: Rule = (rollout) =>
  rollout.interval <= rollout.deadline || !usesInterval(rollout)
    ? []
    : breach(["rollout", "deadline"], "at least rollout.interval");

const leaseOutlivesThreeSamples: Rule = (rollout) =>
  rollout.lease >= 3 * rollout.sample
    ? []
    : breach(
        ["rollout", "lease"],
        "at least three times rollout.sample, so that one late renewal does not revert a good release",
      );

/** All that must hold between the keys of `rollout`; each is one sentence about a rollout. */
export const ROLLOUT_RULES: readonly Rule[] = [
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
  whatMustBeFoundCanBe,
];
