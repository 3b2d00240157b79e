export const id = 37;
export const ids = [37];
export const modules = {

/***/ 4037:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k6Gate: () => (/* binding */ k6Gate)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/evidence/digest.js
var digest = __webpack_require__(5874);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(3477);
// EXTERNAL MODULE: ./lib/load/metric.js
var load_metric = __webpack_require__(2577);
// EXTERNAL MODULE: ./lib/load/ratio.js + 1 modules
var ratio = __webpack_require__(2784);
;// CONCATENATED MODULE: ./lib/load/gate.js


/**
 * Each look at each metric gets an equal part of alpha (Bonferroni; as a spending function, Lan & DeMets): looking
 * again after more blocks is one more chance to be wrong, and the sum of the chances stays alpha, whatever depends
 * on whatever.
 */
function levelsOf(settings) {
    const { alpha, beta, looks, scripts, processSpread } = settings;
    return { alpha: alpha / (looks * scripts * load_metric/* METRICS */.C.length), beta: beta / looks, processSpread };
}
/** What the pairs of blocks of all rounds say about the candidate. */
function judge(rounds, settings) {
    return decide((0,ratio/* ratiosOf */.g)(rounds, levelsOf(settings), settings.blockMs), settings);
}
/** What ratios whose intervals are of the right levels amount to. */
function decide(ratios, settings) {
    const worse = ratios.filter(({ low, ratio }) => low > 1 && ratio > settings.margin);
    if (worse.length > 0) {
        return { decision: "failed", ratios, reason: worse.map(describeWorse).join("; ") };
    }
    const open = settings.passOn.filter((metric) => !isRuledOut(metric, ratios, settings.ruleOut));
    if (open.length === 0)
        return { decision: "passed", ratios, reason: passReason(ratios, settings) };
    const reason = open.map((metric) => describeOpen(metric, ratios, settings.ruleOut)).join("; ");
    return { decision: "undecided", ratios, reason };
}
function isRuledOut(metric, ratios, ruleOut) {
    const found = ratios.find((ratio) => ratio.metric === metric);
    return found !== undefined && found.high < ruleOut;
}
function describeWorse({ metric, ratio, low }) {
    return `${metric} is ${percentMore(ratio)} worse than the baseline's (at least ${percentMore(low)})`;
}
function passReason(ratios, { passOn }) {
    const known = ratios.filter(({ metric }) => passOn.includes(metric));
    const told = known.map(({ metric, ratio, high }) => `${metric} ×${ratio.toFixed(3)} (at most ×${high.toFixed(3)})`);
    return `no worse than the baseline: ${told.join(", ")}`;
}
function describeOpen(metric, ratios, ruleOut) {
    const found = ratios.find((ratio) => ratio.metric === metric);
    if (!found)
        return `${metric} has too few pairs of blocks`;
    const { low, high } = found;
    return `${metric} may be ×${low.toFixed(2)} to ×${high.toFixed(2)} of the baseline's; ×${ruleOut} is not ruled out`;
}
/** `12.3 %` of 1.123. */
function percentMore(ratio) {
    return `${((ratio - 1) * 100).toFixed(1)} %`;
}

// EXTERNAL MODULE: ./lib/load/student.js
var student = __webpack_require__(2138);
;// CONCATENATED MODULE: ./lib/load/history.js




/** What one run measured of one script. Throughput is iterations a second. */
const runFacts = schemas/* object */.Ikc({
    at: iso/* datetime */.w$(),
    commit: schemas/* string */.YjP(),
    values: schemas/* partialRecord */.jgl(schemas/* enum */.k5n(load_metric/* METRICS */.C), schemas/* number */.aig().nonnegative()),
});
/** A stored baseline: the last good runs of each script, oldest first. */
const baselineFile = schemas/* object */.Ikc({
    schema: schemas/* literal */.euz(1),
    scripts: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* array */.YOg(runFacts)),
});
const NO_BASELINE = { schema: 1, scripts: {} };
/** With fewer good runs nothing is known of how much runs differ by themselves. */
const MIN_HISTORY = 5;
const MAX_HISTORY = 30;
/** With this run added; only good runs belong into it. */
function withRun(file, script, run) {
    const runs = [...(file.scripts[script] ?? []), run].slice(-MAX_HISTORY);
    return { ...file, scripts: { ...file.scripts, [script]: runs } };
}
/**
 * A new run beside those before, on a logarithmic scale, with the spread that these have among themselves: the
 * interval in which one more of the same kind is expected (Student's prediction interval).
 */
function compareWithHistory(run, history, alpha) {
    return load_metric/* METRICS */.C.flatMap((metric) => {
        const value = run.values[metric];
        const before = history.flatMap(({ values }) => values[metric] ?? []);
        if (value === undefined || before.length < MIN_HISTORY)
            return [];
        return compared(metric, value, before, alpha / load_metric/* METRICS */.C.length);
    });
}
/** So that none is not infinitely less than a few: half a thousandth of a millisecond, or of all requests. */
const LEAST = 0.0005;
function compared(metric, value, before, alpha) {
    const worse = metric === "throughput" ? -1 : 1;
    const logs = before.map((one) => worse * Math.log(Math.max(LEAST, one)));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
    const spread = Math.sqrt(squares / (logs.length - 1));
    const log = worse * Math.log(Math.max(LEAST, value)) - mean;
    const reach = (0,student/* studentQuantile */.F)(1 - alpha, logs.length - 1) * spread * Math.sqrt(1 + 1 / logs.length);
    return {
        metric,
        ratio: Math.exp(log),
        low: Math.exp(log - reach),
        value,
        typical: Math.exp(worse * mean),
    };
}
/** What of the comparison fails the gate, in words. */
function worseThanHistory(ratios, margin) {
    return ratios
        .filter(({ ratio, low }) => low > 1 && ratio > margin)
        .map(({ metric, ratio }) => `${metric} is ${percentMore(ratio)} worse than in the runs before, and further from them than they are from each other`);
}

;// CONCATENATED MODULE: ./lib/load/k6-arguments.js

/** What k6 is told in every run: no reports home, no port of its own, and a stream of samples. */
const ALWAYS = ["run", "--quiet", "--no-color", "--no-usage-report", "--address", ""];
const STREAM = ["--out", "json=-"];
/** Flags that say how much load there is; with two arms that is decided by blocks. */
const LOAD_FLAGS = ["--vus", "--duration", "--iterations", "--stage", "--execution-segment"];
const LOAD_SHORT_FLAGS = /^-[udis]/;
/** Variables by which k6 takes the same from the environment. */
const LOAD_VARIABLES = ["K6_VUS", "K6_DURATION", "K6_ITERATIONS", "K6_STAGES", "K6_OUT"];
/** Variables by which a step before could take a script's thresholds away; a flag is written where the gate is. */
const JUDGING_VARIABLES = ["K6_NO_THRESHOLDS", "K6_THRESHOLDS"];
/** argv of `k6 run`. */
function runArguments(script, flags, variables) {
    return [...ALWAYS, ...STREAM, ...variableFlags(variables), ...flags, script];
}
/**
 * argv of `k6 inspect`; of the flags only variables matter to it. Unlike `run` it shows the script no variables of the
 * environment unless it is told, and a rate is often one of them.
 */
function inspectArguments(script, flags, variables) {
    return [
        "inspect",
        "--include-system-env-vars",
        ...variableFlags(variables),
        ...variablesIn(flags),
        script,
    ];
}
/** Throws `invalid-input` for flags that would take the load out of the blocks' hands. */
function mustNotSetLoad(flags) {
    const wrong = flags.find((flag) => LOAD_SHORT_FLAGS.test(flag) ||
        LOAD_FLAGS.some((name) => flag === name || flag.startsWith(`${name}=`)));
    if (wrong === undefined)
        return;
    throw new error/* SluiceError */.a("invalid-input", `flags: ${wrong} sets the load, which blocks decide when two versions are compared`, { hint: "set rate or VUs in the script's options, and the length by `duration` and `block`" });
}
/**
 * The job's environment, without what would take the decision out of the script's hands, and made safe for a run of
 * blocks. Nothing is looked up from outside by k6 itself.
 */
function k6Environment(env, inBlocks) {
    const withheld = inBlocks ? [...JUDGING_VARIABLES, ...LOAD_VARIABLES] : JUDGING_VARIABLES;
    const kept = Object.entries(env).filter(([name]) => !withheld.includes(name));
    return { K6_AUTO_EXTENSION_RESOLUTION: "false", ...Object.fromEntries(kept) };
}
function variableFlags(variables) {
    return Object.entries(variables).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
}
function variablesIn(flags) {
    return flags.flatMap((flag, at) => {
        const next = flags[at + 1];
        if ((flag === "-e" || flag === "--env") && next !== undefined)
            return ["-e", next];
        const isKnown = /^--(env|include-system-env-vars)(=|$)/.test(flag);
        return isKnown ? [flag] : [];
    });
}

// EXTERNAL MODULE: ./lib/tools/ensure.js + 22 modules
var ensure = __webpack_require__(5632);
// EXTERNAL MODULE: ./lib/tools/shop.js
var tools_shop = __webpack_require__(8822);
;// CONCATENATED MODULE: ./lib/load/quantile.js
/** The quantile of numbers in ascending order, interpolated between neighbours (type 7 of Hyndman and Fan). */
function quantileOf(sorted, share) {
    const at = (sorted.length - 1) * share;
    const below = Math.floor(at);
    const [low, high] = [sorted[below] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
    return low + (high - low) * (at - below);
}

;// CONCATENATED MODULE: ./lib/load/block.js

function emptyBlock() {
    return { latenciesMs: [], requests: 0, failed: 0, iterations: 0 };
}
/**
 * The quantiles that are compared. p10 is what an answer takes when nothing is in its way: on a machine with neighbours
 * it tells two versions apart when the others are all neighbours.
 */
const QUANTILES = { p10: 0.1, p50: 0.5, p95: 0.95, p99: 0.99 };
function factsOf({ latenciesMs, requests, failed, iterations }) {
    const sorted = Float64Array.from(latenciesMs).sort();
    const at = (name) => quantileOf(sorted, QUANTILES[name]);
    const latencyMs = sorted.length === 0
        ? undefined
        : { p10: at("p10"), p50: at("p50"), p95: at("p95"), p99: at("p99") };
    return { latencyMs, requests, failed, iterations };
}

// EXTERNAL MODULE: ./lib/load/schedule.js
var load_schedule = __webpack_require__(5060);
;// CONCATENATED MODULE: ./lib/load/under-way.js
/**
 * Counted by our wrapper when an iteration begins and when it ends, each with the moment of its beginning as value. k6
 * itself tells of a request when it has ended: one that hangs would be in no figure until k6 gives it up after a minute.
 */
const BEGUN = "sluice_iterations_begun";
const ENDED = "sluice_iterations_ended";
/** k6 tells this once a second, whatever its iterations do. */
const HEARTBEAT = "vus";
/** What is under way for less may well be a slow machine's. */
const LEAST_PATIENCE_MS = 2_000;
/** By how much longer than any of the baseline an iteration of the candidate takes that is said to hang. */
const PATIENCE = 3;
/** The iterations that have begun and not ended, by the moment of their beginning. */
class UnderWay {
    #begun = { baseline: new Map(), candidate: new Map() };
    #longestOfBaselineMs = 0;
    /** All that the candidate's k6 had to tell of the time before this has been read. */
    #readToMs = -Infinity;
    #heardMs = -Infinity;
    /** Takes the time of the candidate's `HEARTBEAT`. One later it is certain that nothing from before it is still to be read. */
    hear(atMs) {
        this.#readToMs = this.#heardMs;
        this.#heardMs = atMs;
    }
    /** Takes a sample of `BEGUN` or `ENDED`. */
    add(arm, metric, beganMs, atMs) {
        const begun = this.#begun[arm];
        const left = (begun.get(beganMs) ?? 0) + (metric === BEGUN ? 1 : -1);
        if (left === 0)
            begun.delete(beganMs);
        else
            begun.set(beganMs, left);
        if (metric === ENDED && arm === "baseline")
            this.#longestOfBaselineMs = Math.max(this.#longestOfBaselineMs, atMs - beganMs);
    }
    /**
     * When each of the candidate's began that hang at `nowMs`: the baseline has had nothing like it, also not under way. By the
     * clock of what k6 told: where it, or the machine, stood still, the ends are only late to be read.
     */
    hanging(nowMs) {
        const oldestMs = Math.min(nowMs, ...this.#begun.baseline.keys());
        const longestMs = Math.max(this.#longestOfBaselineMs, nowMs - oldestMs);
        const latestMs = Math.min(nowMs, this.#readToMs) - Math.max(LEAST_PATIENCE_MS, PATIENCE * longestMs);
        return [...this.#begun.candidate].flatMap(([beganMs, count]) => beganMs > latestMs ? [] : Array.from({ length: Math.max(0, count) }, () => beganMs));
    }
}

;// CONCATENATED MODULE: ./lib/load/block-book.js



const REQUESTS = "http_reqs";
const FAILED = "http_req_failed";
const ITERATIONS = "iterations";
/** Counted by our wrapper: k6 itself counts an iteration that threw like any other. */
const THROWN = "sluice_iterations_thrown";
const WANTED = new Set([
    ...[REQUESTS, FAILED, ITERATIONS, THROWN],
    ...[BEGUN, ENDED, HEARTBEAT],
]);
/** Sorts samples into blocks by the clock, and says which pairs of blocks are complete. */
class BlockBook {
    totals = { baseline: noTotal(), candidate: noTotal() };
    #schedule;
    #measured;
    #blocks = new Map();
    #underWay = new UnderWay();
    #firstCycle = { baseline: Infinity, candidate: Infinity };
    constructor(schedule, measured) {
        this.#schedule = schedule;
        this.#measured = measured;
    }
    /** Whether a metric is worth parsing. */
    wants(metric) {
        return metric === this.#measured.latency || WANTED.has(metric);
    }
    add(arm, sample) {
        if (isOutsideOfLoad(sample))
            return;
        const { metric, value, atMs } = sample;
        if (metric === BEGUN || metric === ENDED) {
            this.#underWay.add(arm, metric, value, atMs);
            return;
        }
        if (metric === HEARTBEAT) {
            if (arm === "candidate")
                this.#underWay.hear(atMs);
            return;
        }
        count(this.totals[arm], sample);
        const block = this.#blockOf(arm, sample);
        if (block)
            enter(block, sample, this.#measured);
    }
    /** The first cycle that counts: both arms are in it, and warm. Infinity until both have begun. */
    get firstCycle() {
        return Math.max(...load_schedule/* ARMS */.ul.map((arm) => this.#firstCycle[arm])) + this.#schedule.warmUpCycles;
    }
    /** Iterations of the candidate that count, and hang at `nowMs`. */
    hanging(nowMs) {
        const first = this.firstCycle;
        return this.#hangingPlaces(nowMs).filter(({ cycle }) => cycle >= first).length;
    }
    /** Pairs of the first `cycles` cycles that count. What hangs at `nowMs` is a request that failed. */
    pairs(cycles, nowMs) {
        const first = this.firstCycle;
        if (first === Infinity)
            return [];
        const hanging = this.#hangingPlaces(nowMs);
        const factsAt = (cycle, place) => factsOf(this.#blocks.get(cycle)?.get(place) ?? emptyBlock());
        return Array.from({ length: cycles }, (_, at) => first + at).flatMap((cycle) => load_schedule/* PAIRS */.Ox.map(({ baseline, candidate }) => {
            const here = hanging.filter((one) => one.cycle === cycle && ownPlace("candidate", one.place) === candidate).length;
            const facts = factsAt(cycle, candidate);
            const { requests, failed } = facts;
            return {
                baseline: factsAt(cycle, baseline),
                candidate: { ...facts, requests: requests + here, failed: failed + here },
            };
        }));
    }
    #hangingPlaces(nowMs) {
        return this.#underWay.hanging(nowMs).map((ms) => (0,load_schedule/* placeOf */.$t)(this.#schedule, ms));
    }
    /** A request belongs to the block in which it was sent, however late its answer was. */
    #blockOf(arm, { metric, atMs, value }) {
        const sentMs = metric === this.#measured.latency ? atMs - value : atMs;
        const { cycle, place } = (0,load_schedule/* placeOf */.$t)(this.#schedule, sentMs);
        const owner = ownPlace(arm, place);
        if (metric === ITERATIONS)
            this.#firstCycle[arm] = Math.min(this.#firstCycle[arm], cycle);
        if (owner === undefined)
            return undefined;
        const blocks = this.#blocks.get(cycle) ?? new Map();
        this.#blocks.set(cycle, blocks);
        const block = blocks.get(owner) ?? emptyBlock();
        blocks.set(owner, block);
        return block;
    }
}
/** What ends in the other arm's time belongs to the block before it, if that was its own. */
function ownPlace(arm, place) {
    if (load_schedule/* CYCLE */.PF[place] === arm)
        return place;
    return load_schedule/* CYCLE */.PF[place - 1] === arm ? place - 1 : undefined;
}
/** Requests of setup() and teardown(). */
function isOutsideOfLoad({ tags }) {
    const group = tags.group ?? "";
    return group.startsWith("::setup") || group.startsWith("::teardown");
}
function noTotal() {
    return { requests: 0, failed: 0, iterations: 0, thrown: 0 };
}
function count(total, { metric, value }) {
    if (metric === REQUESTS)
        total.requests += value;
    if (metric === FAILED)
        total.failed += value;
    if (metric === ITERATIONS)
        total.iterations += value;
    if (metric === THROWN)
        total.thrown += value;
}
function enter(block, { metric, value, tags }, { latency }) {
    // Failing fast is not being fast: errors are compared by their own rate.
    if (metric === latency && tags.expected_response !== "false")
        block.latenciesMs.push(value);
    if (metric === REQUESTS)
        block.requests += value;
    if (metric === FAILED)
        block.failed += value;
    if (metric === ITERATIONS)
        block.iterations += value;
    if (metric === THROWN)
        block.iterations -= value;
}

;// CONCATENATED MODULE: ./lib/load/k6-exit.js
/** What k6 2 says by its exit codes (errext/exitcodes in its sources). */
const MEANINGS = {
    97: "the run in the cloud failed",
    98: "the progress of the run in the cloud could not be read",
    99: "thresholds were crossed",
    100: "setup() took longer than setupTimeout",
    101: "teardown() took longer than teardownTimeout",
    102: "something timed out",
    103: "the run was stopped through k6's REST API",
    104: "the script's options or the flags are not valid",
    105: "the run was interrupted from outside",
    106: "k6 could not open its REST API",
    107: "the script threw an exception",
    108: "the script called test.abort()",
    109: "k6 itself panicked",
    110: "the script marked the run as failed",
};
const THRESHOLDS_CROSSED = 99;
const INTERRUPTED = 105;
/** `exit code 107: the script threw an exception`. */
function describeExit(exit) {
    if ("signal" in exit)
        return `k6 was killed by ${exit.signal}`;
    const meaning = MEANINGS[exit.code];
    return meaning ? `exit code ${exit.code}: ${meaning}` : `exit code ${exit.code}`;
}

;// CONCATENATED MODULE: ./lib/load/finding.js

/** Everything that is wrong with a run, the cause before its consequences. */
function findingsOf(ended, work) {
    const early = [...endings(ended), ...emptiness(work)];
    return [...early, ...(ended.summary ? thresholds(ended.summary) : [])];
}
function endings({ exit, stopped, tail, summary }) {
    const last = tail.length > 0 ? `; k6 said last: ${tail.slice(-3).join(" | ")}` : "";
    if ("signal" in exit) {
        const killed = describeExit(exit);
        const message = stopped
            ? `${killed} when it had to end, since it did not do so by itself`
            : killed;
        const hint = stopped
            ? "see why the other arm ended, and that the runner is not so busy that k6 has not even begun"
            : "see whether the runner ran out of memory, or somebody ended k6";
        return [{ kind: "killed", message: `${message}${last}`, hint }];
    }
    const expected = [0, THRESHOLDS_CROSSED, ...(stopped ? [INTERRUPTED] : [])];
    if (!expected.includes(exit.code)) {
        const hint = "run the script by `k6 run` to see all that it says";
        return [{ kind: "exit", message: `k6 ended with ${describeExit(exit)}${last}`, hint }];
    }
    if (summary)
        return [];
    const hint = "remove --no-summary and --summary-mode=disabled from flags";
    return [{ kind: "no-summary", message: `k6 wrote no summary${last}`, hint }];
}
function emptiness({ iterations, thrown, requests, failed }) {
    if (iterations === 0) {
        const hint = "see that the script's scenarios have a rate or VUs, and that a block is longer than an iteration";
        return [{ kind: "no-iterations", message: "not one iteration was completed", hint }];
    }
    if (thrown >= iterations) {
        const message = `each of the ${iterations} iterations threw an exception`;
        const hint = "k6 counts them as iterations and exits with 0; mend the script";
        return [{ kind: "all-threw", message, hint }];
    }
    if (requests === 0) {
        const message = `${iterations} iterations sent not one request`;
        const hint = "let the script send something, by HTTP, WebSocket or gRPC";
        return [{ kind: "no-requests", message, hint }];
    }
    if (failed >= requests) {
        const message = `each of the ${requests} requests failed`;
        const hint = "see that the URL is right and that the service is up";
        return [{ kind: "errors-only", message, hint }];
    }
    return [];
}
function thresholds({ metrics }) {
    return Object.entries(metrics).flatMap(([name, metric]) => {
        const expressions = Object.entries(metric.thresholds ?? {});
        if (expressions.length === 0)
            return [];
        if (lacksSamples(metric)) {
            const message = `the threshold ${expressions[0]?.[0]} on ${name} has no samples, and so decides nothing`;
            const hint = "see that the metric's name and tags are those that the script records";
            return [{ kind: "threshold-without-samples", message, hint }];
        }
        return expressions
            .filter(([, { ok }]) => !ok)
            .map(([expression]) => crossed(name, expression, metric.values));
    });
}
function crossed(name, expression, values) {
    const aggregate = /^\s*([a-z]+(?:\([\d.]+\))?)/.exec(expression)?.[1] ?? "";
    const value = values[aggregate];
    const found = typeof value === "number" ? `, it is ${Number(value.toPrecision(4))}` : "";
    return {
        kind: "threshold",
        message: `${name} crossed its threshold ${expression}${found}`,
        hint: "make the service keep the script's threshold, or change the threshold",
    };
}
/** A counter that nobody added to is zero, and that is a number; any other metric then has none. */
function lacksSamples({ type, values }) {
    switch (type) {
        case "trend":
            return "count" in values ? values.count === 0 : Object.values(values).every((one) => !one);
        case "rate":
            return (values.passes ?? 0) + (values.fails ?? 0) === 0;
        case "gauge":
            return values.value === null || values.value === undefined;
        case "counter":
            return false;
    }
}
/** How much was done, by what k6 knew at its end. */
function workOf(summary, thrownMetric) {
    const of = (metric, value = "count") => summary?.metrics[metric]?.values[value] ?? 0;
    return {
        iterations: of("iterations"),
        thrown: of(thrownMetric),
        requests: of("http_reqs") + of("ws_sessions") + of("grpc_req_duration"),
        // `passes` of a rate are the times it was true: the request failed.
        failed: of("http_req_failed", "passes"),
    };
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
;// CONCATENATED MODULE: ./lib/load/k6-process.js


/** k6 finishes its summary after SIGINT; one that does not is killed. */
const STOP_GRACE_MS = 4_000;
const MAX_TAIL_LINES = 12;
const MAX_LINE_CHARS = 500;
/** Starts k6; rejects `ended` only when the program cannot be started. */
function startK6({ program, args, cwd, env, onOutput, onLog }) {
    const child = (0,external_node_child_process_.spawn)(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const tail = [];
    let stopped = false;
    const read = [
        linesOf(child.stdout, onOutput),
        linesOf(child.stderr, (line) => {
            tail.push(line.slice(0, MAX_LINE_CHARS));
            if (tail.length > MAX_TAIL_LINES)
                tail.shift();
            onLog(line);
        }),
    ];
    const exited = new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code, signal) => resolve(signal ? { signal } : { code: code ?? 1 }));
    });
    const ended = exited.then(async (exit) => {
        await Promise.all(read);
        return { exit, tail, stopped };
    });
    ended.catch(() => { });
    return {
        pid: child.pid,
        ended,
        async stop() {
            if (child.exitCode === null && child.signalCode === null) {
                stopped = true;
                child.kill("SIGINT");
                const late = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS);
                await ended.catch(() => { });
                clearTimeout(late);
            }
            return ended;
        },
    };
}
function linesOf(stream, take) {
    const lines = (0,external_node_readline_.createInterface)({ input: stream, crlfDelay: Infinity });
    lines.on("line", take);
    return new Promise((resolve) => lines.once("close", resolve));
}

;// CONCATENATED MODULE: ./lib/load/k6-summary.js


/** What k6 gives to handleSummary, as far as it is read. */
const k6Summary = schemas/* object */.Ikc({
    state: schemas/* object */.Ikc({ testRunDurationMs: schemas/* number */.aig() }),
    metrics: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* object */.Ikc({
        type: schemas/* enum */.k5n(["counter", "gauge", "rate", "trend"]),
        // A trend without samples has nulls.
        values: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* number */.aig().nullable()),
        thresholds: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* object */.Ikc({ ok: schemas/* boolean */.zMY() })).optional(),
    })),
});
/** The summary that our wrapper wrote; undefined when k6 did not come so far. */
async function readSummary(path) {
    const text = await (0,promises_.readFile)(path, "utf8").catch(() => undefined);
    return text === undefined ? undefined : k6Summary.parse(JSON.parse(text));
}

;// CONCATENATED MODULE: ./lib/load/sample.js
/** How the line of a measurement begins; definitions of metrics and what a script prints look different. */
const BEGINNING = /^\{"metric":"([^"\\]+)","type":"Point"/;
/**
 * Reads one line of the stream if it is a measurement of a metric that is `wanted`. k6 streams a dozen metrics for
 * each request, so the others are told by their beginning and never parsed.
 */
function parseSample(line, wanted) {
    const metric = BEGINNING.exec(line)?.[1];
    if (metric === undefined || !wanted(metric))
        return undefined;
    try {
        const { data } = JSON.parse(line);
        const atMs = timeOf(data.time);
        if (typeof data.value !== "number" || Number.isNaN(atMs))
            return undefined;
        return { metric, atMs, value: data.value, tags: data.tags ?? {} };
    }
    catch {
        return undefined; // cut off: k6 was killed while it wrote
    }
}
/** `Date.parse` stops at milliseconds; blocks are cut finer than that. */
function timeOf(text) {
    const fraction = /\.\d{3}(\d+)/.exec(text)?.[1];
    return Date.parse(text) + (fraction === undefined ? 0 : Number(`0.${fraction}`));
}

;// CONCATENATED MODULE: ./lib/load/wrapper.js


/**
 * A k6 script around the user's: everything that it exports stays as it is, but iterations that throw are counted
 * (k6 does not tell them from others), their beginnings and ends are told, and what k6 knows at the end is written for us as well as for the script's
 * own handleSummary.
 */
function wrapperText(wrapping) {
    const { script, execs, summaryPath, load, callsSummary } = wrapping;
    const from = JSON.stringify(script);
    return `import { sleep as sluiceSleep } from "k6";
import { Counter as SluiceCounter } from "k6/metrics";
import * as sluiceScript from ${from};
export * from ${from};

const sluiceThrown = new SluiceCounter(${JSON.stringify(THROWN)});
const sluiceBegun = new SluiceCounter(${JSON.stringify(BEGUN)});
const sluiceEnded = new SluiceCounter(${JSON.stringify(ENDED)});
const SLUICE_STATS = ["avg", "min", "med", "max", "p(90)", "p(95)", "p(99)", "count"];
${load ? loadText(load) : `const sluiceLoad = (options) => options;`}
const sluiceGiven = sluiceScript.options ?? {};
const sluiceStats = [...new Set([...(sluiceGiven.summaryTrendStats ?? []), ...SLUICE_STATS])];
export const options = sluiceLoad({ ...sluiceGiven, summaryTrendStats: sluiceStats });

function sluiceCounted(work) {
  return function (...args) {
    const beganMs = Date.now();
    sluiceBegun.add(beganMs);
    const ended = (value) => {
      sluiceEnded.add(beganMs);
      return value;
    };
    const failed = (error) => {
      ended();
      sluiceThrown.add(1);
      throw error;
    };
    try {
      const result = work.apply(this, args);
      return typeof result?.then === "function" ? result.then(ended, failed) : ended(result);
    } catch (error) {
      return failed(error);
    }
  };
}
${execs.filter(isIdentifier).map(execText).join("\n")}

export function handleSummary(data) {
  for (const name of [${JSON.stringify(BEGUN)}, ${JSON.stringify(ENDED)}]) delete data.metrics[name];
  const ours = { ${JSON.stringify(summaryPath)}: JSON.stringify(data) };
  if (!${callsSummary} || typeof sluiceScript.handleSummary !== "function") return ours;
  try {
    return { ...sluiceScript.handleSummary(data), ...ours };
  } catch (error) {
    console.error(\`handleSummary of the script failed: \${error}\`);
    return ours;
  }
}
`;
}
/** Only these can be exported by name; k6 takes others too, and their exceptions are not counted. */
function isIdentifier(name) {
    return /^[A-Za-z_$][\w$]*$/.test(name);
}
/** A script whose function is missing is k6's to complain about. */
function execText(name) {
    const own = `sluiceScript[${JSON.stringify(name)}]`;
    const wrapped = `typeof ${own} === "function" ? sluiceCounted(${own}) : ${own}`;
    return name === "default" ? `export default ${wrapped};` : `export const ${name} = ${wrapped};`;
}
/** Both arms begin at a multiple of a cycle on the machine's clock, so they need not know of each other. */
function loadText({ scenarios, anchorMs, cycleMs }) {
    return `const SLUICE_SHORTCUTS = ["vus", "duration", "iterations", "stages", "scenarios"];
const sluiceLoad = (given) => {
  const kept = Object.entries(given).filter(([name]) => !SLUICE_SHORTCUTS.includes(name));
  return { ...Object.fromEntries(kept), scenarios: ${JSON.stringify(scenarios)} };
};
export function setup() {
  const data = typeof sluiceScript.setup === "function" ? sluiceScript.setup() : undefined;
  const aligned = (value) => {
    const sinceMs = Date.now() + 20 - ${anchorMs};
    const beginMs = ${anchorMs} + Math.ceil(sinceMs / ${cycleMs}) * ${cycleMs};
    sluiceSleep((beginMs - Date.now()) / 1000);
    return value;
  };
  return typeof data?.then === "function" ? data.then(aligned) : aligned(data);
}`;
}

;// CONCATENATED MODULE: ./lib/load/arm-run.js







/** Starts k6 on the wrapped script. */
async function startArmRun(settings) {
    const { folder, name, script, flags, wrapping, variables, program, cwd, env } = settings;
    const summaryPath = (0,external_node_path_.join)(folder, `${name}-summary.json`);
    const wrapper = (0,external_node_path_.join)(folder, `${name}.ts`);
    await (0,promises_.writeFile)(wrapper, wrapperText({ ...wrapping, script, summaryPath }));
    const k6 = startK6({
        program,
        args: runArguments(wrapper, flags, variables),
        cwd,
        env,
        onLog: settings.onLog,
        onOutput(line) {
            const sample = parseSample(line, settings.wants);
            if (sample)
                settings.onSample(sample);
            else if (!line.startsWith('{"'))
                settings.onLog(line);
        },
    });
    const withSummary = async (ended) => ({
        ...ended,
        summary: await readSummary(summaryPath),
    });
    const ended = k6.ended.then(withSummary);
    ended.catch(() => { });
    return { ended, stop: async () => withSummary(await k6.stop()) };
}

// EXTERNAL MODULE: ./lib/tools/process.js
var tools_process = __webpack_require__(3153);
// EXTERNAL MODULE: ../../node_modules/zod/v4/core/core.js
var core = __webpack_require__(6416);
;// CONCATENATED MODULE: ./lib/load/k6-duration.js
const UNIT_MS = {
    ms: 1,
    s: 1_000,
    m: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};
/** Milliseconds of a duration as k6 writes it: `1m30s`, `500ms`, or a number of milliseconds. */
function parseK6DurationMs(given) {
    if (typeof given === "number")
        return Number.isFinite(given) && given >= 0 ? given : undefined;
    const parts = [...given.matchAll(/(\d+(?:\.\d+)?)(ms|d|h|m|s)/g)];
    if (parts.length === 0 || parts.map(([part]) => part).join("") !== given)
        return undefined;
    return parts.reduce((ms, [, amount, unit]) => ms + Number(amount) * (UNIT_MS[unit ?? ""] ?? 0), 0);
}

;// CONCATENATED MODULE: ./lib/load/scenario.js



const whole = schemas/* int */.Whr().nonnegative();
const duration = schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()]).transform((given, context) => {
    const ms = parseK6DurationMs(given);
    if (ms !== undefined)
        return ms;
    context.addIssue({ code: "custom", message: `${given} is not a duration` });
    return core/* NEVER */.tm;
});
const stages = schemas/* array */.YOg(schemas/* object */.Ikc({ target: whole, duration })).min(1);
const optional = (schema) => schema.nullish();
/** What all scenarios have, and we hand on as it is. */
const common = {
    exec: optional(schemas/* string */.YjP()),
    env: optional(schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP())),
    tags: optional(schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP())),
};
const arrivals = { timeUnit: optional(duration), preAllocatedVUs: whole, maxVUs: optional(whole) };
/** A scenario as `k6 inspect` prints it; everything that tells k6 what load to make. */
const scenario = schemas/* discriminatedUnion */.gMt("executor", [
    schemas/* object */.Ikc({
        executor: schemas/* literal */.euz("constant-arrival-rate"),
        ...common,
        ...arrivals,
        rate: whole,
    }),
    schemas/* object */.Ikc({
        executor: schemas/* literal */.euz("ramping-arrival-rate"),
        ...common,
        ...arrivals,
        startRate: optional(whole),
        stages,
    }),
    schemas/* object */.Ikc({ executor: schemas/* literal */.euz("constant-vus"), ...common, vus: optional(whole) }),
    schemas/* object */.Ikc({
        executor: schemas/* literal */.euz("ramping-vus"),
        ...common,
        startVUs: optional(whole),
        stages,
    }),
    schemas/* object */.Ikc({ executor: schemas/* literal */.euz("per-vu-iterations"), ...common, vus: optional(whole) }),
    schemas/* object */.Ikc({ executor: schemas/* literal */.euz("shared-iterations"), ...common, vus: optional(whole) }),
]);
/** The part of `k6 inspect` that is read. */
const inspection = schemas/* object */.Ikc({
    scenarios: optional(schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J())),
    vus: optional(whole),
    iterations: optional(whole),
    duration: optional(schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()])),
    stages: optional(stages),
    thresholds: optional(schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J())),
});
/** The scenarios that k6 would run; where the script names none, the one that its shortcuts amount to. */
function scenariosOf(inspected) {
    const named = Object.entries(inspected.scenarios ?? {});
    if (named.length > 0) {
        return Object.fromEntries(named.map(([name, given]) => [name, readScenario(name, given)]));
    }
    const { vus, stages: ramp } = inspected;
    if (ramp && ramp.length > 0) {
        return { default: { executor: "ramping-vus", startVUs: vus ?? 1, stages: ramp } };
    }
    return { default: { executor: "constant-vus", vus: vus ?? 1 } };
}
function readScenario(name, given) {
    const read = scenario.safeParse(given);
    if (read.success)
        return read.data;
    const why = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new error/* SluiceError */.a("invalid-input", `scenario ${name} cannot be run in blocks: ${why.join("; ")}`, {
        hint: "use one of k6's executors with a rate or a number of VUs, best constant-arrival-rate",
    });
}
/** The functions of the script that its scenarios run; the default one too, as flags can call it. */
function execsOf(inspected) {
    const named = Object.values(inspected.scenarios ?? {}).map((given) => {
        const { success, data } = schemas/* object */.Ikc({ exec: optional(schemas/* string */.YjP()) }).safeParse(given);
        return (success && data.exec) || "default";
    });
    return [...new Set(["default", ...named])];
}

;// CONCATENATED MODULE: ./lib/load/inspect.js





/** What the script's options are, with these variables; nothing is sent. Throws when k6 cannot load it. */
async function inspectScript({ program, script, flags, cwd, env }, variables, signal) {
    const ended = await (0,tools_process/* run */.e)(program, inspectArguments(script, flags, variables), {
        cwd,
        env,
        signal,
    });
    const { code, stdout } = ended;
    if (code !== 0) {
        const how = code === undefined ? "k6 was killed" : describeExit({ code });
        throw new error/* SluiceError */.a("invalid-input", `${script} cannot be loaded by k6, ${how}: ${(0,tools_process/* lastWords */.a)(ended, 4)}`, {
            hint: "see that the script and all that it imports are there, and that it runs by `k6 inspect`",
        });
    }
    return inspection.parse(JSON.parse(stdout));
}

;// CONCATENATED MODULE: ./lib/load/solo-run.js





const TELL_EVERY_MS = 2_000;
/** Runs a script as it is, with its own load. */
async function runSolo(settings) {
    const { variables, latency, signal, onProgress } = settings;
    const inspected = await inspectScript(settings, variables, signal);
    let recent = [];
    let iterations = 0;
    const run = await startArmRun({
        ...settings,
        wrapping: { execs: execsOf(inspected), callsSummary: true },
        wants: (metric) => metric === latency || metric === "iterations",
        onSample({ metric, value }) {
            if (metric === latency)
                recent.push(value);
            else
                iterations += value;
        },
    });
    const stop = () => void run.stop();
    signal.addEventListener("abort", stop, { once: true });
    const over = new AbortController();
    const telling = tell(over.signal, (elapsedMs) => {
        const sorted = recent.sort((a, b) => a - b);
        const p95Ms = sorted.length === 0 ? undefined : quantileOf(sorted, 0.95);
        recent = [];
        onProgress({ elapsedMs, iterations, p95Ms });
    });
    try {
        if (signal.aborted)
            stop();
        return await run.ended;
    }
    finally {
        signal.removeEventListener("abort", stop);
        over.abort();
        await telling;
        signal.throwIfAborted();
    }
}
async function tell(over, say) {
    const startedMs = performance.now();
    while (!over.aborted) {
        await (0,external_node_timers_promises_.setTimeout)(TELL_EVERY_MS, undefined, { signal: over }).catch(() => { });
        if (!over.aborted)
            say(performance.now() - startedMs);
    }
}

// EXTERNAL MODULE: ./lib/units/duration.js
var units_duration = __webpack_require__(5338);
;// CONCATENATED MODULE: ./lib/load/interleave.js

/**
 * How much later than the other an arm may begin, each being a k6 that a busy machine starts when it can. Whoever is
 * first has to go on until the cycles are over that both are in; what is not needed of it is not run.
 */
const SPARE_MS = 60_000;
const MIN_SPARE_CYCLES = 3;
/**
 * The scenario's load in the arm's own blocks, and none in the other's. One executor for the whole run, since a
 * scenario for each block would cut off what is under way at its end, and slow answers would go missing.
 */
function interleaved(scenario, arm, schedule) {
    const spareCycles = Math.max(MIN_SPARE_CYCLES, Math.ceil(SPARE_MS / (0,load_schedule/* cycleMs */.Xn)(schedule)));
    const cycles = schedule.warmUpCycles + schedule.maxCycles + spareCycles;
    const shape = shapeOf(scenario, schedule.blockMs);
    const cycle = load_schedule/* CYCLE */.PF.flatMap((owner) => (owner === arm ? shape : silence(schedule.blockMs)));
    const stages = Array.from({ length: cycles }, () => cycle).flat();
    return { ...executorOf(scenario), ...handedOn(scenario), stages };
}
/** What is left of the load outside of the arm's blocks. */
function silence(blockMs) {
    return [jump(0), { target: 0, duration: `${blockMs}ms` }];
}
function jump(target) {
    return { target, duration: "0s" };
}
/** The load during one block. A ramp keeps its shape, and is squeezed into the block. */
function shapeOf(scenario, blockMs) {
    const constant = (target) => [jump(target), { target, duration: `${blockMs}ms` }];
    switch (scenario.executor) {
        case "constant-arrival-rate":
            return constant(scenario.rate);
        case "ramping-arrival-rate":
            return squeezed(scenario.startRate ?? 0, scenario.stages, blockMs);
        case "ramping-vus":
            return squeezed(scenario.startVUs ?? 1, scenario.stages, blockMs);
        case "constant-vus":
        case "per-vu-iterations":
        case "shared-iterations":
            return constant(scenario.vus ?? 1);
    }
}
function squeezed(start, stages, blockMs) {
    const wholeMs = stages.reduce((ms, stage) => ms + stage.duration, 0) || 1;
    let endMs = 0;
    let doneMs = 0;
    const ramp = stages.map(({ target, duration }) => {
        endMs += (duration * blockMs) / wholeMs;
        // Rounded at the ends, so that the stages together are exactly a block.
        const ms = Math.round(endMs) - doneMs;
        doneMs += ms;
        return { target, duration: `${ms}ms` };
    });
    return [jump(start), ...ramp];
}
function executorOf(scenario) {
    switch (scenario.executor) {
        case "constant-arrival-rate":
        case "ramping-arrival-rate":
            return {
                executor: "ramping-arrival-rate",
                startRate: 0,
                timeUnit: `${scenario.timeUnit ?? 1_000}ms`,
                preAllocatedVUs: scenario.preAllocatedVUs,
                ...(scenario.maxVUs ? { maxVUs: scenario.maxVUs } : {}),
            };
        default:
            return { executor: "ramping-vus", startVUs: 0, gracefulRampDown: "30s" };
    }
}
function handedOn({ exec, env, tags }) {
    return { ...(exec && { exec }), ...(env && { env }), ...(tags && { tags }) };
}

;// CONCATENATED MODULE: ./lib/load/ab-run.js








/** k6 hands its samples on every 50 ms and writes them every 200 ms; a late answer needs some time as well. */
const SETTLE_MS = 600;
const POLL_MS = 50;
const ab_run_TELL_EVERY_MS = 2_000;
/** Loads both arms in turns until it is decided, and ends both k6 however it ends itself. */
async function runAb(settings) {
    const { schedule, measured, signal } = settings;
    mustNotSetLoad(settings.flags);
    const inspected = await inspectScript(settings, variablesOf(settings, "candidate"), signal);
    const scenarios = Object.entries(scenariosOf(inspected));
    const book = new BlockBook(schedule, measured);
    const start = (arm) => startArmRun({
        ...settings,
        name: arm,
        wrapping: {
            execs: execsOf(inspected),
            callsSummary: arm === "candidate",
            load: {
                scenarios: Object.fromEntries(scenarios.map(([name, scenario]) => [name, interleaved(scenario, arm, schedule)])),
                anchorMs: schedule.anchorMs,
                cycleMs: (0,load_schedule/* cycleMs */.Xn)(schedule),
            },
        },
        variables: variablesOf(settings, arm),
        wants: (metric) => book.wants(metric),
        onSample: (sample) => book.add(arm, sample),
        onLog: (line) => settings.onLog(arm, line),
    });
    const runs = { baseline: await start("baseline"), candidate: await start("candidate") };
    let looks = 0;
    // What hangs is what hangs now: once k6 is told to stop, nothing is.
    let lookedMs = Date.now();
    try {
        looks = await watch(settings, book, runs);
        lookedMs = Date.now();
    }
    finally {
        await Promise.all(load_schedule/* ARMS */.ul.map((arm) => runs[arm].stop()));
    }
    signal.throwIfAborted();
    const arms = { baseline: await runs.baseline.ended, candidate: await runs.candidate.ended };
    const pairs = book.pairs(settings.looks[looks - 1] ?? 0, lookedMs);
    return { pairs, totals: book.totals, arms, looks, hanging: book.hanging(lookedMs) };
}
function variablesOf({ urlVariable, urls }, arm) {
    return { [urlVariable]: urls[arm], SLUICE_ARM: arm };
}
/** Resolves with the number of looks once it is decided, there are no more looks, or a k6 ended by itself. */
async function watch({ schedule, looks, isDecided, onProgress, signal }, book, runs) {
    let over = false;
    for (const arm of load_schedule/* ARMS */.ul) {
        const end = () => {
            over = true;
        };
        runs[arm].ended.then(end, end);
    }
    let taken = 0;
    let toldAtMs = Date.now();
    while (!over && taken < looks.length) {
        signal.throwIfAborted();
        await (0,external_node_timers_promises_.setTimeout)(POLL_MS);
        const nowMs = Date.now();
        const cycles = settledCycles(schedule, book, nowMs);
        if (nowMs - toldAtMs >= ab_run_TELL_EVERY_MS && cycles > 0) {
            toldAtMs = nowMs;
            onProgress(cycles, book.pairs(cycles, nowMs));
        }
        const due = looks[taken] ?? 0;
        if (cycles < due)
            continue;
        taken += 1;
        if (isDecided(book.pairs(due, nowMs), taken - 1))
            break;
    }
    return taken;
}
/** Cycles that count and whose samples have all arrived. */
function settledCycles(schedule, book, nowMs) {
    const { firstCycle } = book;
    if (firstCycle === Infinity)
        return 0;
    const beganMs = schedule.anchorMs + firstCycle * (0,load_schedule/* cycleMs */.Xn)(schedule);
    return Math.max(0, Math.floor((nowMs - SETTLE_MS - beganMs) / (0,load_schedule/* cycleMs */.Xn)(schedule)));
}

// EXTERNAL MODULE: ./lib/load/looks.js
var looks = __webpack_require__(4041);
// EXTERNAL MODULE: ./lib/load/middle-mean.js
var middle_mean = __webpack_require__(4176);
// EXTERNAL MODULE: ./lib/load/round-plan.js
var round_plan = __webpack_require__(3389);
;// CONCATENATED MODULE: ./actions/k6-gate/comparison.js




/** What the rounds of a script amount to; `judgement` is the last look at them, if there was one. */
function comparisonOf(script, done, judgement) {
    const findings = done.flatMap(findingsOfArms);
    const work = done.map(({ arms }) => workOf(arms.candidate.summary, THROWN));
    const common = {
        script,
        history: [],
        rounds: done.map(({ pairs }) => pairs),
        iterations: work.reduce((sum, { iterations }) => sum + iterations, 0),
        requests: work.reduce((sum, { requests }) => sum + requests, 0),
        facts: undefined,
    };
    const ratios = judgement?.ratios ?? [];
    const [first] = findings;
    if (first) {
        const compared = judgement?.decision === "failed" ? `; besides, ${judgement.reason}` : "";
        return { ...common, outcome: "failed", reason: first.message + compared, findings, ratios };
    }
    const last = done.at(-1);
    if (judgement === undefined || last === undefined || last.looks === 0) {
        const how = last === undefined ? "" : `: ${describeExit(last.arms.candidate.exit)}`;
        const reason = `k6 ended before there was anything to look at${how}`;
        return { ...common, outcome: "failed", reason, findings, ratios };
    }
    const outcome = judgement.decision === "undecided" ? "inconclusive" : judgement.decision;
    const hanging = done.reduce((sum, one) => sum + one.hanging, 0);
    const besides = hanging === 0
        ? ""
        : `; ${hanging} of the candidate's iterations had no end when it was looked, and count as failed`;
    return { ...common, outcome, reason: judgement.reason + besides, findings, ratios };
}
/**
 * Of the baseline only what makes the comparison void: its own thresholds are not this release's. First of the arm that
 * ended by itself: the other one was stopped because of it.
 */
function findingsOfArms({ arms, totals }) {
    const causeFirst = load_schedule/* ARMS */.ul.toSorted((a, b) => Number(arms[a].stopped) - Number(arms[b].stopped));
    return causeFirst.flatMap((arm) => {
        const work = withStream(workOf(arms[arm].summary, THROWN), totals[arm]);
        return findingsOf(arms[arm], work)
            .filter(({ kind }) => arm === "candidate" || !kind.startsWith("threshold"))
            .map((finding) => ({ ...finding, message: `${arm}: ${finding.message}` }));
    });
}
/** A k6 that was killed has no summary, but its samples came. */
function withStream(known, seen) {
    return {
        iterations: Math.max(known.iterations, seen.iterations),
        thrown: Math.max(known.thrown, seen.thrown),
        requests: Math.max(known.requests, seen.requests),
        failed: Math.max(known.failed, seen.failed),
    };
}

;// CONCATENATED MODULE: ./actions/k6-gate/compare.js











/** How often it is looked whether both versions still run. */
const WATCH_MS = 500;
/** Runs one script against both versions in turns, until it is decided. */
async function compare(run) {
    const { inputs } = run;
    const plan = (0,round_plan/* roundPlan */.i)({
        rounds: inputs.rounds,
        durationMs: inputs.duration,
        maxDurationMs: inputs["max-duration"],
        blockMs: inputs.block,
        renewable: inputs["environment-file"] !== undefined,
    });
    const settings = gateSettings(run, plan.looks.length);
    return plan.kind === "one"
        ? inOneRound(run, plan.looks, settings)
        : inRounds(run, plan, settings);
}
async function inOneRound(run, looks, settings) {
    const { log } = run;
    let judgement;
    const last = looks.at(-1) ?? 1;
    const ended = await oneRound(run, {
        looks,
        isDecided(pairs, look) {
            judgement = judge([pairs], settings);
            if (judgement.decision === "undecided" && look + 1 < looks.length) {
                log.info(`undecided after ${pairs.length} pairs of blocks, going on: ${judgement.reason}`);
            }
            return judgement.decision !== "undecided";
        },
        onProgress: (pairs) => log.info(progressLine(last, pairs)),
    });
    return comparisonOf(run.name, [ended], judgement);
}
/** Each with other processes; looked at only between rounds, and ended by the first that is no measurement. */
async function inRounds(run, { cycles, looks }, settings) {
    const { log, versions, folder } = run;
    const done = [];
    const last = looks.at(-1) ?? 1;
    let judgement;
    while (done.length < last) {
        if (done.length > 0)
            await versions.renew();
        const own = (0,external_node_path_.join)(folder, `round-${done.length}`);
        await (0,promises_.mkdir)(own);
        const ended = await oneRound({ ...run, folder: own }, { looks: [cycles], isDecided: () => true, onProgress() { } });
        done.push(ended);
        log.info(`  round ${done.length} of at most ${last} · ${p95Line(ended.pairs)}`);
        if (ended.looks === 0 || findingsOfArms(ended).length > 0)
            return comparisonOf(run.name, done, judgement);
        if (!looks.includes(done.length))
            continue;
        judgement = judge(done.map(({ pairs }) => pairs), settings);
        if (judgement.decision !== "undecided")
            break;
        if (done.length < last) {
            log.info(`undecided after ${done.length} rounds, going on: ${judgement.reason}`);
        }
    }
    return comparisonOf(run.name, done, judgement);
}
/** From the start of two k6 to their end, on the processes that there are now. */
async function oneRound(run, watching) {
    const { inputs, log } = run;
    const { looks, isDecided } = watching;
    const over = new AbortController();
    const signal = AbortSignal.any([run.signal, over.signal]);
    const stillThere = watchVersions(run, over);
    const ended = await runAb({
        ...run,
        signal,
        urls: urlsOf(run),
        urlVariable: inputs["url-variable"],
        schedule: {
            anchorMs: Date.now(),
            blockMs: inputs.block,
            warmUpCycles: Math.max(1, Math.round(inputs["warm-up"] / (load_schedule/* CYCLE */.PF.length * inputs.block))),
            maxCycles: looks.at(-1) ?? 1,
        },
        measured: { latency: inputs.metric },
        looks,
        isDecided,
        onProgress: (_cycles, pairs) => watching.onProgress(pairs),
        onLog: (arm, line) => compare_tell(log, inputs.debug, `${arm}: ${line}`),
    }).finally(() => over.abort());
    await stillThere;
    return ended;
}
function urlsOf({ versions }) {
    const { baseline, candidate } = versions;
    if (baseline !== undefined && candidate !== undefined)
        return { baseline, candidate };
    throw new error/* SluiceError */.a("internal", "one of the two versions that are compared has no URL", {
        hint: "report this; nothing was decided",
    });
}
function gateSettings({ inputs, scripts }, looks) {
    return {
        alpha: inputs.alpha / 100,
        beta: inputs.beta / 100,
        margin: 1 + inputs.margin / 100,
        ruleOut: 1 + inputs["rule-out"] / 100,
        passOn: inputs["pass-on"],
        processSpread: inputs["process-spread"] / 100,
        looks,
        scripts,
        blockMs: inputs.block,
    };
}
/** A version that dies under the load ends the run at once, instead of filling it with errors. */
async function watchVersions(run, over) {
    while (!over.signal.aborted) {
        try {
            run.versions.mustLive();
        }
        catch (error) {
            over.abort(error);
        }
        await (0,external_node_timers_promises_.setTimeout)(WATCH_MS, undefined, { signal: over.signal }).catch(() => { });
    }
}
function progressLine(last, pairs) {
    return `  ${2 * pairs.length} of at most ${2 * (0,looks/* pairsIn */.j)(last)} blocks · ${p95Line(pairs)}`;
}
function p95Line(pairs) {
    const p95 = (arm) => {
        const known = pairs.flatMap((pair) => pair[arm].latencyMs?.p95 ?? []);
        return known.length === 0 ? "none yet" : `${(0,middle_mean/* middleMean */.T)(known).toPrecision(3)} ms`;
    };
    return `p95 baseline ${p95("baseline")}, candidate ${p95("candidate")}`;
}
/** k6's complaints are for debugging, except when they are all there is: then they are told with the failure. */
function compare_tell(log, debug, line) {
    if (debug)
        log.info(line);
    else
        log.debug(line);
}

;// CONCATENATED MODULE: ./actions/k6-gate/alone.js






/** Runs one script as it is, and judges it by its own thresholds and by the runs before. */
async function runAlone(run) {
    const { inputs, name, log, versions, history } = run;
    const { candidate } = versions;
    const ended = await runSolo({
        ...run,
        name: "alone",
        variables: candidate === undefined ? {} : { [inputs["url-variable"]]: candidate },
        latency: inputs.metric,
        onProgress: ({ elapsedMs, iterations, p95Ms }) => log.info(`  ${name}: ${(0,units_duration/* formatDuration */.a3)(elapsedMs)} · ${iterations} iterations · p95 ${p95Ms === undefined ? "none yet" : `${p95Ms.toPrecision(3)} ms`}`),
        onLog: (line) => compare_tell(log, inputs.debug, `${name}: ${line}`),
    });
    const work = workOf(ended.summary, THROWN);
    const findings = findingsOf(ended, work);
    const facts = ended.summary && alone_factsOf(ended.summary, work, run);
    const before = history.scripts[name] ?? [];
    const ratios = facts ? compareWithHistory(facts, before, inputs.alpha / 100 / run.scripts) : [];
    const worse = worseThanHistory(ratios, 1 + inputs.margin / 100);
    const reasons = [...findings.map(({ message }) => message), ...worse];
    return {
        script: name,
        outcome: reasons.length > 0 ? "failed" : "passed",
        reason: reasons.join("; ") || alone_passReason(run, before.length, thresholdWords(ended.summary, work)),
        findings,
        ratios: [],
        history: ratios,
        rounds: [],
        iterations: work.iterations,
        requests: work.requests,
        facts,
    };
}
/** A script without thresholds keeps none: then it was only seen that it ran and was answered. */
function thresholdWords(summary, { failed, requests }) {
    const metrics = Object.values(summary?.metrics ?? {});
    const has = metrics.some(({ thresholds = {} }) => Object.keys(thresholds).length > 0);
    return has
        ? "thresholds kept"
        : `no threshold was there to be kept (${failed} of ${requests} requests failed)`;
}
function alone_passReason({ inputs, versions }, runs, kept) {
    if (runs >= MIN_HISTORY)
        return `${kept}, and no worse than the ${runs} runs before`;
    const stored = inputs["baseline-file"] === undefined
        ? ""
        : `; the stored baseline has ${runs} runs, ${MIN_HISTORY} are needed to judge by it`;
    return `${kept}; compared with ${versions.comparedWith}${stored}`;
}
function alone_factsOf({ metrics, state }, work, run) {
    const trend = metrics[run.inputs.metric]?.values;
    const latency = { p50: trend?.med, p95: trend?.["p(95)"], p99: trend?.["p(99)"] };
    const known = Object.entries(latency).filter((entry) => typeof entry[1] === "number");
    return {
        at: new Date().toISOString(),
        commit: run.commit,
        values: {
            ...Object.fromEntries(known),
            "error-rate": work.failed / Math.max(1, work.requests),
            throughput: (work.iterations - work.thrown) / Math.max(0.001, state.testRunDurationMs / 1_000),
        },
    };
}

;// CONCATENATED MODULE: ./actions/k6-gate/chart.js
/** What fits side by side in a job summary. */
const MAX_POINTS = 40;
/** p95 of both versions over the run, as a chart of mermaid; undefined when there is too little of it. */
function chartOf(pairs) {
    const both = pairs.filter((pair) => pair.baseline.latencyMs && pair.candidate.latencyMs);
    if (both.length < 2)
        return undefined;
    const perPoint = Math.ceil(both.length / MAX_POINTS);
    const points = Array.from({ length: Math.ceil(both.length / perPoint) }, (_, at) => both.slice(at * perPoint, (at + 1) * perPoint));
    const line = (arm) => points.map((point) => middle(point, arm).toFixed(3)).join(", ");
    return [
        "xychart-beta",
        '  title "p95 of baseline (first line) and candidate (second line), block by block"',
        `  x-axis "pairs of blocks" 1 --> ${both.length}`,
        '  y-axis "ms"',
        `  line [${line("baseline")}]`,
        `  line [${line("candidate")}]`,
    ].join("\n");
}
/** The median, so that one bad block does not flatten all others. */
function middle(pairs, arm) {
    const values = pairs.map((pair) => pair[arm].latencyMs?.p95 ?? 0).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? 0;
}

;// CONCATENATED MODULE: ./actions/k6-gate/report.js



/** Everything that was measured, for whoever wants to look closer. */
function reportOf(found) {
    const { inputs, results, ...rest } = found;
    const { alpha, beta, margin, block, duration } = inputs;
    return {
        schema: 1,
        ...rest,
        settings: {
            alphaPercent: alpha,
            betaPercent: beta,
            marginPercent: margin,
            ruleOutPercent: inputs["rule-out"],
            passOn: inputs["pass-on"],
            processSpreadPercent: inputs["process-spread"],
            rounds: inputs.rounds,
            blockMs: block,
            durationMs: duration,
            maxDurationMs: inputs["max-duration"],
        },
        scripts: results,
    };
}
/** Ratios as they are told in outputs: with four digits. */
function ratiosByScript(results) {
    const short = (value) => Number(value.toPrecision(4));
    return Object.fromEntries(results.map(({ script, ratios, history }) => [
        script,
        Object.fromEntries([
            ...ratios.map(({ metric, ratio, low, high }) => [
                metric,
                { ratio: short(ratio), low: short(low), high: short(high) },
            ]),
            ...history.map(({ metric, ratio, low }) => [
                metric,
                { ratio: short(ratio), low: short(low) },
            ]),
        ]),
    ]));
}
/** Each finding at the script that made it. */
function annotate(log, results) {
    for (const { script, outcome, reason, findings } of results) {
        if (outcome !== "failed")
            continue;
        const told = findings.length > 0 ? findings.map(({ message }) => message) : [reason];
        for (const message of told)
            log.error(message, { title: "k6-gate", file: script });
    }
}
/** The job summary: what was decided and why, the ratios, and the blocks as a chart. */
function summarise(summary, found) {
    const { outcome, reason, comparedWith, results } = found;
    summary.heading(`Load: ${outcome}`);
    summary.markdown((0,action/* inlineText */.ln)(reason));
    summary.markdown(`Compared with ${(0,action/* inlineText */.ln)(comparedWith)}.`);
    for (const result of results) {
        summary.heading(result.script, 3);
        summary.markdown(`**${result.outcome}**, ${result.iterations} iterations, ${result.requests} requests`);
        for (const { message, hint } of result.findings) {
            summary.markdown(`- ${(0,action/* inlineText */.ln)(message)}. Next: ${(0,action/* inlineText */.ln)(hint)}`);
        }
        ratioTable(summary, result);
        const chart = chartOf(result.rounds.flat());
        if (chart)
            summary.code(chart, "mermaid");
    }
}
function ratioTable(summary, { ratios, history }) {
    if (ratios.length > 0) {
        summary.table(["Metric", "Baseline", "Candidate", "Ratio (above 1 is worse)", "Interval"], ratios.map(({ metric, baseline, candidate, ratio, low, high }) => [
            metric,
            inUnit(metric, baseline),
            inUnit(metric, candidate),
            `×${ratio.toFixed(3)}`,
            `×${low.toFixed(3)} to ×${high.toFixed(3)}`,
        ]));
    }
    if (history.length > 0) {
        summary.table(["Metric", "Typical", "Now", "Worse by"], history.map(({ metric, typical, value, ratio }) => [
            metric,
            inUnit(metric, typical),
            inUnit(metric, value),
            percentMore(ratio),
        ]));
    }
}
function inUnit(metric, value) {
    switch (metric) {
        case "error-rate":
            return `${(100 * value).toFixed(3)} %`;
        case "throughput":
            return `${value.toPrecision(4)}/s`;
        default:
            return `${value.toPrecision(3)} ms`;
    }
}

;// CONCATENATED MODULE: ./actions/k6-gate/result.js
/** The worst of all scripts. */
function worstOf(results) {
    const outcomes = results.map(({ outcome }) => outcome);
    if (outcomes.includes("failed") || outcomes.length === 0)
        return "failed";
    return outcomes.includes("inconclusive") ? "inconclusive" : "passed";
}
/** Why: the reasons of the scripts that decided it. */
function reasonOf(results) {
    const worst = worstOf(results);
    const deciding = results.filter(({ outcome }) => outcome === worst);
    const told = deciding.map(({ script, reason }) => results.length === 1 ? reason : `${script}: ${reason}`);
    return told.join("; ") || "no script was run";
}

;// CONCATENATED MODULE: ./actions/k6-gate/scripts.js



/** More scripts than this are a mistake in `path`. */
const MAX_SCRIPTS = 100;
/** The scripts that the patterns name, absolute, sorted, each once. A pattern that finds nothing is refused. */
async function scriptsOf(patterns, workspace) {
    const left = patterns.filter((one) => one.startsWith("!")).map((one) => one.slice(1));
    const wanted = patterns.filter((one) => !one.startsWith("!"));
    if (wanted.length === 0)
        throw nothing("path has only exclusions");
    const excluded = new Set((await Promise.all(left.map((one) => filesOf(one, workspace)))).flat());
    const found = new Set();
    for (const pattern of wanted) {
        const files = await filesOf(pattern, workspace);
        if (files.length === 0)
            throw nothing(`no script is at ${pattern}`);
        for (const file of files)
            if (!excluded.has(file))
                found.add(file);
    }
    if (found.size === 0)
        throw nothing(`all scripts that path names are excluded`);
    if (found.size > MAX_SCRIPTS)
        throw nothing(`path names ${found.size} scripts, accepted are ${MAX_SCRIPTS}`);
    return [...found].sort();
}
async function filesOf(pattern, workspace) {
    const root = await (0,promises_.realpath)(workspace);
    const named = (0,external_node_path_.resolve)(root, pattern);
    const direct = (await isFile(named)) ? [named] : [];
    const matches = direct.length > 0 ? direct : await matchesOf(pattern, root);
    const files = [];
    for (const match of matches) {
        if (!(await isFile(match)))
            continue;
        const real = await (0,promises_.realpath)(match);
        if (!real.startsWith(root + external_node_path_.sep))
            throw nothing(`${(0,external_node_path_.relative)(root, match)} leads out of ${root}`);
        files.push(real);
    }
    return files;
}
async function matchesOf(pattern, root) {
    const matches = [];
    for await (const match of (0,promises_.glob)(pattern, { cwd: root }))
        matches.push((0,external_node_path_.resolve)(root, match));
    return matches;
}
async function isFile(path) {
    return (0,promises_.stat)(path).then((found) => found.isFile(), () => false);
}
function nothing(message) {
    return new error/* SluiceError */.a("invalid-input", `path: ${message}`, {
        hint: "write the scripts' paths relative to the workspace, one a line",
    });
}

// EXTERNAL MODULE: ./lib/evidence/statement.js
var statement = __webpack_require__(7509);
;// CONCATENATED MODULE: ./actions/k6-gate/statement.js


/** What the gate saw of the candidate; undefined when nobody said which bytes were behind the URL. */
function statementAbout(digest, { name, comparedWith }, found) {
    if (digest === undefined)
        return undefined;
    const { outcome, results, report } = found;
    return (0,statement/* statementOf */.T8)({
        predicateType: statement/* PREDICATE */.W3.load,
        subject: { name, digest },
        predicate: {
            outcome,
            comparedWith,
            scripts: results.map(({ script, outcome: own, iterations, requests, findings }) => ({
                script,
                outcome: own,
                iterations,
                requests,
                findings: findings.map(({ kind }) => kind),
            })),
            ratios: ratiosByScript(results),
            report,
        },
    });
}

// EXTERNAL MODULE: ./lib/archive/by-digest.js
var by_digest = __webpack_require__(1745);
// EXTERNAL MODULE: ./lib/environment/read.js + 24 modules
var read = __webpack_require__(9996);
// EXTERNAL MODULE: ./lib/targets/open.js
var targets_open = __webpack_require__(9925);
// EXTERNAL MODULE: ./lib/archive/unpack.js
var unpack = __webpack_require__(2351);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./lib/process/free-port.js


/**
 * From here up to where systems begin to take the ports of outgoing connections from: no connection that somebody opens
 * in the meantime can have got the port when the service listens there, or does so again after a crash.
 */
const LOWEST = 20_000;
const OUTGOING_FROM = 32_768;
const TRIES = 50;
/** A service that was told its port listens there by then. */
const CLAIMED_MS = 120_000;
/**
 * Ports of `host` that were free a moment ago, all different. Nobody else on this machine who asks here is given them
 * as well while it takes a service to listen there.
 */
async function freePorts(host, count) {
    const servers = await Promise.all(Array.from({ length: count }, () => freeOne(host)));
    const ports = servers.map(portOf);
    await Promise.all(servers.map(free_port_close));
    return ports;
}
async function freeOne(host) {
    for (let tries = 0; tries < TRIES; tries += 1) {
        const port = (0,external_node_crypto_.randomInt)(LOWEST, OUTGOING_FROM);
        const claim = await claimOf(port);
        if (claim === null)
            continue;
        const found = await listening({ host, port, exclusive: true }).catch(() => null);
        if (found !== null)
            return found;
        await claim.giveBack();
    }
    return listening({ host, port: 0, exclusive: true });
}
/**
 * Null when somebody has it. A claim is a name without a file, in the same network namespace as the port, and goes with
 * its process. Only Linux has such names; elsewhere there are no claims.
 */
async function claimOf(port) {
    if (process.platform !== "linux")
        return { async giveBack() { } };
    const server = await listening({ path: `\0sluice-port-${port}` }).catch(() => null);
    if (server === null)
        return null;
    server.unref();
    const over = setTimeout(() => server.close(), CLAIMED_MS).unref();
    return {
        giveBack() {
            clearTimeout(over);
            return free_port_close(server);
        },
    };
}
function listening(options) {
    return new Promise((resolve, reject) => {
        const server = (0,external_node_net_.createServer)();
        server.once("error", reject);
        server.listen(options, () => resolve(server));
    });
}
function portOf(server) {
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
}
function free_port_close(server) {
    return new Promise((resolve) => {
        server.close(() => resolve());
    });
}

// EXTERNAL MODULE: ./lib/process/health.js
var health = __webpack_require__(5138);
;// CONCATENATED MODULE: ./lib/process/instance-log.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});

/** A log and its predecessor, so one instance keeps at most about twice this. */
const MAX_LOG_BYTES = 4 * 1024 * 1024;
const TAIL_BYTES = 2_048;
/**
 * Keeps a log bounded though its writer has it open for good: what is there is copied away, then the file is
 * emptied. The writer appends, so it goes on at the start. Lines of the moment in between may be lost.
 */
async function boundLog(path, maxBytes = MAX_LOG_BYTES) {
    const size = await (0,promises_.stat)(path).then((found) => found.size, () => 0);
    if (size <= maxBytes)
        return;
    await (0,promises_.copyFile)(path, `${path}.1`);
    await (0,promises_.truncate)(path);
}
/** The last lines, for saying why an instance died. */
async function tailOf(path, lines = 5) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const file = __addDisposableResource(env_1, await (0,promises_.open)(path), true);
            const { size } = await file.stat();
            const length = Math.min(size, TAIL_BYTES);
            const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
            return buffer.toString("utf8").trimEnd().split("\n").slice(-lines).join("\n");
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch {
        return "";
    }
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./lib/process/group.js
var group = __webpack_require__(9977);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./lib/process/identity.js



/**
 * When a process was started, in whatever unit the system counts; null when it is gone or only waits to be
 * collected. A pid alone may by now be somebody else's. Throws when it cannot be told: a process that runs must never be
 * taken for gone because there were too many open files. `proc` is where the kernel tells of processes.
 */
async function startTimeOf(pid, proc = "/proc") {
    return process.platform === "linux" ? fromProc(pid, proc) : fromPs(pid);
}
async function fromProc(pid, proc) {
    const text = await statOf(pid, proc);
    if (text === null)
        return null;
    // The command's name is in parentheses and may hold anything, so count from the last one.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    return state === "Z" || state === "X" ? null : (fields[19] ?? null);
}
/** No such file, or no such process by the time it was read. */
const GONE = ["ENOENT", "ESRCH"];
async function statOf(pid, proc) {
    try {
        return await (0,promises_.readFile)(`${proc}/${pid}/stat`, "utf8");
    }
    catch (cause) {
        if (GONE.includes(cause.code ?? ""))
            return null;
        throw untold(pid, cause);
    }
}
async function fromPs(pid) {
    try {
        const { stdout } = await (0,external_node_util_.promisify)(external_node_child_process_.execFile)("ps", ["-o", "lstart=", "-p", String(pid)]);
        return stdout.trim() || null;
    }
    catch (cause) {
        // It says of a pid that there is not just that: nothing, and 1.
        if (cause.code === 1)
            return null;
        throw untold(pid, cause);
    }
}
function untold(pid, cause) {
    return new Error(`it cannot be told whether process ${pid} still runs`, { cause });
}
async function isSameProcess(known) {
    return (await startTimeOf(known.pid)) === known.startTime;
}

;// CONCATENATED MODULE: ./lib/process/instance-process.js







/** An adopted process is nobody's child, so its end has to be looked for. */
const ADOPTED_POLL_MS = 100;
/** A process that is told to end while it holds nothing any more gets at least this long. */
const MIN_STOP_MS = 2_000;
/**
 * Waits for a line on its third descriptor, then becomes the command. Its end, without a line, is the end of
 * whoever would have written it.
 */
const HELD = 'read -r line <&3 && exec "$@" 3<&-';
/** One process, started here or taken over from a supervisor that died. */
class InstanceProcess {
    pid;
    startTime;
    /** Resolves with a person's words for how it ended. */
    ended;
    #child;
    #endedHow;
    constructor(pid, startTime, ended, child) {
        this.pid = pid;
        this.#child = child;
        this.startTime = startTime;
        this.ended = ended.then((how) => {
            this.#endedHow = how;
            return how;
        });
    }
    get endedHow() {
        return this.#endedHow;
    }
    /** Null while it runs, when it was ended by a signal, and when it was not started here. */
    get exitCode() {
        return this.#child?.exitCode ?? null;
    }
    /**
     * A process that runs nothing of the command yet: `begin` lets it, once it is written down who it is. If we
     * die before that, it ends, so that nothing runs that nobody knows. In its own process group, so that Ctrl-C
     * on the supervisor's terminal does not end it undrained.
     */
    static async hold({ argv, cwd, env, logPath }) {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(logPath), { recursive: true });
        const log = await (0,promises_.open)(logPath, "a", 0o600);
        try {
            const child = (0,external_node_child_process_.spawn)("/bin/sh", ["-c", HELD, "sh", ...argv], {
                cwd,
                env,
                detached: true,
                stdio: ["ignore", log.fd, log.fd, "pipe"],
            });
            const ended = endOf(child);
            const { pid } = child;
            if (pid === undefined)
                throw new Error(await ended);
            return new InstanceProcess(pid, await startTimeOfHeld(pid), ended, child);
        }
        finally {
            await log.close();
        }
    }
    /** Null when the process is gone, or its pid is another's by now. */
    static async adopt(known) {
        if (!(await isSameProcess(known)))
            return null;
        return new InstanceProcess(known.pid, known.startTime, goneOf(known), null);
    }
    /** Lets a process that is held become its command. */
    begin() {
        const door = this.#child?.stdio[3];
        if (!(door instanceof external_node_stream_.Writable))
            return;
        // It may have been ended while it was held, which `ended` says.
        door.on("error", () => { });
        door.end("\n");
    }
    /** SIGTERM, then SIGKILL when it is not gone within `graceMs`. `beforeKill` runs in between. */
    async stop(graceMs, beforeKill = () => { }) {
        if (this.#endedHow === undefined) {
            (0,group/* signalGroup */.i)(this.pid, "SIGTERM");
            const timer = new AbortController();
            const tooLong = (0,external_node_timers_promises_.setTimeout)(graceMs, "late", { signal: timer.signal }).catch(() => "");
            const first = await Promise.race([this.ended, tooLong]);
            timer.abort();
            if (first === "late" && this.#endedHow === undefined) {
                beforeKill();
                (0,group/* signalGroup */.i)(this.pid, "SIGKILL");
                await this.ended;
            }
        }
        // Whatever it started and left behind is in its group.
        (0,group/* signalGroup */.i)(this.pid, "SIGKILL");
    }
}
function endOf(child) {
    return new Promise((resolve) => {
        child.once("error", (error) => resolve(`could not be started: ${error.message}`));
        child.once("exit", (code, signal) => resolve(signal ? `was ended by ${signal}` : `exited with code ${code}`));
    });
}
async function goneOf(known) {
    while (await isStillThere(known))
        await (0,external_node_timers_promises_.setTimeout)(ADOPTED_POLL_MS, undefined, { ref: false });
    return "ended";
}
/** Nobody can write down a process that it cannot be told of: it must not stay. */
async function startTimeOfHeld(pid) {
    try {
        return (await startTimeOf(pid)) ?? "gone";
    }
    catch (error) {
        (0,group/* signalGroup */.i)(pid, "SIGKILL");
        throw error;
    }
}
/** What cannot be told now is asked again: until then nothing says that it ended. */
function isStillThere(known) {
    return isSameProcess(known).catch(() => true);
}

// EXTERNAL MODULE: ./lib/process/placeholders.js
var placeholders = __webpack_require__(8638);
;// CONCATENATED MODULE: ./lib/process/instance.js







/** Instances are reached from this machine only. */
const INSTANCE_HOST = "127.0.0.1";
/** A health check that takes longer than this is a failed one. */
const CHECK_TIMEOUT_MS = 2_000;
/** What a shell ends with when it cannot run a command, or cannot find it (POSIX, 2.8.2). */
const NO_PROGRAM = new Set([126, 127]);
const SEE_PROGRAM = "see that `service.start` names a program that is in the archive or on the PATH";
/** One running instance of a release. */
class RunningInstance {
    plan;
    process;
    isHealthy = false;
    constructor(plan, process) {
        this.plan = plan;
        this.process = process;
    }
    /** Its process is held: `process.begin` when it is written down, if it is to be. */
    static async hold(plan) {
        return new RunningInstance(plan, await holdProcess(plan));
    }
    get url() {
        return `http://${INSTANCE_HOST}:${this.plan.port}`;
    }
    sickness(signal) {
        return (0,health/* sickness */._)(`${this.url}${this.plan.service.health.path}`, CHECK_TIMEOUT_MS, signal);
    }
    /** Throws `unhealthy`, saying what was seen last, when it does not come in time. */
    async untilHealthy(signal) {
        const { deadlineMs, intervalMs, path } = this.plan.service.health;
        const deadline = performance.now() + deadlineMs;
        let last = "was not asked";
        while (performance.now() < deadline) {
            signal.throwIfAborted();
            const sick = await this.sickness(signal);
            if (this.process.endedHow !== undefined)
                throw await this.#unhealthy(this.process.endedHow);
            if (sick === undefined) {
                this.isHealthy = true;
                return;
            }
            last = sick;
            await (0,external_node_timers_promises_.setTimeout)(intervalMs, undefined, { signal }).catch(() => { });
        }
        throw await this.#unhealthy(`was not healthy within ${deadlineMs} ms: ${path} ${last}`);
    }
    async #unhealthy(how) {
        const tail = await tailOf(this.plan.logPath);
        const said = tail ? `; its last lines were:\n${tail}` : "; it wrote nothing";
        const log = `the whole log is ${this.plan.logPath}`;
        const isNoProgram = NO_PROGRAM.has(this.process.exitCode ?? 0);
        return new error/* SluiceError */.a("unhealthy", `${this.plan.name} ${how}${said}`, {
            hint: isNoProgram ? `${SEE_PROGRAM}; ${log}` : log,
        });
    }
}
/** A process that becomes the release's command when it is told to begin. */
async function holdProcess(plan) {
    const values = {
        host: INSTANCE_HOST,
        port: plan.port,
        "metrics-port": plan.metricsPort,
        slot: plan.slot,
        version: plan.release.version,
    };
    const nodeFolder = (0,external_node_path_.dirname)(process.execPath);
    await boundLog(plan.logPath);
    return InstanceProcess.hold({
        argv: (0,placeholders/* commandOf */.Nl)(plan.service, values),
        cwd: plan.folder,
        env: (0,placeholders/* environmentOf */.p7)(plan.service, values, process.env, nodeFolder),
        logPath: plan.logPath,
    });
}

;// CONCATENATED MODULE: ./lib/load/arm-process.js





/** It holds no traffic but ours, so there is nothing to drain. */
const arm_process_STOP_GRACE_MS = 2_000;
/**
 * A fresh process of a release on free ports of loopback, away from live traffic. An instance that serves live
 * traffic would be no fair arm: it has other work, and its code is compiled already.
 */
async function startArm(settings) {
    const { arm, release, archivePath, service, folder, signal } = settings;
    const unpacked = (0,external_node_path_.join)(folder, arm);
    await (0,promises_.mkdir)(folder, { recursive: true });
    await (0,unpack/* unpack */.l1)(archivePath, release.digest, unpacked);
    const [port = 0, metricsPort = 0] = await freePorts(INSTANCE_HOST, 2);
    const instance = await RunningInstance.hold({
        name: arm,
        slot: arm === "baseline" ? "blue" : "green",
        release,
        service: withRunner(service),
        folder: unpacked,
        logPath: (0,external_node_path_.join)(folder, `${arm}.log`),
        port,
        metricsPort,
    });
    instance.process.begin();
    const stop = () => instance.process.stop(arm_process_STOP_GRACE_MS);
    try {
        await instance.untilHealthy(signal);
    }
    catch (error) {
        await stop();
        throw error;
    }
    return {
        url: instance.url,
        stop,
        get endedHow() {
            return instance.process.endedHow;
        },
    };
}
/** Unlike an instance of a site, an arm must not outlive the job, even if this process is killed. */
function withRunner(service) {
    const { RUNNER_TRACKING_ID } = process.env;
    if (RUNNER_TRACKING_ID === undefined)
        return service;
    return { ...service, env: { ...service.env, RUNNER_TRACKING_ID } };
}

;// CONCATENATED MODULE: ./actions/k6-gate/started-arms.js




/** The processes of both versions that the gate starts itself. */
class StartedArms {
    #settings;
    #running = new Map();
    constructor(settings) {
        this.#settings = settings;
    }
    urlOf(arm) {
        return this.#running.get(arm)?.url;
    }
    /** Starts both; when one fails, none is left. */
    async start() {
        const { service, candidate, baseline } = this.#settings;
        const { archive, digest } = candidate;
        const release = { name: service.name, version: "candidate", commit: "", digest };
        try {
            const starting = [this.#startOne("candidate", release, await (0,by_digest/* archiveOf */.Y)(archive, digest))];
            if (baseline) {
                starting.push(this.#startOne("baseline", baseline.release, baseline.archivePath));
            }
            // Both to their end, so that the one is known and stopped when the other fails.
            const ended = await Promise.allSettled(starting);
            for (const one of ended)
                if (one.status === "rejected")
                    throw one.reason;
        }
        catch (error) {
            await this.stop();
            throw error;
        }
    }
    /** Ends both and starts others, from new copies of their archives. */
    async renew() {
        await this.stop();
        await this.start();
    }
    /** Throws when one ended by itself. */
    mustLive() {
        for (const [arm, { endedHow }] of this.#running) {
            if (endedHow === undefined)
                continue;
            throw new error/* SluiceError */.a("unhealthy", `the ${arm} ${endedHow} under the load`, {
                hint: "a release that does not survive its load must not be let through; look at its log",
            });
        }
    }
    async stop() {
        const running = [...this.#running.values()];
        this.#running.clear();
        await Promise.all(running.map((process) => process.stop()));
        await (0,promises_.rm)(this.#settings.folder, { recursive: true, force: true, maxRetries: 3 });
    }
    async #startOne(arm, release, archivePath) {
        const { service, folder, signal, say } = this.#settings;
        const process = await startArm({ arm, release, archivePath, service, folder, signal });
        this.#running.set(arm, process);
        say(`${arm} ${release.version} (${release.digest}) is healthy at ${process.url}`);
    }
}

;// CONCATENATED MODULE: ./actions/k6-gate/versions.js





/** The versions that are given by URL, or started as the environment file says. */
async function openVersions(inputs, folder, signal, say) {
    const { url, archive, digest } = inputs;
    const baseline = inputs["baseline-url"];
    const file = inputs["environment-file"];
    if (file === undefined || archive === undefined || digest === undefined) {
        const comparedWith = baseline ?? "nothing: no baseline was given";
        return standing(url, baseline, comparedWith);
    }
    return started({ ...inputs, archive, digest, file }, folder, signal, say);
}
function standing(candidate, baseline, comparedWith) {
    return {
        candidate,
        baseline,
        comparedWith,
        name: "candidate",
        async renew() { },
        mustLive() { },
        async stop() { },
    };
}
async function started(inputs, folder, signal, say) {
    const { file, digest, archive } = inputs;
    const environment = await (0,read/* readEnvironment */.Qo)(file);
    const service = withVariables(environment.service, inputs["service-env"] ?? []);
    // What is compared with the runs before needs no release beside it, and no target that would know of one.
    const isAlone = inputs["baseline-file"] !== undefined;
    const target = isAlone ? undefined : await (0,targets_open/* openTarget */.A)(environment);
    const stable = await stableOf(inputs, async () => (await target?.read())?.value.stable?.release);
    const archivePath = stable && (await bytesOf(stable, inputs, async (one) => target?.archived(one)));
    const baseline = stable && archivePath ? { release: stable, archivePath } : undefined;
    const candidate = { archive, digest };
    const arms = new StartedArms({ service, folder, candidate, baseline, signal, say });
    await arms.start();
    return {
        get candidate() {
            return arms.urlOf("candidate");
        },
        get baseline() {
            return arms.urlOf("baseline");
        },
        comparedWith: describeStable(stable, isAlone, environment.name),
        name: service.name,
        renew: () => arms.renew(),
        mustLive: () => arms.mustLive(),
        stop: () => arms.stop(),
    };
}
function describeStable(stable, isAlone, environment) {
    if (stable)
        return `${stable.version} (${stable.digest})`;
    return isAlone ? "the runs before" : `nothing: no release is stable at ${environment} yet`;
}
/** What the candidate is to replace. */
async function stableOf(inputs, read) {
    const digest = inputs["baseline-digest"];
    if (inputs["baseline-archive"] === undefined || digest === undefined)
        return read();
    return { name: "baseline", version: "baseline", commit: "", digest };
}
async function bytesOf(stable, inputs, archived) {
    const given = inputs["baseline-archive"];
    if (given !== undefined)
        return (0,by_digest/* archiveOf */.Y)(given, stable.digest);
    // The same bytes again: a release that was taken back and is tried once more, or a re-run.
    if (stable.digest === inputs.digest)
        return (0,by_digest/* archiveOf */.Y)(inputs.archive, stable.digest);
    const path = await archived(stable.digest);
    if (path !== undefined)
        return path;
    throw new error/* SluiceError */.a("no-such-release", `the archive of the stable release ${stable.version} (${stable.digest}) is not on this machine`, { hint: "fetch it, and name it in `baseline-archive`" });
}
function withVariables(service, variables) {
    const given = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
    return { ...service, env: { ...service.env, ...given } };
}

;// CONCATENATED MODULE: ./actions/k6-gate/k6-gate.js

















/** Runs the scripts; the action's outputs are set however it ends. */
async function k6Gate(context) {
    const { inputs, log, signal, env } = context;
    const startedMs = performance.now();
    const workspace = (0,action/* workspaceFolder */.ih)(env);
    const scripts = await scriptsOf(inputs.path, workspace);
    const history = await readHistory(inputs["baseline-file"]);
    const shop = (0,tools_shop/* openShop */.v)({ env, say: (message) => log.info(message), signal });
    const { path: program } = await (0,ensure/* ensure */.D)("k6", inputs["k6-version"], shop);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), "sluice-k6-gate-"));
    let versions;
    try {
        versions = await openVersions(inputs, (0,external_node_path_.join)(folder, "versions"), signal, (text) => log.info(text));
        log.info(`compared with ${versions.comparedWith}`);
        const open = versions;
        const runs = scripts.map((script) => ({
            inputs,
            versions: open,
            script,
            name: (0,external_node_path_.relative)(workspace, script) || (0,external_node_path_.basename)(script),
            scripts: scripts.length,
            history,
            program,
            flags: inputs.flags ?? [],
            cwd: workspace,
            env: k6Environment(env, open.baseline !== undefined),
            commit: env.GITHUB_SHA ?? "",
            log,
            signal,
        }));
        const results = await runAll(runs, folder);
        return await conclude(context, versions, results, performance.now() - startedMs);
    }
    finally {
        await versions?.stop();
        await (0,promises_.rm)(folder, { recursive: true, force: true, maxRetries: 3 });
    }
}
/** One after the other, or all at once if that is wanted and nothing is compared. */
async function runAll(runs, folder) {
    const withFolder = async (run, at) => {
        const own = (0,external_node_path_.join)(folder, `script-${at}`);
        await (0,promises_.mkdir)(own);
        return runOne({ ...run, folder: own });
    };
    if (runs[0]?.inputs.parallel)
        return Promise.all(runs.map(withFolder));
    const results = [];
    for (const [at, run] of runs.entries()) {
        results.push(await withFolder(run, at));
        if (run.inputs["fail-fast"] && results.at(-1)?.outcome === "failed")
            break;
    }
    return results;
}
function runOne(run) {
    const { candidate, baseline } = run.versions;
    run.log.info(`${run.name}: ${baseline ? "both versions in turns" : "by itself"}`);
    if (candidate === undefined || baseline === undefined)
        return runAlone(run);
    return compare(run);
}
async function readHistory(path) {
    if (path === undefined)
        return NO_BASELINE;
    const text = await (0,promises_.readFile)(path, "utf8").catch((error) => {
        if (error.code === "ENOENT")
            return undefined;
        throw error;
    });
    if (text === undefined)
        return NO_BASELINE;
    try {
        return baselineFile.parse(JSON.parse(text));
    }
    catch (cause) {
        throw new error/* SluiceError */.a("invalid-input", `baseline-file: ${path} is no baseline of k6-gate`, {
            cause,
            hint: "give the file that an earlier run wrote as output `baseline`, or none to begin anew",
        });
    }
}
async function conclude(context, versions, results, tookMs) {
    const { inputs, outputs, log, summary } = context;
    const outcome = worstOf(results);
    const reason = reasonOf(results);
    const report = reportOf({
        outcome,
        reason,
        comparedWith: versions.comparedWith,
        tookMs,
        inputs,
        results,
    });
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(inputs.report), { recursive: true });
    await (0,promises_.writeFile)(inputs.report, `${JSON.stringify(report, null, 1)}\n`);
    const statement = statementAbout(inputs.digest, versions, {
        outcome,
        results,
        report: await (0,digest/* digestOfFile */.M)(inputs.report),
    });
    const letsThrough = outcome === "inconclusive" && inputs["on-inconclusive"] === "pass";
    const gate = {
        name: "k6-gate",
        outcome: letsThrough ? "passed" : outcome,
        reason: letsThrough
            ? `undecided, let through since on-inconclusive is pass: ${reason}`
            : reason,
        ...(statement && { statement }),
    };
    const known = {
        gate,
        outcome,
        ratios: ratiosByScript(results),
        iterations: results.reduce((sum, { iterations }) => sum + iterations, 0),
        requests: results.reduce((sum, { requests }) => sum + requests, 0),
        report: inputs.report,
        duration: Math.round(tookMs / 100) / 10,
        baseline: await writeHistory(inputs, results, outcome),
    };
    outputs.set(known);
    summarise(summary, {
        outcome,
        reason,
        comparedWith: versions.comparedWith,
        results,
        blockMs: inputs.block,
    });
    annotate(log, results);
    log.info(`${outcome}: ${reason}`);
    mustGoOn(outcome, reason, results, inputs, log);
    return known;
}
/** Beside the report: the file in the checkout is for the workflow to commit or to keep. */
async function writeHistory(inputs, results, outcome) {
    const path = inputs["baseline-file"];
    if (path === undefined)
        return undefined;
    const before = await readHistory(path);
    const good = outcome === "passed" ? results : [];
    const after = good.reduce((file, { script, facts }) => (facts ? withRun(file, script, facts) : file), before);
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    await (0,promises_.writeFile)(path, `${JSON.stringify(after, null, 1)}\n`);
    return path;
}
/** Throws unless the step is to succeed. */
function mustGoOn(outcome, reason, results, inputs, log) {
    if (outcome === "passed")
        return;
    if (outcome === "failed") {
        const finding = results.flatMap(({ findings }) => findings)[0];
        throw new error/* SluiceError */.a(finding ? "load-failed" : "worse", reason, {
            hint: finding?.hint ?? `compare the two versions by yourself; the blocks are in ${inputs.report}`,
        });
    }
    if (inputs["on-inconclusive"] === "fail") {
        throw new error/* SluiceError */.a("inconclusive", reason, {
            hint: "run it again when the machine is quieter, lengthen max-duration, or make blocks shorter",
        });
    }
    log.warning(`undecided, and on-inconclusive is ${inputs["on-inconclusive"]}: ${reason}`, {
        title: "k6-gate: inconclusive",
    });
}


/***/ }),

/***/ 1745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ archiveOf)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2018);
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5874);




/** A folder with more files was not made by a build. */
const MAX_FILES = 100;
/**
 * The file that is `digest`: `path` itself, or the one in that folder (an artifact is unpacked into a folder,
 * under whatever name it was built). Throws `digest-mismatch` or `invalid-input`, and nothing is deployed.
 */
async function archiveOf(path, digest) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch(() => undefined);
    if (!found?.isDirectory()) {
        await (0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .mustHaveDigest */ .y)(path, digest);
        return path;
    }
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(path, { recursive: true, withFileTypes: true });
    const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(entry.parentPath, entry.name));
    if (files.length > MAX_FILES)
        throw tooMany(path, files.length);
    const digests = await Promise.all(files.map(async (file) => ({ file, is: await (0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOfFile */ .M)(file) })));
    const match = digests.find(({ is }) => is === digest);
    if (match)
        return match.file;
    const there = digests.map(({ file, is }) => `${file} (${is})`).join(", ") || "nothing";
    throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("digest-mismatch", `no file in ${path} is ${digest}; there is ${there}`, {
        hint: "the bytes changed after the gate that named the digest, or another artifact was fetched; nothing was deployed",
    });
}
function tooMany(path, count) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("invalid-input", `archive: ${path} holds ${count} files`, {
        hint: "give the archive itself, or a folder that holds it alone",
    });
}


/***/ }),

/***/ 2351:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l1: () => (/* binding */ unpack)
/* harmony export */ });
/* unused harmony exports MAX_UNPACKED_BYTES, MAX_ENTRIES, appFolder */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6466);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8522);
/* harmony import */ var tar_stream__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6474);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2018);









const MAX_UNPACKED_BYTES = 2 * 1024 ** 3;
const MAX_ENTRIES = 200_000;
/**
 * Unpacks a tar.gz into `folder`, which appears only when all of it is there and the archive's bytes have
 * `digest`. An archive is not trusted to stay inside: what leads out, or is neither file, folder nor
 * symlink, refuses the whole of it.
 */
async function unpack(archive, digest, folder) {
    const temporary = `${folder}.unpacking`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(temporary, { recursive: true, force: true });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(temporary, { recursive: true, mode: 0o700 });
    try {
        await unpackInto(temporary, archive, digest);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(folder, { recursive: true, force: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, folder);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(temporary, { recursive: true, force: true });
        throw error;
    }
}
async function unpackInto(root, archive, digest) {
    const links = [];
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    const hashing = new node_stream__WEBPACK_IMPORTED_MODULE_4__.Transform({
        transform(chunk, _encoding, done) {
            hash.update(chunk);
            done(null, chunk);
        },
    });
    const entries = (0,tar_stream__WEBPACK_IMPORTED_MODULE_7__.extract)();
    const reading = (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(archive), hashing, (0,node_zlib__WEBPACK_IMPORTED_MODULE_6__.createGunzip)(), entries);
    // It may fail while an entry is being written, and is looked at only afterwards.
    reading.catch(() => { });
    const budget = { entries: MAX_ENTRIES, bytes: MAX_UNPACKED_BYTES };
    let refused;
    try {
        for await (const entry of entries) {
            const link = await writeEntry(root, entry.header, entry, budget);
            if (link)
                links.push(link);
        }
        await reading;
    }
    catch (error) {
        refused = error;
    }
    await reading.catch(() => { });
    // Whatever else is wrong with bytes that are not the promised ones does not matter.
    if (refused !== undefined)
        await finishHash(archive, digest, refused);
    assertDigest(`sha256:${hash.digest("hex")}`, digest, archive);
    await makeLinks(root, links);
}
async function finishHash(archive, digest, refused) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    for await (const chunk of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(archive))
        hash.update(chunk);
    assertDigest(`sha256:${hash.digest("hex")}`, digest, archive);
    if (refused instanceof _error_js__WEBPACK_IMPORTED_MODULE_8__/* .SluiceError */ .a)
        throw refused;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .SluiceError */ .a("invalid-input", `${archive} is not a tar.gz that can be unpacked`, {
        cause: refused,
        hint: "build the archive with the build action",
    });
}
function assertDigest(actual, promised, archive) {
    if (actual === promised)
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .SluiceError */ .a("digest-mismatch", `${archive} has ${actual}, promised was ${promised}`, {
        hint: "give the archive that the build made, or build again; nothing was unpacked",
    });
}
async function writeEntry(root, header, content, budget) {
    budget.entries -= 1;
    budget.bytes -= header.size ?? 0;
    if (budget.entries < 0 || budget.bytes < 0)
        throw refusal(header, `more than ${MAX_ENTRIES} entries or ${MAX_UNPACKED_BYTES} bytes`);
    const path = placeOf(root, header);
    switch (header.type) {
        case "directory":
            content.resume();
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(path, { recursive: true });
            return undefined;
        case "file":
        case "contiguous-file": {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path), { recursive: true });
            const mode = (header.mode ?? 0) & 0o111 ? 0o755 : 0o644;
            await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)(content, (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createWriteStream)(path, { mode, flags: "wx" }));
            return undefined;
        }
        case "symlink":
            content.resume();
            if (!header.linkname || (0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(header.linkname))
                throw refusal(header, `a symlink to ${header.linkname || "nowhere"}`);
            return { path, to: header.linkname };
        default:
            throw refusal(header, `a ${header.type ?? "thing of unknown kind"}`);
    }
}
function placeOf(root, header) {
    const { name } = header;
    if (name.includes("\0") || (0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(name) || /^[A-Za-z]:|\\/.test(name))
        throw refusal(header, "an absolute or foreign path");
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(root, name);
    const inside = path === root ? header.type === "directory" : path.startsWith(root + node_path__WEBPACK_IMPORTED_MODULE_3__.sep);
    if (!inside || name.split("/").includes(".."))
        throw refusal(header, "a path that leads out");
    return path;
}
/**
 * Made last, so that no file is ever written through one, and none where it would be made through another; then each
 * must end inside, however it winds.
 */
async function makeLinks(root, links) {
    const realRoot = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.realpath)(root);
    mustNotLeadThroughEachOther(root, links);
    for (const { path, to } of links) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path), { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.symlink)(to, path);
    }
    for (const { path, to } of links) {
        const end = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.realpath)(path).catch(() => undefined);
        if (end === undefined || (end !== realRoot && !end.startsWith(realRoot + node_path__WEBPACK_IMPORTED_MODULE_3__.sep)))
            throw refusal({ name: (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(root, path) }, `a symlink to ${to}, which is not inside`);
    }
}
function mustNotLeadThroughEachOther(root, links) {
    const linked = new Set(links.map(({ path }) => path));
    for (const { path } of links) {
        for (let above = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path); above.startsWith(root + node_path__WEBPACK_IMPORTED_MODULE_3__.sep); above = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(above)) {
            if (linked.has(above))
                throw refusal({ name: (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(root, path) }, "a path that leads through a symlink");
        }
    }
}
function refusal(header, what) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .SluiceError */ .a("refused", `the archive's entry ${JSON.stringify(header.name)} is refused: ${what}`, { hint: "an archive holds plain files, folders and symlinks among them; build it again" });
}
/** Where a release is unpacked for one placement. */
function appFolder(slots, slot, digest, serial) {
    return join(slots, slot, `${digest.slice("sha256:".length, "sha256:".length + 12)}-${serial}`);
}


/***/ }),

/***/ 5874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ digestOfFile),
/* harmony export */   y: () => (/* binding */ mustHaveDigest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6466);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2018);




/** The sha256 of a file's bytes. Throws `invalid-input` when it cannot be read. */
async function digestOfFile(path) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    try {
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_2__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(path), hash);
    }
    catch (cause) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("invalid-input", `cannot read ${path}`, {
            cause,
            hint: "give the path of a file that exists, e.g. the build action's output `archive`",
        });
    }
    return `sha256:${hash.digest("hex")}`;
}
/** Throws `digest-mismatch`, naming both, unless the file is what `expected` says. */
async function mustHaveDigest(path, expected) {
    const found = await digestOfFile(path);
    if (found === expected)
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("digest-mismatch", `${path} is ${found}, but ${expected} was let through`, {
        hint: "the bytes changed after the gate that named the digest; nothing was deployed. Build again, and find out who changed them",
    });
}


/***/ }),

/***/ 9977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ endGroup),
/* harmony export */   i: () => (/* binding */ signalGroup)
/* harmony export */ });
/** Signals the process that leads a group and all it started; says whether there was anything to signal. */
function signalGroup(pid, signal) {
    // A program that could not be started has no pid.
    if (pid === undefined)
        return false;
    try {
        process.kill(-pid, signal);
        return true;
    }
    catch {
        return false;
    }
}
/** Asks the child's group to end, and ends it when the child is still there `graceMs` later. */
function endGroup(child, graceMs) {
    signalGroup(child.pid, "SIGTERM");
    const late = setTimeout(() => signalGroup(child.pid, "SIGKILL"), graceMs);
    child.once("close", () => clearTimeout(late));
}


/***/ }),

/***/ 5138:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ sickness)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);

/** Why an instance is not healthy at this moment; undefined when it is. */
function sickness(url, timeoutMs, signal) {
    return new Promise((resolve) => {
        const request = (0,node_http__WEBPACK_IMPORTED_MODULE_0__.get)(url, { agent: false, ...(signal ? { signal } : {}) }, (response) => {
            const { statusCode = 0 } = response;
            response.resume();
            resolve(statusCode >= 200 && statusCode < 300 ? undefined : `answered ${statusCode}`);
        });
        const late = setTimeout(() => {
            resolve(`did not answer within ${timeoutMs} ms`);
            request.destroy();
        }, timeoutMs);
        request.once("close", () => clearTimeout(late));
        request.once("error", (error) => resolve(error.message));
    });
}


/***/ }),

/***/ 8638:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nl: () => (/* binding */ commandOf),
/* harmony export */   p7: () => (/* binding */ environmentOf),
/* harmony export */   pz: () => (/* binding */ fillIn)
/* harmony export */ });
/** Fills in {host} {port} {metrics-port} {slot} {version}, and what else `values` has; other braces stay as they are. */
function fillIn(text, values) {
    const known = new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
    return text.replace(/\{([a-z-]+)\}/g, (whole, name) => known.get(name) ?? whole);
}
function commandOf(service, values) {
    const [program = "", ...args] = service.start.map((word) => fillIn(word, values));
    return [program, ...args];
}
/** What every program needs; nothing of the job that started the site, so none of its secrets. */
const INHERITED = ["HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER", "LOGNAME", "SHELL"];
/** `node` is the one that runs the supervisor, whatever else the machine has. */
function environmentOf(service, values, own, nodeFolder) {
    const env = { PATH: `${nodeFolder}:${own.PATH ?? "/usr/bin:/bin"}` };
    for (const name of INHERITED) {
        const value = own[name];
        if (value !== undefined)
            env[name] = value;
    }
    for (const [name, value] of Object.entries(service.env))
        env[name] = fillIn(value, values);
    return env;
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


/***/ }),

/***/ 3153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ lastWords),
/* harmony export */   e: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);

/** More than any message that is read; a program that prints without end must not fill the memory. */
const MAX_OUTPUT_CHARS = 1_000_000;
/** Runs a program to its end; rejects when it cannot be started or `signal` fires, not for its exit code. */
function run(file, args, settings) {
    const { cwd, env, signal, timeoutMs: timeout } = settings;
    const stdio = ["ignore", "pipe", "pipe"];
    return new Promise((resolve, reject) => {
        const options = { ...(cwd && { cwd }), ...(signal && { signal }), ...(timeout && { timeout }) };
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(file, args, { env, stdio, ...options });
        const output = { stdout: "", stderr: "" };
        for (const name of ["stdout", "stderr"]) {
            child[name].setEncoding("utf8").on("data", (text) => {
                output[name] = (output[name] + text).slice(-MAX_OUTPUT_CHARS);
            });
        }
        let failure;
        child.once("error", (error) => {
            failure = signal?.aborted ? signal.reason : error;
            // A program that never started says nothing more; one that was ended still has to go.
            if (child.pid === undefined)
                reject(failure);
        });
        child.once("close", (code) => {
            if (failure !== undefined)
                reject(failure);
            else
                resolve({ code: code ?? undefined, ...output });
        });
    });
}
/** The end of what a program said, for a message. */
function lastWords({ stdout, stderr }, lines = 12) {
    const said = stderr.trim() || stdout.trim();
    return said.split("\n").slice(-lines).join("\n");
}


/***/ })

};
