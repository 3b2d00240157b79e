import { MOST_CAUSES, raisedUpTo } from "./overshoot.ts";

/**
 * Bets against "the candidate's event rate is at most (or at least) `nullRatio` times the baseline's".
 *
 * Given how many events both arms had together, the candidate's share of them depends on the ratio of the rates
 * alone, so the rates may vary as they like and so may the weights. Each bet is on one alternative ratio; its
 * capital is multiplied by the likelihood ratio of every window. Under the null no bet grows in expectation, and
 * moving cash into bets on what was known before a window changes nothing about that: so cash and bets together,
 * which begin at 1, ever reach 1/alpha with probability at most alpha, however often one looks (Ville).
 */
export interface Bets {
  readonly capital: readonly number[];
  /** Not yet staked: it goes into the bets bit by bit, so that a fault that begins late finds fresh stakes. */
  readonly cash: number;
  /** Seconds of evidence so far. */
  readonly seconds: number;
}

/** The alternatives, and how the stakes are spread over them. */
export interface Alternatives {
  readonly nullRatio: number;
  readonly ratios: readonly number[];
  /** ln(ratio / nullRatio) */
  readonly logRatios: readonly number[];
  /** How many nats each bet gains (here: loses) by an event of the baseline, when both had so many requests. */
  readonly natsPerBaselineEvent: (
    candidateRequests: number,
    baselineRequests: number,
  ) => Float64Array;
  readonly stakes: readonly number[];
  readonly staking: Staking;
  readonly mostLogGrowthPerSecond: number;
}

/** How soon all is staked. */
export interface Staking {
  /** From the first window on. */
  readonly atOnce: number;
  /** After this long, half of what is kept back is. */
  readonly halfStakedSeconds: number;
}

/** Events of one window, after clumps were taken for what they are. */
export interface Window {
  candidateRequests: number;
  candidateEvents: number;
  baselineRequests: number;
  baselineEvents: number;
  seconds: number;
  /** The weight is another than before. */
  isNewStep: boolean;
}

/** What is known before a window of how it will count. */
export interface Terms {
  /** How much less a fault is of what fails now than of what usually fails: see `dilution.ts`. */
  dilution: number;
  /** Being worth more than this is of no use: see `overshoot.ts`. */
  enough: number;
  /** From 1, when events come one by one, down to 0: how far their number is taken to be known. */
  certainty: number;
}

const PLAIN: Terms = { dilution: 1, enough: Number.POSITIVE_INFINITY, certainty: 1 };

/**
 * Each alternative is this many times as bad as the one before. A bet on what is not quite the true ratio grows
 * almost as fast as one that is, and more of them would have to share the stakes.
 */
const SPACING = 3.1;
const WORST_EXCESS = 24;
/** What is kept back is for faults that begin late, and those are compared with all that was good before. */
const NEARLY_ALL_AT_ONCE: Staking = { atOnce: 0.9, halfStakedSeconds: 300 };
/** The least excess shows only where there is much traffic, and there the evidence comes quickly anyway. */
const STAKE_ON_LEAST = 0.5;
/** Faults of some few times the usual rate are the most common, and cost the most until they are found. */
const FEW_TIMES = { from: 1.5, to: 12, stake: 1.2 };

/**
 * Excesses over the tolerated ratio, log-spaced from `leastExcess` on. One second alone does not decide, whatever
 * happens in it: a freak (a retry storm, a network blip) is over in less. So no bet grows by quite 1/alpha in one.
 */
export function worseAlternatives(
  nullRatio: number,
  leastExcess: number,
  alpha: number,
): Alternatives {
  const span = Math.log(WORST_EXCESS / leastExcess);
  const steps = Math.max(1, Math.round(span / Math.log(SPACING)));
  const ratios = Array.from(
    { length: steps + 1 },
    (_, index) => nullRatio * (1 + leastExcess * Math.exp((span * index) / steps)),
  );
  const wanted = ratios.map((ratio, index) => {
    if (index === 0) return STAKE_ON_LEAST;
    const excess = ratio / nullRatio - 1;
    return excess > FEW_TIMES.from && excess < FEW_TIMES.to ? FEW_TIMES.stake : 1;
  });
  return {
    ...alternatives(nullRatio, ratios, normalised(wanted)),
    staking: NEARLY_ALL_AT_ONCE,
    mostLogGrowthPerSecond: NEARLY * Math.log(1 / alpha),
  };
}

/** What is kept of the threshold so that one second falls short of it. */
const NEARLY = 0.97;

/** From a seventh of the null ratio to somewhat below it; most is staked on a candidate that is as good as stable. */
export function goodEnoughAlternatives(nullRatio: number): Alternatives {
  const ratios = [0.8, 0.53, 0.35, 0.23, 0.15].map((part) => nullRatio * part);
  const belief = ratios.map((ratio) => Math.exp(-2 * Math.log(ratio) ** 2));
  return {
    ...alternatives(nullRatio, ratios, normalised(belief)),
    staking: ALL_AT_ONCE,
    mostLogGrowthPerSecond: MOST_LOG_GROWTH_OF_GOOD,
  };
}

const ALL_AT_ONCE: Staking = { atOnce: 1, halfStakedSeconds: 0 };
const MOST_LOG_GROWTH_OF_GOOD = 4;

function normalised(wanted: readonly number[]): number[] {
  const sum = wanted.reduce((total, value) => total + value, 0);
  return wanted.map((value) => value / sum);
}

function alternatives(nullRatio: number, ratios: number[], stakes: number[]) {
  const logRatios = ratios.map((ratio) => Math.log(ratio / nullRatio));
  return {
    nullRatio,
    ratios,
    logRatios,
    natsPerBaselineEvent: remembered(nullRatio, ratios),
    stakes,
  };
}

/** All edges of a histogram ask for the same numbers of requests one after the other. */
function remembered(
  nullRatio: number,
  ratios: readonly number[],
): Alternatives["natsPerBaselineEvent"] {
  const nats = new Float64Array(ratios.length);
  let candidate = Number.NaN;
  let baseline = Number.NaN;
  return (candidateRequests, baselineRequests) => {
    if (candidateRequests === candidate && baselineRequests === baseline) return nats;
    candidate = candidateRequests;
    baseline = baselineRequests;
    for (let index = 0; index < nats.length; index += 1) {
      nats[index] = natsPerEvent(nullRatio, ratios[index] as number, candidate, baseline);
    }
    return nats;
  };
}

function natsPerEvent(
  nullRatio: number,
  ratio: number,
  candidateRequests: number,
  baselineRequests: number,
): number {
  const underNull = nullRatio * candidateRequests + baselineRequests;
  return Math.log(underNull / (ratio * candidateRequests + baselineRequests));
}

export function openBets({ stakes, staking: { atOnce } }: Alternatives): Bets {
  return { capital: stakes.map((stake) => stake * atOnce), cash: 1 - atOnce, seconds: 0 };
}

/** What share of the cash is staked anew: much at a new weight, and else ever less as time goes on. */
const STAKED_AT_STEP = 0.2;

function newlyStaked({ halfStakedSeconds }: Staking, seconds: number, window: Window): number {
  if (seconds === 0) return 0;
  const byTime = Math.min(0.5, window.seconds / (seconds + halfStakedSeconds));
  return window.isNewStep ? Math.max(STAKED_AT_STEP, byTime) : byTime;
}

/** JSON has no infinity. */
const MOST_CAPITAL = 1e200;

/** The bets after one window. One without traffic on either arm is no evidence. */
export function settle(
  bets: Bets,
  on: Alternatives,
  window: Window,
  { dilution, enough, certainty }: Terms = PLAIN,
): Bets {
  const { candidateRequests, baselineRequests, candidateEvents, baselineEvents } = window;
  if (candidateRequests <= 0 || baselineRequests <= 0) return bets;
  const staked = bets.cash === 0 ? 0 : bets.cash * newlyStaked(on.staking, bets.seconds, window);
  const seconds = bets.seconds + window.seconds;
  const capital = bets.capital.slice();
  if (staked > 0) {
    for (let index = 0; index < capital.length; index += 1)
      capital[index] = (capital[index] as number) + staked * (on.stakes[index] as number);
  }
  const cash = bets.cash - staked;
  const events = candidateEvents + baselineEvents;
  if (events === 0) return { capital, cash, seconds };
  const gains = gainsOf(on, window, dilution);
  const raised = isNear(enough, { capital, cash })
    ? raise(enough, { capital, cash, gains }, on.nullRatio, window) ** certainty
    : 1;
  for (let index = 0; index < capital.length; index += 1) {
    const grown = growth(gains, index, candidateEvents, events);
    capital[index] = Math.min(MOST_CAPITAL, raised * (capital[index] as number) * grown);
  }
  return { capital, cash: raised * cash, seconds };
}

/** What each bet gains, in nats. */
interface Gains {
  byCandidateEvent: readonly number[];
  byEvent: Float64Array;
  /** Capping a factor can only make evidence smaller. */
  most: number;
}

function gainsOf(on: Alternatives, window: Window, dilution: number): Gains {
  const { candidateRequests, baselineRequests } = window;
  const most = on.mostLogGrowthPerSecond * Math.max(1, window.seconds);
  if (dilution === 1) {
    const byEvent = on.natsPerBaselineEvent(candidateRequests, baselineRequests);
    return { byCandidateEvent: on.logRatios, byEvent, most };
  }
  const times = on.ratios.map((ratio) => 1 + dilution * (ratio / on.nullRatio - 1));
  return {
    byCandidateEvent: times.map(Math.log),
    byEvent: Float64Array.from(times, (more) =>
      natsPerEvent(on.nullRatio, more * on.nullRatio, candidateRequests, baselineRequests),
    ),
    most,
  };
}

function growth(gains: Gains, index: number, candidateEvents: number, events: number): number {
  const nats =
    candidateEvents * (gains.byCandidateEvent[index] as number) +
    events * (gains.byEvent[index] as number);
  return Math.exp(Math.min(gains.most, nats));
}

/** From far below, one window hardly ever comes to more than enough. */
const FAR_BELOW = 20;

function isNear(enough: number, staked: Pick<Bets, "capital" | "cash">): boolean {
  if (enough === Number.POSITIVE_INFINITY) return false;
  const now = worth(staked);
  return now < enough && now > enough / FAR_BELOW;
}

function raise(
  enough: number,
  { capital, cash, gains }: { capital: readonly number[]; cash: number; gains: Gains },
  nullRatio: number,
  { candidateRequests, candidateEvents, baselineRequests, baselineEvents }: Window,
): number {
  const events = candidateEvents + baselineEvents;
  const causes = Math.max(1, Math.round(events));
  if (causes > MOST_CAUSES) return 1;
  const worthWith = (ofCandidate: number) =>
    capital.reduce(
      (sum, value, index) => sum + value * growth(gains, index, ofCandidate, events),
      cash,
    );
  const after = Array.from({ length: causes + 1 }, (_, one) => worthWith((one * events) / causes));
  const perCause = causes / events;
  const candidate = nullRatio * candidateRequests * perCause;
  return raisedUpTo(enough, after, { causes, candidate, baseline: baselineRequests * perCause });
}

/** All that the bets are worth: how many times over the null would have to be lucky. */
export function worth({ capital, cash }: Pick<Bets, "capital" | "cash">): number {
  let sum = cash;
  for (const value of capital) sum += value;
  return sum;
}
