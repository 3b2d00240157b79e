import { baselineShare } from "../baseline.ts";
import type { VerdictSettings } from "../terms.ts";
import {
  chanceOfRise,
  type Growth,
  goodEnoughGrowth,
  natsToDetect,
  natsToPromote,
  type Passage,
  passage,
  worseGrowth,
} from "./forecast.ts";

/** What a plan can show of a candidate, before anybody deploys. */
export interface Prospect {
  steps: StepProspect[];
  /** Over the whole plan, for a candidate that is bad, or good, from the first step on. */
  whole: { faults: FaultChance[]; promotedChance: number; seconds: PlanSeconds };
}

/** How long a candidate that fails as often as stable takes through the plan: its holds, and what early leaves of them. */
export interface PlanSeconds {
  held: number;
  /** Null when no step may be passed early. */
  early: number | null;
}

export interface StepProspect {
  weightPercent: number;
  /** What the candidate is compared with: stable's weight, or that of the fresh baseline. */
  baselinePercent: number;
  holdSeconds: number;
  /** For a fault that begins with this step. */
  faults: Array<{ ratio: number } & Passage>;
  /** For a candidate that fails as often as stable, shown in this step alone. */
  promote: Passage;
}

export interface FaultChance {
  ratio: number;
  /** That it is found before the candidate has all traffic. */
  foundChance: number;
  /** Additional failed requests until then, as far as the plan goes. */
  excessErrors: number;
}

export interface ProspectInput {
  settings: VerdictSettings;
  steps: ReadonlyArray<{ weightPercent: number; holdMs: number; early?: true }>;
  /** However good the evidence, a step is watched for this long. */
  leastHoldMs?: number;
  requestsPerSecond: number;
  errorRate: number;
  ratios: readonly number[];
}

export function prospect(input: ProspectInput): Prospect {
  const timed = timedSteps(input);
  const steps = timed.map(({ weightPercent, holdSeconds, coldSeconds }): StepProspect => {
    const traffic = { ...input, ...weightsAt(input, weightPercent) };
    return {
      weightPercent,
      baselinePercent: Math.round(100 * traffic.baselineWeight),
      holdSeconds,
      faults: input.ratios.map((ratio) => ({
        ratio,
        ...later(
          coldSeconds,
          passage(natsToDetect(input.settings), worseGrowth({ ...traffic, ratio })),
        ),
      })),
      promote: later(
        coldSeconds,
        passage(natsToPromote(input.settings), goodEnoughGrowth({ ...traffic, ratio: 1 })),
      ),
    };
  });
  const faults = input.ratios.map((ratio) => faultChance(input, timed, ratio));
  const seconds = planSeconds(input, steps);
  return { steps, whole: { faults, promotedChance: promotedChance(input, timed), seconds } };
}

interface TimedStep {
  weightPercent: number;
  holdSeconds: number;
  /** How much of that is no evidence, as the candidate is still cold (`warm-up.errors`). */
  coldSeconds: number;
}

function timedSteps({ settings, steps }: ProspectInput): TimedStep[] {
  let left = settings.baseline === "fresh" ? 0 : (settings.warmUp?.errorsSeconds ?? 0);
  return steps.map(({ weightPercent, holdMs }) => {
    const holdSeconds = holdMs / 1_000;
    const coldSeconds = Math.min(left, holdSeconds);
    left -= coldSeconds;
    return { weightPercent, holdSeconds, coldSeconds };
  });
}

function later(seconds: number, { meanSeconds, p95Seconds }: Passage): Passage {
  return { meanSeconds: seconds + meanSeconds, p95Seconds: seconds + p95Seconds };
}

function weightsAt({ settings }: ProspectInput, weightPercent: number) {
  const weight = weightPercent / 100;
  return { weight, baselineWeight: baselineShare(settings, weight) };
}

function planSeconds(
  { steps, leastHoldMs = 0 }: ProspectInput,
  prospects: readonly StepProspect[],
): PlanSeconds {
  const least = leastHoldMs / 1_000;
  const held = steps.map(({ holdMs }) => (holdMs === 0 ? 0 : Math.max(holdMs / 1_000, least)));
  const sum = (seconds: readonly number[]) => seconds.reduce((total, one) => total + one, 0);
  const shortened = held.map((seconds, index) => {
    const shown = prospects[index]?.promote.meanSeconds ?? Number.POSITIVE_INFINITY;
    return steps[index]?.early ? Math.min(seconds, Math.max(least, shown)) : seconds;
  });
  return { held: sum(held), early: steps.some(({ early }) => early) ? sum(shortened) : null };
}

function faultChance(
  input: ProspectInput,
  steps: readonly TimedStep[],
  ratio: number,
): FaultChance {
  const needed = natsToDetect(input.settings);
  let mean = 0;
  let variance = 0;
  let excessErrors = 0;
  const badPerRequest = Math.min(1, ratio * input.errorRate) - input.errorRate;
  for (const { weightPercent, holdSeconds, coldSeconds } of steps) {
    const seconds = holdSeconds - coldSeconds;
    const weights = weightsAt(input, weightPercent);
    const grown = worseGrowth({ ...input, ...weights, ratio });
    const toGo = coldSeconds + secondsToGo(needed - mean, grown, seconds);
    excessErrors += toGo * input.requestsPerSecond * weights.weight * badPerRequest;
    mean += grown.nats * seconds;
    variance += grown.variance * seconds;
  }
  return { ratio, foundChance: chanceOfRise(mean, variance, needed), excessErrors };
}

/** How much of a step it takes; all of it when nothing grows. */
function secondsToGo(nats: number, grown: Growth, seconds: number): number {
  if (nats <= 0) return 0;
  return Math.min(seconds, passage(nats, grown).meanSeconds);
}

function promotedChance(input: ProspectInput, steps: readonly TimedStep[]): number {
  let mean = 0;
  let variance = 0;
  for (const { weightPercent, holdSeconds, coldSeconds } of steps) {
    const seconds = holdSeconds - coldSeconds;
    const grown = goodEnoughGrowth({ ...input, ...weightsAt(input, weightPercent), ratio: 1 });
    mean += grown.nats * seconds;
    variance += grown.variance * seconds;
  }
  return chanceOfRise(mean, variance, natsToPromote(input.settings));
}
