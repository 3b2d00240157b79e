export const id = 136;
export const ids = [136];
export const modules = {

/***/ 4136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ trivy_scan_action)
});

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/evidence/record.js
var record = __webpack_require__(6071);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/scan/finding.js
var finding = __webpack_require__(4361);
// EXTERNAL MODULE: ./lib/scan/severity.js
var severity = __webpack_require__(925);
;// CONCATENATED MODULE: ./actions/trivy-scan/kinds.js




const scannerKind = (0,action/* enumKind */.U8)(finding/* SCANNERS */.K);
const severityKind = (0,action/* enumKind */.U8)(severity/* SEVERITIES */.o);
const packageTypeKind = (0,action/* enumKind */.U8)(["os", "library"]);
/** `misconfig=3`: how many counting findings of one scanner are still accepted. */
const limitKind = {
    type: { name: "string" },
    accepted: `a scanner and a count such as misconfig=3; scanners are ${finding/* SCANNERS */.K.join(", ")}`,
    parse(text) {
        const [, name = "", count = ""] = /^(\w+)\s*=\s*(\d+)$/.exec(text) ?? [];
        const scanner = finding/* SCANNERS */.K.find((known) => known === name);
        const limit = Number(count);
        return scanner && count !== "" && Number.isSafeInteger(limit)
            ? (0,action/* value */.Uq)([scanner, limit])
            : (0,action/* problem */.CC)();
    },
};
/** What an image is called in a registry; by digest, by tag or by both. */
const REFERENCE = /^[a-z0-9][a-zA-Z0-9._:-]*(\/[a-zA-Z0-9._-]+)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;
const imageKind = {
    type: { name: "string" },
    accepted: "an image reference such as ghcr.io/owner/name@sha256:…",
    parse: (text) => (REFERENCE.test(text) ? (0,action/* value */.Uq)(text) : (0,action/* problem */.CC)()),
};
/** `host/path:tag` of a database in a registry. */
const mirrorKind = {
    ...imageKind,
    accepted: "a repository such as ghcr.io/aquasecurity/trivy-db:2",
};
/** A path inside the workspace, or where a repository is to be cloned from. */
const placeKind = {
    type: { name: "string" },
    accepted: "a path inside the workspace, or for scan-type repo the https URL of a repository",
    parse(text) {
        if (/^https?:\/\/[^\s@]+$/.test(text))
            return (0,action/* value */.Uq)({ kind: "url", url: text });
        const read = action/* pathKind */.gl.parse(text);
        return "value" in read ? (0,action/* value */.Uq)({ kind: "path", path: read.value }) : read;
    },
};
/** A cache may lie outside of the workspace: it holds nothing of the job's. */
const cacheKind = {
    type: { name: "string" },
    accepted: "a path, from the workspace where it is relative",
    parse: (text) => (text.includes("\0") ? (0,action/* problem */.CC)() : (0,action/* value */.Uq)((0,external_node_path_.resolve)((0,action/* workspaceFolder */.ih)(), text))),
};

// EXTERNAL MODULE: ./actions/trivy-scan/together.js
var together = __webpack_require__(2333);
;// CONCATENATED MODULE: ./actions/trivy-scan/action.js





const inputs = schemas/* object */.Ikc({
    "scan-type": action/* input */.hF.enum(together/* SCAN_TYPES */.g8, {
        description: "What is scanned: an `image`, a folder (`fs`, `rootfs`, `repo`), only its configuration (`config`), an `sbom`, or the `archive` that the build action made.",
        default: "image",
    }),
    "image-ref": (0,action/* fieldOf */._F)(imageKind, {
        description: "The image in its registry. It is read from there; no daemon is asked.",
        optional: true,
    }),
    input: action/* input */.hF.path({
        description: "An image as a tar file, in place of image-ref.",
        optional: true,
    }),
    "scan-ref": (0,action/* fieldOf */._F)(placeKind, {
        description: "The folder or file to scan; for `repo` also a URL; for `archive` the tar.gz or the folder that holds it.",
        default: ".",
    }),
    scanners: action/* input */.hF.listOf(scannerKind, {
        description: "What is looked for. Usually vuln, misconfig and secret; vuln and secret for image and rootfs; misconfig for config; vuln for sbom.",
        optional: true,
    }),
    severity: action/* input */.hF.listOf(severityKind, {
        description: "Findings of these severities count, for every output.",
        default: "HIGH,CRITICAL",
    }),
    "ignore-unfixed": action/* input */.hF.boolean({
        description: "Vulnerabilities that nobody has fixed yet do not count.",
        default: "false",
    }),
    limits: action/* input */.hF.listOf(limitKind, {
        description: "How many counting findings of a scanner are still accepted; none unless it says so.",
        optional: true,
    }),
    "allowed-licenses": action/* input */.hF.list({
        description: "With `license` among the scanners: the SPDX ids that may be used. Every other licence counts, whatever its severity. Without it the severity decides.",
        optional: true,
    }),
    trivyignores: action/* input */.hF.list({
        description: "Exceptions: .trivyignore.yaml files (id, paths, purls, expired_at, statement) or plain .trivyignore ones. By default the ones in the workspace's root.",
        optional: true,
    }),
    vex: action/* input */.hF.list({
        description: "VEX documents: OpenVEX or CycloneDX, as JSON.",
        optional: true,
    }),
    "vex-max-age-days": action/* input */.hF.number({
        description: "VEX statements that are older no longer hold.",
        min: 1,
        integer: true,
        optional: true,
    }),
    "must-cover": action/* input */.hF.listOf(scannerKind, {
        description: "Of the scanners, those that must have had something to look at, or the gate is inconclusive. When none had anything, it always is.",
        default: "vuln",
    }),
    "exit-code": action/* input */.hF.enum(["1", "0"], {
        description: "0: the step ends well whatever was found, and `passed` and `gate` tell it.",
        default: "1",
    }),
    "vuln-type": action/* input */.hF.listOf(packageTypeKind, {
        description: "Which packages are looked at.",
        default: "os,library",
    }),
    "skip-dirs": action/* input */.hF.list({
        description: "Folders, as globs, that are not scanned.",
        optional: true,
    }),
    "skip-files": action/* input */.hF.list({
        description: "Files, as globs, that are not scanned.",
        optional: true,
    }),
    "trivy-config": action/* input */.hF.path({
        description: "A trivy.yaml for trivy's other settings; one that is not named here is not read. What decides is decided by this action all the same.",
        optional: true,
    }),
    "ignore-policy": action/* input */.hF.path({
        description: "Rego by which trivy sets findings aside. How many they were is told.",
        optional: true,
    }),
    timeout: action/* input */.hF.duration({
        description: "How long the scan, and before it the database, may take.",
        default: "10m",
    }),
    version: action/* input */.hF.text({ description: "The version of trivy.", default: "0.74.0" }),
    "cache-dir": (0,action/* fieldOf */._F)(cacheKind, {
        description: "Where the vulnerability database is kept between runs.",
        default: ".cache/trivy",
    }),
    "db-repository": action/* input */.hF.listOf(mirrorKind, {
        description: "Where the vulnerability database is fetched from: mirrors, asked in this order.",
        default: "mirror.gcr.io/aquasec/trivy-db:2,ghcr.io/aquasecurity/trivy-db:2",
    }),
    "java-db-repository": action/* input */.hF.listOf(mirrorKind, {
        description: "The same for the index of jar files.",
        optional: true,
    }),
    "skip-db-update": action/* input */.hF.boolean({
        description: "Use the database in cache-dir as it is, and ask no mirror.",
        default: "false",
    }),
    "skip-check-update": action/* input */.hF.boolean({
        description: "Check configuration by the checks that are part of trivy, which no update changes.",
        default: "true",
    }),
    "offline-scan": action/* input */.hF.boolean({
        description: "Ask no package registry about dependencies.",
        default: "false",
    }),
    "subject-name": action/* input */.hF.text({
        description: "What the statement calls what was scanned. By default the file's or the image's name.",
        optional: true,
    }),
    "subject-digest": action/* input */.hF.digest({
        description: "What must be scanned, for archive and image: other bytes are refused.",
        optional: true,
    }),
    "output-dir": action/* input */.hF.path({
        description: "The folder for report.json, findings.sarif, sbom.cdx.json and sbom.spdx.json.",
        default: "trivy-scan",
    }),
    "upload-sarif": action/* input */.hF.boolean({
        description: "Show the findings in code scanning; needs `security-events: write`.",
        default: "false",
    }),
    category: action/* input */.hF.text({
        description: "Tells several scans of one commit apart in code scanning.",
        default: "trivy-scan",
    }),
    token: action/* input */.hF.secret({
        description: "For upload-sarif.",
        default: (0,action/* expression */.dn)("github.token"),
        optional: true,
    }),
})
    .superRefine(together/* mustGoTogether */.iY);
const outputs = schemas/* object */.Ikc({
    gate: record/* Gate */.iD.describe("What this gate decided and why, as JSON, with its statement."),
    passed: schemas/* boolean */.zMY().describe("Whether nothing counts that is not accepted."),
    counts: schemas/* unknown */.L5J()
        .describe("Findings by severity, as JSON: all that were `found`, and the `counting` ones."),
    report: schemas/* string */.YjP().describe("Trivy's JSON, without the lines of code around findings."),
    sarif: schemas/* string */.YjP().describe("SARIF 2.1.0 of the findings that count."),
    sbom: schemas/* string */.YjP().optional().describe("The software bill of materials, as CycloneDX."),
    spdx: schemas/* string */.YjP().optional().describe("The same as SPDX."),
    "findings-digest": schemas/* string */.YjP()
        .describe("sha256 of what was found and decided, whatever the order."),
    "report-digest": schemas/* string */.YjP().describe("sha256 of the file `report`."),
    "cache-dir": schemas/* string */.YjP().describe("Where the database is kept, for actions/cache."),
    "cache-key": schemas/* string */.YjP().describe("A key for that cache; another one every day."),
    "sarif-upload": schemas/* string */.YjP()
        .optional()
        .describe("With upload-sarif: `uploaded`, or why it could not be."),
});
/* harmony default export */ const trivy_scan_action = ((0,action/* defineAction */.QP)({
    name: "trivy-scan",
    description: "Scans once with trivy, decides by one rule, and tells it everywhere: gate, counts, SARIF, SBOM, summary, annotations.",
    branding: { icon: "search", color: "blue" },
    inputs,
    outputs,
    run: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(483), __webpack_require__.e(474), __webpack_require__.e(26), __webpack_require__.e(987), __webpack_require__.e(967)]).then(__webpack_require__.bind(__webpack_require__, 4110))).trivyScan(context),
}));


/***/ }),

/***/ 2333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $_: () => (/* binding */ scannersOf),
/* harmony export */   g8: () => (/* binding */ SCAN_TYPES),
/* harmony export */   iY: () => (/* binding */ mustGoTogether)
/* harmony export */ });
const SCAN_TYPES = ["image", "fs", "config", "sbom", "repo", "rootfs", "archive"];
/** What can be looked for, by what is scanned. */
const POSSIBLE = {
    image: ["vuln", "misconfig", "secret", "license"],
    fs: ["vuln", "misconfig", "secret", "license"],
    repo: ["vuln", "misconfig", "secret", "license"],
    rootfs: ["vuln", "misconfig", "secret", "license"],
    archive: ["vuln", "misconfig", "secret", "license"],
    config: ["misconfig"],
    sbom: ["vuln", "license"],
};
/** What is looked for unless the user says so. */
const USUAL = {
    ...POSSIBLE,
    image: ["vuln", "secret"],
    fs: ["vuln", "misconfig", "secret"],
    repo: ["vuln", "misconfig", "secret"],
    rootfs: ["vuln", "secret"],
    archive: ["vuln", "misconfig", "secret"],
    sbom: ["vuln"],
};
function scannersOf(type, asked) {
    return asked ? [...new Set(asked)] : USUAL[type];
}
/** What each input accepts by itself, and what does not go together. */
function mustGoTogether(given, context) {
    const refuse = (name, message) => context.addIssue({ code: "custom", path: [name], message });
    const type = given["scan-type"];
    const images = [given["image-ref"], given.input].filter((one) => one !== undefined).length;
    if (type === "image" && images !== 1) {
        refuse("image-ref", "scan-type image needs either image-ref or input (a tar file)");
    }
    if (type !== "image" && given["image-ref"] !== undefined) {
        refuse("image-ref", `only scan-type image reads it, and this is ${type}`);
    }
    if (type !== "image" && given.input !== undefined) {
        refuse("input", `only scan-type image reads it, and this is ${type}; give scan-ref`);
    }
    if (given["scan-ref"].kind === "url" && type !== "repo") {
        refuse("scan-ref", `only scan-type repo takes a URL, and this is ${type}`);
    }
    const impossible = (given.scanners ?? []).filter((one) => !POSSIBLE[type].includes(one));
    if (impossible.length > 0) {
        refuse("scanners", `scan-type ${type} cannot look for ${impossible.join(", ")}; it looks for ${POSSIBLE[type].join(", ")}`);
    }
    refuseIdleWords(given, refuse);
    if (type === "archive" && given["subject-digest"] === undefined) {
        refuse("subject-digest", "scan-type archive needs it: only the promised bytes are scanned");
    }
    if (type !== "archive" && type !== "image" && given["subject-digest"] !== undefined) {
        refuse("subject-digest", `what scan-type ${type} looks at has no digest that could be checked`);
    }
    if (given.input !== undefined && given["subject-digest"] !== undefined) {
        refuse("subject-digest", "a tar file of an image does not say its digest; give image-ref");
    }
    if (given["upload-sarif"] && given.token === undefined) {
        refuse("token", "upload-sarif needs one");
    }
}
/** Who writes a word believes that it is heeded; of a scanner that nobody asked for it would not be. */
function refuseIdleWords(given, refuse) {
    const scanners = scannersOf(given["scan-type"], given.scanners);
    const idle = (words) => words.filter((one) => !scanners.includes(one));
    const asked = `is looked for by none of the scanners: ${scanners.join(", ")}; name it in scanners`;
    if (given["allowed-licenses"] !== undefined && !scanners.includes("license")) {
        refuse("allowed-licenses", `license ${asked}`);
    }
    const limited = idle((given.limits ?? []).map(([scanner]) => scanner));
    if (limited.length > 0)
        refuse("limits", `${limited.join(", ")} ${asked}`);
    // The default is for all scan types, and nobody wrote it.
    const uncovered = idle(given["must-cover"]).filter((one) => one !== "vuln");
    if (uncovered.length > 0)
        refuse("must-cover", `${uncovered.join(", ")} ${asked}`);
}


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

/***/ 4361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ SCANNERS)
/* harmony export */ });
/** What trivy looks for, by the names that its `scanners` have. */
const SCANNERS = ["vuln", "misconfig", "secret", "license"];


/***/ }),

/***/ 925:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ bySeverity),
/* harmony export */   o: () => (/* binding */ SEVERITIES)
/* harmony export */ });
/** From the least to the most severe, as trivy spells them. */
const SEVERITIES = ["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"];
/** More severe first. */
function bySeverity(a, b) {
    return SEVERITIES.indexOf(b) - SEVERITIES.indexOf(a);
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
