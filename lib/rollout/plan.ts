import { formatDuration } from "../units/duration.ts";
import { percent } from "../verdict/explanation/wording.ts";

export type Strategy = "canary" | "blue-green" | "rolling";

/** What is done with a rollout that could not be decided in time. */
export type InconclusivePolicy = "hold" | "rollback" | "ask";

/** One weight, and how long it is watched before the next. The bake is never cut short: it is there for time. */
export interface Step {
  weightPercent: number;
  holdMs: number;
  /** Evidence that the candidate is good may end the hold before its time. */
  early?: true;
  /** Not passed before a release that fails this share of requests (0..1) would have been found. */
  mustFindRate?: number;
}

/**
 * canary, blue-green and rolling are plans, not code paths: canary = 10, 25, 50, 100; blue-green = 100 after
 * smoke; rolling = one step per batch of hosts.
 */
export interface Plan {
  strategy: Strategy;
  /** Ascending; the last one is 100. A holdback adds a step below 100 that is watched for the bake. */
  steps: Step[];
  sampleIntervalMs: number;
  leaseMs: number;
  /** No decision after this long in one step is inconclusive. */
  stepDeadlineMs: number;
  /** A step that saw fewer requests on the candidate has not been checked. */
  minStepRequests: number;
  onInconclusive: InconclusivePolicy;
}

export interface PlanSettings {
  strategy: Strategy;
  steps: Step[];
  bakeMs: number;
  holdbackPercent: number;
  sampleIntervalMs: number;
  leaseMs: number;
  stepDeadlineMs: number;
  minStepRequests: number;
  onInconclusive: InconclusivePolicy;
  /** Whether a step may be passed before its hold is over, when this very step has shown that the candidate is good. */
  early: boolean;
  /** Share of failed requests (0..1) that is to be found before the candidate has all traffic. */
  mustFindRate?: number;
}

/**
 * The weights that `settings` ask for; those of `rolling` are the shares of hosts after each batch.
 * While baking with a holdback, that share stays with stable so that there is still something to compare with.
 */
export function planRollout(settings: PlanSettings): Plan {
  const steps = withBake(withLimit(stepsOf(settings), settings), settings);
  return {
    strategy: settings.strategy,
    steps,
    sampleIntervalMs: settings.sampleIntervalMs,
    leaseMs: settings.leaseMs,
    stepDeadlineMs: settings.stepDeadlineMs,
    minStepRequests: settings.minStepRequests,
    onInconclusive: settings.onInconclusive,
  };
}

/** The first release of all has nothing to be compared with: it gets everything at once. */
export function planFirstRelease(plan: Plan): Plan {
  return { ...plan, steps: [{ weightPercent: 100, holdMs: 0 }], minStepRequests: 0 };
}

function stepsOf(settings: PlanSettings): Step[] {
  switch (settings.strategy) {
    case "canary":
    case "rolling":
      return settings.steps;
    case "blue-green":
      return [{ weightPercent: 100, holdMs: 0 }];
  }
}

/** On the last weight that leaves stable enough to compare with: after it there is no going back unharmed. */
function withLimit(steps: Step[], { mustFindRate }: PlanSettings): Step[] {
  const last = steps.findLastIndex((step) => step.weightPercent < 100);
  if (mustFindRate === undefined) return steps;
  return steps.map((step, index) => (index === last ? { ...step, mustFindRate } : step));
}

function withBake(steps: Step[], settings: PlanSettings): Step[] {
  const before = steps
    .filter((step) => step.weightPercent < 100)
    .map((step): Step => (settings.early ? { ...step, early: true } : step));
  const last = steps.find((step) => step.weightPercent === 100);
  const bakeMs = settings.bakeMs + (last?.holdMs ?? 0);
  if (settings.holdbackPercent === 0) return [...before, { weightPercent: 100, holdMs: bakeMs }];
  const bakePercent = 100 - settings.holdbackPercent;
  return [
    ...before.filter((step) => step.weightPercent < bakePercent),
    { weightPercent: bakePercent, holdMs: bakeMs },
    { weightPercent: 100, holdMs: 0 },
  ];
}

/** `canary 10 % (8s) → 25 % (at most 3s) → 100 %`, for logs and summaries. */
export function describePlan(plan: Plan): string {
  const steps = plan.steps.map(({ weightPercent, holdMs, early, mustFindRate }) => {
    const until =
      mustFindRate === undefined ? "" : `, until ${percent(mustFindRate)} failing would be found`;
    if (holdMs === 0) return `${weightPercent} %${until}`;
    return `${weightPercent} % (${early ? "at most " : ""}${formatDuration(holdMs)}${until})`;
  });
  return `${plan.strategy} ${steps.join(" → ")}`;
}
