export const id = 591;
export const ids = [591];
export const modules = {

/***/ 8972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  codeScan: () => (/* binding */ codeScan)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ../../node_modules/picomatch/index.js
var picomatch = __webpack_require__(1026);
// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var classic_schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/schema-faults.js
var schema_faults = __webpack_require__(8063);
;// CONCATENATED MODULE: ./lib/code-scan/exception.js





const day = classic_schemas/* string */.YjP()
    .regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2027-01-31")
    .transform((text) => new Date(`${text}T00:00:00Z`))
    .refine((date) => !Number.isNaN(date.getTime()), "a day such as 2027-01-31");
// Strict, and without a default: an exception without a reason or an end is none.
const Entry = classic_schemas/* strictObject */.rej({
    tool: classic_schemas/* string */.YjP().min(1),
    rule: classic_schemas/* string */.YjP().min(1),
    paths: classic_schemas/* array */.YOg(classic_schemas/* string */.YjP().min(1)).default([]),
    reason: classic_schemas/* string */.YjP().min(10, "a reason that somebody else understands"),
    expires: day,
});
const ExceptionFile = classic_schemas/* strictObject */.rej({ exceptions: classic_schemas/* array */.YOg(Entry) });
/** Reads a file of exceptions; all that is wrong in it is told at once. Throws `invalid-input`. */
function readExceptions(text, name) {
    const document = (0,dist/* parseDocument */.Tp)(text, { schema: "core" });
    const broken = document.errors.map((error) => error.message.split("\n")[0] ?? "not YAML");
    if (broken.length > 0)
        throw invalid(name, broken);
    const read = ExceptionFile.safeParse(document.toJS());
    if (!read.success)
        throw invalid(name, (0,schema_faults/* schemaFaults */.d)(read.error));
    return read.data.exceptions.map((entry, index) => ({
        ...entry,
        source: `${name}, exceptions[${index}]`,
    }));
}
function invalid(name, faults) {
    return new error/* SluiceError */.a("invalid-input", `${name} is no file of exceptions: ${faults.join("; ")}`, {
        hint: "each has tool, rule, reason and expires (a day), and may have paths",
    });
}
/** Whether the exception is about this finding, expired or not. */
function isAbout(exception, finding) {
    if (exception.tool.toLowerCase() !== finding.tool.toLowerCase())
        return false;
    if (exception.rule !== finding.rule)
        return false;
    const { paths } = exception;
    return paths.length === 0 || picomatch.isMatch(finding.path, [...paths], { dot: true });
}

;// CONCATENATED MODULE: ./lib/code-scan/decide.js

/** Decides; pure. Of `tool`, the scanner whose exceptions are looked at. */
function decide(findings, rule, tool, now) {
    const judged = findings.map((finding) => judge(finding, rule, now));
    const counting = judged.filter(({ counts }) => counts);
    const unused = rule.exceptions.filter((exception) => exception.tool.toLowerCase() === tool.toLowerCase() &&
        !findings.some((finding) => isAbout(exception, finding)));
    const excepted = judged.filter(({ counts, exception }) => !counts && exception !== undefined);
    const outcome = counting.length === 0 ? "passed" : "failed";
    return { outcome, judged, counting, excepted, unused };
}
function judge(finding, { severities, exceptions }, now) {
    if (!severities.includes(finding.severity))
        return { finding, counts: false, exception: undefined };
    const about = exceptions.filter((exception) => isAbout(exception, finding));
    const valid = about.find(({ expires }) => expires.getTime() > now.getTime());
    return { finding, counts: valid === undefined, exception: valid ?? about.at(-1) };
}
/** The decision in one sentence. */
function reasonOf(decision, tool) {
    const { judged, counting, excepted } = decision;
    const accepted = excepted.length > 0 ? `, ${excepted.length} accepted for a time` : "";
    const expired = counting.filter(({ exception }) => exception !== undefined).length;
    const ended = expired > 0 ? `, of which ${expired} had an exception that ran out` : "";
    return `${tool} found ${judged.length}, of which ${counting.length} count${ended}${accepted}`;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/tools/catalogue.js
var catalogue = __webpack_require__(9669);
// EXTERNAL MODULE: ./lib/tools/ensure.js + 22 modules
var ensure = __webpack_require__(5632);
// EXTERNAL MODULE: ./lib/tools/process.js
var process = __webpack_require__(3153);
// EXTERNAL MODULE: ./lib/tools/search-path.js
var search_path = __webpack_require__(3284);
// EXTERNAL MODULE: ../../node_modules/zod/v4/core/api.js
var api = __webpack_require__(1299);
;// CONCATENATED MODULE: ../../node_modules/zod/v4/classic/coerce.js


function string(params) {
    return api/* _coercedString */.K_(classic_schemas/* ZodString */.NDH, params);
}
function number(params) {
    return core._coercedNumber(schemas.ZodNumber, params);
}
function coerce_boolean(params) {
    return core._coercedBoolean(schemas.ZodBoolean, params);
}
function bigint(params) {
    return core._coercedBigint(schemas.ZodBigInt, params);
}
function date(params) {
    return core._coercedDate(schemas.ZodDate, params);
}

;// CONCATENATED MODULE: ./lib/code-scan/sarif-log.js


const message = classic_schemas/* object */.Ikc({ text: classic_schemas/* string */.YjP().optional(), markdown: classic_schemas/* string */.YjP().optional() });
const properties = classic_schemas/* looseObject */._H3({ "security-severity": string().optional() }).optional();
const Rule = classic_schemas/* object */.Ikc({
    id: classic_schemas/* string */.YjP(),
    shortDescription: message.optional(),
    defaultConfiguration: classic_schemas/* object */.Ikc({ level: classic_schemas/* string */.YjP().optional() }).optional(),
    properties,
});
const Place = classic_schemas/* object */.Ikc({
    physicalLocation: classic_schemas/* object */.Ikc({
        artifactLocation: classic_schemas/* object */.Ikc({ uri: classic_schemas/* string */.YjP().optional() }).optional(),
        region: classic_schemas/* object */.Ikc({ startLine: classic_schemas/* number */.aig().optional() }).optional(),
    })
        .optional(),
});
const Result = classic_schemas/* object */.Ikc({
    ruleId: classic_schemas/* string */.YjP().optional(),
    ruleIndex: classic_schemas/* number */.aig().optional(),
    rule: classic_schemas/* object */.Ikc({ id: classic_schemas/* string */.YjP().optional(), index: classic_schemas/* number */.aig().optional() }).optional(),
    level: classic_schemas/* string */.YjP().optional(),
    message,
    locations: classic_schemas/* array */.YOg(Place).optional(),
    // A finding that the code itself says to leave alone, as semgrep's nosemgrep; unless that was not agreed to.
    suppressions: classic_schemas/* array */.YOg(classic_schemas/* looseObject */._H3({ status: classic_schemas/* string */.YjP().optional() })).optional(),
    properties,
});
const Run = classic_schemas/* object */.Ikc({
    tool: classic_schemas/* object */.Ikc({
        driver: classic_schemas/* object */.Ikc({ name: classic_schemas/* string */.YjP(), rules: classic_schemas/* array */.YOg(Rule).optional() }),
        extensions: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ rules: classic_schemas/* array */.YOg(Rule).optional() })).optional(),
    }),
    // Null is what a scanner writes that failed before it looked at anything.
    results: classic_schemas/* array */.YOg(Result).nullish(),
    invocations: classic_schemas/* array */.YOg(classic_schemas/* looseObject */._H3({ executionSuccessful: classic_schemas/* boolean */.zMY().optional() })).optional(),
});
/** As far as it is read; https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
const SarifLog = classic_schemas/* object */.Ikc({ version: classic_schemas/* literal */.euz("2.1.0"), runs: classic_schemas/* array */.YOg(Run) });
/**
 * The findings of a SARIF file. Throws `invalid-input` for what is none, and `inconclusive` for one that says itself that
 * nothing was scanned, or not all: no finding is no news then.
 */
function findingsOf(text, name) {
    const { runs } = readSarif(text, name);
    if (runs.length === 0)
        throw undecided(`${name} has no run of a scanner in it`);
    return runs.flatMap((run) => {
        mustHaveScanned(run, name);
        const { driver, extensions = [] } = run.tool;
        const rules = [driver, ...extensions].flatMap((part) => part.rules ?? []);
        const byId = new Map(rules.map((rule) => [rule.id, rule]));
        const results = (run.results ?? []).filter((result) => !isSuppressed(result));
        return results.map((result) => findingOf(result, driver.name, byId, driver.rules ?? []));
    });
}
function mustHaveScanned({ tool, results, invocations = [] }, name) {
    const { name: scanner } = tool.driver;
    const failed = invocations.some(({ executionSuccessful }) => executionSuccessful === false);
    if (failed)
        throw undecided(`${name} says that ${scanner} did not end well`);
    if (results === null)
        throw undecided(`${name} says that ${scanner} scanned nothing`);
}
/** By all who were asked: what is under review, or was rejected, counts. */
function isSuppressed({ suppressions = [] }) {
    return (suppressions.length > 0 &&
        suppressions.every(({ status = "accepted" }) => status === "accepted"));
}
function undecided(message) {
    return new error/* SluiceError */.a("inconclusive", message, {
        hint: "see in the scanner's own log why, and run it again",
    });
}
function readSarif(text, name) {
    try {
        return SarifLog.parse(JSON.parse(text));
    }
    catch (cause) {
        throw new error/* SluiceError */.a("invalid-input", `${name} is no SARIF 2.1.0 file`, {
            cause,
            hint: "see in the log above what the scanner said instead",
        });
    }
}
function findingOf(result, tool, byId, own) {
    const index = result.ruleIndex ?? result.rule?.index;
    const id = result.ruleId ?? result.rule?.id ?? (index === undefined ? "" : own[index]?.id) ?? "";
    const rule = byId.get(id);
    const place = result.locations?.[0]?.physicalLocation;
    return {
        tool,
        rule: id,
        severity: severityOf(result, rule),
        message: firstLine(result.message.text ?? rule?.shortDescription?.text ?? id),
        path: pathOf(place?.artifactLocation?.uri ?? ""),
        line: place?.region?.startLine,
    };
}
/** By the number that code scanning sorts by, where there is one; else by the level. */
function severityOf(result, rule) {
    const score = Number(result.properties?.["security-severity"] ??
        rule?.properties?.["security-severity"] ??
        Number.NaN);
    if (score >= 9)
        return "CRITICAL";
    if (score >= 7)
        return "HIGH";
    if (score >= 4)
        return "MEDIUM";
    if (score > 0)
        return "LOW";
    const level = result.level ?? rule?.defaultConfiguration?.level ?? "warning";
    return LEVELS[level] ?? "UNKNOWN";
}
const LEVELS = {
    error: "HIGH",
    warning: "MEDIUM",
    note: "LOW",
    none: "UNKNOWN",
};
function pathOf(uri) {
    const path = uri.replace(/^file:\/\//, "").replace(/^\.\//, "");
    try {
        return decodeURIComponent(path);
    }
    catch {
        return path;
    }
}
function firstLine(text) {
    const line = text.trim().split("\n")[0] ?? "";
    return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
}
const MAX_MESSAGE = 300;

// EXTERNAL MODULE: ./lib/code-scan/scanner/scanners.js + 5 modules
var scanners = __webpack_require__(3877);
;// CONCATENATED MODULE: ./lib/code-scan/run-scanner.js










/** Obtains the scanner, runs it, and reads what it found. */
async function runScanner(scan) {
    const { scanner: name, shop, timeoutMs } = scan;
    const scanner = scanners/* SCANNERS */.K[name];
    const program = await programOf(name, shop);
    const workFolder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), "sluice-code-scan-"));
    try {
        const settings = { ...scan, workFolder };
        const findings = [];
        for (const call of await scanner.calls(settings)) {
            const env = { ...quiet(shop.env), ...call.env };
            const ended = await (0,process/* run */.e)(program, call.args, {
                cwd: call.cwd,
                env,
                signal: shop.signal,
                timeoutMs,
            });
            const sarif = await scanner.sarif(ended, call, settings);
            findings.push(...findingsOf(sarif, `what ${name} wrote`));
        }
        const inside = (path) => ((0,external_node_path_.isAbsolute)(path) ? (0,external_node_path_.relative)(scan.folder, path) : path);
        return findings.map((finding) => ({
            ...finding,
            tool: scanner.title,
            path: inside(finding.path).split(external_node_path_.sep).join("/"),
        }));
    }
    finally {
        await (0,promises_.rm)(workFolder, { recursive: true, force: true });
    }
}
/** What an earlier step put into the environment must not change what is looked for. */
function quiet(env) {
    const kept = Object.entries(env).filter(([name]) => !/^(SEMGREP_|CKV_|BC_|CHECKOV_|GITLEAKS_|OSV_|ZIZMOR_|ACTIONLINT_)/.test(name));
    return Object.fromEntries(kept);
}
/** npm is Node's own; all others are pinned. */
async function programOf(name, shop) {
    if (name !== "npm-audit")
        return (await (0,ensure/* ensure */.D)(name, catalogue/* TOOLS */.I[name].version, shop)).path;
    const npm = await (0,search_path/* findOnPath */.a)("npm", shop.env);
    if (npm)
        return npm;
    throw new error/* SluiceError */.a("unsupported", "npm is not on PATH", {
        hint: "use actions/setup-node first",
    });
}

// EXTERNAL MODULE: ./lib/code-scan/write-sarif.js
var write_sarif = __webpack_require__(4853);
// EXTERNAL MODULE: ./lib/code-scanning/upload.js
var code_scanning_upload = __webpack_require__(4391);
// EXTERNAL MODULE: ./lib/tools/pins-folder.js
var pins_folder = __webpack_require__(3860);
// EXTERNAL MODULE: ./lib/tools/shop.js
var tools_shop = __webpack_require__(8822);
;// CONCATENATED MODULE: ./actions/code-scan/sarif-files.js




/** The findings of all named SARIF files, and of those in named folders. A name without any decides nothing. */
async function sarifFiles(names, workspace) {
    const found = await Promise.all(names.map((name) => filesAt(name, workspace)));
    const missing = names.filter((_, at) => found[at]?.length === 0);
    if (names.length === 0 || missing.length > 0) {
        const where = missing.length > 0 ? ` at ${missing.join(", ")}` : "";
        throw new error/* SluiceError */.a("inconclusive", `there is no SARIF file to decide on${where}`, {
            hint: "name the files, or the folders that hold them, in `sarif`",
        });
    }
    const files = found.flat();
    const texts = await Promise.all(files.map((file) => (0,promises_.readFile)(file, "utf8")));
    return texts.flatMap((text, at) => findingsOf(text, files[at] ?? ""));
}
async function filesAt(name, workspace) {
    const path = (0,external_node_path_.resolve)(workspace, name);
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (found?.isFile())
        return [path];
    if (!found?.isDirectory())
        return [];
    const inside = await (0,promises_.readdir)(path);
    return inside.filter((file) => file.endsWith(".sarif")).map((file) => (0,external_node_path_.join)(path, file));
}

// EXTERNAL MODULE: ./lib/scan/severity.js
var severity = __webpack_require__(925);
;// CONCATENATED MODULE: ./actions/code-scan/tell.js


/** The runner shows ten errors of a step, and one is kept for the decision itself. */
const MAX_ANNOTATIONS = 9;
const MAX_ROWS = 25;
/** What counts, the worst first, and what was accepted and until when. */
function findingTable(summary, { counting, excepted }) {
    if (counting.length > 0) {
        const rows = sorted(counting)
            .slice(0, MAX_ROWS)
            .map(({ finding }) => [
            finding.severity,
            (0,action/* inlineText */.ln)(finding.rule),
            (0,action/* inlineText */.ln)(placeOf(finding)),
            (0,action/* inlineText */.ln)(finding.message),
        ]);
        summary.table(["Severity", "Rule", "Where", "What"], rows);
    }
    if (excepted.length === 0)
        return;
    const rows = excepted
        .slice(0, MAX_ROWS)
        .map(({ finding, exception }) => [
        (0,action/* inlineText */.ln)(finding.rule),
        (0,action/* inlineText */.ln)(placeOf(finding)),
        (0,action/* inlineText */.ln)(exception?.reason ?? ""),
        exception?.expires.toISOString().slice(0, 10) ?? "",
    ]);
    summary.table(["Accepted", "Where", "Why", "Until"], rows);
}
/** The worst of what counts, each at its line; and exceptions that nothing needs any more. */
function annotate(log, { counting, unused }) {
    for (const { finding, exception } of sorted(counting).slice(0, MAX_ANNOTATIONS)) {
        const ended = exception ? ` (its exception ran out: ${exception.source})` : "";
        const title = `${finding.tool}: ${finding.rule}`;
        const place = finding.path ? { file: finding.path, line: finding.line ?? 1 } : {};
        log.error(`${finding.message}${ended}`, { title, ...place });
    }
    const more = counting.length - MAX_ANNOTATIONS;
    if (more > 0)
        log.info(`${more} more findings count; the summary and the SARIF file have them`);
    for (const { rule, source } of unused)
        log.notice(`nothing that was found is ${rule}: this exception can go (${source})`);
}
function sorted(judged) {
    return [...judged].sort((a, b) => (0,severity/* bySeverity */.N)(a.finding.severity, b.finding.severity));
}
function placeOf({ path, line }) {
    return line === undefined ? path : `${path}:${line}`;
}

;// CONCATENATED MODULE: ./actions/code-scan/code-scan.js














const CERTAIN = ["MEDIUM", "HIGH", "CRITICAL"];
/** Scans once, decides once, and tells it everywhere. Throws when something counts. */
async function codeScan(context) {
    const { inputs, outputs, log, summary, env, signal } = context;
    const findings = await found(context);
    const exceptions = await exceptionsIn(inputs.exceptions, env);
    const { scanner } = inputs;
    const isFile = scanner === "sarif";
    const title = isFile ? (findings[0]?.tool ?? "the scanner") : scanners/* SCANNERS */.K[scanner].title;
    const severities = inputs.severity ?? (isFile ? CERTAIN : scanners/* SCANNERS */.K[scanner].severities);
    const decision = decide(findings, { severities, exceptions }, title, new Date());
    const reason = reasonOf(decision, title);
    const sarif = await writeSarif(inputs.output, title, decision);
    const told = {
        gate: { name: `code-scan-${scanner}`, outcome: decision.outcome, reason },
        passed: decision.outcome === "passed",
        found: decision.judged.length,
        counting: decision.counting.length,
        sarif: (0,external_node_path_.relative)((0,action/* workspaceFolder */.ih)(env), inputs.output),
    };
    outputs.set(told);
    summary
        .heading(`${decision.outcome === "passed" ? "✅" : "❌"} ${title}`)
        .markdown((0,action/* inlineText */.ln)(reason));
    findingTable(summary, decision);
    annotate(log, decision);
    if (inputs["upload-sarif"]) {
        const { token } = inputs;
        const upload = { text: sarif, tool: title, action: "code-scan", token, env, log, signal };
        const outcome = await (0,code_scanning_upload/* uploadSarif */.N)(upload);
        outputs.set({ "sarif-upload": outcome });
    }
    log.info(reason);
    if (decision.outcome === "passed")
        return told;
    throw new error/* SluiceError */.a("findings", reason, {
        hint: "mend it, or except it in the file that `exceptions` names, with a reason and a day",
    });
}
async function found({ inputs, env, log, signal }) {
    const { scanner } = inputs;
    if (scanner === "sarif")
        return sarifFiles(inputs.sarif ?? [], (0,action/* workspaceFolder */.ih)(env));
    const shop = (0,tools_shop/* openShop */.v)({ env, say: log.info, signal });
    const rules = inputs.rules ?? [(0,external_node_path_.join)((0,pins_folder/* findPins */.m)(), "semgrep", "rules.yaml")];
    return runScanner({
        scanner,
        folder: inputs.path,
        rules,
        skip: inputs.skip,
        // Also one outside of the workspace: a runner's own, that is kept between jobs.
        database: inputs.database && (0,external_node_path_.resolve)((0,action/* workspaceFolder */.ih)(env), inputs.database),
        timeoutMs: inputs.timeout,
        shop,
    });
}
async function exceptionsIn(file, env) {
    const text = await (0,promises_.readFile)(file, "utf8").catch(() => undefined);
    return text === undefined ? [] : readExceptions(text, (0,external_node_path_.relative)((0,action/* workspaceFolder */.ih)(env), file));
}
async function writeSarif(file, title, decision) {
    const category = title.toLowerCase().replaceAll(" ", "-");
    const sarif = (0,write_sarif/* sarifOf */.$)(title, decision.counting.map(({ finding }) => finding), category);
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
    await (0,promises_.writeFile)(file, sarif);
    return sarif;
}


/***/ }),

/***/ 4391:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ uploadSarif)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8522);

/**
 * Gives the SARIF to code scanning. The gate is decided already and does not depend on it: what goes wrong is told
 * as a warning and in the output `sarif-upload`.
 */
async function uploadSarif(upload) {
    const { env, log } = upload;
    const [owner, repo] = (env.GITHUB_REPOSITORY ?? "").split("/");
    const { GITHUB_SHA: commit, GITHUB_REF: ref } = env;
    if (!owner || !repo || !commit || !ref) {
        return warn(upload, "not uploaded: GITHUB_REPOSITORY, GITHUB_SHA and GITHUB_REF are not set");
    }
    try {
        const octokit = await client(upload);
        const { data } = await octokit.request("POST /repos/{owner}/{repo}/code-scanning/sarifs", {
            owner,
            repo,
            commit_sha: commit,
            ref,
            sarif: (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.gzipSync)(upload.text).toString("base64"),
            tool_name: upload.tool,
            request: { signal: upload.signal },
        });
        log.info(`findings are on their way to code scanning${data.id ? ` as ${data.id}` : ""}`);
        return "uploaded";
    }
    catch (error) {
        upload.signal.throwIfAborted();
        return warn(upload, explain(error));
    }
}
/** Retries what fails in passing, and waits as long as GitHub asks to, but not for ever. */
async function client({ action, token, env, log }) {
    // Not @actions/github: it would be half of all that a `uses:` downloads.
    const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
        __webpack_require__.e(/* import() */ 582).then(__webpack_require__.bind(__webpack_require__, 1582)),
        Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(491)]).then(__webpack_require__.bind(__webpack_require__, 4491)),
        Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(812)]).then(__webpack_require__.bind(__webpack_require__, 2812)),
    ]);
    const onLimit = (afterSeconds, _options, _octokit, retries) => {
        log.info(`GitHub asks to wait ${afterSeconds} s`);
        return retries < MAX_LIMIT_RETRIES && afterSeconds <= MAX_WAIT_SECONDS;
    };
    const Client = Octokit.plugin(retry, throttling);
    return new Client({
        auth: token,
        userAgent: `sluice-${action}`,
        baseUrl: env.GITHUB_API_URL || "https://api.github.com",
        throttle: { onRateLimit: onLimit, onSecondaryRateLimit: onLimit },
    });
}
const MAX_LIMIT_RETRIES = 2;
const MAX_WAIT_SECONDS = 120;
function warn({ log, action }, message) {
    log.warning(message, { title: `${action}: code scanning` });
    return message;
}
/** What GitHub's answer means for the person who asked for the upload. */
function explain(error) {
    const said = error instanceof Error ? error.message : String(error);
    const status = error instanceof Error && "status" in error ? Number(error.status) : undefined;
    if (status === 403 &&
        /advanced security|code scanning is not enabled|code security/i.test(said)) {
        return "not uploaded: this repository's plan has no code scanning, or it is switched off (GitHub Code Security, free for public repositories); set upload-sarif: false, the SARIF file is there all the same";
    }
    if (status === 403) {
        return `not uploaded: the token may not; give the job \`permissions: security-events: write\` (GitHub said: ${said})`;
    }
    if (status === 404) {
        return "not uploaded: GitHub knows no code scanning for this repository: the token cannot see it, or its plan does not have it";
    }
    return `not uploaded: ${status === undefined ? "GitHub cannot be reached" : `GitHub answered ${status}`} (${said})`;
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
