import { formatDuration } from "../units/duration.ts";
import type { VerdictSettings } from "../verdict/verdict.ts";
import type { RolloutFile } from "./rollout-schema.ts";
import { type Breach, breach } from "./rule.ts";
import { DEFAULT_STEPS } from "./typed.ts";

/** A warm-up as long as all that is compared would leave a rollout that no error can stop. */
export function warmUpBreaches(
  { warmUp }: Pick<VerdictSettings, "warmUp">,
  { steps, strategy, interval }: RolloutFile,
): Breach[] {
  const comparedMs = (steps ?? DEFAULT_STEPS[strategy])
    .filter(({ weight }) => weight < 100)
    .reduce((sum, step) => sum + (step.hold ?? interval), 0);
  const warmUpMs = 1_000 * (warmUp?.errorsSeconds ?? 0);
  if (comparedMs === 0 || warmUpMs < comparedMs) return [];
  return breach(
    ["verdict", "warm-up", "errors"],
    `less than the ${formatDuration(comparedMs)} that all steps below 100 take: else no error is ever evidence`,
  );
}
