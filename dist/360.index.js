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

// EXTERNAL MODULE: ./lib/load/round-plan.js
var round_plan = __webpack_require__(3389);
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
    // What would be ignored is refused: who wrote it believes that it is heeded.
    if (given["baseline-digest"] !== undefined && given["baseline-archive"] === undefined) {
        refuse("baseline-digest", "only together with baseline-archive, whose digest it is");
    }
    if (given["service-env"] !== undefined && !file) {
        refuse("service-env", "only together with environment-file: else the gate starts no process");
    }
    if (given["baseline-file"] !== undefined && given["baseline-url"] !== undefined) {
        refuse("baseline-file", "either runs that are stored, or baseline-url, which runs beside");
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
    const rounds = (0,round_plan/* refusalOfRounds */.J)({
        rounds: given.rounds,
        durationMs: given.duration,
        maxDurationMs: given["max-duration"],
        blockMs: given.block,
        renewable: file,
    });
    if (rounds !== undefined)
        refuse("rounds", rounds);
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
        rounds: action/* input */.hF.number({
            description: "In how many rounds `duration` is taken, each with new processes of both versions: 12 where the gate starts them and `duration` is long enough, otherwise 1. Two processes of the same code differ for as long as they live; only other processes tell by how much.",
            optional: true,
            min: 1,
            max: 100,
        }),
        "warm-up": action/* input */.hF.duration({
            description: "The beginning of each round, in which both have the load and nothing counts.",
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
            description: "With one round: by how much the latencies of two processes of the same code differ for as long as they live (standard deviation; four times as much in p95 and p99): code that happened to be compiled otherwise, a busier CPU.",
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
    run: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(483), __webpack_require__.e(474), __webpack_require__.e(996), __webpack_require__.e(987), __webpack_require__.e(37)]).then(__webpack_require__.bind(__webpack_require__, 4037))).k6Gate(context),
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
/* harmony export */   mS: () => (/* binding */ Record),
/* harmony export */   mp: () => (/* binding */ Rollout)
/* harmony export */ });
/* unused harmony exports GateOutcome, RecordedGate, Evidence, RolloutStep */
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
    baselineWeight: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig()
        .optional()
        .describe("percent of traffic on the fresh processes of stable that it was compared with; absent when that was stable itself"),
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
        baseline: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["stable", "fresh"])
            .optional()
            .describe("what the candidate was compared with; stable when absent"),
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

/***/ 4041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ plannedLooks),
/* harmony export */   j: () => (/* binding */ pairsIn)
/* harmony export */ });
/* harmony import */ var _schedule_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5060);

/** Extensions of a run, at most; each costs a part of alpha. */
const MAX_LOOKS = 4;
/**
 * After how many cycles it is looked: first after `durationMs`, then at even distances until `maxDurationMs`. Fixed
 * before the run begins, as alpha is shared among them.
 */
function plannedLooks({ durationMs, maxDurationMs }, oneCycleMs) {
    const first = Math.max(1, Math.round(durationMs / oneCycleMs));
    const last = Math.max(first, Math.floor(maxDurationMs / oneCycleMs));
    const count = Math.min(MAX_LOOKS, Math.max(1, Math.floor(last / first)));
    if (count === 1)
        return last > first ? [first, last] : [first];
    const step = (last - first) / (count - 1);
    return Array.from({ length: count }, (_, at) => Math.round(first + at * step));
}
/** Pairs of blocks in that many cycles. */
function pairsIn(cycles) {
    return cycles * _schedule_js__WEBPACK_IMPORTED_MODULE_0__/* .PAIRS */ .Ox.length;
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

/***/ 4176:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ middleMean)
/* harmony export */ });
/** What is left out on each side. */
const TRIMMED = 0.25;
/**
 * The mean of the middle half. A neighbour who takes the CPU for half a second makes a few pairs of blocks absurd;
 * the plain mean would be theirs.
 */
function middleMean(values) {
    const sorted = Float64Array.from(values).sort();
    const left = Math.floor(TRIMMED * sorted.length);
    const middle = sorted.subarray(left, sorted.length - left);
    return middle.reduce((sum, value) => sum + value, 0) / middle.length;
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

/***/ 2784:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ MIN_ROUNDS),
  g: () => (/* binding */ ratiosOf)
});

// EXTERNAL MODULE: ./lib/load/random.js
var load_random = __webpack_require__(8262);
;// CONCATENATED MODULE: ./lib/load/bootstrap.js

const RESAMPLES = 1_000;
/** Stretches that a run is cut into, at most. */
const STRETCHES = 16;
/**
 * Items in order, cut into stretches of equal length. A neighbour who comes and goes hits several pairs of blocks in a
 * row; drawn one by one these would count as so many independent witnesses.
 */
function stretchesOf(items) {
    const length = Math.ceil(items.length / STRETCHES);
    return Array.from({ length: Math.ceil(items.length / length) }, (_, at) => items.slice(at * length, (at + 1) * length));
}
/**
 * The standard error of a statistic, by drawing as many stretches again and again, with replacement: the bootstrap of
 * Efron, in blocks as Carlstein and Künsch do it for series.
 */
function bootstrapError(stretches, statistic, seed) {
    const random = (0,load_random/* randomFrom */.c)(seed);
    let sum = 0;
    let squares = 0;
    for (let round = 0; round < RESAMPLES; round += 1) {
        const drawn = stretches.flatMap(() => stretches[Math.floor(random() * stretches.length)] ?? []);
        const value = statistic(drawn);
        sum += value;
        squares += value * value;
    }
    const mean = sum / RESAMPLES;
    return Math.sqrt(Math.max(0, squares / RESAMPLES - mean * mean));
}

// EXTERNAL MODULE: ./lib/load/metric.js
var metric = __webpack_require__(2577);
// EXTERNAL MODULE: ./lib/load/middle-mean.js
var middle_mean = __webpack_require__(4176);
// EXTERNAL MODULE: ./lib/load/student.js
var student = __webpack_require__(2138);
;// CONCATENATED MODULE: ./lib/load/ratio.js




/** With fewer, nothing is said. */
const MIN_PAIRS = 6;
/** Of rounds, when there is more than one: a standard deviation of three is a guess. */
const MIN_ROUNDS = 4;
/** Two processes of the same code differ in the tail by several times what they differ by in the middle: measured by perf/gate. */
const TAIL_SPREAD = 4;
const SEED = 0x51_1c_e1;
/** The ratio of each metric that has enough pairs. */
function ratiosOf(rounds, levels, blockMs) {
    return metric/* METRICS */.C.flatMap((metric) => ratioOf(metric, rounds, levels, blockMs) ?? []);
}
function ratioOf(metric, rounds, levels, blockMs) {
    switch (metric) {
        case "p10":
        case "p50":
        case "p95":
        case "p99":
            return latencyRatio(metric, rounds, levels);
        case "error-rate":
            return pooledRatio(metric, rounds.flat().filter(hasRequests), levels, errorRate, 1);
        case "throughput":
            return pooledRatio(metric, rounds.flat().filter(hasIterations), levels, perSecond(blockMs), -1);
    }
}
/** From each pair the logarithm of its own ratio: what the machine did to both blocks of a pair is not in it. */
function latencyRatio(metric, rounds, levels) {
    const compared = rounds
        .map((round) => comparedIn(round, metric))
        .filter((round) => round.length > 0);
    const both = compared.flat();
    if (both.length < MIN_PAIRS)
        return undefined;
    const found = rounds.length > 1
        ? betweenRounds(compared, levels)
        : withinRound(both, spreadOf(metric, levels.processSpread), levels);
    if (found === undefined)
        return undefined;
    return {
        metric,
        ...found,
        baseline: (0,middle_mean/* middleMean */.T)(both.map(({ b }) => b)),
        candidate: (0,middle_mean/* middleMean */.T)(both.map(({ c }) => c)),
        pairs: both.length,
    };
}
function comparedIn(round, metric) {
    return round.flatMap(({ baseline, candidate }) => {
        const [b, c] = [baseline.latencyMs?.[metric], candidate.latencyMs?.[metric]];
        return b === undefined || c === undefined ? [] : [{ b, c, log: logRatio(c, b) }];
    });
}
/**
 * Each round is one witness: its processes live as long as it does, so what they differ by is in the spread of the
 * rounds, as is all that the machine did meanwhile (Kalibera & Jones: repeat at the level at which it varies).
 */
function betweenRounds(rounds, levels) {
    if (rounds.length < MIN_ROUNDS)
        return undefined;
    const logs = rounds.map((round) => (0,middle_mean/* middleMean */.T)(round.map(({ log }) => log)));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
    const error = Math.sqrt(squares / (logs.length - 1) / logs.length);
    return interval(mean, error, logs.length, levels);
}
function withinRound(both, spread, levels) {
    const logs = both.map(({ log }) => log);
    const stretches = stretchesOf(logs);
    const error = errorOf(stretches, middle_mean/* middleMean */.T);
    return interval((0,middle_mean/* middleMean */.T)(logs), Math.hypot(error, spread), stretches.length, levels);
}
function spreadOf(metric, processSpread) {
    return metric === "p95" || metric === "p99" ? TAIL_SPREAD * processSpread : processSpread;
}
/** A clock that counts milliseconds measures none now and then; half a microsecond is nearer to it than nothing. */
const LEAST_MS = 0.0005;
function logRatio(candidate, baseline) {
    return Math.log(Math.max(LEAST_MS, candidate) / Math.max(LEAST_MS, baseline));
}
/** From all pairs together: errors are too rare for a ratio of each pair. */
function pooledRatio(metric, pairs, levels, pooled, worse) {
    if (pairs.length < MIN_PAIRS)
        return undefined;
    const logOf = (drawn) => {
        const { baseline, candidate } = addedUp(drawn);
        // No error at all on either arm is no difference, however many requests each had.
        if (metric === "error-rate" && baseline.failed + candidate.failed === 0)
            return 0;
        return worse * Math.log(pooled(candidate) / pooled(baseline));
    };
    const stretches = stretchesOf(pairs.map(sumsOf)).map((stretch) => [addedUp(stretch)]);
    const all = stretches.flat();
    const { baseline, candidate } = addedUp(all);
    return {
        metric,
        ...interval(logOf(all), errorOf(stretches, logOf), stretches.length, levels),
        baseline: pooled(baseline),
        candidate: pooled(candidate),
        pairs: pairs.length,
    };
}
function sumsOf({ baseline, candidate }) {
    return { baseline: { ...baseline, blocks: 1 }, candidate: { ...candidate, blocks: 1 } };
}
function addedUp(pairs) {
    return {
        baseline: sumOf(pairs.map(({ baseline }) => baseline)),
        candidate: sumOf(pairs.map(({ candidate }) => candidate)),
    };
}
function sumOf(sums) {
    const total = { requests: 0, failed: 0, iterations: 0, blocks: 0 };
    for (const { requests, failed, iterations, blocks } of sums) {
        total.requests += requests;
        total.failed += failed;
        total.iterations += iterations;
        total.blocks += blocks;
    }
    return total;
}
/** The bootstrap divides by n where an estimate divides by n - 1. */
function errorOf(stretches, statistic) {
    const { length } = stretches;
    return bootstrapError(stretches, statistic, SEED) * Math.sqrt(length / (length - 1));
}
/**
 * A standard error with Student's quantiles for the number of witnesses (Efron & Tibshirani, ch. 12). At levels as
 * small as ours the percentiles of a bootstrap would be guesses.
 */
function interval(log, error, witnesses, { alpha, beta }) {
    const below = (0,student/* studentQuantile */.F)(1 - alpha, witnesses - 1) * error;
    const above = (0,student/* studentQuantile */.F)(1 - beta, witnesses - 1) * error;
    return { ratio: Math.exp(log), low: Math.exp(log - below), high: Math.exp(log + above) };
}
/** With half an error more on each arm (Anscombe), so that none on one arm is not infinitely better than one. */
const errorRate = ({ failed, requests }) => (failed + 0.5) / (requests + 1);
function perSecond(blockMs) {
    return ({ iterations, blocks }) => (iterations + 0.5) / ((blocks * blockMs) / 1_000);
}
function hasRequests({ baseline, candidate }) {
    return baseline.requests > 0 && candidate.requests > 0;
}
function hasIterations({ baseline, candidate }) {
    return baseline.iterations > 0 || candidate.iterations > 0;
}


/***/ }),

/***/ 3389:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ refusalOfRounds),
/* harmony export */   i: () => (/* binding */ roundPlan)
/* harmony export */ });
/* harmony import */ var _looks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4041);
/* harmony import */ var _ratio_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2784);
/* harmony import */ var _schedule_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5060);



/** Rounds that are taken where processes can be started anew, if there is time for them: see docs/load-gate.md. */
const DEFAULT_ROUNDS = 12;
/** Cycles that a round must have at least. */
const MIN_CYCLES = 2;
const MAX_ROUNDS = 100;
/** What is planned, before anything is run; `looks` are cycles of the one round, or rounds. */
function roundPlan(inputs) {
    const { durationMs, maxDurationMs, blockMs } = inputs;
    const oneCycleMs = _schedule_js__WEBPACK_IMPORTED_MODULE_1__/* .CYCLE */ .PF.length * blockMs;
    const rounds = inputs.rounds ?? defaultRounds(inputs);
    if (rounds === 1) {
        return { kind: "one", looks: (0,_looks_js__WEBPACK_IMPORTED_MODULE_0__/* .plannedLooks */ .D)({ durationMs, maxDurationMs }, oneCycleMs) };
    }
    const cycles = Math.max(MIN_CYCLES, Math.round(durationMs / rounds / oneCycleMs));
    const roundMs = durationMs / rounds;
    return { kind: "several", cycles, looks: (0,_looks_js__WEBPACK_IMPORTED_MODULE_0__/* .plannedLooks */ .D)({ durationMs, maxDurationMs }, roundMs) };
}
function defaultRounds({ durationMs, blockMs, renewable }) {
    const isEnough = durationMs >= leastMs(DEFAULT_ROUNDS, blockMs);
    return renewable && isEnough ? DEFAULT_ROUNDS : 1;
}
function leastMs(rounds, blockMs) {
    return rounds * MIN_CYCLES * _schedule_js__WEBPACK_IMPORTED_MODULE_1__/* .CYCLE */ .PF.length * blockMs;
}
/** What is wrong with the number of rounds; undefined when it can be taken. */
function refusalOfRounds(inputs) {
    const { rounds, durationMs, blockMs, renewable } = inputs;
    if (rounds === undefined || rounds === 1)
        return undefined;
    if (!Number.isInteger(rounds) || rounds < _ratio_js__WEBPACK_IMPORTED_MODULE_2__/* .MIN_ROUNDS */ .B || rounds > MAX_ROUNDS) {
        return `1, or ${_ratio_js__WEBPACK_IMPORTED_MODULE_2__/* .MIN_ROUNDS */ .B} to ${MAX_ROUNDS}`;
    }
    if (!renewable)
        return "only 1 with URLs: the gate cannot restart what it did not start";
    const needed = leastMs(rounds, blockMs);
    if (durationMs >= needed)
        return undefined;
    return `${rounds} rounds of at least ${MIN_CYCLES * _schedule_js__WEBPACK_IMPORTED_MODULE_1__/* .CYCLE */ .PF.length} blocks need a duration of ${needed}ms`;
}


/***/ }),

/***/ 5060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   Ox: () => (/* binding */ PAIRS),
/* harmony export */   PF: () => (/* binding */ CYCLE),
/* harmony export */   Xn: () => (/* binding */ cycleMs),
/* harmony export */   ul: () => (/* binding */ ARMS)
/* harmony export */ });
const ARMS = ["baseline", "candidate"];
/**
 * Which arm has the load, block by block. A, B, B, A: whatever drifts evenly, be it the machine or the neighbours,
 * weighs as much on one arm as on the other.
 */
const CYCLE = ["baseline", "candidate", "candidate", "baseline"];
/** The blocks of a cycle that are compared with each other: neighbours, so that they have the same weather. */
const PAIRS = [
    { baseline: 0, candidate: 1 },
    { baseline: 3, candidate: 2 },
];
/** How long one cycle takes. */
function cycleMs({ blockMs }) {
    return CYCLE.length * blockMs;
}
/** The cycle, counted from the anchor, and the place in it, of a moment. */
function placeOf(schedule, atMs) {
    const sinceMs = atMs - schedule.anchorMs;
    const cycle = Math.floor(sinceMs / cycleMs(schedule));
    const place = Math.floor((sinceMs - cycle * cycleMs(schedule)) / schedule.blockMs);
    return { cycle, place: Math.min(CYCLE.length - 1, place) };
}


/***/ }),

/***/ 2138:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ studentQuantile)
/* harmony export */ });
/**
 * The value below which Student's t with `degrees` degrees of freedom falls with probability `share`. By bisection of
 * the exact distribution function: it is asked a few dozen times a run, so clarity beats speed.
 */
function studentQuantile(share, degrees) {
    if (!(share > 0 && share < 1))
        throw new RangeError(`no quantile at ${share}`);
    if (share < 0.5)
        return -studentQuantile(1 - share, degrees);
    let [low, high] = [0, 1];
    while (studentBelow(high, degrees) < share && high < 1e12)
        high *= 2;
    for (let round = 0; round < 100; round += 1) {
        const middle = (low + high) / 2;
        if (studentBelow(middle, degrees) < share)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}
/** Probability that Student's t is below `t`, which is not negative. */
function studentBelow(t, degrees) {
    return 1 - incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
}
/** Regularized incomplete beta function by its continued fraction (Lentz), DLMF 8.17.22. */
function incompleteBeta(x, a, b) {
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    if (x > (a + 1) / (a + b + 2))
        return 1 - (front * fraction(1 - x, b, a)) / b;
    return (front * fraction(x, a, b)) / a;
}
const TINY = 1e-300;
function fraction(x, a, b) {
    let c = 1;
    let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
    let result = d;
    for (let m = 1; m < 10_000; m += 1) {
        const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / notZero(1 + even * d);
        c = notZero(1 + even / c);
        result *= d * c;
        const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / notZero(1 + odd * d);
        c = notZero(1 + odd / c);
        result *= d * c;
        if (Math.abs(d * c - 1) < 1e-15)
            break;
    }
    return result;
}
function notZero(value) {
    return Math.abs(value) < TINY ? TINY : value;
}
/** Stirling's series after moving the argument above 10; good to about 1e-14. */
function logGamma(x) {
    let shift = 0;
    let z = x;
    for (; z < 10; z += 1)
        shift -= Math.log(z);
    const inverse = 1 / (z * z);
    const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680)))) / z;
    return shift + (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series;
}


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
