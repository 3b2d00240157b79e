export const id = 745;
export const ids = [745];
export const modules = {

/***/ 9745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4410);
/* harmony import */ var _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9084);
/* harmony import */ var _lib_evidence_candidate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5985);
/* harmony import */ var _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5658);
/* harmony import */ var _kind_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9385);





const inputs = zod__WEBPACK_IMPORTED_MODULE_4__/* .object */ .Ikc({
    kind: (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .fieldOf */ ._F)(_kind_js__WEBPACK_IMPORTED_MODULE_3__/* .artifactKind */ .Zm, {
        description: "What is built: an `archive`, that is a tar.gz.",
        default: "archive",
    }),
    name: (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .fieldOf */ ._F)(_kind_js__WEBPACK_IMPORTED_MODULE_3__/* .nameKind */ .uo, { description: "Name of the service." }),
    version: (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .fieldOf */ ._F)(_kind_js__WEBPACK_IMPORTED_MODULE_3__/* .versionKind */ .ZM, {
        description: "Version of the release. By default the tag that the workflow runs for.",
        optional: true,
    }),
    command: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.text({
        description: "What makes the files, run in `context` by `bash -euo pipefail`; several lines are fine. Without one, the files are packed as they are.",
        optional: true,
    }),
    context: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.path({
        description: "The folder that `command` runs in and that becomes the root of the archive.",
        default: ".",
    }),
    path: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.list({
        description: "What is packed, relative to `context`: files, folders and globs; `!` in front leaves out.",
        default: ".",
    }),
    exclude: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.list({
        description: "Globs of what is left out. `.git`, `node_modules/.cache` and npm's `node_modules/.package-lock.json` always are.",
        optional: true,
    }),
    output: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.path({
        description: "Where the archive goes. By default `NAME-VERSION.tar.gz` in the workspace.",
        optional: true,
    }),
    timeout: _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .input */ .hF.duration({ description: "How long `command` may take.", default: "30m" }),
});
const outputs = zod__WEBPACK_IMPORTED_MODULE_4__/* .object */ .Ikc({
    candidate: _lib_evidence_candidate_js__WEBPACK_IMPORTED_MODULE_1__/* .Candidate */ .y.describe("JSON: `name`, `version`, `commit` and `artifacts`, each with `kind`, `uri`, `digest` and `size`."),
    version: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().describe("The version, without a leading v."),
    digest: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().describe("Digest of the archive: `sha256:…`"),
    archive: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().describe("Path of the archive, relative to the workspace."),
    gate: _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_2__/* .Gate */ .iD.describe("JSON: `name`, `outcome` and `reason` of this gate."),
});
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: "build",
    description: "Builds a release candidate: a command, then an archive whose digest depends on the commit alone.",
    branding: { icon: "package", color: "blue" },
    inputs,
    outputs,
    run: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(312), __webpack_require__.e(733)]).then(__webpack_require__.bind(__webpack_require__, 4733))).build(context),
}));


/***/ }),

/***/ 9385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZM: () => (/* binding */ versionKind),
/* harmony export */   Zm: () => (/* binding */ artifactKind),
/* harmony export */   ot: () => (/* binding */ parseVersion),
/* harmony export */   uo: () => (/* binding */ nameKind)
/* harmony export */ });
/* harmony import */ var _lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9084);

/** An image is on its way; until then it is refused rather than half built. */
const artifactKind = {
    type: { name: "enum", values: ["archive"] },
    accepted: "only archive",
    parse(text) {
        if (text === "archive")
            return (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .value */ .Uq)(text);
        if (text === "image")
            return (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .problem */ .CC)("images are not built by this version of the action");
        return (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .problem */ .CC)();
    },
};
/** Safe in a file name, and in a metric's label. */
const nameKind = (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .kindOf */ .I)("letters, digits, dots, hyphens and underscores, beginning with a letter or a digit", (text) => (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text) ? text : undefined));
/** `v1.2.3` and `1.2.3` are the same version. */
const versionKind = (0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_0__/* .kindOf */ .I)("a version such as 1.2.3 or v1.2.3-rc.1", parseVersion);
/** The version without its leading v; undefined when the text is none. */
function parseVersion(text) {
    const version = text.replace(/^v(?=\d)/, "");
    return /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,127}$/.test(version) ? version : undefined;
}


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
