export const id = 750;
export const ids = [750];
export const modules = {

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

/***/ 9750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  LocalTarget: () => (/* binding */ LocalTarget)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/metrics/scrape.js
var scrape = __webpack_require__(9308);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/rollout/state.js
var state = __webpack_require__(2015);
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
const site_record_releaseSchema = schemas/* object */.Ikc({
    name: schemas/* string */.YjP(),
    version: schemas/* string */.YjP(),
    commit: schemas/* string */.YjP(),
    digest: digestSchema,
});
const weightsSchema = schemas/* object */.Ikc({
    blue: schemas/* int */.Whr().min(0).max(100),
    green: schemas/* int */.Whr().min(0).max(100),
    baseline: schemas/* int */.Whr().min(0).max(100).exactOptional(),
});
const slotSchema = schemas/* enum */.k5n(["blue", "green"]);
const anySlotSchema = schemas/* enum */.k5n(["blue", "green", "baseline"]);
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
    release: site_record_releaseSchema,
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
    /** What runs beside stable, so that it is ended also when the supervisor was killed. */
    shadow: processSchema.pick({ pid: true, startTime: true }).nullable().default(null),
    slots: schemas/* object */.Ikc({
        blue: occupantSchema.nullable(),
        green: occupantSchema.nullable(),
        baseline: occupantSchema.nullable().default(null),
    }),
});
const EMPTY_RECORD = {
    schema: 1,
    port: null,
    weights: { blue: 0, green: 0 },
    lease: null,
    lastToken: 0,
    shadow: null,
    slots: { blue: null, green: null, baseline: null },
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
const retireRequest = schemas/* object */.Ikc({ slot: anySlotSchema, token });
const placeBaselineRequest = schemas/* object */.Ikc({ beside: slotSchema, token });
const placeRequest = schemas/* object */.Ikc({
    release: site_record_releaseSchema,
    slot: slotSchema,
    token,
    /** Absolute; absent when the bytes are present already. */
    archivePath: schemas/* string */.YjP().optional(),
    service: serviceSchema,
    instances: schemas/* int */.Whr().min(1).max(64),
});
const shadowRequest = schemas/* object */.Ikc({
    slot: slotSchema,
    beside: slotSchema,
    token,
    settings: schemas/* object */.Ikc({
        run: schemas/* array */.YOg(schemas/* string */.YjP()).min(1),
        env: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()),
        timeoutMs: schemas/* number */.aig().positive().max(86_400_000),
    }),
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
    site;
    #socketPath;
    constructor(site) {
        this.site = site;
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
        return new error/* SluiceError */.a("target-unreachable", `the site ${this.site} does not answer`, {
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

;// CONCATENATED MODULE: ./lib/targets/local/local-environment.js

/** Throws `unsupported` for an environment of another kind: it has no site here. */
function localEnvironment(environment) {
    const { name, target } = environment;
    if (target.kind === "local")
        return { ...environment, target };
    throw new error/* SluiceError */.a("unsupported", `${name} has no site: its target is of kind ${target.kind}`, {
        hint: "a site is what an environment with `target: { kind: local }` has",
    });
}

// EXTERNAL MODULE: ./lib/archive/unpack.js
var archive_unpack = __webpack_require__(2351);
;// CONCATENATED MODULE: ./lib/targets/local/supervisor/release-store.js






/** The last ones that stay, for a rollback. */
const KEPT = 3;
/** Of each release there are two. */
const KEPT_FILE = /^([0-9a-f]{64})\.(?:json|tar\.gz)$/;
/** Where the bytes of a release are kept below the folder of a site's releases, if they are. */
function archiveIn(folder, digest) {
    return (0,external_node_path_.join)(folder, `${digest.slice("sha256:".length)}.tar.gz`);
}
/** The bytes of the last releases, by digest. */
class ReleaseStore {
    #folder;
    constructor(folder) {
        this.#folder = folder;
    }
    /** Removes what a supervisor that was killed had begun to take in, or to drop: nobody would ever look at it again. */
    async tidy() {
        const names = new Set(await readdir(this.#folder));
        for (const name of names) {
            const hex = KEPT_FILE.exec(name)?.[1];
            const isWhole = names.has(`${hex}.json`) && names.has(`${hex}.tar.gz`);
            if (!isWhole)
                await rm(join(this.#folder, name), { force: true });
        }
    }
    /** Newest first. */
    async present() {
        const names = (await readdir(this.#folder)).filter((name) => name.endsWith(".json"));
        const found = await Promise.all(names.map((name) => this.#read(name)));
        return found
            .filter((one) => one !== null)
            .sort((a, b) => b.placedAtMs - a.placedAtMs)
            .map(({ release }) => release);
    }
    /** Unpacks the release into `into`; its bytes are kept once their digest is known to be right. */
    async unpack(release, archivePath, into) {
        await mkdir(this.#folder, { recursive: true });
        if (archivePath === undefined) {
            await this.#assertPresent(release);
            await unpack(this.#archive(release.digest), release.digest, into);
        }
        else {
            await this.#takeIn(release, archivePath, into);
        }
        await this.#note(release);
    }
    /** Drops the oldest, but none that is `inUse`. */
    async prune(inUse) {
        const old = (await this.present()).slice(KEPT);
        for (const { digest } of old.filter((release) => !inUse.has(release.digest))) {
            await rm(this.#meta(digest), { force: true });
            await rm(this.#archive(digest), { force: true });
        }
    }
    async #takeIn(release, archivePath, into) {
        // Copied first: what is unpacked and what is kept are the same bytes, whatever happens to the original.
        const incoming = `${this.#archive(release.digest)}.incoming`;
        try {
            await copyFile(archivePath, incoming);
        }
        catch (cause) {
            await rm(incoming, { force: true });
            throw new SluiceError("no-such-release", `the archive ${archivePath} cannot be read`, {
                cause,
                hint: "give the path of the archive that the build made, readable by the site's supervisor",
            });
        }
        try {
            await unpack(incoming, release.digest, into);
            await rename(incoming, this.#archive(release.digest));
        }
        catch (error) {
            await rm(incoming, { force: true });
            throw renamed(error, incoming, archivePath);
        }
    }
    async #assertPresent(release) {
        const there = await this.present();
        if (there.some(({ digest }) => digest === release.digest))
            return;
        const names = there.map(({ version, digest }) => `${version} (${digest})`).join(", ");
        throw new SluiceError("no-such-release", `${release.version} (${release.digest}) is not present; present is ${names || "nothing"}`, { hint: "name one that is present, or deploy its archive again" });
    }
    async #note(release) {
        const meta = this.#meta(release.digest);
        await writeAtomically(meta, `${JSON.stringify(release)}\n`);
        await utimes(meta, new Date(), new Date());
    }
    async #read(name) {
        const path = join(this.#folder, name);
        const text = await readIfThere(path);
        // It may be dropped at any moment, also between the one and the other.
        const there = await stat(path).catch(() => null);
        const parsed = text === null ? null : releaseSchema.safeParse(JSON.parse(text));
        if (!there || !parsed?.success)
            return null;
        return { release: parsed.data, placedAtMs: there.mtimeMs };
    }
    #archive(digest) {
        return archiveIn(this.#folder, digest);
    }
    #meta(digest) {
        return join(this.#folder, `${digest.slice("sha256:".length)}.json`);
    }
}
/** The user knows the archive by the name that was given. */
function renamed(error, internal, given) {
    if (!(error instanceof SluiceError) || !error.message.includes(internal))
        return error;
    const options = error.hint === undefined ? {} : { hint: error.hint };
    return new SluiceError(error.code, error.message.replaceAll(internal, given), {
        ...options,
        cause: error.cause,
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
        this.#control = new ControlClient(localEnvironment(environment).target.site);
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
    async placeBaseline(beside, token, signal) {
        await this.#control.work("/place-baseline", { beside, token }, signal);
    }
    /** A supervisor that was started before there was such a thing answers `unsupported` by itself. */
    async mustShadow() {
        await this.#control.call("GET", "/shadow");
    }
    shadow(slot, beside, token, signal) {
        const { shadow } = this.#environment.service;
        if (shadow === undefined)
            return Promise.resolve([]);
        const { run, env, timeoutMs } = shadow;
        const request = { slot, beside, token, settings: { run, env, timeoutMs } };
        return this.#control.work("/shadow", request, signal);
    }
    route(weights, token) {
        return this.#control.call("POST", "/route", { weights, token });
    }
    async observe() {
        const { service, rollout } = this.#environment;
        const { slots } = await this.status();
        const deadlineMs = Math.min(MAX_SCRAPE_MS, rollout.sampleIntervalMs);
        const serving = { blue: slots.blue.instances, green: slots.green.instances };
        if (!slots.baseline)
            return (0,scrape/* scrapeArms */.OL)(serving, service.metrics, deadlineMs);
        const all = { ...serving, baseline: slots.baseline.instances };
        return (0,scrape/* scrapeArms */.OL)(all, service.metrics, deadlineMs);
    }
    past() {
        return this.#control.call("GET", "/past");
    }
    async archived(digest) {
        const path = archiveIn(siteFolder(this.#control.site).releases, digest);
        return (0,promises_.access)(path).then(() => path, () => undefined);
    }
    async retire(slot, token) {
        await this.#control.work("/retire", { slot, token });
    }
}


/***/ })

};
