export const id = 3;
export const ids = [3];
export const modules = {

/***/ 5003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ code_scan_action)
});

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/code-scan/scanner/scanners.js + 5 modules
var scanners = __webpack_require__(3877);
// EXTERNAL MODULE: ./lib/evidence/record.js
var record = __webpack_require__(6071);
// EXTERNAL MODULE: ./lib/scan/severity.js
var severity = __webpack_require__(925);
;// CONCATENATED MODULE: ./actions/code-scan/together.js
/** Refuses what the scanner would ignore: who wrote it believes that it is heeded. */
function mustGoTogether({ scanner, sarif, rules }, context) {
    const refuse = (name, message) => context.addIssue({ code: "custom", path: [name], message });
    if (sarif !== undefined && scanner !== "sarif") {
        refuse("sarif", `only scanner sarif reads it, and this is ${scanner}`);
    }
    if (rules !== undefined && scanner !== "semgrep") {
        refuse("rules", `only scanner semgrep has rules that can be chosen, and this is ${scanner}`);
    }
}

;// CONCATENATED MODULE: ./actions/code-scan/action.js






const inputs = schemas/* object */.Ikc({
    scanner: action/* input */.hF.enum([...scanners/* SCANNER_NAMES */.r, "sarif"], {
        description: "What scans; each is pinned and verified. `sarif` decides on files that another step wrote.",
    }),
    path: action/* input */.hF.path({ description: "The repository.", default: "." }),
    sarif: action/* input */.hF.list({
        description: "With `scanner: sarif`: the SARIF files, or folders that hold them.",
        optional: true,
    }),
    severity: action/* input */.hF.listOf((0,action/* enumKind */.U8)(severity/* SEVERITIES */.o), {
        description: "Findings of these severities count. By default all of those that the scanner is sure of: everything for actionlint, zizmor and gitleaks, MEDIUM and above for semgrep and `sarif`, HIGH and above for the others.",
        optional: true,
    }),
    exceptions: action/* input */.hF.path({
        description: "A file of exceptions, each with tool, rule, reason and the day it ends. One that is not there is as none.",
        default: ".code-scan.yaml",
    }),
    rules: action/* input */.hF.list({
        description: "semgrep's rules: files, folders, or names of its registry such as p/default. By default those that come with this action, which need no network.",
        optional: true,
    }),
    skip: action/* input */.hF.list({
        description: "Folders, as globs, that semgrep and checkov leave out.",
        default: "node_modules,dist",
    }),
    database: action/* input */.hF.text({
        description: "A folder of osv-scanner's databases, so that it asks nobody; else it asks osv.dev.",
        optional: true,
    }),
    timeout: action/* input */.hF.duration({ description: "How long the scan may take.", default: "15m" }),
    output: action/* input */.hF.path({
        description: "Where the SARIF of the findings that count goes.",
        default: "code-scan/findings.sarif",
    }),
    "upload-sarif": action/* input */.hF.boolean({
        description: "Show the findings in code scanning; needs `security-events: write`.",
        default: "false",
    }),
    token: action/* input */.hF.secret({
        description: "For upload-sarif.",
        default: (0,action/* expression */.dn)("github.token"),
        optional: true,
    }),
})
    .superRefine(mustGoTogether);
const outputs = schemas/* object */.Ikc({
    gate: record/* Gate */.iD.describe("What this gate decided and why, as JSON."),
    passed: schemas/* boolean */.zMY().describe("Whether nothing counts that is not accepted."),
    found: schemas/* number */.aig().describe("How many findings there are."),
    counting: schemas/* number */.aig().describe("How many of them count."),
    sarif: schemas/* string */.YjP().describe("SARIF 2.1.0 of the findings that count."),
    "sarif-upload": schemas/* string */.YjP()
        .optional()
        .describe("With upload-sarif: `uploaded`, or why it could not be."),
});
/* harmony default export */ const code_scan_action = ((0,action/* defineAction */.QP)({
    name: "code-scan",
    description: "Runs one pinned scanner over code, dependencies, secrets, infrastructure or workflows, and decides by its SARIF and by exceptions that end.",
    branding: { icon: "eye", color: "blue" },
    inputs,
    outputs,
    run: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(483), __webpack_require__.e(474), __webpack_require__.e(26), __webpack_require__.e(987), __webpack_require__.e(591)]).then(__webpack_require__.bind(__webpack_require__, 8972))).codeScan(context),
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

/***/ 3877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ SCANNERS),
  r: () => (/* binding */ SCANNER_NAMES)
});

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/code-scan/write-sarif.js
var write_sarif = __webpack_require__(4853);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/tools/process.js
var process = __webpack_require__(3153);
;// CONCATENATED MODULE: ./lib/code-scan/scanner/said.js



/** What the scanner wrote into `file`; a scanner that ended otherwise than by `codes` found out nothing. */
async function writtenBy(title, ended, file, codes = [0]) {
    mustHaveEnded(title, ended, codes);
    try {
        return await (0,promises_.readFile)(file, "utf8");
    }
    catch (cause) {
        throw failed(title, ended, cause);
    }
}
/** Throws `scan-failed` for an exit code that is none of `codes`. */
function mustHaveEnded(title, ended, codes) {
    if (ended.code === undefined || !codes.includes(ended.code))
        throw failed(title, ended);
}
function failed(title, ended, cause) {
    const how = ended.code === undefined ? "was ended" : `ended with ${ended.code}`;
    return new error/* SluiceError */.a("scan-failed", `${title} ${how}: ${(0,process/* lastWords */.a)(ended, 4) || "it said nothing"}`, {
        hint: "what it said is the reason; nothing was decided",
        cause,
    });
}

;// CONCATENATED MODULE: ./lib/code-scan/scanner/scanner.js
const HIGH = ["HIGH", "CRITICAL"];
const ALL = ["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"];

;// CONCATENATED MODULE: ./lib/code-scan/scanner/actionlint.js





const Finding = schemas/* object */.Ikc({
    message: schemas/* string */.YjP(),
    filepath: schemas/* string */.YjP(),
    line: schemas/* number */.aig(),
    kind: schemas/* string */.YjP(),
});
/** Workflows: what GitHub would refuse, and what is surely a mistake. */
const actionlint = {
    title: "actionlint",
    severities: ALL,
    // Without shellcheck and pyflakes: what is found must not depend on what the machine happens to have.
    async calls({ folder }) {
        return [{ args: ["-format", "{{json .}}", "-shellcheck=", "-pyflakes="], cwd: folder }];
    },
    async sarif(ended) {
        if (/no YAML file was found|no project was found/.test(ended.stderr)) {
            throw new error/* SluiceError */.a("inconclusive", "actionlint had no workflow to look at");
        }
        mustHaveEnded("actionlint", ended, [0, 1]);
        const found = schemas/* array */.YOg(Finding).parse(JSON.parse(ended.stdout || "[]"));
        const findings = found.map(({ message, filepath, line, kind }) => ({
            tool: "actionlint",
            rule: kind,
            severity: "MEDIUM",
            message,
            path: filepath,
            line,
        }));
        return (0,write_sarif/* sarifOf */.$)("actionlint", findings, "actionlint");
    },
};

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/code-scan/scanner/native.js





/** The scanners that write SARIF themselves. */
const OUT = "found.sarif";
/** Known vulnerabilities of what lock files pin, by osv.dev. */
const osvScanner = {
    title: "osv-scanner",
    severities: HIGH,
    async calls({ folder, workFolder, database }) {
        const offline = database === undefined ? [] : ["--offline-vulnerabilities"];
        const output = ["--format", "sarif", "--output-file", (0,external_node_path_.join)(workFolder, OUT)];
        return [
            {
                args: ["scan", "source", "--recursive", ...offline, ...output, "."],
                cwd: folder,
                ...(database && { env: { OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY: database } }),
            },
        ];
    },
    async sarif(ended, _call, { workFolder }) {
        if (ended.code === NO_PACKAGES) {
            throw new error/* SluiceError */.a("inconclusive", "osv-scanner had no lock file to look at", {
                hint: "commit the lock file, or leave this scanner out",
            });
        }
        return writtenBy("osv-scanner", ended, (0,external_node_path_.join)(workFolder, OUT), [0, 1]);
    },
};
const NO_PACKAGES = 128;
/** Secrets, in the files and in all commits that are here. */
const gitleaks = {
    title: "gitleaks",
    severities: ALL,
    async calls({ folder, workFolder }) {
        const verb = (0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, ".git")) ? "git" : "dir";
        const report = ["--report-format", "sarif", "--report-path", (0,external_node_path_.join)(workFolder, OUT)];
        const quiet = ["--no-banner", "--redact", "--exit-code", "0"];
        return [{ args: [verb, ".", ...quiet, ...report], cwd: folder }];
    },
    sarif: (ended, _call, { workFolder }) => writtenBy("gitleaks", ended, (0,external_node_path_.join)(workFolder, OUT)),
};
/** Patterns in code, by rules. */
const semgrep = {
    title: "Semgrep OSS",
    severities: ["MEDIUM", "HIGH", "CRITICAL"],
    async calls({ folder, workFolder, rules, skip }) {
        const configs = rules.flatMap((rule) => ["--config", rule]);
        const output = ["--sarif", "--sarif-output", (0,external_node_path_.join)(workFolder, OUT), "--quiet"];
        const excluded = skip.flatMap((path) => ["--exclude", path]);
        const alone = ["--metrics", "off", "--disable-version-check"];
        return [{ args: ["scan", ...alone, ...configs, ...excluded, ...output, "."], cwd: folder }];
    },
    sarif: (ended, _call, { workFolder }) => writtenBy("semgrep", ended, (0,external_node_path_.join)(workFolder, OUT)),
};
/** Infrastructure as code: Dockerfiles, Kubernetes, Terraform, workflows. */
const checkov = {
    title: "Checkov",
    severities: HIGH,
    async calls({ folder, workFolder, skip }) {
        const skipped = skip.flatMap((path) => ["--skip-path", path]);
        const output = ["--output", "sarif", "--output-file-path", workFolder];
        const alone = ["--skip-download", "--soft-fail", "--quiet", "--compact"];
        return [{ args: ["--directory", ".", ...alone, ...skipped, ...output], cwd: folder }];
    },
    sarif: (ended, _call, { workFolder }) => writtenBy("checkov", ended, (0,external_node_path_.join)(workFolder, "results_sarif.sarif")),
};
/** Workflows and actions: what lets others run code, or reach more than they should. */
const zizmor = {
    title: "zizmor",
    severities: ALL,
    async calls({ folder }) {
        const how = ["--pedantic", "--offline", "--no-progress", "--format", "sarif"];
        return [{ args: [...how, "."], cwd: folder }];
    },
    async sarif(ended) {
        if (/no audit was performed|no inputs collected/.test(ended.stderr)) {
            throw new error/* SluiceError */.a("inconclusive", "zizmor had no workflow or action to look at");
        }
        mustHaveEnded("zizmor", ended, [0]);
        return ended.stdout;
    },
};

;// CONCATENATED MODULE: ./lib/code-scan/scanner/npm-audit.js







const Advisory = schemas/* object */.Ikc({
    source: schemas/* number */.aig().optional(),
    title: schemas/* string */.YjP(),
    url: schemas/* string */.YjP().optional(),
    severity: schemas/* string */.YjP(),
    range: schemas/* string */.YjP().optional(),
});
const Report = schemas/* object */.Ikc({
    vulnerabilities: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* object */.Ikc({ via: schemas/* array */.YOg(schemas/* union */.KCZ([schemas/* string */.YjP(), Advisory])) })),
});
const Outage = schemas/* looseObject */._H3({ message: schemas/* string */.YjP() });
/** Known vulnerabilities of npm packages, by the registry. */
const npmAudit = {
    title: "npm audit",
    severities: HIGH,
    async calls({ folder }) {
        const places = await lockFolders(folder);
        if (places.length === 0) {
            throw new error/* SluiceError */.a("inconclusive", "npm audit had no package-lock.json to look at", {
                hint: "commit the lock file, or leave this scanner out",
            });
        }
        return places.map((cwd) => ({ args: ["audit", "--json", "--package-lock-only"], cwd }));
    },
    async sarif(ended, { cwd }, { folder }) {
        const said = parse(ended.stdout);
        const report = Report.safeParse(said);
        if (report.success) {
            const path = (0,external_node_path_.relative)(folder, (0,external_node_path_.join)(cwd, LOCK)).split(external_node_path_.sep).join("/");
            return (0,write_sarif/* sarifOf */.$)("npm audit", findingsIn(report.data, path), "npm-audit");
        }
        const outage = Outage.safeParse(said);
        if (!outage.success)
            throw failed("npm audit", ended);
        throw new error/* SluiceError */.a(
        // Nothing was found, and nothing was looked for either: that passes nobody.
        "inconclusive", `the registry audits nothing: ${outage.data.message}`, {
            hint: "an outage, or a mirror that has no audits; osv-scanner looks at the same lock file",
        });
    },
};
const LOCK = "package-lock.json";
/** Folders with a lock file of their own, but for what npm itself installed. */
async function lockFolders(folder) {
    const found = await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true });
    return found
        .filter((entry) => entry.isFile() && entry.name === LOCK)
        .map(({ parentPath }) => parentPath)
        .filter((path) => !path.split(external_node_path_.sep).includes("node_modules"));
}
function findingsIn({ vulnerabilities }, path) {
    return Object.entries(vulnerabilities).flatMap(([name, { via }]) => via.flatMap((advisory) => {
        // Only the name of another package that is in the list itself.
        if (typeof advisory === "string")
            return [];
        const id = /GHSA-[\w-]+/.exec(advisory.url ?? "")?.[0] ?? String(advisory.source ?? name);
        const range = advisory.range ? ` (${advisory.range})` : "";
        return [
            {
                tool: "npm audit",
                rule: id,
                severity: SEVERITIES[advisory.severity] ?? "UNKNOWN",
                message: `${name}${range}: ${advisory.title}`,
                path,
                line: 1,
            },
        ];
    }));
}
const SEVERITIES = {
    critical: "CRITICAL",
    high: "HIGH",
    moderate: "MEDIUM",
    low: "LOW",
    info: "LOW",
};
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/code-scan/scanner/scanners.js



/** All scanners, by the name that people give. */
const SCANNERS = {
    actionlint: actionlint,
    checkov: checkov,
    gitleaks: gitleaks,
    "npm-audit": npmAudit,
    "osv-scanner": osvScanner,
    semgrep: semgrep,
    zizmor: zizmor,
};
const SCANNER_NAMES = Object.keys(SCANNERS);


/***/ }),

/***/ 4853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ sarifOf)
/* harmony export */ });
/* harmony import */ var _scan_sarif_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6269);

const LEVELS = {
    CRITICAL: "error",
    HIGH: "error",
    MEDIUM: "warning",
    LOW: "note",
    UNKNOWN: "none",
};
/** SARIF 2.1.0 of one scanner's findings: for scanners that cannot write it themselves, and of those that count. */
function sarifOf(tool, findings, category) {
    const ids = [...new Set(findings.map(({ rule }) => rule))];
    const rules = ids.map((id) => {
        const severity = findings.find(({ rule }) => rule === id)?.severity ?? "UNKNOWN";
        return {
            id,
            defaultConfiguration: { level: LEVELS[severity] },
            properties: { "security-severity": _scan_sarif_format_js__WEBPACK_IMPORTED_MODULE_0__/* .SECURITY_SEVERITY */ .lL[severity] },
        };
    });
    const results = findings.map((finding) => ({
        ruleId: finding.rule,
        ruleIndex: ids.indexOf(finding.rule),
        level: LEVELS[finding.severity],
        message: { text: finding.message },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: (0,_scan_sarif_format_js__WEBPACK_IMPORTED_MODULE_0__/* .uriOf */ .S_)(finding.path) },
                    region: { startLine: finding.line ?? 1 },
                },
            },
        ],
        properties: { "security-severity": _scan_sarif_format_js__WEBPACK_IMPORTED_MODULE_0__/* .SECURITY_SEVERITY */ .lL[finding.severity] },
    }));
    const run = {
        tool: { driver: { name: tool, rules } },
        automationDetails: { id: `${category}/` },
        results,
    };
    return JSON.stringify({ $schema: _scan_sarif_format_js__WEBPACK_IMPORTED_MODULE_0__/* .SARIF_SCHEMA */ .A5, version: "2.1.0", runs: [run] }, null, 2);
}


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

/***/ 6269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A5: () => (/* binding */ SARIF_SCHEMA),
/* harmony export */   S_: () => (/* binding */ uriOf),
/* harmony export */   lL: () => (/* binding */ SECURITY_SEVERITY)
/* harmony export */ });
/** What every SARIF log of ours names as its schema. */
const SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
/** What code scanning sorts by. */
const SECURITY_SEVERITY = {
    CRITICAL: "9.5",
    HIGH: "8.0",
    MEDIUM: "5.5",
    LOW: "2.0",
    UNKNOWN: "0.0",
};
/** A path of the repository as SARIF locates it. */
function uriOf(path) {
    return path.split("/").map(encodeURIComponent).join("/");
}


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

/***/ 3153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ lastWords),
/* harmony export */   e: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);

/** More than any message that is read; a program that prints without end must not fill the memory. */
const MAX_OUTPUT_CHARS = 1_000_000;
/** Runs a program to its end; rejects when it cannot be started or `signal` fires, not for its exit code. */
function run(file, args, settings) {
    const { cwd, env, signal, timeoutMs: timeout } = settings;
    const stdio = ["ignore", "pipe", "pipe"];
    return new Promise((resolve, reject) => {
        const options = { ...(cwd && { cwd }), ...(signal && { signal }), ...(timeout && { timeout }) };
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(file, args, { env, stdio, ...options });
        const output = { stdout: "", stderr: "" };
        for (const name of ["stdout", "stderr"]) {
            child[name].setEncoding("utf8").on("data", (text) => {
                output[name] = (output[name] + text).slice(-MAX_OUTPUT_CHARS);
            });
        }
        let failure;
        child.once("error", (error) => {
            failure = signal?.aborted ? signal.reason : error;
            // A program that never started says nothing more; one that was ended still has to go.
            if (child.pid === undefined)
                reject(failure);
        });
        child.once("close", (code) => {
            if (failure !== undefined)
                reject(failure);
            else
                resolve({ code: code ?? undefined, ...output });
        });
    });
}
/** The end of what a program said, for a message. */
function lastWords({ stdout, stderr }, lines = 12) {
    const said = stderr.trim() || stdout.trim();
    return said.split("\n").slice(-lines).join("\n");
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
