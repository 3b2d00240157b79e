export const id = 360;
export const ids = [360];
export const modules = {

/***/ 5360:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ k6_gate_action)
});

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/evidence/record.js
var record = __webpack_require__(6071);
// EXTERNAL MODULE: ./lib/load/metric.js
var metric = __webpack_require__(2577);
;// CONCATENATED MODULE: ./lib/load/words.js
/** The words of a text as a POSIX shell would split it: quotes and backslashes group, nothing is expanded. */
function shellWords(text) {
    const words = [];
    let word;
    let quote;
    for (let at = 0; at < text.length; at += 1) {
        const char = text[at];
        if (quote === "'" && char !== "'")
            word = (word ?? "") + char;
        else if (char === "\\") {
            const next = text[at + 1];
            if (next === undefined)
                return { problem: "it ends with a backslash" };
            at += 1;
            // Between double quotes a backslash is itself, but before what it has to protect there.
            const isKept = quote === '"' && !'$`"\\\n'.includes(next);
            if (next !== "\n")
                word = (word ?? "") + (isKept ? char : "") + next;
        }
        else if (quote === undefined && (char === "'" || char === '"')) {
            quote = char;
            word ??= "";
        }
        else if (char === quote)
            quote = undefined;
        else if (quote === undefined && /\s/.test(char)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
        }
        else
            word = (word ?? "") + char;
    }
    if (quote !== undefined)
        return { problem: `a ${quote} is not closed` };
    if (word !== undefined)
        words.push(word);
    return { words };
}

;// CONCATENATED MODULE: ./actions/k6-gate/flags.js


/** Flags as one would write them on a command line, on one line or on several. */
const flagsKind = {
    type: { name: "string" },
    accepted: "words as for a shell: --tag name='load test' -e RATE=200, on one line or several",
    parse(text) {
        const read = shellWords(text);
        return "problem" in read ? (0,action/* problem */.CC)(read.problem) : (0,action/* value */.Uq)(read.words);
    },
};
/** `NAME=value`, one a line. */
const variableKind = {
    type: { name: "string" },
    accepted: "NAME=value",
    parse(text) {
        const [, name, given] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(text) ?? [];
        return name === undefined || given === undefined ? (0,action/* problem */.CC)() : (0,action/* value */.Uq)({ name, value: given });
    },
};

;// CONCATENATED MODULE: ./actions/k6-gate/rule.js
const MIN_BLOCK_MS = 50;
/** Tells everything that is wrong with the combination of inputs. */
function combinationRule(given, context) {
    const refuse = (name, message) => {
        context.addIssue({ code: "custom", path: [name], message });
    };
    const file = given["environment-file"] !== undefined;
    const compares = file || given["baseline-url"] !== undefined;
    if (given["baseline-url"] !== undefined && given.url === undefined) {
        refuse("url", "baseline-url is given, so the candidate's url is needed as well");
    }
    if (file && (given.url !== undefined || given["baseline-url"] !== undefined)) {
        refuse("environment-file", "either the gate starts both versions, or url says where they are");
    }
    if (file && given.archive === undefined)
        refuse("archive", "environment-file needs the archive");
    if (file && given.digest === undefined)
        refuse("digest", "environment-file needs the digest");
    if (given["baseline-archive"] !== undefined && !file) {
        refuse("baseline-archive", "only together with environment-file");
    }
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(given["url-variable"])) {
        refuse("url-variable", "the name of a variable: letters, digits and _");
    }
    if (given.block < MIN_BLOCK_MS)
        refuse("block", `at least ${MIN_BLOCK_MS}ms`);
    if (given.duration < 4 * given.block)
        refuse("duration", "at least four blocks");
    if (given["max-duration"] < given.duration)
        refuse("max-duration", "at least duration");
    if (given["rule-out"] < given.margin)
        refuse("rule-out", "at least margin");
    if (given.alpha <= 0 || given.alpha >= 50)
        refuse("alpha", "above 0 and below 50 percent");
    if (given.beta <= 0 || given.beta >= 50)
        refuse("beta", "above 0 and below 50 percent");
    if (given.parallel && compares) {
        refuse("parallel", "scripts that run at once would disturb the comparison");
    }
}

;// CONCATENATED MODULE: ./actions/k6-gate/action.js






/* harmony default export */ const k6_gate_action = ((0,action/* defineAction */.QP)({
    name: "k6-gate",
    description: "Runs k6 scripts against a release and the one that it replaces, in turns, and lets it through only if it is no worse.",
    branding: { icon: "activity", color: "purple" },
    inputs: schemas/* object */.Ikc({
        path: action/* input */.hF.list({
            description: "The k6 scripts: paths and globs, `!` in front leaves out.",
        }),
        flags: (0,action/* fieldOf */._F)(flagsKind, {
            description: "Flags for `k6 run`, split as a shell would, and never expanded.",
            default: "",
            optional: true,
        }),
        url: action/* input */.hF.text({
            description: "Where the candidate is; the script finds it in `url-variable`.",
            optional: true,
        }),
        "baseline-url": action/* input */.hF.text({
            description: "Where the version to be replaced is. With it both get the load in turns, and are compared.",
            optional: true,
        }),
        "url-variable": action/* input */.hF.text({
            description: "The variable (`__ENV`) that tells the script where to send.",
            default: "BASE_URL",
        }),
        "environment-file": action/* input */.hF.path({
            description: "In place of the URLs: the gate itself starts the candidate, and the release that is stable at this environment's target, as this file says.",
            optional: true,
        }),
        archive: action/* input */.hF.path({
            description: "The candidate's archive, or the folder that it was downloaded into.",
            optional: true,
        }),
        digest: action/* input */.hF.digest({
            description: "What the candidate is: checked if there is an archive, told in the statement.",
            optional: true,
        }),
        "baseline-archive": action/* input */.hF.path({
            description: "The stable release's archive, when the target does not have it on this machine.",
            optional: true,
        }),
        "baseline-digest": action/* input */.hF.digest({
            description: "What `baseline-archive` must be; the target's stable release otherwise.",
            optional: true,
        }),
        "service-env": action/* input */.hF.listOf(variableKind, {
            description: "Variables for both processes that the gate starts, in place of those of the environment file: NAME=value.",
            optional: true,
        }),
        duration: action/* input */.hF.duration({
            description: "How long both versions together have the load before it is decided.",
            default: "60s",
        }),
        "max-duration": action/* input */.hF.duration({
            description: "An undecided comparison goes on up to this.",
            default: "3m",
        }),
        block: action/* input */.hF.duration({
            description: "How long one version has the load before it is the other's turn. Shorter is better, as long as it holds some 20 iterations.",
            default: "500ms",
        }),
        "warm-up": action/* input */.hF.duration({
            description: "The beginning, in which both have the load and nothing counts.",
            default: "4s",
        }),
        metric: action/* input */.hF.text({
            description: "The trend whose p50, p95 and p99 are compared.",
            default: "http_req_duration",
        }),
        margin: action/* input */.hF.percentage({
            description: "A candidate that is worse by no more than this never fails.",
            default: "5",
        }),
        "rule-out": action/* input */.hF.percentage({
            description: "A candidate passes when it is known, but for `beta`, to be worse by less than this.",
            default: "10",
        }),
        "pass-on": action/* input */.hF.listOf((0,action/* enumKind */.U8)(metric/* METRICS */.C), {
            description: "The metrics in which that must be known. All metrics can fail the gate.",
            default: "p10, p50",
        }),
        alpha: action/* input */.hF.percentage({
            description: "A candidate that is not worse fails in at most this share of runs.",
            default: "1",
        }),
        beta: action/* input */.hF.percentage({
            description: "One that is worse by `rule-out` passes in at most this share of runs.",
            default: "5",
        }),
        "process-spread": action/* input */.hF.percentage({
            description: "By how much the latencies of two processes of the same code differ for as long as they live (standard deviation): code that happened to be compiled otherwise, a busier CPU.",
            default: "3",
        }),
        "on-inconclusive": action/* input */.hF.enum(["fail", "pass", "ask"], {
            description: "What an undecided comparison does: fail; pass, with a warning; ask: the step succeeds and says `inconclusive` in `outcome` and `gate`, for a later job to ask somebody.",
            default: "fail",
        }),
        "baseline-file": action/* input */.hF.path({
            description: "Without a baseline to run: a file with the last good runs, read if it is there, to compare with.",
            optional: true,
        }),
        parallel: action/* input */.hF.boolean({
            description: "Run all scripts at once. Not together with a baseline: they would disturb each other.",
            default: "false",
        }),
        "fail-fast": action/* input */.hF.boolean({
            description: "Stop at the first script that fails.",
            default: "false",
        }),
        debug: action/* input */.hF.boolean({
            description: "Show everything that k6 logs.",
            default: "false",
        }),
        "k6-version": action/* input */.hF.text({ description: "The version of k6.", default: "2.2.0" }),
        report: action/* input */.hF.path({
            description: "Where the report is written, as JSON.",
            default: "k6-gate/report.json",
        }),
    })
        .superRefine(combinationRule),
    outputs: schemas/* object */.Ikc({
        gate: record/* Gate */.iD.describe("What this gate found, as JSON, with its statement."),
        outcome: schemas/* enum */.k5n(["passed", "failed", "inconclusive"])
            .describe("How it ended, whatever `on-inconclusive` makes of it."),
        ratios: schemas/* unknown */.L5J()
            .describe("Candidate against baseline for each script and metric, with intervals, as JSON."),
        iterations: schemas/* number */.aig().describe("Iterations of the candidate's scripts."),
        requests: schemas/* number */.aig().describe("Requests that the candidate got."),
        report: schemas/* string */.YjP().describe("Path of the report."),
        duration: schemas/* number */.aig().describe("Seconds that it took."),
        baseline: schemas/* string */.YjP()
            .optional()
            .describe("Path of the updated baseline file: with this run, if it was a good one."),
    }),
    run: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(483), __webpack_require__.e(474), __webpack_require__.e(891), __webpack_require__.e(278), __webpack_require__.e(292)]).then(__webpack_require__.bind(__webpack_require__, 6292))).k6Gate(context),
}));


/***/ }),

/***/ 9084:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  QP: () => (/* reexport */ defineAction),
  U8: () => (/* reexport */ kinds/* enumKind */.U8),
  dn: () => (/* reexport */ input/* expression */.dn),
  _F: () => (/* reexport */ input/* fieldOf */._F),
  ln: () => (/* reexport */ summary/* inlineText */.ln),
  hF: () => (/* reexport */ input/* input */.hF),
  I: () => (/* reexport */ kind/* kindOf */.I),
  gl: () => (/* reexport */ path/* pathKind */.g),
  $2: () => (/* reexport */ kinds/* percentageKind */.$2),
  CC: () => (/* reexport */ kind/* problem */.CC),
  Uq: () => (/* reexport */ kind/* value */.Uq),
  ih: () => (/* reexport */ path/* workspaceFolder */.i)
});

// UNUSED EXPORTS: digestKind, durationKind, numberKind, textKind

;// CONCATENATED MODULE: ./lib/action/define.js
/** One action as one value: action.yml, the README's tables and the checks are made from it. */
function defineAction(action) {
    return action;
}

// EXTERNAL MODULE: ./lib/action/input.js + 1 modules
var input = __webpack_require__(6897);
// EXTERNAL MODULE: ./lib/action/kind.js
var kind = __webpack_require__(5469);
// EXTERNAL MODULE: ./lib/action/kinds.js
var kinds = __webpack_require__(6536);
// EXTERNAL MODULE: ./lib/action/path.js
var path = __webpack_require__(1124);
// EXTERNAL MODULE: ./lib/action/summary.js
var summary = __webpack_require__(7935);
;// CONCATENATED MODULE: ./lib/action/action.js
/** All that an action's definition needs; how it is entered is in enter.ts. */








/***/ }),

/***/ 9466:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $L: () => (/* binding */ digestOfValue),
/* harmony export */   dj: () => (/* binding */ canonicalJson),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/**
 * JSON with one spelling per value, after RFC 8785: keys sorted by UTF-16 units, no space, numbers as JavaScript
 * writes them. Keys whose value is undefined are left out; what JSON cannot say is an error.
 */
function canonicalJson(value) {
    if (Array.isArray(value))
        return `[${value.map(canonicalJson).join(",")}]`;
    if (typeof value === "object" && value !== null) {
        const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
        const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
        const members = sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
        return `{${members.join(",")}}`;
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
        throw new RangeError(`${value} has no JSON`);
    }
    const text = JSON.stringify(value);
    if (text === undefined)
        throw new TypeError(`a ${typeof value} has no JSON`);
    return text;
}
/** The digest of a value, whatever its spelling was: of its canonical JSON. */
function digestOfValue(value) {
    return digestOf(canonicalJson(value));
}
/** The digest of these very bytes: of a record, the one that `sha256sum record.json` prints. */
function digestOf(text) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256").update(text).digest("hex")}`;
}


/***/ }),

/***/ 6071:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e9: () => (/* binding */ Traffic),
/* harmony export */   fQ: () => (/* binding */ ReleaseRecord),
/* harmony export */   iD: () => (/* binding */ Gate),
/* harmony export */   mp: () => (/* binding */ Rollout)
/* harmony export */ });
/* unused harmony exports GateOutcome, RecordedGate, Evidence, RolloutStep, Record */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4410);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3477);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7509);


const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** What a gate found. `skipped` is only ever by request, and says whose. */
const GateOutcome = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["passed", "failed", "inconclusive", "skipped"]);
const Gate = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().describe("build, deploy, approval, canary-promote, …"),
    outcome: GateOutcome,
    reason: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().describe("one sentence for a person"),
    statement: _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .Statement */ .WZ.optional().describe("what the gate saw, by digest of what it let through"),
});
/** A gate as the record keeps it: its statement by digest, so that what was seen stands once and can be checked. */
const RecordedGate = Gate.omit({ statement: true }).extend({
    statement: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .regex(DIGEST)
        .optional()
        .describe("digest of the gate's statement, a key of `statements`"),
});
const Evidence = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    worse: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(),
    threshold: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(),
    goodEnough: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(),
    goodEnoughThreshold: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(),
    candidate: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ requests: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), errors: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig() }),
    baseline: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ requests: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), errors: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig() }),
    metrics: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig())
        .optional()
        .describe("what each metric says by itself: errors, errors:KIND, latency:SECONDS, instances"),
    control: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig()
        .optional()
        .describe("evidence that stable differs from itself; at the threshold nothing is proved"),
});
const RolloutStep = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    weight: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().describe("percent of traffic"),
    startedAt: zod__WEBPACK_IMPORTED_MODULE_2__/* .datetime */ .w$(),
    endedAt: zod__WEBPACK_IMPORTED_MODULE_2__/* .datetime */ .w$().nullable(),
    outcome: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["running", "passed", "rollback", "inconclusive", "interrupted"]),
    evidence: Evidence.nullable(),
    explanation: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .optional()
        .describe("what was compared, how sure it is, and what would change it, for a person"),
    early: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe("why it was passed before its hold was over"),
});
const Rollout = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    plan: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
        strategy: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["canary", "blue-green", "rolling"]),
        steps: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ weight: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), holdMs: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig() })),
    }),
    steps: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(RolloutStep),
    secondsToZero: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig()
        .nullable()
        .describe("from the candidate's first traffic to its last, if it was pulled back; else null"),
});
/** Null is "nobody counted", which is not the same as none. */
const count = zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().nonnegative().nullable();
const Traffic = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    requests: count.describe("asked while the release went through its gates; null when nobody counted"),
    failed: count.describe("answered with an error"),
    lost: count.describe("not answered at all; only who asked can count these"),
});
const ReleaseRecord = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    version: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    commit: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    digest: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().nullable().describe("null when nothing was built"),
    outcome: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["promoted", "rolled-back", "inconclusive", "failed"]),
    gates: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(RecordedGate),
    statements: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(DIGEST), _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .Statement */ .WZ)
        .default({})
        .describe("what the gates saw: in-toto statements by the digest of their canonical JSON"),
    rollout: Rollout.nullable(),
    traffic: Traffic,
});
/** record.json: what was released, through which gates, on what evidence. */
const Record = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    schema: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz(1),
    releases: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ReleaseRecord),
});


/***/ }),

/***/ 7509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T8: () => (/* binding */ statementOf),
/* harmony export */   W3: () => (/* binding */ PREDICATE),
/* harmony export */   WZ: () => (/* binding */ Statement),
/* harmony export */   Z6: () => (/* binding */ subjectsOf),
/* harmony export */   h: () => (/* binding */ digestOfStatement),
/* harmony export */   zG: () => (/* binding */ STATEMENT_TYPE)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4410);
/* harmony import */ var _units_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9242);
/* harmony import */ var _canonical_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9466);



/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
const hexDigest = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
/** What a gate says about the bytes that it let through, or did not: an in-toto statement. */
const Statement = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    _type: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz(STATEMENT_TYPE),
    subject: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), digest: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ sha256: hexDigest }) })).min(1),
    predicateType: zod__WEBPACK_IMPORTED_MODULE_1__/* .url */ .OZ5({ error: "a URI" }),
    predicate: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J()),
});
/** The kinds of statements that gates make. */
const PREDICATE = {
    provenance: "https://slsa.dev/provenance/v1",
    scan: "https://cosign.sigstore.dev/attestation/vuln/v1",
    signature: "urn:sluice:cosign-sign:v1",
    deploy: "urn:sluice:deploy:v1",
    load: "urn:sluice:k6-gate:v1",
    rollout: "urn:sluice:canary-promote:v1",
};
/** The statement of one gate about one artifact. */
function statementOf({ predicateType, subject, predicate }) {
    const sha256 = subject.digest.slice("sha256:".length);
    return {
        _type: STATEMENT_TYPE,
        subject: [{ name: subject.name, digest: { sha256 } }],
        predicateType,
        predicate,
    };
}
/** The digests of what the statement is about. */
function subjectsOf(statement) {
    return statement.subject.flatMap(({ digest }) => (0,_units_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDigest */ .m)(digest.sha256) ?? []);
}
/** The digest by which a record names a statement: of its canonical JSON, whatever its spelling on the way. */
function digestOfStatement(statement) {
    return (0,_canonical_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOfValue */ .$L)(statement);
}


/***/ }),

/***/ 2577:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ METRICS)
/* harmony export */ });
/** What of the two versions is compared. Every ratio is turned so that above 1 means: the candidate is worse. */
const METRICS = ["p10", "p50", "p95", "p99", "error-rate", "throughput"];


/***/ }),

/***/ 3477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w$: () => (/* binding */ datetime)
/* harmony export */ });
/* unused harmony exports date, time, duration */
/* harmony import */ var _core_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1299);
/* harmony import */ var _schemas_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4410);



function datetime(params) {
    return _core_index_js__WEBPACK_IMPORTED_MODULE_0__/* ._isoDateTime */ .G1(_schemas_js__WEBPACK_IMPORTED_MODULE_1__/* .ZodISODateTime */ .You, params);
}
function date(params) {
    return core._isoDate(ZodISODate, params);
}
function time(params) {
    return core._isoTime(ZodISOTime, params);
}
function duration(params) {
    return core._isoDuration(ZodISODuration, params);
}


/***/ })

};
