export const id = 797;
export const ids = [797];
export const modules = {

/***/ 4797:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  changePoint: () => (/* binding */ changePoint)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/schema-faults.js
var schema_faults = __webpack_require__(8063);
;// CONCATENATED MODULE: ./lib/change-point/accepted.js




const AcceptedFile = schemas/* strictObject */.rej({
    accepted: schemas/* array */.YOg(schemas/* strictObject */.rej({
        figure: schemas/* string */.YjP().min(1),
        commit: schemas/* string */.YjP().regex(/^[0-9a-f]{7,64}$/, "a commit, or seven digits of one"),
        reason: schemas/* string */.YjP().min(10, "a reason that somebody else understands"),
    })),
});
/** Reads a file of accepted changes. They need no end: a change that is long ago stops nothing by itself. */
function readAccepted(text, name) {
    const document = (0,dist/* parseDocument */.Tp)(text, { schema: "failsafe" });
    const broken = document.errors.map((error) => error.message.split("\n")[0] ?? "not YAML");
    const read = AcceptedFile.safeParse(document.toJS());
    const faults = read.success ? broken : [...broken, ...(0,schema_faults/* schemaFaults */.d)(read.error)];
    if (read.success && faults.length === 0)
        return read.data.accepted;
    throw new error/* SluiceError */.a("invalid-input", `${name} is no file of accepted changes: ${faults.join("; ")}`, {
        hint: "accepted: a list, each with figure, commit and reason",
    });
}

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(3477);
;// CONCATENATED MODULE: ./lib/change-point/history.js


/** One figure of one run. */
const Figure = schemas/* object */.Ikc({
    name: schemas/* string */.YjP().min(1),
    value: schemas/* number */.aig().positive(),
    unit: schemas/* string */.YjP(),
    better: schemas/* enum */.k5n(["lower", "higher"]),
});
/** What one run measured; the file `figures` of the action. */
const Figures = schemas/* object */.Ikc({ figures: schemas/* array */.YOg(Figure).min(1) });
/** One line of the history. */
const HistoryLine = schemas/* object */.Ikc({
    at: iso/* datetime */.w$(),
    commit: schemas/* string */.YjP().regex(/^[0-9a-f]{7,64}$/, "a commit"),
    figures: schemas/* array */.YOg(Figure),
});
/** Reads JSON lines; a line that is none is an error, since a history with a hole decides otherwise. */
function readHistory(text, name) {
    return text
        .split("\n")
        .map((line, index) => ({ line: line.trim(), number: index + 1 }))
        .filter(({ line }) => line !== "")
        .map(({ line, number }) => readLine(line, `${name}, line ${number}`));
}
function readLine(line, place) {
    try {
        return HistoryLine.parse(JSON.parse(line));
    }
    catch (cause) {
        throw new error/* SluiceError */.a("invalid-input", `${place} is no line of a history`, {
            cause,
            hint: "each line is JSON of at, commit and figures; take the broken line out",
        });
    }
}
/** The history as text, a line each. */
function historyText(history) {
    return history.map((line) => `${JSON.stringify(line)}\n`).join("");
}
/** The series of all figures that the last line has, over the last `most` lines. */
function seriesOf(history, most) {
    const lines = history.slice(-most);
    return (lines.at(-1)?.figures ?? []).map(({ value: _value, ...figure }) => ({
        figure,
        points: lines.flatMap(({ commit, at, figures }) => {
            const found = figures.find(({ name }) => name === figure.name);
            return found ? [{ commit, at, value: found.value }] : [];
        }),
    }));
}

// EXTERNAL MODULE: ./lib/load/random.js
var load_random = __webpack_require__(8262);
;// CONCATENATED MODULE: ./lib/change-point/shuffled.js
/** The values in another order, each order as likely. */
function shuffled(values, random) {
    const result = [...values];
    for (let at = result.length - 1; at > 0; at--) {
        const other = Math.floor(random() * (at + 1));
        [result[at], result[other]] = [result[other], result[at]];
    }
    return result;
}

;// CONCATENATED MODULE: ./lib/change-point/split.js
/** One value may be an outlier; two that agree are a side. */
const MIN_SIDE = 2;
/** Undefined for a series that is too short to be cut. O(n²) by sums of distances that are carried along. */
function bestSplit(values) {
    const count = values.length;
    if (count < 2 * MIN_SIDE)
        return undefined;
    const distance = (a, b) => Math.abs((values[a] ?? 0) - (values[b] ?? 0));
    // Sums of distances within the left side, within the right, and between both, with the cut before `at`.
    let left = 0;
    let right = 0;
    let between = 0;
    for (let a = 0; a < count; a++)
        for (let b = a + 1; b < count; b++)
            right += distance(a, b);
    let best;
    for (let at = 1; at <= count - MIN_SIDE; at++) {
        // The value before the cut goes from the right side to the left.
        const moved = at - 1;
        let toLeft = 0;
        let toRight = 0;
        for (let other = 0; other < moved; other++)
            toLeft += distance(moved, other);
        for (let other = at; other < count; other++)
            toRight += distance(moved, other);
        left += toLeft;
        right -= toRight;
        between += toRight - toLeft;
        if (at < MIN_SIDE)
            continue;
        const statistic = energy({ left, right, between }, at, count - at);
        if (!best || statistic > best.statistic)
            best = { at, statistic };
    }
    return best;
}
/** Means of distances between both sides, without those within; weighed by how many there are. */
function energy({ left, right, between }, before, after) {
    const pairs = (count) => (count * (count - 1)) / 2;
    const apart = (2 * between) / (before * after) - left / pairs(before) - right / pairs(after);
    return ((before * after) / (before + after)) * apart;
}

;// CONCATENATED MODULE: ./lib/change-point/detect.js



/**
 * All places where a series changed, in order: E-divisive. The best cut is accepted when no more than `alpha` of the
 * series in random order have one as good; then each side is looked at by itself. Pure.
 */
function changePoints(values, { alpha, seed }) {
    const random = (0,load_random/* randomFrom */.c)(seed);
    const found = [];
    const pending = [[0, values.length]];
    for (let part = pending.pop(); part; part = pending.pop()) {
        const [from, to] = part;
        const change = firstChange(values.slice(from, to), alpha, random);
        if (!change)
            continue;
        found.push({ at: from + change.at, p: change.p });
        pending.push([from, from + change.at], [from + change.at, to]);
    }
    return found.sort((a, b) => a.at - b.at);
}
function firstChange(values, alpha, random) {
    const best = bestSplit(values);
    // What does not vary did not change, and rounding must not say otherwise.
    if (!best || best.statistic <= 1e-12)
        return undefined;
    const rounds = permutations(alpha);
    const most = alpha * (rounds + 1);
    let asGood = 1;
    for (let round = 0; round < rounds; round++) {
        const other = bestSplit(shuffled(values, random));
        if (other && other.statistic >= best.statistic * (1 - 1e-9))
            asGood++;
        // It cannot be accepted any more.
        if (asGood > most)
            return undefined;
    }
    return { at: best.at, p: asGood / (rounds + 1) };
}
/** Enough that `alpha` can be undercut, with room for chance. */
function permutations(alpha) {
    return Math.min(20_000, Math.max(499, Math.ceil(5 / alpha) - 1));
}
/**
 * The smallest p that a change of the last `after` of `count` values can have: as many orders cut as clearly as there
 * are ways to choose them, and two where both ends do. Above `alpha`, the history is too short to find anything.
 */
function smallestP(count, after) {
    if (count < 2 * MIN_SIDE || after < MIN_SIDE || after > count - MIN_SIDE)
        return 1;
    let ways = 1;
    for (let step = 1; step <= after; step++)
        ways *= (count - after + step) / step;
    return Math.min(1, 2 / ways);
}

;// CONCATENATED MODULE: ./lib/change-point/judge.js

/** Whether anything recently became worse, and at which commit. Pure. */
function judgeHistory(series, settings) {
    // Shared among the figures: the chances of being wrong add up to no more.
    const alpha = settings.alpha / Math.max(1, series.length);
    const changes = series.flatMap((one) => changesOf(one, alpha, settings));
    const bad = changes.filter((change) => isBad(change, settings));
    if (bad.length > 0)
        return { outcome: "failed", reason: bad.map(sentence).join("; "), changes };
    const longest = Math.max(0, ...series.map(({ points }) => points.length));
    const after = Math.min(settings.recentRuns, Math.floor(longest / 2));
    if (smallestP(longest, after) > alpha) {
        const reason = `${longest} runs of ${series.length} figures are too few to tell a change from chance; nothing is compared yet`;
        return { outcome: "inconclusive", reason, changes };
    }
    const told = changes.length === 0 ? "no change" : `${changes.length} changes, none that stops`;
    return {
        outcome: "passed",
        reason: `${series.length} figures over ${longest} runs: ${told}`,
        changes,
    };
}
function changesOf({ figure, points }, alpha, settings) {
    // Ratios count, not differences; and one seed, so that the same history is always judged alike.
    const found = changePoints(points.map(({ value }) => Math.log(value)), { alpha, seed: 1 });
    return found.flatMap(({ at, p }, index) => {
        const first = points[at];
        const last = points[at - 1];
        if (!first || !last)
            return [];
        const from = found[index - 1]?.at ?? 0;
        const to = found[index + 1]?.at ?? points.length;
        const before = median(points.slice(from, at).map(({ value }) => value));
        const after = median(points.slice(at, to).map(({ value }) => value));
        const ratio = after / before;
        const accepted = settings.accepted.find((one) => one.figure === figure.name && first.commit.startsWith(one.commit));
        return [
            {
                figure: figure.name,
                commit: first.commit,
                lastBefore: last.commit,
                at: first.at,
                before,
                after,
                ratio,
                isWorse: figure.better === "lower" ? ratio > 1 : ratio < 1,
                p,
                runs: points.length - at,
                accepted,
            },
        ];
    });
}
function isBad(change, { minChange, recentRuns }) {
    const { isWorse, ratio, runs, accepted } = change;
    const size = Math.max(ratio, 1 / ratio) - 1;
    return isWorse && accepted === undefined && runs <= recentRuns && size > minChange;
}
/** What changed, by how much, and after which commit. */
function sentence(change) {
    const { figure, ratio, commit, lastBefore, p, runs, isWorse } = change;
    const short = (text) => text.slice(0, 12);
    const percent = `${((Math.max(ratio, 1 / ratio) - 1) * 100).toFixed(0)} %`;
    return `${figure} is ${percent} ${isWorse ? "worse" : "better"} since ${short(commit)} (last before: ${short(lastBefore)}; ${runs} ${runs === 1 ? "run" : "runs"}, p = ${p.toPrecision(2)})`;
}
function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const upper = sorted[middle] ?? Number.NaN;
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

;// CONCATENATED MODULE: ./actions/change-point/figures.js




/** The figures of each run: of a file, or of all files `figures.json` below a folder. */
function runsIn(names, workspace) {
    return Promise.all(names.map((name) => figuresAt(name, workspace)));
}
/** Throws when there are none, or two of one name. */
async function figuresAt(name, workspace) {
    const files = await filesAt((0,external_node_path_.resolve)(workspace, name));
    const figures = (await Promise.all(files.map(read))).flat();
    const twice = figures.find((one, at) => figures.findIndex((two) => two.name === one.name) < at);
    if (twice)
        throw invalid(`the figure ${twice.name} is twice in ${name}`);
    if (figures.length === 0)
        throw invalid(`there are no figures in ${name}`);
    return figures;
}
async function filesAt(path) {
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (found?.isFile())
        return [path];
    if (!found?.isDirectory())
        return [];
    const inside = await (0,promises_.readdir)(path, { recursive: true });
    return inside.filter((file) => file.endsWith("figures.json")).map((file) => (0,external_node_path_.join)(path, file));
}
async function read(file) {
    try {
        return Figures.parse(JSON.parse(await (0,promises_.readFile)(file, "utf8"))).figures;
    }
    catch (cause) {
        throw invalid(`${file} holds no figures`, cause);
    }
}
function invalid(message, cause) {
    return new error/* SluiceError */.a("invalid-input", message, {
        cause,
        hint: 'a file is {"figures": [{"name": "p95", "value": 12.5, "unit": "ms", "better": "lower"}]}',
    });
}

;// CONCATENATED MODULE: ./actions/change-point/change-point.js








const MARK = { passed: "✅", failed: "❌", inconclusive: "❔" };
/** Adds this run to the history, judges it, and tells it. Throws when something recently became worse. */
async function changePoint(context) {
    const { inputs, outputs, log, summary, env } = context;
    const workspace = (0,action/* workspaceFolder */.ih)(env);
    const before = await historyIn(inputs.history, workspace);
    const runs = await runsIn(inputs.figures, workspace);
    const at = new Date().toISOString();
    const lines = runs.map((figures) => HistoryLine.parse({ at, commit: inputs.commit, figures }));
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(inputs.history), { recursive: true });
    await (0,promises_.writeFile)(inputs.history, historyText([...before, ...lines]));
    const series = seriesOf([...before, ...lines], inputs.runs);
    const verdict = judgeHistory(series, {
        alpha: inputs.alpha / 100,
        minChange: inputs["min-change"] / 100,
        recentRuns: inputs["recent-runs"],
        accepted: await acceptedIn(inputs.accepted, workspace),
    });
    const { outcome, reason, changes } = verdict;
    const told = {
        gate: { name: "change-point", outcome, reason },
        outcome,
        changes,
        history: (0,external_node_path_.relative)(workspace, inputs.history),
    };
    outputs.set(told);
    summary.heading(`${MARK[outcome]} History ${outcome}`).markdown((0,action/* inlineText */.ln)(reason));
    tellChanges(context, verdict);
    log.info(reason);
    if (outcome === "inconclusive")
        log.notice(reason, { title: "change-point" });
    if (outcome !== "failed")
        return told;
    throw new error/* SluiceError */.a("worse", reason, {
        hint: "look at what came between the two commits; a change that is meant goes into the file that `accepted` names",
    });
}
function tellChanges({ summary }, { changes }) {
    if (changes.length === 0)
        return;
    const rows = changes.map((change) => [
        (0,action/* inlineText */.ln)(change.figure),
        `${change.before.toPrecision(4)} → ${change.after.toPrecision(4)}`,
        change.isWorse ? "worse" : "better",
        (0,action/* inlineText */.ln)(change.commit.slice(0, 12)),
        (0,action/* inlineText */.ln)(change.accepted?.reason ?? sentence(change)),
    ]);
    summary.table(["Figure", "Median", "Is", "Since", "Found"], rows);
}
async function historyIn(file, workspace) {
    const text = await (0,promises_.readFile)(file, "utf8").catch(() => "");
    return readHistory(text, (0,external_node_path_.relative)(workspace, file));
}
async function acceptedIn(file, workspace) {
    const text = await (0,promises_.readFile)(file, "utf8").catch(() => undefined);
    return text === undefined ? [] : readAccepted(text, (0,external_node_path_.relative)(workspace, file));
}


/***/ }),

/***/ 8262:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ randomFrom)
/* harmony export */ });
/** Random numbers from a seed (mulberry32): the same samples give the same decision, today and next year. */
function randomFrom(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
}


/***/ }),

/***/ 8063:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ schemaFaults)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7232);

/** All that a schema says is wrong, each with its place. */
function schemaFaults({ issues }) {
    return issues.map(({ path, message }) => `${zod__WEBPACK_IMPORTED_MODULE_0__/* .toDotPath */ .sR(path) || "the whole"}: ${message}`);
}


/***/ })

};
