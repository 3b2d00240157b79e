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
/* harmony import */ var _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5658);




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
    run: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(483), __webpack_require__.e(178), __webpack_require__.e(355), __webpack_require__.e(424)]).then(__webpack_require__.bind(__webpack_require__, 8424))).report(context),
}));


/***/ }),

/***/ 9084:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  QP: () => (/* reexport */ defineAction),
  dn: () => (/* reexport */ input/* expression */.dn),
  _F: () => (/* reexport */ input/* fieldOf */._F),
  ln: () => (/* reexport */ summary/* inlineText */.ln),
  hF: () => (/* reexport */ input/* input */.hF),
  I: () => (/* reexport */ kind/* kindOf */.I),
  $2: () => (/* reexport */ kinds/* percentageKind */.$2),
  CC: () => (/* reexport */ kind/* problem */.CC),
  Uq: () => (/* reexport */ kind/* value */.Uq),
  ih: () => (/* reexport */ path/* workspaceFolder */.i)
});

// UNUSED EXPORTS: digestKind, durationKind, enumKind, numberKind, pathKind, textKind

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

/***/ 5658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  iD: () => (/* binding */ Gate),
  fQ: () => (/* binding */ ReleaseRecord),
  mp: () => (/* binding */ Rollout),
  e9: () => (/* binding */ Traffic)
});

// UNUSED EXPORTS: Evidence, GateOutcome, Record, RolloutStep

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ../../node_modules/zod/v4/core/api.js
var api = __webpack_require__(1299);
;// CONCATENATED MODULE: ../../node_modules/zod/v4/classic/iso.js



function datetime(params) {
    return api/* _isoDateTime */.G1(schemas/* ZodISODateTime */.You, params);
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

;// CONCATENATED MODULE: ./lib/evidence/record.js

/** What a gate found. `skipped` is only ever by request, and says whose. */
const GateOutcome = schemas/* enum */.k5n(["passed", "failed", "inconclusive", "skipped"]);
const Gate = schemas/* object */.Ikc({
    name: schemas/* string */.YjP().describe("build, deploy, approval, canary-promote, …"),
    outcome: GateOutcome,
    reason: schemas/* string */.YjP().describe("one sentence for a person"),
});
const Evidence = schemas/* object */.Ikc({
    worse: schemas/* number */.aig(),
    threshold: schemas/* number */.aig(),
    goodEnough: schemas/* number */.aig(),
    goodEnoughThreshold: schemas/* number */.aig(),
    candidate: schemas/* object */.Ikc({ requests: schemas/* number */.aig(), errors: schemas/* number */.aig() }),
    baseline: schemas/* object */.Ikc({ requests: schemas/* number */.aig(), errors: schemas/* number */.aig() }),
});
const RolloutStep = schemas/* object */.Ikc({
    weight: schemas/* number */.aig().describe("percent of traffic"),
    startedAt: datetime(),
    endedAt: datetime().nullable(),
    outcome: schemas/* enum */.k5n(["running", "passed", "rollback", "inconclusive", "interrupted"]),
    evidence: Evidence.nullable(),
});
const Rollout = schemas/* object */.Ikc({
    plan: schemas/* object */.Ikc({
        strategy: schemas/* enum */.k5n(["canary", "blue-green", "rolling"]),
        steps: schemas/* array */.YOg(schemas/* object */.Ikc({ weight: schemas/* number */.aig(), holdMs: schemas/* number */.aig() })),
    }),
    steps: schemas/* array */.YOg(RolloutStep),
    secondsToZero: schemas/* number */.aig()
        .nullable()
        .describe("from the candidate's first traffic to its last, if it was pulled back; else null"),
});
/** Null is "nobody counted", which is not the same as none. */
const count = schemas/* int */.Whr().nonnegative().nullable();
const Traffic = schemas/* object */.Ikc({
    requests: count.describe("asked while the release went through its gates; null when nobody counted"),
    failed: count.describe("answered with an error"),
    lost: count.describe("not answered at all; only who asked can count these"),
});
const ReleaseRecord = schemas/* object */.Ikc({
    version: schemas/* string */.YjP(),
    commit: schemas/* string */.YjP(),
    digest: schemas/* string */.YjP().nullable().describe("null when nothing was built"),
    outcome: schemas/* enum */.k5n(["promoted", "rolled-back", "inconclusive", "failed"]),
    gates: schemas/* array */.YOg(Gate),
    rollout: Rollout.nullable(),
    traffic: Traffic,
});
/** record.json: what was released, through which gates, on what evidence. */
const Record = schemas/* object */.Ikc({
    schema: schemas/* literal */.euz(1),
    releases: schemas/* array */.YOg(ReleaseRecord),
});


/***/ })

};
