export const id = 953;
export const ids = [953];
export const modules = {

/***/ 5953:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4410);
/* harmony import */ var _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9084);
/* harmony import */ var _lib_evidence_needs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7761);
/* harmony import */ var _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6071);




const inputs = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    needs: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.json(_lib_evidence_needs_js__WEBPACK_IMPORTED_MODULE_1__/* .Needs */ .Ag, {
        description: "How the jobs before ended and what they put out; this job has to name them all in its own `needs`.",
        accepted: `${(0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .expression */ .dn)("toJSON(needs)")}`,
    }),
    version: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.text({
        description: "The release's version, for when nothing was built that says it.",
        default: (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .expression */ .dn)("github.ref_name"),
    }),
    commit: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.text({
        description: "The commit, for when nothing was built that says it.",
        default: (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .expression */ .dn)("github.sha"),
    }),
    trace: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.path({
        description: "The trace that canary-promote wrote; without one the page has no timeline. A file that is not there is as none.",
        optional: true,
    }),
    "environment-file": _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.path({
        description: "The environment, if its `verdict` has other ratios than the defaults: the evidence on the timeline is worked out from them.",
        optional: true,
    }),
    traffic: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.json(_lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_2__/* .Traffic */ .e9, {
        description: "What whoever asked has counted: JSON of `requests`, `failed` and `lost`. Otherwise the trace's counters, which cannot tell what was lost.",
        accepted: '{"requests": 1000, "failed": 2, "lost": 0}, each a whole number or null',
        optional: true,
    }),
    record: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.path({ description: "Where the record goes.", default: "record.json" }),
    page: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.path({ description: "Where the page goes.", default: "report.html" }),
    title: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.text({ description: "Heading of the page.", default: "Release record" }),
    "slack-webhook": _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.secret({
        description: "A Slack-compatible webhook that is told the outcome. That it cannot be reached is a warning, not a failure.",
        optional: true,
    }),
});
const outputs = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    outcome: _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_2__/* .ReleaseRecord */ .fQ.shape.outcome.describe("promoted, rolled-back, inconclusive or failed."),
    record: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().describe("Path of the record, relative to the workspace."),
    page: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().describe("Path of the page, relative to the workspace."),
    "record-digest": zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().describe("Digest of the record: `sha256:…`, as `sha256sum` has it."),
});
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: "report",
    description: "Gathers what every gate found into one record, and shows it: job summary, a self-contained page, a message.",
    branding: { icon: "file-text", color: "green" },
    inputs,
    outputs,
    run: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(483), __webpack_require__.e(419), __webpack_require__.e(996), __webpack_require__.e(869)]).then(__webpack_require__.bind(__webpack_require__, 9869))).report(context),
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

/***/ 7761:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ Needs),
/* harmony export */   GC: () => (/* binding */ firstOutput),
/* harmony export */   jH: () => (/* binding */ outputOf),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* unused harmony export JobResult */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4410);

const JobResult = zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(["success", "failure", "cancelled", "skipped"], "success, failure, cancelled or skipped");
/** `toJSON(needs)`: how each earlier job ended, and what it put out. */
const Needs = zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    result: JobResult,
    outputs: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(), "the job's outputs, as texts").default({}),
}), "an object of jobs: ${{ toJSON(needs) }}");
/** The text of an output; undefined when the job never wrote it, which GitHub shows as an empty text. */
function outputOf(job, name) {
    const text = job.outputs[name];
    return text === undefined || text === null || text.trim() === "" ? undefined : text;
}
/** The first output called `name` in any job that `schema` accepts. */
function firstOutput(needs, name, schema) {
    for (const job of Object.values(needs)) {
        const text = outputOf(job, name);
        const read = text === undefined ? undefined : schema.safeParse(parseJson(text));
        if (read?.success)
            return read.data;
    }
    return undefined;
}
/** The value of a JSON text; a text that is no JSON is itself. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return text;
    }
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
