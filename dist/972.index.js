export const id = 972;
export const ids = [972];
export const modules = {

/***/ 6972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4410);
/* harmony import */ var _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9084);
/* harmony import */ var _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5658);



/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: "canary-promote",
    description: "Gives a placed candidate traffic step by step, judges it against stable on raw counters, and promotes it or takes it back.",
    branding: { icon: "trending-up", color: "green" },
    inputs: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        "environment-file": _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.path({
            description: "The environment: where the slots are, the plan, and how the candidate is judged.",
            default: "environments/production.yaml",
        }),
        digest: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.digest({
            description: "The release to promote: the deploy action's `digest`.",
        }),
        strategy: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.enum(["canary", "blue-green", "rolling"], {
            description: "The environment's strategy otherwise.",
            optional: true,
        }),
        steps: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.listOf(_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .percentageKind */ .$2, {
            description: "Weights in percent, ascending, the last one 100; the environment's otherwise.",
            optional: true,
        }),
        interval: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.duration({
            description: "How long each weight is watched; the environment's otherwise.",
            optional: true,
        }),
        bake: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.duration({
            description: "How long the last weight is watched before the old slot is retired.",
            optional: true,
        }),
        holdback: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.percentage({
            description: "Percent that stays with stable while baking, to compare with.",
            optional: true,
        }),
        timeout: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.duration({
            description: "No decision after this long at one weight is inconclusive.",
            optional: true,
        }),
        trace: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.path({
            description: "Where the trace of raw counters is written; `sluice replay` reads it.",
            default: "rollout-trace.jsonl",
        }),
    }),
    outputs: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        gate: _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_1__/* .Gate */ .iD.describe("What this gate found, as JSON."),
        outcome: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(["promoted", "rolled-back", "inconclusive", "failed"])
            .describe("How the rollout ended."),
        held: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY()
            .describe("Whether it ended undecided and the candidate was left at its weight, as `on-inconclusive` says."),
        rollout: _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_1__/* .Rollout */ .mp.describe("Plan, steps and evidence, as JSON: a part of the release record."),
        trace: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe("Path of the trace."),
        "seconds-to-zero": zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig()
            .nullable()
            .describe("From the candidate's first traffic to none, when it was taken back."),
    }),
    run: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(483), __webpack_require__.e(178), __webpack_require__.e(355), __webpack_require__.e(165), __webpack_require__.e(974)]).then(__webpack_require__.bind(__webpack_require__, 3974))).promote(context),
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
