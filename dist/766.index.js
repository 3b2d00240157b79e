export const id = 766;
export const ids = [766];
export const modules = {

/***/ 2015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ML: () => (/* binding */ sameWeights),
/* harmony export */   PT: () => (/* binding */ allOn),
/* harmony export */   lD: () => (/* binding */ split)
/* harmony export */ });
/* unused harmony export EMPTY_STATE */
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

/***/ 1766:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  LocalTarget: () => (/* binding */ LocalTarget)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/metrics/histogram.js
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

;// CONCATENATED MODULE: ./lib/metrics/arm.js

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
        ...(a.latency && b.latency ? { latency: addHistograms(a.latency, b.latency) } : {}),
    };
}
/** A kind that one of them never had is zero there. */
function addKinds(a, b) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

;// CONCATENATED MODULE: ./lib/metrics/prometheus-text.js
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

;// CONCATENATED MODULE: ./lib/metrics/select.js

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
    return histogramOf([...matching(text, `${series.metric}_bucket`, series.labels)]);
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

;// CONCATENATED MODULE: ./lib/metrics/scrape.js



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
        return { counters: selectCounters(parsePrometheusText(await textOf(response)), names) };
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
        return armOf(Object.fromEntries(await Promise.all(counters)));
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

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/rollout/state.js
var state = __webpack_require__(2015);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/targets/local/supervisor/atomic-file.js


/** Either the old or the new content is there after a crash, never half of it. */
async function atomic_file_writeAtomically(path, text) {
    const temporary = `${path}.new`;
    const file = await open(temporary, "w", 0o600);
    try {
        await file.writeFile(text);
        await file.sync();
    }
    finally {
        await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
}
/** Null when there is no such file. */
async function atomic_file_readIfThere(path) {
    try {
        return await readFile(path, "utf8");
    }
    catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT")
            return null;
        throw error;
    }
}
/** A rename is durable when its folder is. */
async function syncFolder(path) {
    const folder = await open(path, "r");
    try {
        await folder.sync();
    }
    finally {
        await folder.close();
    }
}

;// CONCATENATED MODULE: ./lib/targets/local/supervisor/rollout-store.js





/** The rollout room owns the shape; here only what would make the file unreadable is refused. */
const rolloutStateSchema = schemas/* looseObject */._H3({ schema: schemas/* literal */.euz(1) })
    .transform((state) => state);
const fileSchema = schemas/* object */.Ikc({ version: schemas/* int */.Whr().nonnegative(), state: rolloutStateSchema });
/** The rollout's state on disk, changed only by compare-and-swap. */
class RolloutStore {
    #path;
    #queue = new WriteQueue();
    #version;
    #state;
    constructor(path, version, state) {
        this.#path = path;
        this.#version = version;
        this.#state = state;
    }
    static async open(path) {
        const text = await readIfThere(path);
        if (text === null)
            return new RolloutStore(path, 0, EMPTY_STATE);
        try {
            const { version, state } = fileSchema.parse(JSON.parse(text));
            return new RolloutStore(path, version, state);
        }
        catch (cause) {
            throw new SluiceError("internal", `the state file ${path} cannot be read`, {
                cause,
                hint: "move it away to begin with an empty state; the releases stay",
            });
        }
    }
    get state() {
        return this.#state;
    }
    read() {
        return { value: this.#state, version: String(this.#version) };
    }
    write(next, version) {
        return this.#queue.run(async () => {
            if (version !== String(this.#version))
                throw lostRace(version, this.#version);
            return this.#save(next);
        });
    }
    /** The supervisor's own change, on top of whatever is there. */
    change(by) {
        return this.#queue.run(async () => {
            const next = by(this.#state);
            if (next !== this.#state)
                await this.#save(next);
        });
    }
    async #save(state) {
        const version = this.#version + 1;
        await writeAtomically(this.#path, `${JSON.stringify({ version, state })}\n`);
        this.#version = version;
        this.#state = state;
        return String(version);
    }
}
function lostRace(given, current) {
    return new SluiceError("lost-race", `the state was read at version ${given}, but is at version ${current} now`, { hint: "read it again and decide anew; somebody else wrote in between" });
}

// EXTERNAL MODULE: ../../node_modules/zod/v4/core/core.js
var core = __webpack_require__(6416);
// EXTERNAL MODULE: ./lib/units/digest.js
var units_digest = __webpack_require__(9242);
;// CONCATENATED MODULE: ./lib/targets/local/supervisor/site-record.js




const digestSchema = schemas/* string */.YjP().transform((text, context) => {
    const digest = (0,units_digest/* parseDigest */.m)(text);
    if (digest)
        return digest;
    context.addIssue({ code: "custom", message: "not a sha256 digest" });
    return core/* NEVER */.tm;
});
const releaseSchema = schemas/* object */.Ikc({
    name: schemas/* string */.YjP(),
    version: schemas/* string */.YjP(),
    commit: schemas/* string */.YjP(),
    digest: digestSchema,
});
const weightsSchema = schemas/* object */.Ikc({
    blue: schemas/* int */.Whr().min(0).max(100),
    green: schemas/* int */.Whr().min(0).max(100),
});
const slotSchema = schemas/* enum */.k5n(["blue", "green"]);
const holderSchema = schemas/* object */.Ikc({ key: schemas/* string */.YjP().min(1), description: schemas/* string */.YjP() });
const leaseSchema = schemas/* object */.Ikc({
    holder: holderSchema,
    token: schemas/* int */.Whr().positive(),
    sinceMs: schemas/* number */.aig(),
    expiresAtMs: schemas/* number */.aig(),
});
/** The environment room has checked it; it comes back as it went. */
const serviceSchema = schemas/* looseObject */._H3({ name: schemas/* string */.YjP(), start: schemas/* array */.YOg(schemas/* string */.YjP()).min(1) })
    .transform((service) => service);
const processSchema = schemas/* object */.Ikc({
    name: schemas/* string */.YjP(),
    port: schemas/* int */.Whr(),
    metricsPort: schemas/* int */.Whr(),
    pid: schemas/* int */.Whr().positive(),
    /** Tells this process from a later one that was given the same pid. */
    startTime: schemas/* string */.YjP(),
});
const occupantSchema = schemas/* object */.Ikc({
    release: releaseSchema,
    service: serviceSchema,
    folder: schemas/* string */.YjP(),
    processes: schemas/* array */.YOg(processSchema),
});
const recordSchema = schemas/* object */.Ikc({
    schema: schemas/* literal */.euz(1),
    /** Kept across restarts, so that port 0 means one free port for the life of the site. */
    port: schemas/* int */.Whr().nullable(),
    weights: weightsSchema,
    lease: leaseSchema.nullable(),
    lastToken: schemas/* int */.Whr().nonnegative(),
    slots: schemas/* object */.Ikc({ blue: occupantSchema.nullable(), green: occupantSchema.nullable() }),
});
const EMPTY_RECORD = {
    schema: 1,
    port: null,
    weights: { blue: 0, green: 0 },
    lease: null,
    lastToken: 0,
    slots: { blue: null, green: null },
};
async function readRecord(path) {
    const text = await readIfThere(path);
    return text === null ? EMPTY_RECORD : recordSchema.parse(JSON.parse(text));
}
/** What the supervisor must know again after it was killed: saved before it is relied on. */
class RecordFile {
    #path;
    #queue = new WriteQueue();
    #record;
    constructor(path, record) {
        this.#path = path;
        this.#record = record;
    }
    static async open(path) {
        return new RecordFile(path, await readRecord(path));
    }
    get record() {
        return this.#record;
    }
    /** In memory at once, on disk when this resolves. */
    change(part) {
        this.#record = { ...this.#record, ...part };
        return this.#queue.run(() => writeAtomically(this.#path, `${JSON.stringify(this.#record, null, 1)}\n`));
    }
}

;// CONCATENATED MODULE: ./lib/targets/local/protocol.js



/** What goes over the control socket: HTTP with JSON, one route per call. */
const token = schemas/* int */.Whr().positive();
const leaseMs = schemas/* int */.Whr().min(1).max(86_400_000);
const writeRequest = schemas/* object */.Ikc({
    next: rolloutStateSchema,
    version: schemas/* string */.YjP().transform((version) => version),
    token,
});
const acquireRequest = schemas/* object */.Ikc({ holder: holderSchema, leaseMs });
const renewRequest = schemas/* object */.Ikc({ token, leaseMs });
const tokenRequest = schemas/* object */.Ikc({ token });
const routeRequest = schemas/* object */.Ikc({ weights: weightsSchema, token });
const retireRequest = schemas/* object */.Ikc({ slot: slotSchema, token });
const placeRequest = schemas/* object */.Ikc({
    release: releaseSchema,
    slot: slotSchema,
    token,
    /** Absolute; absent when the bytes are present already. */
    archivePath: schemas/* string */.YjP().optional(),
    service: serviceSchema,
    instances: schemas/* int */.Whr().min(1).max(64),
});
/** A SluiceError on its way through the socket. */
const errorReply = schemas/* object */.Ikc({
    error: schemas/* object */.Ikc({
        code: schemas/* string */.YjP().transform((code) => code),
        message: schemas/* string */.YjP(),
        hint: schemas/* string */.YjP().optional(),
        cause: schemas/* string */.YjP().optional(),
    }),
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./lib/targets/local/site-folder.js



/** sockaddr_un has 108 bytes on Linux and 104 elsewhere, the closing zero included. */
const MAX_SOCKET_PATH_BYTES = 103;
/** The same site always has the same paths, so that a runner finds a supervisor it did not start. */
function siteFolder(site) {
    const root = (0,external_node_path_.resolve)(site);
    return {
        root,
        socket: socketPath(root),
        settings: (0,external_node_path_.join)(root, "settings.json"),
        rolloutState: (0,external_node_path_.join)(root, "rollout.json"),
        record: (0,external_node_path_.join)(root, "supervisor.json"),
        releases: (0,external_node_path_.join)(root, "releases"),
        slots: (0,external_node_path_.join)(root, "slots"),
        logs: (0,external_node_path_.join)(root, "logs"),
        supervisorLog: (0,external_node_path_.join)(root, "supervisor.log"),
    };
}
function socketPath(root) {
    const inside = (0,external_node_path_.join)(root, "control.sock");
    if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES)
        return inside;
    const name = (0,external_node_crypto_.createHash)("sha256").update(root).digest("hex").slice(0, 16);
    return (0,external_node_path_.join)((0,external_node_os_.tmpdir)(), `sluice-${name}.sock`);
}

;// CONCATENATED MODULE: ./lib/targets/local/control-client.js




/** A supervisor that does not answer this long hangs, or its machine does. */
const ANSWER_MS = 10_000;
/** Talks to a site's supervisor. Whatever the supervisor refuses comes out as the same SluiceError here. */
class ControlClient {
    #site;
    #socketPath;
    constructor(site) {
        this.#site = site;
        this.#socketPath = siteFolder(site).socket;
    }
    /** A call that is answered at once, if the supervisor is well. */
    call(method, path, body) {
        return this.#ask(method, path, body, AbortSignal.timeout(ANSWER_MS));
    }
    /** A call that takes as long as its work does; the supervisor has deadlines for that. */
    work(path, body, signal) {
        return this.#ask("POST", path, body, signal);
    }
    async #ask(method, path, body, signal) {
        const response = await this.#send(method, path, body, signal);
        const text = await this.#textOf(response);
        if (response.statusCode === 200)
            return JSON.parse(text);
        throw errorOf(text);
    }
    /** One object for each line, until the supervisor ends or `signal` fires. */
    async *lines(path, signal) {
        const response = await this.#send("GET", path, undefined, signal);
        response.setEncoding("utf8");
        let rest = "";
        try {
            for await (const chunk of response) {
                const lines = (rest + chunk).split("\n");
                rest = lines.pop() ?? "";
                for (const line of lines)
                    yield JSON.parse(line);
            }
        }
        catch {
            // The supervisor ended, or we were told to stop: either way there is no more.
        }
    }
    #send(method, path, body, signal) {
        return new Promise((resolve, reject) => {
            const request = (0,external_node_http_.request)({
                socketPath: this.#socketPath,
                method,
                path,
                agent: false,
                headers: { "content-type": "application/json" },
                ...(signal ? { signal } : {}),
            });
            request.once("response", resolve);
            request.on("error", (error) => reject(isCancelled(signal) ? cancelled(signal) : this.#unreachable(error)));
            request.end(body === undefined ? undefined : JSON.stringify(body));
        });
    }
    async #textOf(response) {
        try {
            const chunks = [];
            for await (const chunk of response)
                chunks.push(chunk);
            return Buffer.concat(chunks).toString("utf8");
        }
        catch (error) {
            throw this.#unreachable(error);
        }
    }
    #unreachable(cause) {
        return new error/* SluiceError */.a("target-unreachable", `the site ${this.#site} does not answer`, {
            cause,
            hint: "start it with `sluice site up --environment FILE`",
        });
    }
}
/** Running out of patience is the supervisor's fault, not the caller's wish. */
function isCancelled(signal) {
    const { aborted = false, reason } = signal ?? {};
    return aborted && !(reason instanceof Error && reason.name === "TimeoutError");
}
function cancelled(signal) {
    const { reason } = signal;
    if (reason instanceof error/* SluiceError */.a)
        return reason;
    return new error/* SluiceError */.a("cancelled", "cancelled while the site was working", { cause: reason });
}
function errorOf(text) {
    const { code, message, hint, cause } = errorReply.parse(JSON.parse(text)).error;
    return new error/* SluiceError */.a(code, message, {
        ...(hint === undefined ? {} : { hint }),
        ...(cause === undefined ? {} : { cause: new Error(cause) }),
    });
}

;// CONCATENATED MODULE: ./lib/targets/local/local-target.js



/** A scrape that is later than the next sample is of no use. */
const MAX_SCRAPE_MS = 2_000;
/** Slots under one supervisor on this machine, reached over its control socket. */
class LocalTarget {
    kind = "local";
    #environment;
    #control;
    constructor(environment) {
        this.#environment = environment;
        this.#control = new ControlClient(environment.target.site);
    }
    read() {
        return this.#control.call("GET", "/state");
    }
    async write(next, version, token) {
        const written = await this.#control.call("PUT", "/state", {
            next,
            version,
            token,
        });
        return written.version;
    }
    acquire(holder, leaseMs) {
        return this.#control.call("POST", "/lease/acquire", { holder, leaseMs });
    }
    renew(token, leaseMs) {
        return this.#control.call("POST", "/lease/renew", { token, leaseMs });
    }
    async release(token) {
        await this.#control.call("POST", "/lease/release", { token });
    }
    status() {
        return this.#control.call("GET", "/status");
    }
    place(release, slot, token, signal) {
        const archive = "archivePath" in release ? { archivePath: (0,external_node_path_.resolve)(release.archivePath) } : {};
        const { service } = this.#environment;
        const request = { release, slot, token, service, instances: 1, ...archive };
        return this.#control.work("/place", request, signal);
    }
    route(weights, token) {
        return this.#control.call("POST", "/route", { weights, token });
    }
    async observe() {
        const { service, rollout } = this.#environment;
        const { slots } = await this.status();
        const arms = { blue: slots.blue.instances, green: slots.green.instances };
        return scrapeArms(arms, service.metrics, Math.min(MAX_SCRAPE_MS, rollout.sampleIntervalMs));
    }
    past() {
        return this.#control.call("GET", "/past");
    }
    async retire(slot, token) {
        await this.#control.work("/retire", { slot, token });
    }
}


/***/ })

};
