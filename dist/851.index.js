export const id = 851;
export const ids = [851];
export const modules = {

/***/ 5851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  promote: () => (/* binding */ promote)
});

// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/environment/read.js + 24 modules
var read = __webpack_require__(9996);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./lib/evidence/rollout.js
/** The part of the release record that a rollout's kept state tells. */
function rolloutEvidence(rollout) {
    return {
        plan: {
            strategy: rollout.plan.strategy,
            steps: rollout.plan.steps.map(({ weightPercent, holdMs }) => ({
                weight: weightPercent,
                holdMs,
            })),
            ...(rollout.baseline ? { baseline: "fresh" } : {}),
        },
        steps: rollout.steps.map(stepEvidence),
        secondsToZero: secondsBetween(rollout.firstTrafficAtMs, rollout.toZeroAtMs),
    };
}
function stepEvidence(step) {
    return {
        weight: step.weightPercent,
        ...(step.baselinePercent === undefined ? {} : { baselineWeight: step.baselinePercent }),
        startedAt: new Date(step.startedAtMs).toISOString(),
        endedAt: step.endedAtMs === null ? null : new Date(step.endedAtMs).toISOString(),
        outcome: step.outcome,
        evidence: step.evidence,
        ...(step.explanation === undefined ? {} : { explanation: step.explanation }),
        ...(step.early === undefined ? {} : { early: step.early }),
    };
}
function secondsBetween(fromMs, toMs) {
    if (fromMs === null || toMs === null)
        return null;
    return Math.round(toMs - fromMs) / 1_000;
}

// EXTERNAL MODULE: ./lib/rollout/candidate.js
var candidate = __webpack_require__(79);
// EXTERNAL MODULE: ./lib/rollout/clock.js
var clock = __webpack_require__(7160);
// EXTERNAL MODULE: ./lib/rollout/conduct.js + 2 modules
var conduct = __webpack_require__(4702);
// EXTERNAL MODULE: ./lib/rollout/entry.js
var rollout_entry = __webpack_require__(9122);
// EXTERNAL MODULE: ./lib/rollout/fresh-baseline.js
var fresh_baseline = __webpack_require__(3280);
// EXTERNAL MODULE: ./lib/rollout/plan.js
var plan = __webpack_require__(1479);
// EXTERNAL MODULE: ./lib/rollout/sample.js
var sample = __webpack_require__(4246);
// EXTERNAL MODULE: ./lib/rollout/session.js + 1 modules
var session = __webpack_require__(6675);
// EXTERNAL MODULE: ./lib/targets/holder.js
var targets_holder = __webpack_require__(3591);
// EXTERNAL MODULE: ./lib/targets/open.js
var targets_open = __webpack_require__(9925);
// EXTERNAL MODULE: ./lib/rollout/hold.js
var hold = __webpack_require__(5609);
// EXTERNAL MODULE: ./lib/units/duration.js
var duration = __webpack_require__(5338);
// EXTERNAL MODULE: ./lib/verdict/verdict.js + 16 modules
var verdict = __webpack_require__(7419);
;// CONCATENATED MODULE: ./actions/canary-promote/expectation.js




/** How long stable's traffic is looked at, to know its rate. */
const LOOK_MS = 500;
const RATIOS = [2, 5, 10];
/** What to expect of this rollout, in words, before it starts: how soon which fault would be found. */
async function expectations(target, request, signal) {
    const { stable } = (await target.read()).value;
    if (!stable)
        return ["the first release: there is no stable one to compare with"];
    const before = (await target.observe())[stable.slot].total;
    const startedMs = performance.now();
    await clock/* systemClock */.m.sleep(LOOK_MS, signal);
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
function describeExpectation(traffic, plan, settings) {
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
            const found = (0,verdict/* expectedSecondsToDetect */.UX)({ settings, ...weights, ratio, ...traffic });
            return `${ratio}× as often after ${Number.isFinite(found) ? (0,duration/* formatDuration */.a3)(1_000 * found) : "no finite time"}`;
        });
        return `  at ${weightPercent} %: ${times.join(", ")}`;
    });
    return [`${head}:`, ...lines, ...earlyLine(traffic, plan, settings)];
}
function weightsAt(settings, weightPercent) {
    const weight = weightPercent / 100;
    return { weight, baselineWeight: (0,verdict/* baselineShare */.$b)(settings, weight) };
}
/** What `rollout.early` makes of the holds for a release that is as good as stable; nothing when it is off. */
function earlyLine(traffic, plan, settings) {
    const early = plan.steps.filter((step) => step.early);
    if (early.length === 0)
        return [];
    const leastMs = (0,hold/* leastHoldMs */.jQ)({ plan });
    const times = early.map(({ weightPercent, holdMs }) => {
        const weights = weightsAt(settings, weightPercent);
        const shownMs = 1_000 * (0,verdict/* expectedSecondsToPromote */.vj)({ settings, ...weights, ...traffic });
        const passedMs = Math.min(Math.max(holdMs, leastMs), Math.max(leastMs, shownMs));
        return `${weightPercent} % after ${(0,duration/* formatDuration */.a3)(passedMs)}`;
    });
    return [`with early, one that fails as often as stable is expected to pass ${times.join(", ")}`];
}

// EXTERNAL MODULE: ./lib/evidence/canonical.js
var canonical = __webpack_require__(9466);
// EXTERNAL MODULE: ./lib/evidence/record.js
var record = __webpack_require__(6071);
// EXTERNAL MODULE: ./lib/evidence/statement.js
var evidence_statement = __webpack_require__(7509);
;// CONCATENATED MODULE: ./actions/canary-promote/judged.js



/** The gate, with a statement that names the rollout it was decided on, exactly as a record will keep it. */
function judged(release, found, evidence, environment) {
    const rolloutDigest = (0,canonical/* digestOfValue */.$L)(record/* Rollout */.mp.parse(evidence));
    const statement = (0,evidence_statement/* statementOf */.T8)({
        predicateType: evidence_statement/* PREDICATE */.W3.rollout,
        subject: { name: release.name, digest: release.digest },
        predicate: { outcome: found.outcome, reason: found.reason, environment, rolloutDigest },
    });
    return { name: "canary-promote", ...found, statement };
}

// EXTERNAL MODULE: ./lib/rollout/blind.js + 1 modules
var blind = __webpack_require__(4008);
;// CONCATENATED MODULE: ./actions/canary-promote/progress.js




/** Sampled lines are told this often at most; what changes is told at once. */
const TELL_EVERY_MS = 1_000;
/** Turns what a rollout does into lines for a person who follows the log. */
class Progress {
    #toldAtMs = 0;
    #steps = 0;
    #ended = 0;
    /** The lines that this event is worth; mostly none. */
    lines(rollout, event) {
        const opened = rollout.steps.slice(this.#steps).map(openingLine);
        const closed = rollout.steps.filter((step) => step.outcome !== "running").slice(this.#ended);
        this.#steps = rollout.steps.length;
        this.#ended += closed.length;
        return [...closed.map(closingLine), ...opened, ...this.#sampled(rollout, event)].concat(phaseLine(rollout, event));
    }
    #sampled(rollout, event) {
        const running = rollout.steps.at(-1);
        if (event.type !== "sampled" || running?.outcome !== "running")
            return [];
        if (event.atMs - this.#toldAtMs < TELL_EVERY_MS)
            return [];
        this.#toldAtMs = event.atMs;
        return [evidenceLine(running, rollout)];
    }
}
function openingLine(step) {
    const { weightPercent, baselinePercent } = step;
    const beside = baselinePercent === undefined ? "" : `, ${baselinePercent} % to a fresh baseline`;
    return `→ ${weightPercent} % to the candidate${beside}`;
}
function closingLine(step) {
    const took = (0,duration/* formatDuration */.a3)((step.endedAtMs ?? step.startedAtMs) - step.startedAtMs);
    if (step.early === undefined)
        return `  ${step.weightPercent} % ${step.outcome} after ${took}`;
    return `  ${step.weightPercent} % ${step.outcome} early after ${took}; ${step.early}`;
}
/** `  25 %  3s of 5s watched · candidate 12/1480 errors · stable 4/4440 · evidence 0.7 of 100`. */
function evidenceLine(step, rollout) {
    const holdMs = (0,hold/* plannedHoldMs */.Ef)(rollout);
    const watched = `${(0,duration/* formatDuration */.a3)(step.watchedMs)} of ${(0,duration/* formatDuration */.a3)(holdMs)} watched${waitingFor(step, rollout, holdMs)}`;
    const { evidence } = step;
    if (!evidence)
        return `  ${step.weightPercent} %  ${watched} · no counters could be read yet`;
    const { candidate, baseline, worse, threshold } = evidence;
    return [
        `  ${step.weightPercent} %  ${watched}`,
        `candidate ${candidate.errors}/${candidate.requests} failed`,
        `${(0,verdict/* nameOfBaseline */.WC)(rollout.verdict.settings)} ${baseline.errors}/${baseline.requests}`,
        `evidence ${shortNumber(worse)} of ${shortNumber(threshold)}`,
    ].join(" · ");
}
/** What a step that was watched long enough still waits for. */
function waitingFor(step, rollout, holdMs) {
    if (step.watchedMs < holdMs)
        return "";
    if ((0,hold/* leansAgainst */.D3)(step))
        return ", waiting since it looks worse";
    const requests = (0,hold/* requestsInStep */.w)(step);
    const { minStepRequests } = rollout.plan;
    if (requests < minStepRequests)
        return `, waiting for ${minStepRequests} requests on the candidate (${requests} until now)`;
    return (0,blind/* isBlind */.iE)(rollout) ? `, waiting ${(0,blind/* describeBlindness */.s5)(rollout)}` : "";
}
function phaseLine(rollout, event) {
    if (event.type === "baseline-placed")
        return [
            "fresh processes of stable are healthy beside it, for the candidate to be compared with",
        ];
    if (event.type === "routed" && rollout.phase === "retiring")
        return rollout.outcome === "promoted"
            ? ["all traffic is on the candidate; the old slot is drained and retired"]
            : ["all traffic is back on stable; the candidate is drained and retired"];
    if (rollout.parked !== null)
        return [`held: ${rollout.parked}`];
    return [];
}
function shortNumber(value) {
    if (value >= 1e6 || (value > 0 && value < 0.01))
        return value.toExponential(1);
    return String(Number(value.toPrecision(3)));
}

;// CONCATENATED MODULE: ./actions/canary-promote/rollout-settings.js


/** The environment's settings with the run's own above them. Throws `invalid-input` for steps that are no plan. */
function overridden(settings, over) {
    if (over.steps)
        mustAscendTo100(over.steps);
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
function mustKeepBaseline(plan, verdict) {
    if (verdict.baseline !== "fresh" || (0,fresh_baseline/* wantsFreshBaseline */.Xg)(verdict, plan))
        return;
    if (plan.steps.every(({ weightPercent }) => weightPercent === 100))
        return;
    throw new error/* SluiceError */.a("invalid-input", `strategy: given "${plan.strategy}", but the environment's verdict.baseline is fresh; accepted is canary, or blue-green, which compares nothing`, { hint: "leave out `strategy`, or write `baseline: stable` under `verdict:`" });
}
function mustAscendTo100(steps) {
    const ascends = steps.every((weight, at) => weight > (steps[at - 1] ?? 0));
    const whole = steps.every(Number.isInteger);
    if (ascends && whole && steps.at(-1) === 100)
        return;
    throw new error/* SluiceError */.a("invalid-input", `steps: given "${steps.join(", ")}", accepted are whole percentages that ascend and end with 100`, { hint: "for example `steps: 10, 25, 50, 100`" });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./actions/canary-promote/trace-file.js


/** The rollout's samples as JSON lines. Each is written at once, so that a killed runner leaves its trace. */
class TraceFile {
    path;
    constructor(path) {
        this.path = path;
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)(path), { recursive: true });
        (0,external_node_fs_.writeFileSync)(path, "");
    }
    append(sample) {
        (0,external_node_fs_.appendFileSync)(this.path, `${JSON.stringify(sample)}\n`);
    }
}

;// CONCATENATED MODULE: ./actions/canary-promote/promote.js



















/** Conducts the rollout to its end; the action's outputs are set however it ends. */
async function promote(context) {
    const { inputs, log, signal, env } = context;
    const environment = await (0,read/* readEnvironment */.Qo)(inputs["environment-file"]);
    const settings = overridden(environment.rollout, inputs);
    const target = await (0,targets_open/* openTarget */.A)(environment);
    const holder = (0,targets_holder/* holderOf */.K)(env, process.pid);
    const request = {
        digest: inputs.digest,
        id: `${holder.key}/${Date.now()}`,
        plan: (0,plan/* planRollout */.ne)(settings),
        verdict: environment.verdict,
    };
    mustKeepBaseline(request.plan, request.verdict);
    log.info(`plan: ${(0,plan/* describePlan */.df)(request.plan)}${besides(request)}`);
    for (const line of await expectations(target, request, signal))
        log.info(line);
    const trace = new TraceFile(inputs.trace);
    let held;
    const warn = (message) => log.warning(message);
    const ended = await (0,session/* withLease */.p)({ target, holder, leaseMs: settings.leaseMs, clock: clock/* systemClock */.m, warn }, (lease) => {
        held = lease;
        return rollOut({ target, lease, request, trace, log, signal });
    });
    return conclude(ended, trace, { ...context, environment: environment.name }, held?.without ?? []);
}
/** What the fresh baseline has at each weight. */
function besides({ verdict, plan }) {
    if (!(0,fresh_baseline/* wantsFreshBaseline */.Xg)(verdict, plan))
        return "";
    const weights = plan.steps.map(({ weightPercent }) => `${(0,fresh_baseline/* freshBaselinePercent */.tq)(weightPercent)} %`);
    return `, beside fresh processes of stable with ${weights.join(" → ")}`;
}
async function rollOut(r) {
    const { target, lease, log, signal } = r;
    const { value, version } = await target.read();
    const past = (0,sample/* pastSamples */.Y)(await target.past());
    const entry = (0,rollout_entry/* enter */.V)(value, { ...r.request, past });
    switch (entry.type) {
        case "already":
            log.notice(`nothing to do: ${entry.release.version} went through this before`);
            return entry.rollout
                ? { type: "rollout", rollout: entry.rollout }
                : { type: "serving", release: entry.release };
        case "place-again":
            log.info(`${entry.release.version} was taken off its slot; placing it again`);
            await (0,candidate/* placeCandidate */.F)(entry.release, {
                target,
                token: lease.token,
                signal: AbortSignal.any([signal, lease.lost]),
            });
            return rollOut(r);
        case "resume":
            log.notice(`going on with the rollout that was ${entry.state.rollout?.phase}`);
            break;
        case "begin":
            log.info(`stable's own past: ${past.length} readings`);
            for (const sample of past)
                r.trace.append(sample);
            break;
    }
    const progress = new Progress();
    const state = await (0,conduct/* conduct */.V)({ state: entry.state, version }, {
        target,
        lease,
        signal,
        clock: clock/* systemClock */.m,
        onProgress({ rollout }, event) {
            if (event.type === "sampled")
                r.trace.append(event.sample);
            if (rollout)
                for (const line of progress.lines(rollout, event))
                    log.info(line);
        },
    });
    if (!state.rollout)
        throw new error/* SluiceError */.a("internal", "the rollout ended without a state");
    return { type: "rollout", rollout: state.rollout };
}
const FAILURE = {
    "rolled-back": {
        code: "worse",
        hint: "mend the release and tag a new version; `sluice replay` on the trace shows every window",
    },
    inconclusive: {
        code: "inconclusive",
        hint: "look at traffic and metrics of both slots, then re-run this job",
    },
    failed: { code: "cancelled", hint: "re-run this job to start over" },
};
function conclude(ended, trace, context, missing) {
    const { environment } = context;
    if (ended.type === "serving")
        return alreadyServing(ended.release, trace, environment);
    const { rollout } = ended;
    const outcome = rollout.outcome ?? "inconclusive";
    const why = rollout.reason ?? rollout.parked ?? "the rollout ended without a reason";
    const reason = [why, (0,session/* withoutWords */.a)(missing)].filter(Boolean).join("; ");
    const evidence = rolloutEvidence(rollout);
    const outputs = {
        gate: judged(rollout.release, { outcome: gateOutcome(outcome), reason }, evidence, environment),
        outcome,
        held: rollout.parked !== null,
        rollout: evidence,
        trace: trace.path,
        "seconds-to-zero": evidence.secondsToZero,
    };
    summarise(context.summary, rollout, outcome, reason);
    if (outcome === "promoted") {
        context.log.info(`promoted: ${reason}`);
        return outputs;
    }
    context.outputs.set(outputs);
    const { code, hint } = FAILURE[outcome];
    throw new error/* SluiceError */.a(code, `${rollout.release.version} ${outcome}: ${reason}`, { hint });
}
function gateOutcome(outcome) {
    if (outcome === "promoted")
        return "passed";
    return outcome === "inconclusive" ? "inconclusive" : "failed";
}
function alreadyServing(release, trace, environment) {
    const reason = `${release.version} (${release.digest}) is serving already`;
    const rollout = {
        plan: { strategy: "canary", steps: [] },
        steps: [],
        secondsToZero: null,
    };
    return {
        gate: judged(release, { outcome: "passed", reason }, rollout, environment),
        outcome: "promoted",
        held: false,
        rollout,
        trace: trace.path,
        "seconds-to-zero": null,
    };
}
function summarise(summary, rollout, outcome, reason) {
    summary.heading(`${rollout.release.version}: ${outcome}`);
    summary.markdown((0,action/* inlineText */.ln)(reason));
    summary.table([
        "Weight",
        "Outcome",
        "Candidate failed",
        rollout.baseline ? "Fresh stable failed" : "Stable failed",
        "Evidence (of threshold)",
    ], rollout.steps.map(({ weightPercent, baselinePercent, outcome: ended, evidence, early }) => [
        baselinePercent === undefined
            ? `${weightPercent} %`
            : `${weightPercent} %, baseline ${baselinePercent} %`,
        early === undefined ? ended : `${ended} early`,
        evidence ? `${evidence.candidate.errors} of ${evidence.candidate.requests}` : "–",
        evidence ? `${evidence.baseline.errors} of ${evidence.baseline.requests}` : "–",
        evidence ? `${shortNumber(evidence.worse)} (${shortNumber(evidence.threshold)})` : "–",
    ]));
}


/***/ })

};
