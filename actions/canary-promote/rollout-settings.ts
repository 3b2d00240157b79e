import type { RolloutSettings } from "../../lib/environment/environment.ts";
import { SluiceError } from "../../lib/error.ts";
import { wantsFreshBaseline } from "../../lib/rollout/fresh-baseline.ts";
import type { Plan, Strategy } from "../../lib/rollout/plan.ts";
import type { VerdictSettings } from "../../lib/verdict/verdict.ts";

/** The inputs that stand above the environment's `rollout:` for one run. */
export interface RolloutOverrides {
  strategy: Strategy | undefined;
  steps: number[] | undefined;
  interval: number | undefined;
  bake: number | undefined;
  holdback: number | undefined;
  timeout: number | undefined;
}

/** The environment's settings with the run's own above them. Throws `invalid-input` for steps that are no plan. */
export function overridden(settings: RolloutSettings, over: RolloutOverrides): RolloutSettings {
  if (over.steps) mustAscendTo100(over.steps);
  const holdMs = over.interval ?? settings.steps[0]?.holdMs ?? 0;
  const steps = over.steps
    ? over.steps.map((weightPercent) => ({
        weightPercent,
        holdMs: weightPercent === 100 ? 0 : holdMs,
      }))
    : settings.steps.map((step) => ({
        ...step,
        holdMs: step.weightPercent === 100 ? step.holdMs : (over.interval ?? step.holdMs),
      }));
  return {
    ...settings,
    steps,
    strategy: over.strategy ?? settings.strategy,
    bakeMs: over.bake ?? settings.bakeMs,
    holdbackPercent: over.holdback ?? settings.holdbackPercent,
    stepDeadlineMs: over.timeout ?? settings.stepDeadlineMs,
  };
}

/** Throws when a plan that the run's inputs changed compares, but not with the fresh baseline that the file asks for. */
export function mustKeepBaseline(plan: Plan, verdict: VerdictSettings): void {
  if (verdict.baseline !== "fresh" || wantsFreshBaseline(verdict, plan)) return;
  if (plan.steps.every(({ weightPercent }) => weightPercent === 100)) return;
  throw new SluiceError(
    "invalid-input",
    `strategy: given "${plan.strategy}", but the environment's verdict.baseline is fresh; accepted is canary, or blue-green, which compares nothing`,
    { hint: "leave out `strategy`, or write `baseline: stable` under `verdict:`" },
  );
}

function mustAscendTo100(steps: readonly number[]): void {
  const ascends = steps.every((weight, at) => weight > (steps[at - 1] ?? 0));
  const whole = steps.every(Number.isInteger);
  if (ascends && whole && steps.at(-1) === 100) return;
  throw new SluiceError(
    "invalid-input",
    `steps: given "${steps.join(", ")}", accepted are whole percentages that ascend and end with 100`,
    { hint: "for example `steps: 10, 25, 50, 100`" },
  );
}
