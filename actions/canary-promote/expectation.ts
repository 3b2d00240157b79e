import { systemClock } from "../../lib/rollout/clock.ts";
import type { EntryRequest } from "../../lib/rollout/entry.ts";
import { leastHoldMs } from "../../lib/rollout/hold.ts";
import type { Plan } from "../../lib/rollout/plan.ts";
import type { Target } from "../../lib/targets/target.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import {
  baselineShare,
  expectedSecondsToDetect,
  expectedSecondsToPromote,
  type VerdictSettings,
} from "../../lib/verdict/verdict.ts";

/** How long stable's traffic is looked at, to know its rate. */
const LOOK_MS = 500;
const RATIOS = [2, 5, 10] as const;

export interface StableTraffic {
  requestsPerSecond: number;
  /** Never 0: one failure in all that was ever counted is the least that could be told. */
  errorRate: number;
  hasFailed: boolean;
}

/** What to expect of this rollout, in words, before it starts: how soon which fault would be found. */
export async function expectations(
  target: Target,
  request: EntryRequest,
  signal: AbortSignal,
): Promise<string[]> {
  const { stable } = (await target.read()).value;
  if (!stable) return ["the first release: there is no stable one to compare with"];
  const before = (await target.observe())[stable.slot].total;
  const startedMs = performance.now();
  await systemClock.sleep(LOOK_MS, signal);
  const after = (await target.observe())[stable.slot].total;
  if (!before || !after || after.requests <= before.requests)
    return ["stable shows no traffic now, so nothing can be said of the time to detect"];
  const seconds = (performance.now() - startedMs) / 1_000;
  const traffic = {
    requestsPerSecond: (after.requests - before.requests) / seconds,
    errorRate: Math.max(after.errors, 1) / after.requests,
    hasFailed: after.errors > 0,
  };
  return describeExpectation(traffic, request.plan, request.verdict);
}

/** One line for the traffic and one per step below 100 %. Pure. */
export function describeExpectation(
  traffic: StableTraffic,
  plan: Plan,
  settings: VerdictSettings,
): string[] {
  const percent = `${(100 * traffic.errorRate).toPrecision(2)} %`;
  const fails = traffic.hasFailed
    ? `fails ${percent} of them`
    : `has not failed yet (taken as ${percent})`;
  const head = `stable serves ${Math.round(traffic.requestsPerSecond)} requests/s and ${fails}; a candidate that fails more often is expected to be found worse`;
  const compared = plan.steps.filter(({ weightPercent }) => weightPercent < 100);
  if (compared.length === 0)
    return ["at 100 % there is nothing to compare with: only health and limits are watched"];
  const lines = compared.map(({ weightPercent }) => {
    const times = RATIOS.map((ratio) => {
      const weights = weightsAt(settings, weightPercent);
      const found = expectedSecondsToDetect({ settings, ...weights, ratio, ...traffic });
      return `${ratio}× as often after ${Number.isFinite(found) ? formatDuration(1_000 * found) : "no finite time"}`;
    });
    return `  at ${weightPercent} %: ${times.join(", ")}`;
  });
  return [`${head}:`, ...lines, ...earlyLine(traffic, plan, settings)];
}

function weightsAt(settings: VerdictSettings, weightPercent: number) {
  const weight = weightPercent / 100;
  return { weight, baselineWeight: baselineShare(settings, weight) };
}

/** What `rollout.early` makes of the holds for a release that is as good as stable; nothing when it is off. */
function earlyLine(traffic: StableTraffic, plan: Plan, settings: VerdictSettings): string[] {
  const early = plan.steps.filter((step) => step.early);
  if (early.length === 0) return [];
  const leastMs = leastHoldMs({ plan });
  const times = early.map(({ weightPercent, holdMs }) => {
    const weights = weightsAt(settings, weightPercent);
    const shownMs = 1_000 * expectedSecondsToPromote({ settings, ...weights, ...traffic });
    const passedMs = Math.min(Math.max(holdMs, leastMs), Math.max(leastMs, shownMs));
    return `${weightPercent} % after ${formatDuration(passedMs)}`;
  });
  return [`with early, one that fails as often as stable is expected to pass ${times.join(", ")}`];
}
