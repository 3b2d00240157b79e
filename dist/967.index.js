export const id = 967;
export const ids = [967];
export const modules = {

/***/ 4110:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  trivyScan: () => (/* binding */ trivyScan)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/code-scanning/upload.js
var upload = __webpack_require__(4391);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./lib/scan/sentence.js
/** One finding in one sentence, for an annotation and for code scanning. */
function sentenceOf(finding) {
    switch (finding.scanner) {
        case "vuln":
            return `${finding.package} ${finding.installed}: ${finding.id} (${finding.severity}), ${fixOf(finding.fixed)}. ${finding.title}`;
        case "misconfig":
            return `${finding.id} (${finding.severity}): ${withoutStop(finding.title)}. ${finding.resolution}`;
        case "secret":
            return `${finding.title} (${finding.severity}): a secret is in this file. Take it out, and make it invalid where it was issued`;
        case "license":
            return `${finding.package ?? finding.path} is under ${finding.id} (${finding.severity}, ${finding.category})`;
    }
}
/** Says of an expired exception that it was one. */
function expiryOf(judged) {
    if (!judged.counts || !judged.expired)
        return undefined;
    const { source, at } = judged.expired;
    const day = at?.toISOString().slice(0, 10);
    return day
        ? `its exception ran out on ${day} (${source})`
        : `its exception is too old (${source})`;
}
function withoutStop(text) {
    return text.replace(/\.$/, "");
}
function fixOf(fixed) {
    return fixed === undefined ? "not fixed yet" : `fixed in ${fixed}`;
}

// EXTERNAL MODULE: ./lib/scan/severity.js
var severity = __webpack_require__(925);
;// CONCATENATED MODULE: ./actions/trivy-scan/annotations.js


/** The runner shows ten errors of a step, and one is kept for the decision itself. */
const MAX_ANNOTATIONS = 9;
/** The worst findings, each at its line; as warnings where they do not stop the job. */
function annotate(log, judged, places, level) {
    const counting = judged.filter(({ counts }) => counts);
    counting.sort((a, b) => (0,severity/* bySeverity */.N)(a.finding.severity, b.finding.severity));
    for (const one of counting.slice(0, MAX_ANNOTATIONS)) {
        const { path, line, inRepository } = places(one.finding);
        const expired = expiryOf(one);
        const message = `${sentenceOf(one.finding)}${expired ? `; ${expired}` : ""}`;
        const title = `trivy-scan: ${one.finding.id}`;
        if (inRepository)
            log[level](message, { title, file: path, line: line ?? 1 });
        else
            log[level](`${path}: ${message}`, { title });
    }
    const more = counting.length - MAX_ANNOTATIONS;
    if (more > 0)
        log.info(`${more} more findings count; the summary and the SARIF file have them`);
}

// EXTERNAL MODULE: ./lib/evidence/statement.js
var evidence_statement = __webpack_require__(7509);
// EXTERNAL MODULE: ./lib/evidence/canonical.js
var canonical = __webpack_require__(9466);
;// CONCATENATED MODULE: ./lib/scan/findings-digest.js

/**
 * The sha256 of what was found and what was decided of it, whatever order it was found in: two scans with the same
 * digest told the same. Titles and links are left out, since a database may reword them.
 */
function findingsDigest(judged) {
    const lines = judged.map(({ finding, counts }) => (0,canonical/* canonicalJson */.dj)({ ...identityOf(finding), counts }));
    return (0,canonical/* digestOfValue */.$L)(lines.sort());
}
function identityOf(finding) {
    const { scanner, id, severity, path, startLine } = finding;
    const place = { scanner, id, severity, path, line: startLine };
    if (finding.scanner === "vuln") {
        return {
            ...place,
            package: finding.package,
            installed: finding.installed,
            fixed: finding.fixed,
        };
    }
    return finding.scanner === "license" ? { ...place, package: finding.package } : place;
}

// EXTERNAL MODULE: ./lib/units/digest.js
var digest = __webpack_require__(9242);
;// CONCATENATED MODULE: ./actions/trivy-scan/counts.js

function countsOf(judged) {
    const counts = { found: none(), counting: none() };
    for (const { finding, counts: counting } of judged) {
        counts.found[finding.severity] += 1;
        if (counting)
            counts.counting[finding.severity] += 1;
    }
    return counts;
}
function none() {
    const zeros = severity/* SEVERITIES */.o.map((severity) => [severity, 0]);
    return Object.fromEntries(zeros.reverse());
}

;// CONCATENATED MODULE: ./actions/trivy-scan/gate.js




/** What was decided, in one sentence and as a statement about the scanned bytes. */
function gateOf(end, digests) {
    const { decision, scanned } = end;
    const reason = `${scanned.name}: ${decision.reasons.join(", ")}${bounds(end)}`;
    const digest = subjectDigest(end);
    const gate = { name: "trivy-scan", outcome: decision.outcome, reason };
    if (digest === undefined)
        return gate;
    const statement = (0,evidence_statement/* statementOf */.T8)({
        predicateType: evidence_statement/* PREDICATE */.W3.scan,
        subject: { name: scanned.name, digest },
        predicate: predicateOf(end, digests),
    });
    return { ...gate, statement };
}
function bounds({ rule }) {
    return ` (severity ${rule.severities.join(", ")}${rule.ignoreUnfixed ? ", fixed ones only" : ""})`;
}
/** Only of bytes that were checked: of an archive before it was unpacked, of an image by the registry's digest. */
function subjectDigest({ scanned, report }) {
    if (scanned.digest !== undefined)
        return scanned.digest;
    if (scanned.subject.kind !== "image")
        return undefined;
    const named = report.Metadata?.RepoDigests ?? [];
    const digests = new Set(named.map((name) => name.split("@").at(-1) ?? ""));
    const [only] = digests;
    return only !== undefined && digests.size === 1 ? (0,digest/* parseDigest */.m)(only) : undefined;
}
/** After cosign's predicate for vulnerability scans; `result` holds digests of the reports, not the reports. */
function predicateOf(end, digests) {
    const { decision, rule, report, database, startedAt, finishedAt } = end;
    return {
        invocation: { parameters: [...rule.scanners] },
        scanner: {
            uri: `pkg:github/aquasecurity/trivy@${report.Trivy?.Version ?? ""}`,
            version: report.Trivy?.Version ?? "",
            ...(database && { db: { version: database.updatedAt ?? "unknown" } }),
            result: {
                outcome: decision.outcome,
                counts: countsOf(decision.judged),
                counting: decision.counting,
                coverage: decision.coverage,
                severities: rule.severities,
                ignoreUnfixed: rule.ignoreUnfixed,
                exceptions: rule.exceptions.length,
                findings: findingsDigest(decision.judged),
                files: digests,
            },
        },
        metadata: {
            scanStartedOn: startedAt.toISOString(),
            scanFinishedOn: finishedAt.toISOString(),
        },
    };
}

;// CONCATENATED MODULE: ./lib/scan/lock-line.js
/** How far below its name a package's version stands, in the lock files that there are. */
const NEAR_LINES = 4;
/**
 * The line of a lock file at which a package begins: where its name stands and, close by, its version. Lock files
 * of all kinds name a package in full before its version, so none of them has to be understood.
 */
function lineOfPackage(text, name, version) {
    const lines = text.split("\n");
    const all = lines.flatMap((line, index) => (standsIn(line, name) ? [index] : []));
    // npm names a package also where another one asks for it; its own entry is a path.
    const own = all.filter((index) => lines[index]?.includes(`node_modules/${name}"`));
    const named = own.length > 0 ? own : all;
    const exact = named.find((index) => {
        const near = lines.slice(index, index + NEAR_LINES);
        return version !== undefined && near.some((line) => standsIn(line, version));
    });
    const at = exact ?? named[0];
    return at === undefined ? undefined : at + 1;
}
/** Whether `word` stands there and is not part of a longer name: `left-pad` is not in `left-pad-plus`. */
function standsIn(line, word) {
    for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
        const before = line[at - 1] ?? " ";
        const after = line[at + word.length] ?? " ";
        if (!/[\w.-]/.test(before) && !/[\w-]/.test(after) && !isScopeOrFolder(before, line, at))
            return true;
    }
    return false;
}
/** `@types/ws` is not `ws`, while `node_modules/ws` is. */
function isScopeOrFolder(before, line, at) {
    return before === "/" && !line.slice(0, at).endsWith("node_modules/");
}

// EXTERNAL MODULE: ./lib/archive/unpack.js
var unpack = __webpack_require__(2351);
;// CONCATENATED MODULE: ./actions/trivy-scan/subject.js




/** Looks before anything is started whether it is there. `workFolder` is for what has to be unpacked. */
async function subjectOf(inputs, workspace, workFolder) {
    const type = inputs["scan-type"];
    const place = inputs["scan-ref"];
    if (inputs["image-ref"] !== undefined) {
        const reference = inputs["image-ref"];
        return elsewhere({ kind: "image", reference }, inputs["subject-name"] ?? nameOfImage(reference));
    }
    if (inputs.input !== undefined) {
        await mustBeFile("input", inputs.input);
        const path = inputs.input;
        return elsewhere({ kind: "image-file", path }, inputs["subject-name"] ?? (0,external_node_path_.basename)(path));
    }
    if (place.kind === "url") {
        return elsewhere({ kind: "repository", url: place.url }, inputs["subject-name"] ?? place.url);
    }
    const { path } = place;
    if (type === "archive")
        return unpacked(inputs, path, workFolder);
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (!found)
        throw missing("scan-ref", path);
    if (type === "sbom") {
        await mustBeFile("scan-ref", path);
        return elsewhere({ kind: "sbom", path }, inputs["subject-name"] ?? (0,external_node_path_.basename)(path));
    }
    const root = found.isFile() ? (0,external_node_path_.dirname)(path) : path;
    const as = type === "repo" || type === "rootfs" ? type : "fs";
    const home = (0,external_node_path_.relative)(workspace, root).split(external_node_path_.sep).join("/");
    const name = inputs["subject-name"] ?? ((0,external_node_path_.relative)(workspace, path).split(external_node_path_.sep).join("/") || (0,external_node_path_.basename)(path));
    return { subject: { kind: "folder", as, path }, name, home, root, digest: undefined };
}
/** Where a finding is in the repository. */
function fileOf({ home }, finding) {
    if (home === undefined)
        return undefined;
    return home === "" ? finding.path : `${home}/${finding.path}`;
}
/** The names by which VEX statements may call what is scanned. */
function namesOf({ name, subject }) {
    if (subject.kind !== "image")
        return [name, `pkg:generic/${name}`];
    const { reference } = subject;
    const repository = nameOfImage(reference);
    const digest = reference.includes("@") ? `@${reference.split("@")[1]}` : "";
    const purl = `pkg:oci/${repository.split("/").at(-1)}${digest}?repository_url=${repository}`;
    return [name, reference, purl];
}
function elsewhere(subject, name) {
    return { subject, name, home: undefined, root: undefined, digest: undefined };
}
async function unpacked(inputs, path, workFolder) {
    const digest = inputs["subject-digest"];
    if (digest === undefined)
        throw new TypeError("an archive without a digest");
    const archive = await archiveAt(path);
    const root = (0,external_node_path_.join)(workFolder, "archive");
    await (0,unpack/* unpack */.l1)(archive, digest, root);
    const name = inputs["subject-name"] ?? (0,external_node_path_.basename)(archive);
    return { subject: { kind: "folder", as: "fs", path: root }, name, home: undefined, root, digest };
}
/** The file itself, or the one archive in the folder that an artifact was downloaded into. */
async function archiveAt(path) {
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (!found)
        throw missing("scan-ref", path);
    if (found.isFile())
        return path;
    const names = (await (0,promises_.readdir)(path)).filter((name) => /\.(tar\.gz|tgz)$/.test(name));
    const [only] = names;
    if (only !== undefined && names.length === 1)
        return (0,external_node_path_.join)(path, only);
    const there = names.length === 0 ? "none" : names.join(", ");
    throw new lib_error/* SluiceError */.a("invalid-input", `scan-ref: ${path} does not hold one archive, but ${there}`, {
        hint: "give the archive itself: the build action's output `archive`",
    });
}
async function mustBeFile(input, path) {
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (!found)
        throw missing(input, path);
    if (found.isFile())
        return;
    throw new lib_error/* SluiceError */.a("invalid-input", `${input}: ${path} is no file`, {
        hint: "give the path of a file",
    });
}
function missing(input, path) {
    return new lib_error/* SluiceError */.a("invalid-input", `${input}: there is no ${path}`, {
        hint: "check the path out, build or download it before this step; nothing was scanned",
    });
}
/** Without tag and digest. */
function nameOfImage(reference) {
    return reference.replace(/@sha256:.*$/, "").replace(/:[^/:]*$/, "");
}

;// CONCATENATED MODULE: ./actions/trivy-scan/places.js




const MAX_LOCK_FILE_BYTES = 32 * 1024 * 1024;
/** Where each counting finding is: as trivy says, or where we find the package in its lock file. */
async function placesOf({ scanned, decision }) {
    const texts = new Map();
    for (const { finding, counts } of decision.judged) {
        if (!counts || packageOf(finding) === undefined || finding.startLine !== undefined)
            continue;
        if (scanned.root === undefined || texts.has(finding.path))
            continue;
        texts.set(finding.path, await textOf((0,external_node_path_.join)(scanned.root, finding.path)));
    }
    return (finding) => {
        const file = fileOf(scanned, finding);
        const text = texts.get(finding.path);
        const name = packageOf(finding);
        const found = text && name ? lineOfPackage(text, name, versionOf(finding)) : undefined;
        return {
            path: file ?? finding.path,
            line: finding.startLine ?? found,
            inRepository: file !== undefined,
        };
    };
}
function packageOf(finding) {
    return "package" in finding ? finding.package : undefined;
}
function versionOf(finding) {
    return finding.scanner === "vuln" ? finding.installed : undefined;
}
/** A target need not be a file: "Node.js", "alpine 3.20". */
async function textOf(path) {
    const size = (await (0,promises_.stat)(path).catch(() => undefined))?.size;
    if (size === undefined || size > MAX_LOCK_FILE_BYTES)
        return "";
    return (0,promises_.readFile)(path, "utf8").catch(() => "");
}

// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/evidence/digest.js
var evidence_digest = __webpack_require__(5874);
;// CONCATENATED MODULE: ./lib/scan/redact.js
/**
 * Trivy's report without what may hold a secret: the lines of code around a finding, what a secret's rule matched
 * (trivy masks what it recognised, and prints the lines beside it), messages that quote the file, the text of a
 * licence, and the environment and history of an image.
 * What is left is enough for everything that reads the report afterwards.
 */
function redactReport(report) {
    return redact(report, "");
}
/** Values of these keys are left out wherever they stand. */
const LEFT_OUT = new Set([
    "Code",
    "Match",
    "Highlighted",
    "Offset",
    "RenderedCause",
    "Message",
    "Traces",
    "Text",
    "history",
    "Env",
]);
function redact(value, key) {
    if (LEFT_OUT.has(key))
        return undefined;
    if (Array.isArray(value))
        return value.map((inner) => redact(inner, ""));
    if (typeof value !== "object" || value === null)
        return value;
    const entries = Object.entries(value).map(([name, inner]) => [name, redact(inner, name)]);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

// EXTERNAL MODULE: ./lib/scan/sarif-format.js
var sarif_format = __webpack_require__(6269);
;// CONCATENATED MODULE: ./lib/scan/sarif.js



/**
 * SARIF 2.1.0 of the findings that count, and of no others: what fails the gate and what code scanning shows are the
 * same. There are no snippets in it, so no secret either.
 */
function sarifOf(judged, facts) {
    const findings = judged.filter(({ counts }) => counts).map(({ finding }) => finding);
    const rules = new Map(findings.map((finding) => [ruleIdOf(finding), ruleOf(finding)]));
    const order = [...rules.keys()];
    return {
        $schema: sarif_format/* SARIF_SCHEMA */.A5,
        version: "2.1.0",
        runs: [
            {
                tool: {
                    driver: {
                        name: "Trivy",
                        informationUri: "https://github.com/aquasecurity/trivy",
                        ...(facts.trivyVersion && { version: facts.trivyVersion }),
                        rules: [...rules.values()],
                    },
                },
                automationDetails: { id: `${facts.category}/` },
                columnKind: "utf16CodeUnits",
                results: findings.map((finding) => resultOf(finding, order, facts)),
            },
        ],
    };
}
function resultOf(finding, order, { placeOf }) {
    const { path, line } = placeOf(finding);
    const ruleId = ruleIdOf(finding);
    return {
        ruleId,
        ruleIndex: order.indexOf(ruleId),
        level: levelOf(finding.severity),
        message: { text: sentenceOf(finding) },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: (0,sarif_format/* uriOf */.S_)(path) },
                    region: { startLine: line ?? 1, endLine: Math.max(line ?? 1, endOf(finding, line)) },
                },
            },
        ],
        // Without the line: a finding that moved is the same finding.
        partialFingerprints: { "sluiceFinding/v1": fingerprintOf(finding, path) },
    };
}
function endOf(finding, line) {
    return line === finding.startLine ? (finding.endLine ?? 1) : 1;
}
function ruleOf(finding) {
    const { id, title, severity, url } = finding;
    return {
        id: ruleIdOf(finding),
        name: id,
        shortDescription: { text: title || id },
        ...(url && { helpUri: url }),
        defaultConfiguration: { level: levelOf(severity) },
        properties: {
            "security-severity": sarif_format/* SECURITY_SEVERITY */.lL[severity],
            tags: ["security", finding.scanner, severity],
        },
    };
}
/** A vulnerability may be more severe in one package than in another, and severity belongs to the rule. */
function ruleIdOf({ id, severity, scanner }) {
    return scanner === "vuln" || scanner === "license" ? `${id}/${severity.toLowerCase()}` : id;
}
function levelOf(severity) {
    if (severity === "CRITICAL" || severity === "HIGH")
        return "error";
    return severity === "MEDIUM" ? "warning" : "note";
}
function fingerprintOf(finding, path) {
    const named = "package" in finding ? finding.package : undefined;
    return (0,canonical/* digestOf */.ol)(JSON.stringify([finding.scanner, finding.id, path, named ?? ""])).slice(7, 39);
}

;// CONCATENATED MODULE: ./lib/scan/trivy/arguments.js

/** What every call of trivy is told: nothing is sent to its makers, nothing is asked of them. */
const QUIET = ["--skip-version-check", "--disable-telemetry"];
/**
 * The arguments of a scan, one string each: nothing is split or quoted, and no shell is asked. Everything that
 * could hide a finding is written out, so that no configuration that trivy happens to find decides.
 */
function scanArguments(settings, files) {
    const { subject } = settings;
    const all = [
        commandOf(subject),
        ...["--format", "json", "--output", files.report],
        ...["--severity", severity/* SEVERITIES */.o.join(","), "--exit-code", "0", "--ignore-unfixed=false"],
        ...["--ignorefile", files.nothing, "--config", settings.configFile ?? files.nothing],
        ...(settings.everySecret ? ["--secret-config", files.secrets] : []),
        ...["--list-all-pkgs", "--show-suppressed"],
        ...["--scanners", settings.scanners.join(",")],
        ...["--pkg-types", settings.packageTypes.join(",")],
        ...["--cache-dir", settings.cacheFolder, "--timeout", `${settings.timeoutMs}ms`],
        ...["--skip-db-update", ...javaDatabase(settings)],
        ...(settings.offline ? ["--offline-scan"] : []),
        ...(settings.ignorePolicy ? ["--ignore-policy", settings.ignorePolicy] : []),
        ...settings.skipDirs.flatMap((pattern) => ["--skip-dirs", pattern]),
        ...settings.skipFiles.flatMap((pattern) => ["--skip-files", pattern]),
        ...QUIET,
    ];
    if (subject.kind === "sbom")
        return [...all, "--", subject.path];
    const checks = settings.skipCheckUpdate ? ["--skip-check-update"] : [];
    return [...all, "--no-progress", ...checks, ...placeOf(subject)];
}
function commandOf(subject) {
    switch (subject.kind) {
        case "folder":
            return subject.as;
        case "repository":
            return "repo";
        case "sbom":
            return "sbom";
        case "image":
        case "image-file":
            return "image";
    }
}
function placeOf(subject) {
    switch (subject.kind) {
        case "folder":
            return ["--", subject.path];
        case "repository":
            return ["--", subject.url];
        case "image":
            return ["--image-src", "remote", "--", subject.reference];
        case "image-file":
            return ["--input", subject.path];
    }
}
/** Only jar files need it, and trivy fetches it when it meets one. */
function javaDatabase({ skipDbUpdate, javaDbMirrors }) {
    if (skipDbUpdate)
        return ["--skip-java-db-update"];
    return javaDbMirrors.flatMap((mirror) => ["--java-db-repository", mirror]);
}

;// CONCATENATED MODULE: ./lib/scan/trivy/every-secret.js
/**
 * Trivy's rules by which it reads no file whose path has `test`, `example`, `/vendor/`, `/locale/` or `.md` in it: made
 * for repositories. What is in a release is handed out, whatever its folder is called.
 */
const ALLOWED_BY_PATH = [
    "tests",
    "examples",
    "vendor",
    "usr-dirs",
    "locale-dir",
    "markdown",
    "node.js",
    "golang",
    "python",
    "rubygems",
    "wordpress",
    "anaconda-log",
];
/** A configuration of trivy's search for secrets; the keys that vendors print in their manuals stay allowed. */
const EVERY_SECRET = JSON.stringify({
    "disable-allow-rules": ALLOWED_BY_PATH,
    "allow-rules": [{ id: "printed-in-manuals", regex: "(?i)example" }],
});

// EXTERNAL MODULE: ./lib/units/duration.js
var duration = __webpack_require__(5338);
;// CONCATENATED MODULE: ./lib/scan/trivy/failure.js


/** Trivy wraps a reason many times over, and lists several below each other. */
const MAX_WORD_CHARS = 800;
/** The reason that trivy gave, in its own words: from its fatal line on, else its last line. */
function lastWord(said) {
    const lines = said.split("\n").filter((line) => line.trim() !== "");
    const fatal = lines.findLastIndex((line) => line.startsWith("FATAL"));
    const word = (fatal === -1 ? lines.slice(-1) : lines.slice(fatal))
        .map((line) => line.trim())
        .join(" ");
    const plain = word.replace(/^FATAL\s+(Fatal error\s+)?(run error: )?/, "");
    // "A failed: B failed: 1 error occurred: * the reason"
    const reason = plain.split(/\d+ errors? occurred: \* /).at(-1) ?? plain;
    return reason.slice(0, MAX_WORD_CHARS) || "it said nothing";
}
/** Why a scan that did not end well gave nothing to decide on. */
function scanFailure(end, timeoutMs) {
    if (end.kind === "killed") {
        return new lib_error/* SluiceError */.a("scan-failed", `trivy was killed by ${end.by} while it scanned`, {
            hint: "a runner that is short of memory ends it with SIGKILL: scan less (skip-dirs), or take a bigger runner",
        });
    }
    const word = lastWord(end.said);
    if (end.kind === "timeout" || /context deadline exceeded|deadline exceeded/i.test(word)) {
        return new lib_error/* SluiceError */.a("scan-failed", `the scan took longer than ${(0,duration/* formatDuration */.a3)(timeoutMs)}`, {
            hint: "raise timeout, or scan less (skip-dirs, skip-files)",
        });
    }
    if (/java[ -]?db/i.test(word))
        return databaseUnavailable("Java index", word);
    const hint = hintFor(word);
    return new lib_error/* SluiceError */.a("scan-failed", `trivy ended with exit code ${end.code}: ${word}`, {
        hint,
    });
}
/** An outage is no finding: it says nothing about what was to be scanned. */
function databaseUnavailable(what, why) {
    return new lib_error/* SluiceError */.a("database-unavailable", `the ${what} could not be had: ${why}`, {
        hint: "nothing was found, and nothing was let through: run it again later, name a mirror in db-repository, or give a kept database by cache-dir and skip-db-update",
    });
}
function hintFor(word) {
    if (/UNAUTHORIZED|DENIED|authentication required/i.test(word)) {
        return "the registry wants to know who asks: log in before this step (docker login, or TRIVY_USERNAME and TRIVY_PASSWORD in its env)";
    }
    if (/MANIFEST_UNKNOWN|NAME_UNKNOWN|not found/i.test(word)) {
        return "the registry has no such image: check image-ref, and that the push came before this step";
    }
    if (/connection refused|no such host|i\/o timeout/i.test(word)) {
        return "the registry cannot be reached from this runner";
    }
    return "trivy's own lines above say more; nothing was decided, so nothing passes";
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
// EXTERNAL MODULE: ./lib/process/group.js
var group = __webpack_require__(9977);
;// CONCATENATED MODULE: ./lib/scan/trivy/environment.js
/** Of trivy's own variables only those that say who asks a registry. */
const CREDENTIALS = new Set(["TRIVY_USERNAME", "TRIVY_PASSWORD", "TRIVY_REGISTRY_TOKEN"]);
/** This action's inputs, and the keys to the runner's own services: nobody else's business. */
const WITHHELD = /^(INPUT_|ACTIONS_|TRIVY_)/;
/**
 * The variables that trivy is given. It reads every option from a `TRIVY_…` variable too, so one that an earlier step
 * left behind could hide findings (TRIVY_SEVERITY, TRIVY_IGNORE_STATUS): they are left out.
 */
function environmentOf(env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => CREDENTIALS.has(name) || !WITHHELD.test(name)));
}
/** The names of what was left out and would have changed the scan, to be told. */
function leftOut(env) {
    return Object.keys(env).filter((name) => name.startsWith("TRIVY_") && !CREDENTIALS.has(name));
}

;// CONCATENATED MODULE: ./lib/scan/trivy/process.js






/** Trivy limits itself; this is for one that hangs all the same. */
const GRACE_MS = 10_000;
const KILL_AFTER_MS = 3_000;
const MAX_LINES_KEPT = 40;
/**
 * Runs trivy to its end. It has a process group of its own, so that what it started ends with it. Rejects when it
 * cannot be started or `signal` fires.
 */
async function runTrivy(program, args, timeoutMs) {
    const { path, cwd, env, say, signal, graceMs = GRACE_MS } = program;
    signal.throwIfAborted();
    const child = (0,external_node_child_process_.spawn)(path, args, {
        cwd,
        env: environmentOf(env),
        stdio: ["ignore", "ignore", "pipe"],
        detached: true,
    });
    const lines = [];
    (0,external_node_readline_.createInterface)({ input: child.stderr }).on("line", (line) => {
        lines.push(line);
        if (lines.length > MAX_LINES_KEPT)
            lines.shift();
        if (line.trim() !== "")
            say(plain(line));
    });
    const deadline = AbortSignal.timeout(timeoutMs + graceMs);
    const limit = AbortSignal.any([signal, deadline]);
    const end = () => (0,group/* endGroup */.N)(child, KILL_AFTER_MS);
    limit.addEventListener("abort", end, { once: true });
    try {
        const [code, killedBy] = await process_closed(child, path);
        signal.throwIfAborted();
        const said = lines.map(plain).join("\n");
        if (deadline.aborted)
            return { kind: "timeout", said };
        return code === null
            ? { kind: "killed", by: String(killedBy), said }
            : { kind: "exit", code, said };
    }
    finally {
        limit.removeEventListener("abort", end);
    }
}
async function process_closed(child, path) {
    try {
        const [code, killedBy] = await (0,external_node_events_.once)(child, "close");
        return [code, killedBy];
    }
    catch (cause) {
        throw new lib_error/* SluiceError */.a("scan-failed", `${path} could not be started`, {
            cause,
            hint: "run `sluice doctor` on this machine: it says which tools are there",
        });
    }
}
const ESCAPE = String.fromCharCode(27);
/** Without the time and the colours that trivy puts into its lines. */
function plain(line) {
    const uncoloured = line
        .split(ESCAPE)
        .map((part, index) => (index === 0 ? part : part.replace(/^\[[0-9;]*m/, "")));
    return uncoloured
        .join("")
        .replace(/^\d{4}-\d{2}-\d{2}T\S+\s+/, "")
        .replaceAll("\t", " ");
}

;// CONCATENATED MODULE: ./lib/scan/trivy/scan.js







/** Trivy's JSON, as text. `workFolder` is private and empty; it stays there for `convert`. */
async function scan(program, settings, workFolder) {
    const files = {
        report: (0,external_node_path_.join)(workFolder, "trivy.json"),
        nothing: (0,external_node_path_.join)(workFolder, "nothing.yaml"),
        secrets: (0,external_node_path_.join)(workFolder, "secrets.yaml"),
    };
    await (0,promises_.writeFile)(files.nothing, "");
    await (0,promises_.writeFile)(files.secrets, EVERY_SECRET);
    const say = settings.skipCheckUpdate ? withoutCheckWarnings(program.say) : program.say;
    const args = scanArguments(settings, files);
    const end = await runTrivy({ ...program, say }, args, settings.timeoutMs);
    if (end.kind !== "exit" || end.code !== 0)
        throw scanFailure(end, settings.timeoutMs);
    return { path: files.report, text: await (0,promises_.readFile)(files.report, "utf8").catch(() => "") };
}
/** Trivy calls it an error that it takes its own checks; here that is what is wanted. */
function withoutCheckWarnings(say) {
    return (line) => {
        if (!/\[checks-client\]|Falling back to embedded checks|nothing\.yaml/.test(line))
            say(line);
    };
}
const CONVERT_TIMEOUT_MS = 120_000;
/** Another form of a report that is there already: nothing is scanned again. */
async function convert(program, report, format, output) {
    const args = ["convert", "--format", format, "--output", output, "--", report];
    const silent = { ...program, say: () => { } };
    const end = await runTrivy(silent, args, CONVERT_TIMEOUT_MS);
    if (end.kind === "exit" && end.code === 0)
        return;
    const why = lastWord(end.said);
    throw new lib_error/* SluiceError */.a("scan-failed", `trivy could not write the ${format} document: ${why}`, {
        hint: "the findings are decided and told; only this document is missing",
    });
}

;// CONCATENATED MODULE: ./actions/trivy-scan/reports.js










/** Writes everything that comes from the one scan. */
async function writeReports({ inputs, env }, end, places) {
    const folder = inputs["output-dir"];
    await (0,promises_.mkdir)(folder, { recursive: true });
    const report = JSON.stringify(redactReport(JSON.parse(await (0,promises_.readFile)(end.rawReport, "utf8"))));
    const sarif = JSON.stringify(sarifOf(end.decision.judged, {
        trivyVersion: end.report.Trivy?.Version ?? "",
        category: inputs.category,
        placeOf: places,
    }), null, 1);
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, "report.json"), report);
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, "findings.sarif"), sarif);
    const boms = await writeBoms(end, folder);
    const named = (file) => (0,external_node_path_.relative)((0,action/* workspaceFolder */.ih)(env), (0,external_node_path_.join)(folder, file)).split(external_node_path_.sep).join("/");
    const digests = { report: (0,canonical/* digestOf */.ol)(report), sarif: (0,canonical/* digestOf */.ol)(sarif), ...boms };
    return {
        sarif,
        digests,
        outputs: {
            counts: countsOf(end.decision.judged),
            report: named("report.json"),
            sarif: named("findings.sarif"),
            ...(boms && { sbom: named(CYCLONEDX), spdx: named(SPDX) }),
            "findings-digest": findingsDigest(end.decision.judged),
            "report-digest": digests.report,
        },
    };
}
const CYCLONEDX = "sbom.cdx.json";
const SPDX = "sbom.spdx.json";
/** None where packages were not looked at: an empty bill of materials would be a lie. */
async function writeBoms({ program, rawReport, rule }, folder) {
    if (!rule.scanners.some((scanner) => scanner === "vuln" || scanner === "license"))
        return undefined;
    const [sbom, spdx] = [(0,external_node_path_.join)(folder, CYCLONEDX), (0,external_node_path_.join)(folder, SPDX)];
    await convert(program, rawReport, "cyclonedx", sbom);
    await convert(program, rawReport, "spdx-json", spdx);
    return { sbom: await (0,evidence_digest/* digestOfFile */.M)(sbom), spdx: await (0,evidence_digest/* digestOfFile */.M)(spdx) };
}

;// CONCATENATED MODULE: ./lib/scan/findings.js
/** Everything that a report tells as found, one value each, in the report's order. */
function findingsOf(report) {
    return report.Results.flatMap((result) => [
        ...result.Vulnerabilities.map((found) => vulnerability(result, found)),
        ...result.Misconfigurations.filter(({ Status }) => Status === "FAIL").map((found) => misconfiguration(result, found)),
        ...result.Secrets.map((found) => secret(result, found)),
        ...result.Licenses.map((found) => license(report, result, found)),
    ]);
}
/**
 * How much each scanner looked at: packages, packages and licence files, checked configuration files, and files. The
 * last is not in the report (it names only files with secrets in them), so whoever scanned says how many there were.
 */
function coverageOf(report, files) {
    const packages = report.Results.reduce((sum, { Packages }) => sum + Packages.length, 0);
    const configs = report.Results.filter(isCheckedConfig).length;
    const licenseFiles = report.Results.filter(({ Class }) => Class === "license-file").length;
    return { vuln: packages, misconfig: configs, secret: files, license: packages + licenseFiles };
}
/** Packages of which nobody knows the licence: an allow-list says nothing about them. */
function withoutLicense(report) {
    return report.Results.flatMap(({ Packages }) => Packages.filter(({ Licenses }) => Licenses.length === 0).map(({ Name }) => Name));
}
/** How many findings trivy set aside itself, by a policy that it was given. */
function setAsideByPolicy(report) {
    return report.Results.reduce((sum, result) => sum + result.ExperimentalModifiedFindings.length, 0);
}
function isCheckedConfig({ Class, MisconfSummary }) {
    if (Class !== "config" || !MisconfSummary)
        return false;
    return MisconfSummary.Successes + MisconfSummary.Failures > 0;
}
function vulnerability(result, found) {
    const held = result.Packages.find((candidate) => isPackage(candidate, found));
    return {
        scanner: "vuln",
        id: found.VulnerabilityID,
        aliases: found.VendorIDs,
        severity: found.Severity,
        title: found.Title ?? found.VulnerabilityID,
        path: result.Target,
        url: found.PrimaryURL,
        ...linesOf(held?.Locations[0]),
        package: found.PkgName,
        installed: found.InstalledVersion,
        fixed: found.FixedVersion || undefined,
        purl: found.PkgIdentifier?.PURL,
        packagePath: found.PkgPath,
    };
}
function isPackage({ ID, Name, Version }, { PkgID, PkgName, InstalledVersion }) {
    if (ID && PkgID)
        return ID === PkgID;
    return Name === PkgName && Version === InstalledVersion;
}
function misconfiguration(result, found) {
    return {
        scanner: "misconfig",
        id: found.ID,
        severity: found.Severity,
        title: found.Title,
        path: result.Target,
        url: found.PrimaryURL,
        ...linesOf(found.CauseMetadata),
        resolution: found.Resolution,
    };
}
function secret(result, found) {
    return {
        scanner: "secret",
        id: found.RuleID,
        severity: found.Severity,
        title: found.Title,
        path: result.Target,
        url: undefined,
        ...linesOf(found),
        category: found.Category,
    };
}
function license(report, result, found) {
    // The package stands in the result of the lock file's packages, which is another one.
    const packages = report.Results.filter(({ Target }) => Target === result.Target);
    const held = packages
        .flatMap(({ Packages }) => Packages)
        .find(({ Name }) => Name === found.PkgName);
    return {
        scanner: "license",
        id: found.Name,
        severity: found.Severity,
        title: found.PkgName ? `${found.PkgName} is under ${found.Name}` : found.Name,
        path: found.FilePath || result.Target,
        url: found.Link || undefined,
        ...linesOf(held?.Locations[0]),
        category: found.Category,
        package: found.PkgName || undefined,
    };
}
/** Trivy says 0 where it does not know. */
function linesOf(place) {
    return { startLine: place?.StartLine || undefined, endLine: place?.EndLine || undefined };
}

;// CONCATENATED MODULE: ./lib/scan/gap.js
/**
 * Why trivy has nothing to say about packages of an operating system that it saw, which looks just like having
 * found nothing; undefined when it could judge them, or there are none.
 */
function gapOf({ Metadata, Results }) {
    const { Family = "", Name = "", EOSL } = Metadata?.OS ?? {};
    if (Family === "")
        return undefined;
    // Trivy's word for packages that are there without a word of whose they are.
    if (Family === "none") {
        return "there are packages of an operating system that trivy does not know";
    }
    const os = `${Family} ${Name}`.trim();
    if (EOSL === true) {
        return `${os} gets no security updates any more, so nobody says what is vulnerable in it`;
    }
    const isSeen = Results.some((one) => one.Class === "os-pkgs" && one.Packages.length > 0);
    return isSeen ? undefined : `it is ${os}, and its list of installed packages is missing`;
}

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
;// CONCATENATED MODULE: ./lib/scan/installed.js

/** As much of trivy's JSON as is needed to tell packages apart; everything else goes through as it is. */
const list = (item) => schemas/* array */.YOg(item).nullish();
const packageEntry = schemas/* looseObject */._H3({
    ID: schemas/* string */.YjP().optional(),
    Name: schemas/* string */.YjP(),
    Version: schemas/* string */.YjP().default(""),
    Identifier: schemas/* looseObject */._H3({ PURL: schemas/* string */.YjP().optional() }).optional(),
});
const installed_vulnerability = schemas/* looseObject */._H3({
    PkgID: schemas/* string */.YjP().optional(),
    PkgName: schemas/* string */.YjP(),
    InstalledVersion: schemas/* string */.YjP().default(""),
});
const result = schemas/* looseObject */._H3({
    Packages: list(packageEntry),
    Vulnerabilities: list(installed_vulnerability),
    Licenses: list(schemas/* looseObject */._H3({ PkgName: schemas/* string */.YjP().optional() })),
});
const Report = schemas/* looseObject */._H3({
    Metadata: schemas/* looseObject */._H3({}).optional(),
    Results: list(result),
});
/**
 * One report of what lock files say is in a folder, and of what really is in it. A lock file is a promise: what is
 * shipped is what was installed, copied or built into the folder, and trivy looks at the one or at the other. What
 * both know stays where the lock file has it.
 */
function withInstalled(locked, installed) {
    const promised = Report.parse(JSON.parse(locked));
    const found = Report.parse(JSON.parse(installed));
    const known = new Set((promised.Results ?? []).flatMap(packagesOf).map(nameOf));
    const isNew = (one) => !known.has(nameOf(one));
    const names = new Set((found.Results ?? [])
        .flatMap(packagesOf)
        .filter(isNew)
        .map(({ Name }) => Name));
    const added = (found.Results ?? []).flatMap((one) => onlyNew(one, isNew, names));
    const Metadata = { ...found.Metadata, ...promised.Metadata };
    return JSON.stringify({
        ...promised,
        Metadata,
        Results: [...(promised.Results ?? []), ...added],
    });
}
function packagesOf({ Packages }) {
    return Packages ?? [];
}
function nameOf({ Identifier, Name, Version }) {
    return Identifier?.PURL ?? `${Name}@${Version}`;
}
/** The result without what the lock files have told already; none when that was all. */
function onlyNew(one, isNew, names) {
    const Packages = packagesOf(one).filter(isNew);
    const Vulnerabilities = (one.Vulnerabilities ?? []).filter((found) => Packages.some((entry) => isOf(found, entry)));
    const Licenses = (one.Licenses ?? []).filter(({ PkgName }) => !PkgName || names.has(PkgName));
    if (Packages.length + Licenses.length === 0)
        return [];
    return [{ ...one, Packages, Vulnerabilities, Licenses }];
}
function isOf(found, { ID, Name, Version }) {
    if (found.PkgID && ID)
        return found.PkgID === ID;
    return found.PkgName === Name && found.InstalledVersion === Version;
}

// EXTERNAL MODULE: ./lib/schema-faults.js
var schema_faults = __webpack_require__(8063);
;// CONCATENATED MODULE: ./lib/scan/trivy-report.js


/**
 * Trivy's JSON, schema 2. What a decision depends on must be there and be what it says; everything else may be
 * anything, so that a newer trivy that tells more is still understood.
 */
const trivy_report_text = schemas/* string */.YjP().optional();
const line = schemas/* int */.Whr().nonnegative().optional();
/** Trivy leaves out an empty list, and Go writes it as null. */
const listOf = (item) => schemas/* array */.YOg(item)
    .nullish()
    .transform((list) => list ?? []);
const trivy_report_severity = schemas/* enum */.k5n(severity/* SEVERITIES */.o);
const trivy_report_vulnerability = schemas/* looseObject */._H3({
    VulnerabilityID: schemas/* string */.YjP().min(1),
    VendorIDs: listOf(schemas/* string */.YjP()),
    PkgID: trivy_report_text,
    PkgName: schemas/* string */.YjP().min(1),
    PkgPath: trivy_report_text,
    PkgIdentifier: schemas/* looseObject */._H3({ PURL: trivy_report_text }).optional(),
    InstalledVersion: schemas/* string */.YjP().default(""),
    FixedVersion: trivy_report_text,
    Severity: trivy_report_severity,
    Title: trivy_report_text,
    PrimaryURL: trivy_report_text,
});
const trivy_report_misconfiguration = schemas/* looseObject */._H3({
    ID: schemas/* string */.YjP().min(1),
    Title: schemas/* string */.YjP().default(""),
    Resolution: schemas/* string */.YjP().default(""),
    Severity: trivy_report_severity,
    Status: schemas/* enum */.k5n(["PASS", "FAIL", "EXCEPTION"]),
    PrimaryURL: trivy_report_text,
    CauseMetadata: schemas/* looseObject */._H3({ StartLine: line, EndLine: line }).optional(),
});
const trivy_report_secret = schemas/* looseObject */._H3({
    RuleID: schemas/* string */.YjP().min(1),
    Category: schemas/* string */.YjP().default(""),
    Severity: trivy_report_severity,
    Title: schemas/* string */.YjP().default(""),
    StartLine: line,
    EndLine: line,
});
const trivy_report_license = schemas/* looseObject */._H3({
    Severity: trivy_report_severity,
    Category: schemas/* string */.YjP().default(""),
    PkgName: schemas/* string */.YjP().default(""),
    FilePath: schemas/* string */.YjP().default(""),
    Name: schemas/* string */.YjP().min(1),
    Link: schemas/* string */.YjP().default(""),
});
const trivy_report_packageEntry = schemas/* looseObject */._H3({
    ID: trivy_report_text,
    Name: schemas/* string */.YjP(),
    Version: schemas/* string */.YjP().default(""),
    Licenses: listOf(schemas/* string */.YjP()),
    Locations: listOf(schemas/* looseObject */._H3({ StartLine: line, EndLine: line })),
});
/** Findings that trivy itself set aside, by a policy that it was given. */
const modified = schemas/* looseObject */._H3({
    Type: schemas/* string */.YjP(),
    Status: schemas/* string */.YjP(),
    Statement: schemas/* string */.YjP().default(""),
    Source: schemas/* string */.YjP().default(""),
});
const trivy_report_result = schemas/* looseObject */._H3({
    Target: schemas/* string */.YjP(),
    // A class that is not known could hold findings that nobody counts.
    Class: schemas/* enum */.k5n([
        "os-pkgs",
        "lang-pkgs",
        "config",
        "secret",
        "license",
        "license-file",
        "custom",
        "unknown",
    ]),
    Type: trivy_report_text,
    Packages: listOf(trivy_report_packageEntry),
    Vulnerabilities: listOf(trivy_report_vulnerability),
    MisconfSummary: schemas/* looseObject */._H3({ Successes: schemas/* int */.Whr().nonnegative(), Failures: schemas/* int */.Whr().nonnegative() })
        .optional(),
    Misconfigurations: listOf(trivy_report_misconfiguration),
    Secrets: listOf(trivy_report_secret),
    Licenses: listOf(trivy_report_license),
    ExperimentalModifiedFindings: listOf(modified),
});
const TrivyReport = schemas/* looseObject */._H3({
    SchemaVersion: schemas/* literal */.euz(2),
    Trivy: schemas/* looseObject */._H3({ Version: trivy_report_text }).optional(),
    ArtifactName: schemas/* string */.YjP(),
    ArtifactType: schemas/* string */.YjP(),
    Metadata: schemas/* looseObject */._H3({
        ImageID: trivy_report_text,
        OS: schemas/* looseObject */._H3({ Family: trivy_report_text, Name: trivy_report_text, EOSL: schemas/* boolean */.zMY().optional() }).optional(),
        DiffIDs: listOf(schemas/* string */.YjP()),
        RepoDigests: listOf(schemas/* string */.YjP()),
        RepoTags: listOf(schemas/* string */.YjP()),
    })
        .optional(),
    Results: listOf(trivy_report_result),
});

;// CONCATENATED MODULE: ./lib/scan/read-report.js



/** Enough to see what is wrong; a report can hold thousands of the same. */
const MAX_FAULTS = 5;
/** Trivy's JSON, typed. Throws `scan-failed` when it is not understood: such a report never passes. */
function readReport(text) {
    const read = TrivyReport.safeParse(parse(text));
    if (read.success)
        return read.data;
    const faults = (0,schema_faults/* schemaFaults */.d)(read.error);
    const more = faults.length - MAX_FAULTS;
    const told = faults.slice(0, MAX_FAULTS).join("; ");
    throw notUnderstood(more > 0 ? `${told}; and ${more} more` : told);
}
function parse(text) {
    if (text.trim() === "")
        throw notUnderstood("it is empty");
    try {
        return JSON.parse(text);
    }
    catch {
        // The parser's own message quotes the text around the fault, and that may be a secret.
        throw notUnderstood(`it is no JSON (${text.length} characters)`);
    }
}
function notUnderstood(why) {
    return new lib_error/* SluiceError */.a("scan-failed", `trivy's report is not understood: ${why}`, {
        hint: "nothing was decided, so nothing passes; use the version of trivy that this action is tested with",
    });
}

// EXTERNAL MODULE: ../../node_modules/picomatch/index.js
var picomatch = __webpack_require__(1026);
;// CONCATENATED MODULE: ./lib/scan/purl.js
function parsePurl(text) {
    const found = /^pkg:\/{0,2}([^/]+)\/([^?#]+)(?:\?([^#]*))?(?:#.*)?$/.exec(text.trim());
    if (!found)
        return undefined;
    const [, type = "", rest = "", query = ""] = found;
    // A scope such as @types is written %40types, so a bare @ after the first character begins the version.
    const at = rest.lastIndexOf("@");
    const named = at > 0 ? rest.slice(0, at) : rest;
    const version = at > 0 ? decode(rest.slice(at + 1)) : undefined;
    const qualifiers = new Map(new URLSearchParams(query));
    return { type: type.toLowerCase(), path: decode(named), version, qualifiers };
}
/** Whether it can be matched at all. */
function isPurl(text) {
    return parsePurl(text) !== undefined;
}
/** Whether `pattern` means `purl`: what the pattern leaves open (version, qualifiers) may be anything. */
function purlMatches(pattern, purl) {
    const wanted = parsePurl(pattern);
    const found = parsePurl(purl);
    if (!wanted || !found)
        return false;
    if (wanted.type !== found.type || wanted.path !== found.path)
        return false;
    if (wanted.version !== undefined && wanted.version !== found.version)
        return false;
    return [...wanted.qualifiers].every(([key, held]) => found.qualifiers.get(key) === held);
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./lib/scan/exception.js


/** Whether the exception means this finding, expired or not. */
function means(exception, finding) {
    if (!exception.scanners.includes(finding.scanner))
        return false;
    if (!exception_namesOf(finding).includes(exception.id))
        return false;
    return matchesPath(exception, finding) && matchesPurl(exception, finding);
}
function isExpired({ expiresAt }, now) {
    return expiresAt !== undefined && expiresAt.getTime() <= now.getTime();
}
/** All the names that it goes by. A check is DS-0002 today, and was DS002 and AVD-DS-0002. */
function exception_namesOf(finding) {
    if (finding.scanner === "vuln")
        return [finding.id, ...finding.aliases];
    if (finding.scanner !== "misconfig")
        return [finding.id];
    return [finding.id, `AVD-${finding.id}`];
}
function matchesPath({ paths }, finding) {
    if (paths.length === 0)
        return true;
    const places = finding.scanner === "vuln" ? [finding.path, finding.packagePath] : [finding.path];
    return places.some((place) => place !== undefined && picomatch.isMatch(place, [...paths], DOT));
}
const DOT = { dot: true };
/** Packages are only known for vulnerabilities: where the exception asks for one, nothing else is meant. */
function matchesPurl({ purls }, finding) {
    if (purls.length === 0)
        return true;
    if (finding.scanner !== "vuln" || finding.purl === undefined)
        return false;
    const { purl } = finding;
    return purls.some((pattern) => purlMatches(pattern, purl));
}

;// CONCATENATED MODULE: ./lib/scan/license-expression.js
/**
 * Whether a licence expression can be met with what `isAllowed` allows: one side of an OR is enough, of an AND both are
 * needed. `X WITH an exception` grants more than X, so X alone allows it. What cannot be read is not allowed.
 */
function isMetBy(expression, isAllowed) {
    if (isAllowed(expression))
        return true;
    const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
    const reader = new Reader(tokens, isAllowed);
    const met = reader.anyOf();
    return reader.isWellFormed() && met;
}
class Reader {
    #at = 0;
    #isBroken = false;
    #tokens;
    #isAllowed;
    constructor(tokens, isAllowed) {
        this.#tokens = tokens;
        this.#isAllowed = isAllowed;
    }
    isWellFormed() {
        return !this.#isBroken && this.#at === this.#tokens.length;
    }
    anyOf() {
        let met = this.#allOf();
        while (this.#takes("OR"))
            met = this.#allOf() || met;
        return met;
    }
    #allOf() {
        let met = this.#one();
        while (this.#takes("AND"))
            met = this.#one() && met;
        return met;
    }
    #one() {
        if (!this.#takes("("))
            return this.#license();
        const met = this.anyOf();
        if (!this.#takes(")"))
            this.#isBroken = true;
        return met;
    }
    #license() {
        const name = this.#tokens[this.#at];
        if (name === undefined || /^(AND|OR|WITH|[()])$/i.test(name)) {
            this.#isBroken = true;
            return false;
        }
        this.#at += 1;
        if (!this.#takes("WITH"))
            return this.#isAllowed(name);
        const exception = this.#tokens[this.#at] ?? "";
        this.#at += 1;
        return this.#isAllowed(name) || this.#isAllowed(`${name} WITH ${exception}`);
    }
    #takes(word) {
        if (this.#tokens[this.#at]?.toUpperCase() !== word)
            return false;
        this.#at += 1;
        return true;
    }
}

;// CONCATENATED MODULE: ./lib/scan/vex-statement.js


const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * Whether the statement is about this finding. A product is the package itself, or what was scanned (one of
 * `subjects`) with the package as its subcomponent.
 */
function isAbout(statement, finding, subjects) {
    if (finding.scanner !== "vuln" || finding.purl === undefined)
        return false;
    if (![finding.id, ...finding.aliases].some((id) => statement.ids.includes(id)))
        return false;
    const { purl } = finding;
    return statement.products.some(({ id, subcomponents }) => {
        if (subcomponents.length === 0)
            return purlMatches(id, purl);
        if (!subjects.some((subject) => subject === id || purlMatches(id, subject)))
            return false;
        return subcomponents.some((part) => purlMatches(part, purl));
    });
}
/** A statement without a date is as old as can be. */
function isTooOld({ saidAt }, now, maxAgeDays) {
    if (maxAgeDays === undefined)
        return false;
    return saidAt === undefined || now.getTime() - saidAt.getTime() > maxAgeDays * DAY_MS;
}
/** Whether what it says takes the finding away. */
function clears({ status }) {
    return status === "not_affected" || status === "fixed";
}
function invalidVex(name, faults) {
    return new lib_error/* SluiceError */.a("invalid-input", `${name} is no VEX document: ${faults.join("; ")}`, {
        hint: "give an OpenVEX document (https://openvex.dev) or a CycloneDX one, as JSON",
    });
}

;// CONCATENATED MODULE: ./lib/scan/wording.js
const NOUN = {
    vuln: ["vulnerability", "vulnerabilities"],
    misconfig: ["misconfiguration", "misconfigurations"],
    secret: ["secret", "secrets"],
    license: ["licence finding", "licence findings"],
};
const LOOKED_AT = {
    vuln: ["package", "packages"],
    misconfig: ["configuration file", "configuration files"],
    secret: ["file", "files"],
    license: ["package", "packages"],
};
/** What a scanner saw that saw nothing. */
const NOTHING = {
    vuln: "no package",
    misconfig: "no configuration file",
    secret: "no file",
    license: "no package",
};
/** `3 vulnerabilities`, `1 secret`. */
function counted(scanner, count) {
    return `${count} ${NOUN[scanner][count === 1 ? 0 : 1]}`;
}
/** `12 packages`; undefined when nobody counted. */
function lookedAt(scanner, coverage) {
    const count = coverage[scanner];
    return count === undefined ? undefined : `${count} ${LOOKED_AT[scanner][count === 1 ? 0 : 1]}`;
}
/** Why a scanner's findings are too many. */
function overLimit(scanner, count, { limits }, judged) {
    const limit = limits[scanner] === 0 ? "" : ` where ${limits[scanner]} are accepted`;
    const mine = judged.filter(({ counts, finding }) => counts && finding.scanner === scanner);
    const expired = mine.filter((one) => one.counts && one.expired !== undefined).length;
    const ranOut = expired === 0 ? "" : ` (${expired} of them with an exception that has expired)`;
    return `${counted(scanner, count)}${limit}${ranOut}`;
}
/** Whether somebody decided so of the finding; the others are what the rule does not ask for. */
function isExcepted({ kind }) {
    return kind !== "severity" && kind !== "license-allowed";
}
/** What a scanner found and where it looked. */
function seen(scanner, coverage, counting, judged) {
    const looked = lookedAt(scanner, coverage);
    const pardoned = judged.filter((one) => one.finding.scanner === scanner && !one.counts && isExcepted(one.pardon)).length;
    const without = pardoned === 0 ? "" : `, ${pardoned} excepted`;
    return `${counted(scanner, counting[scanner])}${looked ? ` in ${looked}` : ""}${without}`;
}

;// CONCATENATED MODULE: ./lib/scan/rule.js




/**
 * Decides; pure. `now` is when exceptions and VEX statements are looked at; `gap` is why packages that are there could
 * not be judged.
 */
function decide(findings, coverage, rule, now, gap) {
    const judged = findings.map((finding) => judge(finding, rule, now));
    const counting = countOf(judged.filter(({ counts }) => counts));
    const blind = rule.scanners.filter((scanner) => coverage[scanner] === 0);
    const over = rule.scanners.filter((scanner) => counting[scanner] > rule.limits[scanner]);
    const unused = rule.exceptions.filter((exception) => !findings.some((finding) => means(exception, finding)));
    const facts = { judged, counting, coverage, blind, unused };
    if (over.length > 0) {
        const reasons = over.map((scanner) => overLimit(scanner, counting[scanner], rule, judged));
        return { ...facts, outcome: "failed", reasons };
    }
    const unseen = decidingBlindness(blind, findings, rule);
    if (unseen.length > 0) {
        const reasons = unseen.map((scanner) => `${scanner} had ${NOTHING[scanner]} to look at`);
        return { ...facts, outcome: "inconclusive", reasons };
    }
    if (gap !== undefined && rule.scanners.includes("vuln") && rule.mustCover.includes("vuln")) {
        return { ...facts, outcome: "inconclusive", reasons: [gap] };
    }
    const reasons = rule.scanners.map((scanner) => seen(scanner, coverage, counting, judged));
    return { ...facts, outcome: "passed", reasons };
}
/** A scan that looked at nothing at all never passes; one scanner may have had nothing, unless it must not. */
function decidingBlindness(blind, findings, { scanners, mustCover }) {
    const found = new Set(findings.map(({ scanner }) => scanner));
    const unseen = blind.filter((scanner) => !found.has(scanner));
    if (unseen.length === scanners.length)
        return unseen;
    return unseen.filter((scanner) => mustCover.includes(scanner));
}
function judge(finding, rule, now) {
    const pardon = plainPardon(finding, rule);
    if (pardon)
        return { counts: false, finding, pardon };
    const exceptions = rule.exceptions.filter((exception) => means(exception, finding));
    const valid = exceptions.find((exception) => !isExpired(exception, now));
    if (valid)
        return { counts: false, finding, pardon: { kind: "exception", exception: valid } };
    const said = rule.vex.filter((statement) => isAbout(statement, finding, rule.subjects));
    // The last word holds, and only if it is still young enough.
    const last = said.at(-1);
    const clearing = last && clears(last) ? last : undefined;
    if (clearing && !isTooOld(clearing, now, rule.vexMaxAgeDays)) {
        return { counts: false, finding, pardon: { kind: "vex", statement: clearing } };
    }
    return { counts: true, finding, expired: expiredOf(exceptions, clearing) };
}
function expiredOf(exceptions, old) {
    const last = exceptions.at(-1);
    if (last)
        return { source: last.source, at: last.expiresAt };
    return old && { source: old.source, at: old.saidAt };
}
/** What needs neither a file nor a date. */
function plainPardon(finding, rule) {
    if (finding.scanner === "license" && rule.allowedLicenses) {
        const allowed = rule.allowedLicenses.map((license) => license.toLowerCase());
        const isAllowed = (license) => allowed.includes(license.toLowerCase());
        return isMetBy(finding.id, isAllowed) ? { kind: "license-allowed" } : undefined;
    }
    if (!rule.severities.includes(finding.severity))
        return { kind: "severity" };
    const unfixed = finding.scanner === "vuln" && finding.fixed === undefined;
    return unfixed && rule.ignoreUnfixed ? { kind: "unfixed" } : undefined;
}
function countOf(judged) {
    const counts = { vuln: 0, misconfig: 0, secret: 0, license: 0 };
    for (const { finding } of judged)
        counts[finding.scanner] += 1;
    return counts;
}

;// CONCATENATED MODULE: ./lib/scan/trivy/count-files.js



/** More are not counted: that there are some is what matters. */
const MAX_COUNTED = 100_000;
/** Where trivy does not look for secrets unless it is told to: its own list, of 0.74. */
const UNREAD_DIRS = ["**/.git", "**/node_modules"];
const UNREAD_FILES = [
    "**/{go.mod,go.sum,package-lock.json,yarn.lock,pnpm-lock.yaml,Pipfile.lock,Gemfile.lock}",
    "**/*.{jpg,png,gif,doc,pdf,bin,svg,socket,deb,rpm,zip,gz,gzip,tar}",
];
/** How many files below `path` are read for secrets: not those of others in node_modules, nor what is told to be skipped. */
async function countFiles(path, { dirs, files }) {
    if ((await (0,promises_.stat)(path)).isFile())
        return 1;
    const skipsDir = matcher([...dirs, ...UNREAD_DIRS]);
    const skipsFile = matcher([...files, ...UNREAD_FILES]);
    let count = 0;
    const folders = [""];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
        for await (const entry of await (0,promises_.opendir)((0,external_node_path_.join)(path, folder))) {
            const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
            if (entry.isDirectory() && !skipsDir(name))
                folders.push(name);
            if (entry.isFile() && !skipsFile(name))
                count += 1;
        }
        if (count >= MAX_COUNTED)
            return MAX_COUNTED;
    }
    return count;
}
function matcher(patterns) {
    const plain = patterns.map((pattern) => pattern.replace(/^\.\//, "").replace(/\/$/, ""));
    return plain.length === 0 ? () => false : picomatch(plain, { dot: true });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/scan/trivy/database.js








const ROUNDS = 4;
const BACK_OFF_MS = 5_000;
const SCHEMA = 2;
const Metadata = schemas/* looseObject */._H3({ Version: schemas/* int */.Whr(), UpdatedAt: schemas/* string */.YjP().optional() });
/**
 * Sees to it that the vulnerability database is in the cache folder: it is there, or the mirrors are asked in their
 * order, and all of them again after a while when they were only busy. Throws `database-unavailable`.
 */
async function obtainDatabase(program, settings) {
    if (!settings.skipUpdate)
        await download(program, settings);
    return inspect(settings.cacheFolder);
}
async function download(program, settings) {
    const { timeoutMs, backOffMs = BACK_OFF_MS, rounds = ROUNDS } = settings;
    const startedMs = performance.now();
    const leftMs = () => timeoutMs - (performance.now() - startedMs);
    let mirrors = [...settings.mirrors];
    const faults = new Map();
    for (let round = 0; round < rounds && mirrors.length > 0; round += 1) {
        if (round > 0)
            await wait(program, Math.min(backOffMs * 2 ** (round - 1), leftMs()));
        for (const mirror of [...mirrors]) {
            if (leftMs() <= 0)
                break;
            const fault = await downloadFrom(mirror, program, settings.cacheFolder, leftMs());
            if (fault === undefined)
                return;
            faults.set(mirror, fault);
            program.say(`${mirror}: ${fault}`);
            if (LASTING.test(fault))
                mirrors = mirrors.filter((other) => other !== mirror);
        }
    }
    const told = [...faults].map(([mirror, fault]) => `${mirror}: ${fault}`).join("; ");
    throw databaseUnavailable("vulnerability database", told || "no mirror was asked in time");
}
async function wait({ say, signal }, ms) {
    if (ms <= 0)
        return;
    say(`no mirror has the vulnerability database now; asking again in ${(0,duration/* formatDuration */.a3)(ms)}`);
    // What sleep rejects with says nothing of who cancelled.
    await (0,external_node_timers_promises_.setTimeout)(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
/** Undefined when it is there. */
async function downloadFrom(mirror, program, cacheFolder, timeoutMs) {
    const limit = Math.max(1, Math.ceil(timeoutMs));
    const args = [
        ...["image", "--download-db-only", "--no-progress", "--db-repository", mirror],
        ...["--cache-dir", cacheFolder, "--timeout", `${limit}ms`, ...QUIET],
    ];
    const end = await runTrivy(program, args, limit);
    if (end.kind === "exit" && end.code === 0)
        return undefined;
    if (end.kind === "killed")
        return `trivy was killed by ${end.by}`;
    if (end.kind === "timeout")
        return `no answer within ${(0,duration/* formatDuration */.a3)(limit)}`;
    return wordOf(end.said);
}
function wordOf(said) {
    const word = lastWord(said);
    if (/TOOMANYREQUESTS|\b429\b/i.test(said))
        return `too many requests (429): ${word}`;
    return word;
}
/** What no time mends: there is no such thing, or not for us. Whatever else a registry says may pass. */
const LASTING = /MANIFEST_UNKNOWN|NAME_UNKNOWN|NAME_INVALID|UNAUTHORIZED|DENIED|parse reference|media type|single layer/i;
async function inspect(cacheFolder) {
    const folder = (0,external_node_path_.join)(cacheFolder, "db");
    const what = "vulnerability database";
    const there = await (0,promises_.stat)((0,external_node_path_.join)(folder, "trivy.db")).catch(() => undefined);
    if (!there)
        throw databaseUnavailable(what, `there is no trivy.db in ${folder}`);
    const metadata = await readMetadata((0,external_node_path_.join)(folder, "metadata.json"));
    if (!metadata)
        throw databaseUnavailable(what, `${folder} has no metadata.json that can be read`);
    if (metadata.Version !== SCHEMA) {
        const found = `the one in ${folder} has schema ${metadata.Version}, trivy reads ${SCHEMA}`;
        throw databaseUnavailable(what, found);
    }
    return { updatedAt: metadata.UpdatedAt };
}
async function readMetadata(path) {
    try {
        return Metadata.parse(JSON.parse(await (0,promises_.readFile)(path, "utf8")));
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/tools/ensure.js + 22 modules
var ensure = __webpack_require__(5632);
// EXTERNAL MODULE: ./lib/tools/shop.js
var shop = __webpack_require__(8822);
// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
// EXTERNAL MODULE: ../../node_modules/zod/v4/core/core.js
var core = __webpack_require__(6416);
// EXTERNAL MODULE: ./lib/scan/finding.js
var finding = __webpack_require__(4361);
;// CONCATENATED MODULE: ./lib/scan/trivyignore.js






/** The sections of a `.trivyignore.yaml`, and which scanner's findings they are about. */
const SECTIONS = {
    vulnerabilities: "vuln",
    misconfigurations: "misconfig",
    secrets: "secret",
    licenses: "license",
};
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = schemas/* string */.YjP().transform((text, context) => {
    const date = new Date(DAY.test(text) ? `${text}T00:00:00Z` : text);
    if (!Number.isNaN(date.getTime()))
        return date;
    context.addIssue({ code: "custom", message: "not a date such as 2027-01-31" });
    return core/* NEVER */.tm;
});
// Strict: a misspelt `expires_at` would be an exception without an end.
const entry = schemas/* strictObject */.rej({
    id: schemas/* string */.YjP().min(1),
    paths: schemas/* array */.YOg(schemas/* string */.YjP().min(1)).optional(),
    purls: schemas/* array */.YOg(schemas/* string */.YjP().refine(isPurl, "not a package URL such as pkg:npm/lodash@4.17.20"))
        .optional(),
    expired_at: day.optional(),
    statement: schemas/* string */.YjP().optional(),
});
const IgnoreFile = schemas/* strictObject */.rej(Object.fromEntries(Object.keys(SECTIONS).map((name) => [name, schemas/* array */.YOg(entry).nullish()])));
/** The exceptions of an ignore file: YAML by its ending, else one id per line. Throws `invalid-input`. */
function readIgnoreFile(name, text) {
    return /\.ya?ml$/i.test(name) ? fromYaml(name, text) : fromLines(name, text);
}
function fromYaml(name, text) {
    // The core schema leaves dates as text, so that they are read in one way only.
    const document = (0,dist/* parseDocument */.Tp)(text, { schema: "core" });
    const [broken] = document.errors;
    if (broken)
        throw invalid(name, [broken.message.split("\n")[0] ?? "not YAML"]);
    const read = IgnoreFile.safeParse(document.toJS() ?? {});
    if (!read.success)
        throw invalid(name, (0,schema_faults/* schemaFaults */.d)(read.error));
    return Object.entries(SECTIONS).flatMap(([section, scanner]) => (read.data[section] ?? []).map((found, index) => ({
        id: found.id,
        scanners: [scanner],
        paths: found.paths ?? [],
        purls: found.purls ?? [],
        statement: found.statement,
        expiresAt: found.expired_at,
        source: `${name}, ${section}[${index}]`,
    })));
}
/** `CVE-2026-0001 exp:2027-01-31`, one per line, `#` before a comment. */
function fromLines(name, text) {
    const lines = text.split("\n").map((line, index) => ({ line: line.trim(), number: index + 1 }));
    const wrong = [];
    const exceptions = lines
        .filter(({ line }) => line !== "" && !line.startsWith("#"))
        .map(({ line, number }) => {
        const [id = "", ...fields] = line.split(/\s+/);
        const until = fields.find((field) => field.startsWith("exp:"))?.slice("exp:".length);
        const expires = until === undefined ? undefined : day.safeParse(until);
        if (expires && !expires.success)
            wrong.push(`line ${number}: ${until} is no date`);
        return {
            id,
            scanners: finding/* SCANNERS */.K,
            paths: [],
            purls: [],
            statement: undefined,
            expiresAt: expires?.data,
            source: `${name}, line ${number}`,
        };
    });
    if (wrong.length > 0)
        throw invalid(name, wrong);
    return exceptions;
}
function invalid(name, faults) {
    return new lib_error/* SluiceError */.a("invalid-input", `${name} is no ignore file: ${faults.join("; ")}`, {
        hint: "each entry has an id, and may have paths, purls, expired_at (a date) and statement",
    });
}

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(3477);
;// CONCATENATED MODULE: ./lib/scan/vex-cyclonedx.js




const date = iso/* datetime */.w$({ offset: true }).transform((text) => new Date(text));
const vex_cyclonedx_vulnerability = schemas/* looseObject */._H3({
    id: schemas/* string */.YjP().min(1),
    analysis: schemas/* looseObject */._H3({
        state: schemas/* enum */.k5n([
            "resolved",
            "resolved_with_pedigree",
            "exploitable",
            "in_triage",
            "false_positive",
            "not_affected",
        ])
            .optional(),
        justification: schemas/* string */.YjP().optional(),
        detail: schemas/* string */.YjP().optional(),
        firstIssued: date.optional(),
        lastUpdated: date.optional(),
    })
        .optional(),
    affects: schemas/* array */.YOg(schemas/* looseObject */._H3({ ref: schemas/* string */.YjP() })).default([]),
});
const CycloneDx = schemas/* looseObject */._H3({
    metadata: schemas/* looseObject */._H3({ timestamp: date.optional() }).optional(),
    components: schemas/* array */.YOg(schemas/* looseObject */._H3({ "bom-ref": schemas/* string */.YjP().optional(), purl: schemas/* string */.YjP().optional() }))
        .default([]),
    vulnerabilities: schemas/* array */.YOg(vex_cyclonedx_vulnerability).default([]),
});
const STATUS = {
    resolved: "fixed",
    resolved_with_pedigree: "fixed",
    exploitable: "affected",
    in_triage: "under_investigation",
    false_positive: "not_affected",
    not_affected: "not_affected",
};
/** A CycloneDX document with `vulnerabilities[].analysis`; what has no state says nothing. */
function fromCycloneDx(name, document) {
    const read = CycloneDx.safeParse(document);
    if (!read.success)
        throw invalidVex(name, (0,schema_faults/* schemaFaults */.d)(read.error));
    const { metadata, components, vulnerabilities } = read.data;
    const purls = new Map(components.map((component) => [component["bom-ref"], component.purl]));
    return vulnerabilities.flatMap(({ id, analysis, affects }, index) => {
        if (!analysis?.state)
            return [];
        const meant = affects.map(({ ref }) => purls.get(ref) ?? purlIn(ref));
        return [
            {
                ids: [id],
                products: meant
                    .filter((purl) => purl !== undefined)
                    .map((purl) => ({ id: purl, subcomponents: [] })),
                status: STATUS[analysis.state],
                justification: analysis.justification ?? analysis.detail ?? analysis.state,
                saidAt: analysis.lastUpdated ?? analysis.firstIssued ?? metadata?.timestamp,
                source: `${name}, vulnerabilities[${index}]`,
            },
        ];
    });
}
/** Of a purl, or of a BOM-link such as `urn:cdx:<serial>/1#pkg:npm/lodash@4.17.20`. */
function purlIn(ref) {
    const bomRef = ref.startsWith("urn:cdx:") ? decodeURIComponent(ref.split("#")[1] ?? "") : ref;
    return isPurl(bomRef) ? bomRef : undefined;
}

;// CONCATENATED MODULE: ./lib/scan/vex-openvex.js



const vex_openvex_date = iso/* datetime */.w$({ offset: true }).transform((text) => new Date(text));
const component = schemas/* looseObject */._H3({
    "@id": schemas/* string */.YjP().optional(),
    identifiers: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).optional(),
});
const product = component.extend({ subcomponents: schemas/* array */.YOg(component).default([]) });
const statement = schemas/* looseObject */._H3({
    vulnerability: schemas/* looseObject */._H3({
        "@id": schemas/* string */.YjP().optional(),
        name: schemas/* string */.YjP().optional(),
        aliases: schemas/* array */.YOg(schemas/* string */.YjP()).default([]),
    }),
    products: schemas/* array */.YOg(product).default([]),
    status: schemas/* enum */.k5n(["not_affected", "fixed", "affected", "under_investigation"]),
    justification: schemas/* string */.YjP().optional(),
    impact_statement: schemas/* string */.YjP().optional(),
    timestamp: vex_openvex_date.optional(),
    last_updated: vex_openvex_date.optional(),
});
const OpenVex = schemas/* looseObject */._H3({
    timestamp: vex_openvex_date.optional(),
    last_updated: vex_openvex_date.optional(),
    statements: schemas/* array */.YOg(statement),
});
/** https://github.com/openvex/spec: a statement without a time of its own has the document's. */
function fromOpenVex(name, document) {
    const read = OpenVex.safeParse(document);
    if (!read.success)
        throw invalidVex(name, (0,schema_faults/* schemaFaults */.d)(read.error));
    const { data } = read;
    const unjustified = data.statements.findIndex(isUnjustified);
    if (unjustified !== -1) {
        throw invalidVex(name, [
            `statements.${unjustified}: not_affected needs a justification or an impact_statement`,
        ]);
    }
    const statements = data.statements.map((said, index) => {
        const { vulnerability } = said;
        const ids = [vulnerability.name, vulnerability["@id"], ...vulnerability.aliases];
        return {
            ids: ids.filter((id) => id !== undefined),
            products: said.products.flatMap(productsOf),
            status: said.status,
            justification: said.justification ?? said.impact_statement ?? "",
            saidAt: said.last_updated ?? said.timestamp ?? data.last_updated ?? data.timestamp,
            source: `${name}, statements[${index}]`,
        };
    });
    return statements.sort((a, b) => timeOf(a) - timeOf(b));
}
function isUnjustified({ status, justification, impact_statement }) {
    return status === "not_affected" && !justification && !impact_statement;
}
/** One for each name that the product has. */
function productsOf(product) {
    const subcomponents = product.subcomponents.flatMap(vex_openvex_namesOf);
    // Subcomponents that cannot be named must not turn into "the whole product".
    if (product.subcomponents.length > 0 && subcomponents.length === 0)
        return [];
    return vex_openvex_namesOf(product).map((id) => ({ id, subcomponents }));
}
function vex_openvex_namesOf(named) {
    const names = [named["@id"], named.identifiers?.purl];
    return names.filter((name) => name !== undefined);
}
function timeOf({ saidAt }) {
    return saidAt?.getTime() ?? 0;
}

;// CONCATENATED MODULE: ./lib/scan/vex.js




const Kind = schemas/* union */.KCZ([
    schemas/* looseObject */._H3({ "@context": schemas/* string */.YjP().startsWith("https://openvex.dev/ns") }),
    schemas/* looseObject */._H3({ bomFormat: schemas/* literal */.euz("CycloneDX") }),
]);
/** The statements of a VEX document: where two are about the same, the later one holds. Throws `invalid-input`. */
function readVex(name, text) {
    const document = vex_parse(name, text);
    const kind = Kind.safeParse(document);
    if (!kind.success)
        throw invalidVex(name, ["it is neither OpenVEX nor CycloneDX"]);
    return "bomFormat" in kind.data ? fromCycloneDx(name, document) : fromOpenVex(name, document);
}
function vex_parse(name, text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw invalidVex(name, ["it is no JSON"]);
    }
}

// EXTERNAL MODULE: ./actions/trivy-scan/together.js
var together = __webpack_require__(2333);
;// CONCATENATED MODULE: ./actions/trivy-scan/rule.js







/** What trivy's users have in their repository's root. */
const USUAL_IGNORE_FILES = [".trivyignore.yaml", ".trivyignore.yml", ".trivyignore"];
/** The rule that the inputs and the files they name make; `files` are those that were read. */
async function rule_ruleOf(inputs, workspace, subjects) {
    const ignores = await ignoreFiles(inputs, workspace);
    const vex = await namedFiles("vex", inputs.vex ?? [], workspace);
    const rule = {
        scanners: (0,together/* scannersOf */.$_)(inputs["scan-type"], inputs.scanners),
        severities: inputs.severity,
        ignoreUnfixed: inputs["ignore-unfixed"],
        limits: limitsOf(inputs.limits ?? []),
        allowedLicenses: inputs["allowed-licenses"],
        exceptions: ignores.flatMap(({ name, text }) => readIgnoreFile(name, text)),
        vex: vex.flatMap(({ name, text }) => readVex(name, text)),
        vexMaxAgeDays: inputs["vex-max-age-days"],
        subjects,
        mustCover: inputs["must-cover"],
    };
    return { rule, files: [...ignores, ...vex].map(({ name }) => name) };
}
async function ignoreFiles(inputs, workspace) {
    if (inputs.trivyignores)
        return namedFiles("trivyignores", inputs.trivyignores, workspace);
    const there = await Promise.all(USUAL_IGNORE_FILES.map(async (name) => {
        const text = await (0,promises_.readFile)((0,external_node_path_.join)(workspace, name), "utf8").catch(() => undefined);
        return text === undefined ? [] : [{ name, text }];
    }));
    return there.flat();
}
async function namedFiles(input, names, workspace) {
    return Promise.all(names.map(async (given) => {
        const path = inWorkspace(input, given);
        const name = (0,external_node_path_.relative)(workspace, path).split(external_node_path_.sep).join("/");
        return { name, text: await read(input, path) };
    }));
}
function inWorkspace(input, given) {
    const read = action/* pathKind */.gl.parse(given);
    if ("value" in read)
        return read.value;
    throw new lib_error/* SluiceError */.a("invalid-input", `${input}: ${given} is not inside the workspace`, {
        hint: "keep exceptions in the repository, where they are reviewed",
    });
}
async function read(input, path) {
    try {
        return await (0,promises_.readFile)(path, "utf8");
    }
    catch (cause) {
        throw new lib_error/* SluiceError */.a("invalid-input", `${input}: ${path} cannot be read`, {
            cause,
            hint: "check it out before this step; nothing was scanned",
        });
    }
}
function limitsOf(limits) {
    return { vuln: 0, misconfig: 0, secret: 0, license: 0, ...Object.fromEntries(limits) };
}

;// CONCATENATED MODULE: ./actions/trivy-scan/settings.js

/** What trivy is told. */
function settingsOf(inputs, scanned, rule) {
    return {
        subject: scanned.subject,
        scanners: rule.scanners,
        packageTypes: inputs["vuln-type"],
        skipDirs: [...(inputs["skip-dirs"] ?? []), ...ownFolders(inputs, scanned)],
        skipFiles: inputs["skip-files"] ?? [],
        cacheFolder: inputs["cache-dir"],
        timeoutMs: inputs.timeout,
        configFile: inputs["trivy-config"],
        ignorePolicy: inputs["ignore-policy"],
        javaDbMirrors: inputs["java-db-repository"] ?? [],
        skipDbUpdate: inputs["skip-db-update"],
        skipCheckUpdate: inputs["skip-check-update"],
        offline: inputs["offline-scan"],
        everySecret: inputs["scan-type"] === "archive",
    };
}
/** What an earlier scan left in the scanned folder: its report and its database are not part of it. */
function ownFolders(inputs, { subject }) {
    if (subject.kind !== "folder")
        return [];
    const own = [inputs["output-dir"], inputs["cache-dir"]].map((folder) => (0,external_node_path_.relative)(subject.path, folder));
    return own
        .filter((way) => way !== "" && !way.startsWith("..") && !(0,external_node_path_.isAbsolute)(way))
        .map((way) => way.split(external_node_path_.sep).join("/"));
}

;// CONCATENATED MODULE: ./actions/trivy-scan/scan-once.js



















/** Everything from the inputs to the decision; what is shown of it comes later. */
async function scanOnce(context, workFolder) {
    const { inputs, env, log, signal } = context;
    const workspace = (0,external_node_fs_.realpathSync)((0,action/* workspaceFolder */.ih)(env));
    const scanned = await subjectOf(inputs, workspace, workFolder);
    const { rule, files } = await rule_ruleOf(inputs, workspace, namesOf(scanned));
    if (files.length > 0)
        log.info(`exceptions and statements are read from ${files.join(", ")}`);
    const ignored = leftOut(env);
    if (ignored.length > 0)
        log.warning(`${ignored.join(", ")}: trivy is not given these variables`);
    const say = (line) => log.info(line);
    const trivy = await (0,ensure/* ensure */.D)("trivy", inputs.version, (0,shop/* openShop */.v)({ env, say, signal }));
    const program = { path: trivy.path, cwd: workFolder, env, say, signal };
    const startedAt = new Date();
    const database = await databaseFor(context, rule, program);
    const settings = settingsOf(inputs, scanned, rule);
    const raw = await log.group("Scan", () => scan(program, settings, workFolder));
    if (inputs["scan-type"] === "archive")
        await addInstalled(raw, program, settings, log);
    const report = readReport(raw.text);
    mustBeSubject(report, inputs["subject-digest"], scanned);
    const filesSeen = await fileCount(scanned, settings, report);
    const finishedAt = new Date();
    const findings = findingsOf(report);
    const coverage = coverageOf(report, filesSeen);
    const gap = inputs["vuln-type"].includes("os") ? gapOf(report) : undefined;
    const decision = decide(findings, coverage, rule, finishedAt, gap);
    const end = { scanned, rule, decision, report, program, database, startedAt, finishedAt };
    return { ...end, rawReport: raw.path };
}
/** What stands in no lock file and is shipped all the same: trivy looks for it only in what it takes for an installed system. */
async function addInstalled(raw, program, settings, log) {
    const scanners = settings.scanners.filter((one) => one === "vuln" || one === "license");
    const { subject } = settings;
    if (scanners.length === 0 || subject.kind !== "folder")
        return;
    readReport(raw.text);
    const folder = (0,external_node_path_.join)(program.cwd, "installed");
    await (0,promises_.mkdir)(folder);
    const installed = await log.group("Scan what is installed", () => scan(program, { ...settings, scanners, subject: { ...subject, as: "rootfs" } }, folder));
    readReport(installed.text);
    raw.text = withInstalled(raw.text, installed.text);
    await (0,promises_.writeFile)(raw.path, raw.text);
}
async function databaseFor({ inputs, log }, rule, program) {
    if (!rule.scanners.includes("vuln"))
        return undefined;
    const database = await log.group("Vulnerability database", () => obtainDatabase(program, {
        cacheFolder: inputs["cache-dir"],
        mirrors: inputs["db-repository"],
        skipUpdate: inputs["skip-db-update"],
        timeoutMs: inputs.timeout,
    }));
    tellAge(log, database);
    return database;
}
const scan_once_DAY_MS = 24 * 60 * 60 * 1000;
/** Its makers make one several times a day. */
const OLD_AFTER_DAYS = 7;
/** A database that is given is used however old it is, but not silently. */
function tellAge(log, { updatedAt }) {
    const ageDays = (Date.now() - Date.parse(updatedAt ?? "")) / scan_once_DAY_MS;
    const told = `the vulnerability database is of ${updatedAt ?? "an unknown date"}`;
    if (ageDays <= OLD_AFTER_DAYS) {
        log.info(told);
        return;
    }
    log.warning(`${told}: what was published since is not in it`, {
        title: "trivy-scan: old database",
    });
}
/** Trivy reads every file for secrets, and reports none that has none. */
async function fileCount(scanned, settings, report) {
    const { subject } = scanned;
    if (subject.kind === "folder") {
        return countFiles(subject.path, { dirs: settings.skipDirs, files: settings.skipFiles });
    }
    if (subject.kind === "sbom")
        return 0;
    // An image without a layer has no file; otherwise nobody counts them.
    return report.Metadata?.DiffIDs.length === 0 ? 0 : undefined;
}
/** An image that was promised by digest must be the one that the registry gave. */
function mustBeSubject(report, digest, scanned) {
    if (digest === undefined || scanned.subject.kind !== "image")
        return;
    const found = report.Metadata?.RepoDigests ?? [];
    if (found.some((name) => name.endsWith(digest)))
        return;
    const is = found.join(", ") || "an image without a digest";
    throw new lib_error/* SluiceError */.a("digest-mismatch", `what was scanned is ${is}, but ${digest} was promised`, {
        hint: "give image-ref by digest: a tag may have been moved",
    });
}

;// CONCATENATED MODULE: ./actions/trivy-scan/summary.js







const MAX_ROWS = 25;
const MARK = { passed: "✅", failed: "❌", inconclusive: "❔", skipped: "⏭️" };
/** What a person wants to know first, then the worst findings, then what was not counted and why. */
function summarise(summary, end, gate) {
    const { decision } = end;
    summary.heading(`${MARK[gate.outcome]} Scan ${gate.outcome}`).markdown((0,action/* inlineText */.ln)(gate.reason));
    summary.table(["Looked for", "In", "Found", "Counting", "Accepted"], scannerRows(end));
    const counting = decision.judged.filter(({ counts }) => counts);
    if (counting.length > 0)
        findingTable(summary, counting);
    const pardoned = decision.judged.filter((one) => !one.counts && isExcepted(one.pardon));
    if (pardoned.length > 0)
        pardonTable(summary, pardoned);
    for (const note of notesOf(end))
        summary.markdown(note);
}
/** There is no decision to show: only why. */
function summariseFailure(summary, error) {
    summary
        .heading("❌ Nothing could be scanned")
        .markdown((0,lib_error/* causes */.p)(error).map(action/* inlineText */.ln).join("<br>"));
}
function scannerRows({ rule, decision, report }) {
    return rule.scanners.map((scanner) => {
        const found = decision.judged.filter(({ finding }) => finding.scanner === scanner).length;
        const looked = lookedAt(scanner, decision.coverage) ?? (0,action/* inlineText */.ln)(report.ArtifactType);
        const blind = decision.blind.includes(scanner) ? " ⚠️" : "";
        return [
            scanner,
            `${looked}${blind}`,
            String(found),
            String(decision.counting[scanner]),
            String(rule.limits[scanner]),
        ];
    });
}
function findingTable(summary, counting) {
    const sorted = [...counting].sort((a, b) => (0,severity/* bySeverity */.N)(a.finding.severity, b.finding.severity));
    const rows = sorted.slice(0, MAX_ROWS).map((one) => {
        const { finding } = one;
        const expired = expiryOf(one);
        return [
            finding.severity,
            linkOf(finding),
            (0,action/* inlineText */.ln)(placeText(finding)),
            (0,action/* inlineText */.ln)(remedyOf(finding)),
            (0,action/* inlineText */.ln)(`${finding.title}${expired ? ` (${expired})` : ""}`),
        ];
    });
    summary.table(["Severity", "Finding", "Where", "Remedy", "What"], rows);
    const more = counting.length - rows.length;
    if (more > 0)
        summary.markdown(`and ${more} more: see findings.sarif and report.json.`);
}
function pardonTable(summary, pardoned) {
    const rows = pardoned.slice(0, MAX_ROWS * 4).flatMap((one) => {
        if (one.counts)
            return [];
        const { finding, pardon } = one;
        return [
            `| ${finding.severity} | ${cell(finding.id)} | ${cell(placeText(finding))} | ${cell(whyNot(pardon))} |`,
        ];
    });
    const table = [
        "| Severity | Finding | Where | Why it does not count |",
        "| --- | --- | --- | --- |",
        ...rows,
    ];
    summary.details(`${pardoned.length} findings do not count`, table.join("\n"));
}
function notesOf({ decision, report, database, rule }) {
    const policy = setAsideByPolicy(report);
    const unlicensed = rule.scanners.includes("license") ? withoutLicense(report).length : 0;
    const { found } = countsOf(decision.judged);
    const all = [...severity/* SEVERITIES */.o]
        .reverse()
        .map((severity) => `${found[severity]} ${severity.toLowerCase()}`);
    return [
        ...(policy > 0 ? [`Set aside by the ignore-policy: ${policy}.`] : []),
        ...(unlicensed > 0 ? [`Packages whose licence is not known: ${unlicensed}.`] : []),
        ...decision.unused.map(({ id, source }) => (0,action/* inlineText */.ln)(`The exception for ${id} (${source}) means nothing that was found: it can go.`)),
        (0,action/* inlineText */.ln)(`All severities: ${all.join(", ")}. Trivy ${report.Trivy?.Version ?? "of unknown version"}${database ? `, database of ${database.updatedAt ?? "unknown date"}` : ""}.`),
    ];
}
function whyNot(pardon) {
    switch (pardon.kind) {
        case "severity":
            return "its severity is not asked for";
        case "unfixed":
            return "nobody has fixed it yet";
        case "license-allowed":
            return "the licence is allowed";
        case "exception": {
            const { source, statement, expiresAt } = pardon.exception;
            const until = expiresAt ? `, until ${expiresAt.toISOString().slice(0, 10)}` : "";
            return `${statement ?? "excepted"} (${source}${until})`;
        }
        case "vex": {
            const { status, justification, source } = pardon.statement;
            return `${status.replaceAll("_", " ")}: ${justification} (${source})`;
        }
    }
}
function placeText(finding) {
    const line = finding.startLine === undefined ? "" : `:${finding.startLine}`;
    const named = finding.scanner === "vuln" ? `${finding.package} ${finding.installed} in ` : "";
    return `${named}${finding.path}${line}`;
}
function remedyOf(finding) {
    switch (finding.scanner) {
        case "vuln":
            return finding.fixed === undefined ? "none yet" : `update to ${finding.fixed}`;
        case "misconfig":
            return finding.resolution;
        case "secret":
            return "take it out and revoke it";
        case "license":
            return "use something else, or allow it";
    }
}
/** A link only to where links lead: what a database says must not become anything else. */
function linkOf({ id, url }) {
    if (!url || !/^https?:\/\/[^\s()<>[\]]+$/.test(url))
        return (0,action/* inlineText */.ln)(id);
    return `[${(0,action/* inlineText */.ln)(id)}](${url})`;
}
function cell(text) {
    return (0,action/* inlineText */.ln)(text).replaceAll("|", "\\|");
}

;// CONCATENATED MODULE: ./actions/trivy-scan/trivy-scan.js












/** Scans once, decides once, and tells it everywhere. Throws when the decision is not `passed`. */
async function trivyScan(context) {
    const workFolder = (0,external_node_fs_.realpathSync)(await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), "sluice-scan-")));
    try {
        const end = await scanOnce(context, workFolder);
        return await tell(context, end);
    }
    catch (error) {
        if (!isDecision(error))
            summariseFailure(context.summary, error);
        throw error;
    }
    finally {
        await (0,promises_.rm)(workFolder, { recursive: true, force: true });
    }
}
async function tell(context, end) {
    const { inputs, outputs, log, summary, signal } = context;
    const { decision } = end;
    const places = await placesOf(end);
    const written = await writeReports(context, end, places);
    const gate = gateOf(end, written.digests);
    const now = end.finishedAt.toISOString().slice(0, 10);
    const told = {
        ...written.outputs,
        gate,
        passed: decision.outcome === "passed",
        "cache-dir": inputs["cache-dir"],
        "cache-key": `trivy-db-${now}`,
    };
    outputs.set(told);
    summarise(summary, end, gate);
    const stops = decision.outcome !== "passed" && inputs["exit-code"] === "1";
    annotate(log, decision.judged, places, stops ? "error" : "warning");
    for (const { id, source } of decision.unused) {
        log.notice(`nothing that was found is ${id}: this exception can go (${source})`);
    }
    if (inputs["upload-sarif"]) {
        const outcome = await (0,upload/* uploadSarif */.N)({
            text: written.sarif,
            tool: "Trivy",
            action: "trivy-scan",
            token: inputs.token,
            env: context.env,
            log,
            signal,
        });
        outputs.set({ "sarif-upload": outcome });
    }
    log.info(gate.reason);
    if (stops)
        throw refusal(end, gate.reason);
    return told;
}
function refusal({ decision }, reason) {
    if (decision.outcome === "inconclusive") {
        return new lib_error/* SluiceError */.a("inconclusive", reason, {
            hint: "check scan-ref and skip-dirs; if there really is nothing of the kind, take the scanner out of scanners or must-cover",
        });
    }
    return new lib_error/* SluiceError */.a("findings", reason, {
        hint: "the job's summary lists them with the versions that fix them; what cannot be fixed now is excepted in .trivyignore.yaml, with an expired_at",
    });
}
function isDecision(error) {
    return error instanceof lib_error/* SluiceError */.a && ["findings", "inconclusive"].includes(error.code);
}


/***/ }),

/***/ 2351:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l1: () => (/* binding */ unpack)
/* harmony export */ });
/* unused harmony exports MAX_UNPACKED_BYTES, MAX_ENTRIES, appFolder */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6466);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8522);
/* harmony import */ var tar_stream__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6474);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2018);









const MAX_UNPACKED_BYTES = 2 * 1024 ** 3;
const MAX_ENTRIES = 200_000;
/**
 * Unpacks a tar.gz into `folder`, which appears only when all of it is there and the archive's bytes have
 * `digest`. An archive is not trusted to stay inside: what leads out, or is neither file, folder nor
 * symlink, refuses the whole of it.
 */
async function unpack(archive, digest, folder) {
    const temporary = `${folder}.unpacking`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(temporary, { recursive: true, force: true });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(temporary, { recursive: true, mode: 0o700 });
    try {
        await unpackInto(temporary, archive, digest);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(folder, { recursive: true, force: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, folder);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(temporary, { recursive: true, force: true });
        throw error;
    }
}
async function unpackInto(root, archive, digest) {
    const links = [];
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    const hashing = new node_stream__WEBPACK_IMPORTED_MODULE_4__.Transform({
        transform(chunk, _encoding, done) {
            hash.update(chunk);
            done(null, chunk);
        },
    });
    const entries = (0,tar_stream__WEBPACK_IMPORTED_MODULE_7__.extract)();
    const reading = (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(archive), hashing, (0,node_zlib__WEBPACK_IMPORTED_MODULE_6__.createGunzip)(), entries);
    // It may fail while an entry is being written, and is looked at only afterwards.
    reading.catch(() => { });
    const budget = { entries: MAX_ENTRIES, bytes: MAX_UNPACKED_BYTES };
    let refused;
    try {
        for await (const entry of entries) {
            const link = await writeEntry(root, entry.header, entry, budget);
            if (link)
                links.push(link);
        }
        await reading;
    }
    catch (error) {
        refused = error;
    }
    await reading.catch(() => { });
    // Whatever else is wrong with bytes that are not the promised ones does not matter.
    if (refused !== undefined)
        await finishHash(archive, digest, refused);
    assertDigest(`sha256:${hash.digest("hex")}`, digest, archive);
    await makeLinks(root, links);
}
async function finishHash(archive, digest, refused) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    for await (const chunk of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(archive))
        hash.update(chunk);
    assertDigest(`sha256:${hash.digest("hex")}`, digest, archive);
    if (refused instanceof _error_js__WEBPACK_IMPORTED_MODULE_8__/* .SluiceError */ .a)
        throw refused;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .SluiceError */ .a("invalid-input", `${archive} is not a tar.gz that can be unpacked`, {
        cause: refused,
        hint: "build the archive with the build action",
    });
}
function assertDigest(actual, promised, archive) {
    if (actual === promised)
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .SluiceError */ .a("digest-mismatch", `${archive} has ${actual}, promised was ${promised}`, {
        hint: "give the archive that the build made, or build again; nothing was unpacked",
    });
}
async function writeEntry(root, header, content, budget) {
    budget.entries -= 1;
    budget.bytes -= header.size ?? 0;
    if (budget.entries < 0 || budget.bytes < 0)
        throw refusal(header, `more than ${MAX_ENTRIES} entries or ${MAX_UNPACKED_BYTES} bytes`);
    const path = placeOf(root, header);
    switch (header.type) {
        case "directory":
            content.resume();
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(path, { recursive: true });
            return undefined;
        case "file":
        case "contiguous-file": {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path), { recursive: true });
            const mode = (header.mode ?? 0) & 0o111 ? 0o755 : 0o644;
            await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)(content, (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createWriteStream)(path, { mode, flags: "wx" }));
            return undefined;
        }
        case "symlink":
            content.resume();
            if (!header.linkname || (0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(header.linkname))
                throw refusal(header, `a symlink to ${header.linkname || "nowhere"}`);
            return { path, to: header.linkname };
        default:
            throw refusal(header, `a ${header.type ?? "thing of unknown kind"}`);
    }
}
function placeOf(root, header) {
    const { name } = header;
    if (name.includes("\0") || (0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(name) || /^[A-Za-z]:|\\/.test(name))
        throw refusal(header, "an absolute or foreign path");
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(root, name);
    const inside = path === root ? header.type === "directory" : path.startsWith(root + node_path__WEBPACK_IMPORTED_MODULE_3__.sep);
    if (!inside || name.split("/").includes(".."))
        throw refusal(header, "a path that leads out");
    return path;
}
/**
 * Made last, so that no file is ever written through one, and none where it would be made through another; then each
 * must end inside, however it winds.
 */
async function makeLinks(root, links) {
    const realRoot = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.realpath)(root);
    mustNotLeadThroughEachOther(root, links);
    for (const { path, to } of links) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path), { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.symlink)(to, path);
    }
    for (const { path, to } of links) {
        const end = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.realpath)(path).catch(() => undefined);
        if (end === undefined || (end !== realRoot && !end.startsWith(realRoot + node_path__WEBPACK_IMPORTED_MODULE_3__.sep)))
            throw refusal({ name: (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(root, path) }, `a symlink to ${to}, which is not inside`);
    }
}
function mustNotLeadThroughEachOther(root, links) {
    const linked = new Set(links.map(({ path }) => path));
    for (const { path } of links) {
        for (let above = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path); above.startsWith(root + node_path__WEBPACK_IMPORTED_MODULE_3__.sep); above = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(above)) {
            if (linked.has(above))
                throw refusal({ name: (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(root, path) }, "a path that leads through a symlink");
        }
    }
}
function refusal(header, what) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_8__/* .SluiceError */ .a("refused", `the archive's entry ${JSON.stringify(header.name)} is refused: ${what}`, { hint: "an archive holds plain files, folders and symlinks among them; build it again" });
}
/** Where a release is unpacked for one placement. */
function appFolder(slots, slot, digest, serial) {
    return join(slots, slot, `${digest.slice("sha256:".length, "sha256:".length + 12)}-${serial}`);
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

/***/ 5874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ digestOfFile),
/* harmony export */   y: () => (/* binding */ mustHaveDigest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6466);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2018);




/** The sha256 of a file's bytes. Throws `invalid-input` when it cannot be read. */
async function digestOfFile(path) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    try {
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_2__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(path), hash);
    }
    catch (cause) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("invalid-input", `cannot read ${path}`, {
            cause,
            hint: "give the path of a file that exists, e.g. the build action's output `archive`",
        });
    }
    return `sha256:${hash.digest("hex")}`;
}
/** Throws `digest-mismatch`, naming both, unless the file is what `expected` says. */
async function mustHaveDigest(path, expected) {
    const found = await digestOfFile(path);
    if (found === expected)
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("digest-mismatch", `${path} is ${found}, but ${expected} was let through`, {
        hint: "the bytes changed after the gate that named the digest; nothing was deployed. Build again, and find out who changed them",
    });
}


/***/ }),

/***/ 9977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ endGroup),
/* harmony export */   i: () => (/* binding */ signalGroup)
/* harmony export */ });
/** Signals the process that leads a group and all it started; says whether there was anything to signal. */
function signalGroup(pid, signal) {
    // A program that could not be started has no pid.
    if (pid === undefined)
        return false;
    try {
        process.kill(-pid, signal);
        return true;
    }
    catch {
        return false;
    }
}
/** Asks the child's group to end, and ends it when the child is still there `graceMs` later. */
function endGroup(child, graceMs) {
    signalGroup(child.pid, "SIGTERM");
    const late = setTimeout(() => signalGroup(child.pid, "SIGKILL"), graceMs);
    child.once("close", () => clearTimeout(late));
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


/***/ })

};
