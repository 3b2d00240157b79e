export const id = 419;
export const ids = [419];
export const modules = {

/***/ 2970:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cv: () => (/* binding */ about),
/* harmony export */   KN: () => (/* binding */ percent),
/* harmony export */   Y0: () => (/* binding */ timesTheRate),
/* harmony export */   uM: () => (/* binding */ share),
/* harmony export */   vj: () => (/* binding */ amount)
/* harmony export */ });
/* harmony import */ var _units_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5338);

/** Numbers and shares as people read them. */
function share({ requests, events }) {
    if (requests === 0)
        return "none of 0 requests";
    return `${events} of ${requests} requests (${percent(events / requests)})`;
}
function percent(fraction) {
    return `${Number((fraction * 100).toPrecision(2))} %`;
}
function amount(value) {
    if (value >= 1e6)
        return "over a million";
    if (value < 0.01)
        return "next to none";
    return `${Number(value.toPrecision(value >= 100 ? 3 : 2))}`;
}
/** How many times the rate; nothing where there is no rate to divide by. */
function timesTheRate(candidate, baseline) {
    if (candidate.requests === 0 || baseline.requests === 0 || baseline.events === 0)
        return "";
    const times = candidate.events / candidate.requests / (baseline.events / baseline.requests);
    const rounded = Number(times.toPrecision(2));
    return rounded === 1 ? ", the same rate" : `, ${rounded} times the rate`;
}
function about(seconds) {
    return `about ${(0,_units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(Math.max(1, Math.round(seconds)) * 1_000)}`;
}


/***/ }),

/***/ 5189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  vb: () => (/* binding */ chanceOfRise),
  Fx: () => (/* binding */ goodEnoughGrowth),
  LE: () => (/* binding */ natsToDetect),
  _6: () => (/* binding */ natsToPromote),
  RT: () => (/* binding */ passage),
  CA: () => (/* binding */ worseGrowth)
});

;// CONCATENATED MODULE: ./lib/verdict/forecast/normal.js
/** The normal distribution function, to seven digits (Abramowitz and Stegun 26.2.17). */
function normal(z) {
    const t = 1 / (1 + 0.2316419 * Math.abs(z));
    const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
        t *
        (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z > 0 ? 1 - tail : tail;
}

;// CONCATENATED MODULE: ./lib/verdict/forecast/forecast.js

const NO_GROWTH = { nats: 0, variance: 0 };
/** Growth of the evidence that the candidate is worse than tolerated. */
function worseGrowth(traffic) {
    const { toleratedRatio } = traffic.settings;
    const ratio = Math.min(traffic.ratio, 1 / traffic.errorRate);
    return ratio > toleratedRatio ? growth(traffic, ratio, toleratedRatio) : NO_GROWTH;
}
/** Growth of the evidence that it is good enough. */
function goodEnoughGrowth(traffic) {
    const { goodEnoughRatio } = traffic.settings;
    return traffic.ratio < goodEnoughRatio
        ? growth(traffic, traffic.ratio, goodEnoughRatio)
        : NO_GROWTH;
}
/** With `ratio` true and bet on, against a null of `nullRatio`. */
function growth(traffic, ratio, nullRatio) {
    const candidate = traffic.requestsPerSecond * traffic.weight;
    const baseline = traffic.requestsPerSecond * (traffic.baselineWeight ?? 1 - traffic.weight);
    if (candidate <= 0 || baseline <= 0 || traffic.errorRate <= 0)
        return NO_GROWTH;
    const shrink = Math.log((nullRatio * candidate + baseline) / (ratio * candidate + baseline));
    const perCandidateEvent = Math.log(ratio / nullRatio) + shrink;
    const candidateEvents = traffic.errorRate * ratio * candidate;
    const baselineEvents = traffic.errorRate * baseline;
    return {
        nats: candidateEvents * perCandidateEvent + baselineEvents * shrink,
        variance: candidateEvents * perCandidateEvent ** 2 + baselineEvents * shrink ** 2,
    };
}
/** Nats that the evidence needs, with what choosing among many alternatives and the last step cost. */
function natsToDetect({ alpha }) {
    return Math.log(1 / alpha) + 2;
}
function natsToPromote({ beta }) {
    return Math.log(1 / beta) + 1;
}
/** Whatever happens in one second does not decide: see `bets.ts`. */
const LEAST_SECONDS = 2;
function passage(nats, { nats: drift, variance }) {
    if (drift <= 0)
        return { meanSeconds: Infinity, p95Seconds: Infinity };
    const mean = nats / drift;
    const p95 = quantile(0.95, (seconds) => chanceWithin(seconds, nats, { nats: drift, variance }), mean);
    return { meanSeconds: Math.max(LEAST_SECONDS, mean), p95Seconds: Math.max(LEAST_SECONDS, p95) };
}
/** Chance that the walk has risen by `nats` within so many seconds (inverse Gaussian). */
function chanceWithin(seconds, nats, { nats: drift, variance }) {
    return chanceOfRise(drift * seconds, variance * seconds, nats);
}
/** Chance that a walk which ends at `mean` with `variance` ever was above `nats`. */
function chanceOfRise(mean, variance, nats) {
    if (variance <= 0)
        return 0;
    const deviation = Math.sqrt(variance);
    // The second term counts the walks that were above and came back.
    const exponent = Math.min(700, (2 * nats * mean) / variance);
    const back = Math.exp(exponent) * normal((-nats - mean) / deviation);
    return Math.min(1, normal((mean - nats) / deviation) + back);
}
function quantile(share, chance, from) {
    let low = 0;
    let high = from;
    while (chance(high) < share && high < from * 1e6)
        high *= 2;
    for (let round = 0; round < 60; round += 1) {
        const middle = (low + high) / 2;
        if (chance(middle) < share)
            low = middle;
        else
            high = middle;
    }
    return high;
}


/***/ }),

/***/ 8900:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Yl: () => (/* binding */ goodEnoughAlternatives),
  Dr: () => (/* binding */ openBets),
  G9: () => (/* binding */ settle),
  b0: () => (/* binding */ worseAlternatives),
  xj: () => (/* binding */ worth)
});

;// CONCATENATED MODULE: ./lib/verdict/metric/overshoot.js
/** With more causes no single one makes evidence jump by much. */
const MOST_CAUSES = 64;
/**
 * Evidence jumps: by the event that decides, it usually gets more than was needed, and all that is beyond that was won for
 * nothing. As no more than `enough` can be of use, what is worth more may be counted as just that, and all outcomes together be
 * raised by one factor until the mean is what it was (Fischer and Ramdas 2024, "Improving Wald's (approximate) sequential
 * probability ratio test by avoiding overshoot"). So the chance that a good release ever reaches `enough` stays below what Ville allows.
 *
 * `worth` is what the bets are worth when 0, 1, … of the causes are the candidate's; it never falls. Returns the factor, 1 or more:
 * the smaller one of what holds when requests fail by chance and when failures come by chance (binomial or Poisson counts).
 */
function raisedUpTo(enough, worth, draw) {
    const { causes, candidate, baseline } = draw;
    if ((worth[causes] ?? 0) <= enough)
        return 1;
    // Where so many fail, they are not rare events any more.
    if (causes >= Math.min(candidate, baseline))
        return 1;
    return Math.min(factor(enough, worth, chances(draw, 0)), factor(enough, worth, chances(draw, 1)));
}
function factor(enough, worth, chance) {
    const mean = chance.reduce((sum, one, events) => sum + one * (worth[events] ?? 0), 0);
    let below = mean;
    let above = 0;
    for (let first = worth.length - 1; first > 0; first -= 1) {
        above += chance[first] ?? 0;
        below -= (chance[first] ?? 0) * (worth[first] ?? 0);
        if (below <= 0)
            return 1;
        const raised = (mean - above * enough) / below;
        if (raised * (worth[first - 1] ?? 0) <= enough)
            return Math.max(1, raised);
    }
    return 1;
}
/** Of 0, 1, … causes of the candidate, when each cause `takes` so much (0 or 1) of what there could be. */
function chances({ causes, candidate, baseline }, takes) {
    let none = 1;
    for (let one = 0; one < causes; one += 1)
        none *= (baseline - takes * one) / (candidate + baseline - takes * one);
    const all = [none];
    for (let events = 1; events <= causes; events += 1) {
        const odds = (candidate - takes * (events - 1)) / (baseline - takes * (causes - events));
        all.push(((all[events - 1] ?? 0) * odds * (causes - events + 1)) / events);
    }
    return all;
}

;// CONCATENATED MODULE: ./lib/verdict/metric/bets.js

const PLAIN = { dilution: 1, enough: Number.POSITIVE_INFINITY, certainty: 1 };
/**
 * Each alternative is this many times as bad as the one before. A bet on what is not quite the true ratio grows
 * almost as fast as one that is, and more of them would have to share the stakes.
 */
const SPACING = 3.1;
const WORST_EXCESS = 24;
/** What is kept back is for faults that begin late, and those are compared with all that was good before. */
const NEARLY_ALL_AT_ONCE = { atOnce: 0.9, halfStakedSeconds: 300 };
/** The least excess shows only where there is much traffic, and there the evidence comes quickly anyway. */
const STAKE_ON_LEAST = 0.5;
/** Faults of some few times the usual rate are the most common, and cost the most until they are found. */
const FEW_TIMES = { from: 1.5, to: 12, stake: 1.2 };
/**
 * Excesses over the tolerated ratio, log-spaced from `leastExcess` on. One second alone does not decide, whatever
 * happens in it: a freak (a retry storm, a network blip) is over in less. So no bet grows by quite 1/alpha in one.
 */
function worseAlternatives(nullRatio, leastExcess, alpha) {
    const span = Math.log(WORST_EXCESS / leastExcess);
    const steps = Math.max(1, Math.round(span / Math.log(SPACING)));
    const ratios = Array.from({ length: steps + 1 }, (_, index) => nullRatio * (1 + leastExcess * Math.exp((span * index) / steps)));
    const wanted = ratios.map((ratio, index) => {
        if (index === 0)
            return STAKE_ON_LEAST;
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
function goodEnoughAlternatives(nullRatio) {
    const ratios = [0.8, 0.53, 0.35, 0.23, 0.15].map((part) => nullRatio * part);
    const belief = ratios.map((ratio) => Math.exp(-2 * Math.log(ratio) ** 2));
    return {
        ...alternatives(nullRatio, ratios, normalised(belief)),
        staking: ALL_AT_ONCE,
        mostLogGrowthPerSecond: MOST_LOG_GROWTH_OF_GOOD,
    };
}
const ALL_AT_ONCE = { atOnce: 1, halfStakedSeconds: 0 };
const MOST_LOG_GROWTH_OF_GOOD = 4;
function normalised(wanted) {
    const sum = wanted.reduce((total, value) => total + value, 0);
    return wanted.map((value) => value / sum);
}
function alternatives(nullRatio, ratios, stakes) {
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
function remembered(nullRatio, ratios) {
    const nats = new Float64Array(ratios.length);
    let candidate = Number.NaN;
    let baseline = Number.NaN;
    return (candidateRequests, baselineRequests) => {
        if (candidateRequests === candidate && baselineRequests === baseline)
            return nats;
        candidate = candidateRequests;
        baseline = baselineRequests;
        for (let index = 0; index < nats.length; index += 1) {
            nats[index] = natsPerEvent(nullRatio, ratios[index], candidate, baseline);
        }
        return nats;
    };
}
function natsPerEvent(nullRatio, ratio, candidateRequests, baselineRequests) {
    const underNull = nullRatio * candidateRequests + baselineRequests;
    return Math.log(underNull / (ratio * candidateRequests + baselineRequests));
}
function openBets({ stakes, staking: { atOnce } }) {
    return { capital: stakes.map((stake) => stake * atOnce), cash: 1 - atOnce, seconds: 0 };
}
/** What share of the cash is staked anew: much at a new weight, and else ever less as time goes on. */
const STAKED_AT_STEP = 0.2;
function newlyStaked({ halfStakedSeconds }, seconds, window) {
    if (seconds === 0)
        return 0;
    const byTime = Math.min(0.5, window.seconds / (seconds + halfStakedSeconds));
    return window.isNewStep ? Math.max(STAKED_AT_STEP, byTime) : byTime;
}
/** JSON has no infinity. */
const MOST_CAPITAL = 1e200;
/** The bets after one window. One without traffic on either arm is no evidence. */
function settle(bets, on, window, { dilution, enough, certainty } = PLAIN) {
    const { candidateRequests, baselineRequests, candidateEvents, baselineEvents } = window;
    if (candidateRequests <= 0 || baselineRequests <= 0)
        return bets;
    const staked = bets.cash === 0 ? 0 : bets.cash * newlyStaked(on.staking, bets.seconds, window);
    const seconds = bets.seconds + window.seconds;
    const capital = bets.capital.slice();
    if (staked > 0) {
        for (let index = 0; index < capital.length; index += 1)
            capital[index] = capital[index] + staked * on.stakes[index];
    }
    const cash = bets.cash - staked;
    const events = candidateEvents + baselineEvents;
    if (events === 0)
        return { capital, cash, seconds };
    const gains = gainsOf(on, window, dilution);
    const raised = isNear(enough, { capital, cash })
        ? raise(enough, { capital, cash, gains }, on.nullRatio, window) ** certainty
        : 1;
    for (let index = 0; index < capital.length; index += 1) {
        const grown = growth(gains, index, candidateEvents, events);
        capital[index] = Math.min(MOST_CAPITAL, raised * capital[index] * grown);
    }
    return { capital, cash: raised * cash, seconds };
}
function gainsOf(on, window, dilution) {
    const { candidateRequests, baselineRequests } = window;
    const most = on.mostLogGrowthPerSecond * Math.max(1, window.seconds);
    if (dilution === 1) {
        const byEvent = on.natsPerBaselineEvent(candidateRequests, baselineRequests);
        return { byCandidateEvent: on.logRatios, byEvent, most };
    }
    const times = on.ratios.map((ratio) => 1 + dilution * (ratio / on.nullRatio - 1));
    return {
        byCandidateEvent: times.map(Math.log),
        byEvent: Float64Array.from(times, (more) => natsPerEvent(on.nullRatio, more * on.nullRatio, candidateRequests, baselineRequests)),
        most,
    };
}
function growth(gains, index, candidateEvents, events) {
    const nats = candidateEvents * gains.byCandidateEvent[index] +
        events * gains.byEvent[index];
    return Math.exp(Math.min(gains.most, nats));
}
/** From far below, one window hardly ever comes to more than enough. */
const FAR_BELOW = 20;
function isNear(enough, staked) {
    if (enough === Number.POSITIVE_INFINITY)
        return false;
    const now = worth(staked);
    return now < enough && now > enough / FAR_BELOW;
}
function raise(enough, { capital, cash, gains }, nullRatio, { candidateRequests, candidateEvents, baselineRequests, baselineEvents }) {
    const events = candidateEvents + baselineEvents;
    const causes = Math.max(1, Math.round(events));
    if (causes > MOST_CAUSES)
        return 1;
    const worthWith = (ofCandidate) => capital.reduce((sum, value, index) => sum + value * growth(gains, index, ofCandidate, events), cash);
    const after = Array.from({ length: causes + 1 }, (_, one) => worthWith((one * events) / causes));
    const perCause = causes / events;
    const candidate = nullRatio * candidateRequests * perCause;
    return raisedUpTo(enough, after, { causes, candidate, baseline: baselineRequests * perCause });
}
/** All that the bets are worth: how many times over the null would have to be lucky. */
function worth({ capital, cash }) {
    let sum = cash;
    for (const value of capital)
        sum += value;
    return sum;
}


/***/ }),

/***/ 3785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   XM: () => (/* binding */ openDilution),
/* harmony export */   gg: () => (/* binding */ watchDilution),
/* harmony export */   wY: () => (/* binding */ dilutionOf)
/* harmony export */ });
/** Null: nothing is known of what is usual. */
function openDilution(past) {
    if (past.requests <= 0)
        return null;
    // None in so many is no proof that there never are any.
    const usualShare = (past.events + 0.5) / past.requests;
    return { usualShare, recent: { requests: 0, events: 0 } };
}
/** Half of what was counted is forgotten after five seconds or so. */
const MEMORY_SECONDS = 8;
function watchDilution(known, window, seconds) {
    const kept = Math.exp(-seconds / MEMORY_SECONDS);
    const requests = kept * (known.recent.requests + window.requests);
    const events = kept * (known.recent.events + window.events);
    return { usualShare: known.usualShare, recent: { requests, events } };
}
/** Until fresh processes have shown how many they fail, it is taken for so many times what is usual. */
const COLD_AT_FIRST = 10;
/** Where hardly any fail usually, a fault of many times that is still nothing beside a cold start: others are looked for there. */
const MOST_DILUTED = 0.1;
/** The usual share of failures over the one now, at most 1. */
function dilutionOf(known) {
    if (!known)
        return 1;
    const { usualShare, recent } = known;
    const cold = (recent.events + 1) / (recent.requests + 1 / (COLD_AT_FIRST * usualShare));
    return Math.min(1, Math.max(MOST_DILUTED, usualShare / cold));
}


/***/ }),

/***/ 8977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H7: () => (/* binding */ clumpSize),
/* harmony export */   LJ: () => (/* binding */ begunAnew),
/* harmony export */   he: () => (/* binding */ learnOfCandidate),
/* harmony export */   kH: () => (/* binding */ persistence),
/* harmony export */   m8: () => (/* binding */ UNKNOWN_DISPERSION),
/* harmony export */   nB: () => (/* binding */ learn),
/* harmony export */   sB: () => (/* binding */ learnOfFresh),
/* harmony export */   tY: () => (/* binding */ plus),
/* harmony export */   zP: () => (/* binding */ isSparse),
/* harmony export */   zX: () => (/* binding */ causesPerBusyWindow)
/* harmony export */ });
const NOTHING = { requests: 0, events: 0 };
const NO_SQUARES = { squares: 0, events: 0, pairs: 0 };
const NO_BLOCK = { requests: 0, events: 0, windows: 0 };
/** Windows in a block, and blocks in each half of a contrast: 5, 10 and 20 windows. */
const BLOCK_WINDOWS = 5;
const SCALES = [1, 2, 4];
const MOST_BLOCKS = 8;
/** Before anything was seen, a window may be busy or not. */
const UNKNOWN_SHARE = 0.5;
const UNKNOWN_DISPERSION = {
    before: NOTHING,
    candidateBefore: NOTHING,
    single: NO_SQUARES,
    block: NO_BLOCK,
    blocks: [],
    scales: SCALES.map(() => NO_SQUARES),
    seen: NOTHING,
    busy: 0,
    candidateBusy: 0,
    windows: 0,
    busyShare: UNKNOWN_SHARE,
};
const MEMORY_WINDOWS = 60;
/** Takes in one window of stable. */
function learn(known, window) {
    if (window.requests <= 0)
        return known;
    const { block, blocks, scales } = known;
    const requests = block.requests + window.requests;
    const events = block.events + window.events;
    const windows = block.windows + 1;
    if (windows < BLOCK_WINDOWS)
        return withWindow(known, window, { requests, events, windows }, blocks, scales);
    const finished = [...blocks, { requests, events }].slice(-MOST_BLOCKS);
    const contrasted = scales.map((sums, index) => contrast(sums, finished, SCALES[index] ?? 1));
    return withWindow(known, window, NO_BLOCK, finished, contrasted);
}
/**
 * Takes in one window of fresh processes. That they become warm looks like a cause that lasts for many windows, but
 * the candidate becomes warm beside them: how long causes last is known from stable's own past alone.
 */
function learnOfFresh(known, window) {
    if (window.requests <= 0)
        return known;
    return withWindow(known, window, known.block, known.blocks, known.scales);
}
/** Written out, here and below: millions of windows go through it, and copying key by key takes longer. */
function withWindow(known, window, block, blocks, scales) {
    const isBusy = window.events > 0 ? 1 : 0;
    const memory = Math.min(known.windows + 2, MEMORY_WINDOWS);
    return {
        before: window,
        candidateBefore: known.candidateBefore,
        single: compare(known.single, known.before, window),
        block,
        blocks,
        scales,
        seen: plus(known.seen, window),
        busy: known.busy + isBusy,
        candidateBusy: known.candidateBusy,
        windows: known.windows + 1,
        busyShare: known.busyShare + (isBusy - known.busyShare) / memory,
    };
}
/**
 * Takes in one window of the candidate. However often it fails, how much its successive windows differ tells how
 * clumped its errors are; how long their causes last is known from stable alone.
 */
function learnOfCandidate(known, window) {
    if (window.requests <= 0)
        return known;
    return {
        before: known.before,
        candidateBefore: window,
        single: compare(known.single, known.candidateBefore, window),
        block: known.block,
        blocks: known.blocks,
        scales: known.scales,
        seen: known.seen,
        busy: known.busy,
        candidateBusy: known.candidateBusy + (window.events > 0 ? 1 : 0),
        windows: known.windows,
        busyShare: known.busyShare,
    };
}
/** What comes next is of other processes, or of another time: nothing to difference with. */
function begunAnew(known) {
    return {
        ...known,
        before: NOTHING,
        candidateBefore: NOTHING,
        block: NO_BLOCK,
        blocks: [],
    };
}
/** Both together. */
function plus(a, b) {
    return { requests: a.requests + b.requests, events: a.events + b.events };
}
/** The last `length` blocks against as many before them. */
function contrast(sums, blocks, length) {
    if (blocks.length < 2 * length)
        return sums;
    const end = blocks.length;
    const before = together(blocks, end - 2 * length, end - length);
    return compare(sums, before, together(blocks, end - length, end));
}
function together(blocks, from, to) {
    let requests = 0;
    let events = 0;
    for (let index = from; index < to; index += 1) {
        requests += blocks[index]?.requests ?? 0;
        events += blocks[index]?.events ?? 0;
    }
    return { requests, events };
}
/** With one rate q behind both: E(squares) = φ·q·(n+m), E(events) = q·(n+m). */
function compare(sums, a, b) {
    if (a.requests <= 0 || b.requests <= 0)
        return sums;
    const contrast = b.events * a.requests - a.events * b.requests;
    return {
        squares: sums.squares + (contrast * contrast) / (a.requests * b.requests),
        events: sums.events + a.events + b.events,
        pairs: sums.pairs + 1,
    };
}
/**
 * φ: variance over mean of the events in a window, with a margin on what it is above 1, and pulled towards
 * `assumed` while little has been seen.
 */
function clumpSize(known, assumed, margin) {
    const seen = factor(known.single);
    const likely = likelyClump(known, assumed);
    const busy = known.busy + known.candidateBusy;
    const careful = seen + (margin + MARGIN_WINDOWS / (1 + busy)) * (seen - 1);
    const most = Math.max(likely, seen + margin * (seen - 1));
    return tempered(likely, Math.min(careful, most), busy);
}
/** Clumps are hardly larger than what a busy window holds: ten at once do not look like windows with two each. */
function likelyClump({ seen, busy }, assumed) {
    if (busy < LEAST_BUSY)
        return assumed;
    return Math.min(assumed, Math.max(1, (CLUMP_PER_WINDOW * seen.events) / busy));
}
const LEAST_BUSY = 2;
/** Their sizes vary, and the large ones count for more. */
const CLUMP_PER_WINDOW = 2;
/**
 * How much longer than one window the causes last, as the scale says that clearly says most; 1 when none does.
 * Pulled towards `assumed` while little has been seen.
 */
function persistence(known, assumed) {
    const single = factor(known.single);
    let seen = 1;
    for (let index = 0; index < known.scales.length; index += 1) {
        const sums = known.scales[index];
        const looks = Math.min(sums.pairs, known.busy) / (SCALES[index] ?? 1);
        const ratio = factor(sums) / single;
        if (looks > 0 && ratio > 1 + 2 * Math.sqrt(3 / looks)) {
            seen = Math.max(seen, ratio + BLOCK_MARGIN * (ratio - 1));
        }
    }
    return tempered(assumed, seen, known.busy);
}
/** While few busy windows were seen, that they look less clumped than they are may be luck. */
const MARGIN_WINDOWS = 8;
/** A cause that runs on from one block into the next is missing from the contrast between them. */
const BLOCK_MARGIN = 0.5;
/** What is assumed counts for as much as so many busy windows that were seen. */
const ASSUMPTION_WINDOWS = 0.4;
function tempered(assumed, seen, busyWindows) {
    return (ASSUMPTION_WINDOWS * assumed + busyWindows * seen) / (ASSUMPTION_WINDOWS + busyWindows);
}
function factor({ squares, events }) {
    return events > 0 ? Math.max(1, squares / events) : 1;
}
/** Events are so rare that those of one window have one cause. */
function isSparse(known) {
    return known.busyShare <= 0.3;
}
/** Causes per busy window when a share of all windows is busy: -ln(1-p)/p of a Poisson stream. */
function causesPerBusyWindow(busyShare) {
    const share = Math.min(busyShare, 0.9);
    return share > 0 ? -Math.log1p(-share) / share : 1;
}


/***/ }),

/***/ 8702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ib: () => (/* binding */ edgeMetric),
/* harmony export */   Mk: () => (/* binding */ latencyQuestions),
/* harmony export */   Nk: () => (/* binding */ readMetric),
/* harmony export */   fu: () => (/* binding */ errorsQuestions),
/* harmony export */   hj: () => (/* binding */ kindMetric),
/* harmony export */   s2: () => (/* binding */ ALL_ERRORS),
/* harmony export */   uX: () => (/* binding */ errorsAlternatives)
/* harmony export */ });
/* harmony import */ var _bets_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8900);

/** Errors of all kinds together are always judged. */
const ALL_ERRORS = "errors";
function kindMetric(kind) {
    return `errors:${kind}`;
}
const edgeMetric = remembered((edge) => `latency:${edge}`);
/** What a metric's name says. */
const readMetric = remembered((metric) => {
    const colon = metric.indexOf(":");
    if (colon < 0)
        return { of: "errors" };
    const rest = metric.slice(colon + 1);
    return metric.startsWith("latency:")
        ? { of: "edge", edge: Number(rest) }
        : { of: "kind", kind: rest };
});
/** The least excess that is bet on: small for latency, whose events are many. */
const LEAST_EXCESS = { errors: 0.25, latency: 0.03 };
const WORSE = {
    errors: worseThan(LEAST_EXCESS.errors),
    latency: worseThan(LEAST_EXCESS.latency),
};
/** By alpha and the tolerated ratio. */
function worseThan(leastExcess) {
    return remembered((alpha) => remembered((ratio) => (0,_bets_js__WEBPACK_IMPORTED_MODULE_0__/* .worseAlternatives */ .b0)(ratio, leastExcess, alpha)));
}
function errorsAlternatives({ alpha, toleratedRatio, }) {
    return WORSE.errors(alpha)(toleratedRatio);
}
const GOOD_ALTERNATIVES = remembered(_bets_js__WEBPACK_IMPORTED_MODULE_0__/* .goodEnoughAlternatives */ .Yl);
const errorsQuestions = asked(errorsAlternatives);
const latencyQuestions = asked(({ alpha, toleratedSlowRatio }) => WORSE.latency(alpha)(toleratedSlowRatio));
/** The same of the same settings: they are asked for at every window. */
function asked(worse) {
    const both = new WeakMap();
    return (settings) => {
        let made = both.get(settings);
        if (!made) {
            const all = {
                worse: worse(settings),
                good: GOOD_ALTERNATIVES(settings.goodEnoughRatio),
                assumedClump: settings.assumedClump,
                isFresh: settings.baseline === "fresh",
            };
            made = { all, worseAlone: { ...all, good: null } };
            both.set(settings, made);
        }
        return made;
    };
}
/** The same few are asked for at every window. */
function remembered(make) {
    const made = new Map();
    return (key) => {
        const known = made.get(key);
        if (known !== undefined)
            return known;
        if (made.size >= 64)
            made.clear();
        const fresh = make(key);
        made.set(key, fresh);
        return fresh;
    };
}


/***/ }),

/***/ 4098:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ab: () => (/* binding */ againstWorse),
  S4: () => (/* binding */ judge),
  et: () => (/* binding */ learnBaseline),
  fv: () => (/* binding */ openStream),
  uF: () => (/* binding */ unitOf),
  zg: () => (/* binding */ watchBaseline)
});

// EXTERNAL MODULE: ./lib/verdict/metric/bets.js + 1 modules
var bets = __webpack_require__(8900);
// EXTERNAL MODULE: ./lib/verdict/metric/dilution.js
var metric_dilution = __webpack_require__(3785);
// EXTERNAL MODULE: ./lib/verdict/metric/dispersion.js
var metric_dispersion = __webpack_require__(8977);
;// CONCATENATED MODULE: ./lib/verdict/metric/outage.js

/** An outage fails this share of requests, and so many times the usual. */
const LEAST_SHARE = 0.2;
const TIMES_THE_USUAL = 10;
/** What is usual has to be known. */
const LEAST_KNOWN_WINDOWS = 30;
/** What is over sooner is a clump. */
const LEAST_WINDOWS = 3;
const CALM_WINDOWS = 5;
/** Takes in one window of stable. */
function learnBesideOutages({ dispersion, outage }, window) {
    if (window.requests <= 0)
        return { dispersion, outage };
    const learned = (0,metric_dispersion/* learn */.nB)(dispersion, window);
    const calm = outage?.calm ?? dispersion;
    if (isBroken(calm, window))
        return {
            dispersion: learned,
            outage: { calm, windows: (outage?.windows ?? 0) + 1, calmWindows: 0 },
        };
    if (!outage)
        return { dispersion: learned, outage };
    const calmWindows = outage.calmWindows + 1;
    if (calmWindows < CALM_WINDOWS)
        return { dispersion: learned, outage: { ...outage, calmWindows } };
    const after = outage.windows < LEAST_WINDOWS ? learned : (0,metric_dispersion/* begunAnew */.LJ)(calm);
    return { dispersion: after, outage: null };
}
function isBroken({ seen, windows }, { requests, events }) {
    if (windows < LEAST_KNOWN_WINDOWS || events < LEAST_SHARE * requests)
        return false;
    return events * seen.requests > TIMES_THE_USUAL * seen.events * requests;
}

;// CONCATENATED MODULE: ./lib/verdict/metric/stream.js




const NOTHING = { requests: 0, events: 0 };
function openStream({ worse, good }) {
    return {
        dispersion: metric_dispersion/* UNKNOWN_DISPERSION */.m8,
        outage: null,
        dilution: null,
        candidateBusyShare: 0,
        worse: (0,bets/* openBets */.Dr)(worse),
        good: good && (0,bets/* openBets */.Dr)(good),
        seen: { candidate: NOTHING, baseline: NOTHING },
    };
}
/** What the baseline shows of how clumped its events are, while something is compared with it. */
function learnBaseline(stream, question, baseline) {
    return withLearned(stream, learnedOfBaseline(stream, question, baseline));
}
/** Stable alone: nothing to compare, but how clumped its events are is learned. */
function watchBaseline(stream, baseline) {
    return withLearned(stream, learnBesideOutages(stream, baseline));
}
function learnedOfBaseline(stream, { isFresh }, baseline) {
    if (!isFresh)
        return learnBesideOutages(stream, baseline);
    return { dispersion: (0,metric_dispersion/* learnOfFresh */.sB)(stream.dispersion, baseline), outage: stream.outage };
}
function withLearned(stream, { dispersion, outage }) {
    const { dilution, candidateBusyShare, worse, good, seen } = stream;
    return { dispersion, outage, dilution, candidateBusyShare, worse, good, seen };
}
/** `enough` is what this stream's evidence has to be worth to decide alone. */
function judge(stream, question, enough, window) {
    const { candidate, baseline } = window;
    if (candidate.requests <= 0)
        return learnBaseline(stream, question, baseline);
    const unit = unitOf(stream.dispersion, question.assumedClump);
    const learned = learnedOfBaseline(stream, question, baseline);
    const { dilution, good, seen, candidateBusyShare } = stream;
    const isBusy = candidate.events > 0 ? 1 : 0;
    return {
        dispersion: (0,metric_dispersion/* learnOfCandidate */.he)(learned.dispersion, candidate),
        outage: learned.outage,
        dilution: dilution && (0,metric_dilution/* watchDilution */.gg)(dilution, baseline, window.seconds),
        candidateBusyShare: candidateBusyShare + (isBusy - candidateBusyShare) / BUSY_MEMORY,
        worse: (0,bets/* settle */.G9)(stream.worse, question.worse, againstWorse(window, unit), {
            dilution: (0,metric_dilution/* dilutionOf */.wY)(dilution),
            enough,
            certainty: 1 / (unit.clump * unit.persistence),
        }),
        good: good && question.good
            ? (0,bets/* settle */.G9)(good, question.good, againstGood(window, unit, candidateBusyShare))
            : good,
        seen: { candidate: (0,metric_dispersion/* plus */.tY)(seen.candidate, candidate), baseline: (0,metric_dispersion/* plus */.tY)(seen.baseline, baseline) },
    };
}
const BUSY_MEMORY = 60;
/**
 * Causes are taken to last this many windows until stable has shown how long they do; not more than the errors that
 * one is taken to make.
 */
const ASSUMED_PERSISTENCE = 3;
/**
 * Clumps vary in size, and a large one must not pass for several causes. Where events are rare each busy window is
 * a cause anyway, so that the margin costs little.
 */
const MARGIN = { sparse: 0.3, dense: 0.04 };
function unitOf(dispersion, assumedClump) {
    const sparse = (0,metric_dispersion/* isSparse */.zP)(dispersion);
    const margin = sparse ? MARGIN.sparse : MARGIN.dense;
    return {
        clump: (0,metric_dispersion/* clumpSize */.H7)(dispersion, assumedClump, margin),
        persistence: (0,metric_dispersion/* persistence */.kH)(dispersion, Math.min(ASSUMED_PERSISTENCE, assumedClump)),
        isSparse: sparse,
        busyShare: dispersion.busyShare,
    };
}
/** Independent causes behind a window's events: where events are rare, those of one window have one cause. */
function causes(events, unit) {
    if (events === 0)
        return 0;
    const clumps = events / unit.clump;
    return (unit.isSparse ? Math.max(1, clumps) : clumps) / unit.persistence;
}
/** What a busy window may hide of a second cause is charged to the side that would profit. */
function againstWorse(window, unit) {
    const hidden = unit.isSparse ? (0,metric_dispersion/* causesPerBusyWindow */.zX)(unit.busyShare) : 1;
    const candidateEvents = causes(window.candidate.events, unit);
    return betOn(window, candidateEvents, causes(window.baseline.events, unit) * hidden);
}
function againstGood(window, unit, candidateBusyShare) {
    const hidden = unit.isSparse ? (0,metric_dispersion/* causesPerBusyWindow */.zX)(candidateBusyShare) : 1;
    const candidateEvents = causes(window.candidate.events, unit) * hidden;
    return betOn(window, candidateEvents, causes(window.baseline.events, unit));
}
function betOn({ candidate, baseline, seconds, isNewStep }, candidateEvents, baselineEvents) {
    return {
        candidateRequests: candidate.requests,
        candidateEvents,
        baselineRequests: baseline.requests,
        baselineEvents,
        seconds,
        isNewStep,
    };
}


/***/ }),

/***/ 7419:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  CS: () => (/* reexport */ VERDICT_SCHEMA),
  $b: () => (/* reexport */ baselineShare),
  RR: () => (/* binding */ beginVerdict),
  kA: () => (/* reexport */ controlFired),
  UX: () => (/* reexport */ expectedSecondsToDetect),
  vj: () => (/* reexport */ expectedSecondsToPromote),
  qR: () => (/* reexport */ goodEnoughParts),
  WC: () => (/* reexport */ nameOfBaseline),
  lB: () => (/* binding */ observe)
});

// UNUSED EXPORTS: DEFAULT_SETTINGS, explainState, observeBriefly

;// CONCATENATED MODULE: ./lib/verdict/reading/difference.js
const MISSING = { kind: "missing" };
/** A window after a restart may have been this much busier than the one before. */
const PLAUSIBLE_SURGE = 3;
const ALWAYS_PLAUSIBLE_REQUESTS = 100;
function difference(before, now, usualRequests) {
    if (!before || !now || !areCounts(before) || !areCounts(now))
        return MISSING;
    if (!hasRestarted(before, now)) {
        const requests = now.requests - before.requests;
        // Errors may be counted a moment before their requests are.
        const errors = Math.min(requests, now.errors - before.errors);
        return { kind: "counted", requests, errors, restarted: false };
    }
    const mostPlausible = Math.max(ALWAYS_PLAUSIBLE_REQUESTS, PLAUSIBLE_SURGE * usualRequests);
    if (now.requests > mostPlausible)
        return { kind: "restarted" };
    const errors = Math.min(now.requests, now.errors);
    return { kind: "counted", requests: now.requests, errors, restarted: true };
}
function hasRestarted(before, now) {
    return now.requests < before.requests || now.errors < before.errors;
}
/** A reading that is no number is no reading. */
function isUsable(counters) {
    const { latency } = counters;
    return areCounts(counters) && (latency === undefined || isHistogram(latency));
}
function areCounts({ requests, errors }) {
    return isCount(requests) && isCount(errors);
}
function isHistogram({ le, counts }) {
    if (counts.length !== le.length + 1)
        return false;
    let before = 0;
    for (let index = 0; index < counts.length; index += 1) {
        const count = counts[index];
        // Also false when it is NaN.
        if (!(count >= before))
            return false;
        before = count;
    }
    return before < Number.POSITIVE_INFINITY;
}
function isCount(value) {
    return Number.isFinite(value) && value >= 0;
}

;// CONCATENATED MODULE: ./lib/verdict/reading/latency.js
/**
 * Latency is judged at edges of the histogram: how many requests were slower than stable's usual p50, p90, p99
 * and p99.9, as near as the edges come. A shift of everything shows at the first, a longer tail at the last.
 */
const WANTED_SLOW_SHARES = [0.5, 0.1, 0.01, 0.001];
/** So many tell where the p99.9 is; once the comparison begins, fewer have to do. */
const ENOUGH_REQUESTS = 10_000;
const LEAST_REQUESTS = 200;
/** An edge whose share is further from the wanted one than this factor stands for another quantile. */
const NEAR_ENOUGH = 4;
/** Chosen from what stable counted before the window that they are first used in; empty: not known yet. */
function chooseEdges({ latency: histogram }, isComparing) {
    const all = histogram?.counts.at(-1) ?? 0;
    if (!histogram || all < (isComparing ? LEAST_REQUESTS : ENOUGH_REQUESTS))
        return [];
    const chosen = WANTED_SLOW_SHARES.flatMap((wanted) => nearestEdge(histogram, all, wanted));
    return [...new Set(chosen)].sort((a, b) => a - b);
}
/** What is slow to a warm process is usual to a cold one: so many times the last edge that was chosen. */
const OUTER_FACTORS = [4, 16];
/** Edges of the histogram further out than those that were chosen; none where none were. */
function outerEdges({ latency }, chosen) {
    const last = chosen.at(-1);
    if (!latency || last === undefined)
        return [];
    const found = OUTER_FACTORS.flatMap((factor) => latency.le.find((edge) => edge >= factor * last * (1 - 1e-9)) ?? []);
    return [...new Set(found)];
}
/** Where good latency is shown: the first edge that clearly less than half of stable's requests exceed. */
function goodEdgeOf(baseline, edges) {
    const histogram = baseline.latency;
    const all = histogram?.counts.at(-1) ?? 0;
    if (!histogram)
        return null;
    return edges.find((edge) => (slowerThan(histogram, edge) ?? all) < 0.3 * all) ?? null;
}
function nearestEdge({ le, counts }, all, wanted) {
    const distance = (index) => {
        const slow = (all - counts[index]) / all;
        // Slow and fast alike: an edge that all exceed is as useless as one that none does.
        return Math.abs(Math.log((slow * (1 - wanted)) / (wanted * (1 - slow))));
    };
    const best = le
        .map((edge, index) => ({ edge, distance: distance(index) }))
        .reduce((a, b) => (b.distance < a.distance ? b : a), { edge: 0, distance: Number.MAX_VALUE });
    return best.distance <= Math.log(NEAR_ENOUGH) ? [best.edge] : [];
}
/**
 * How many requests took longer than `edge`. The histogram need not have that edge, as long as nothing fell
 * into the bucket around it (native histograms grow buckets as they are filled); else it cannot be known.
 */
function slowerThan({ le, counts }, edge) {
    const all = counts.at(-1) ?? 0;
    let index = 0;
    while (index < le.length && le[index] < edge * (1 - 1e-9))
        index += 1;
    const upTo = counts[index] ?? all;
    if (index < le.length && le[index] <= edge * (1 + 1e-9))
        return all - upTo;
    const below = index === 0 ? 0 : counts[index - 1];
    return upTo === below ? all - upTo : null;
}
/** Requests and slow ones between two readings of one process; null when they cannot be told. */
function slowTally(before, now, edge) {
    if (!now.latency)
        return null;
    const slowNow = slowerThan(now.latency, edge);
    const allNow = now.latency.counts.at(-1) ?? 0;
    if (before === null)
        return slowNow === null ? null : { requests: allNow, events: slowNow };
    if (!before.latency)
        return null;
    const slowBefore = slowerThan(before.latency, edge);
    if (slowNow === null || slowBefore === null)
        return null;
    const requests = allNow - (before.latency.counts.at(-1) ?? 0);
    const events = slowNow - slowBefore;
    return requests >= 0 && events >= 0 && events <= requests ? { requests, events } : null;
}

;// CONCATENATED MODULE: ./lib/verdict/reading/reading.js


function count(before, now, usualRequests) {
    const found = difference(before, now, usualRequests);
    if (found.kind !== "counted" || !before || !now)
        return null;
    const { requests, errors, restarted } = found;
    const since = restarted ? null : before;
    return {
        requests,
        errors,
        restarted,
        tally: { requests, events: errors },
        kind(name) {
            // A reading that did not count kinds does not say that there were none.
            if (!now.kinds || (since && !since.kinds))
                return null;
            const events = (now.kinds?.[name] ?? 0) - (since?.kinds?.[name] ?? 0);
            return events >= 0 ? { requests, events: Math.min(events, requests) } : null;
        },
        slower: (edge) => slowTally(since, now, edge),
    };
}
/** A reading, unless stable's is missing, or the candidate's while it has traffic. */
function readingOf(sample) {
    const { t, baseline, instances } = sample;
    if (!baseline || !isUsable(baseline))
        return null;
    const candidate = sample.candidate && isUsable(sample.candidate) ? sample.candidate : null;
    if (!candidate && sample.weight > 0)
        return null;
    return { t, candidate, baseline, instances: instances ?? null };
}
/** Errors by instance, for those that were read both times. */
function countInstances(before, now) {
    const tallies = {};
    for (const [name, counters] of Object.entries(now ?? {})) {
        const counted = count(before?.[name] ?? null, counters, 0);
        if (counted)
            tallies[name] = counted.tally;
    }
    return tallies;
}

;// CONCATENATED MODULE: ./lib/verdict/breaker.js

function openBreakers(breakers) {
    return { last: null, recent: breakers.map(() => []) };
}
/** At most this many windows are remembered per breaker. */
const MOST_WINDOWS = 600;
function watchBreakers(watch, breakers, sample) {
    const { t, candidate } = sample;
    if (breakers.length === 0 || !candidate)
        return watch;
    if (watch.last && t <= watch.last.t)
        return watch;
    const last = { t, candidate };
    const counted = count(watch.last?.candidate ?? null, candidate, Number.MAX_VALUE);
    if (!counted)
        return { ...watch, last };
    const recent = breakers.map((breaker, index) => {
        const since = t - breaker.overSeconds;
        const kept = (watch.recent[index] ?? []).filter((window) => window.t > since);
        const tally = breaker.bad === "errors" ? counted.tally : counted.slower(breaker.bad.slowerThanSeconds);
        return tally ? [...kept, { t, ...tally }].slice(-MOST_WINDOWS) : kept;
    });
    return { last, recent };
}
/** What the first breaker that trips found, in words; null when none does. */
function trippedBreaker(watch, breakers) {
    for (const [index, breaker] of breakers.entries()) {
        const windows = watch.recent[index] ?? [];
        const requests = windows.reduce((sum, window) => sum + window.requests, 0);
        const events = windows.reduce((sum, window) => sum + window.events, 0);
        if (requests >= breaker.minRequests && events > breaker.above * requests) {
            return `${events} of the candidate's ${requests} requests in the last ${breaker.overSeconds} s ${words(breaker)}, and ${percent(breaker.above)} is the limit`;
        }
    }
    return null;
}
function words({ bad }) {
    return bad === "errors" ? "failed" : `took longer than ${bad.slowerThanSeconds} s`;
}
function percent(share) {
    return `${Number((share * 100).toPrecision(3))} %`;
}

;// CONCATENATED MODULE: ./lib/verdict/baseline.js
/**
 * What share of traffic the candidate is compared with, 0..1, while it has `weight` itself: stable's, or that of
 * fresh processes, which get as much as the candidate does, as long as there is as much.
 */
function baselineShare({ baseline }, weight) {
    return baseline === "fresh" ? Math.min(weight, 1 - weight) : 1 - weight;
}
/** The candidate's part of the requests that are compared, if the weights are honoured. */
function intendedShare(settings, weight) {
    return weight / (weight + baselineShare(settings, weight));
}
/**
 * At weight 0 it is stable's own past that is read, and of other processes than the fresh ones that the candidate is
 * compared with afterwards: their counters have nothing to do with each other.
 */
function ofOneBaseline({ baseline }, last, now, { weight }) {
    if (baseline !== "fresh")
        return { last, now };
    if (weight === 0)
        return { last, now: { ...now, candidate: null } };
    return { last: last?.candidate === null ? null : last, now };
}
/** What the candidate is compared with, in words. */
function nameOfBaseline({ baseline }) {
    return baseline === "fresh" ? "fresh stable" : "stable";
}

// EXTERNAL MODULE: ./lib/verdict/metric/bets.js + 1 modules
var metric_bets = __webpack_require__(8900);
// EXTERNAL MODULE: ./lib/verdict/metric/stream.js + 1 modules
var metric_stream = __webpack_require__(4098);
;// CONCATENATED MODULE: ./lib/verdict/instance/control.js


const EITHER_WAY = (0,metric_bets/* worseAlternatives */.b0)(1, 0.3, 0.01);
function openControl(names) {
    if (names.length < 2)
        return null;
    const bets = (0,metric_bets/* openBets */.Dr)(EITHER_WAY);
    return { names: [...names].sort(), oneWorse: bets, otherWorse: bets };
}
function judgeControl(control, unit, tallies, window) {
    // A scrape that missed one instance would leave the halves unequal only in size, which is allowed.
    const one = together(control.names, tallies, 0);
    const other = together(control.names, tallies, 1);
    const around = { ...window, isNewStep: false };
    return {
        names: control.names,
        oneWorse: (0,metric_bets/* settle */.G9)(control.oneWorse, EITHER_WAY, (0,metric_stream/* againstWorse */.Ab)({ ...around, candidate: one, baseline: other }, unit)),
        otherWorse: (0,metric_bets/* settle */.G9)(control.otherWorse, EITHER_WAY, (0,metric_stream/* againstWorse */.Ab)({ ...around, candidate: other, baseline: one }, unit)),
    };
}
function controlWorth({ oneWorse, otherWorse }) {
    return ((0,metric_bets/* worth */.xj)(oneWorse) + (0,metric_bets/* worth */.xj)(otherWorse)) / 2;
}
function together(names, tallies, parity) {
    let requests = 0;
    let events = 0;
    names.forEach((name, index) => {
        const tally = index % 2 === parity ? tallies[name] : undefined;
        requests += tally?.requests ?? 0;
        events += tally?.events ?? 0;
    });
    return { requests, events };
}

// EXTERNAL MODULE: ./lib/verdict/metric/metrics.js
var metric_metrics = __webpack_require__(8702);
;// CONCATENATED MODULE: ./lib/verdict/instance/instances.js



/** With fewer, an instance is the arm. */
const LEAST_INSTANCES = 2;
function openInstances(names, settings) {
    if (names.length < LEAST_INSTANCES)
        return {};
    const opened = { errors: (0,metric_bets/* openBets */.Dr)((0,metric_metrics/* errorsAlternatives */.uX)(settings)), total: NOTHING };
    return Object.fromEntries(names.map((name) => [name, opened]));
}
const NOTHING = { requests: 0, events: 0 };
function judgeInstances(instances, unit, settings, { tallies, ...window }) {
    const on = (0,metric_metrics/* errorsAlternatives */.uX)(settings);
    return Object.fromEntries(Object.entries(instances).map(([name, { errors, total }]) => {
        const tally = tallies[name];
        if (!tally)
            return [name, { errors, total }];
        const judged = (0,metric_bets/* settle */.G9)(errors, on, (0,metric_stream/* againstWorse */.Ab)({ ...window, candidate: tally }, unit));
        const requests = total.requests + tally.requests;
        return [name, { errors: judged, total: { requests, events: total.events + tally.events } }];
    }));
}
/** The mean of the instances' evidence: valid, since none of them alone grows in expectation. */
function instancesWorth(instances) {
    const all = Object.values(instances);
    return all.length === 0 ? 1 : all.reduce((sum, one) => sum + (0,metric_bets/* worth */.xj)(one.errors), 0) / all.length;
}
/** The instances that stand out, when most do not. */
function badInstances(instances, threshold) {
    const all = Object.entries(instances);
    const bad = all.filter(([, { errors }]) => (0,metric_bets/* worth */.xj)(errors) >= threshold).map(([name]) => name);
    return bad.length * 2 <= all.length ? bad : [];
}

;// CONCATENATED MODULE: ./lib/verdict/metric/below-rate.js
/**
 * Bets against "the candidate's error rate is at least `rate`", an absolute one: for services that fail so rarely
 * that a ratio cannot be told, and where it would not matter. Each bet is on a lower rate.
 */
const SHARES_OF_RATE = [0.6, 0.3, 0.1, 0.02];
const NO_BETS_BELOW_RATE = SHARES_OF_RATE.map(() => 1 / SHARES_OF_RATE.length);
/** `events` are failed requests, `clump` how many of them share a cause: fewer causes are weaker evidence. */
function settleBelowRate(bets, rate, window) {
    if (rate <= 0)
        return bets;
    return SHARES_OF_RATE.map((share, index) => {
        const logGrowth = (window.events * Math.log(share) + window.requests * rate * (1 - share)) / window.clump;
        return Math.min(1e200, bets[index] * Math.exp(logGrowth));
    });
}
function belowRateWorth(bets) {
    return bets.reduce((sum, bet) => sum + bet, 0);
}

// EXTERNAL MODULE: ./lib/verdict/metric/dilution.js
var dilution = __webpack_require__(3785);
// EXTERNAL MODULE: ./lib/verdict/metric/dispersion.js
var dispersion = __webpack_require__(8977);
;// CONCATENATED MODULE: ./lib/verdict/reading/edges.js



/** The edges are chosen once, from what stable had counted before the window they are first used in. */
function withEdges(state, before, isComparing) {
    if (state.edges.length > 0)
        return state;
    const edges = chooseEdges(before.baseline, isComparing);
    if (edges.length === 0)
        return state;
    const goodEdge = goodEdgeOf(before.baseline, edges);
    return { ...opened(state, edges, goodEdge), goodEdge };
}
/**
 * Edges beyond all that warm processes reach, for the time in which fresh ones are cold: then every request is slower
 * than stable's usual quantiles, and nothing could be told there.
 */
function withOuterEdges(state, past) {
    return opened(state, outerEdges(past.baseline, state.edges), null);
}
function opened(state, edges, goodEdge) {
    const { all, worseAlone } = (0,metric_metrics/* latencyQuestions */.Mk)(state.settings);
    const streams = edges.map((edge) => [
        (0,metric_metrics/* edgeMetric */.Ib)(edge),
        (0,metric_stream/* openStream */.fv)(edge === goodEdge ? all : worseAlone),
    ]);
    return {
        ...state,
        edges: [...state.edges, ...edges],
        streams: { ...state.streams, ...Object.fromEntries(streams) },
    };
}

;// CONCATENATED MODULE: ./lib/verdict/shares.js
/** What a bad instance among good ones may contribute, where instances are told apart. */
const INSTANCES_SHARE = 0.5;
/**
 * Each metric's share of the evidence, which together are 1: a sum weighted like this is as valid as its parts,
 * however they depend on each other. Fixed when the comparison begins, by which metrics there are, never by
 * what they say.
 */
function openShares({ weights }, { candidate, baseline, instances }) {
    const latency = candidate?.latency && baseline.latency ? weights.latency : 0;
    const kinds = sum(Object.values(weights.kinds));
    const hasInstances = instances !== null && Object.keys(instances.candidate).length > 1;
    const forInstances = hasInstances ? INSTANCES_SHARE * (1 - latency - kinds) : 0;
    return {
        errors: 1 - latency - kinds - forInstances,
        latency,
        kinds: weights.kinds,
        instances: forInstances,
    };
}
function sum(values) {
    return values.reduce((total, value) => total + value, 0);
}

;// CONCATENATED MODULE: ./lib/verdict/comparison.js











/**
 * Takes in what happened since the last reading. Without a reading now, the next window spans both, so that no
 * event is lost; unless the weight changed in between: with rates that vary as well, such a window could make a
 * good candidate look bad.
 */
function takeIn(state, sample) {
    if (state.last && sample.t <= state.last.t)
        return state;
    const hasOneWeight = state.last === null || state.gapWeight === null || state.gapWeight === sample.weight;
    const reading = readingOf(sample);
    if (!reading)
        return { ...state, gapWeight: hasOneWeight ? sample.weight : UNEQUAL };
    const { last, now } = ofOneBaseline(state.settings, state.last, reading, sample);
    const moved = { ...state, last: now, gapWeight: null };
    if (!last)
        return state.last ? beganFresh(moved, state.last) : moved;
    const baseline = count(last.baseline, now.baseline, state.usualRequests.baseline);
    if (!baseline)
        return moved;
    const known = withEdges(moved, last, sample.weight > 0);
    const candidate = count(last.candidate, now.candidate, state.usualRequests.candidate);
    const isCompared = candidate && candidate.requests > 0 && sample.weight > 0 && hasOneWeight;
    if (!isCompared)
        return watched(known, baseline);
    const isNewStep = sample.weight !== state.stepWeight;
    const seconds = now.t - last.t;
    const window = { candidate, baseline, before: last, now, seconds, isNewStep };
    return compared(known, window, sample.weight);
}
/** From here on it is fresh processes that are read; what stable's past has shown is known of them beforehand. */
function beganFresh(state, past) {
    const known = withOuterEdges(withEdges(state, past, true), past);
    const streams = {};
    for (const [metric, stream] of Object.entries(known.streams))
        streams[metric] = begunFresh(metric, stream);
    return { ...known, streams };
}
function begunFresh(metric, stream) {
    // A cold process is slower by some factor: a fault multiplies that, and adds nothing to it.
    const isLatency = (0,metric_metrics/* readMetric */.Nk)(metric).of === "edge";
    return {
        ...stream,
        dispersion: (0,dispersion/* begunAnew */.LJ)(stream.dispersion),
        dilution: isLatency ? null : (0,dilution/* openDilution */.XM)(stream.dispersion.seen),
    };
}
/** No weight is this one, so no later sample agrees with it. */
const UNEQUAL = -1;
/** Stable's own past, or a window in which the candidate had no traffic. */
function watched(state, baseline) {
    const streams = {};
    for (const metric in state.streams) {
        const stream = state.streams[metric];
        const tally = tallyOf((0,metric_metrics/* readMetric */.Nk)(metric), baseline);
        streams[metric] = tally ? (0,metric_stream/* watchBaseline */.zg)(stream, tally) : stream;
    }
    return {
        ...state,
        streams,
        usualRequests: { ...state.usualRequests, baseline: baseline.requests },
    };
}
function tallyOf(what, arm) {
    switch (what.of) {
        case "errors":
            return arm.tally;
        case "kind":
            return arm.kind(what.kind);
        case "edge":
            return arm.slower(what.edge);
    }
}
function compared(state, window, weight) {
    const { candidate, baseline, before, now } = window;
    const trafficSince = state.trafficSince ?? before.t;
    const processSince = candidate.restarted ? before.t : (state.processSince ?? before.t);
    const begun = {
        ...state,
        stepWeight: weight,
        trafficSince,
        processSince,
        shares: state.shares ?? openShares(state.settings, now),
        usualRequests: { candidate: candidate.requests, baseline: baseline.requests },
        candidate: plus(state.candidate, candidate),
        baseline: plus(state.baseline, baseline),
        intendedRequests: state.intendedRequests +
            intendedShare(state.settings, weight) * (candidate.requests + baseline.requests),
    };
    const judged = { ...begun, streams: judgedStreams(begun, window) };
    return withInstances(isErrorsWarm(begun, now.t) ? withBelowRate(judged, begun, window) : judged, begun, window);
}
function plus(total, arm) {
    return { requests: total.requests + arm.requests, errors: total.errors + arm.errors };
}
/** A cold candidate is slow for a while without being worse; a fresh baseline is as cold. */
function isLatencyWarm({ settings, processSince }, t) {
    return settings.baseline === "fresh" || t > (processSince ?? t) + settings.warmUp.latencySeconds;
}
/** Counted from the first traffic, not from a restart: a candidate that keeps crashing must not stay cold. */
function isErrorsWarm({ settings, trafficSince }, t) {
    return settings.baseline === "fresh" || t > (trafficSince ?? t) + settings.warmUp.errorsSeconds;
}
function judgedStreams(state, window) {
    const { settings } = state;
    const areErrorsWarm = isErrorsWarm(state, window.now.t);
    const isWarm = isLatencyWarm(state, window.now.t);
    const ofErrors = (0,metric_metrics/* errorsQuestions */.fu)(settings);
    const ofLatency = (0,metric_metrics/* latencyQuestions */.Mk)(settings);
    const enoughOfErrors = worthToDecide(state);
    const streams = {};
    for (const metric in state.streams) {
        const stream = state.streams[metric];
        const what = (0,metric_metrics/* readMetric */.Nk)(metric);
        const isLatency = what.of === "edge";
        const questions = isLatency ? ofLatency : ofErrors;
        const asked = {
            question: stream.good ? questions.all : questions.worseAlone,
            isCounted: isLatency ? isWarm : areErrorsWarm,
            enough: what.of === "errors" ? enoughOfErrors : Number.POSITIVE_INFINITY,
        };
        streams[metric] = judgedStream(what, stream, asked, window);
    }
    return streams;
}
/** By errors alone, which is what mostly decides; with latency, whose events are many, evidence does not jump. */
function worthToDecide({ settings, shares }) {
    if (!shares || shares.errors <= 0)
        return Number.POSITIVE_INFINITY;
    return 1 / (settings.alpha * shares.errors);
}
function judgedStream(metric, stream, { question, isCounted, enough }, { candidate, baseline, seconds, isNewStep }) {
    const ofBaseline = tallyOf(metric, baseline);
    if (!ofBaseline)
        return stream;
    const ofCandidate = isCounted ? tallyOf(metric, candidate) : null;
    if (!ofCandidate)
        return (0,metric_stream/* learnBaseline */.et)(stream, question, ofBaseline);
    return (0,metric_stream/* judge */.S4)(stream, question, enough, {
        candidate: ofCandidate,
        baseline: ofBaseline,
        seconds,
        isNewStep,
    });
}
function withBelowRate(next, before, { candidate }) {
    const { settings } = before;
    if (settings.goodEnoughRate <= 0)
        return next;
    const stream = before.streams[metric_metrics/* ALL_ERRORS */.s2];
    const { clump, persistence } = (0,metric_stream/* unitOf */.uF)(stream.dispersion, settings.assumedClump);
    const window = { ...candidate.tally, clump: clump * persistence };
    return {
        ...next,
        belowRate: settleBelowRate(before.belowRate, settings.goodEnoughRate, window),
    };
}
/** Instances of both arms, if the samples carry them. `before` knows nothing of this window yet. */
function withInstances(next, before, window) {
    const now = window.now.instances;
    if (!now || !isErrorsWarm(before, window.now.t))
        return next;
    const { settings } = before;
    const isFirst = before.shares !== null && before.control === null && Object.keys(before.instances).length === 0;
    const instances = isFirst
        ? openInstances(Object.keys(now.candidate), settings)
        : before.instances;
    const control = isFirst ? openControl(Object.keys(now.baseline)) : before.control;
    const unit = (0,metric_stream/* unitOf */.uF)(before.streams[metric_metrics/* ALL_ERRORS */.s2].dispersion, settings.assumedClump);
    const then = window.before.instances;
    const around = { seconds: window.seconds, isNewStep: window.isNewStep };
    return {
        ...next,
        instances: judgeInstances(instances, unit, settings, {
            ...around,
            tallies: countInstances(then?.candidate, now.candidate),
            baseline: window.baseline.tally,
        }),
        control: control && judgeControl(control, unit, countInstances(then?.baseline, now.baseline), around),
    };
}
function openStreams(settings) {
    const { all, worseAlone } = (0,metric_metrics/* errorsQuestions */.fu)(settings);
    const kinds = Object.keys(settings.weights.kinds).map((kind) => [
        (0,metric_metrics/* kindMetric */.hj)(kind),
        (0,metric_stream/* openStream */.fv)(worseAlone),
    ]);
    return {
        [metric_metrics/* ALL_ERRORS */.s2]: (0,metric_stream/* openStream */.fv)(all),
        ...Object.fromEntries(kinds),
    };
}

// EXTERNAL MODULE: ./lib/verdict/forecast/forecast.js + 1 modules
var forecast = __webpack_require__(5189);
;// CONCATENATED MODULE: ./lib/verdict/explanation/outlook.js


const LONGEST_SECONDS = 7 * 24 * 3_600;
function secondsToGo(state, evidence) {
    const traffic = trafficSeen(state);
    if (!traffic)
        return { rollback: null, promote: null };
    const seconds = (needed, had, nats) => {
        const left = Math.log(needed / Math.max(had, Number.MIN_VALUE)) / nats;
        return nats > 0 && left < LONGEST_SECONDS ? left : null;
    };
    return {
        rollback: seconds(evidence.threshold, evidence.worse, (0,forecast/* worseGrowth */.CA)(traffic).nats),
        promote: seconds(evidence.goodEnoughThreshold, evidence.goodEnough, (0,forecast/* goodEnoughGrowth */.Fx)(traffic).nats),
    };
}
function trafficSeen({ settings, streams }) {
    const { seen, worse } = streams[metric_metrics/* ALL_ERRORS */.s2];
    const { candidate, baseline } = seen;
    if (candidate.requests === 0 || baseline.events === 0 || worse.seconds === 0)
        return null;
    const requests = candidate.requests + baseline.requests;
    const errorRate = baseline.events / baseline.requests;
    return {
        settings,
        requestsPerSecond: requests / worse.seconds,
        weight: candidate.requests / requests,
        errorRate,
        ratio: Math.max(0.01, candidate.events / candidate.requests / errorRate),
    };
}
/** How many of the candidate's failures decided, by the bet that won most; null when errors did not decide. */
function failuresToSpare({ settings, streams }, evidence) {
    const { seen, worse } = streams[metric_metrics/* ALL_ERRORS */.s2];
    const errors = evidence.metrics?.[metric_metrics/* ALL_ERRORS */.s2] ?? 0;
    if (errors < evidence.threshold || evidence.worse < evidence.threshold)
        return null;
    const on = (0,metric_metrics/* errorsAlternatives */.uX)(settings);
    const winner = worse.capital.indexOf(Math.max(...worse.capital));
    const ratio = on.ratios[winner] ?? on.nullRatio;
    const { candidate, baseline } = seen;
    const underNull = on.nullRatio * candidate.requests + baseline.requests;
    const underRatio = ratio * candidate.requests + baseline.requests;
    const natsPerFailure = Math.log((ratio * underNull) / (on.nullRatio * underRatio));
    const fewer = Math.floor(Math.log(evidence.worse / evidence.threshold) / natsPerFailure) + 1;
    return fewer <= candidate.events ? fewer : null;
}

// EXTERNAL MODULE: ./lib/verdict/explanation/wording.js
var wording = __webpack_require__(2970);
;// CONCATENATED MODULE: ./lib/verdict/explanation/explanation.js





/** One paragraph for whoever is on call: what was compared, how much, how sure, and what would change it. */
function explanation_explain(state, weighed) {
    if (state.decided?.breaker)
        return `Beyond a limit: go back. ${state.decided.breaker}.`;
    if (state.candidate.requests === 0)
        return nothingYet(state);
    return sentences(state, weighed)
        .filter((sentence) => sentence !== "")
        .join(" ");
}
function nothingYet({ last, settings }) {
    const why = last
        ? `the candidate and ${nameOfBaseline(settings)} have not both had traffic between two readings`
        : "no reading of both arms has come yet";
    return `Not decided: there is nothing to compare, since ${why}. That is evidence for neither side.`;
}
function sentences(state, { outcome, evidence }) {
    const shown = [
        explanation_compared(state),
        ...kinds(state, evidence),
        ...slower(state, evidence),
        offWeight(state),
    ];
    switch (outcome) {
        case "rollback":
            return [
                "Worse: go back.",
                ...shown,
                worse(state, evidence),
                alphaSays(state),
                instances(state, evidence),
                spare(state, evidence),
            ];
        case "promote":
            return ["Good enough to go on.", ...shown, goodEnough(state, evidence), betaSays(state)];
        case "inconclusive":
            return [
                "Not decided, although it looks worse.",
                ...shown,
                worse(state, evidence),
                control(evidence),
            ];
        case "continue":
            return [
                "Not decided.",
                ...shown,
                worse(state, evidence),
                goodEnough(state, evidence),
                toGo(state, evidence),
            ];
    }
}
function explanation_compared({ settings, streams }) {
    const { seen, worse: bets } = streams[metric_metrics/* ALL_ERRORS */.s2];
    return `The candidate failed ${(0,wording/* share */.uM)(seen.candidate)}, ${nameOfBaseline(settings)} ${(0,wording/* share */.uM)(seen.baseline)} in the same ${Math.round(bets.seconds)} s${(0,wording/* timesTheRate */.Y0)(seen.candidate, seen.baseline)}.`;
}
/** The kinds of errors that say more by themselves than all errors do together. */
function kinds({ settings, streams }, { metrics = {} }) {
    const least = Math.max(metrics[metric_metrics/* ALL_ERRORS */.s2] ?? 0, 1);
    return Object.entries(streams).flatMap(([metric, { seen }]) => {
        const what = (0,metric_metrics/* readMetric */.Nk)(metric);
        if (what.of !== "kind" || (metrics[metric] ?? 0) <= least)
            return [];
        return [
            `Of the kind ${what.kind} were ${(0,wording/* share */.uM)(seen.candidate)} of the candidate's, and ${(0,wording/* share */.uM)(seen.baseline)} of ${nameOfBaseline(settings)}'s${(0,wording/* timesTheRate */.Y0)(seen.candidate, seen.baseline)}.`,
        ];
    });
}
/** The edge of the histogram that says most, when latency says more than errors do. */
function slower({ settings, streams }, { metrics = {} }) {
    const errors = metrics[metric_metrics/* ALL_ERRORS */.s2] ?? 0;
    const edges = Object.entries(metrics).filter(([metric]) => metric in streams && isEdge(metric));
    const [metric, most] = edges.sort(([, a], [, b]) => b - a)[0] ?? ["", 0];
    const seen = streams[metric]?.seen;
    const what = (0,metric_metrics/* readMetric */.Nk)(metric);
    if (!seen || seen.candidate.requests === 0 || what.of !== "edge" || most <= Math.max(errors, 1))
        return [];
    return [
        `Slower than ${what.edge} s were ${(0,wording/* share */.uM)(seen.candidate)} of the candidate's, and ${(0,wording/* share */.uM)(seen.baseline)} of ${nameOfBaseline(settings)}'s${(0,wording/* timesTheRate */.Y0)(seen.candidate, seen.baseline)}.`,
    ];
}
function isEdge(metric) {
    return (0,metric_metrics/* readMetric */.Nk)(metric).of === "edge";
}
const MUCH = 1.3;
function offWeight({ candidate, intendedRequests }) {
    const times = candidate.requests / Math.max(1, intendedRequests);
    if (intendedRequests < 100 || (times < MUCH && times > 1 / MUCH))
        return "";
    return `The candidate got ${(0,wording/* amount */.vj)(times)} times the requests that its weight should have given it; the rates are compared all the same.`;
}
function worse({ settings }, { worse: value, threshold }) {
    return `Evidence that it is worse than tolerated (${settings.toleratedRatio} times ${nameOfBaseline(settings)}'s rate): ${(0,wording/* amount */.vj)(value)}; a rollback needs ${(0,wording/* amount */.vj)(threshold)}.`;
}
function goodEnough({ settings }, evidence) {
    return `Evidence that it is less than ${settings.goodEnoughRatio} times as bad: ${(0,wording/* amount */.vj)(evidence.goodEnough)}; a promotion needs ${(0,wording/* amount */.vj)(evidence.goodEnoughThreshold)}.`;
}
function alphaSays({ settings }) {
    return `A release that is not worse gets here in at most ${(0,wording/* percent */.KN)(settings.alpha)} of all rollouts, however often one looks.`;
}
function betaSays({ settings }) {
    return `A release that is ${settings.goodEnoughRatio} times as bad gets here in at most ${(0,wording/* percent */.KN)(settings.beta)} of all rollouts.`;
}
function instances(state, { threshold }) {
    const bad = badInstances(state.instances, threshold);
    if (bad.length === 0)
        return "";
    const told = bad.map((name) => {
        const total = state.instances[name]?.total ?? { requests: 0, events: 0 };
        return `instance ${name} (failed ${(0,wording/* share */.uM)(total)})`;
    });
    const rest = Object.keys(state.instances).length - bad.length;
    return `Not all of it is bad: ${told.join(", ")} stands out, and the other ${rest} do not.`;
}
function spare(state, evidence) {
    const fewer = failuresToSpare(state, evidence);
    if (fewer === null)
        return "";
    return `With ${fewer} fewer failed request${fewer === 1 ? "" : "s"} of the candidate it would not have been decided yet.`;
}
function control({ control: value = 0, threshold }) {
    return `But stable's own instances differ from each other as much (evidence ${(0,wording/* amount */.vj)(value)} of ${(0,wording/* amount */.vj)(threshold)}), though they run one version: so the difference proves nothing about the release. Find out why they differ, then promote again.`;
}
function toGo(state, evidence) {
    const { rollback, promote } = secondsToGo(state, evidence);
    if (rollback === null && promote === null)
        return "If it goes on like this, neither comes near.";
    const soonest = Math.min(rollback ?? Infinity, promote ?? Infinity);
    const what = soonest === rollback ? "a rollback" : "a promotion";
    return `If it goes on like this, ${what} takes ${(0,wording/* about */.Cv)(soonest)} more.`;
}

;// CONCATENATED MODULE: ./lib/verdict/state.js
/** Another number for each change after which a state that was kept before cannot be gone on with. */
const VERDICT_SCHEMA = 3;

// EXTERNAL MODULE: ./lib/verdict/terms.js
var terms = __webpack_require__(8945);
;// CONCATENATED MODULE: ./lib/verdict/weighing.js






/** What the state amounts to now. */
function weighing_weigh(state) {
    const { settings } = state;
    const { sum, metrics } = evidenceByMetric(state);
    const evidence = {
        worse: bounded(sum),
        threshold: 1 / settings.alpha,
        goodEnough: bounded(goodEnoughWorth(state)),
        goodEnoughThreshold: 1 / settings.beta,
        candidate: state.candidate,
        baseline: state.baseline,
        metrics,
        ...(state.control ? { control: bounded(controlWorth(state.control)) } : {}),
    };
    return { outcome: outcomeOf(state, evidence), evidence };
}
function outcomeOf(state, evidence) {
    if (state.decided)
        return "rollback";
    if (trippedBreaker(state.breakers, state.settings.breakers))
        return "rollback";
    if (evidence.worse >= evidence.threshold) {
        return controlFired(evidence) ? "inconclusive" : "rollback";
    }
    return evidence.goodEnough >= evidence.goodEnoughThreshold ? "promote" : "continue";
}
function controlFired({ control, threshold }) {
    return control !== undefined && control >= threshold;
}
/** Each metric's evidence by itself, and their weighted sum. Without edges yet, latency's share is cash. */
function evidenceByMetric(state) {
    const { shares, edges } = state;
    const metrics = {};
    const add = (metric, share, value) => {
        metrics[metric] = bounded(value);
        return share * value;
    };
    let sum = add(metric_metrics/* ALL_ERRORS */.s2, shares?.errors ?? 1, worthOf(state, metric_metrics/* ALL_ERRORS */.s2));
    if (!shares)
        return { sum, metrics };
    for (const kind in shares.kinds) {
        const metric = (0,metric_metrics/* kindMetric */.hj)(kind);
        sum += add(metric, shares.kinds[kind] ?? 0, worthOf(state, metric));
    }
    if (shares.latency > 0) {
        for (const edge of edges) {
            const metric = (0,metric_metrics/* edgeMetric */.Ib)(edge);
            sum += add(metric, shares.latency / edges.length, worthOf(state, metric));
        }
        if (edges.length === 0)
            sum += shares.latency;
    }
    if (shares.instances > 0) {
        sum += add("instances", shares.instances, instancesWorth(state.instances));
    }
    return { sum, metrics };
}
function worthOf(state, metric) {
    const stream = state.streams[metric];
    return stream ? (0,metric_bets/* worth */.xj)(stream.worse) : 1;
}
/** Good enough in all that has to be. */
function goodEnoughWorth(state) {
    const { errors, latency } = goodEnoughParts(state);
    return latency === null ? errors : Math.min(errors, latency);
}
/** Each part by itself never grows in expectation while the candidate is not good in it. */
function goodEnoughParts({ settings, streams, belowRate, goodEdge, shares, }) {
    const good = streams[metric_metrics/* ALL_ERRORS */.s2]?.good;
    const byRatio = good ? (0,metric_bets/* worth */.xj)(good) : 1;
    const errors = settings.goodEnoughRate > 0 ? (byRatio + belowRateWorth(belowRate)) / 2 : byRatio;
    if (goodEdge === null || !shares || shares.latency === 0)
        return { errors, latency: null };
    const latency = streams[(0,metric_metrics/* edgeMetric */.Ib)(goodEdge)]?.good;
    return { errors, latency: latency ? (0,metric_bets/* worth */.xj)(latency) : null };
}
/** Nobody needs to know evidence beyond this, and JSON has no infinity. */
const MOST_EVIDENCE = 1e100;
/** Sums of stakes miss 1 by a rounding error; people would wonder about it. */
function bounded(evidence) {
    if (Math.abs(evidence - 1) < 1e-12)
        return 1;
    return Math.min(MOST_EVIDENCE, evidence);
}

;// CONCATENATED MODULE: ./lib/verdict/forecast/detection.js

/**
 * Roughly how long a candidate that fails `ratio` times as often as stable is watched until it is found worse.
 * Infinite when it is not worse, or when one of the arms has no traffic or there are no errors to count.
 */
function expectedSecondsToDetect(traffic) {
    return (0,forecast/* passage */.RT)((0,forecast/* natsToDetect */.LE)(traffic.settings), (0,forecast/* worseGrowth */.CA)(traffic)).meanSeconds;
}
/** Roughly how long a candidate that fails as often as stable is watched until it is shown to be good enough. */
function expectedSecondsToPromote(traffic) {
    const growth = (0,forecast/* goodEnoughGrowth */.Fx)({ ...traffic, ratio: 1 });
    return (0,forecast/* passage */.RT)((0,forecast/* natsToPromote */._6)(traffic.settings), growth).meanSeconds;
}

;// CONCATENATED MODULE: ./lib/verdict/verdict.js












function beginVerdict(settings) {
    const completed = (0,terms/* complete */.M)(settings);
    return {
        schema: VERDICT_SCHEMA,
        settings: completed,
        decided: null,
        last: null,
        gapWeight: null,
        stepWeight: 0,
        usualRequests: { candidate: 0, baseline: 0 },
        trafficSince: null,
        processSince: null,
        edges: [],
        goodEdge: null,
        shares: null,
        streams: openStreams(completed),
        instances: {},
        control: null,
        breakers: openBreakers(completed.breakers),
        candidate: { requests: 0, errors: 0 },
        baseline: { requests: 0, errors: 0 },
        intendedRequests: 0,
        belowRate: NO_BETS_BELOW_RATE,
    };
}
/**
 * Takes in what happened since the previous sample. Pure: no clock, no randomness; a sample that adds no
 * evidence (a missing scrape, no traffic on one arm, a clock that stands still) leaves the evidence as it was.
 */
function observe(state, sample) {
    const next = observeBriefly(state, sample);
    return {
        state: next.state,
        finding: { ...next.weighed, explanation: explanation_explain(next.state, next.weighed) },
    };
}
/** The finding as it stands, without a new sample. */
function explainState(state) {
    const weighed = weigh(state);
    return { ...weighed, explanation: explain(state, weighed) };
}
/** `observe` without the words, for those who go through millions of windows. */
function observeBriefly(state, sample) {
    const { settings } = state;
    const breakers = watchBreakers(state.breakers, settings.breakers, sample);
    const taken = takeIn(state, sample);
    const next = breakers === taken.breakers ? taken : { ...taken, breakers };
    const weighed = weighing_weigh(next);
    if (next.decided || weighed.outcome !== "rollback")
        return { state: next, weighed };
    const decided = { t: sample.t, breaker: trippedBreaker(breakers, settings.breakers) };
    return { state: { ...next, decided }, weighed };
}


/***/ })

};
