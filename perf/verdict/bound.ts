import { worseGrowth } from "../../lib/verdict/forecast.ts";
import type { VerdictSettings } from "../../lib/verdict/verdict.ts";
import type { Scenario } from "./scenario.ts";
import { PLAN } from "./trace.ts";

/** One weight of the plan, for a fault that is there: what a second of it tells, and what it costs. */
interface Stretch {
  seconds: number;
  natsPerSecond: number;
  excessPerSecond: number;
}

/**
 * The least excess, on average, of any test that rolls back at most alpha of the good releases whatever stable's rate
 * does meanwhile, even of one that knows the size of the fault and the clumps beforehand (errors only). One that is
 * told that the rate stays as it was needs no comparison, and can do better. Until it stops it has to collect
 * the divergence between "found with chance 1 - m" and "found with chance alpha" (Wald). It may choose the share m
 * that it misses, which costs it the whole plan each time; and it cannot stop before its first reading.
 */
export function bestPossibleExcess(scenario: Scenario, settings: VerdictSettings): number {
  const stretches = stretchesOf(scenario, settings);
  const all = totals(stretches);
  const first = scenario.sampleSeconds * (stretches[0]?.excessPerSecond ?? 0);
  let least = all.excess;
  for (let missed = 0; missed < 1; missed += 1 / SHARES) {
    const needed = divergence(1 - missed, settings.alpha) - missed * all.nats;
    const each = Math.max(0, needed / (1 - missed));
    // The dearer nats come later, so that it is best to stop at the same evidence each time (Jensen).
    if (each > all.nats) continue;
    const found = Math.max(first, excessUntil(stretches, each));
    least = Math.min(least, missed * all.excess + (1 - missed) * found);
  }
  return least;
}

const SHARES = 1_000;

function stretchesOf(scenario: Scenario, settings: VerdictSettings): Stretch[] {
  const { rate, baseError, burst, isOneInstance, overweight, ratio } = scenario;
  // Whoever knows the fault knows the instance as well, and compares it alone.
  const part = isOneInstance ? 1 / 4 : 1;
  let from = 0;
  return PLAN.flatMap(({ weight, seconds: planned }) => {
    const share = part * Math.min(1, weight * overweight);
    const seconds = Math.max(0, from + planned - Math.max(from, scenario.onsetSeconds));
    from += planned;
    if (seconds === 0) return [];
    const traffic = {
      settings,
      requestsPerSecond: rate,
      weight: share,
      baselineWeight: scenario.isFresh ? Math.min(share, 1 - share) : 1 - share,
      errorRate: baseError,
      ratio,
    };
    const natsPerSecond = worseGrowth(traffic).nats / burst;
    const excessPerSecond = rate * share * (Math.min(1, baseError * ratio) - baseError);
    return [{ seconds, natsPerSecond, excessPerSecond }];
  });
}

function totals(stretches: readonly Stretch[]): { nats: number; excess: number } {
  let nats = 0;
  let excess = 0;
  for (const { seconds, natsPerSecond, excessPerSecond } of stretches) {
    nats += seconds * natsPerSecond;
    excess += seconds * excessPerSecond;
  }
  return { nats, excess };
}

function excessUntil(stretches: readonly Stretch[], wanted: number): number {
  let nats = wanted;
  let excess = 0;
  for (const { seconds, natsPerSecond, excessPerSecond } of stretches) {
    const spent = natsPerSecond > 0 ? Math.min(seconds, nats / natsPerSecond) : seconds;
    nats -= spent * natsPerSecond;
    excess += spent * excessPerSecond;
    if (nats <= 1e-9) break;
  }
  return excess;
}

/** Between two coins, in nats. */
function divergence(found: number, alpha: number): number {
  if (found <= alpha) return 0;
  const missed = 1 - found;
  const rest = missed > 0 ? missed * Math.log(missed / (1 - alpha)) : 0;
  return found * Math.log(found / alpha) + rest;
}
