export const id = 733;
export const ids = [733];
export const modules = {

/***/ 4733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  build: () => (/* binding */ build)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ../../node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6474);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/units/digest.js
var units_digest = __webpack_require__(9242);
;// CONCATENATED MODULE: ./lib/archive/pack.js










/**
 * Writes `entries` as a tar.gz whose bytes depend on them alone: given order, one time, no owners, modes 644 and
 * 755, no name or time in the gzip header.
 */
async function packArchive(entries, settings) {
    const { output, signal } = settings;
    const partial = `${output}.partial`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(output), { recursive: true });
    const tar = (0,tar_stream.pack)();
    const meter = new Meter();
    const file = (0,external_node_fs_.createWriteStream)(partial);
    try {
        await Promise.all([
            (0,external_node_stream_promises_.pipeline)(tar, (0,external_node_zlib_.createGzip)({ level: 9 }), meter, file, { signal }),
            addAll(tar, entries, settings),
        ]);
        await (0,promises_.rename)(partial, output);
    }
    catch (error) {
        tar.destroy();
        await pack_closed(file);
        await (0,promises_.rm)(partial, { force: true });
        throw signal.aborted ? signal.reason : error;
    }
    return meter.result();
}
/** A file that is still being opened would appear after it was removed. */
function pack_closed(file) {
    return new Promise((resolve) => {
        if (file.closed)
            return resolve();
        file.once("close", resolve).on("error", () => { });
        file.destroy();
    });
}
async function addAll(tar, entries, settings) {
    for (const entry of entries)
        await add(tar, entry, settings);
    tar.finalize();
}
async function add(tar, entry, { root, epochSeconds, signal }) {
    signal.throwIfAborted();
    const header = headerOf(entry, epochSeconds);
    if (entry.kind !== "file") {
        tar.entry(header);
        return;
    }
    try {
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)((0,external_node_path_.join)(root, entry.path)), tar.entry(header), { signal });
    }
    catch (cause) {
        throw new error/* SluiceError */.a("build-failed", `${entry.path} could not be packed`, {
            cause,
            hint: "see that nothing changes or deletes it while it is packed",
        });
    }
}
function headerOf(entry, epochSeconds) {
    const common = { mtime: new Date(epochSeconds * 1000), uid: 0, gid: 0, uname: "", gname: "" };
    switch (entry.kind) {
        case "file": {
            const mode = entry.executable ? 0o755 : 0o644;
            return { ...common, type: "file", name: entry.path, size: entry.size, mode };
        }
        case "symlink":
            return { ...common, type: "symlink", name: entry.path, linkname: entry.to, mode: 0o777 };
        case "folder":
            return { ...common, type: "directory", name: `${entry.path}/`, mode: 0o755 };
    }
}
/** Passes bytes on, and knows their number and digest at the end. */
class Meter extends external_node_stream_.Transform {
    #hash = (0,external_node_crypto_.createHash)("sha256");
    #sizeBytes = 0;
    _transform(chunk, _encoding, done) {
        this.#hash.update(chunk);
        this.#sizeBytes += chunk.length;
        done(null, chunk);
    }
    result() {
        const digest = (0,units_digest/* parseDigest */.m)(this.#hash.digest("hex"));
        if (!digest)
            throw new error/* SluiceError */.a("internal", "a hash is no digest");
        return { digest, sizeBytes: this.#sizeBytes };
    }
}

;// CONCATENATED MODULE: ./lib/archive/entry.js
/** By bytes, which no locale changes. */
function compareEntries(a, b) {
    return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}

// EXTERNAL MODULE: ../../node_modules/picomatch/index.js
var picomatch = __webpack_require__(1026);
;// CONCATENATED MODULE: ./lib/archive/matcher.js

/**
 * Never packed: what differs between two folders of the same commit, or belongs to one machine. npm notes in
 * `.package-lock.json` where it downloaded from.
 */
const ALWAYS_EXCLUDED = [
    "**/.git",
    "**/node_modules/.package-lock.json",
    "**/node_modules/.cache",
    "**/.DS_Store",
];
/** What of `path` is to be packed, and what is to be left out. */
function splitPatterns(texts) {
    const excluded = texts.filter((text) => text.startsWith("!")).map((text) => clean(text.slice(1)));
    const included = texts.filter((text) => !text.startsWith("!")).map(readPattern);
    return { included, excluded };
}
function readPattern(written) {
    const text = clean(written);
    const { base, isGlob } = picomatch.scan(text);
    return { text, base: isGlob ? base || "." : text, isGlob };
}
/** A path matches when a pattern names it or a folder that it is in. */
function matcher(patterns) {
    if (patterns.length === 0)
        return () => false;
    const withContent = patterns.flatMap((pattern) => [pattern, `${pattern}/**`]);
    return picomatch(withContent, { dot: true });
}
/** `./a/` and `a` are the same. */
function clean(pattern) {
    return pattern.replace(/^(\.\/+)+/, "").replace(/\/+$/, "") || ".";
}

;// CONCATENATED MODULE: ./lib/archive/select.js





/** A folder with more is not a release, but a mistake in `path`. */
const MAX_ENTRIES = 200_000;
/** All that is to be packed, sorted. A pattern that finds nothing is refused: it would be missing later. */
async function selectEntries(selection) {
    const { included, excluded } = splitPatterns(selection.patterns);
    const isExcluded = matcher([...ALWAYS_EXCLUDED, ...excluded, ...selection.exclude]);
    const skipped = new Set(selection.skip.map((path) => toPosix((0,external_node_path_.relative)(selection.root, path))));
    const walk = {
        root: selection.root,
        leaveOut: (path) => skipped.has(path) || isExcluded(path),
        found: new Map(),
    };
    for (const pattern of included)
        await selectPattern(walk, pattern);
    return [...walk.found.values()].sort(compareEntries);
}
async function selectPattern(walk, pattern) {
    await mustBeInside(walk.root, pattern);
    const isWanted = pattern.isGlob ? matcher([pattern.text]) : () => true;
    const before = walk.found.size;
    let seen = 0;
    await visit(walk, pattern.base, (entry) => {
        if (!isWanted(entry.path))
            return;
        seen += 1;
        walk.found.set(entry.path, entry);
    });
    if (seen > 0 || walk.found.size > before)
        return;
    throw new error/* SluiceError */.a("invalid-input", `path: nothing is at ${pattern.text}`, {
        hint: `write it relative to ${walk.root}, and see that the command makes it and exclude lets it through`,
    });
}
/** Neither the text nor a symlink on the way may lead out of the root. */
async function mustBeInside(root, pattern) {
    const path = (0,external_node_path_.join)(root, pattern.base);
    const parent = await (0,promises_.realpath)((0,external_node_path_.dirname)(path)).catch(() => (0,external_node_path_.dirname)(path));
    const lexical = !(0,external_node_path_.isAbsolute)(pattern.text) && !climbs(pattern.base);
    if (lexical && (path === root || !climbs(toPosix((0,external_node_path_.relative)(root, parent)))))
        return;
    throw new error/* SluiceError */.a("invalid-input", `path: ${pattern.text} leads out of ${root}`, {
        hint: "pack what is inside of context, or choose another context",
    });
}
async function visit(walk, path, add) {
    if (walk.leaveOut(path))
        return;
    const entry = await readEntry(walk.root, path);
    if (!entry)
        return;
    if (path !== ".")
        add(entry);
    if (walk.found.size > MAX_ENTRIES) {
        throw new error/* SluiceError */.a("invalid-input", `path: more than ${MAX_ENTRIES} files and folders`, {
            hint: "leave out what a release does not need by exclude",
        });
    }
    if (entry.kind !== "folder")
        return;
    for (const child of await children((0,external_node_path_.join)(walk.root, path))) {
        await visit(walk, external_node_path_.posix.join(path, child.name), add);
    }
}
async function children(folder) {
    return (0,promises_.readdir)(folder, { withFileTypes: true });
}
async function readEntry(root, path) {
    const absolute = (0,external_node_path_.join)(root, path);
    const found = await (0,promises_.lstat)(absolute).catch(() => undefined);
    if (!found)
        return undefined;
    if (found.isDirectory())
        return { kind: "folder", path };
    if (found.isSymbolicLink())
        return readSymlink(path, await (0,promises_.readlink)(absolute));
    if (found.isFile()) {
        return { kind: "file", path, size: found.size, executable: (found.mode & 0o111) !== 0 };
    }
    throw new error/* SluiceError */.a("invalid-input", `path: ${path} is neither file, folder nor symlink`, {
        hint: "leave it out by exclude",
    });
}
/** Kept as it is, but only when it stays inside: the other end will unpack it somewhere else. */
function readSymlink(path, to) {
    const end = external_node_path_.posix.join(external_node_path_.posix.dirname(path), to);
    if (!(0,external_node_path_.isAbsolute)(to) && !climbs(end))
        return { kind: "symlink", path, to };
    throw new error/* SluiceError */.a("invalid-input", `path: the symlink ${path} leads out, to ${to}`, {
        hint: "replace it by what it points to, or leave it out by exclude",
    });
}
function climbs(path) {
    return path === ".." || path.startsWith("../") || (0,external_node_path_.isAbsolute)(path);
}
function toPosix(path) {
    return path.split(external_node_path_.sep).join("/");
}

// EXTERNAL MODULE: ./lib/evidence/provenance.js
var provenance = __webpack_require__(5529);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: ./lib/process/group.js
var group = __webpack_require__(9977);
// EXTERNAL MODULE: ./lib/units/duration.js
var duration = __webpack_require__(5338);
;// CONCATENATED MODULE: ./actions/build/command.js





/** Between asking the command to end and ending it: less than the runner gives us. */
const GRACE_MS = 5_000;
/**
 * Runs the text by bash, as one argument: nothing is put into it. It has a process group of its own, so that all
 * it started ends with it; @actions/exec cannot end what it runs.
 */
async function runCommand({ text, cwd, env, timeoutMs, signal }) {
    signal.throwIfAborted();
    const child = (0,external_node_child_process_.spawn)("bash", ["--noprofile", "--norc", "-euo", "pipefail", "-c", text], {
        cwd,
        env,
        stdio: ["ignore", "inherit", "inherit"],
        detached: true,
    });
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const end = () => (0,group/* endGroup */.N)(child, GRACE_MS);
    limit.addEventListener("abort", end, { once: true });
    try {
        const [code, killedBy] = await exit(child);
        signal.throwIfAborted();
        if (limit.aborted)
            throw tookTooLong(timeoutMs);
        if (code !== 0)
            throw failed(code, killedBy);
    }
    finally {
        limit.removeEventListener("abort", end);
        // What it left running in its group could still write to what is packed, scanned and signed from here on.
        (0,group/* signalGroup */.i)(child.pid, "SIGKILL");
    }
}
/** By these somebody signs in the name of this workflow, or speaks to the runner's own services. */
const SIGNING = /^(COSIGN_|SIGSTORE_|ACTIONS_ID_TOKEN_REQUEST_|ACTIONS_RUNTIME_)/;
/** A key under a name of its own: `key` of cosign-sign may be any variable. */
const SIGNING_KEY = /-----BEGIN (ENCRYPTED )?(COSIGN|SIGSTORE) PRIVATE KEY-----/;
/**
 * The variables of the step without those of this action's inputs, and without what signs: a command runs other
 * people's code, and the step that builds is often the one that signs afterwards.
 */
function commandEnv(env, epochSeconds) {
    const others = Object.entries(env).filter(([name, value = ""]) => !name.startsWith("INPUT_") && !SIGNING.test(name) && !SIGNING_KEY.test(value));
    return { ...Object.fromEntries(others), SOURCE_DATE_EPOCH: String(epochSeconds) };
}
async function exit(child) {
    try {
        const [code, killedBy] = await (0,external_node_events_.once)(child, "exit");
        return [code, killedBy];
    }
    catch (cause) {
        throw new error/* SluiceError */.a("build-failed", "the command could not be started", {
            cause,
            hint: "this action needs bash on the runner",
        });
    }
}
function failed(code, killedBy) {
    const how = code === null ? `was ended by ${killedBy}` : `ended with exit code ${code}`;
    return new error/* SluiceError */.a("build-failed", `the command ${how}`, {
        hint: "its own output above says why; nothing was packed",
    });
}
function tookTooLong(timeoutMs) {
    return new error/* SluiceError */.a("build-failed", `the command took longer than ${(0,duration/* formatDuration */.a3)(timeoutMs)}`, {
        hint: "raise timeout if that was to be expected; nothing was packed",
    });
}

// EXTERNAL MODULE: ../../node_modules/@actions/exec/lib/exec.js + 3 modules
var exec = __webpack_require__(3032);
;// CONCATENATED MODULE: ./actions/build/commit.js


const HASH = /^[0-9a-f]{40,64}$/;
/**
 * The commit that is checked out in `folder`. Without git, GITHUB_SHA names it and SOURCE_DATE_EPOCH its time;
 * the latter wins in any case, as reproducible builds expect.
 */
async function readCommit(folder, env) {
    const [head = "", written = ""] = (await git(folder, ["log", "-1", "--format=%H %ct"])).split(" ");
    const hash = head || env.GITHUB_SHA || "";
    const epoch = env.SOURCE_DATE_EPOCH || written;
    if (!HASH.test(hash)) {
        throw new error/* SluiceError */.a("invalid-input", `${folder} is no git checkout, and GITHUB_SHA names no commit`, {
            hint: "check the repository out before this step (actions/checkout)",
        });
    }
    if (!/^\d{1,11}$/.test(epoch)) {
        throw new error/* SluiceError */.a("invalid-input", `the time of commit ${hash} is not known`, {
            hint: "check the repository out, or set SOURCE_DATE_EPOCH to a number of seconds",
        });
    }
    return { hash, epochSeconds: Number(epoch) };
}
/** Tracked files of `folder` that are not as they were committed. */
async function changedFiles(folder) {
    const status = await git(folder, ["status", "--porcelain", "--untracked-files=no", "--", "."]);
    return status.split("\n").filter((line) => line !== "");
}
/** What git printed; nothing where it cannot answer. */
async function git(cwd, args) {
    const options = { cwd, silent: true, ignoreReturnCode: true };
    try {
        const { exitCode, stdout } = await (0,exec/* getExecOutput */.H)("git", args, options);
        return exitCode === 0 ? stdout.trimEnd() : "";
    }
    catch {
        return "";
    }
}

// EXTERNAL MODULE: ./actions/build/kind.js
var kind = __webpack_require__(9385);
;// CONCATENATED MODULE: ./actions/build/build.js









/** Runs the command, packs what it left, and says what that is by digest. */
async function build(context) {
    const { inputs, env, log, signal } = context;
    const version = inputs.version ?? versionOfTag(env);
    const commit = await readCommit(inputs.context, env);
    const output = inputs.output ?? (0,external_node_path_.join)((0,action/* workspaceFolder */.ih)(env), `${inputs.name}-${version}.tar.gz`);
    const { command } = inputs;
    if (command !== undefined) {
        const environment = commandEnv(env, commit.epochSeconds);
        const settings = { cwd: inputs.context, env: environment, timeoutMs: inputs.timeout, signal };
        await log.group(`Run ${command.split("\n")[0]}`, () => runCommand({ text: command, ...settings }));
    }
    await warnOfChanges(context, commit);
    const entries = await selectEntries({
        root: inputs.context,
        patterns: inputs.path,
        exclude: inputs.exclude ?? [],
        skip: [output],
    });
    const { epochSeconds } = commit;
    const packed = await packArchive(entries, { root: inputs.context, output, epochSeconds, signal });
    return tell(context, { version, commit, output, entries, packed });
}
function tell({ inputs, env, log, summary }, built) {
    const { version, commit, packed, entries } = built;
    const { digest, sizeBytes } = packed;
    const archive = (0,external_node_path_.relative)((0,action/* workspaceFolder */.ih)(env), built.output).split(external_node_path_.sep).join("/");
    const files = entries.filter(({ kind }) => kind !== "folder").length;
    const reason = `${inputs.name} ${version} is ${archive}: ${files} files, ${sizeBytes} bytes, ${digest}`;
    log.info(reason);
    summary
        .heading(`Build: ${inputs.name} ${version}`)
        .table(["commit", "archive", "files", "bytes", "digest"], [
        [
            `\`${commit.hash}\``,
            (0,action/* inlineText */.ln)(archive),
            String(files),
            String(sizeBytes),
            `\`${digest}\``,
        ],
    ]);
    const candidate = {
        name: inputs.name,
        version,
        commit: commit.hash,
        artifacts: [{ kind: "archive", uri: archive, digest, size: sizeBytes }],
    };
    return {
        candidate,
        version,
        digest,
        archive,
        gate: { name: "build", outcome: "passed", reason, statement: (0,provenance/* provenanceOf */.J)(candidate, env) },
    };
}
/** The bytes then come from the commit and something else: allowed, but not silently. */
async function warnOfChanges({ inputs, log }, commit) {
    const changed = await changedFiles(inputs.context);
    if (changed.length === 0)
        return;
    log.warning(`${changed.length} tracked files are not as in commit ${commit.hash}, so the digest is not that of the commit alone: ${changed.slice(0, 5).join(", ")}`, { title: "build: changed files" });
}
function versionOfTag(env) {
    const tag = env.GITHUB_REF?.startsWith("refs/tags/") ? env.GITHUB_REF.slice(10) : undefined;
    const version = tag === undefined ? undefined : (0,kind/* parseVersion */.ot)(tag);
    if (version !== undefined)
        return version;
    const what = tag === undefined ? "the workflow does not run for a tag" : `the tag ${tag} is no version`;
    throw new error/* SluiceError */.a("invalid-input", `version: nothing was given, and ${what}`, {
        hint: "give version, or run the workflow for a tag such as v1.2.3",
    });
}


/***/ }),

/***/ 5529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ provenanceOf)
/* harmony export */ });
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7509);

/** https://actions.github.io/buildtypes/workflow/v1: what the parameters below mean. */
const WORKFLOW_BUILD = "https://actions.github.io/buildtypes/workflow/v1";
/** A build by hand: it says what was built from which commit, and vouches for nothing else. */
const LOCAL_BUILD = "urn:sluice:build:v1";
/**
 * Where a candidate's bytes come from, in SLSA v1 form (https://slsa.dev/spec/v1.1/provenance): the workflow, the
 * run and the commit, as `env` (GITHUB_*) tells them; outside a workflow, the commit alone.
 */
function provenanceOf(candidate, env) {
    const [artifact] = candidate.artifacts;
    if (artifact === undefined)
        throw new RangeError("a candidate has at least one artifact");
    return (0,_statement_js__WEBPACK_IMPORTED_MODULE_0__/* .statementOf */ .T8)({
        predicateType: _statement_js__WEBPACK_IMPORTED_MODULE_0__/* .PREDICATE */ .W3.provenance,
        subject: { name: artifact.uri, digest: artifact.digest },
        predicate: { buildDefinition: definition(candidate, env), runDetails: runDetails(env) },
    });
}
function definition(candidate, env) {
    const { GITHUB_REPOSITORY: repository, GITHUB_REF: ref = "" } = env;
    const at = `git+${repositoryUrl(env) ?? "file:."}`;
    const resolvedDependencies = [
        { uri: ref === "" ? at : `${at}@${ref}`, digest: { gitCommit: candidate.commit } },
    ];
    const named = { name: candidate.name, version: candidate.version };
    if (repository === undefined) {
        return { buildType: LOCAL_BUILD, externalParameters: { named }, resolvedDependencies };
    }
    return {
        buildType: WORKFLOW_BUILD,
        externalParameters: {
            workflow: { ref, repository: repositoryUrl(env), path: workflowPath(env) },
            named,
        },
        internalParameters: {
            github: {
                event_name: env.GITHUB_EVENT_NAME ?? "",
                repository_id: env.GITHUB_REPOSITORY_ID ?? "",
                repository_owner_id: env.GITHUB_REPOSITORY_OWNER_ID ?? "",
                runner_environment: env.RUNNER_ENVIRONMENT ?? "",
            },
        },
        resolvedDependencies,
    };
}
function runDetails(env) {
    const repository = repositoryUrl(env);
    const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt = "1" } = env;
    if (repository === undefined || run === undefined)
        return { builder: { id: "urn:sluice:local" } };
    return {
        builder: { id: `${env.GITHUB_SERVER_URL}/${env.GITHUB_WORKFLOW_REF ?? ""}` },
        metadata: { invocationId: `${repository}/actions/runs/${run}/attempts/${attempt}` },
    };
}
function repositoryUrl(env) {
    if (!env.GITHUB_REPOSITORY || !env.GITHUB_SERVER_URL)
        return undefined;
    return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`;
}
/** `owner/repo/.github/workflows/release.yml@refs/tags/v1` → `.github/workflows/release.yml`. */
function workflowPath(env) {
    const [path = ""] = (env.GITHUB_WORKFLOW_REF ?? "").split("@");
    return path.replace(`${env.GITHUB_REPOSITORY}/`, "");
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


/***/ })

};
