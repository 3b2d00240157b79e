export const id = 869;
export const ids = [869];
export const modules = {

/***/ 9869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  report: () => (/* binding */ report)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/evidence/candidate.js
var evidence_candidate = __webpack_require__(5985);
// EXTERNAL MODULE: ./lib/evidence/canonical.js
var canonical = __webpack_require__(9466);
// EXTERNAL MODULE: ./lib/evidence/needs.js
var evidence_needs = __webpack_require__(7761);
// EXTERNAL MODULE: ./lib/evidence/record.js
var record = __webpack_require__(6071);
;// CONCATENATED MODULE: ./lib/evidence/gates.js



/** The gate at which an environment's reviewers decide; it has no action, only a job that waits for them. */
const APPROVAL = "approval";
const APPROVAL_JOBS = new Set(["approve", "approval"]);
/** The order in which gates are met; those with other names stay behind the one they came after. */
const GATE_ORDER = [
    "build",
    "trivy-scan",
    "cosign-sign",
    "deploy",
    "k6-gate",
    APPROVAL,
    "canary-promote",
    "rollback",
];
/**
 * What every gate found, by the jobs that ran before. A job that ended badly without a gate of its own that says
 * so becomes a failed gate: silence never passes. Jobs that were not reached are named in the reason of the gate
 * that stopped the release.
 */
function gatesOf(needs) {
    const found = Object.entries(needs).flatMap(([id, job]) => gatesOfJob(id, job));
    const gates = inOrder(withoutDoubles(found));
    const unreached = Object.keys(needs).filter((id) => needs[id]?.result === "skipped");
    const stopper = gates.findIndex(stops);
    if (unreached.length === 0)
        return gates;
    if (stopper !== -1)
        return gates.with(stopper, naming(gates[stopper], unreached));
    if (gates.some(promotes))
        return gates;
    return [...gates, ...unreached.map(skippedByWorkflow)];
}
/** The gate did not let the release through: it found against it, or could not decide. */
function stops({ outcome }) {
    return outcome === "failed" || outcome === "inconclusive";
}
/** The gate without which nothing is promoted. */
function promotes({ name, outcome }) {
    return name === "canary-promote" && outcome === "passed";
}
/** The rollback action did its work: the release was serving, and is no more. */
function takesBack({ name, outcome }) {
    return name === "rollback" && outcome === "passed";
}
function gatesOfJob(id, job) {
    const told = Object.keys(job.outputs)
        .filter((name) => name === "gate" || name.startsWith("gate-"))
        .flatMap((name) => gateOutput(id, job, name));
    // A gate that was skipped on purpose says nothing of why the job ended badly.
    const silent = !told.some(stops);
    if (job.result === "failure" && silent)
        return [...told, failedSilently(id, job, told)];
    if (job.result === "cancelled" && silent) {
        return [...told, { name: gateName(id), outcome: "failed", reason: `job ${id} was cancelled` }];
    }
    if (job.result === "success" && isApproval(id) && told.length === 0) {
        // That there are reviewers is the environment's setting, which nobody here has looked at.
        const reason = "the environment's protection rules let it through: its reviewers, if it has any";
        return [{ name: APPROVAL, outcome: "passed", reason }];
    }
    return told;
}
function gateOutput(id, job, name) {
    const text = (0,evidence_needs/* outputOf */.jH)(job, name);
    if (text === undefined)
        return [];
    const read = record/* Gate */.iD.safeParse((0,evidence_needs/* parseJson */.qF)(text));
    if (read.success)
        return [read.data];
    const gate = name === "gate" ? gateName(id) : name.slice("gate-".length);
    return [{ name: gate, outcome: "failed", reason: `output ${name} of job ${id} is no gate` }];
}
/** The gate at which a job stopped that does not say so itself. */
function failedSilently(id, job, told) {
    const name = firstUntold(job) ?? gateName(id);
    if (name === APPROVAL) {
        const reason = "the approval was refused, or nobody gave it in time";
        return { name, outcome: "failed", reason };
    }
    const last = told.findLast((gate) => gate.name !== "rollback");
    const after = last === undefined ? "" : ` after its gate ${last.name} had passed`;
    const reason = `job ${id} failed${after} and no gate says why; its log does`;
    return { name, outcome: "failed", reason };
}
/** Of the gates that a job has outputs for, the first that it put nothing into: it got no further. */
function firstUntold(job) {
    const untold = Object.keys(job.outputs)
        .filter((output) => output.startsWith("gate-") && (0,evidence_needs/* outputOf */.jH)(job, output) === undefined)
        .map((output) => output.slice("gate-".length))
        .map((name) => (name === "promote" ? "canary-promote" : name))
        .filter((name) => name !== "rollback");
    return untold.sort((a, b) => GATE_ORDER.indexOf(a) - GATE_ORDER.indexOf(b))[0];
}
function isApproval(id) {
    return APPROVAL_JOBS.has(id.toLowerCase());
}
function gateName(id) {
    return isApproval(id) ? APPROVAL : id;
}
function naming(gate, unreached) {
    if (gate === undefined)
        throw new RangeError("no gate to name the others in");
    return { ...gate, reason: `${gate.reason} (not reached: ${unreached.join(", ")})` };
}
function skippedByWorkflow(id) {
    return {
        name: gateName(id),
        outcome: "skipped",
        reason: `the workflow's condition skipped job ${id}`,
    };
}
/** A called workflow hands its gates on, so one may come twice. One about other bytes is another one, however alike. */
function withoutDoubles(gates) {
    return [...new Map(gates.map((gate) => [(0,canonical/* canonicalJson */.dj)(gate), gate])).values()];
}
function inOrder(gates) {
    let rank = -1;
    const ranked = gates.map((gate) => {
        const own = GATE_ORDER.indexOf(gate.name);
        if (own !== -1)
            rank = own;
        return { gate, rank };
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ gate }) => gate);
}

// EXTERNAL MODULE: ./lib/evidence/statement.js
var evidence_statement = __webpack_require__(7509);
;// CONCATENATED MODULE: ./lib/evidence/assemble.js






/** The record of one release, by what the jobs before left behind. */
function assembleRelease({ needs, version, commit, traffic }) {
    const candidate = (0,evidence_needs/* firstOutput */.GC)(needs, "candidate", evidence_candidate/* Candidate */.y);
    const rollout = (0,evidence_needs/* firstOutput */.GC)(needs, "rollout", record/* Rollout */.mp) ?? null;
    const found = gatesOf(needs);
    const { gates, statements } = recorded(found);
    const told = (0,evidence_needs/* firstOutput */.GC)(needs, "outcome", record/* ReleaseRecord */.fQ.shape.outcome);
    return {
        version: candidate?.version ?? version,
        commit: candidate?.commit ?? commit,
        digest: candidate?.artifacts[0]?.digest ?? (0,evidence_needs/* firstOutput */.GC)(needs, "digest", BUILT) ?? null,
        outcome: outcomeOf(found, rollout, told),
        gates,
        statements,
        rollout,
        traffic,
    };
}
/** Each gate with its statement by digest, and the statements themselves. */
function recorded(found) {
    const statements = {};
    const gates = found.map(({ statement, ...gate }) => {
        if (statement === undefined)
            return gate;
        const digest = (0,evidence_statement/* digestOfStatement */.h)(statement);
        statements[digest] = statement;
        return { ...gate, statement: digest };
    });
    return { gates, statements };
}
const BUILT = schemas/* string */.YjP().startsWith("sha256:");
/**
 * Promoted only when canary-promote passed, no gate stopped the release, and nobody took it back afterwards. Otherwise
 * what the rollout says for itself, and then the strongest word of the gates.
 */
function outcomeOf(gates, rollout, told) {
    const stopped = gates.filter(stops);
    if (gates.some(promotes) && gates.some(takesBack))
        return "rolled-back";
    if (stopped.length === 0)
        return gates.some(promotes) ? "promoted" : "failed";
    if (told !== undefined && told !== "promoted")
        return told;
    if (rollout?.steps.some(({ outcome }) => outcome === "rollback"))
        return "rolled-back";
    return stopped.every(({ outcome }) => outcome === "inconclusive") ? "inconclusive" : "failed";
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/evidence/timeline/marks.js
/** The moments of a release's rollout that its record tells: each new weight, and how it ended. */
function marksOf({ version, outcome, rollout }) {
    if (rollout === null)
        return [];
    const steps = rollout.steps.map(({ startedAt, weight }) => ({
        atMs: Date.parse(startedAt),
        version,
        kind: "step",
        label: `${version} at ${weight} %`,
    }));
    return [...steps, ...ending(version, outcome, rollout.steps)];
}
function ending(version, outcome, steps) {
    const endedAt = steps.at(-1)?.endedAt;
    if (!endedAt)
        return [];
    const { kind, words } = ENDINGS[outcome];
    return [{ atMs: Date.parse(endedAt), version, kind, label: `${version} ${words}` }];
}
const ENDINGS = {
    promoted: { kind: "promoted", words: "promoted" },
    "rolled-back": { kind: "reverted", words: "rolled back" },
    inconclusive: { kind: "undecided", words: "not decided" },
    failed: { kind: "reverted", words: "stopped" },
};

;// CONCATENATED MODULE: ./lib/evidence/timeline/timeline.js
const EMPTY_TIMELINE = { arms: [], evidence: [], marks: [] };
/** Several timelines on one axis; what two of them know of the same version becomes one line. */
function mergeTimelines(...timelines) {
    const arms = new Map();
    for (const { version, windows } of timelines.flatMap((timeline) => timeline.arms)) {
        arms.set(version, [...(arms.get(version) ?? []), ...windows]);
    }
    return {
        arms: [...arms].map(([version, windows]) => ({
            version,
            windows: windows.sort((a, b) => a.fromMs - b.fromMs),
        })),
        evidence: timelines.flatMap((timeline) => timeline.evidence),
        marks: timelines.flatMap((timeline) => timeline.marks).sort((a, b) => a.atMs - b.atMs),
    };
}
/** More points than this on one line are more than a screen has pixels for. */
const MAX_POINTS = 2_000;
/** The same timeline with at most `most` windows per line: neighbours become one, and nothing is lost of the sums. */
function thin(timeline, most = MAX_POINTS) {
    return {
        arms: timeline.arms.map(({ version, windows }) => ({
            version,
            windows: inRuns(windows, most).map(oneWindow),
        })),
        evidence: timeline.evidence.map((series) => ({
            ...series,
            points: inRuns(series.points, most).map(strongest),
        })),
        marks: timeline.marks.slice(0, most),
    };
}
function inRuns(items, most) {
    const size = Math.max(1, Math.ceil(items.length / most));
    const count = Math.ceil(items.length / size);
    return Array.from({ length: count }, (_, run) => items.slice(run * size, (run + 1) * size));
}
function oneWindow(run) {
    const [first, ...others] = run;
    if (first === undefined)
        throw new RangeError("a run has at least one window");
    return others.reduce((sum, window) => ({
        fromMs: sum.fromMs,
        toMs: window.toMs,
        weightPercent: window.weightPercent,
        requests: plus(sum.requests, window.requests),
        errors: plus(sum.errors, window.errors),
    }), first);
}
function plus(a, b) {
    if (a === null)
        return b;
    return b === null ? a : a + b;
}
/** The peak decides, so the peak stays. */
function strongest(run) {
    return run.reduce((peak, point) => (point.worse >= peak.worse ? point : peak));
}

;// CONCATENATED MODULE: ./lib/evidence/page/chart-data.js

/** What the charts need, in short rows; null when there is nothing to draw. */
function chartData(releases, full) {
    const timeline = thin(full);
    const bars = releases.map(rolloutBar).filter((bar) => bar.steps.length > 0);
    const moments = [
        ...timeline.arms.flatMap(({ windows }) => windows.flatMap(({ fromMs, toMs }) => [fromMs, toMs])),
        ...timeline.evidence.flatMap(({ points }) => points.map(({ atMs }) => atMs)),
        ...bars.flatMap(({ steps }) => [...steps.map(([from]) => from), ...steps.map(([, to]) => to)]),
    ].filter(Number.isFinite);
    if (moments.length === 0)
        return null;
    const startMs = moments.reduce((a, b) => Math.min(a, b));
    const endMs = moments.reduce((a, b) => Math.max(a, b));
    const since = (ms) => Math.round(ms - startMs);
    return {
        startMs,
        endMs,
        arms: timeline.arms.map(({ version, windows }) => ({
            version,
            windows: windows.map((w) => [
                since(w.fromMs),
                since(w.toMs),
                w.weightPercent,
                w.requests,
                w.errors,
            ]),
        })),
        evidence: timeline.evidence.map(({ version, threshold, points }) => ({
            version,
            threshold,
            points: points.map(({ atMs, worse }) => [since(atMs), Number(worse.toPrecision(4))]),
        })),
        marks: timeline.marks.map(({ atMs, version, kind, label }) => ({
            at: since(atMs),
            version,
            kind,
            label,
        })),
        rollouts: bars.map(({ version, outcome, steps }) => ({
            version,
            outcome,
            steps: steps.map(([from, to, weight, ended]) => [since(from), since(to), weight, ended]),
        })),
    };
}
/** Steps in milliseconds since 1970; a step that never ended lasts until the next, or no time. */
function rolloutBar({ version, outcome, rollout }) {
    const steps = rollout?.steps ?? [];
    return {
        version,
        outcome,
        steps: steps.map(({ startedAt, endedAt, weight, outcome: ended }, index) => {
            const from = Date.parse(startedAt);
            const to = Date.parse(endedAt ?? steps[index + 1]?.startedAt ?? startedAt);
            return [from, to, weight, ended];
        }),
    };
}

;// CONCATENATED MODULE: ./lib/evidence/page/generated/assets.js
// Generated from lib/evidence/page/client by `npm run generate`; do not edit.
const SCRIPT = "(() => {\n\"use strict\";\nfunction short(value ) {\nconst size = Math.abs(value);\nif (size >= 1e6) return value.toExponential(0).replace(\"e+\", \"e\");\nif (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;\nif (size > 0 && size < 0.01) return value.toExponential(0);\nreturn String(Number(value.toPrecision(3)));\n}\nfunction clock(ms , tenths = false) {\nreturn new Date(ms).toISOString().slice(11, tenths ? 21 : 19);\n}\nfunction span(ms ) {\nconst seconds = ms / 1e3;\nif (seconds < 100) return `${Number(seconds.toFixed(1))} s`;\nconst minutes = Math.floor(seconds / 60);\nif (minutes < 100) return `${minutes} min ${Math.round(seconds % 60)} s`;\nreturn `${Math.floor(minutes / 60)} h ${minutes % 60} min`;\n}\nfunction linear(from , to ) {\nconst [low, high] = from;\nconst width = high - low || 1;\nreturn (value) => to[0] + ((value - low) / width) * (to[1] - to[0]);\n}\nfunction logarithmic(from , to ) {\nconst inside = linear([Math.log10(from[0]), Math.log10(from[1])], to);\nreturn (value) => inside(Math.log10(Math.min(from[1], Math.max(from[0], value))));\n}\nfunction ticks(most , count ) {\nif (!(most > 0)) return [0, 1];\nconst rough = most / count;\nconst power = 10 ** Math.floor(Math.log10(rough));\nconst step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);\nconst steps = Math.ceil(most / step - 1e-9);\nreturn Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(6)));\n}\nconst TIME_STEPS_MS = [\n100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5, 216e5,\n864e5,\n];\nfunction timeTicks(range , originMs , count ) {\nconst rough = (range[1] - range[0]) / Math.max(1, count);\nconst step = TIME_STEPS_MS.find((one) => one >= rough) ?? Math.ceil(rough / 864e5) * 864e5;\nconst first = Math.ceil((range[0] + originMs) / step) * step - originMs;\nconst found = [];\nfor (let at = first; at <= range[1]; at += step) found.push(at);\nreturn found;\n}\nfunction meanOver(rangeMs , parts ) {\nconst rough = rangeMs / parts;\nconst round = [500, 1e3, 2e3, 3e3, 5e3, 1e4, 2e4, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5];\nreturn round.find((one) => one >= rough) ?? 36e5;\n}\nfunction requestRate(windows , spanMs ) {\nreturn trailing(windows, spanMs, ({ requests, ms }) => (ms > 0 ? (1e3 * requests) / ms : null));\n}\nfunction errorRate(windows , spanMs ) {\nreturn trailing(windows, spanMs, ({ requests, errors, ms }) =>\nrequests > 0 && ms >= spanMs / 3 ? (100 * errors) / requests : null,\n);\n}\nfunction trailing(\nwindows ,\nspanMs ,\nvalue ,\n) {\nconst points = [];\nconst sum = { requests: 0, errors: 0, ms: 0 };\nlet oldest = 0;\nwindows.forEach((window, index) => {\nconst before = windows[index - 1];\nif (before !== undefined && isHole(before, window)) {\npoints.push([before[1], null]);\nObject.assign(sum, { requests: 0, errors: 0, ms: 0 });\noldest = index;\n}\nadd(sum, window, 1);\nwhile (oldest < index && (windows[oldest]?.[1] ?? 0) <= window[1] - spanMs) {\nconst gone = windows[oldest];\nif (gone !== undefined) add(sum, gone, -1);\noldest += 1;\n}\npoints.push([window[1], window[3] === null ? null : value(sum)]);\n});\nreturn points;\n}\nfunction add(sum , [from, to, , requests, errors] , sign ) {\nif (requests === null) return;\nsum.requests += sign * requests;\nsum.errors += sign * (errors ?? 0);\nsum.ms += sign * (to - from);\n}\nfunction isHole(before , after ) {\nreturn after[0] - before[1] > Math.max(50, (before[1] - before[0]) / 2);\n}\nfunction windowAt(windows , at ) {\nconst index = firstAtLeast(windows, at, (window) => window[1]);\nconst found = windows[index];\nreturn found !== undefined && found[0] <= at ? found : undefined;\n}\nfunction pointBefore (\npoints ,\nat ,\n) {\nconst index = firstAtLeast(points, at, (point) => point[0]);\nconst exact = points[index];\nreturn exact !== undefined && exact[0] === at ? exact : points[index - 1];\n}\nfunction pointFrom (\npoints ,\nat ,\n) {\nreturn points[firstAtLeast(points, at, (point) => point[0])];\n}\nfunction firstAtLeast (items , at , key ) {\nlet low = 0;\nlet high = items.length;\nwhile (low < high) {\nconst middle = (low + high) >> 1;\nconst item = items[middle];\nif (item !== undefined && key(item) < at) low = middle + 1;\nelse high = middle;\n}\nreturn low;\n}\nconst LEAST_RANGE_MS = 500;\nfunction whole({ startMs, endMs } ) {\nconst length = Math.max(LEAST_RANGE_MS, endMs - startMs);\nreturn [-0.01 * length, 1.01 * length];\n}\nfunction kept(range , data ) {\nconst [first, last] = whole(data);\nconst length = Math.min(last - first, Math.max(LEAST_RANGE_MS, range[1] - range[0]));\nconst middle = (range[0] + range[1]) / 2;\nconst from = Math.min(last - length, Math.max(first, middle - length / 2));\nreturn [from, from + length];\n}\nfunction zoomed(range , factor , around ) {\nreturn [around - (around - range[0]) * factor, around + (range[1] - around) * factor];\n}\nfunction moved(range , byMs ) {\nreturn [range[0] + byMs, range[1] + byMs];\n}\nconst SVG = \"http://www.w3.org/2000/svg\";\nfunction draw(parent , tag , attributes , text = \"\") {\nconst element = document.createElementNS(SVG, tag);\nfor (const [name, value] of Object.entries(attributes)) {\nelement.setAttribute(\nname,\ntypeof value === \"number\" ? String(Math.round(value * 10) / 10) : value,\n);\n}\nif (text !== \"\") element.textContent = text;\nparent.append(element);\nreturn element;\n}\nfunction put(parent , tag , className , text = \"\") {\nconst element = document.createElement(tag);\nif (className !== \"\") element.className = className;\nif (text !== \"\") element.textContent = text;\nparent.append(element);\nreturn element;\n}\nfunction linePath(points ) {\nlet pen = \"M\";\nlet path = \"\";\nfor (const [x, y] of points) {\nif (y === null) {\npen = \"M\";\ncontinue;\n}\npath += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;\npen = \"L\";\n}\nreturn path;\n}\nconst LANE_HEIGHT = 22;\nconst TITLE_HEIGHT = 30;\nfunction layoutFor(width , data , range ) {\nconst left = width < 560 ? 40 : 52;\nconst right = width - 8;\nconst laneTop = 4;\nlet y = laneTop + LANE_HEIGHT * data.rollouts.length;\nconst band = (height ) => {\nconst top = y + TITLE_HEIGHT;\nconst placed = { titleY: top - 10, top, bottom: top + height };\ny = placed.bottom;\nreturn placed;\n};\nconst panels = { share: band(84), requests: band(104), errors: band(104), evidence: band(128) };\nconst axisY = y;\nconst overview = { titleY: axisY, top: axisY + 34, bottom: axisY + 66 };\nreturn {\nwidth,\nheight: overview.bottom + 6,\nleft,\nright,\nlaneTop,\nlaneHeight: LANE_HEIGHT,\npanels,\naxisY,\noverview,\nx: linear(range, [left, right]),\n};\n}\nfunction momentAt(layout , range , pixel ) {\nconst share = (pixel - layout.left) / (layout.right - layout.left);\nreturn range[0] + Math.min(1, Math.max(0, share)) * (range[1] - range[0]);\n}\nfunction versionClass(data , version ) {\nconst index = data.arms.findIndex((arm) => arm.version === version);\nreturn `v${Math.max(0, index) % 6}`;\n}\nfunction drawShare({ root, data, layout, range } ) {\nconst band = layout.panels.share;\nconst y = linear([0, 100], [band.bottom, band.top]);\nframe(root, layout, band, \"Share of traffic\", [0, 50, 100], y, (value) => `${value} %`);\nfor (const { version, windows } of data.arms) {\nconst area = draw(root, \"g\", { class: `area ${versionClass(data, version)}` });\nfor (const run of runsOfWeight(windows, range)) {\nconst floor = stackFloor(data, version, run);\nconst top = y(Math.min(100, floor + run.weight));\ndraw(area, \"rect\", {\nx: layout.x(run.from),\ny: top,\nwidth: Math.max(0.5, layout.x(run.to) - layout.x(run.from)),\nheight: Math.max(0, y(floor) - top),\n});\nnameInside(area, layout, run, version, (top + y(floor)) / 2, y(floor) - top);\n}\n}\n}\nfunction runsOfWeight(windows , range ) {\nconst runs = [];\nlet before ;\nfor (const window of windows) {\nconst [from, to, weight] = window;\nconst last = runs.at(-1);\nconst joins = before !== undefined && !isHole(before, window) && last?.weight === weight;\nif (joins && last) last.to = to;\nelse runs.push({ from: before && !isHole(before, window) ? before[1] : from, to, weight });\nbefore = window;\n}\nreturn runs\n.map((run) => ({ ...run, from: Math.max(run.from, range[0]), to: Math.min(run.to, range[1]) }))\n.filter(({ from, to, weight }) => to > from && weight > 0);\n}\nfunction stackFloor(data , version , run ) {\nconst middle = (run.from + run.to) / 2;\nlet floor = 0;\nfor (const arm of data.arms) {\nif (arm.version === version) return floor;\nfloor += arm.windows.find(([from, to]) => from <= middle && middle < to)?.[2] ?? 0;\n}\nreturn floor;\n}\nfunction nameInside(\nparent ,\nlayout ,\nrun ,\nversion ,\ny ,\nheight ,\n) {\nconst width = layout.x(run.to) - layout.x(run.from);\nconst label = width > 100 ? `${version} · ${short(run.weight)} %` : version;\nif (height < 15 || width < 8 * label.length) return;\ndraw(\nparent,\n\"text\",\n{ x: (layout.x(run.from) + layout.x(run.to)) / 2, y: y + 4, class: \"inside\" },\nlabel,\n);\n}\nfunction drawRequests(drawing ) {\nconst { root, data, layout, range } = drawing;\nconst band = layout.panels.requests;\nconst over = meanOver(range[1] - range[0], 90);\nconst lines = data.arms.map(({ version, windows }) => ({\nversion,\npoints: requestRate(windows, over),\n}));\nconst marks = ticks(greatest(lines, range), 3);\nconst y = linear([0, marks.at(-1) ?? 1], [band.bottom, band.top]);\nframe(root, layout, band, `Requests per second (mean of ${span(over)})`, marks, y, short);\ndrawLines(drawing, lines, y);\n}\nfunction drawErrors(drawing ) {\nconst { root, data, layout, range } = drawing;\nconst band = layout.panels.errors;\nconst over = meanOver(range[1] - range[0], 24);\nconst lines = data.arms.map(({ version, windows }) => ({\nversion,\npoints: errorRate(windows, over),\n}));\nconst marks = ticks(Math.max(0.1, greatest(lines, range)), 3);\nconst y = linear([0, marks.at(-1) ?? 1], [band.bottom, band.top]);\nconst detail = layout.width < 560 ? \"\" : \"; bars: each window's\";\nconst title = `Requests that failed (mean of ${span(over)}${detail})`;\nframe(root, layout, band, title, marks, y, (value) => `${short(value)} %`);\ndrawFailures(drawing, band);\ndrawLines(drawing, lines, y);\n}\nfunction drawFailures({ root, data, layout, range } , band ) {\nfor (const { version, windows } of data.arms) {\nconst bars = draw(root, \"g\", { class: `failures ${versionClass(data, version)}` });\nfor (const [from, to, , , errors] of windows) {\nif (!errors || to < range[0] || from > range[1]) continue;\nconst height = Math.min(30, 4 + 3 * errors);\nconst width = Math.max(1.5, Math.min(5, layout.x(to) - layout.x(from) - 1));\ndraw(bars, \"rect\", {\nx: layout.x((from + to) / 2) - width / 2,\ny: band.bottom - height,\nwidth,\nheight,\n});\n}\n}\n}\nfunction drawEvidence(drawing ) {\nconst { root, data, layout, range } = drawing;\nconst band = layout.panels.evidence;\nconst threshold = Math.max(...data.evidence.map((series) => series.threshold), 1);\nconst most = 10 ** Math.ceil(Math.log10(threshold) + 1);\nconst y = logarithmic([0.01, most], [band.bottom, band.top]);\nconst title =\nlayout.width < 560\n? \"Evidence of being worse\"\n: \"Evidence that the candidate is worse (log scale)\";\nframe(root, layout, band, title, [0.01, 1, threshold], y, short);\nconst x = { x: layout.left, width: layout.right - layout.left };\ndraw(root, \"rect\", { ...x, y: band.top, height: y(threshold) - band.top, class: \"beyond\" });\ndraw(root, \"line\", {\nx1: layout.left,\nx2: layout.right,\ny1: y(threshold),\ny2: y(threshold),\nclass: \"limit\",\n});\ndraw(\nroot,\n\"text\",\n{ x: layout.left + 6, y: y(threshold) - 6, class: \"limit-name\" },\n`rolled back at ${short(threshold)}`,\n);\nconst lines = data.evidence.map(({ version, points }) => ({\nversion,\npoints: points ,\n}));\ndrawLines(drawing, lines, y);\nfor (const { version, points, threshold: own } of data.evidence) {\nconst decision = points.find(([, worse]) => worse >= own);\nif (!decision || decision[0] < range[0] || decision[0] > range[1]) continue;\nconst at = { cx: layout.x(decision[0]), cy: y(decision[1]) };\nconst group = draw(root, \"g\", { class: `decision ${versionClass(data, version)}` });\ndraw(group, \"circle\", { ...at, r: 9, class: \"halo\" });\ndraw(group, \"circle\", { ...at, r: 4.5, class: \"dot\" });\nconst side = at.cx > (layout.left + layout.right) / 2 ? -1 : 1;\ndraw(\ngroup,\n\"text\",\n{\nx: at.cx + 14 * side,\ny: side < 0 ? Math.max(band.top + 11, at.cy - 9) : at.cy + 18,\nclass: side < 0 ? \"before\" : \"after\",\n},\nlayout.width < 560 ? `${version}: worse` : `${version} decided: worse`,\n);\n}\n}\nfunction drawLines({ root, data, layout, range } , lines , y ) {\nconst group = draw(root, \"g\", { \"clip-path\": \"url(#plot)\" });\nfor (const { version, points } of lines) {\nconst places = inSight(points, range).map(([at, value]) => [\nlayout.x(at),\nvalue === null ? null : y(value),\n]);\ndraw(group, \"path\", { d: linePath(places), class: `line ${versionClass(data, version)}` });\n}\n}\nfunction inSight(points , range ) {\nconst first = points.findIndex(([at]) => at >= range[0]);\nif (first === -1) return [];\nconst after = points.findIndex(([at]) => at > range[1]);\nreturn points.slice(Math.max(0, first - 1), after === -1 ? undefined : after + 1);\n}\nfunction greatest(lines , range ) {\nconst values = lines.flatMap(({ points }) =>\ninSight(points, range).map(([, value]) => value ?? 0),\n);\nreturn values.reduce((most, value) => Math.max(most, value), 0);\n}\nfunction frame(\nroot ,\nlayout ,\nband ,\ntitle ,\nvalues ,\ny ,\nwords ,\n) {\ndraw(root, \"text\", { x: layout.left, y: band.titleY, class: \"title\" }, title);\nfor (const value of values) {\nconst at = y(value);\ndraw(root, \"line\", { x1: layout.left, x2: layout.right, y1: at, y2: at, class: \"grid\" });\ndraw(root, \"text\", { x: layout.left - 6, y: at + 4, class: \"tick-y\" }, words(value));\n}\n}\nconst END_SIGNS = {\npromoted: \"✓ promoted\",\n\"rolled-back\": \"↩ rolled back\",\ninconclusive: \"? not decided\",\nfailed: \"✕ stopped\",\n};\nfunction defineClip(svg , { left, right, height } ) {\nconst clip = draw(draw(svg, \"defs\", {}), \"clipPath\", { id: \"plot\" });\ndraw(clip, \"rect\", { x: left, y: 0, width: right - left, height });\n}\nfunction drawLanes({ root, data, layout, range } ) {\ndata.rollouts.forEach(({ version, outcome, steps }, row) => {\nconst y = layout.laneTop + row * layout.laneHeight;\nconst lane = draw(root, \"g\", { class: `lane ${versionClass(data, version)}` });\nconst [first, last] = [steps[0], steps.at(-1)];\nif (!first || !last || last[1] < range[0] || first[0] > range[1]) return;\nfor (const [from, to, weight] of steps) drawStep(lane, layout, range, y, from, to, weight);\nconst end = Math.min(layout.right, layout.x(last[1]));\nconst begin = Math.max(layout.left, layout.x(first[0]));\nconst words = `${version} ${END_SIGNS[outcome] ?? outcome}`;\nconst lastWidth = end - Math.max(layout.left, layout.x(last[0]));\nnameEnding(lane, layout, y + 15, words, { begin, end, lastWidth });\n});\n}\nfunction nameEnding(\nlane ,\nlayout ,\ny ,\nwords ,\n{ begin, end, lastWidth } ,\n) {\nconst width = 7.4 * words.length + 8;\nif (layout.right - end > width) draw(lane, \"text\", { x: end + 8, y, class: \"ending\" }, words);\nelse if (begin - layout.left > width) {\ndraw(lane, \"text\", { x: begin - 8, y, class: \"ending before\" }, words);\n} else if (lastWidth > 2.6 * width) {\ndraw(lane, \"text\", { x: end - 8, y, class: \"ending before within\" }, words);\n} else if (layout.right - end > 20) {\ndraw(lane, \"text\", { x: end + 6, y, class: \"ending\" }, words.split(\" \")[1] ?? \"\");\n}\n}\nfunction drawStep(\nlane ,\nlayout ,\nrange ,\ny ,\nfrom ,\nto ,\nweight ,\n) {\nconst left = layout.x(Math.max(from, range[0]));\nconst width = layout.x(Math.min(to, range[1])) - left;\nif (width <= 0) return;\ndraw(lane, \"rect\", {\nx: left,\ny: y + 3,\nwidth: Math.max(1, width - 1),\nheight: layout.laneHeight - 6,\nrx: 3,\nclass: \"step\",\n});\nconst label = width > 38 ? `${short(weight)} %` : short(weight);\nif (width > 8 * label.length) {\ndraw(lane, \"text\", { x: left + width / 2, y: y + 15, class: \"inside\" }, label);\n}\n}\nfunction drawMarks({ root, data, layout, range } ) {\nconst { share, evidence } = layout.panels;\nfor (const { at, kind, version } of data.marks) {\nif (at < range[0] || at > range[1]) continue;\nconst x = layout.x(at);\nconst attributes = { x1: x, x2: x, y1: share.top, y2: evidence.bottom };\ndraw(root, \"line\", { ...attributes, class: `mark ${kind} ${versionClass(data, version)}` });\n}\n}\nfunction drawAxis({ root, data, layout, range } ) {\nconst room = Math.max(2, Math.floor((layout.right - layout.left) / 75));\nconst found = timeTicks(range, data.startMs, room);\nconst close = (found[1] ?? 1e9) - (found[0] ?? 0) < 1e3;\nfor (const at of found) {\nconst x = layout.x(at);\ndraw(root, \"line\", { x1: x, x2: x, y1: layout.axisY, y2: layout.axisY + 5, class: \"tick\" });\nconst anchor = x > layout.right - 26 ? \"end\" : \"middle\";\ndraw(\nroot,\n\"text\",\n{ x: anchor === \"end\" ? layout.right : x, y: layout.axisY + 18, class: `tick-x ${anchor}` },\nclock(data.startMs + at, close),\n);\n}\n}\nfunction drawOverview({ root, data, layout, range } , all ) {\nconst { top, bottom } = layout.overview;\nconst x = linear(all, [layout.left, layout.right]);\nconst height = bottom - top;\nconst group = draw(root, \"g\", { class: \"overview\" });\ndraw(group, \"rect\", {\nx: layout.left,\ny: top,\nwidth: layout.right - layout.left,\nheight,\nclass: \"ground\",\nrx: 4,\n});\nconst rows = Math.max(1, data.rollouts.length);\ndata.rollouts.forEach(({ version, steps }, row) => {\nconst lane = draw(group, \"g\", { class: `lane ${versionClass(data, version)}` });\nfor (const [from, to] of steps) {\nconst rowHeight = (height - 8) / rows;\ndraw(lane, \"rect\", {\nx: x(from),\ny: top + 4 + row * rowHeight,\nwidth: Math.max(1, x(to) - x(from)),\nheight: Math.max(2, rowHeight - 2),\nclass: \"step\",\n});\n}\n});\nconst [from, to] = [x(range[0]), x(range[1])];\ndraw(group, \"rect\", {\nx: layout.left,\ny: top,\nwidth: Math.max(0, from - layout.left),\nheight,\nclass: \"away\",\n});\ndraw(group, \"rect\", {\nx: to,\ny: top,\nwidth: Math.max(0, layout.right - to),\nheight,\nclass: \"away\",\n});\ndraw(group, \"rect\", {\nx: from,\ny: top,\nwidth: Math.max(2, to - from),\nheight,\nclass: \"window\",\nrx: 4,\n});\nfor (const edge of [from, to]) {\ndraw(group, \"rect\", {\nx: edge - 2.5,\ny: top + 7,\nwidth: 5,\nheight: height - 14,\nclass: \"grip\",\nrx: 2.5,\n});\n}\n}\nfunction readAt(data , at , nearMs ) {\nconst rows = data.arms.flatMap(({ version, windows }) => {\nconst window = windowAt(windows, at);\nif (!window) return [];\nconst [from, to, weight, requests, errors] = window;\nif (weight === 0 && !requests) return [];\nconst rate = requests === null ? \"not read\" : `${short((1e3 * requests) / (to - from))}/s`;\nconst failed = requests === null ? \"\" : `${errors ?? 0} of ${requests} failed`;\nreturn [{ version, share: `${short(weight)} %`, rate, failed }];\n});\nconst evidence = data.evidence.flatMap(({ version, threshold, points }) => {\nconst [first, last] = [points[0], points.at(-1)];\nif (!first || !last || at < first[0] || at > last[0] + nearMs) return [];\nconst point = pointBefore(points, at);\nif (!point) return [];\nreturn [`evidence against ${version}: ${short(point[1])} of ${short(threshold)}`];\n});\nconst near = data.marks\n.filter((mark) => Math.abs(mark.at - at) <= nearMs)\n.map((mark) => mark.label);\nconst when = `${clock(data.startMs + at, true)} UTC · ${span(at)} after the start`;\nreturn { when, rows, evidence, near };\n}\nfunction fillTooltip(tooltip , data , readout ) {\ntooltip.replaceChildren();\nput(tooltip, \"div\", \"when\", readout.when);\nfor (const label of readout.near) put(tooltip, \"div\", \"near\", label);\nconst table = put(tooltip, \"table\", \"\");\nfor (const { version, share, rate, failed } of readout.rows) {\nconst row = put(table, \"tr\", \"\");\nconst name = put(row, \"th\", \"\");\nput(name, \"span\", `swatch ${versionClass(data, version)}`);\nname.append(version);\nfor (const text of [share, rate, failed]) put(row, \"td\", \"\", text);\n}\nif (readout.rows.length === 0) put(tooltip, \"div\", \"quiet\", \"no counters were read here\");\nfor (const line of readout.evidence) put(tooltip, \"div\", \"\", line);\n}\nfunction spoken({ when, rows, evidence, near } ) {\nconst arms = rows.map(\n({ version, share, rate, failed }) => `${version}: ${share}, ${rate}, ${failed}`,\n);\nreturn [when, ...near, ...arms, ...evidence].join(\". \");\n}\nfunction placeTooltip(tooltip , layout , x ) {\nconst width = tooltip.offsetWidth;\nconst right = x + 16 + width <= layout.width;\nconst left = right ? x + 16 : x - 16 - width;\ntooltip.style.setProperty(\"left\", `${Math.max(0, Math.min(layout.width - width, left))}px`);\ntooltip.style.setProperty(\"top\", `${layout.panels.share.top + 6}px`);\n}\nfunction listen(charts ) {\nconst { box } = charts;\nbox.addEventListener(\"pointermove\", (event) => hover(charts, event));\nbox.addEventListener(\"pointerleave\", () => leave(charts));\nbox.addEventListener(\"pointerdown\", (event) => press(charts, event));\nbox.addEventListener(\"dblclick\", () => show(charts, whole(charts.data)));\nbox.addEventListener(\"wheel\", (event) => wheel(charts, event), { passive: false });\nbox.addEventListener(\"keydown\", (event) => {\nif (key(charts, event)) event.preventDefault();\n});\nbox.addEventListener(\"blur\", () => leave(charts));\nfor (const button of document.querySelectorAll (\"button[data-zoom]\")) {\nbutton.addEventListener(\"click\", () => choose(charts, button.dataset.zoom ?? \"\"));\n}\n}\nfunction pixelOf(charts , event ) {\nconst { left, top } = charts.svg.getBoundingClientRect();\nreturn [event.clientX - left, event.clientY - top];\n}\nfunction hover(charts , event ) {\nif (charts.box.hasPointerCapture(event.pointerId)) return;\nconst [x] = pixelOf(charts, event);\ncharts.view.cursor = momentAt(charts.layout, charts.view.range, x);\npoint(charts);\n}\nfunction leave(charts ) {\ncharts.view.cursor = null;\npoint(charts);\n}\nfunction press(charts , event ) {\nif (event.button !== 0) return;\nconst [x, y] = pixelOf(charts, event);\nif (y >= charts.layout.overview.top - 4) dragOverview(charts, event, x);\nelse if (event.pointerType === \"mouse\") select(charts, event, x);\n}\nfunction select(charts , event , x ) {\nconst { view } = charts;\nconst from = momentAt(charts.layout, view.range, x);\nconst end = (upX ) => {\nview.selecting = null;\nconst to = momentAt(charts.layout, view.range, upX);\nif (Math.abs(upX - x) < 6) point(charts);\nelse show(charts, from < to ? [from, to] : [to, from]);\n};\ndrag(charts, event, {\nmove(atX) {\nview.cursor = momentAt(charts.layout, view.range, atX);\nview.selecting = [from, view.cursor];\npoint(charts);\n},\nend,\n});\n}\nfunction dragOverview(charts , event , x ) {\nconst all = whole(charts.data);\nconst begun = charts.view.range;\nconst pixelMs = (all[1] - all[0]) / (charts.layout.right - charts.layout.left);\nconst edges = begun.map((at) => overviewX(charts.layout, all, at)) ;\nconst edge = edges.findIndex((at) => Math.abs(at - x) < 8);\nconst isWhole = begun[0] <= all[0] && begun[1] >= all[1];\nconst jump = x < edges[0] - 8 || x > edges[1] + 8;\nconst base = jump ? moved(begun, (x - (edges[0] + edges[1]) / 2) * pixelMs) : begun;\nif (jump) show(charts, base);\ndrag(charts, event, {\nmove(atX) {\nconst byMs = (atX - x) * pixelMs;\nif (edge === 0) show(charts, [Math.min(begun[0] + byMs, begun[1] - 500), begun[1]]);\nelse if (edge === 1) show(charts, [begun[0], Math.max(begun[1] + byMs, begun[0] + 500)]);\nelse if (!isWhole) show(charts, moved(base, byMs));\n},\nend() {},\n});\n}\nfunction overviewX(layout , all , at ) {\nconst share = (at - all[0]) / (all[1] - all[0]);\nreturn layout.left + share * (layout.right - layout.left);\n}\nfunction drag(charts , event , { move, end } ) {\nconst { box } = charts;\nbox.setPointerCapture(event.pointerId);\nconst moving = (next ) => move(pixelOf(charts, next)[0]);\nconst ended = (last ) => {\nbox.removeEventListener(\"pointermove\", moving);\nbox.removeEventListener(\"pointerup\", ended);\nbox.removeEventListener(\"pointercancel\", ended);\nend(pixelOf(charts, last)[0]);\n};\nbox.addEventListener(\"pointermove\", moving);\nbox.addEventListener(\"pointerup\", ended);\nbox.addEventListener(\"pointercancel\", ended);\n}\nfunction wheel(charts , event ) {\nif (!event.ctrlKey && !event.metaKey) return;\nevent.preventDefault();\nconst [x] = pixelOf(charts, event);\nconst around = momentAt(charts.layout, charts.view.range, x);\nshow(charts, zoomed(charts.view.range, event.deltaY > 0 ? 1.25 : 0.8, around));\n}\nfunction key(charts , event ) {\nconst { view, data } = charts;\nconst length = view.range[1] - view.range[0];\nconst middle = view.cursor ?? (view.range[0] + view.range[1]) / 2;\nswitch (event.key) {\ncase \"ArrowLeft\":\ncase \"ArrowRight\": {\nconst sign = event.key === \"ArrowLeft\" ? -1 : 1;\nwalk(charts, middle + (sign * length) / (event.shiftKey ? 10 : 120));\nreturn true;\n}\ncase \"Home\":\nwalk(charts, 0);\nreturn true;\ncase \"End\":\nwalk(charts, data.endMs - data.startMs);\nreturn true;\ncase \"+\":\ncase \"=\":\ncase \"-\":\nshow(charts, zoomed(view.range, event.key === \"-\" ? 1.5 : 2 / 3, middle));\nreturn true;\ncase \"0\":\ncase \"Escape\":\nview.cursor = null;\nshow(charts, whole(data));\nreturn true;\ndefault:\nreturn false;\n}\n}\nfunction walk(charts , to ) {\nconst { view, data } = charts;\nview.cursor = Math.min(data.endMs - data.startMs, Math.max(0, to));\nconst [from, end] = view.range;\nconst length = end - from;\nif (view.cursor < from) show(charts, [view.cursor, view.cursor + length]);\nelse if (view.cursor > end) show(charts, [view.cursor - length, view.cursor]);\nelse point(charts);\n}\nfunction choose(charts , what ) {\nshow(charts, chosen(charts, what));\n}\nfunction chosen({ view, data } , what ) {\nconst middle = (view.range[0] + view.range[1]) / 2;\nif (what === \"in\") return zoomed(view.range, 0.5, middle);\nif (what === \"out\") return zoomed(view.range, 2, middle);\nconst steps = data.rollouts[Number(what)]?.steps ?? [];\nconst [first, last] = [steps[0], steps.at(-1)];\nif (!first || !last) return whole(data);\nconst margin = Math.max(500, 0.08 * (last[1] - first[0]));\nreturn [first[0] - margin, last[1] + margin];\n}\nfunction show(charts , range ) {\nconst { view } = charts;\nview.range = kept(range, charts.data);\nconst isInSight =\nview.cursor !== null && view.cursor >= view.range[0] && view.cursor <= view.range[1];\nif (!isInSight) view.cursor = null;\nredraw(charts);\n}\nfunction redraw(charts ) {\nconst { data, view, svg, box } = charts;\ncharts.layout = layoutFor(Math.max(300, box.clientWidth), data, view.range);\nconst { layout } = charts;\nsvg.setAttribute(\"viewBox\", `0 0 ${layout.width} ${layout.height}`);\nsvg.setAttribute(\"height\", String(layout.height));\nsvg.replaceChildren();\ndefineClip(svg, layout);\nconst drawing = { root: draw(svg, \"g\", {}), data, layout, range: view.range };\ndrawLanes(drawing);\ndrawShare(drawing);\ndrawRequests(drawing);\ndrawErrors(drawing);\ndrawEvidence(drawing);\ndrawMarks(drawing);\ndrawAxis(drawing);\ndrawOverview(drawing, whole(data));\ncharts.above = draw(svg, \"g\", {});\npoint(charts);\n}\nfunction point(charts ) {\nconst { above, layout, view, tooltip, data, voice } = charts;\nabove.replaceChildren();\nconst { share, evidence } = layout.panels;\nif (view.selecting) {\nconst [from, to] = view.selecting.map(layout.x) ;\nconst attributes = { x: Math.min(from, to), width: Math.abs(to - from), y: share.top };\ndraw(above, \"rect\", { ...attributes, height: evidence.bottom - share.top, class: \"selection\" });\n}\ntooltip.hidden = view.cursor === null;\nif (view.cursor === null) return;\nconst x = layout.x(view.cursor);\ndraw(above, \"line\", { x1: x, x2: x, y1: layout.laneTop, y2: layout.axisY, class: \"crosshair\" });\nconst nearMs = (7 / (layout.right - layout.left)) * (view.range[1] - view.range[0]);\nconst readout = readAt(data, view.cursor, nearMs);\nfillTooltip(tooltip, data, readout);\nplaceTooltip(tooltip, layout, x);\nif (document.activeElement === charts.box) voice.textContent = spoken(readout);\n}\nfunction start() {\nconst block = document.getElementById(\"chart-data\");\nconst box = document.getElementById(\"charts\");\nconst svg = box?.querySelector(\"svg\");\nconst tooltip = document.getElementById(\"tooltip\");\nconst voice = document.getElementById(\"voice\");\nif (!block?.textContent || !box || !svg || !tooltip || !voice) return;\nconst data = JSON.parse(block.textContent) ;\nconst view = { range: whole(data), cursor: null, selecting: null };\nconst layout = layoutFor(300, data, view.range);\nconst charts = { data, view, box, svg, tooltip, voice, layout, above: svg };\nnew ResizeObserver(() => redraw(charts)).observe(box);\nlisten(charts);\nredraw(charts);\n}\nstart();\n})();";
const STYLE = ":root {\ncolor-scheme: light dark;\n--ground: #f5f6f8;\n--surface: #ffffff;\n--sunken: #eef0f3;\n--ink: #16191d;\n--quiet: #566070;\n--rule: #dfe3e8;\n--focus: #0b63ce;\n--good: #00684c;\n--good-ground: #e2f3ec;\n--bad: #b3261e;\n--bad-ground: #fceae8;\n--open: #7a5600;\n--open-ground: #fbf0d5;\n--v0: #0069a8;\n--v1: #c26a00;\n--v2: #b0307f;\n--v3: #00785a;\n--v4: #5b4bc4;\n--v5: #6b7280;\n}\n@media screen and (prefers-color-scheme: dark) {\n:root {\n--ground: #0f1216;\n--surface: #171b21;\n--sunken: #1f252d;\n--ink: #e8ebef;\n--quiet: #9aa5b4;\n--rule: #2b323c;\n--focus: #6cb2ff;\n--good: #4fd0a5;\n--good-ground: #10302a;\n--bad: #ff8a80;\n--bad-ground: #3b1917;\n--open: #f2c14e;\n--open-ground: #35290d;\n--v0: #58b4f5;\n--v1: #f0a03c;\n--v2: #f284c4;\n--v3: #45cfa4;\n--v4: #a99cff;\n--v5: #a3acb9;\n}\n}\n* {\nbox-sizing: border-box;\n}\nbody {\nmargin: 0;\nbackground: var(--ground);\ncolor: var(--ink);\nfont:\n15px / 1.5 system-ui,\n-apple-system,\n\"Segoe UI\",\nRoboto,\n\"Helvetica Neue\",\n\"Liberation Sans\",\nsans-serif;\nfont-variant-numeric: tabular-nums;\n-webkit-text-size-adjust: 100%;\n}\nmain,\n.top {\nmax-width: 1180px;\nmargin: 0 auto;\npadding: 0 24px;\n}\n.top {\npadding-top: 28px;\n}\nh1 {\nfont-size: 24px;\nline-height: 1.25;\nmargin: 0 0 2px;\nletter-spacing: -0.01em;\n}\nh2 {\nfont-size: 17px;\nmargin: 36px 0 12px;\n}\nh3 {\nfont-size: 13px;\nmargin: 24px 0 8px;\ncolor: var(--quiet);\nfont-weight: 600;\n}\np {\nmargin: 0;\n}\n.lede {\ncolor: var(--quiet);\n}\ncode,\npre {\nfont-family: ui-monospace, \"SF Mono\", \"Cascadia Mono\", Menlo, \"DejaVu Sans Mono\", monospace;\nfont-size: 0.87em;\n}\na {\ncolor: inherit;\n}\n:focus-visible {\noutline: 2px solid var(--focus);\noutline-offset: 2px;\n}\n.cards {\ndisplay: grid;\ngrid-template-columns: repeat(auto-fit, minmax(280px, 1fr));\ngap: 16px;\nmargin: 20px 0 0;\npadding: 0;\nlist-style: none;\n}\n.card,\n.sheet {\nbackground: var(--surface);\nborder: 1px solid var(--rule);\nborder-radius: 12px;\n}\n.card {\npadding: 16px 18px;\ndisplay: flex;\nflex-direction: column;\ngap: 10px;\n}\n.card .line {\ndisplay: flex;\nalign-items: center;\njustify-content: space-between;\ngap: 12px;\nflex-wrap: wrap;\n}\n.card .version {\nfont-size: 22px;\nfont-weight: 650;\nletter-spacing: -0.01em;\ntext-decoration: none;\noverflow-wrap: anywhere;\n}\n.card a.version:hover {\ntext-decoration: underline;\n}\n.why {\noverflow-wrap: anywhere;\ndisplay: -webkit-box;\n-webkit-box-orient: vertical;\n-webkit-line-clamp: 4;\noverflow: hidden;\n}\n.facts {\ndisplay: grid;\ngrid-template-columns: repeat(4, auto);\njustify-content: space-between;\ngap: 8px 12px;\nmargin: auto 0 0;\npadding-top: 12px;\nborder-top: 1px solid var(--rule);\n}\n.facts div {\ndisplay: flex;\nflex-direction: column-reverse;\njustify-content: flex-end;\n}\n.facts dt {\ncolor: var(--quiet);\nfont-size: 12px;\n}\n.facts dd {\nmargin: 0;\nfont-size: 18px;\nfont-weight: 600;\n}\n.facts .loud {\ncolor: var(--bad);\n}\n.badge {\ndisplay: inline-flex;\nalign-items: center;\ngap: 6px;\npadding: 2px 10px 2px 8px;\nborder-radius: 99px;\nfont-size: 13px;\nfont-weight: 600;\nwhite-space: nowrap;\nbackground: var(--sunken);\ncolor: var(--quiet);\n}\n.badge.good {\nbackground: var(--good-ground);\ncolor: var(--good);\n}\n.badge.bad {\nbackground: var(--bad-ground);\ncolor: var(--bad);\n}\n.badge.open {\nbackground: var(--open-ground);\ncolor: var(--open);\n}\n.sheet {\npadding: 16px 18px;\n}\n.bar {\ndisplay: flex;\nflex-wrap: wrap;\ngap: 10px 14px;\nalign-items: center;\njustify-content: space-between;\nmargin-bottom: 10px;\n}\n.legend,\n.zooms {\ndisplay: flex;\nflex-wrap: wrap;\ngap: 6px 16px;\nmargin: 0;\npadding: 0;\nlist-style: none;\n}\n.zooms {\ngap: 6px;\n}\n.legend li {\ndisplay: inline-flex;\nalign-items: center;\ngap: 7px;\n}\nbutton {\nfont: inherit;\nfont-size: 13px;\ncolor: var(--ink);\nbackground: var(--surface);\nborder: 1px solid var(--rule);\nborder-radius: 8px;\npadding: 4px 11px;\nmin-height: 32px;\ncursor: pointer;\n}\nbutton:hover {\nbackground: var(--sunken);\n}\n.swatch {\ndisplay: inline-block;\nwidth: 18px;\nheight: 0;\nborder-top: 3px solid currentColor;\nvertical-align: middle;\n}\n.v0 {\ncolor: var(--v0);\n}\n.v1 {\ncolor: var(--v1);\n}\n.v2 {\ncolor: var(--v2);\n}\n.v3 {\ncolor: var(--v3);\n}\n.v4 {\ncolor: var(--v4);\n}\n.v5 {\ncolor: var(--v5);\n}\n.swatch.v1,\n.swatch.v4 {\nborder-top-style: dashed;\n}\n.swatch.v2,\n.swatch.v5 {\nborder-top-style: dotted;\n}\n#charts {\nposition: relative;\ntouch-action: pan-y;\nuser-select: none;\n-webkit-user-select: none;\nborder-radius: 6px;\nmin-height: 560px;\n}\n#charts svg {\ndisplay: block;\nwidth: 100%;\ncursor: crosshair;\n}\n#charts text {\nfont-size: 12px;\nfill: var(--quiet);\n}\n#charts .title {\nfill: var(--ink);\nfont-weight: 600;\n}\n#charts .tick-y,\n#charts .before,\n#charts .end {\ntext-anchor: end;\n}\n#charts .tick-x,\n#charts .inside {\ntext-anchor: middle;\n}\n#charts .tick-x.end {\ntext-anchor: end;\n}\n#charts .grid,\n#charts .tick {\nstroke: var(--rule);\nstroke-width: 1;\n}\n#charts .area rect {\nfill: currentColor;\nfill-opacity: 0.3;\n}\n#charts .area .inside {\nfill: var(--ink);\nfont-weight: 600;\n}\n#charts .line {\nfill: none;\nstroke: currentColor;\nstroke-width: 2;\nstroke-linejoin: round;\n}\n#charts .line.v1,\n#charts .line.v4 {\nstroke-dasharray: 9 3;\n}\n#charts .line.v2,\n#charts .line.v5 {\nstroke-dasharray: 3 3;\n}\n#charts .failures rect {\nfill: currentColor;\nfill-opacity: 0.38;\n}\n#charts .beyond {\nfill: var(--bad);\nfill-opacity: 0.07;\n}\n#charts .limit {\nstroke: var(--bad);\nstroke-width: 1.5;\nstroke-dasharray: 2 3;\n}\n#charts .limit-name {\nfill: var(--bad);\nfont-weight: 600;\n}\n#charts .decision .halo {\nfill: currentColor;\nfill-opacity: 0.22;\n}\n#charts .decision .dot {\nfill: currentColor;\nstroke: var(--surface);\nstroke-width: 1.5;\n}\n#charts .decision text {\nfill: var(--ink);\nfont-weight: 600;\npaint-order: stroke;\nstroke: var(--surface);\nstroke-width: 4px;\n}\n#charts .lane .step {\nfill: currentColor;\nfill-opacity: 0.85;\n}\n#charts .lane .inside {\nfill: var(--surface);\nfont-weight: 600;\nfont-size: 11px;\n}\n#charts .lane .ending {\nfill: currentColor;\nfont-weight: 600;\n}\n#charts .lane .within {\nfill: var(--surface);\n}\n#charts .mark {\nstroke: var(--quiet);\nstroke-opacity: 0.35;\nstroke-width: 1;\n}\n#charts .mark.reverted {\nstroke: var(--bad);\nstroke-opacity: 0.9;\nstroke-width: 1.5;\n}\n#charts .mark.promoted {\nstroke: var(--good);\nstroke-opacity: 0.9;\nstroke-width: 1.5;\n}\n#charts .mark.undecided {\nstroke: var(--open);\nstroke-opacity: 0.9;\nstroke-width: 1.5;\n}\n#charts .crosshair {\nstroke: var(--ink);\nstroke-opacity: 0.65;\nstroke-width: 1;\npointer-events: none;\n}\n#charts .selection {\nfill: var(--focus);\nfill-opacity: 0.16;\n}\n#charts .overview {\ncursor: grab;\n}\n#charts .overview .ground {\nfill: var(--sunken);\n}\n#charts .overview .step {\nfill-opacity: 0.7;\n}\n#charts .overview .away {\nfill: var(--surface);\nfill-opacity: 0.65;\n}\n#charts .overview .window {\nfill: none;\nstroke: var(--quiet);\nstroke-width: 1.25;\n}\n#charts .overview .grip {\nfill: var(--quiet);\ncursor: ew-resize;\n}\n.hint {\ncolor: var(--quiet);\nfont-size: 12.5px;\nmargin-top: 8px;\n}\nkbd {\nfont: inherit;\npadding: 0 5px;\nborder: 1px solid var(--rule);\nborder-radius: 4px;\nbackground: var(--sunken);\n}\n.unseen {\nposition: absolute;\nwidth: 1px;\nheight: 1px;\noverflow: hidden;\nclip-path: inset(50%);\nwhite-space: nowrap;\n}\n.release {\nmargin-top: 16px;\n}\n.release .head {\ndisplay: flex;\nflex-wrap: wrap;\nalign-items: center;\ngap: 6px 14px;\n}\n.release h2 {\nmargin: 0;\n}\n.ids {\ncolor: var(--quiet);\nfont-size: 13px;\nmargin-top: 4px;\noverflow-wrap: anywhere;\n}\n.gates {\nmargin: 0;\npadding: 0;\nlist-style: none;\n}\n.gates li {\ndisplay: grid;\ngrid-template-columns: 26px minmax(110px, 180px) 1fr;\ngap: 2px 8px;\npadding: 8px 0;\nborder-top: 1px solid var(--rule);\n}\n.gates li:first-child {\nborder-top: 0;\n}\n.gates .name {\nfont-weight: 600;\noverflow-wrap: anywhere;\n}\n.gates .reason {\noverflow-wrap: anywhere;\n}\n.sign {\ndisplay: inline-grid;\nplace-items: center;\nwidth: 20px;\nheight: 20px;\nborder-radius: 50%;\nfont-size: 12px;\nfont-weight: 700;\nbackground: var(--sunken);\ncolor: var(--quiet);\n}\n.sign.good {\nbackground: var(--good-ground);\ncolor: var(--good);\n}\n.sign.bad {\nbackground: var(--bad-ground);\ncolor: var(--bad);\n}\n.sign.open {\nbackground: var(--open-ground);\ncolor: var(--open);\n}\n.scroll {\noverflow-x: auto;\n}\ntable {\nborder-collapse: collapse;\nwidth: 100%;\n}\nth,\ntd {\ntext-align: right;\npadding: 6px 14px 6px 0;\nborder-top: 1px solid var(--rule);\nfont-size: 14px;\nwhite-space: nowrap;\n}\nthead th {\nborder-top: 0;\ncolor: var(--quiet);\nfont-weight: 500;\nfont-size: 12.5px;\n}\nth:first-child,\ntd.word,\nth.word {\ntext-align: left;\n}\ntbody th {\nfont-weight: 600;\n}\ntd:last-child,\nth:last-child {\npadding-right: 0;\n}\n#tooltip {\nposition: absolute;\npointer-events: none;\nmax-width: min(340px, 96%);\npadding: 9px 12px;\nfont-size: 12.5px;\nline-height: 1.45;\nbackground: var(--surface);\nborder: 1px solid var(--rule);\nborder-radius: 8px;\nbox-shadow: 0 6px 24px rgb(0 0 0 / 0.18);\n}\n#tooltip[hidden] {\ndisplay: none;\n}\n#tooltip .when,\n#tooltip .quiet {\ncolor: var(--quiet);\n}\n#tooltip .near {\nfont-weight: 650;\n}\n#tooltip table {\nmargin: 3px 0;\nwidth: auto;\n}\n#tooltip th,\n#tooltip td {\npadding: 1px 10px 1px 0;\nborder: 0;\nfont-size: 12.5px;\ntext-align: right;\ncolor: var(--ink);\nwhite-space: nowrap;\n}\n#tooltip th {\ntext-align: left;\nfont-weight: 600;\n}\n#tooltip .swatch {\nwidth: 14px;\nmargin-right: 6px;\n}\n.none {\ncolor: var(--quiet);\n}\ndetails {\nmargin-top: 16px;\n}\nsummary {\ncursor: pointer;\nfont-weight: 600;\n}\npre {\noverflow: auto;\nmax-height: 60vh;\nbackground: var(--sunken);\nborder-radius: 8px;\npadding: 12px;\nmargin: 10px 0 0;\n}\nfooter {\nmax-width: 1180px;\nmargin: 0 auto;\npadding: 20px 24px 40px;\ncolor: var(--quiet);\nfont-size: 12.5px;\noverflow-wrap: anywhere;\n}\n@media (max-width: 640px) {\nmain,\n.top,\nfooter {\npadding-left: 12px;\npadding-right: 12px;\n}\n.top {\npadding-top: 18px;\n}\n.sheet {\npadding: 14px 12px;\n}\nh1 {\nfont-size: 21px;\n}\n.gates li {\ngrid-template-columns: 26px 1fr;\n}\n.gates .reason {\ngrid-column: 2;\n}\n#charts text {\nfont-size: 11px;\n}\n}\n@media print {\n:root {\n--ground: #ffffff;\n}\n* {\nprint-color-adjust: exact;\n-webkit-print-color-adjust: exact;\n}\nbody {\nfont-size: 11pt;\n}\n.zooms,\n.hint,\n#tooltip,\n#charts .overview,\ndetails {\ndisplay: none;\n}\n.card,\n.gates li,\ntr,\n#charts {\nbreak-inside: avoid;\n}\n#charts svg {\nheight: auto;\n}\n}";

;// CONCATENATED MODULE: ./lib/evidence/page/html.js
/** Markup that was made by `html`: whatever else is put into a page is text and gets escaped. */
class Html {
    text;
    constructor(text) {
        this.text = text;
    }
}
/** Markup with values in it. Only another `Html` goes in as it is; null is nothing. */
function html(strings, ...parts) {
    return new Html(strings.reduce((text, string, index) => text + textOf(parts[index - 1] ?? null) + string));
}
function textOf(part) {
    if (part === null)
        return "";
    if (part instanceof Html)
        return part.text;
    if (typeof part === "object")
        return part.map(textOf).join("");
    return escaped(String(part));
}
const ENTITIES = new Map([
    ["&", "&amp;"],
    ["<", "&lt;"],
    [">", "&gt;"],
    ['"', "&quot;"],
    ["'", "&#39;"],
]);
/** For element content and quoted attributes. Characters that HTML forbids or that turn the text around are shown as �. */
function escaped(text) {
    return text
        .replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character) ?? "")
        .replaceAll(FORBIDDEN, "\ufffd");
}
// Control characters other than white space, lone surrogates and the marks that reorder text: `1.0.0` must be
// what it looks like.
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
/** JSON for a data block: no `<` means no `</script>` and no `<!--`, whatever the strings in it say. */
function jsonBlock(id, value) {
    const json = JSON.stringify(value)
        .replaceAll("<", "\\u003c")
        .replaceAll(">", "\\u003e")
        .replaceAll("&", "\\u0026")
        .replaceAll("\u2028", "\\u2028")
        .replaceAll("\u2029", "\\u2029");
    return new Html(`<script type="application/json" id="${escaped(id)}">${json}</script>`);
}

;// CONCATENATED MODULE: ./lib/evidence/page/words.js

const OUTCOME_SIGNS = {
    promoted: { sign: "✓", word: "promoted", tone: "good" },
    "rolled-back": { sign: "↩", word: "rolled back", tone: "bad" },
    inconclusive: { sign: "?", word: "inconclusive", tone: "open" },
    failed: { sign: "✕", word: "failed", tone: "bad" },
};
const GATE_SIGNS = {
    passed: { sign: "✓", word: "passed", tone: "good" },
    failed: { sign: "✕", word: "failed", tone: "bad" },
    inconclusive: { sign: "?", word: "inconclusive", tone: "open" },
    skipped: { sign: "–", word: "skipped", tone: "plain" },
};
/** `12,345`; a dash where nobody counted. */
function amount(count) {
    return count === null ? "–" : count.toLocaleString("en-US");
}
/** `0.12 %`, with two digits that say something. */
function share(part, whole) {
    if (whole === 0)
        return "–";
    return `${Number(((100 * part) / whole).toPrecision(2))} %`;
}
function shortNumber(value) {
    if (value >= 1e6)
        return "over a million";
    if (value > 0 && value < 0.01)
        return "below 0.01";
    return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
/** The sentence that says why a release ended as it did. */
function reasonOf({ gates }) {
    const stopper = gates.find(stops);
    const last = gates.findLast(({ outcome }) => outcome === "passed");
    return (stopper ?? last ?? gates[0])?.reason ?? "no gate was reached";
}
/** `25 %`, and what the fresh baseline had meanwhile, if there was one. */
function weightWords({ weight, baselineWeight }) {
    return baselineWeight === undefined ? `${weight} %` : `${weight} %, baseline ${baselineWeight} %`;
}
/** What the candidate was compared with. */
function comparedWith(steps) {
    return steps.some(({ baselineWeight }) => baselineWeight !== undefined)
        ? "Fresh stable"
        : "Stable";
}

;// CONCATENATED MODULE: ./lib/evidence/page/findings.js


/** What the verdict said at the end of each weight: its paragraph, each metric by itself, and the negative control. */
function findings(steps) {
    const told = steps.filter(({ explanation, early }) => explanation !== undefined || early !== undefined);
    if (told.length === 0)
        return null;
    return html `<details><summary>What the verdict said at each weight</summary>
<dl class="findings">${told.map(finding)}</dl></details>`;
}
function finding({ weight, evidence, explanation, early }) {
    return html `<dt>${weight} %</dt>
<dd>${early === undefined ? null : html `<p>Passed early, ${early}.</p>`}
${explanation === undefined ? null : html `<p>${explanation}</p>`}
${evidence === null ? null : byMetric(evidence)}</dd>
`;
}
function byMetric({ metrics = {}, control, threshold }) {
    const parts = Object.entries(metrics).map(([metric, value]) => `${metricWords(metric)} ${shortNumber(value)}`);
    if (control !== undefined) {
        parts.push(`negative control, stable against itself, ${shortNumber(control)}`);
    }
    if (parts.length === 0)
        return null;
    return html `<p class="hint">Evidence by itself, of ${shortNumber(threshold)}: ${parts.join("; ")}.</p>`;
}
/** `errors:corrupted` and `latency:0.05` as a person says them. */
function metricWords(metric) {
    const [what = "", of] = metric.split(/:(.*)/s);
    if (of === undefined)
        return what === "instances" ? "instances one by one" : what;
    return what === "latency" ? `slower than ${of} s` : `errors of the kind ${of}`;
}

;// CONCATENATED MODULE: ./lib/evidence/page/releases.js



/** The card of one release: how it ended, why, and the figures that are asked for first. */
function releaseCard(release, index) {
    const { version, outcome, rollout, traffic } = release;
    const toZero = rollout?.secondsToZero ?? null;
    return html `<li class="card">
<div class="line"><a class="version" href="#release-${index}">${version}</a>${badge(OUTCOME_SIGNS[outcome])}</div>
<p class="why">${reasonOf(release)}</p>
<dl class="facts">
${toZero === null ? null : fact("to zero", `${Number(toZero.toFixed(2))} s`)}
${fact("requests", amount(traffic.requests))}
${fact("failed", amount(traffic.failed))}
${fact("lost", amount(traffic.lost), (traffic.lost ?? 0) > 0)}
</dl>
</li>`;
}
/** All that is known of one release, in words and tables: it has to do without the charts. */
function releaseSection(release, index) {
    const { version, commit, digest, outcome, gates, rollout } = release;
    return html `<section class="sheet release" id="release-${index}" aria-label="Release ${version}">
<div class="head"><h2>${version}</h2>${badge(OUTCOME_SIGNS[outcome])}</div>
<p class="ids">commit <code>${commit}</code> · ${digest === null ? "nothing was built" : html `digest <code>${digest}</code>`}</p>
<h3>Gates, in the order they were met</h3>
${gates.length === 0 ? html `<p class="none">No gate was reached.</p>` : html `<ol class="gates">${gates.map(gateRow)}</ol>`}
<h3>Rollout</h3>
${rollout === null || rollout.steps.length === 0 ? html `<p class="none">No rollout was begun.</p>` : stepsTable(rollout.steps)}
</section>`;
}
/** What was asked of the service while each release went through its gates. */
function trafficTable(releases) {
    const rows = releases.map(({ version, traffic: { requests, failed, lost } }) => html `<tr><th scope="row">${version}</th>
<td>${amount(requests)}</td><td>${amount(failed)}</td>
<td>${requests === null || failed === null ? "–" : share(failed, requests)}</td><td>${amount(lost)}</td></tr>`);
    return html `<div class="scroll"><table>
<thead><tr><th scope="col">Release</th><th scope="col">Requests</th><th scope="col">Failed</th><th scope="col">Failed share</th><th scope="col">Lost</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="hint">Failed: answered with an error. Lost: not answered at all. A dash: nobody counted.</p>`;
}
function badge({ sign, word, tone }) {
    return html `<span class="badge ${tone}"><span aria-hidden="true">${sign}</span>${word}</span>`;
}
function fact(name, value, loud = false) {
    return html `<div><dt>${name}</dt><dd class="${loud ? "loud" : ""}">${value}</dd></div>`;
}
function gateRow({ name, outcome, reason }) {
    const { sign, word, tone } = GATE_SIGNS[outcome];
    return html `<li><span class="sign ${tone}" aria-hidden="true">${sign}</span>
<span class="name">${name}<span class="unseen"> ${word}</span></span><span class="reason">${reason}</span></li>`;
}
function stepsTable(steps) {
    return html `<div class="scroll"><table>
<thead><tr><th scope="col">Weight</th><th scope="col" class="word">Began (UTC)</th><th scope="col">Watched</th>
<th scope="col" class="word">Ended</th><th scope="col">Candidate failed</th><th scope="col">${comparedWith(steps)} failed</th>
<th scope="col">Evidence of worse</th></tr></thead>
<tbody>${steps.map(stepRow)}</tbody></table></div>
<p class="hint">Failed requests and evidence are totals from the rollout's beginning to the step's end.</p>
${findings(steps)}`;
}
function stepRow(step) {
    const { startedAt, endedAt, outcome, evidence, early } = step;
    const seconds = endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;
    return html `<tr><th scope="row">${weightWords(step)}</th><td class="word">${startedAt.slice(11, 19)}</td>
<td>${seconds === null ? "–" : `${Number(seconds.toFixed(1))} s`}</td><td class="word">${outcome}${early === undefined ? null : " early"}</td>
<td>${evidence ? failures(evidence.candidate) : "–"}</td><td>${evidence ? failures(evidence.baseline) : "–"}</td>
<td>${evidence ? `${shortNumber(evidence.worse)} of ${shortNumber(evidence.threshold)}` : "–"}</td></tr>`;
}
function failures({ requests, errors }) {
    return `${amount(errors)} of ${amount(requests)} (${share(errors, requests)})`;
}

;// CONCATENATED MODULE: ./lib/evidence/page/page.js








/**
 * One HTML file that shows a record to whoever has to decide: nothing is loaded from anywhere, and no text of
 * the record can become markup or script (its own script and style are named by hash, all others are refused).
 */
function page({ record, timeline = EMPTY_TIMELINE, title = "Release record", }) {
    const { releases } = record;
    const moments = mergeTimelines(timeline, {
        ...EMPTY_TIMELINE,
        marks: timeline.marks.length > 0 ? [] : releases.flatMap(marksOf),
    });
    const data = chartData(releases, moments);
    const document = html `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header class="top"><h1>${title}</h1><p class="lede">${lede(record, data)}</p>
<ul class="cards">${releases.map(releaseCard)}</ul></header>
<main>
<h2>What happened</h2>
${data === null ? html `<p class="sheet none">No counters were read: there is no timeline.</p>` : charts(data)}
<h2>Traffic</h2>
<div class="sheet">${trafficTable(releases)}</div>
<h2>Releases</h2>
${releases.map(releaseSection)}
${recordBlock(record)}
</main>
<footer>${(0,canonical/* digestOfValue */.$L)(record)} is the digest of this record in its canonical JSON (RFC 8785).</footer>
${data === null ? null : jsonBlock("chart-data", data)}
${data === null ? null : html `<script>${new Html(SCRIPT)}</script>`}
</body>
</html>
`;
    return document.text;
}
/** Only this page's own script and style, and nothing from anywhere. */
function policy() {
    const hash = (text) => `'sha256-${(0,external_node_crypto_.createHash)("sha256").update(text).digest("base64")}'`;
    return [
        "default-src 'none'",
        `script-src ${hash(SCRIPT)}`,
        `style-src ${hash(STYLE)}`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
}
function lede({ releases }, data) {
    const count = releases.length === 1 ? "One release" : `${releases.length} releases`;
    if (data === null)
        return count;
    const day = new Date(data.startMs).toISOString();
    return `${count} · ${day.slice(0, 10)} ${day.slice(11, 19)} to ${new Date(data.endMs).toISOString().slice(11, 19)} UTC`;
}
function charts(data) {
    const legend = data.arms.map(({ version }, index) => html `<li><span class="swatch v${index % 6}"></span>${version}</li>`);
    const zooms = data.rollouts.map(({ version }, index) => html `<button type="button" data-zoom="${index}">${version}</button>`);
    return html `<div class="sheet">
<div class="bar"><ul class="legend" aria-label="Versions">${legend}</ul>
<div class="zooms" role="group" aria-label="Look at"><button type="button" data-zoom="all">All</button>${zooms}
<button type="button" data-zoom="in" aria-label="Closer">+</button><button type="button" data-zoom="out" aria-label="Farther">−</button></div></div>
<div id="charts" tabindex="0" role="application" aria-label="Timeline of traffic, errors and evidence. Arrow keys move the crosshair, plus and minus zoom, 0 shows all. The tables below say the same.">
<svg aria-hidden="true"></svg><div id="tooltip" hidden></div></div>
<p id="voice" class="unseen" aria-live="polite"></p>
<noscript><p class="hint">The charts need JavaScript; the tables below do not.</p></noscript>
<p class="hint">Drag to look closer, double-click to see all; drag the strip below the charts to move. Keys: <kbd>←</kbd> <kbd>→</kbd> <kbd>+</kbd> <kbd>−</kbd> <kbd>0</kbd>.</p>
</div>`;
}
function recordBlock(record) {
    return html `<details><summary>record.json</summary><pre tabindex="0">${JSON.stringify(record, null, 2)}</pre></details>
${jsonBlock("record", record)}`;
}

// EXTERNAL MODULE: ./lib/action/summary.js
var action_summary = __webpack_require__(7935);
;// CONCATENATED MODULE: ./lib/evidence/summary-chart.js
/** Mermaid spreads its values evenly, so a line is read off at this many moments. */
const POINTS = 40;
/** The chart goes on after the last step by this share, so that its end can be seen. */
const AFTERMATH = 0.15;
/** The candidate's share of traffic over its rollout, as a mermaid xychart; null when it never had any. */
function weightChart({ version, outcome, rollout }) {
    const steps = (rollout?.steps ?? []).map(({ startedAt, endedAt, weight }) => ({
        fromMs: Date.parse(startedAt),
        toMs: Date.parse(endedAt ?? startedAt),
        weight,
    }));
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last || last.toMs <= first.fromMs)
        return null;
    const after = outcome === "promoted" ? last.weight : 0;
    const changes = [...steps, { fromMs: last.toMs, toMs: last.toMs, weight: after }];
    const endMs = last.toMs + AFTERMATH * (last.toMs - first.fromMs);
    const values = evenly(first.fromMs, endMs, (atMs) => {
        return changes.findLast(({ fromMs }) => fromMs <= atMs)?.weight ?? 0;
    });
    return chart({
        title: `${version}: percent of traffic`,
        seconds: (endMs - first.fromMs) / 1_000,
        range: [0, 100],
        lines: [values],
    });
}
/** The evidence against a version, in powers of ten, below the line at which it is rolled back. */
function evidenceChart(version, { evidence }) {
    const series = evidence.find((one) => one.version === version);
    const [first, last] = [series?.points[0], series?.points.at(-1)];
    if (!series || !first || !last || last.atMs <= first.atMs)
        return null;
    const power = (worse) => Math.log10(Math.min(1e6, Math.max(0.01, worse)));
    const values = evenly(first.atMs, last.atMs, (atMs) => {
        return power(series.points.findLast((point) => point.atMs <= atMs)?.worse ?? 1);
    });
    const limit = power(series.threshold);
    return chart({
        title: `${version}: evidence of worse as a power of ten (rolled back at ${limit.toFixed(1)})`,
        seconds: (last.atMs - first.atMs) / 1_000,
        range: [-2, Math.ceil(Math.max(limit, ...values)) + 1],
        lines: [values, values.map(() => limit)],
    });
}
function evenly(fromMs, toMs, value) {
    return Array.from({ length: POINTS }, (_, index) => {
        return value(fromMs + ((toMs - fromMs) * index) / (POINTS - 1));
    });
}
function chart({ title, seconds, range, lines }) {
    return [
        "xychart-beta",
        `  title "${title.replaceAll(/[^\w .,:()+-]/g, "_")}"`,
        `  x-axis "seconds" 0 --> ${Number(seconds.toFixed(1))}`,
        `  y-axis ${range[0]} --> ${range[1]}`,
        ...lines.map((values) => `  line [${values.map((value) => Number(value.toFixed(2))).join(", ")}]`),
    ].join("\n");
}

;// CONCATENATED MODULE: ./lib/evidence/summary.js



/** More releases than this belong on the page, not into a job summary. */
const MAX_RELEASES = 10;
/** The record as a job summary: outcome and reason first, then gates, steps and what the charts of GitHub can show. */
function summarise(summary, record, timeline) {
    for (const release of record.releases.slice(0, MAX_RELEASES)) {
        summariseRelease(summary, release, timeline);
    }
    const left = record.releases.length - MAX_RELEASES;
    if (left > 0)
        summary.markdown(`… and ${left} more: see the page.`);
}
function summariseRelease(summary, release, timeline) {
    const { version, outcome, commit, digest, gates, rollout, traffic } = release;
    const { sign, word } = OUTCOME_SIGNS[outcome];
    summary.heading(`${sign} ${version} ${word}`);
    summary.markdown((0,action_summary/* inlineText */.ln)(reasonOf(release)));
    const toZero = rollout?.secondsToZero ?? null;
    summary.table(["Requests", "Failed", "Lost", "First traffic to none", "Commit", "Digest"], [
        [
            amount(traffic.requests),
            amount(traffic.failed),
            amount(traffic.lost),
            toZero === null ? "–" : `${toZero} s`,
            (0,action_summary/* inlineText */.ln)(commit.slice(0, 12)),
            (0,action_summary/* inlineText */.ln)(digest ?? "–"),
        ],
    ]);
    summary.heading("Gates", 3);
    summary.table(["", "Gate", "Outcome", "Reason"], gates.map((gate) => {
        const found = GATE_SIGNS[gate.outcome];
        return [found.sign, (0,action_summary/* inlineText */.ln)(gate.name), found.word, (0,action_summary/* inlineText */.ln)(gate.reason)];
    }));
    if (rollout === null || rollout.steps.length === 0)
        return;
    summary.heading("Rollout", 3);
    summary.table([
        "Weight",
        "Ended",
        "Candidate failed",
        `${comparedWith(rollout.steps)} failed`,
        "Evidence of worse",
    ], rollout.steps.map(stepCells));
    for (const chart of [weightChart(release), evidenceChart(version, timeline)]) {
        if (chart !== null)
            summary.code(chart, "mermaid");
    }
}
function stepCells(step) {
    const { outcome: how, evidence, early } = step;
    const weight = weightWords(step);
    const outcome = early === undefined ? how : `${how} early`;
    if (!evidence)
        return [weight, outcome, "–", "–", "–"];
    const failed = ({ errors, requests }) => `${amount(errors)} of ${amount(requests)} (${share(errors, requests)})`;
    return [
        weight,
        outcome,
        failed(evidence.candidate),
        failed(evidence.baseline),
        `${shortNumber(evidence.worse)} of ${shortNumber(evidence.threshold)}`,
    ];
}

;// CONCATENATED MODULE: ./actions/report/slack.js

const ANSWER_TIMEOUT_MS = 10_000;
/** Slack cuts longer messages itself; this keeps the figures, which come last, in sight. */
const MAX_REASON_CHARACTERS = 600;
/**
 * Posts the outcome. Whatever goes wrong is a warning that never shows the address: it is the secret, and an
 * error's own message may contain it.
 */
async function tellSlack(webhook, release, { log, signal, env }) {
    const url = webhookUrl(webhook);
    if (url === undefined) {
        log.warning("slack-webhook is no https address; nobody was told");
        return;
    }
    try {
        const answer = await fetch(url, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ text: message(release, env) }),
            redirect: "error",
            signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
        });
        await answer.body?.cancel();
        if (answer.ok)
            log.info("the webhook was told");
        else
            log.warning(`the webhook answered ${answer.status}; nobody was told`);
    }
    catch (error) {
        log.warning(`the webhook could not be reached (${codeOf(error)}); nobody was told`);
    }
}
/** https, or http to this machine itself. */
function webhookUrl(text) {
    const url = URL.parse(text.trim());
    if (url === null)
        return undefined;
    const isLoopback = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
    return url.protocol === "https:" || (url.protocol === "http:" && isLoopback) ? url : undefined;
}
function codeOf(error) {
    if (!(error instanceof Error))
        return "unknown";
    const { cause } = error;
    if (cause instanceof Error && "code" in cause && typeof cause.code === "string")
        return cause.code;
    return error.name;
}
/** In Slack's own markup, with what came from elsewhere made harmless. */
function message(release, env) {
    const { version, outcome, traffic, rollout } = release;
    const { sign, word } = OUTCOME_SIGNS[outcome];
    const toZero = rollout?.secondsToZero ?? null;
    const figures = [
        `${amount(traffic.requests)} requests`,
        `${amount(traffic.failed)} failed`,
        `${amount(traffic.lost)} lost`,
        ...(toZero === null ? [] : [`to zero in ${toZero} s`]),
    ];
    const reason = reasonOf(release).slice(0, MAX_REASON_CHARACTERS);
    return [
        `${sign} *${plain(version)}* ${word}`,
        plain(reason),
        figures.join(" · "),
        ...runLink(env),
    ].join("\n");
}
function plain(text) {
    return text
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll(/[*_~`]/g, " ");
}
function runLink({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, }) {
    if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID)
        return [];
    return [`<${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}|the run>`];
}

// EXTERNAL MODULE: ./lib/environment/read.js + 24 modules
var read = __webpack_require__(9996);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/verdict/settings.js
var verdict_settings = __webpack_require__(1665);
// EXTERNAL MODULE: ./lib/verdict/verdict.js + 16 modules
var verdict = __webpack_require__(7419);
;// CONCATENATED MODULE: ./lib/evidence/timeline/of-trace.js


/** The arms of one rollout and the evidence against its candidate, over time. */
function timelineOfTrace(rollout) {
    const { trace, candidate } = rollout;
    const ofCandidate = (weight) => 100 * weight;
    return {
        arms: [...baselineArms(rollout), arm(trace, candidate, (line) => line.candidate, ofCandidate)],
        evidence: [evidenceOf(rollout)],
        marks: [],
    };
}
/** At weight 0 a trace has stable's own past, and afterwards, if that was asked for, fresh processes instead. */
function baselineArms({ trace, baseline, settings = verdict_settings/* DEFAULT_SETTINGS */.a$ }) {
    const weightPercent = (weight) => 100 * (0,verdict/* baselineShare */.$b)(settings, weight);
    const read = (line) => line.baseline;
    if (settings.baseline !== "fresh")
        return [arm(trace, baseline, read, weightPercent)];
    const past = trace.filter(({ weight }) => weight === 0);
    const compared = trace.filter(({ weight }) => weight > 0);
    return [
        arm(past, baseline, read, () => 100),
        arm(compared, `${baseline}, fresh`, read, weightPercent),
    ];
}
function arm(trace, version, counters, weightPercent) {
    const windows = [];
    let last;
    let previousT;
    for (const line of trace) {
        const read = counters(line);
        const change = last && read ? countedBetween(last.read, read) : null;
        if (previousT !== undefined && line.t > previousT) {
            windows.push({
                fromMs: 1_000 * (change && last ? last.t : previousT),
                toMs: 1_000 * line.t,
                weightPercent: weightPercent(line.weight),
                requests: change?.requests ?? null,
                errors: change?.errors ?? null,
            });
        }
        previousT = line.t;
        if (read)
            last = { t: line.t, read };
    }
    return { version, windows: withoutOverlaps(windows) };
}
/** Null after a restart: what the old process had counted since is not known. The verdict looks closer. */
function countedBetween(before, now) {
    const requests = now.requests - before.requests;
    const errors = now.errors - before.errors;
    return requests < 0 || errors < 0 ? null : { requests, errors: Math.min(errors, requests) };
}
/** A reading that came after some that did not spans their windows too: those give way to it. */
function withoutOverlaps(windows) {
    const kept = [];
    for (const window of windows) {
        while ((kept.at(-1)?.fromMs ?? -Infinity) >= window.fromMs)
            kept.pop();
        kept.push(window);
    }
    return kept;
}
function evidenceOf({ trace, candidate, settings }) {
    const used = settings ?? verdict_settings/* DEFAULT_SETTINGS */.a$;
    let state = (0,verdict/* beginVerdict */.RR)(used);
    const points = trace.map((sample) => {
        const next = (0,verdict/* observe */.lB)(state, sample);
        state = next.state;
        return { atMs: 1_000 * sample.t, worse: next.finding.evidence.worse };
    });
    return { version: candidate, threshold: 1 / used.alpha, points };
}
/** The settings that a record tells of; the ratios, which it does not tell, are the defaults. */
function settingsOf(rollout) {
    const evidence = rollout?.steps.findLast((step) => step.evidence !== null)?.evidence;
    if (!evidence)
        return verdict_settings/* DEFAULT_SETTINGS */.a$;
    return {
        ...verdict_settings/* DEFAULT_SETTINGS */.a$,
        baseline: baselineOf(rollout),
        alpha: 1 / evidence.threshold,
        beta: 1 / evidence.goodEnoughThreshold,
    };
}
/** What a rollout was really compared with: that a file asks for it does not mean that there was anything to compare. */
function baselineOf(rollout) {
    return rollout?.plan.baseline ?? "stable";
}
/** Evidence that was worked out again may differ from the record's by no more than rounding. */
const TRUSTED_FACTOR = 1.05;
/**
 * The timeline, if its evidence is the record's at the end of the last step. If not (the ratios were others), the
 * record's own figures stand in its place, from 1, which is no evidence: a curve that decided nothing would mislead.
 */
function trusted(timeline, { version, rollout }) {
    const steps = (rollout?.steps ?? []).flatMap(({ startedAt, endedAt, evidence }) => evidence ? [{ atMs: Date.parse(endedAt ?? startedAt), ...evidence }] : []);
    const recorded = steps.at(-1);
    const series = timeline.evidence.find((one) => one.version === version);
    if (!recorded || !series)
        return timeline;
    const same = series.points.some(({ worse }) => near(worse, recorded.worse));
    if (same && near(series.threshold, recorded.threshold))
        return timeline;
    const ends = steps.map(({ atMs, worse }) => ({ atMs, worse }));
    const points = [{ atMs: Date.parse(rollout?.steps[0]?.startedAt ?? ""), worse: 1 }, ...ends];
    const others = timeline.evidence.filter((one) => one !== series);
    return {
        ...timeline,
        evidence: [...others, { version, threshold: recorded.threshold, points }],
    };
}
function near(a, b) {
    return a === b || Math.abs(Math.log(a / b)) <= Math.log(TRUSTED_FACTOR);
}

;// CONCATENATED MODULE: ./lib/verdict/trace/trace.js

/** No honest line is longer; a file without line ends would else be read into memory as one. */
const MAX_TRACE_LINE_CHARACTERS = 1_000_000;
/**
 * One line of a trace as a sample. Every fault names file and line. Checked by hand and not by a schema: a month
 * of seconds has 2.6 million lines.
 */
function parseTraceLine(text, where) {
    const fail = (what, hint) => {
        throw new lib_error/* SluiceError */.a("invalid-input", `${where.file}:${where.line}: ${what}`, {
            hint: hint ?? 'a line is {"t": seconds, "weight": 0..1, "candidate": ARM, "baseline": ARM}',
        });
    };
    const given = parseJson(text, fail);
    if (!isRecord(given))
        return fail(`${show(given)} is not an object`);
    const { t, weight } = given;
    if (!isNumber(t))
        return fail(`t: ${show(t)} is not a number of seconds`);
    if (!isNumber(weight) || weight < 0 || weight > 1) {
        return fail(`weight: ${show(weight)} is not a number from 0 to 1`);
    }
    const candidate = trace_arm(given.candidate, "candidate", fail);
    const baseline = trace_arm(given.baseline, "baseline", fail);
    const instances = instancesOf(given.instances, fail);
    const sample = { t, weight, candidate, baseline };
    if (instances)
        sample.instances = instances;
    return sample;
}
function parseJson(text, fail) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        const hint = /\b(NaN|Infinity)\b/.test(text)
            ? "JSON has no NaN and no Infinity: a scrape that gave no number is null"
            : "a trace has one JSON object per line";
        return fail(`not JSON (${cause instanceof Error ? cause.message : String(cause)})`, hint);
    }
}
const ARM_HINT = 'an arm is null (a missing scrape) or {"requests": n, "errors": n, "latency": {"le": [seconds…], "counts": [cumulative…, all]}}';
function trace_arm(given, key, fail) {
    if (given === null)
        return null;
    if (given === undefined)
        return fail(`${key} is missing`, ARM_HINT);
    if (!isRecord(given))
        return fail(`${key}: ${show(given)} is neither null nor an object`, ARM_HINT);
    const requests = counter(given.requests, `${key}.requests`, fail);
    const errors = counter(given.errors, `${key}.errors`, fail);
    const latency = histogram(given.latency, `${key}.latency`, fail);
    const kinds = kindsOf(given.kinds, `${key}.kinds`, fail);
    const counters = { requests, errors };
    if (latency)
        counters.latency = latency;
    if (kinds)
        counters.kinds = kinds;
    return counters;
}
function counter(given, key, fail) {
    if (isNumber(given) && given >= 0)
        return given;
    return fail(`${key}: ${show(given)} is not a count from 0`, ARM_HINT);
}
function histogram(given, key, fail) {
    if (given === undefined || given === null)
        return undefined;
    if (!isRecord(given))
        return fail(`${key}: ${show(given)} is not an object`, ARM_HINT);
    const { le, counts } = given;
    if (!Array.isArray(le) || !areEdges(le))
        return fail(`${key}.le: ${show(le)} is not a list of ascending edges in seconds`, ARM_HINT);
    if (!Array.isArray(counts) || counts.length !== le.length + 1)
        return fail(`${key}.counts: not ${le.length + 1} counts, one more than there are edges`, ARM_HINT);
    if (!areCumulative(counts))
        return fail(`${key}.counts: ${show(counts)} are not cumulative counts from 0`, ARM_HINT);
    return { le, counts };
}
function areEdges(list) {
    let before = Number.NEGATIVE_INFINITY;
    for (const one of list) {
        if (!isNumber(one) || one <= before)
            return false;
        before = one;
    }
    return true;
}
function areCumulative(list) {
    let before = 0;
    for (const one of list) {
        if (!isNumber(one) || one < before)
            return false;
        before = one;
    }
    return true;
}
function kindsOf(given, key, fail) {
    if (given === undefined)
        return undefined;
    if (!isRecord(given))
        return fail(`${key}: ${show(given)} is not an object`);
    const counted = Object.entries(given).map(([kind, count]) => [
        kind,
        counter(count, `${key}.${kind}`, fail),
    ]);
    return Object.fromEntries(counted);
}
function instancesOf(given, fail) {
    if (given === undefined || given === null)
        return undefined;
    if (!isRecord(given))
        return fail(`instances: ${show(given)} is not an object`);
    return {
        candidate: instanceArms(given.candidate, "instances.candidate", fail),
        baseline: instanceArms(given.baseline, "instances.baseline", fail),
    };
}
function instanceArms(given, key, fail) {
    if (!isRecord(given))
        return fail(`${key}: ${show(given)} is not an object of arms by instance`);
    const arms = Object.entries(given).map(([name, value]) => [
        name,
        trace_arm(value, `${key}.${name}`, fail),
    ]);
    return Object.fromEntries(arms);
}
function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isNumber(value) {
    return typeof value === "number" && Number.isFinite(value);
}
function show(value) {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

;// CONCATENATED MODULE: ./lib/evidence/timeline/trace.js

/**
 * The samples of a trace.jsonl. Its last line may be cut off, as a killed runner leaves it; any other line that
 * is no sample is an error that names its number.
 */
function readTrace(text, file) {
    const lines = text.split("\n");
    // After a text that ends with a line end comes an empty piece, else a line that is not complete.
    const last = lines.pop() ?? "";
    const samples = lines.flatMap((line, index) => line.trim() === "" ? [] : [parseTraceLine(line, { file, line: index + 1 })]);
    return last.trim() === "" ? samples : [...samples, ...ifComplete(last, file)];
}
function ifComplete(line, file) {
    try {
        return [parseTraceLine(line, { file, line: 0 })];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./actions/report/timeline.js






/** A day of samples, one each second, is a tenth of this. */
const MAX_TRACE_BYTES = 256 * 1024 * 1024;
/** What the trace shows, or nothing, with a word in the log: a page without a timeline still tells the outcome. */
async function readTimeline(release, inputs, log) {
    const { trace: path } = inputs;
    if (path === undefined)
        return EMPTY_TIMELINE;
    const size = await sizeOf(path);
    if (size === undefined) {
        log.info(`there is no trace at ${path}: the page has no timeline`);
        return EMPTY_TIMELINE;
    }
    if (size > MAX_TRACE_BYTES) {
        log.warning(`${path} has more than ${MAX_TRACE_BYTES} bytes: the page has no timeline`);
        return EMPTY_TIMELINE;
    }
    try {
        const settings = await settingsFor(release, inputs);
        const trace = readTrace(await (0,promises_.readFile)(path, "utf8"), path);
        const judged = { trace, candidate: release.version, baseline: "stable", settings };
        return trusted(timelineOfTrace(judged), release);
    }
    catch (error) {
        log.warning(`the page has no timeline: ${(0,lib_error/* causes */.p)(error).join(": ")}`);
        return EMPTY_TIMELINE;
    }
}
async function settingsFor(release, inputs) {
    const file = inputs["environment-file"];
    if (file === undefined)
        return settingsOf(release.rollout);
    const { verdict } = await (0,read/* readEnvironment */.Qo)(file);
    return { ...verdict, baseline: baselineOf(release.rollout) };
}
async function sizeOf(path) {
    return (0,promises_.stat)(path).then((found) => (found.isFile() ? found.size : undefined), () => undefined);
}

;// CONCATENATED MODULE: ./actions/report/report.js









/** Tells what happened. It fails only for inputs that cannot be used: that a release failed is its news, not its fault. */
async function report(context) {
    const { inputs, log, summary } = context;
    const facts = {
        needs: inputs.needs,
        version: inputs.version.replace(/^v(?=\d)/, ""),
        commit: inputs.commit,
    };
    const known = assembleRelease({ ...facts, traffic: inputs.traffic ?? NOBODY_COUNTED });
    const timeline = await readTimeline(known, inputs, log);
    const release = { ...known, traffic: inputs.traffic ?? trafficOf(timeline) };
    const record = { schema: 1, releases: [release] };
    const recordText = (0,canonical/* canonicalJson */.dj)(record);
    await write(inputs.record, recordText);
    await write(inputs.page, page({ record, timeline, title: inputs.title }));
    summarise(summary, record, timeline);
    for (const line of [headline(release), ...gateLines(release)])
        log.info(line);
    if (inputs["slack-webhook"] !== undefined) {
        await tellSlack(inputs["slack-webhook"], release, context);
    }
    return {
        outcome: release.outcome,
        record: fromWorkspace(inputs.record, context.env),
        page: fromWorkspace(inputs.page, context.env),
        "record-digest": (0,canonical/* digestOf */.ol)(recordText),
    };
}
const NOBODY_COUNTED = { requests: null, failed: null, lost: null };
/** What the service itself counted. What it was asked and never saw, only the asker knows. */
function trafficOf({ arms }) {
    const windows = arms.flatMap((arm) => arm.windows).filter(({ requests }) => requests !== null);
    if (windows.length === 0)
        return NOBODY_COUNTED;
    return {
        requests: windows.reduce((sum, { requests }) => sum + (requests ?? 0), 0),
        failed: windows.reduce((sum, { errors }) => sum + (errors ?? 0), 0),
        lost: null,
    };
}
function headline({ version, outcome }) {
    return `${version}: ${outcome}`;
}
function gateLines({ gates }) {
    return gates.map(({ name, outcome, reason }) => `  ${name} ${outcome}: ${reason}`);
}
async function write(path, text) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    await (0,promises_.writeFile)(path, text);
}
function fromWorkspace(path, env) {
    return (0,external_node_path_.relative)((0,action/* workspaceFolder */.ih)(env), path);
}


/***/ }),

/***/ 5985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ Candidate)
/* harmony export */ });
/* unused harmony export Artifact */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4410);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6416);
/* harmony import */ var _units_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9242);


/** Bytes that can be released, named by their digest. */
const Artifact = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    kind: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(["archive", "image"]),
    uri: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()
        .min(1)
        .describe("a path inside the workspace for an archive, a reference for an image"),
    digest: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().transform((text, context) => {
        const digest = (0,_units_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(text);
        if (digest)
            return digest;
        context.addIssue({ code: "custom", message: "not a sha256 digest" });
        return zod__WEBPACK_IMPORTED_MODULE_2__/* .NEVER */ .tm;
    }),
    size: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().nonnegative().describe("bytes"),
});
/** What one tag became: the value that passes from gate to gate. */
const Candidate = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().min(1),
    version: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().min(1),
    commit: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[0-9a-f]{40,64}$/, "not a full commit hash"),
    artifacts: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(Artifact).min(1),
});


/***/ })

};
