export const id = 287;
export const ids = [287];
export const modules = {

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
/* harmony import */ var _arm_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3040);
/* harmony import */ var _prometheus_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1154);
/* harmony import */ var _seen_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5455);
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
        const counters = targets.map(async ({ name, metricsUrl, seen }) => {
            const result = await scrape(metricsUrl, names, signal);
            if ("counters" in result)
                return [name, seen ? (0,_seen_js__WEBPACK_IMPORTED_MODULE_2__/* .withSeen */ .W)(result.counters, seen) : result.counters];
            onFault(name, result.fault);
            return [name, null];
        });
        return (0,_arm_js__WEBPACK_IMPORTED_MODULE_3__/* .armOf */ .c)(Object.fromEntries(await Promise.all(counters)));
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

/***/ 5455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ withSeen)
/* harmony export */ });
/* unused harmony export nothingSeen */
function nothingSeen() {
    return { answered: 0, failed: 0, lost: 0 };
}
/**
 * An instance's own counters, and what it cannot know: what it counts as good is no better than its clients found it.
 * What is lost was never counted by it, or as something that its client did not get.
 */
function withSeen(own, { answered, failed, lost }) {
    return {
        ...own,
        requests: Math.max(own.requests, answered) + lost,
        errors: Math.max(own.errors, failed) + lost,
    };
}


/***/ }),

/***/ 9040:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ selectCounters)
/* harmony export */ });
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

/***/ 1287:
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
// EXTERNAL MODULE: ./lib/rollout/fresh-baseline.js
var fresh_baseline = __webpack_require__(3280);
// EXTERNAL MODULE: ./lib/rollout/revert.js
var revert = __webpack_require__(9938);
// EXTERNAL MODULE: ./lib/rollout/state.js
var state = __webpack_require__(2015);
// EXTERNAL MODULE: ./lib/targets/target.js
var target = __webpack_require__(7368);
;// CONCATENATED MODULE: ./lib/targets/weights.js





/** 0 for a baseline that is not there. */
function weightOf(weights, slot) {
    return weights[slot] ?? 0;
}
/** Throws when weights make no sense, or would send traffic where nothing is. */
function assertWeights(weights, isEmpty) {
    const sum = weights.blue + weights.green + weightOf(weights, "baseline");
    if (sum !== 100 && sum !== 0)
        throw new lib_error/* SluiceError */.a("invalid-input", `weights ${(0,state/* describeWeights */.Jq)(weights)} make ${sum}; accepted are integers that make 100, or all 0`);
    for (const slot of target/* ALL_SLOTS */.Mi)
        if (weightOf(weights, slot) > 0 && isEmpty(slot))
            throw new lib_error/* SluiceError */.a("refused", `${slot} is empty and cannot be given ${weights[slot]} %`, {
                hint: `place a release on ${slot} first`,
            });
}
/** Throws when the slot has traffic: what it holds may not be `done` anything to. */
function assertNoWeight(slot, weights, done) {
    if (weightOf(weights, slot) === 0)
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
    const isShared = now[otherSlot(stable.slot)] > 0 || weightOf(now, "baseline") > 0;
    return isShared ? allOn(stable.slot) : undefined;
}
/** Whether the rollout in hand, also one that is parked, still compares with a fresh baseline. */
function isBaselineWanted({ rollout }) {
    return rollout?.phase === "stepping" && leavesBaseline(rollout);
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

// EXTERNAL MODULE: ./lib/targets/hosts/batches.js
var batches = __webpack_require__(7445);
// EXTERNAL MODULE: ./lib/process/health.js
var process_health = __webpack_require__(5138);
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
        const sick = await (0,process_health/* sickness */._)(`${instance.url}${health.path}`, CHECK_TIMEOUT_MS, signal);
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

// EXTERNAL MODULE: ./lib/targets/hosts/behind.js + 1 modules
var behind = __webpack_require__(2991);
// EXTERNAL MODULE: ./lib/targets/hosts/haproxy.js
var haproxy = __webpack_require__(7724);
// EXTERNAL MODULE: ./lib/targets/hosts/ledger.js
var ledger = __webpack_require__(2588);
// EXTERNAL MODULE: ./lib/targets/hosts/open-shell.js + 4 modules
var open_shell = __webpack_require__(9616);
;// CONCATENATED MODULE: ./lib/targets/hosts/edge.js



/** One machine with HAProxy, by its program `sluice-edge`, which alone decides who may change anything there. */
class Edge extends ledger/* Ledger */.Oc {
    constructor(machine, environment, settings) {
        const program = `${settings.programs}/sluice-edge`;
        const command = machine.sudo
            ? ["sudo", "-n", program, environment]
            : [program, environment];
        super(machine.name, (0,open_shell/* openShell */.n)(machine, settings), command);
    }
    async status() {
        const text = await this.call("status", []);
        return { record: (0,ledger/* recordOf */.zv)(text), servers: (0,haproxy/* parseServers */._K)((0,ledger/* after */.Pl)(text, "stat=")) };
    }
    /** Sets the weights and returns each server's, as it was read back. */
    async route({ weights, servers }, token) {
        const own = [...servers].map(([name, weight]) => `${name}=${weight}`);
        const args = [String(token), String(weights.blue), String(weights.green), ...own];
        return (0,haproxy/* parseRouted */.xb)(await this.call("route", args));
    }
    past() {
        return this.call("past", []);
    }
}

// EXTERNAL MODULE: ./lib/targets/hosts/edges.js + 1 modules
var edges = __webpack_require__(6206);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
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

// EXTERNAL MODULE: ./lib/targets/hosts/host.js
var host = __webpack_require__(7783);
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
function statusOf(settings, edges, hosts) {
    const weights = weightsOf(edges);
    const present = presentOn(hosts);
    const slot = (which) => slotStatus(which, settings, edges, hosts, weights, present);
    const lease = edges.map(({ record }) => record.lease).find(Boolean) ?? null;
    return { weights, slots: { blue: slot("blue"), green: slot("green") }, lease, present };
}
/** The weights that HAProxy really has: where an edge has others than it should, those. */
function weightsOf(edges) {
    const wanted = edges[0]?.record.weights ?? { blue: 0, green: 0 };
    const real = edges.flatMap(({ record, servers }) => servers.map(({ name, weight }) => {
        if (record.servers.get(name) === weight)
            return record.weights;
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
function readBack({ weights: wanted, servers: own }, edges) {
    for (const [, servers] of edges)
        for (const [name, weight] of servers) {
            const slot = target/* SLOTS */._f.find((one) => name.endsWith(`-${one}`));
            if (slot && weight !== (own.get(name) ?? wanted[slot]))
                return { ...wanted, [slot]: weight };
        }
    return wanted;
}

// EXTERNAL MODULE: ./lib/metrics/seen.js
var metrics_seen = __webpack_require__(5455);
;// CONCATENATED MODULE: ./lib/targets/hosts/seen-by-edges.js


const NO_COUNTS = { begun: 0, answered: 0, failed: 0, faults: 0 };
/**
 * What the edges saw of each server, put together with what its engine says of itself. HAProxy begins its counts anew with
 * each reload, and each edge counts its own part: what is kept here only grows. A process that was started again
 * is told by its own counters, as ever.
 */
class SeenByEdges {
    /** By server, and by edge. */
    #last = new Map();
    /** By server, over all edges. */
    #sums = new Map();
    #lost = new Map();
    #bases = new Map();
    #lastOwn = new Map();
    /** Takes in one look at one edge. */
    take(edge, servers) {
        for (const server of servers) {
            const { name } = server;
            const looks = this.#last.get(name) ?? new Map();
            const growth = grown(looks.get(edge), server);
            this.#sums.set(name, plus(this.#sums.get(name) ?? NO_COUNTS, growth));
            this.#last.set(name, looks.set(edge, server));
        }
    }
    /** An arm as its clients found it. */
    onto({ instances }) {
        const found = Object.entries(instances).map(([name, own]) => [name, own && this.#asFound(name, own)]);
        return (0,arm/* armOf */.c)(Object.fromEntries(found));
    }
    #asFound(name, own) {
        const seen = this.#seen(name);
        const base = this.#baseOf(name, own, seen);
        return (0,metrics_seen/* withSeen */.W)(own, {
            answered: base.own.requests + seen.answered - base.seen.answered,
            failed: base.own.errors + seen.failed - base.seen.failed,
            lost: seen.lost - base.seen.lost,
        });
    }
    /** Lost is what was begun, is not answered, and is not in hand any more. */
    #seen(name) {
        const { begun, answered, failed, faults } = this.#sums.get(name) ?? NO_COUNTS;
        const looks = [...(this.#last.get(name)?.values() ?? [])];
        const inHand = looks.reduce((sum, { current }) => sum + current, 0);
        // An answer that is on its way is counted and in hand: so this may be too few for a while, and never too many.
        const lost = Math.max(this.#lost.get(name) ?? 0, faults, begun - answered - inHand);
        this.#lost.set(name, lost);
        return { answered, failed, lost };
    }
    #baseOf(name, own, seen) {
        const known = this.#bases.get(name);
        const isSameProcess = own.requests >= (this.#lastOwn.get(name) ?? 0);
        this.#lastOwn.set(name, own.requests);
        if (known && isSameProcess)
            return known;
        const base = { own: { requests: own.requests, errors: own.errors }, seen };
        this.#bases.set(name, base);
        return base;
    }
}
/** The first look is a beginning, not growth: whoever reads next would take it for requests of now. */
function grown(last, now) {
    if (!last)
        return { ...NO_COUNTS, begun: now.current };
    if (!isAnew(last.counts, now.counts))
        return minus(now.counts, last.counts);
    // What the HAProxy before has in hand it answers without being asked any more.
    return { ...now.counts, begun: now.counts.begun - last.current };
}
/** A count that fell was begun anew, and so were counts by which more failed than was answered. */
function isAnew(last, now) {
    const growth = minus(now, last);
    return Object.values(growth).some((count) => count < 0) || growth.failed > growth.answered;
}
function plus(a, b) {
    return eachCount(a, b, (one, other) => one + other);
}
function minus(a, b) {
    return eachCount(a, b, (one, other) => one - other);
}
function eachCount(a, b, of) {
    return {
        begun: of(a.begun, b.begun),
        answered: of(a.answered, b.answered),
        failed: of(a.failed, b.failed),
        faults: of(a.faults, b.faults),
    };
}

// EXTERNAL MODULE: ./lib/process/placeholders.js
var placeholders = __webpack_require__(8638);
// EXTERNAL MODULE: ./lib/targets/hosts/quote.js
var quote = __webpack_require__(7453);
;// CONCATENATED MODULE: ./lib/targets/hosts/unit-files.js


/** `app` is where the release lies, whichever it is. It may bring its own runtime in `runtime/bin`. */
function unitFiles(service, app, values) {
    const variables = Object.entries(service.env).map(([name, value]) => `${name}=${quoteForSystemd((0,placeholders/* fillIn */.pz)(value, values))}\n`);
    const start = [
        "#!/bin/sh",
        "set -e",
        `cd ${(0,quote/* commandLine */.a)([app])}`,
        'PATH="$PWD/runtime/bin:$PATH"',
        `exec ${(0,quote/* commandLine */.a)((0,placeholders/* commandOf */.Nl)(service, values))}`,
    ];
    return { variables: variables.join(""), start: `${start.join("\n")}\n` };
}
function quoteForSystemd(value) {
    return `"${value.replace(/["\\$`]/g, "\\$&")}"`;
}

;// CONCATENATED MODULE: ./lib/targets/hosts/shadow-run.js


/** Runs the candidate's command once beside stable on one machine, by its program `sluice-host`. */
async function runShadow(given) {
    const { host, slot, beside, token, settings, shadow, signal } = given;
    const startedMs = performance.now();
    const instance = serverName(host.machine, slot);
    const { slots } = await host.list();
    if (!slots[beside]?.active)
        return { instance, end: { how: "alone" }, lastLines: "", tookMs: 0 };
    const files = unitFiles({ start: shadow.run, env: shadow.env }, appOf(settings, slot), valuesOf(given));
    const { code, isLate, lastLines } = await host.shadow(slot, token, shadow.timeoutMs, files, signal);
    const tookMs = performance.now() - startedMs;
    return {
        instance,
        end: isLate ? { how: "too-late" } : { how: "exited", code },
        lastLines,
        tookMs,
    };
}
/** Where the release in a slot lies, whichever it is. */
function appOf({ folder }, slot) {
    return `${folder}/slots/${slot}/app`;
}
function valuesOf(given) {
    const { host, slot, version, beside, stableVersion, settings } = given;
    const [own, other] = [settings.ports[slot], settings.ports[beside]];
    return {
        host: host.machine.address,
        port: own.service,
        "metrics-port": own.metrics,
        slot,
        version,
        "stable-port": other.service,
        "stable-metrics-port": other.metrics,
        "stable-slot": beside,
        "stable-version": stableVersion,
        "stable-folder": appOf(settings, beside),
    };
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
    /** As the rollout in hand was written last. */
    #candidateSlot;
    #seen = new SeenByEdges();
    constructor(environment, settings) {
        this.#environment = environment;
        this.#settings = settings;
        const { name } = environment;
        const [first, ...others] = settings.edges;
        const edge = (machine) => new Edge(machine, name, settings);
        this.#hosts = settings.hosts.map((machine) => new host/* Host */.x(machine, name, settings));
        const [spare] = this.#hosts;
        this.#edges = new edges/* Edges */.l([edge(first), ...others.map(edge)], spare?.ledger);
    }
    read() {
        return this.#edges.read();
    }
    write(next, version, token) {
        this.#candidateSlot = next.rollout?.candidateSlot;
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
        for (const { edge, servers } of edges)
            this.#seen.take(edge.name, servers);
        return statusOf(this.#settings, edges, hosts);
    }
    async place(release, slot, token, signal) {
        await this.#edges.check(token);
        const { weights } = await this.status();
        assertNoWeight(slot, weights, `given ${release.version}`);
        (0,behind/* refuseWhileBehind */._t)(slot, await this.#edges.behind());
        if ("archivePath" in release)
            await this.#send(release, signal);
        else
            await this.#assertPresent(release);
        try {
            for (const hosts of this.#batches()) {
                await (0,edges/* onAll */.J)(hosts, (host) => this.#start(host, release, slot, token, signal));
                await this.#untilHealthy(hosts, slot, signal);
            }
        }
        catch (error) {
            await Promise.allSettled(this.#hosts.map((host) => host.stop(slot, token)));
            throw error;
        }
        const instances = await this.#instances(slot);
        const { name, version, commit, digest } = release;
        return { slot, release: { name, version, commit, digest }, instances };
    }
    /** The environment's rules refuse it before anything happens; so this is never reached by way of a file. */
    async placeBaseline() {
        throw new lib_error/* SluiceError */.a("unsupported", "a target of kind hosts has no room for a fresh baseline: a host has ports and units for blue and green", { hint: "write `baseline: stable` under `verdict:`" });
    }
    async mustShadow() {
        await (0,edges/* onAll */.J)(this.#hosts, (host) => host.mustShadow());
    }
    async shadow(slot, beside, token, signal) {
        await this.#edges.check(token);
        const { shadow } = this.#environment.service;
        if (shadow === undefined)
            return [];
        const { slots } = await this.status();
        const [version = "", stableVersion = ""] = [slot, beside].map((one) => slots[one].release?.version);
        const settings = this.#settings;
        const shared = { slot, version, beside, stableVersion, token, settings, shadow };
        return (0,edges/* onAll */.J)(this.#hosts, (host) => runShadow({ host, ...shared, ...(signal && { signal }) }));
    }
    async route(weights, token) {
        // Whether there is anybody to take the traffic, the edges know best.
        assertWeights(weights, () => false);
        const { servers } = await this.#routing(weights);
        return readBack({ weights, servers }, await this.#edges.route(weights, token, servers));
    }
    async observe() {
        const { service, rollout } = this.#environment;
        const { slots } = await this.status();
        const arms = { blue: slots.blue.instances, green: slots.green.instances };
        const deadlineMs = Math.min(MAX_SCRAPE_MS, rollout.sampleIntervalMs);
        const { blue, green } = await (0,scrape/* scrapeArms */.OL)(arms, service.metrics, deadlineMs);
        return { blue: this.#seen.onto(blue), green: this.#seen.onto(green) };
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
        // An edge that was cut off may still be sending requests there: better an old release than none.
        if ((0,behind/* sendersTo */.sx)(slot, await this.#edges.behind()).length > 0)
            return;
        await (0,edges/* onAll */.J)(this.#hosts, (host) => host.stop(slot, token));
    }
    async #send(release, signal) {
        const file = (0,external_node_path_.resolve)(release.archivePath);
        await (0,digest/* mustHaveDigest */.y)(file, release.digest);
        await (0,edges/* onAll */.J)(this.#hosts, async (host) => {
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
    /** A rolling release goes from batch to batch; any other takes all hosts at once. */
    #batches() {
        if (this.#environment.rollout.strategy !== "rolling")
            return [this.#hosts];
        return this.#settings.batches.map((names) => this.#hosts.filter(({ machine }) => names.includes(machine.name)));
    }
    async #routing(weights) {
        if (this.#environment.rollout.strategy !== "rolling")
            return { weights, servers: new Map() };
        const slot = this.#candidateSlot ?? (await this.#edges.read()).value.rollout?.candidateSlot ?? "green";
        return (0,batches/* rollingRouting */.eS)(weights, slot, this.#settings.batches);
    }
    async #untilHealthy(hosts, slot, signal) {
        const { health } = this.#environment.service;
        const edgesSee = async (instance) => {
            const all = await this.#edges.status();
            return all.every(({ servers }) => servers.find(({ name }) => name === instance.name)?.up);
        };
        await (0,edges/* onAll */.J)(hosts, (host) => {
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


/***/ })

};
