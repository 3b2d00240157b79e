export const id = 534;
export const ids = [534];
export const modules = {

/***/ 4008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s5: () => (/* binding */ describeBlindness),
  XW: () => (/* binding */ describeLimit),
  iE: () => (/* binding */ isBlind)
});

// EXTERNAL MODULE: ./lib/verdict/explanation/wording.js
var wording = __webpack_require__(2970);
// EXTERNAL MODULE: ./lib/verdict/metric/metrics.js
var metrics = __webpack_require__(8702);
// EXTERNAL MODULE: ./lib/verdict/metric/stream.js + 1 modules
var stream = __webpack_require__(4098);
// EXTERNAL MODULE: ./lib/verdict/forecast/forecast.js + 1 modules
var forecast = __webpack_require__(5189);
;// CONCATENATED MODULE: ./lib/verdict/forecast/detection-limit.js



/** Nats on top of the forecast's, so that what is promised is kept: `test/lib/verdict/forecast/detection-limit.test.ts`. */
const CAREFUL = 1;
/**
 * The chance that a candidate failing this share of its requests (0..1) would have been found worse by what was
 * compared. "Not found worse" says as much about a release as this chance does: after a handful of requests it says
 * nothing. 0 when that share is tolerated.
 */
function chanceOfFinding(errorRate, compared, state) {
    const { settings } = state;
    const usual = usualRate(state);
    // Events that share a cause are one piece of evidence.
    const unit = (0,stream/* unitOf */.uF)(detection_limit_stream(state).dispersion, settings.assumedClump);
    const eventsPerCause = unit.clump * unit.persistence;
    let mean = 0;
    let variance = 0;
    for (const { candidate, baseline } of compared) {
        const requests = candidate + baseline;
        if (candidate <= 0 || baseline <= 0)
            continue;
        const grown = (0,forecast/* worseGrowth */.CA)({
            settings,
            requestsPerSecond: requests / eventsPerCause,
            weight: candidate / requests,
            errorRate: usual,
            ratio: errorRate / usual,
        });
        mean += grown.nats;
        variance += grown.variance;
    }
    // Errors own a part of the stakes only: the rest is on latency and single instances.
    const nats = (0,forecast/* natsToDetect */.LE)(settings) + CAREFUL - Math.log(state.shares?.errors ?? 1);
    return (0,forecast/* chanceOfRise */.vb)(mean, variance, nats);
}
/**
 * The least share of failed requests (0..1) that would have been found with probability 1 - beta; null when a
 * candidate that fails always might have passed.
 */
function detectionLimit(compared, state) {
    const wanted = 1 - state.settings.beta;
    const isFound = (errorRate) => chanceOfFinding(errorRate, compared, state) >= wanted;
    if (!isFound(1))
        return null;
    let low = Math.log(Math.min(1, usualRate(state) * state.settings.toleratedRatio));
    let high = 0;
    for (let round = 0; round < 40; round += 1) {
        const middle = (low + high) / 2;
        if (isFound(Math.exp(middle)))
            high = middle;
        else
            low = middle;
    }
    return Math.exp(high);
}
/** Half an event more than were seen: a stable that never failed has a rate, too, only nobody knows it yet. */
function usualRate(state) {
    const { requests, events } = detection_limit_stream(state).seen.baseline;
    return Math.min(1, (events + 0.5) / (requests + 1));
}
function detection_limit_stream({ streams }) {
    return streams[metrics/* ALL_ERRORS */.s2];
}

;// CONCATENATED MODULE: ./lib/rollout/blind.js


/**
 * Whether what was compared so far might have missed a release that this step has to find: "not found worse" would
 * then say nothing about it.
 */
function isBlind(rollout) {
    const rate = mustFindRate(rollout);
    if (rate === undefined)
        return false;
    const { verdict } = rollout;
    return chanceOfFinding(rate, compared(rollout), verdict) < 1 - verdict.settings.beta;
}
/** What the step waits for while it is blind, for people. */
function describeBlindness(rollout) {
    const wanted = mustFindRate(rollout) ?? 0;
    return (`until a release that fails ${(0,wording/* percent */.KN)(wanted)} of requests would have been found ` +
        `(now ${describeLimit(rollout)})`);
}
/** `one that fails 0.8 % of requests would have been`, or that none would. */
function describeLimit(rollout) {
    const limit = detectionLimit(compared(rollout), rollout.verdict);
    return limit === null
        ? "even one that fails always might not have been"
        : `one that fails ${(0,wording/* percent */.KN)(limit)} of requests would have been`;
}
function mustFindRate({ plan, stepIndex }) {
    return plan.steps[stepIndex]?.mustFindRate;
}
/** Requests of both arms by step; the evidence holds totals since the beginning. */
function compared({ steps }) {
    let before = { candidate: 0, baseline: 0 };
    return steps.flatMap(({ weightPercent, evidence }) => {
        if (!evidence || weightPercent === 100)
            return [];
        const now = { candidate: evidence.candidate.requests, baseline: evidence.baseline.requests };
        const within = {
            candidate: now.candidate - before.candidate,
            baseline: now.baseline - before.baseline,
        };
        before = now;
        return [within];
    });
}


/***/ }),

/***/ 79:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ placeCandidate),
/* harmony export */   f: () => (/* binding */ idleSlot)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);
/* harmony import */ var _units_slot_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3222);


/**
 * Puts `release` on the idle slot at weight 0 and writes it into the state as the candidate. Whatever goes
 * wrong, the idle slot is cleared again and the state names no candidate.
 * Throws `lease-held` while another release's rollout is unfinished.
 */
async function placeCandidate(release, rights) {
    const { target, token, signal } = rights;
    const before = await target.read();
    refuseWhileUnfinished(before.value);
    const slot = idleSlot(before.value);
    const version = await target.write(withoutCandidate(before.value), before.version, token);
    try {
        await clear(target, slot, token);
        const placement = await target.place(release, slot, token, signal);
        signal.throwIfAborted();
        await rights.inspect?.(placement);
        signal.throwIfAborted();
        const { name, version: releaseVersion, commit, digest } = release;
        const candidate = { slot, release: { name, version: releaseVersion, commit, digest } };
        await target.write({ ...withoutCandidate(before.value), candidate }, version, token);
        return placement;
    }
    catch (error) {
        await clear(target, slot, token).catch(() => {
            // The error that brought us here is the one to tell; the next deploy clears the slot first anyway.
        });
        throw error;
    }
}
/** The slot that does not serve. */
function idleSlot(state) {
    return state.stable ? (0,_units_slot_js__WEBPACK_IMPORTED_MODULE_1__/* .otherSlot */ .jx)(state.stable.slot) : "blue";
}
/** The last rollout is history once something new is placed. */
function withoutCandidate(state) {
    return { ...state, candidate: null, rollout: null };
}
/** Stops what is on the slot, also what a killed runner left there without telling the state. */
async function clear(target, slot, token) {
    const { slots } = await target.status();
    if (slots[slot].instances.length > 0)
        await target.retire(slot, token);
}
function refuseWhileUnfinished({ rollout }) {
    if (!rollout || rollout.phase === "finished")
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("lease-held", `${rollout.release.version} is in an unfinished rollout (${rollout.phase}, since ${new Date(rollout.firstTrafficAtMs ?? 0).toISOString()})`, {
        hint: "re-run its job to go on, or run the rollback action with `to: stable` to end it; then deploy again",
    });
}


/***/ }),

/***/ 7160:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
const systemClock = {
    nowMs: () => Date.now(),
    sleep: (ms, signal) => new Promise((resolve) => {
        if (signal?.aborted)
            return resolve();
        const timer = setTimeout(done, ms);
        signal?.addEventListener("abort", done, { once: true });
        function done() {
            clearTimeout(timer);
            signal?.removeEventListener("abort", done);
            resolve();
        }
    }),
};


/***/ }),

/***/ 4702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V: () => (/* binding */ conduct)
});

// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/rollout/fresh-baseline.js
var fresh_baseline = __webpack_require__(3280);
// EXTERNAL MODULE: ./lib/verdict/verdict.js + 16 modules
var verdict_verdict = __webpack_require__(7419);
// EXTERNAL MODULE: ./lib/rollout/blind.js + 1 modules
var blind = __webpack_require__(4008);
// EXTERNAL MODULE: ./lib/units/duration.js
var duration = __webpack_require__(5338);
// EXTERNAL MODULE: ./lib/rollout/hold.js
var hold = __webpack_require__(5609);
;// CONCATENATED MODULE: ./lib/rollout/early.js




/**
 * Why the step may be passed before its hold is over; undefined when it may not. The evidence of this step alone
 * has to suffice: what a lower weight has shown says nothing of a fault that comes with more traffic. A test that
 * is begun anew at each step lets a release that is too bad at this weight through it with probability at most
 * beta, whatever happened before.
 */
function passedEarly(record, rollout, outcome) {
    if (!rollout.plan.steps[rollout.stepIndex]?.early || record.weightPercent === 100)
        return;
    if (outcome !== "promote" || record.watchedMs < (0,hold/* leastHoldMs */.jQ)(rollout))
        return;
    if ((0,hold/* requestsInStep */.w)(record) < rollout.plan.minStepRequests)
        return;
    if (hasDoubt(record) || (0,blind/* isBlind */.iE)(rollout))
        return;
    const grown = grownInStep(record, rollout);
    const needed = record.evidence?.goodEnoughThreshold ?? Number.POSITIVE_INFINITY;
    return grown >= needed ? told(record, rollout, grown, needed) : undefined;
}
/** Any metric by itself that leans against the candidate, or stable's instances that differ from each other. */
function hasDoubt({ evidence }) {
    if (!evidence)
        return true;
    const most = Math.max(evidence.worse, ...Object.values(evidence.metrics ?? {}));
    return most >= (0,hold/* substantial */.fE)(evidence) || (0,verdict_verdict/* controlFired */.kA)(evidence);
}
/** By how much the evidence that it is good enough grew in this step, in what it grew least. */
function grownInStep({ goodBefore }, { verdict }) {
    if (!goodBefore)
        return 0;
    const now = (0,verdict_verdict/* goodEnoughParts */.qR)(verdict);
    const errors = growth(goodBefore.errors, now.errors);
    // Its test opened in this step, with a capital of 1, if there was none before.
    if (now.latency !== null)
        return Math.min(errors, growth(goodBefore.latency ?? 1, now.latency));
    return goodBefore.latency === null ? errors : 0;
}
function growth(before, now) {
    return before > 0 ? now / before : 0;
}
function told(record, rollout, grown, needed) {
    const { goodEnoughRatio, beta } = rollout.verdict.settings;
    return (`watched for ${(0,duration/* formatDuration */.a3)(record.watchedMs)} of ${(0,duration/* formatDuration */.a3)((0,hold/* plannedHoldMs */.Ef)(rollout))}: ` +
        `at this weight alone, evidence that it is less than ${goodEnoughRatio} times as bad as stable is ` +
        `${shown(grown)}, and ${shown(needed)} is enough; a release that bad gets through it early in at most ` +
        `${shown(beta * 100)} % of rollouts`);
}
function shown(value) {
    return value >= 1e6 ? "over a million" : String(Number(value.toPrecision(3)));
}

// EXTERNAL MODULE: ./lib/rollout/revert.js
var revert = __webpack_require__(9938);
// EXTERNAL MODULE: ./lib/rollout/served.js
var served = __webpack_require__(7081);
// EXTERNAL MODULE: ./lib/rollout/state.js
var rollout_state = __webpack_require__(2015);
;// CONCATENATED MODULE: ./lib/rollout/machine.js








/**
 * The rollout as a pure function. Persist `state` before performing `effect`: a runner that is killed in
 * between is followed by one that feeds `entered` and is told the same effect again, so effects are idempotent.
 */
function step(state, event) {
    if (!hasRollout(state))
        return { state, effect: { type: "stop" } };
    switch (event.type) {
        case "entered":
            return due(unpark(state, event.atMs));
        case "baseline-placed":
            return baselinePlaced(state);
        case "routed":
            return routed(state, event.atMs);
        case "sampled":
            return sampled(state, event.atMs, event.sample);
        case "candidate-died":
        case "recalled":
            return machine_revert(state, "rolled-back", event.reason, event.atMs, "rollback");
        case "baseline-died":
            return machine_revert(state, "inconclusive", event.reason, event.atMs, "inconclusive");
        case "cancelled":
        case "broke":
            return machine_revert(state, "failed", event.reason, event.atMs, "interrupted");
        case "retired":
            return retired(state, event.atMs);
    }
}
function hasRollout(state) {
    return state.rollout !== null;
}
/** The effect that the phase is waiting for. */
function due(state) {
    const { rollout } = state;
    switch (rollout.phase) {
        case "stepping":
            return { state, effect: takeUpStep(rollout) };
        case "promoting":
            return { state, effect: { type: "route", weights: (0,rollout_state/* allOn */.PT)(rollout.candidateSlot) } };
        case "reverting":
            return { state, effect: { type: "route", weights: stableWeights(rollout) } };
        case "retiring":
            return { state, effect: retireNext(rollout) };
        case "finished":
            return { state, effect: { type: "stop" } };
    }
}
function takeUpStep(rollout) {
    if (needsBaseline(rollout))
        return { type: "place-baseline", beside: rollout.stableSlot };
    return { type: "route", weights: stepWeights(rollout) };
}
/** No weight before there is something to compare with. */
function needsBaseline(rollout) {
    return rollout.baseline === "due" && rollout.stableSlot !== null;
}
function stepWeights(rollout) {
    const candidatePercent = rollout.plan.steps[rollout.stepIndex]?.weightPercent ?? 0;
    return (0,rollout_state/* split */.lD)(rollout.candidateSlot, candidatePercent, (0,fresh_baseline/* baselinePercent */.lL)(rollout));
}
function stableWeights(rollout) {
    return rollout.stableSlot ? (0,rollout_state/* allOn */.PT)(rollout.stableSlot) : { blue: 0, green: 0 };
}
/** First what was only there to compare with, also when nobody knows whether its start was begun. */
function retireNext(rollout) {
    if ((0,fresh_baseline/* leavesBaseline */.Yi)(rollout))
        return { type: "retire", slot: "baseline" };
    const loser = rollout.outcome === "promoted" ? rollout.stableSlot : rollout.candidateSlot;
    return loser ? { type: "retire", slot: loser } : { type: "stop" };
}
function unpark(state, atMs) {
    const { rollout } = state;
    const deadlineAtMs = atMs + rollout.plan.stepDeadlineMs;
    // What nobody watched is no watched time, and the deadline is the watcher's.
    const steps = rollout.steps.map((record) => record.outcome === "running" ? unwatched({ ...record, deadlineAtMs }) : record);
    return { ...state, rollout: { ...rollout, steps, parked: null } };
}
function unwatched({ lastReadAtMs: _, ...record }) {
    return { ...record, lastSampleAtMs: null };
}
function baselinePlaced(state) {
    const { rollout } = state;
    if (rollout.phase !== "stepping" || rollout.baseline !== "due")
        return due(state);
    return due({ ...state, rollout: { ...rollout, baseline: "placed" } });
}
function routed(state, atMs) {
    const { rollout } = state;
    switch (rollout.phase) {
        case "stepping": {
            if (needsBaseline(rollout))
                return due(state);
            const next = { ...state, rollout: openStep(rollout, atMs) };
            return { state: next, effect: { type: "sample" } };
        }
        case "promoting":
            return promoted(state, atMs);
        case "reverting": {
            const toZeroAtMs = rollout.firstTrafficAtMs === null ? null : atMs;
            return due({ ...state, rollout: { ...rollout, toZeroAtMs, phase: "retiring" } });
        }
        case "retiring":
        case "finished":
            return due(state);
    }
}
function openStep(rollout, atMs) {
    const firstTrafficAtMs = rollout.firstTrafficAtMs ?? atMs;
    const planned = rollout.plan.steps[rollout.stepIndex];
    if (!planned || runningStep(rollout))
        return { ...rollout, firstTrafficAtMs };
    const record = {
        weightPercent: planned.weightPercent,
        ...(rollout.baseline ? { baselinePercent: (0,fresh_baseline/* baselinePercent */.lL)(rollout) } : {}),
        startedAtMs: atMs,
        endedAtMs: null,
        deadlineAtMs: atMs + rollout.plan.stepDeadlineMs,
        watchedMs: 0,
        lastSampleAtMs: null,
        candidateRequestsBefore: rollout.steps.at(-1)?.evidence?.candidate.requests ?? 0,
        outcome: "running",
        evidence: null,
        goodBefore: (0,verdict_verdict/* goodEnoughParts */.qR)(rollout.verdict),
    };
    return { ...rollout, firstTrafficAtMs, steps: [...rollout.steps, record] };
}
/** The step that is being watched now. */
function runningStep(rollout) {
    const last = rollout.steps.at(-1);
    return last?.outcome === "running" ? last : undefined;
}
function promoted(state, atMs) {
    const { rollout } = state;
    const occupant = { slot: rollout.candidateSlot, release: rollout.release };
    const serving = {
        ...state,
        stable: occupant,
        candidate: null,
        previous: state.stable?.release ?? null,
        served: (0,served/* servedWith */.G)(state, rollout.release),
        rollout: { ...rollout, phase: "retiring" },
    };
    return rollout.stableSlot ? due(serving) : finish(serving, atMs);
}
function retired(state, atMs) {
    const { rollout } = state;
    if (rollout.phase !== "retiring")
        return due(state);
    if ((0,fresh_baseline/* leavesBaseline */.Yi)(rollout))
        return due({ ...state, rollout: { ...rollout, baseline: "gone" } });
    return finish({ ...state, candidate: null }, atMs);
}
function finish(state, atMs) {
    const rollout = { ...state.rollout, phase: "finished", endedAtMs: atMs };
    return { state: { ...state, rollout }, effect: { type: "stop" } };
}
function sampled(state, atMs, sample) {
    const { rollout } = state;
    const running = runningStep(rollout);
    if (rollout.phase !== "stepping" || !running)
        return due(state);
    const { state: verdict, finding } = (0,verdict_verdict/* observe */.lB)(rollout.verdict, sample);
    const record = watched(running, rollout, sample, finding, atMs);
    const steps = [...rollout.steps.slice(0, -1), record];
    const next = { ...state, rollout: { ...rollout, verdict, steps } };
    if (finding.outcome === "rollback")
        return machine_revert(next, "rolled-back", finding.explanation, atMs, "rollback");
    if (finding.outcome === "inconclusive")
        return undecided(next, finding.explanation, atMs);
    if ((0,hold/* holdIsOver */.SR)(record, next.rollout))
        return passStep(next, atMs);
    const early = passedEarly(record, next.rollout, finding.outcome);
    if (early !== undefined)
        return passStep(withEarly(next, early), atMs);
    if (atMs >= record.deadlineAtMs)
        return undecided(next, (0,hold/* missing */.LO)(record, next.rollout), atMs);
    return { state: next, effect: { type: "sample" } };
}
/**
 * Counters count on while a scrape is missing, so what they say after a short gap is about all of it. A longer gap
 * was not watched, whatever the clock says.
 */
const BRIDGED_INTERVALS = 5;
function watched(record, rollout, sample, finding, atMs) {
    const isEvidence = sample.candidate !== null && (sample.baseline !== null || record.weightPercent === 100);
    const sinceMs = Math.max(0, atMs - (record.lastReadAtMs ?? atMs));
    const countedMs = isEvidence
        ? Math.min(sinceMs, BRIDGED_INTERVALS * rollout.plan.sampleIntervalMs)
        : 0;
    return {
        ...record,
        watchedMs: record.watchedMs + countedMs,
        lastSampleAtMs: atMs,
        ...(isEvidence ? { lastReadAtMs: atMs } : {}),
        evidence: finding.evidence,
        explanation: finding.explanation,
    };
}
/** So that the record tells which steps were passed early, and why. */
function withEarly(state, early) {
    const { rollout } = state;
    const steps = rollout.steps.map((record) => record.outcome === "running" ? { ...record, early } : record);
    return { ...state, rollout: { ...rollout, steps } };
}
function passStep(state, atMs) {
    const rollout = (0,revert/* closeStep */.LT)(state.rollout, "passed", atMs);
    const isLast = rollout.stepIndex === rollout.plan.steps.length - 1;
    if (!isLast)
        return due({ ...state, rollout: { ...rollout, stepIndex: rollout.stepIndex + 1 } });
    return due({
        ...state,
        rollout: {
            ...rollout,
            phase: "promoting",
            outcome: "promoted",
            reason: reasonToPromote(rollout),
        },
    });
}
function reasonToPromote(rollout) {
    const { release, stableSlot, steps, baseline } = rollout;
    if (stableSlot === null)
        return `${release.version} is the first release: there was nothing to compare it with`;
    const compared = steps.filter((step) => step.weightPercent < 100).length;
    if (compared === 0)
        return `${release.version} is healthy with all traffic; nothing was left on stable to compare it with`;
    return `${release.version} was not found worse at any of the ${compared} weights at which it was compared with ${baseline ? "fresh processes of stable" : "stable"}; ${(0,blind/* describeLimit */.XW)(rollout)}`;
}
function undecided(state, reason, atMs) {
    const { rollout } = state;
    if (rollout.plan.onInconclusive === "rollback")
        return machine_revert(state, "inconclusive", reason, atMs, "inconclusive");
    const parked = {
        ...state,
        rollout: { ...rollout, parked: reason },
    };
    return { state: parked, effect: { type: "stop" } };
}
/** Weight 0 first. A rollout that is past its point of no return goes on instead. */
function machine_revert(state, outcome, reason, atMs, stepOutcome) {
    if (state.rollout.phase !== "stepping")
        return due(state);
    const rollout = (0,revert/* closeStep */.LT)(state.rollout, stepOutcome, atMs);
    return due({ ...state, rollout: { ...rollout, phase: "reverting", outcome, reason } });
}

// EXTERNAL MODULE: ./lib/rollout/sample.js
var sample = __webpack_require__(4246);
;// CONCATENATED MODULE: ./lib/rollout/conduct.js





/** Asked again this often while the target does not answer; the lease ends the asking. */
const RETRY_MS = 250;
/**
 * Performs a rollout until it is finished or parked: persist, act, wait for what comes of it, decide.
 * `from` is the state that `enter` gave, with the version it was read at; `first` is what happened to it.
 * Throws `lease-lost` when somebody else is to act from now on, and `lost-race` when somebody did.
 */
async function conduct(from, c, first = { type: "entered", atMs: c.clock.nowMs() }) {
    let { version } = from;
    let saved;
    let cancelled = false;
    let event = first;
    let move = step(from.state, event);
    for (;;) {
        if (move.state !== saved)
            version = await c.target.write(move.state, version, c.lease.token);
        saved = move.state;
        c.onProgress?.(move.state, event);
        if (move.effect.type === "stop")
            return move.state;
        event = await performOrBreak(move.effect, move.state, c);
        if (c.signal.aborted && !cancelled && event.type !== "candidate-died") {
            cancelled = true;
            event = { type: "cancelled", atMs: c.clock.nowMs(), reason: cancelReason(c.signal) };
        }
        move = step(move.state, event);
    }
}
function cancelReason(signal) {
    const by = signal.reason instanceof Error ? signal.reason.message : String(signal.reason);
    return `cancelled (${by})`;
}
/** Whatever goes wrong while the candidate has traffic takes that traffic away first. */
async function performOrBreak(effect, state, c) {
    try {
        return await perform(effect, state, c);
    }
    catch (error) {
        if (c.lease.lost.aborted || state.rollout?.phase !== "stepping")
            throw error;
        return { type: "broke", atMs: c.clock.nowMs(), reason: (0,lib_error/* causes */.p)(error).join(": ") };
    }
}
async function perform(effect, state, c) {
    const { rollout } = state;
    if (!rollout || effect.type === "stop")
        throw new lib_error/* SluiceError */.a("internal", "nothing to perform");
    switch (effect.type) {
        case "place-baseline":
            return placeBaseline(effect.beside, c);
        case "route":
            return route(effect.weights, rollout, c);
        case "sample":
            return conduct_sample(rollout, c);
        case "retire":
            await untilAnswered(c, () => c.target.retire(effect.slot, c.lease.token));
            return { type: "retired", atMs: c.clock.nowMs() };
    }
}
async function placeBaseline(beside, c) {
    const signal = AbortSignal.any([c.signal, c.lease.lost]);
    await c.target.placeBaseline(beside, c.lease.token, signal);
    return { type: "baseline-placed", atMs: c.clock.nowMs() };
}
async function route(weights, rollout, c) {
    const readBack = await untilAnswered(c, () => c.target.route(weights, c.lease.token));
    const atMs = c.clock.nowMs();
    if ((0,rollout_state/* sameWeights */.ML)(readBack, weights))
        return { type: "routed", atMs };
    const reason = `weights ${(0,rollout_state/* describeWeights */.Jq)(weights)} were set, but ${(0,rollout_state/* describeWeights */.Jq)(readBack)} were read back`;
    if (rollout.phase === "stepping")
        return { type: "broke", atMs, reason };
    throw new lib_error/* SluiceError */.a("target-unreachable", reason, {
        hint: "the target does not honour the weights; look at its status",
    });
}
/** Traffic is being moved: an answer is worth waiting for, as long as the lease is ours. */
async function untilAnswered(c, ask) {
    for (;;) {
        c.lease.lost.throwIfAborted();
        try {
            return await ask();
        }
        catch (error) {
            if (!isUnreachable(error))
                throw error;
            await c.clock.sleep(RETRY_MS, c.lease.lost);
        }
    }
}
function isUnreachable(error) {
    return error instanceof lib_error/* SluiceError */.a && error.code === "target-unreachable";
}
async function conduct_sample(rollout, c) {
    await c.clock.sleep(untilNextSampleMs(rollout, c), AbortSignal.any([c.signal, c.lease.lost]));
    c.lease.lost.throwIfAborted();
    const status = await statusIfReached(c);
    const atMs = c.clock.nowMs();
    const died = status && deathOfCandidate(status, rollout);
    if (died)
        return { type: "candidate-died", atMs, reason: died };
    const lost = status && deathOfBaseline(status, rollout);
    if (lost)
        return { type: "baseline-died", atMs, reason: lost };
    return { type: "sampled", atMs, sample: await readSample(rollout, c) };
}
function untilNextSampleMs(rollout, c) {
    const lastMs = runningStep(rollout)?.lastSampleAtMs;
    if (lastMs === null || lastMs === undefined)
        return 0;
    const { sampleIntervalMs } = rollout.plan;
    // Never longer: with a clock that was put back the candidate would be left unwatched until then.
    return Math.min(sampleIntervalMs, Math.max(0, lastMs + sampleIntervalMs - c.clock.nowMs()));
}
async function readSample(rollout, c) {
    const arms = await c.target.observe().catch((error) => {
        if (isUnreachable(error))
            return null;
        throw error;
    });
    const weightPercent = rollout.plan.steps[rollout.stepIndex]?.weightPercent ?? 0;
    const candidate = arms?.[rollout.candidateSlot] ?? null;
    const compared = rollout.baseline === "placed" ? "baseline" : rollout.stableSlot;
    const baseline = (compared && arms?.[compared]) ?? null;
    return (0,sample/* sampleOf */.u)(c.clock.nowMs(), weightPercent, candidate, baseline);
}
async function statusIfReached(c) {
    return c.target.status().catch((error) => {
        if (isUnreachable(error))
            return null;
        throw error;
    });
}
function deathOfCandidate(status, rollout) {
    return whatDied(status, rollout.candidateSlot, `the candidate ${rollout.release.version}`);
}
/** While it has traffic: at 100 % nothing is compared any more. */
function deathOfBaseline(status, rollout) {
    if ((0,fresh_baseline/* baselinePercent */.lL)(rollout) === 0)
        return undefined;
    const died = whatDied(status, "baseline", "the fresh baseline");
    return died && `${died}: nothing is left to compare the candidate with`;
}
function whatDied(status, slot, subject) {
    const instances = status.slots[slot]?.instances ?? [];
    const sick = instances.filter((instance) => !instance.healthy).map((instance) => instance.name);
    if (instances.length === 0)
        return `${subject} has no process left`;
    if (sick.length === 0)
        return undefined;
    return `${sick.length} of ${instances.length} instances of ${subject} are not healthy any more: ${sick.join(", ")}`;
}


/***/ }),

/***/ 9122:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ enter)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);
/* harmony import */ var _verdict_verdict_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7419);
/* harmony import */ var _fresh_baseline_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3280);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1479);




/**
 * Decides from what the target keeps. Throws `no-such-release` naming what is there when `digest` is neither
 * placed nor in a rollout: nothing that deploy did not place is ever promoted.
 */
function enter(state, request) {
    const { rollout } = state;
    const own = rollout?.release.digest === request.digest ? rollout : null;
    if (own && own.phase !== "finished")
        return { type: "resume", state: { ...state, rollout: withReadableVerdict(own) } };
    if (rollout && rollout.phase !== "finished")
        throw unfinished(rollout);
    // A release that was found worse is not tried again until it is deployed again: that would be flapping.
    if (own && isDecided(own))
        return { type: "already", rollout: own, release: own.release };
    if (state.candidate?.release.digest === request.digest)
        return { type: "begin", state: begin(state, state.candidate, request) };
    if (state.stable?.release.digest === request.digest)
        return { type: "already", rollout: null, release: state.stable.release };
    if (own)
        return { type: "place-again", release: own.release };
    throw nothingPlaced(state, request.digest);
}
/**
 * Evidence that another version of Sluice kept is not gone on with, since a part that it lacks would be no evidence
 * against anybody: it is gathered anew. The steps that were passed stay passed.
 */
function withReadableVerdict(rollout) {
    const { schema, settings } = rollout.verdict;
    if (schema === _verdict_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .VERDICT_SCHEMA */ .CS)
        return rollout;
    const verdict = (0,_verdict_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .beginVerdict */ .RR)(settings);
    const anew = { candidateRequestsBefore: 0, evidence: null, goodBefore: (0,_verdict_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .goodEnoughParts */ .qR)(verdict) };
    const steps = rollout.steps.map((record) => record.outcome === "running" ? { ...record, ...anew } : record);
    return { ...rollout, verdict, steps };
}
function isDecided(rollout) {
    return rollout.outcome === "promoted" || rollout.outcome === "rolled-back";
}
function begin(state, candidate, request) {
    const plan = state.stable ? request.plan : (0,_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .planFirstRelease */ .RE)(request.plan);
    const baseline = (0,_fresh_baseline_js__WEBPACK_IMPORTED_MODULE_2__/* .wantsFreshBaseline */ .Xg)(request.verdict, plan) ? "fresh" : "stable";
    return {
        ...state,
        rollout: {
            id: request.id,
            release: candidate.release,
            candidateSlot: candidate.slot,
            stableSlot: state.stable?.slot ?? null,
            ...(baseline === "fresh" ? { baseline: "due" } : {}),
            plan,
            phase: "stepping",
            stepIndex: 0,
            verdict: verdictWithPast({ ...request.verdict, baseline }, request.past),
            steps: [],
            firstTrafficAtMs: null,
            toZeroAtMs: null,
            outcome: null,
            reason: null,
            endedAtMs: null,
            parked: null,
        },
    };
}
function verdictWithPast(verdict, past = []) {
    return past.reduce((state, sample) => (0,_verdict_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .observe */ .lB)(state, sample).state, (0,_verdict_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .beginVerdict */ .RR)(verdict));
}
function unfinished(rollout) {
    const weight = rollout.plan.steps[rollout.stepIndex]?.weightPercent ?? 0;
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("lease-held", `${rollout.release.version} is in an unfinished rollout (${rollout.phase}, ${weight} %)`, {
        hint: "re-run the job that started it to go on, or run the rollback action with `to: stable` to end it",
    });
}
function nothingPlaced(state, digest) {
    const there = [
        state.stable && `stable is ${state.stable.release.version} (${state.stable.release.digest})`,
        state.candidate
            ? `the candidate is ${state.candidate.release.version} (${state.candidate.release.digest})`
            : "no candidate is placed",
    ].filter(Boolean);
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("no-such-release", `${digest} is not placed: ${there.join("; ")}`, {
        hint: "run the deploy action for this digest first; a newer deploy may have replaced it",
    });
}


/***/ }),

/***/ 3280:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xg: () => (/* binding */ wantsFreshBaseline),
/* harmony export */   Yi: () => (/* binding */ leavesBaseline),
/* harmony export */   lL: () => (/* binding */ baselinePercent),
/* harmony export */   tq: () => (/* binding */ freshBaselinePercent)
/* harmony export */ });
/* harmony import */ var _verdict_verdict_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7419);

/** Whether a rollout by `plan` is compared with fresh processes: only weights below 100 compare anything. */
function wantsFreshBaseline({ baseline }, { strategy, steps }) {
    return (baseline === "fresh" &&
        strategy === "canary" &&
        steps.some(({ weightPercent }) => weightPercent < 100));
}
/**
 * As much as the candidate has, taken from stable; above 50 % all that the candidate leaves, so that from there on
 * stable's old processes stand by without traffic and every request still tells something.
 */
function freshBaselinePercent(candidatePercent) {
    return Math.round(100 * (0,_verdict_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .baselineShare */ .$b)({ baseline: "fresh" }, candidatePercent / 100));
}
/** The percentage that the fresh baseline has in the current step. */
function baselinePercent({ baseline, plan, stepIndex }) {
    if (baseline !== "placed")
        return 0;
    return freshBaselinePercent(plan.steps[stepIndex]?.weightPercent ?? 0);
}
/** Whether something may stand in the third slot that has to be stopped. */
function leavesBaseline({ baseline }) {
    return baseline === "due" || baseline === "placed";
}


/***/ }),

/***/ 5609:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D3: () => (/* binding */ leansAgainst),
/* harmony export */   Ef: () => (/* binding */ plannedHoldMs),
/* harmony export */   LO: () => (/* binding */ missing),
/* harmony export */   SR: () => (/* binding */ holdIsOver),
/* harmony export */   fE: () => (/* binding */ substantial),
/* harmony export */   jQ: () => (/* binding */ leastHoldMs),
/* harmony export */   w: () => (/* binding */ requestsInStep)
/* harmony export */ });
/* unused harmony export MIN_WINDOWS */
/* harmony import */ var _units_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5338);
/* harmony import */ var _blind_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4008);


/** In fewer windows even a release that always fails cannot be told from bad luck: one burst is one cause. */
const MIN_WINDOWS = 5;
/** How long the current step has to be watched: 0, or as planned but for at least MIN_WINDOWS samples. */
function plannedHoldMs(rollout) {
    const holdMs = rollout.plan.steps[rollout.stepIndex]?.holdMs ?? 0;
    return holdMs === 0 ? 0 : Math.max(holdMs, leastHoldMs(rollout));
}
/** However good the evidence, this long is watched. */
function leastHoldMs({ plan }) {
    return MIN_WINDOWS * plan.sampleIntervalMs;
}
function requestsInStep(record) {
    return (record.evidence?.candidate.requests ?? 0) - record.candidateRequestsBefore;
}
function holdIsOver(record, rollout) {
    if (leansAgainst(record) || (0,_blind_js__WEBPACK_IMPORTED_MODULE_1__/* .isBlind */ .iE)(rollout))
        return false;
    const checked = requestsInStep(record) >= rollout.plan.minStepRequests;
    // A step that is not held is not a check: the weight is passed on at once.
    return plannedHoldMs(rollout) === 0 || (checked && record.watchedMs >= plannedHoldMs(rollout));
}
/**
 * Whether it looks worse, though not surely enough to go back: then more traffic is not the answer, but more
 * time. The fourth root of the threshold is "substantial" on Jeffreys' scale (3.2 at alpha 1 %); evidence against a
 * release that is not worse falls below it by itself. At 100 % stable has no traffic, so waiting would tell nothing.
 */
function leansAgainst({ weightPercent, evidence }) {
    return weightPercent < 100 && evidence !== null && evidence.worse >= substantial(evidence);
}
function substantial({ threshold }) {
    return threshold ** 0.25;
}
/** Why a step stayed undecided until its deadline. */
function missing(record, rollout) {
    const waitedMs = rollout.plan.stepDeadlineMs;
    return (`no decision at ${record.weightPercent} % within ${(0,_units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(waitedMs)}: ` +
        `${(0,_units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(record.watchedMs)} of ${(0,_units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(plannedHoldMs(rollout))} could be watched, ` +
        `with ${requestsInStep(record)} requests on the candidate (at least ${rollout.plan.minStepRequests} are needed)` +
        (leansAgainst(record)
            ? `, and it looks worse without being surely so: evidence ${record.evidence?.worse.toPrecision(3)} of ${record.evidence?.threshold}`
            : "") +
        ((0,_blind_js__WEBPACK_IMPORTED_MODULE_1__/* .isBlind */ .iE)(rollout) ? `; it had to wait ${(0,_blind_js__WEBPACK_IMPORTED_MODULE_1__/* .describeBlindness */ .s5)(rollout)}` : ""));
}


/***/ }),

/***/ 1479:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RE: () => (/* binding */ planFirstRelease),
/* harmony export */   df: () => (/* binding */ describePlan),
/* harmony export */   ne: () => (/* binding */ planRollout)
/* harmony export */ });
/* harmony import */ var _units_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5338);
/* harmony import */ var _verdict_explanation_wording_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2970);


/**
 * The weights that `settings` ask for; those of `rolling` are the shares of hosts after each batch.
 * While baking with a holdback, that share stays with stable so that there is still something to compare with.
 */
function planRollout(settings) {
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
function planFirstRelease(plan) {
    return { ...plan, steps: [{ weightPercent: 100, holdMs: 0 }], minStepRequests: 0 };
}
function stepsOf(settings) {
    switch (settings.strategy) {
        case "canary":
        case "rolling":
            return settings.steps;
        case "blue-green":
            return [{ weightPercent: 100, holdMs: 0 }];
    }
}
/** On the last weight that leaves stable enough to compare with: after it there is no going back unharmed. */
function withLimit(steps, { mustFindRate }) {
    const last = steps.findLastIndex((step) => step.weightPercent < 100);
    if (mustFindRate === undefined)
        return steps;
    return steps.map((step, index) => (index === last ? { ...step, mustFindRate } : step));
}
function withBake(steps, settings) {
    const before = steps
        .filter((step) => step.weightPercent < 100)
        .map((step) => (settings.early ? { ...step, early: true } : step));
    const last = steps.find((step) => step.weightPercent === 100);
    const bakeMs = settings.bakeMs + (last?.holdMs ?? 0);
    if (settings.holdbackPercent === 0)
        return [...before, { weightPercent: 100, holdMs: bakeMs }];
    const bakePercent = 100 - settings.holdbackPercent;
    return [
        ...before.filter((step) => step.weightPercent < bakePercent),
        { weightPercent: bakePercent, holdMs: bakeMs },
        { weightPercent: 100, holdMs: 0 },
    ];
}
/** `canary 10 % (8s) → 25 % (at most 3s) → 100 %`, for logs and summaries. */
function describePlan(plan) {
    const steps = plan.steps.map(({ weightPercent, holdMs, early, mustFindRate }) => {
        const until = mustFindRate === undefined ? "" : `, until ${(0,_verdict_explanation_wording_js__WEBPACK_IMPORTED_MODULE_1__/* .percent */ .KN)(mustFindRate)} failing would be found`;
        if (holdMs === 0)
            return `${weightPercent} %${until}`;
        return `${weightPercent} % (${early ? "at most " : ""}${(0,_units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(holdMs)}${until})`;
    });
    return `${plan.strategy} ${steps.join(" → ")}`;
}


/***/ }),

/***/ 9938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LT: () => (/* binding */ closeStep),
/* harmony export */   iP: () => (/* binding */ revertForLostLease),
/* harmony export */   q2: () => (/* binding */ revertsWhenAbandoned)
/* harmony export */ });
/* harmony import */ var _fresh_baseline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3280);

/** Closes the running step, if there is one, with how it ended. */
function closeStep(rollout, outcome, atMs) {
    const steps = rollout.steps.map((step) => step.outcome === "running" ? { ...step, outcome, endedAtMs: atMs } : step);
    return { ...rollout, steps };
}
/** Whether traffic still has to go back when whoever conducts this rollout is gone. */
function revertsWhenAbandoned(rollout) {
    return rollout.phase === "stepping" || rollout.phase === "reverting";
}
/**
 * What the target writes when a lease ran out and it took all traffic back to stable by itself; it stops a fresh
 * baseline by itself as well. A rollout that was already promoting or retiring keeps its way forward; a finished one is left alone.
 */
function revertForLostLease(state, holderDescription, nowMs) {
    const { rollout } = state;
    if (!rollout || !revertsWhenAbandoned(rollout))
        return state;
    const outcome = rollout.outcome ?? "failed";
    const reason = rollout.reason ??
        `the lease ran out: ${holderDescription} vanished, so the target took all traffic back to stable by itself`;
    return {
        ...state,
        rollout: {
            ...closeStep(rollout, "interrupted", nowMs),
            ...((0,_fresh_baseline_js__WEBPACK_IMPORTED_MODULE_0__/* .leavesBaseline */ .Yi)(rollout) ? { baseline: "gone" } : {}),
            phase: "finished",
            outcome,
            reason,
            toZeroAtMs: rollout.firstTrafficAtMs === null ? null : nowMs,
            endedAtMs: nowMs,
        },
    };
}


/***/ }),

/***/ 4246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ pastSamples),
/* harmony export */   u: () => (/* binding */ sampleOf)
/* harmony export */ });
/** Both arms' readings from one moment, as the verdict takes them. */
function sampleOf(atMs, weightPercent, candidate, baseline) {
    const sample = {
        t: atMs / 1_000,
        weight: weightPercent / 100,
        candidate: candidate?.total ?? null,
        baseline: baseline?.total ?? null,
    };
    const instances = {
        candidate: candidate?.instances ?? {},
        baseline: baseline?.instances ?? {},
    };
    const several = Object.values(instances).some((arm) => Object.keys(arm).length > 1);
    return several ? { ...sample, instances } : sample;
}
/** Stable's own past as samples at weight 0. */
function pastSamples(readings) {
    return readings.map(({ atMs, counters }) => sampleOf(atMs, 0, null, counters));
}


/***/ }),

/***/ 7081:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ servedWith),
/* harmony export */   q: () => (/* binding */ hasServed)
/* harmony export */ });
/** More than any target keeps the bytes of. */
const REMEMBERED = 16;
/** What has served, the latest last, once `release` does too. A state of before this was kept knows two of them. */
function servedWith(state, release) {
    const before = state.served ?? knownOf(state);
    return [...before.filter((digest) => digest !== release.digest), release.digest].slice(-REMEMBERED);
}
/** Whether it was let through here before; true where nobody can tell. */
function hasServed(state, { digest }) {
    return state.served?.includes(digest) ?? true;
}
function knownOf({ previous, stable }) {
    return [previous, stable?.release].flatMap((release) => (release ? [release.digest] : []));
}


/***/ }),

/***/ 6675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ withLease),
  a: () => (/* binding */ withoutWords)
});

// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./lib/rollout/lease.js

/** Renewed this often per lease time, so that two renewals in a row may fail. */
const RENEWALS_PER_LEASE = 4;
/**
 * Takes the target's lease and keeps it. Throws `lease-held` when somebody else has it.
 * An unreachable target is asked again until the lease would have run out anyway.
 */
async function holdLease(target, holder, leaseMs, clock) {
    const lease = await target.acquire(holder, leaseMs);
    let { without = [] } = lease;
    const onRenewed = (renewed) => {
        without = renewed.without ?? [];
    };
    const lost = new AbortController();
    const done = new AbortController();
    const renewing = renewUntil(done.signal, { target, lease, leaseMs, clock, onRenewed }).catch((error) => lost.abort(error));
    return {
        token: lease.token,
        get without() {
            return without;
        },
        lost: lost.signal,
        async giveBack() {
            done.abort();
            await renewing;
            if (!lost.signal.aborted)
                await target.release(lease.token);
        },
        async abandon() {
            done.abort();
            await renewing;
        },
    };
}
async function renewUntil(done, { target, lease, leaseMs, clock, onRenewed }) {
    const everyMs = leaseMs / RENEWALS_PER_LEASE;
    let askedAtMs = clock.nowMs();
    let goodUntilMs = askedAtMs + leaseMs;
    for (;;) {
        // One that was answered late does not put off the next, nor does a clock that was put back meanwhile.
        const leftMs = askedAtMs + everyMs - clock.nowMs();
        await clock.sleep(Math.min(everyMs, Math.max(0, leftMs)), done);
        if (done.aborted)
            return;
        askedAtMs = clock.nowMs();
        try {
            onRenewed(await target.renew(lease.token, leaseMs));
            goodUntilMs = askedAtMs + leaseMs;
        }
        catch (error) {
            const isFinal = error instanceof lib_error/* SluiceError */.a && error.code === "lease-lost";
            if (isFinal || clock.nowMs() >= goodUntilMs)
                throw lostLease(error, lease);
        }
    }
}
function lostLease(cause, lease) {
    return new lib_error/* SluiceError */.a("lease-lost", `the lease of ${lease.holder.description} was lost`, {
        cause,
        hint: "the target has taken all traffic back to stable, or another runner took over; look at its status",
    });
}

;// CONCATENATED MODULE: ./lib/rollout/session.js

/** Of machines that are left as they are until they are back; empty when all are there. */
function withoutWords(names) {
    return names.length === 0 ? "" : `without ${names.join(", ")}, which could not be reached`;
}
/**
 * Works under the target's lease and gives it back afterwards. When `work` fails while the candidate still has
 * traffic, the lease is left to run out instead, so that the target takes the traffic back.
 */
async function withLease(options, work) {
    const { target, holder, leaseMs, clock } = options;
    const lease = await holdLease(target, holder, leaseMs, clock);
    if (lease.without.length > 0)
        options.warn?.(`going on ${withoutWords(lease.without)}: nothing is stopped that an edge among them may still send requests to`);
    try {
        const result = await work(lease);
        await lease.giveBack();
        return result;
    }
    catch (error) {
        if (await leavesTraffic(target))
            await lease.abandon();
        // The first error is the one to tell.
        else
            await lease.giveBack().catch(() => { });
        throw error;
    }
}
async function leavesTraffic(target) {
    try {
        const { rollout } = (await target.read()).value;
        return rollout !== null && rollout.phase !== "finished" && rollout.parked === null;
    }
    catch {
        return true;
    }
}


/***/ }),

/***/ 2015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jq: () => (/* binding */ describeWeights),
/* harmony export */   ML: () => (/* binding */ sameWeights),
/* harmony export */   PT: () => (/* binding */ allOn),
/* harmony export */   Wk: () => (/* binding */ EMPTY_STATE),
/* harmony export */   lD: () => (/* binding */ split)
/* harmony export */ });
const EMPTY_STATE = {
    schema: 1,
    stable: null,
    candidate: null,
    previous: null,
    rollout: null,
};
/** Traffic all on one slot. */
function allOn(slot) {
    return slot === "blue" ? { blue: 100, green: 0 } : { blue: 0, green: 100 };
}
/** Traffic split: `candidatePercent` on the candidate's slot, a part on the fresh baseline, the rest on the other. */
function split(candidateSlot, candidatePercent, baselinePercent) {
    const rest = 100 - candidatePercent - baselinePercent;
    const serving = candidateSlot === "blue"
        ? { blue: candidatePercent, green: rest }
        : { blue: rest, green: candidatePercent };
    return baselinePercent === 0 ? serving : { ...serving, baseline: baselinePercent };
}
function sameWeights(a, b) {
    return a.blue === b.blue && a.green === b.green && (a.baseline ?? 0) === (b.baseline ?? 0);
}
/** `blue 80 green 10 baseline 10`, for people. */
function describeWeights({ blue, green, baseline = 0 }) {
    const serving = `blue ${blue} green ${green}`;
    return baseline === 0 ? serving : `${serving} baseline ${baseline}`;
}


/***/ }),

/***/ 3591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ holderOf)
/* harmony export */ });
/**
 * Who this process is, as the one who holds a rollout. A re-run of the same job of the same run has the same
 * key, and may take over what its killed predecessor held: GitHub never runs both at once.
 */
function holderOf(env, pid) {
    const { GITHUB_RUN_ID, GITHUB_JOB } = env;
    if (!GITHUB_RUN_ID || !GITHUB_JOB) {
        const user = env.USER ?? env.LOGNAME ?? "somebody";
        return { key: `process/${pid}`, description: `${user}'s process ${pid}` };
    }
    const repository = env.GITHUB_REPOSITORY ?? "unknown";
    const attempt = env.GITHUB_RUN_ATTEMPT ?? "1";
    return {
        key: `${repository}/${GITHUB_RUN_ID}/${GITHUB_JOB}`,
        description: `${repository} ${env.GITHUB_WORKFLOW ?? "workflow"} run ${GITHUB_RUN_ID} job ${GITHUB_JOB} (attempt ${attempt})`,
    };
}


/***/ }),

/***/ 9925:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ openTarget)
/* harmony export */ });
/** The target that an environment names. It is asked nothing yet, so it need not be reachable. */
async function openTarget(environment) {
    switch (environment.target.kind) {
        case "local": {
            const { LocalTarget } = await Promise.all(/* import() */[__webpack_require__.e(474), __webpack_require__.e(750)]).then(__webpack_require__.bind(__webpack_require__, 9750));
            return new LocalTarget(environment);
        }
        case "hosts": {
            const { HostsTarget } = await Promise.all(/* import() */[__webpack_require__.e(419), __webpack_require__.e(735), __webpack_require__.e(287)]).then(__webpack_require__.bind(__webpack_require__, 1287));
            return new HostsTarget(environment, environment.target);
        }
    }
}


/***/ })

};
