import type { Counters } from "../../lib/metrics/counters.ts";
import type { Sample } from "../../lib/verdict/sample.ts";
import { bucketShares, LATENCY_EDGES, TAIL_SHARE } from "./latency.ts";
import { Random } from "./random.ts";
import { COLD_SECONDS, type Scenario } from "./scenario.ts";

/** What happened in one second on one arm. */
export interface Second {
  requests: number;
  errors: number;
  /** Requests per bucket of the histogram; empty when there is none. */
  buckets: number[];
  /** By instance; empty when they are not told apart. */
  instances: Array<{ requests: number; errors: number }>;
}

export interface Trace {
  scenario: Scenario;
  seconds: Array<{ weight: number; candidate: Second; baseline: Second; isMissing: boolean }>;
  /** Bad requests beyond what stable would have had, until the end of each second of the rollout. */
  excess: number[];
}

export const PLAN = [
  { weight: 0.1, seconds: 300 },
  { weight: 0.25, seconds: 300 },
  { weight: 0.5, seconds: 300 },
];
export const PLAN_SECONDS = PLAN.reduce((sum, { seconds }) => sum + seconds, 0);

export const INSTANCES = 4;
/** A day in ten minutes: faster than any real one, so harder. */
export const DAY_SECONDS = 600;

export function makeTrace(scenario: Scenario, seed: number): Trace {
  const service = new Service(scenario, seed);
  const weights = [
    ...Array<number>(scenario.pastSeconds).fill(0),
    ...PLAN.flatMap(({ weight, seconds }) => Array<number>(seconds).fill(weight)),
  ];
  const trace: Trace = { scenario, seconds: [], excess: [] };
  for (const [at, weight] of weights.entries()) {
    trace.seconds.push(service.next(weight));
    if (at >= scenario.pastSeconds) trace.excess.push(service.excess);
  }
  return trace;
}

/** Both arms second by second, at whatever weight they are given. */
export class Service {
  /** Bad requests beyond what stable would have had, so far. */
  excess = 0;
  readonly #scenario: Scenario;
  readonly #random: Random;
  readonly #phase: number;
  readonly #lasting = { candidate: new LastingCauses(), baseline: new LastingCauses() };
  #at = 0;

  constructor(scenario: Scenario, seed: number) {
    this.#scenario = scenario;
    this.#random = new Random(seed);
    this.#phase = this.#random.uniform() * 2 * Math.PI;
  }

  next(weight: number): Trace["seconds"][number] {
    const scenario = this.#scenario;
    const random = this.#random;
    const at = this.#at;
    this.#at += 1;
    const since = at - scenario.pastSeconds;
    const swing = 1 + scenario.dayCurve * Math.sin(this.#phase + (2 * Math.PI * at) / DAY_SECONDS);
    const rate = scenario.rate * swing;
    const share = Math.min(1, weight * scenario.overweight);
    const isFaulty = since >= scenario.onsetSeconds && weight > 0;
    const candidate = second(random, rate * share, scenario, isFaulty, since);
    const isFresh = scenario.isFresh && weight > 0;
    const baseline = isFresh
      ? second(random, rate * Math.min(share, 1 - share), scenario, false, since)
      : second(random, rate * (1 - share), scenario, false, -1);
    if (scenario.causeSeconds > 0) {
      this.#lasting.candidate.spread(random, candidate, scenario.causeSeconds);
      this.#lasting.baseline.spread(random, baseline, scenario.causeSeconds);
    }
    const isDead = scenario.diesSeconds !== null && since >= scenario.diesSeconds;
    const isMissing = isDead || (scenario.missing > 0 && random.uniform() < scenario.missing);
    if (isFaulty) this.excess += candidate.requests * extraBad(scenario);
    return { weight, candidate, baseline, isMissing };
  }
}

/** The errors of one arm that have a cause already and are yet to come, by second. */
class LastingCauses {
  readonly #due: number[] = [];

  /** Those that begin in this second come within `seconds`, and those that are due now are this second's. */
  spread(random: Random, now: Second, seconds: number): void {
    for (let error = 0; error < now.errors; error += 1) {
      const later = Math.floor(random.uniform() * seconds);
      this.#due[later] = (this.#due[later] ?? 0) + 1;
    }
    now.errors = Math.min(now.requests, this.#due.shift() ?? 0);
  }
}

/** How much more often a request of a faulty candidate is bad: fails, or is one of those that got slower. */
function extraBad({ baseError, ratio, isOneInstance, latency }: Scenario): number {
  if (latency && latency.shift > 1) return 1;
  if (latency && latency.tail > 1) return TAIL_SHARE;
  const extra = Math.min(1, baseError * ratio) - baseError;
  return isOneInstance ? extra / INSTANCES : extra;
}

function second(
  random: Random,
  mean: number,
  scenario: Scenario,
  isFaulty: boolean,
  since: number,
): Second {
  const { baseError, ratio, isOneInstance, latency, coldError } = scenario;
  const cold = since >= 0 ? coldError * Math.exp(-since / COLD_SECONDS) : 0;
  const bad = Math.min(1, cold + (isFaulty ? Math.min(1, baseError * ratio) : baseError));
  const requests = random.poisson(mean);
  const instances = isOneInstance
    ? Array.from({ length: INSTANCES }, (_, index) => {
        const part = Math.floor((requests + index) / INSTANCES);
        return {
          requests: part,
          errors: failures(random, part, index === 0 ? bad : baseError, scenario),
        };
      })
    : [];
  const errors = isOneInstance
    ? instances.reduce((sum, one) => sum + one.errors, 0)
    : failures(random, requests, bad, scenario);
  const shares = latency ? bucketShares(latency, isFaulty || since >= 0, since) : [];
  return { requests, errors, buckets: multinomial(random, requests, shares), instances };
}

function failures(
  random: Random,
  requests: number,
  share: number,
  { burst, isBurstVaried }: Scenario,
): number {
  if (burst === 1) return random.binomial(requests, share);
  const bursts = random.poisson((requests * share) / burst);
  if (!isBurstVaried) return Math.min(requests, burst * bursts);
  let errors = 0;
  for (let one = 0; one < bursts; one += 1) errors += random.geometric(burst);
  return Math.min(requests, errors);
}

function multinomial(random: Random, total: number, shares: number[]): number[] {
  let left = total;
  let leftShare = 1;
  return shares.map((share, index) => {
    const count =
      index === shares.length - 1 ? left : random.binomial(left, Math.min(1, share / leftShare));
    left -= count;
    leftShare = Math.max(1e-12, leftShare - share);
    return count;
  });
}

/** The trace as canary-promote would have recorded it: cumulative counters, one sample a second. */
export function* samplesOf({ scenario, seconds }: Trace): Generator<Sample> {
  const recorder = new Recorder(scenario);
  yield recorder.sample();
  for (const [index, second] of seconds.entries()) {
    if (recorder.isBefore(second)) yield recorder.firstOfFresh(second.weight);
    recorder.add(second);
    if ((index + 1) % scenario.sampleSeconds === 0) yield recorder.sample();
  }
}

/** How long after the last reading of the past the first weight is there. */
const ROUTED_SECONDS = 0.001;

/** Adds seconds up to cumulative counters. */
export class Recorder {
  readonly #isFresh: boolean;
  readonly #candidate = new Tally();
  #baseline = new Tally();
  #hasBegun = false;
  #t = 0;
  #last: Trace["seconds"][number] | null = null;

  constructor({ isFresh }: Pick<Scenario, "isFresh">) {
    this.#isFresh = isFresh;
  }

  /** From the first weight on it is the fresh processes that are read. */
  isBefore({ weight }: { weight: number }): boolean {
    return this.#isFresh && !this.#hasBegun && weight > 0;
  }

  /** canary-promote reads them once as soon as they have a weight, when they have counted nothing yet. */
  firstOfFresh(weight: number): Sample {
    this.#hasBegun = true;
    this.#baseline = new Tally();
    return {
      t: this.#t + ROUTED_SECONDS,
      weight,
      candidate: this.#candidate.counters(),
      baseline: this.#baseline.counters(),
    };
  }

  add(second: Trace["seconds"][number]): void {
    this.#candidate.add(second.candidate);
    this.#baseline.add(second.baseline);
    this.#t += 1;
    this.#last = second;
  }

  sample(): Sample {
    const isMissing = this.#last?.isMissing ?? false;
    const several = (this.#last?.candidate.instances.length ?? 0) > 0 && !isMissing;
    return {
      t: this.#t,
      weight: this.#last?.weight ?? 0,
      candidate: isMissing ? null : this.#candidate.counters(),
      baseline: isMissing ? null : this.#baseline.counters(),
      ...(several
        ? {
            instances: {
              candidate: this.#candidate.byInstance(),
              baseline: this.#baseline.byInstance(),
            },
          }
        : {}),
    };
  }
}

class Tally {
  #requests = 0;
  #errors = 0;
  #buckets: number[] = [];
  #instances: Array<{ requests: number; errors: number }> = [];

  add({ requests, errors, buckets, instances }: Second): void {
    this.#requests += requests;
    this.#errors += errors;
    buckets.forEach((count, index) => {
      this.#buckets[index] = (this.#buckets[index] ?? 0) + count;
    });
    instances.forEach((one, index) => {
      const before = this.#instances[index] ?? { requests: 0, errors: 0 };
      this.#instances[index] = {
        requests: before.requests + one.requests,
        errors: before.errors + one.errors,
      };
    });
  }

  counters(): Counters {
    const counted = { requests: this.#requests, errors: this.#errors };
    if (this.#buckets.length === 0) return counted;
    let sum = 0;
    const counts = this.#buckets.map((count) => {
      sum += count;
      return sum;
    });
    return { ...counted, latency: { le: LATENCY_EDGES, counts } };
  }

  byInstance(): Record<string, Counters> {
    return Object.fromEntries(this.#instances.map((one, index) => [`${index + 1}`, { ...one }]));
  }
}
