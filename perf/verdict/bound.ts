import { worseGrowth } from "../../lib/verdict/forecast.ts";
import type { VerdictSettings } from "../../lib/verdict/verdict.ts";
import type { Scenario } from "./scenario.ts";
import { PLAN } from "./trace.ts";

/**
 * Wald: a test that rolls back at most alpha of the good releases needs ln(1/alpha) nats on average, even if it
 * knows the size of the fault, the rates and the clumps beforehand. What it lets through until then (errors only).
 */
export function bestPossibleExcess(scenario: Scenario, settings: VerdictSettings): number {
  const { rate, baseError, burst, isOneInstance, overweight } = scenario;
  // Whoever knows the fault knows the instance as well, and compares it alone.
  const { ratio } = scenario;
  const part = isOneInstance ? 1 / 4 : 1;
  let nats = Math.log(1 / settings.alpha);
  let excess = 0;
  let from = 0;
  for (const { weight, seconds } of PLAN) {
    const share = part * Math.min(1, weight * overweight);
    const watched = Math.max(0, from + seconds - Math.max(from, scenario.onsetSeconds));
    from += seconds;
    const traffic = {
      settings,
      requestsPerSecond: rate,
      weight: share,
      errorRate: baseError,
      ratio,
    };
    const perSecond = worseGrowth(traffic).nats / burst;
    const spent = perSecond > 0 ? Math.min(watched, nats / perSecond) : watched;
    nats -= spent * perSecond;
    excess += spent * rate * share * (Math.min(1, baseError * ratio) - baseError);
    if (nats <= 1e-9) break;
  }
  return excess;
}
