export const id = 797;
export const ids = [797];
export const modules = {

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

/***/ 3040:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ armOf)
/* harmony export */ });
/* harmony import */ var _histogram_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(651);

/**
 * One arm out of its instances. Without one of them the sum would look like a reset, or like fewer errors
 * than there were: then there is no total, which is no evidence for either side.
 */
function armOf(instances) {
    const all = Object.values(instances);
    const [first, ...rest] = all;
    if (!first)
        return { total: null, instances };
    let total = first;
    for (const next of rest) {
        if (!next)
            return { total: null, instances };
        total = add(total, next);
    }
    return { total, instances };
}
function add(a, b) {
    return {
        requests: a.requests + b.requests,
        errors: a.errors + b.errors,
        ...(a.kinds && b.kinds ? { kinds: addKinds(a.kinds, b.kinds) } : {}),
        ...(a.latency && b.latency ? { latency: (0,_histogram_js__WEBPACK_IMPORTED_MODULE_0__/* .addHistograms */ .B)(a.latency, b.latency) } : {}),
    };
}
/** A kind that one of them never had is zero there. */
function addKinds(a, b) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}


/***/ }),

/***/ 651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ histogramOf),
/* harmony export */   B: () => (/* binding */ addHistograms)
/* harmony export */ });
/** Adds up the `_bucket` samples of one classic histogram over all their other labels. */
function histogramOf(buckets) {
    const byOtherLabels = new Map();
    for (const { labels, value } of buckets) {
        const edge = edgeOf(labels.get("le"));
        if (edge === undefined || !Number.isFinite(value) || value < 0)
            return undefined;
        const key = JSON.stringify([...labels].filter(([name]) => name !== "le").sort());
        const series = byOtherLabels.get(key) ?? new Map();
        series.set(edge, (series.get(edge) ?? 0) + value);
        byOtherLabels.set(key, series);
    }
    const [first, ...rest] = [...byOtherLabels.values()].map(cumulative);
    if (!first || rest.includes(undefined))
        return undefined;
    return rest.reduce((sum, one) => addHistograms(sum, one ?? sum), first);
}
/** The edges that both have: a cumulative count is only comparable at a shared edge. */
function addHistograms(a, b) {
    const le = a.le.filter((edge) => b.le.includes(edge));
    const at = (h, edge) => h.counts[h.le.indexOf(edge)] ?? 0;
    const all = (h) => h.counts.at(-1) ?? 0;
    return { le, counts: [...le.map((edge) => at(a, edge) + at(b, edge)), all(a) + all(b)] };
}
function cumulative(series) {
    const all = series.get(Number.POSITIVE_INFINITY);
    if (all === undefined)
        return undefined;
    const le = [...series.keys()].filter(Number.isFinite).sort((a, b) => a - b);
    const counts = [...le.map((edge) => series.get(edge) ?? 0), all];
    const grows = counts.every((count, i) => i === 0 || count >= (counts[i - 1] ?? 0));
    return grows ? { le, counts } : undefined;
}
function edgeOf(text) {
    if (text === "+Inf" || text === "Inf")
        return Number.POSITIVE_INFINITY;
    const edge = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
    return Number.isFinite(edge) ? edge : undefined;
}


/***/ }),

/***/ 1154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ parsePrometheusText)
/* harmony export */ });
/* unused harmony export PrometheusSyntaxError */
/** Names the line, so that whoever wrote the exporter finds it. */
class PrometheusSyntaxError extends Error {
    name = "PrometheusSyntaxError";
}
const METRIC = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const BLANKS = /[ \t]*/y;
const NUMBER = /^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)$/;
const TIMESTAMP = /^-?\d+$/;
/** Strict: a line that is not in the format makes the whole text worthless, for half of it may be missing. */
function parsePrometheusText(text) {
    if (text !== "" && !text.endsWith("\n"))
        throw new PrometheusSyntaxError("the text is cut off");
    const samples = [];
    const announced = new Set();
    text.split("\n").forEach((line, index) => {
        const trimmed = line.trim();
        if (trimmed === "")
            return;
        if (trimmed.startsWith("#")) {
            const [, keyword, metric] = trimmed.split(/[ \t]+/);
            if (metric && (keyword === "TYPE" || keyword === "HELP"))
                announced.add(metric);
            return;
        }
        samples.push(new LineReader(trimmed, index + 1).sample());
    });
    return { samples, announced };
}
class LineReader {
    #line;
    #number;
    #at = 0;
    constructor(line, number) {
        this.#line = line;
        this.#number = number;
    }
    sample() {
        const metric = this.#word(METRIC, "the name of a metric");
        this.#word(BLANKS, "blanks");
        const labels = this.#line[this.#at] === "{" ? this.#labels() : new Map();
        const [value = "", timestamp, ...rest] = this.#line
            .slice(this.#at)
            .trim()
            .split(/[ \t]+/);
        if (rest.length > 0)
            throw this.#fault("nothing after the timestamp");
        if (timestamp !== undefined && !TIMESTAMP.test(timestamp))
            throw this.#fault("a timestamp");
        return { metric, labels, value: this.#value(value) };
    }
    #labels() {
        const labels = new Map();
        this.#at += 1;
        for (;;) {
            this.#word(BLANKS, "blanks");
            if (this.#take("}"))
                return labels;
            const name = this.#word(LABEL, "the name of a label");
            if (labels.has(name))
                throw this.#fault(`label ${name} only once`);
            this.#word(BLANKS, "blanks");
            if (!this.#take("="))
                throw this.#fault("=");
            this.#word(BLANKS, "blanks");
            labels.set(name, this.#quoted());
            this.#word(BLANKS, "blanks");
            if (!this.#take(",") && this.#line[this.#at] !== "}")
                throw this.#fault(", or }");
        }
    }
    #quoted() {
        if (!this.#take('"'))
            throw this.#fault("a quoted value");
        let text = "";
        for (;;) {
            const char = this.#line[this.#at];
            if (char === undefined)
                throw this.#fault("a closing quote");
            this.#at += 1;
            if (char === '"')
                return text;
            text += char === "\\" ? this.#escape() : char;
        }
    }
    #escape() {
        const char = this.#line[this.#at];
        this.#at += 1;
        if (char === "n")
            return "\n";
        if (char === "\\" || char === '"')
            return char;
        throw this.#fault('\\\\, \\" or \\n after a backslash');
    }
    #value(text) {
        if (NUMBER.test(text))
            return Number(text);
        switch (text.toLowerCase()) {
            case "nan":
                return Number.NaN;
            case "inf":
            case "+inf":
                return Number.POSITIVE_INFINITY;
            case "-inf":
                return Number.NEGATIVE_INFINITY;
            default:
                throw this.#fault("a number");
        }
    }
    #take(char) {
        if (this.#line[this.#at] !== char)
            return false;
        this.#at += 1;
        return true;
    }
    #word(pattern, expected) {
        pattern.lastIndex = this.#at;
        const match = pattern.exec(this.#line);
        if (!match)
            throw this.#fault(expected);
        this.#at += match[0].length;
        return match[0];
    }
    #fault(expected) {
        return new PrometheusSyntaxError(`line ${this.#number}, column ${this.#at + 1}: expected ${expected}, found ${JSON.stringify(this.#line.slice(this.#at, this.#at + 20))}`);
    }
}


/***/ }),

/***/ 9308:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OL: () => (/* binding */ scrapeArms)
/* harmony export */ });
/* unused harmony exports MAX_SCRAPE_BYTES, scrape */
/* harmony import */ var _arm_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3040);
/* harmony import */ var _prometheus_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1154);
/* harmony import */ var _select_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9040);



/** More than this is no metrics page of one service. */
const MAX_SCRAPE_BYTES = 8 * 1024 * 1024;
/** Reads one instance's counters by HTTP. Never throws: what does not come in time is no evidence. */
async function scrape(metricsUrl, names, signal) {
    try {
        const response = await fetch(new URL(names.path, metricsUrl), {
            signal,
            redirect: "error",
            headers: { accept: "text/plain;version=0.0.4" },
        });
        if (!response.ok)
            return { fault: `${names.path} answered ${response.status}` };
        return { counters: (0,_select_js__WEBPACK_IMPORTED_MODULE_0__/* .selectCounters */ .u)((0,_prometheus_text_js__WEBPACK_IMPORTED_MODULE_1__/* .parsePrometheusText */ .t)(await textOf(response)), names) };
    }
    catch (error) {
        return { fault: error instanceof Error ? error.message : String(error) };
    }
}
/**
 * Scrapes all instances of all arms at the same moment, each within `deadlineMs`. A scrape that is missing,
 * late or broken is null, and so is the total of its arm.
 */
async function scrapeArms(arms, names, deadlineMs, onFault = () => { }) {
    const signal = AbortSignal.timeout(deadlineMs);
    const readArm = async (targets) => {
        const counters = targets.map(async ({ name, metricsUrl }) => {
            const result = await scrape(metricsUrl, names, signal);
            if ("counters" in result)
                return [name, result.counters];
            onFault(name, result.fault);
            return [name, null];
        });
        return (0,_arm_js__WEBPACK_IMPORTED_MODULE_2__/* .armOf */ .c)(Object.fromEntries(await Promise.all(counters)));
    };
    const armNames = Object.keys(arms);
    const read = await Promise.all(armNames.map(async (arm) => [arm, await readArm(arms[arm])]));
    return Object.fromEntries(read);
}
async function textOf(response) {
    const chunks = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
        length += chunk.length;
        if (length > MAX_SCRAPE_BYTES)
            throw new Error(`more than ${MAX_SCRAPE_BYTES} bytes`);
        chunks.push(chunk);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
}


/***/ }),

/***/ 9040:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ selectCounters)
/* harmony export */ });
/* unused harmony export NoCountersError */
/* harmony import */ var _histogram_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(651);

/** A text that does not carry the counters it should; the message is for a person. */
class NoCountersError extends Error {
    name = "NoCountersError";
}
/**
 * The raw counters that `names` picks out of a scrape. Labels that are given must match; what has other
 * labels besides is added up. Errors that never happened may have no series yet: those are zero. Requests
 * that were never heard of are a wrong name, which must not look like a release without faults.
 */
function selectCounters(text, names) {
    const known = text.announced.has(names.requests.metric);
    if (!known && !text.samples.some(({ metric }) => metric === names.requests.metric))
        throw new NoCountersError(`there is no metric ${names.requests.metric}`);
    const requests = total(text, names.requests);
    const errors = total(text, names.errors);
    const latency = names.latency && selectLatency(text, names.latency);
    const kinds = names.kinds && selectKinds(text, names.kinds);
    return { requests, errors, ...(kinds ? { kinds } : {}), ...(latency ? { latency } : {}) };
}
/** Each kind is in every reading, also while it never happened: else its first errors would have no before. */
function selectKinds(text, kinds) {
    return Object.fromEntries(Object.entries(kinds).map(([kind, series]) => [kind, total(text, series)]));
}
function total(text, series) {
    let sum = 0;
    for (const sample of matching(text, series.metric, series.labels)) {
        if (!Number.isFinite(sample.value) || sample.value < 0)
            throw new NoCountersError(`${series.metric} is ${sample.value}, which no counter can be`);
        sum += sample.value;
    }
    return sum;
}
function selectLatency(text, series) {
    return (0,_histogram_js__WEBPACK_IMPORTED_MODULE_0__/* .histogramOf */ .A)([...matching(text, `${series.metric}_bucket`, series.labels)]);
}
function* matching(text, metric, labels) {
    const wanted = Object.entries(labels);
    for (const sample of text.samples) {
        if (sample.metric !== metric)
            continue;
        // A label that is not there equals one that is empty, as in Prometheus itself.
        if (wanted.every(([name, value]) => (sample.labels.get(name) ?? "") === value))
            yield sample;
    }
}


/***/ }),

/***/ 9938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LT: () => (/* binding */ closeStep),
/* harmony export */   iP: () => (/* binding */ revertForLostLease),
/* harmony export */   q2: () => (/* binding */ revertsWhenAbandoned)
/* harmony export */ });
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
 * What the target writes when a lease ran out and it took all traffic back to stable by itself. A rollout that
 * was already promoting or retiring keeps its way forward; a finished one is left alone.
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
            phase: "finished",
            outcome,
            reason,
            toZeroAtMs: rollout.firstTrafficAtMs === null ? null : nowMs,
            endedAtMs: nowMs,
        },
    };
}


/***/ }),

/***/ 2015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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
/** Traffic split: `candidatePercent` on the candidate's slot, the rest on the other. */
function split(candidateSlot, candidatePercent) {
    const rest = 100 - candidatePercent;
    return candidateSlot === "blue"
        ? { blue: candidatePercent, green: rest }
        : { blue: rest, green: candidatePercent };
}
function sameWeights(a, b) {
    return a.blue === b.blue && a.green === b.green;
}


/***/ }),

/***/ 991:
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

/***/ 6797:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  HostsTarget: () => (/* binding */ HostsTarget)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/evidence/digest.js
var digest = __webpack_require__(5874);
// EXTERNAL MODULE: ./lib/metrics/scrape.js
var scrape = __webpack_require__(9308);
// EXTERNAL MODULE: ./lib/rollout/state.js
var state = __webpack_require__(2015);
// EXTERNAL MODULE: ./lib/units/slot.js
var units_slot = __webpack_require__(3222);
;// CONCATENATED MODULE: ./lib/targets/weights.js




/** Throws when weights make no sense, or would send traffic where nothing is. */
function assertWeights(weights, isEmpty) {
    const sum = weights.blue + weights.green;
    if (sum !== 100 && sum !== 0)
        throw new lib_error/* SluiceError */.a("invalid-input", `weights blue ${weights.blue} and green ${weights.green} make ${sum}; accepted are integers that make 100, or both 0`);
    for (const slot of units_slot/* SLOTS */._)
        if (weights[slot] > 0 && isEmpty(slot))
            throw new lib_error/* SluiceError */.a("refused", `${slot} is empty and cannot be given ${weights[slot]} %`, {
                hint: `place a release on ${slot} first`,
            });
}
/** Throws when the slot has traffic: what it holds may not be `done` anything to. */
function assertNoWeight(slot, weights, done) {
    if (weights[slot] === 0)
        return;
    throw new lib_error/* SluiceError */.a("refused", `${slot} has ${weights[slot]} % of traffic and cannot be ${done}`, {
        hint: `give ${slot} weight 0 first`,
    });
}
/** Where traffic goes when whoever moved it is gone; undefined where it may stay. */
function weightsWithoutRunner(state, now) {
    const { rollout, stable } = state;
    if (rollout && rollout.phase !== "finished" && !revertsWhenAbandoned(rollout))
        return undefined;
    if (!stable)
        return rollout && now[rollout.candidateSlot] > 0 ? { blue: 0, green: 0 } : undefined;
    return now[otherSlot(stable.slot)] > 0 ? allOn(stable.slot) : undefined;
}
/** Whether what dies in `slot` is started again. */
function isKeptAlive(slot, state, weights) {
    const { stable, rollout } = state;
    const isOnTrial = rollout && rollout.phase !== "finished" && revertsWhenAbandoned(rollout);
    // Starting a candidate again would hide the very thing that is to be found out.
    if (isOnTrial && rollout.candidateSlot === slot)
        return false;
    return stable?.slot === slot || weights[slot] === 100;
}

// EXTERNAL MODULE: ./lib/targets/health.js
var targets_health = __webpack_require__(991);
;// CONCATENATED MODULE: ./lib/targets/hosts/becoming-healthy.js



const CHECK_TIMEOUT_MS = 2_000;
/** The machine is asked less often than the service: it costs a call over ssh. */
const MIN_POLL_MS = 50;
/** Resolves when the instance answers, here and to the edges; throws `unhealthy` with what it said last. */
async function mustBecomeHealthy(becoming) {
    const { host, slot, instance, health, edgesSee, signal } = becoming;
    const deadline = performance.now() + health.deadlineMs;
    let last = "was not asked";
    while (performance.now() < deadline) {
        signal?.throwIfAborted();
        const sick = await (0,targets_health/* sickness */._)(`${instance.url}${health.path}`, CHECK_TIMEOUT_MS, signal);
        if (sick === undefined && (await edgesSee(instance)))
            return;
        last = sick === undefined ? "answers here, but not to every edge" : `${health.path} ${sick}`;
        const unit = (await host.list()).slots[slot];
        if (!unit?.active || unit.restarts > 0)
            throw await unhealthy(becoming, "ended");
        await (0,promises_.setTimeout)(Math.max(MIN_POLL_MS, health.intervalMs), undefined, {
            ...(signal ? { signal } : {}),
        }).catch(() => { });
    }
    throw await unhealthy(becoming, `was not healthy within ${health.deadlineMs} ms: ${last}`);
}
async function unhealthy({ host, slot, instance }, how) {
    const tail = await host.log(slot).catch(() => "");
    const said = tail ? `; its last lines were:\n${tail}` : "; it wrote nothing";
    return new lib_error/* SluiceError */.a("unhealthy", `${instance.name} ${how}${said}`, {
        hint: `its journal is on ${host.machine.name}`,
    });
}

// EXTERNAL MODULE: ./lib/rollout/revert.js
var revert = __webpack_require__(9938);
;// CONCATENATED MODULE: ./lib/targets/hosts/abandoned.js


/** The guard puts the time in its place: it has a shell, and no room for a rollout's rules. */
const NOW_MARK = 4_242_424_242_424_242;
function abandonment(state, holder) {
    const after = (0,revert/* revertForLostLease */.iP)(state, holder, NOW_MARK);
    return { weights: weightsWhenAbandoned(state), state: after === state ? null : after };
}
/** As the local target's supervisor decides it, but before it is known what the weights will be by then. */
function weightsWhenAbandoned({ rollout, stable }) {
    if (rollout && rollout.phase !== "finished" && !(0,revert/* revertsWhenAbandoned */.q2)(rollout))
        return null;
    if (stable)
        return (0,state/* allOn */.PT)(stable.slot);
    return rollout ? { blue: 0, green: 0 } : null;
}

;// CONCATENATED MODULE: ./lib/targets/hosts/answer.js

/** What the programs print: `key=value` lines, keys in their order; a key may come several times. */
function fields(text) {
    return text
        .split("\n")
        .map((line) => {
        const at = line.indexOf("=");
        return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    })
        .filter(([key]) => key !== "");
}
function numberOf(values, key) {
    const value = Number(values.get(key));
    if (Number.isSafeInteger(value))
        return value;
    throw new lib_error/* SluiceError */.a("internal", `the answer's ${key} is ${values.get(key) ?? "missing"}`, {
        hint: "the programs on the machine are of another version; install this version's",
    });
}
function decode(base64) {
    return Buffer.from(base64, "base64").toString("utf8");
}
function encode(text) {
    return Buffer.from(text).toString("base64");
}
/** A program that could not do it: not a refusal by its rules, which are exit code 3. */
function fault(machine, what, { code, stderr }) {
    const said = stderr.trim().split("\n").slice(-3).join("; ") || "it said nothing";
    if (code === 2 || code === 126 || code === 127)
        return new lib_error/* SluiceError */.a("refused", `${machine} is not set up for this: ${said}`, {
            hint: "run the playbook of hosts/ for this machine and this environment",
        });
    return new lib_error/* SluiceError */.a("target-unreachable", `${machine} failed to ${what}: ${said}`, {
        hint: `look at the journal of ${machine}`,
    });
}
const REFUSED = 3;

;// CONCATENATED MODULE: ./lib/targets/hosts/haproxy.js
/** `show stat BACKEND 6 -1` followed by `show servers state BACKEND`. */
function parseServers(text) {
    const lines = text.split("\n").map((line) => line.trim());
    const current = currentSessions(lines);
    return serverStates(lines).map(({ name, weight, up }) => ({
        name,
        weight,
        up,
        current: current.get(name) ?? 0,
    }));
}
function currentSessions(lines) {
    const header = lines
        .find((line) => line.startsWith("# pxname,"))
        ?.slice(2)
        .split(",") ?? [];
    const name = header.indexOf("svname");
    const sessions = header.indexOf("scur");
    const rows = lines.filter((line) => !line.startsWith("#") && line.includes(","));
    return new Map(rows.map((row) => {
        const cells = row.split(",");
        return [cells[name] ?? "", Number(cells[sessions] ?? 0)];
    }));
}
/** srv_op_state: 0 stopped, 1 starting, 2 running, 3 stopping. */
const UP = new Set(["1", "2"]);
function serverStates(lines) {
    const header = lines
        .find((line) => line.startsWith("# be_id "))
        ?.slice(2)
        .split(" ") ?? [];
    const [name, state, weight] = ["srv_name", "srv_op_state", "srv_uweight"].map((column) => header.indexOf(column));
    return lines
        .map((line) => line.split(" "))
        .filter((cells) => cells.length === header.length && header.length > 0)
        .map((cells) => ({
        name: cells[name] ?? "",
        weight: Number(cells[weight]),
        up: UP.has(cells[state] ?? ""),
    }));
}
/** What `sluice-edge route` prints: `was=BLUE:GREEN`, then a server and its weight on each line. */
function parseRouted(text) {
    const [, blue, green] = /^was=(\d+):(\d+)$/m.exec(text) ?? [];
    return { before: { blue: Number(blue), green: Number(green) }, servers: parseWeights(text) };
}
function parseWeights(text) {
    const lines = text.split("\n").filter((line) => /^\S+ \d+$/.test(line.trim()));
    return new Map(lines.map((line) => {
        const [name = "", weight = ""] = line.trim().split(" ");
        return [name, Number(weight)];
    }));
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
;// CONCATENATED MODULE: ./lib/targets/hosts/shell.js
/** A call that takes longer than this hangs; those that carry or unpack an archive say so themselves. */
const ANSWER_MS = 10_000;

;// CONCATENATED MODULE: ./lib/targets/hosts/process.js





/** More than this is no answer of our programs. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/**
 * Runs a program of this machine to its end. What it leaves running (an ssh master) may keep its stderr open, so
 * only its exit and the end of stdout are waited for.
 */
async function runProcess(name, [program, ...args], { input = "", output, timeoutMs = ANSWER_MS, signal }) {
    signal?.throwIfAborted();
    const child = (0,external_node_child_process_.spawn)(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    const late = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    const onAbort = () => child.kill("SIGTERM");
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
        const [ended, stdout, stderr] = [
            exitOf(child),
            output ? store(child.stdout, output.file) : gather(child.stdout).done,
            gather(child.stderr),
        ];
        const feeding = feed(child, input);
        const { code, killed } = await ended;
        const text = await stdout;
        await feeding;
        signal?.throwIfAborted();
        if (killed)
            throw unreachable(name, `did not answer within ${timeoutMs} ms`);
        return { code, stdout: text, stderr: stderr.soFar() };
    }
    finally {
        clearTimeout(late);
        signal?.removeEventListener("abort", onAbort);
        child.stderr.destroy();
    }
    function exitOf(process) {
        return new Promise((resolve, reject) => {
            process.once("error", (error) => reject(unreachable(name, error.message, error)));
            process.once("exit", (code) => resolve({ code: code ?? -1, killed: code === null }));
        });
    }
}
function unreachable(name, how, cause) {
    return new lib_error/* SluiceError */.a("target-unreachable", `${name} cannot be reached: ${how}`, {
        ...(cause === undefined ? {} : { cause }),
        hint: "see that the machine is up and that `ssh` reaches it from here without asking anything",
    });
}
function gather(stream) {
    const chunks = [];
    let length = 0;
    stream.on("data", (chunk) => {
        length += chunk.length;
        if (length <= MAX_ANSWER_BYTES)
            chunks.push(chunk);
    });
    const soFar = () => Buffer.concat(chunks).toString("utf8");
    const done = new Promise((resolve) => {
        stream.once("close", () => resolve(soFar()));
        stream.on("error", () => { });
    });
    return { done, soFar };
}
async function store(stream, file) {
    await (0,external_node_stream_promises_.pipeline)(stream, (0,external_node_fs_.createWriteStream)(file, { mode: 0o600 }));
    return "";
}
async function feed({ stdin }, input) {
    if (!stdin)
        return;
    // A program that refuses at once does not read on.
    stdin.on("error", () => { });
    if (typeof input === "string")
        stdin.end(input);
    else
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(input.file), stdin).catch(() => { });
}

;// CONCATENATED MODULE: ./lib/targets/hosts/local-shell.js

/** The runner is on the machine itself. */
class LocalShell {
    name;
    constructor(name) {
        this.name = name;
    }
    run(argv, options = {}) {
        return runProcess(this.name, argv, options);
    }
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./lib/targets/hosts/quote.js
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** One word for a POSIX shell, whatever is in it. */
function quote(word) {
    if (PLAIN.test(word))
        return word;
    return `'${word.replaceAll("'", "'\\''")}'`;
}
/** A command line that a POSIX shell splits into exactly these words. */
function commandLine(argv) {
    return argv.map(quote).join(" ");
}

;// CONCATENATED MODULE: ./lib/targets/hosts/ssh-shell.js






/** ssh's own exit code for everything that went wrong before the command ran. */
const SSH_FAILED = 255;
/** The shared connection ends this long after its last use. */
const PERSIST_SECONDS = 15;
/**
 * The user's own OpenSSH, with the user's own configuration and keys. It never asks, and never trusts a host that is
 * not known; one connection is shared by all calls.
 */
class SshShell {
    name;
    #destination;
    #options;
    constructor(name, destination, configFile) {
        this.name = name;
        this.#destination = destination;
        this.#options = [
            ...(configFile === undefined ? [] : ["-F", configFile]),
            ...SETTINGS.flatMap((setting) => ["-o", setting]),
            ...["-o", `ControlPath=${(0,external_node_path_.join)(connectionsFolder(), "%C")}`, "-T"],
        ];
    }
    async run(argv, options = {}) {
        const command = ["ssh", ...this.#options, "--", this.#destination, commandLine(argv)];
        const answer = await runProcess(this.name, command, options);
        if (answer.code !== SSH_FAILED)
            return answer;
        throw unreachable(this.name, answer.stderr.trim().split("\n").at(-1) ?? "ssh failed");
    }
}
const SETTINGS = [
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ConnectTimeout=4",
    "ServerAliveInterval=1",
    "ServerAliveCountMax=3",
    "ControlMaster=auto",
    `ControlPersist=${PERSIST_SECONDS}`,
    "ForwardAgent=no",
    "ForwardX11=no",
];
/** Where the shared connections' sockets are: short, since sockets' paths are limited, and nobody else's. */
function connectionsFolder() {
    const uid = process.getuid?.() ?? 0;
    const folder = (0,external_node_path_.join)((0,external_node_os_.tmpdir)(), `sluice-ssh-${uid}`);
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const { uid: owner, mode } = (0,external_node_fs_.statSync)(folder);
    if (owner === uid && (mode & 0o077) === 0)
        return folder;
    throw new lib_error/* SluiceError */.a("refused", `${folder} is not this user's alone`, {
        hint: "remove it: sockets of ssh connections are kept there",
    });
}

;// CONCATENATED MODULE: ./lib/targets/hosts/open-shell.js


/** The way to a machine that the environment file names. */
function openShell({ name, reach }, { sshConfig }) {
    switch (reach.by) {
        case "local":
            return new LocalShell(name);
        case "ssh":
            return new SshShell(name, reach.destination, sshConfig);
    }
}

;// CONCATENATED MODULE: ./lib/targets/hosts/edge.js





/** One machine with HAProxy, by its program `sluice-edge`, which alone decides who may change anything there. */
class Edge {
    name;
    #shell;
    #command;
    constructor(machine, environment, settings) {
        this.name = machine.name;
        this.#shell = openShell(machine, settings);
        const program = `${settings.programs}/sluice-edge`;
        this.#command = machine.sudo ? ["sudo", "-n", program, environment] : [program, environment];
    }
    async read() {
        const text = await this.#call("read", []);
        return { record: recordOf(text), stateText: after(text, "state=").trim() };
    }
    async status() {
        const text = await this.#call("status", []);
        return { record: recordOf(text), servers: parseServers(after(text, "stat=")) };
    }
    async acquire(holder, token, leaseMs) {
        const asked = [String(token), ms(leaseMs), encode(holder.key), encode(JSON.stringify(holder))];
        return recordOf(await this.#call("acquire", asked));
    }
    async renew(token, leaseMs) {
        return recordOf(await this.#call("renew", [String(token), ms(leaseMs)]));
    }
    async check(token) {
        return recordOf(await this.#call("check", [String(token)]));
    }
    async release(token) {
        await this.#call("release", [String(token)]);
    }
    /** With what becomes of the state when nobody renews; `from` is `any` where another edge has decided already. */
    async write(next, { from, to, token, holder, }) {
        const { weights, state } = abandonment(next, holder);
        const revert = weights === null ? "keep" : `${weights.blue}:${weights.green}`;
        const input = `${JSON.stringify(next)}\n${state === null ? "" : JSON.stringify(state)}\n`;
        await this.#call("write", [String(token), String(from), String(to), revert, String(Buffer.byteLength(input))], input);
    }
    /** Sets the weights and returns each server's, as it was read back. */
    async route({ blue, green }, token) {
        return parseRouted(await this.#call("route", [String(token), String(blue), String(green)]));
    }
    past() {
        return this.#call("past", []);
    }
    async #call(verb, args, input = "") {
        const answer = await this.#shell.run([...this.#command, verb, ...args], { input });
        if (answer.code === 0)
            return answer.stdout;
        if (answer.code === REFUSED)
            throw this.#refusal(answer.stdout);
        throw fault(this.name, verb, answer);
    }
    #refusal(text) {
        const values = new Map(fields(text));
        const lease = leaseOf(values);
        switch (values.get("error")) {
            case "lease-held":
                return heldBy(lease, this.name);
            case "lost-race":
                return new lib_error/* SluiceError */.a("lost-race", `the state on ${this.name} was changed meanwhile`, {
                    hint: "read it again and decide anew; somebody else wrote in between",
                });
            case "slot-down":
                return new lib_error/* SluiceError */.a("refused", `${values.get("slot")} has nobody whom HAProxy on ${this.name} sees up, and cannot be given traffic`, { hint: `place a release on ${values.get("slot")} first` });
            case "lease-lost":
                return lostLease(lease, this.name);
            default:
                return new lib_error/* SluiceError */.a("internal", `${this.name} refused: ${text.trim()}`);
        }
    }
}
function ms(value) {
    return String(Math.ceil(value));
}
function after(text, mark) {
    const at = text.indexOf(`\n${mark}`);
    return at < 0 ? "" : text.slice(at + 1 + mark.length);
}
function recordOf(text) {
    const values = new Map(fields(text.split(/^(?:state|stat)=/m)[0] ?? ""));
    return {
        nowMs: numberOf(values, "now"),
        version: numberOf(values, "version"),
        lastToken: numberOf(values, "last_token"),
        weights: { blue: numberOf(values, "blue"), green: numberOf(values, "green") },
        lease: leaseOf(values),
    };
}
function leaseOf(values) {
    const token = numberOf(values, "lease_token");
    if (token === 0)
        return null;
    const sinceMs = numberOf(values, "lease_since");
    const expiresAtMs = numberOf(values, "lease_expires");
    const holder = JSON.parse(decode(values.get("lease_holder") ?? ""));
    return { holder, token, sinceMs, expiresAtMs };
}
function heldBy(lease, edge) {
    const who = lease?.holder.description ?? "somebody";
    const since = new Date(lease?.sinceMs ?? 0).toISOString();
    const until = new Date(lease?.expiresAtMs ?? 0).toISOString();
    return new lib_error/* SluiceError */.a("lease-held", `a rollout is held by ${who} since ${since} (on ${edge})`, {
        hint: `wait for it to end; if it vanished, its lease runs out at ${until}`,
    });
}
function lostLease(lease, edge) {
    const now = lease ? `${lease.holder.description} has it now` : "nobody has it now";
    return new lib_error/* SluiceError */.a("lease-lost", `the lease ran out or was taken over; ${now} (on ${edge})`, {
        hint: "stop acting on this target; look at its status and run the job again",
    });
}

;// CONCATENATED MODULE: ./lib/targets/hosts/edges.js


/** Acquiring again after somebody else was quicker. */
const ATTEMPTS = 5;
/**
 * All edges as one. The first decides who may change anything; the others are told the same, so that each can go
 * back to stable by itself when nobody renews its lease.
 */
class Edges {
    #first;
    #others;
    /** Who holds a token, for the reason that the guard writes. */
    #holders = new Map();
    constructor([first, ...others]) {
        this.#first = first;
        this.#others = others;
    }
    get all() {
        return [this.#first, ...this.#others];
    }
    async read() {
        const { record, stateText } = await this.#first.read();
        return { value: stateOf(stateText), version: String(record.version) };
    }
    async status() {
        return onAll(this.all, async (edge) => ({ edge, ...(await edge.status()) }));
    }
    async acquire(holder, leaseMs) {
        for (let attempt = 1;; attempt += 1) {
            const before = await onAll(this.all, (edge) => edge.read());
            const token = 1 + Math.max(...before.map(({ record }) => record.lastToken));
            try {
                const { lease } = await this.#first.acquire(holder, token, leaseMs);
                if (!lease)
                    throw new lib_error/* SluiceError */.a("internal", `${this.#first.name} gave no lease`);
                this.#holders.set(token, holder.description);
                await this.#tellOthers(holder, token, leaseMs);
                return lease;
            }
            catch (error) {
                if (!hasCode(error, "lost-race") || attempt === ATTEMPTS)
                    throw error;
            }
        }
    }
    async renew(token, leaseMs) {
        const [first] = await onAll(this.all, (edge) => edge.renew(token, leaseMs));
        if (!first?.lease)
            throw new lib_error/* SluiceError */.a("internal", `${this.#first.name} gave no lease`);
        return first.lease;
    }
    check(token) {
        return this.#first.check(token);
    }
    /** An edge that is not told keeps its lease until it runs out, and then has nothing to revert. */
    async release(token) {
        await this.#first.check(token);
        await Promise.allSettled(this.#others.map((edge) => edge.release(token)));
        await this.#first.release(token);
    }
    async write(next, version, token) {
        const from = Number(version);
        const to = from + 1;
        const holder = await this.#holderOf(token);
        await this.#first.write(next, { from, to, token, holder });
        await onAll(this.#others, (edge) => edge.write(next, { from: "any", to, token, holder }));
        return String(to);
    }
    /**
     * Sets the weights on all edges, or on none: where one cannot be reached, the others are set back. Only what goes
     * back to stable stays wherever it can be done. Returns each edge's servers, as they were read back.
     */
    async route(weights, token) {
        const results = await Promise.allSettled(this.all.map((edge) => edge.route(weights, token)));
        const failures = results.flatMap((result) => result.status === "rejected" ? [result.reason] : []);
        if (failures.length > 0) {
            if (!(await this.#isBackToStable(weights)))
                await this.#setBack(results, token);
            throw together(failures);
        }
        return results.flatMap((result, index) => {
            const edge = this.all[index];
            return edge && result.status === "fulfilled" ? [[edge.name, result.value.servers]] : [];
        });
    }
    /** What the first edge that answers has recorded of stable. */
    past() {
        return this.#first.past();
    }
    async #setBack(results, token) {
        await Promise.allSettled(results.map(async (result, index) => {
            if (result.status === "fulfilled")
                await this.all[index]?.route(result.value.before, token);
        }));
    }
    async #isBackToStable(weights) {
        const { stable } = await this.read().then(({ value }) => value, () => state/* EMPTY_STATE */.Wk);
        return stable !== null && (0,state/* sameWeights */.ML)(weights, (0,state/* allOn */.PT)(stable.slot));
    }
    async #tellOthers(holder, token, leaseMs) {
        try {
            const state = await this.read();
            const to = Number(state.version);
            await onAll(this.#others, async (edge) => {
                await edge.acquire(holder, token, leaseMs);
                await edge.write(state.value, { from: "any", to, token, holder: holder.description });
            });
        }
        catch (error) {
            await Promise.allSettled(this.all.map((edge) => edge.release(token)));
            throw error;
        }
    }
    async #holderOf(token) {
        const known = this.#holders.get(token);
        if (known !== undefined)
            return known;
        const { lease } = await this.#first.check(token);
        return lease?.holder.description ?? "its runner";
    }
}
function stateOf(text) {
    return text === "" ? state/* EMPTY_STATE */.Wk : JSON.parse(text);
}
function hasCode(error, code) {
    return error instanceof lib_error/* SluiceError */.a && error.code === code;
}
/** Asks all; when some fail, the error names each of them. */
async function onAll(machines, ask) {
    const results = await Promise.allSettled(machines.map(ask));
    const failed = results.filter((result) => result.status === "rejected");
    if (failed.length > 0)
        throw together(failed.map(({ reason }) => reason));
    return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}
/** One error out of several: a refusal outweighs a machine that is not there. */
function together(errors) {
    const refusal = errors.find((error) => !hasCode(error, "target-unreachable"));
    const [first] = errors;
    if (refusal !== undefined || errors.length === 1 || !(first instanceof lib_error/* SluiceError */.a))
        return refusal ?? first;
    const messages = errors.map((error) => (0,lib_error/* causes */.p)(error).join(": ")).join("; ");
    return new lib_error/* SluiceError */.a(first.code, messages, first.hint === undefined ? {} : { hint: first.hint });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/targets/hosts/fetch-archive.js




/** Brings the bytes of a release from a host to a temporary file of this machine; whoever reads it checks them. */
async function fetchArchive(host, digest) {
    const folder = (0,external_node_path_.join)(process.env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), `sluice-archives-${process.getuid?.()}`);
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_.join)(folder, `${digest.slice("sha256:".length)}.tar.gz`);
    const incoming = `${path}.${(0,external_node_crypto_.randomUUID)()}`;
    try {
        await host.get(digest, incoming);
        await (0,external_node_fs_promises_.rename)(incoming, path);
    }
    catch (error) {
        await (0,external_node_fs_promises_.rm)(incoming, { force: true });
        throw error;
    }
    return path;
}

;// CONCATENATED MODULE: ./lib/targets/hosts/host.js




/** An archive may be large, and the way to the machine slow. */
const TRANSFER_MS = 15 * 60_000;
/** Unpacking, and stopping what was there. */
const PLACE_MS = 3 * 60_000;
/** One machine with two slots, by its program `sluice-host`. */
class Host {
    machine;
    #shell;
    #command;
    constructor(machine, environment, settings) {
        this.machine = machine;
        this.#shell = openShell(machine, settings);
        const program = `${settings.programs}/sluice-host`;
        this.#command = machine.sudo ? ["sudo", "-n", program, environment] : [program, environment];
    }
    async list() {
        return statusOf(await this.#call("list", []));
    }
    async put(release, file, signal) {
        const { name, version, commit, digest } = release;
        const meta = encode(JSON.stringify({ name, version, commit, digest }));
        await this.#call("put", [hex(digest), meta], {
            input: { file },
            timeoutMs: TRANSFER_MS,
            ...given(signal),
        });
    }
    /** The bytes of a release that is here, into a file of this machine. */
    async get(digest, file) {
        await this.#call("get", [hex(digest)], { output: { file }, timeoutMs: TRANSFER_MS });
    }
    async place(slot, digest, token, files, signal) {
        const input = `${encode(files.variables)}\n${encode(files.start)}\n`;
        const options = { input, timeoutMs: PLACE_MS, ...given(signal) };
        await this.#call("place", [slot, hex(digest), String(token)], options);
    }
    async stop(slot, token) {
        await this.#call("stop", [slot, String(token)], { timeoutMs: PLACE_MS });
    }
    /** The last lines of what was started last in the slot. */
    async log(slot) {
        return (await this.#call("log", [slot])).trim();
    }
    async #call(verb, args, options = {}) {
        const answer = await this.#shell.run([...this.#command, verb, ...args], options);
        if (answer.code === 0)
            return answer.stdout;
        if (answer.code === REFUSED)
            throw refusal(this.machine.name, verb, args, answer.stdout);
        throw fault(this.machine.name, verb, answer);
    }
}
function given(signal) {
    return signal ? { signal } : {};
}
function hex(digest) {
    return digest.slice("sha256:".length);
}
const REFUSALS = new Set([
    "lease-lost",
    "digest-mismatch",
    "no-such-release",
    "refused",
    "invalid-input",
]);
function refusal(machine, verb, args, text) {
    const values = new Map(fields(text));
    const code = values.get("error") ?? "";
    const message = values.get("message") ?? code;
    if (!REFUSALS.has(code))
        return new lib_error/* SluiceError */.a("internal", `${machine} refused: ${text.trim()}`);
    if (code === "digest-mismatch") {
        const promised = `sha256:${args[verb === "put" ? 0 : 1]}`;
        return new lib_error/* SluiceError */.a(code, `what came to ${machine} has ${message}, promised was ${promised}`, {
            hint: "the bytes changed on their way; nothing was unpacked, so deploy again",
        });
    }
    return new lib_error/* SluiceError */.a(code, `${machine}: ${message}`);
}
function statusOf(text) {
    const slots = { blue: null, green: null };
    const releases = [];
    let unit = null;
    for (const [key, value] of fields(text)) {
        const slot = units_slot/* SLOTS */._.find((one) => key === "slot" && one === value);
        if (slot) {
            unit = { digest: "sha256:", active: false, pid: 0, restarts: 0 };
            slots[slot] = unit;
        }
        if (key === "release")
            releases.push(...releaseOf(value));
        if (!unit)
            continue;
        if (key === "digest")
            unit.digest = `sha256:${value}`;
        if (key === "ActiveState")
            unit.active = value === "active";
        if (key === "MainPID")
            unit.pid = Number(value);
        if (key === "NRestarts")
            unit.restarts = Number(value);
    }
    return { slots, releases };
}
/** `HEX META`; without its names nobody can tell it from others, so it does not count. */
function releaseOf(value) {
    const [, meta = ""] = value.split(" ");
    return meta === "" ? [] : [JSON.parse(decode(meta))];
}

;// CONCATENATED MODULE: ./lib/targets/hosts/hosts-status.js

/** Name of a slot's instance on a machine: its server's in HAProxy as well. */
function serverName({ name }, slot) {
    return `${name}-${slot}`;
}
function instanceOf(settings, machine, slot) {
    const { service, metrics } = settings.ports[slot];
    const host = machine.address.includes(":") ? `[${machine.address}]` : machine.address;
    return {
        name: serverName(machine, slot),
        url: `http://${host}:${service}`,
        metricsUrl: `http://${host}:${metrics}`,
    };
}
function hosts_status_statusOf(settings, edges, hosts) {
    const weights = weightsOf(edges);
    const present = presentOn(hosts);
    const slot = (which) => slotStatus(which, settings, edges, hosts, weights, present);
    const lease = edges[0]?.record.lease ?? null;
    return { weights, slots: { blue: slot("blue"), green: slot("green") }, lease, present };
}
/** The weights that HAProxy really has: where an edge has others than it should, those. */
function weightsOf(edges) {
    const wanted = edges[0]?.record.weights ?? { blue: 0, green: 0 };
    const real = edges.flatMap(({ servers }) => servers.map(({ name, weight }) => {
        if (name.endsWith("-blue"))
            return { ...wanted, blue: weight };
        return name.endsWith("-green") ? { ...wanted, green: weight } : wanted;
    }));
    return real.find((weights) => !(0,state/* sameWeights */.ML)(weights, wanted)) ?? wanted;
}
/** Only what every host has can be placed again. */
function presentOn(hosts) {
    const lists = hosts.flatMap(({ status }) => (status ? [status.releases] : []));
    const [first = [], ...others] = lists;
    return first.filter(({ digest }) => others.every((list) => list.some((release) => release.digest === digest)));
}
function slotStatus(slot, settings, edges, hosts, weights, present) {
    const digest = hosts.map(({ status }) => status?.slots[slot]?.digest).find(Boolean);
    const names = new Set(hosts.map(({ host }) => serverName(host.machine, slot)));
    const current = edges.flatMap(({ servers }) => servers.filter(({ name }) => names.has(name)).map((server) => server.current));
    return {
        slot,
        release: present.find((release) => release.digest === digest) ?? null,
        instances: digest === undefined ? [] : instances(slot, settings, edges, hosts, weights),
        inFlight: current.reduce((sum, one) => sum + one, 0),
    };
}
/** A host that cannot be reached is taken to have what the others have, and not to be healthy. */
function instances(slot, settings, edges, hosts, weights) {
    return hosts.flatMap(({ host, status }) => {
        const unit = status?.slots[slot];
        if (status !== null && !unit)
            return [];
        const instance = instanceOf(settings, host.machine, slot);
        const isUp = edges.every(({ servers }) => servers.some(({ name, up }) => name === instance.name && up));
        // systemd starts again what died. On trial, that would hide the very thing that is to be found out.
        const mayRestart = weights[slot] === 100;
        const healthy = isUp && unit?.active === true && (mayRestart || unit.restarts === 0);
        const pid = unit && unit.pid > 0 ? { pid: unit.pid } : {};
        return [{ ...instance, ...pid, healthy }];
    });
}

// EXTERNAL MODULE: ./lib/metrics/arm.js
var arm = __webpack_require__(3040);
// EXTERNAL MODULE: ./lib/metrics/prometheus-text.js
var prometheus_text = __webpack_require__(1154);
// EXTERNAL MODULE: ./lib/metrics/select.js
var metrics_select = __webpack_require__(9040);
;// CONCATENATED MODULE: ./lib/targets/hosts/past.js



/** `@ MS NAME`, then that instance's metrics; instances of the same moment are one reading. */
function parsePast(text, names) {
    const moments = new Map();
    for (const block of text.split(/^@ /m).slice(1)) {
        const [head = "", ...lines] = block.split("\n");
        const [at, name = ""] = head.split(" ");
        const instances = moments.get(Number(at)) ?? {};
        moments.set(Number(at), { ...instances, [name]: countersOf(lines.join("\n"), names) });
    }
    return [...moments]
        .sort(([a], [b]) => a - b)
        .map(([atMs, instances]) => ({ atMs, counters: (0,arm/* armOf */.c)(instances) }));
}
/** What did not come, or came broken, is no evidence. */
function countersOf(text, names) {
    if (text.trim() === "")
        return null;
    try {
        return (0,metrics_select/* selectCounters */.u)((0,prometheus_text/* parsePrometheusText */.t)(text), names);
    }
    catch {
        return null;
    }
}

;// CONCATENATED MODULE: ./lib/targets/hosts/read-back.js

/** What all edges have, by their own word: the wanted weights, or the first that is another. */
function readBack(wanted, edges) {
    for (const [, servers] of edges)
        for (const [name, weight] of servers) {
            const slot = units_slot/* SLOTS */._.find((one) => name.endsWith(`-${one}`));
            if (slot && weight !== wanted[slot])
                return { ...wanted, [slot]: weight };
        }
    return wanted;
}

// EXTERNAL MODULE: ./lib/targets/placeholders.js
var placeholders = __webpack_require__(8739);
;// CONCATENATED MODULE: ./lib/targets/hosts/unit-files.js


/** `app` is where the release lies, whichever it is. It may bring its own runtime in `runtime/bin`. */
function unitFiles(service, app, values) {
    const variables = Object.entries(service.env).map(([name, value]) => `${name}=${quoteForSystemd((0,placeholders/* fillIn */.pz)(value, values))}\n`);
    const start = [
        "#!/bin/sh",
        "set -e",
        `cd ${commandLine([app])}`,
        'PATH="$PWD/runtime/bin:$PATH"',
        `exec ${commandLine((0,placeholders/* commandOf */.Nl)(service, values))}`,
    ];
    return { variables: variables.join(""), start: `${start.join("\n")}\n` };
}
function quoteForSystemd(value) {
    return `"${value.replace(/["\\$`]/g, "\\$&")}"`;
}

;// CONCATENATED MODULE: ./lib/targets/hosts/hosts-target.js















/** A scrape that is later than the next sample is of no use. */
const MAX_SCRAPE_MS = 2_000;
const DRAIN_POLL_MS = 50;
/** Slots as systemd units on machines of one's own, and HAProxy in front of them. */
class HostsTarget {
    kind = "hosts";
    #environment;
    #settings;
    #hosts;
    #edges;
    constructor(environment, settings) {
        this.#environment = environment;
        this.#settings = settings;
        const { name } = environment;
        const [first, ...others] = settings.edges;
        const edge = (machine) => new Edge(machine, name, settings);
        this.#hosts = settings.hosts.map((machine) => new Host(machine, name, settings));
        this.#edges = new Edges([edge(first), ...others.map(edge)]);
    }
    read() {
        return this.#edges.read();
    }
    write(next, version, token) {
        return this.#edges.write(next, version, token);
    }
    acquire(holder, leaseMs) {
        return this.#edges.acquire(holder, leaseMs);
    }
    renew(token, leaseMs) {
        return this.#edges.renew(token, leaseMs);
    }
    release(token) {
        return this.#edges.release(token);
    }
    async status() {
        const [edges, hosts] = await Promise.all([
            this.#edges.status(),
            Promise.all(this.#hosts.map(async (host) => ({ host, status: await listOrNull(host) }))),
        ]);
        return hosts_status_statusOf(this.#settings, edges, hosts);
    }
    async place(release, slot, token, signal) {
        await this.#edges.check(token);
        const { weights } = await this.status();
        assertNoWeight(slot, weights, `given ${release.version}`);
        if ("archivePath" in release)
            await this.#send(release, signal);
        else
            await this.#assertPresent(release);
        try {
            await onAll(this.#hosts, (host) => this.#start(host, release, slot, token, signal));
            await this.#untilHealthy(slot, signal);
        }
        catch (error) {
            await Promise.allSettled(this.#hosts.map((host) => host.stop(slot, token)));
            throw error;
        }
        const instances = await this.#instances(slot);
        const { name, version, commit, digest } = release;
        return { slot, release: { name, version, commit, digest }, instances };
    }
    async route(weights, token) {
        // Whether there is anybody to take the traffic, the edges know best.
        assertWeights(weights, () => false);
        return readBack(weights, await this.#edges.route(weights, token));
    }
    async observe() {
        const { service, rollout } = this.#environment;
        const { slots } = await this.status();
        const arms = { blue: slots.blue.instances, green: slots.green.instances };
        return (0,scrape/* scrapeArms */.OL)(arms, service.metrics, Math.min(MAX_SCRAPE_MS, rollout.sampleIntervalMs));
    }
    async past() {
        return parsePast(await this.#edges.past(), this.#environment.service.metrics);
    }
    async archived(digest) {
        for (const host of this.#hosts) {
            const status = await listOrNull(host);
            if (status?.releases.some((release) => release.digest === digest))
                return fetchArchive(host, digest);
        }
        return undefined;
    }
    async retire(slot, token) {
        await this.#edges.check(token);
        assertNoWeight(slot, (await this.status()).weights, "retired");
        await this.#drain(slot);
        await onAll(this.#hosts, (host) => host.stop(slot, token));
    }
    async #send(release, signal) {
        const file = (0,external_node_path_.resolve)(release.archivePath);
        await (0,digest/* mustHaveDigest */.y)(file, release.digest);
        await onAll(this.#hosts, async (host) => {
            const { releases } = await host.list();
            if (releases.some(({ digest }) => digest === release.digest))
                return;
            await host.put(release, file, signal);
        });
    }
    async #assertPresent(release) {
        const { present } = await this.status();
        if (present.some(({ digest }) => digest === release.digest))
            return;
        const names = present.map(({ version, digest }) => `${version} (${digest})`).join(", ");
        throw new lib_error/* SluiceError */.a("no-such-release", `${release.version} (${release.digest}) is not present on every host; present is ${names || "nothing"}`, { hint: "name one that is present, or deploy its archive again" });
    }
    async #start(host, release, slot, token, signal) {
        const { service, metrics } = this.#settings.ports[slot];
        const app = `${this.#settings.folder}/slots/${slot}/app`;
        const files = unitFiles(this.#environment.service, app, {
            host: host.machine.address,
            port: service,
            "metrics-port": metrics,
            slot,
            version: release.version,
        });
        await host.place(slot, release.digest, token, files, signal);
    }
    async #untilHealthy(slot, signal) {
        const { health } = this.#environment.service;
        const edgesSee = async (instance) => {
            const all = await this.#edges.status();
            return all.every(({ servers }) => servers.find(({ name }) => name === instance.name)?.up);
        };
        await onAll(this.#hosts, (host) => {
            const instance = instanceOf(this.#settings, host.machine, slot);
            return mustBecomeHealthy({
                host,
                slot,
                instance,
                health,
                edgesSee,
                ...(signal ? { signal } : {}),
            });
        });
    }
    async #instances(slot) {
        const { instances } = (await this.status()).slots[slot];
        return instances.map(({ healthy: _, ...instance }) => instance);
    }
    /** Waits for the requests in hand, as long as the environment allows. */
    async #drain(slot) {
        const deadline = performance.now() + this.#environment.service.drainDeadlineMs;
        while (performance.now() < deadline) {
            if ((await this.status()).slots[slot].inFlight === 0)
                return;
            await (0,promises_.setTimeout)(DRAIN_POLL_MS);
        }
    }
}
/** A host that cannot be reached is told apart by the edges' view of it. */
async function listOrNull(host) {
    try {
        return await host.list();
    }
    catch (error) {
        if (error instanceof lib_error/* SluiceError */.a && error.code === "target-unreachable")
            return null;
        throw error;
    }
}


/***/ }),

/***/ 8739:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nl: () => (/* binding */ commandOf),
/* harmony export */   p7: () => (/* binding */ environmentOf),
/* harmony export */   pz: () => (/* binding */ fillIn)
/* harmony export */ });
/** Fills in {host} {port} {metrics-port} {slot} {version}; other braces stay as they are. */
function fillIn(text, values) {
    return text.replace(/\{(host|port|metrics-port|slot|version)\}/g, (_, name) => String(values[name]));
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

/***/ 3222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ SLOTS),
/* harmony export */   j: () => (/* binding */ otherSlot)
/* harmony export */ });
const SLOTS = ["blue", "green"];
function otherSlot(slot) {
    return slot === "blue" ? "green" : "blue";
}


/***/ })

};
