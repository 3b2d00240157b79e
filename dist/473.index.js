export const id = 473;
export const ids = [473];
export const modules = {

/***/ 3473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deploy: () => (/* binding */ deploy)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/archive/by-digest.js
var by_digest = __webpack_require__(1745);
// EXTERNAL MODULE: ./lib/environment/read.js + 20 modules
var read = __webpack_require__(9891);
// EXTERNAL MODULE: ./lib/evidence/statement.js
var statement = __webpack_require__(7509);
// EXTERNAL MODULE: ./lib/rollout/candidate.js
var candidate = __webpack_require__(79);
// EXTERNAL MODULE: ./lib/rollout/clock.js
var clock = __webpack_require__(7160);
// EXTERNAL MODULE: ./lib/rollout/session.js + 1 modules
var session = __webpack_require__(6675);
// EXTERNAL MODULE: ./lib/targets/holder.js
var holder = __webpack_require__(3591);
// EXTERNAL MODULE: ./lib/targets/open.js
var targets_open = __webpack_require__(9925);
// EXTERNAL MODULE: ./lib/units/duration.js
var duration = __webpack_require__(5338);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./actions/deploy/smoke.js

/** What of an unexpected answer is shown. */
const MAX_SHOWN_CHARACTERS = 200;
/** Every check against every instance of the placed candidate, one after the other per instance. */
async function smoke(placement, checks, signal) {
    const perInstance = await Promise.all(placement.instances.map(async (instance) => {
        const results = [];
        for (const check of checks)
            results.push(await tryOne(instance, check, signal));
        return results;
    }));
    return perInstance.flat();
}
/** Throws `smoke-failed` with every check that failed. */
function mustPass(results, version) {
    const failed = results.filter((result) => result.problem !== undefined);
    if (failed.length === 0)
        return;
    const told = failed.map(({ check, instance, problem }) => `${check} on ${instance}: ${problem}`);
    throw new lib_error/* SluiceError */.a("smoke-failed", `${failed.length} of ${results.length} smoke checks of ${version} failed: ${told.join("; ")}`, { hint: "the candidate was taken off its slot again and never had traffic; look at its logs" });
}
async function tryOne(instance, check, signal) {
    const startedMs = performance.now();
    const problem = await problemOf(instance, check, signal);
    return {
        check: check.name,
        instance: instance.name,
        problem,
        tookMs: performance.now() - startedMs,
    };
}
async function problemOf(instance, check, signal) {
    const base = check.port === "metrics" ? instance.metricsUrl : instance.url;
    const url = new URL(check.path, base);
    try {
        const response = await fetch(url, {
            method: check.method,
            signal: AbortSignal.any([signal, AbortSignal.timeout(check.timeoutMs)]),
            redirect: "manual",
            ...(check.json === undefined
                ? {}
                : {
                    body: JSON.stringify(check.json),
                    headers: { "content-type": "application/json" },
                }),
        });
        const text = await response.text();
        if (check.status.includes(response.status))
            return undefined;
        const body = text.slice(0, MAX_SHOWN_CHARACTERS).replace(/\s+/g, " ");
        return `${check.method} ${url.pathname} answered ${response.status}, accepted is ${check.status.join(" or ")}: ${body}`;
    }
    catch (error) {
        signal.throwIfAborted();
        return `${check.method} ${url.pathname} did not answer within ${check.timeoutMs} ms: ${(0,lib_error/* causes */.p)(error).join(": ")}`;
    }
}

// EXTERNAL MODULE: ./lib/signing/bundle.js
var signing_bundle = __webpack_require__(2434);
;// CONCATENATED MODULE: ./lib/signing/find-bundle.js




/** A folder with more bundles was not made by one release. */
const MAX_BUNDLES = 50;
/**
 * The bundle of `file`'s signature: beside it under its name, or beside it or anywhere in `folder` under any other,
 * told by the digest that it names. When there is none, the one that should be there: who checks it says `unsigned`.
 */
async function findBundle(file, digest, folder) {
    const beside = (0,signing_bundle/* bundleBeside */.J9)(file);
    const bundles = await bundlesIn(folder ?? (0,external_node_path_.dirname)(file), folder !== undefined);
    if (bundles.includes(beside))
        return beside;
    for (const bundle of bundles) {
        if (await isSignatureOf(bundle, file, digest))
            return bundle;
    }
    return beside;
}
async function bundlesIn(folder, recursive) {
    const entries = await (0,promises_.readdir)(folder, { recursive, withFileTypes: true });
    const bundles = entries
        .filter((entry) => entry.isFile() && entry.name.endsWith(".sigstore.json"))
        .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name));
    if (bundles.length <= MAX_BUNDLES)
        return bundles.sort();
    throw new lib_error/* SluiceError */.a("invalid-input", `${folder} holds ${bundles.length} bundles`, {
        hint: "name the one that is meant: bundle: PATH",
    });
}
/** Attestations and leftovers of other files may lie beside it: they are none, and no fault. */
async function isSignatureOf(bundle, file, digest) {
    return (0,signing_bundle/* readBundle */.Bo)(bundle, file).then((facts) => facts.digest === digest, () => false);
}

// EXTERNAL MODULE: ./lib/signing/policy.js
var signing_policy = __webpack_require__(2296);
// EXTERNAL MODULE: ./lib/signing/verify.js
var verify = __webpack_require__(5399);
// EXTERNAL MODULE: ./lib/tools/shop.js + 1 modules
var tools_shop = __webpack_require__(4490);
;// CONCATENATED MODULE: ./actions/deploy/verification.js






/** What the environment says about signatures; throws `invalid-environment` when it says nothing. */
function mustDecide({ verify, name }, file) {
    if (verify !== undefined)
        return verify;
    throw new lib_error/* SluiceError */.a("invalid-environment", `${file}: verify: is missing, so nobody has said whose releases ${name} takes`, {
        hint: "write `verify: { key: sluice.pub }` with the public key in the repository, `verify: { identity: …, issuer: … }` for keyless signatures, or `verify: off` to deploy whatever is given; docs/signing.md has examples. Nothing was deployed",
    });
}
/** Throws `unsigned` or `signature-invalid` unless the archive is signed as `settings` demand. */
async function verification(settings, question, { log, env, signal }) {
    if (settings.by === "nobody") {
        log.warning("verify: off in the environment file: whoever made this archive, it is deployed", {
            title: "deploy: signature not checked",
        });
        return { mode: "off" };
    }
    const { archive, digest, folder } = question;
    const policy = await (0,signing_policy/* policyOf */.US)(settings, env);
    const bundle = question.bundle ?? (await findBundle(archive, digest, folder));
    const shop = (0,tools_shop/* openShop */.v)({ env, signal, say: log.info });
    const verified = await (0,verify/* verifyFile */.A)(archive, bundle, policy, { shop });
    if (verified.digest !== digest) {
        throw new lib_error/* SluiceError */.a("digest-mismatch", `${archive} was changed while it was checked`);
    }
    log.info(`${archive} is signed by ${verified.by}, as verify: demands: ${(0,signing_policy/* describePolicy */.wy)(policy)}`);
    return verified;
}
/** For the gate's reason. */
function verificationWords(verification) {
    return verification.mode === "off"
        ? "its signature was not checked (verify: off)"
        : `signed by ${verification.by}`;
}
function summariseVerification(summary, verification) {
    if (verification.mode === "off") {
        summary.markdown("**Its signature was not checked**: the environment file says `verify: off`.");
        return;
    }
    const { by, bundleDigest, logged } = verification;
    summary.table(["Signed by", "Bundle", "Transparency log"], [[(0,action/* inlineText */.ln)(by), `\`${bundleDigest}\``, logged ? "checked" : "not demanded"]]);
}

;// CONCATENATED MODULE: ./actions/deploy/deploy.js














/** Places the release; its outputs are those of the action. */
async function deploy({ inputs, log, summary, signal, env }) {
    const environment = await (0,read/* readEnvironment */.Qo)(inputs["environment-file"]);
    const demanded = mustDecide(environment, inputs["environment-file"]);
    const archivePath = await (0,by_digest/* archiveOf */.Y)(inputs.archive, inputs.digest);
    const { bundle, digest } = inputs;
    const verified = await verification(demanded, { archive: archivePath, digest, bundle, folder: await folderOf(inputs.archive) }, { log, env, signal });
    if (inputs.timeout !== undefined)
        environment.service.health.deadlineMs = inputs.timeout;
    const target = await (0,targets_open/* openTarget */.A)(environment);
    const release = {
        name: environment.service.name,
        version: inputs.version,
        commit: inputs.commit || (env.GITHUB_SHA ?? ""),
        digest: inputs.digest,
        archivePath,
    };
    const startedMs = performance.now();
    let smoked = [];
    const placement = await (0,session/* withLease */.p)({
        target,
        holder: (0,holder/* holderOf */.K)(env, process.pid),
        leaseMs: environment.rollout.leaseMs,
        clock: clock/* systemClock */.m,
    }, (lease) => (0,candidate/* placeCandidate */.F)(release, {
        target,
        token: lease.token,
        signal: AbortSignal.any([signal, lease.lost]),
        async inspect(placed) {
            log.info(`${release.version} is healthy on ${placed.slot} after ${(0,duration/* formatDuration */.a3)(performance.now() - startedMs)}`);
            if (!inputs.smoke)
                return;
            smoked = await smoke(placed, environment.service.smoke, signal);
            for (const result of smoked)
                log.info(smokeLine(result));
            mustPass(smoked, release.version);
        },
    }));
    const placed = { release, placement, smoked, verified, environment: environment.name };
    const gate = gateOf(placed, inputs.smoke);
    log.info(gate.reason);
    summarise(summary, placed);
    return { gate, slot: placement.slot, digest: release.digest, placement };
}
function smokeLine({ check, instance, problem, tookMs }) {
    const took = (0,duration/* formatDuration */.a3)(tookMs);
    return problem
        ? `smoke ✗ ${check} on ${instance}: ${problem}`
        : `smoke ✓ ${check} on ${instance} (${took})`;
}
function gateOf(placed, withSmoke) {
    const { release, placement, smoked, verified } = placed;
    const checks = withSmoke
        ? `${smoked.length} smoke checks passed`
        : "smoke checks were off by request";
    return {
        name: "deploy",
        outcome: "passed",
        reason: `${release.version} (${release.digest}), ${verificationWords(verified)}, is healthy on ${placement.slot} at weight 0; ${checks}`,
        statement: (0,statement/* statementOf */.T8)({
            predicateType: statement/* PREDICATE */.W3.deploy,
            subject: { name: (0,external_node_path_.basename)(release.archivePath), digest: release.digest },
            predicate: predicateOf(placed, withSmoke),
        }),
    };
}
function predicateOf(placed, withSmoke) {
    const { release, placement, smoked, verified, environment } = placed;
    const { name, version, commit } = release;
    return {
        outcome: "passed",
        release: { name, version, commit },
        environment,
        verification: verified,
        placement: { slot: placement.slot, instances: placement.instances.map((one) => one.name) },
        smoke: withSmoke ? { passed: smoked.length } : "off",
    };
}
function summarise(summary, { release, placement, smoked, verified }) {
    summary.heading(`${release.version} placed on ${placement.slot} at weight 0`);
    summariseVerification(summary, verified);
    summary.table(["Instance", "Check", "Found"], smoked.map(({ check, instance, tookMs, problem }) => [
        (0,action/* inlineText */.ln)(instance),
        (0,action/* inlineText */.ln)(check),
        (0,action/* inlineText */.ln)(problem ?? `passed in ${(0,duration/* formatDuration */.a3)(tookMs)}`),
    ]));
}
/** What was downloaded together, where `archive` names a folder. */
async function folderOf(archive) {
    return (await (0,promises_.stat)(archive)).isDirectory() ? archive : undefined;
}


/***/ }),

/***/ 1745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ archiveOf)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2018);
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5874);




/** A folder with more files was not made by a build. */
const MAX_FILES = 100;
/**
 * The file that is `digest`: `path` itself, or the one in that folder (an artifact is unpacked into a folder,
 * under whatever name it was built). Throws `digest-mismatch` or `invalid-input`, and nothing is deployed.
 */
async function archiveOf(path, digest) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch(() => undefined);
    if (!found?.isDirectory()) {
        await (0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .mustHaveDigest */ .y)(path, digest);
        return path;
    }
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(path, { recursive: true, withFileTypes: true });
    const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(entry.parentPath, entry.name));
    if (files.length > MAX_FILES)
        throw tooMany(path, files.length);
    const digests = await Promise.all(files.map(async (file) => ({ file, is: await (0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOfFile */ .M)(file) })));
    const match = digests.find(({ is }) => is === digest);
    if (match)
        return match.file;
    const there = digests.map(({ file, is }) => `${file} (${is})`).join(", ") || "nothing";
    throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("digest-mismatch", `no file in ${path} is ${digest}; there is ${there}`, {
        hint: "the bytes changed after the gate that named the digest, or another artifact was fetched; nothing was deployed",
    });
}
function tooMany(path, count) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("invalid-input", `archive: ${path} holds ${count} files`, {
        hint: "give the archive itself, or a folder that holds it alone",
    });
}


/***/ }),

/***/ 79:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ placeCandidate),
/* harmony export */   f: () => (/* binding */ idleSlot)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);
/* harmony import */ var _units_slot_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3222);


/**
 * Puts `release` on the idle slot at weight 0 and writes it into the state as the candidate. Whatever goes
 * wrong, the idle slot is cleared again and the state names no candidate.
 * Throws `lease-held` while another release's rollout is unfinished.
 */
async function placeCandidate(release, rights) {
    const { target, token, signal } = rights;
    const before = await target.read();
    refuseWhileUnfinished(before.value);
    const slot = idleSlot(before.value);
    const version = await target.write(withoutCandidate(before.value), before.version, token);
    try {
        await clear(target, slot, token);
        const placement = await target.place(release, slot, token, signal);
        signal.throwIfAborted();
        await rights.inspect?.(placement);
        signal.throwIfAborted();
        const { name, version: releaseVersion, commit, digest } = release;
        const candidate = { slot, release: { name, version: releaseVersion, commit, digest } };
        await target.write({ ...withoutCandidate(before.value), candidate }, version, token);
        return placement;
    }
    catch (error) {
        await clear(target, slot, token).catch(() => {
            // The error that brought us here is the one to tell; the next deploy clears the slot first anyway.
        });
        throw error;
    }
}
/** The slot that does not serve. */
function idleSlot(state) {
    return state.stable ? (0,_units_slot_js__WEBPACK_IMPORTED_MODULE_1__/* .otherSlot */ .j)(state.stable.slot) : "blue";
}
/** The last rollout is history once something new is placed. */
function withoutCandidate(state) {
    return { ...state, candidate: null, rollout: null };
}
/** Stops what is on the slot, also what a killed runner left there without telling the state. */
async function clear(target, slot, token) {
    const { slots } = await target.status();
    if (slots[slot].instances.length > 0)
        await target.retire(slot, token);
}
function refuseWhileUnfinished({ rollout }) {
    if (!rollout || rollout.phase === "finished")
        return;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("lease-held", `${rollout.release.version} is in an unfinished rollout (${rollout.phase}, since ${new Date(rollout.firstTrafficAtMs ?? 0).toISOString()})`, {
        hint: "re-run its job to go on, or run the rollback action with `to: stable` to end it; then deploy again",
    });
}


/***/ }),

/***/ 7160:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
const systemClock = {
    nowMs: () => Date.now(),
    sleep: (ms, signal) => new Promise((resolve) => {
        if (signal?.aborted)
            return resolve();
        const timer = setTimeout(done, ms);
        signal?.addEventListener("abort", done, { once: true });
        function done() {
            clearTimeout(timer);
            signal?.removeEventListener("abort", done);
            resolve();
        }
    }),
};


/***/ }),

/***/ 6675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ withLease)
});

// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./lib/rollout/lease.js

/** Renewed this often per lease time, so that two renewals in a row may fail. */
const RENEWALS_PER_LEASE = 4;
/**
 * Takes the target's lease and keeps it. Throws `lease-held` when somebody else has it.
 * An unreachable target is asked again until the lease would have run out anyway.
 */
async function holdLease(target, holder, leaseMs, clock) {
    const lease = await target.acquire(holder, leaseMs);
    const lost = new AbortController();
    const done = new AbortController();
    const renewing = renewUntil(done.signal, target, lease, leaseMs, clock).catch((error) => lost.abort(error));
    return {
        token: lease.token,
        lost: lost.signal,
        async giveBack() {
            done.abort();
            await renewing;
            if (!lost.signal.aborted)
                await target.release(lease.token);
        },
        async abandon() {
            done.abort();
            await renewing;
        },
    };
}
async function renewUntil(done, target, lease, leaseMs, clock) {
    let goodUntilMs = clock.nowMs() + leaseMs;
    for (;;) {
        await clock.sleep(leaseMs / RENEWALS_PER_LEASE, done);
        if (done.aborted)
            return;
        const askedAtMs = clock.nowMs();
        try {
            await target.renew(lease.token, leaseMs);
            goodUntilMs = askedAtMs + leaseMs;
        }
        catch (error) {
            const isFinal = error instanceof lib_error/* SluiceError */.a && error.code === "lease-lost";
            if (isFinal || clock.nowMs() >= goodUntilMs)
                throw lostLease(error, lease);
        }
    }
}
function lostLease(cause, lease) {
    return new lib_error/* SluiceError */.a("lease-lost", `the lease of ${lease.holder.description} was lost`, {
        cause,
        hint: "the target has taken all traffic back to stable, or another runner took over; look at its status",
    });
}

;// CONCATENATED MODULE: ./lib/rollout/session.js

/**
 * Works under the target's lease and gives it back afterwards. When `work` fails while the candidate still has
 * traffic, the lease is left to run out instead, so that the target takes the traffic back.
 */
async function withLease(options, work) {
    const { target, holder, leaseMs, clock } = options;
    const lease = await holdLease(target, holder, leaseMs, clock);
    try {
        const result = await work(lease);
        await lease.giveBack();
        return result;
    }
    catch (error) {
        if (await leavesTraffic(target))
            await lease.abandon();
        // The first error is the one to tell.
        else
            await lease.giveBack().catch(() => { });
        throw error;
    }
}
async function leavesTraffic(target) {
    try {
        const { rollout } = (await target.read()).value;
        return rollout !== null && rollout.phase !== "finished" && rollout.parked === null;
    }
    catch {
        return true;
    }
}


/***/ }),

/***/ 2434:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bo: () => (/* binding */ readBundle),
/* harmony export */   J9: () => (/* binding */ bundleBeside),
/* harmony export */   cO: () => (/* binding */ readStatement)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4410);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2018);
/* harmony import */ var _units_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9242);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/** Where a file's bundle is unless somebody says otherwise; the name that cosign's users expect. */
function bundleBeside(file) {
    return `${file}.sigstore.json`;
}
/** An attestation carries an SBOM at most; nothing larger is read. */
const MAX_BUNDLE_BYTES = 32 * 1024 * 1024;
/** The part of a Sigstore bundle that is looked at here; cosign checks the rest. */
const Bundle = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    mediaType: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().regex(/^application\/vnd\.dev\.sigstore\.bundle/),
    verificationMaterial: zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
        publicKey: zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ hint: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP() }).optional(),
        certificate: zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ rawBytes: zod__WEBPACK_IMPORTED_MODULE_3__/* .base64 */ .K39() }).optional(),
        tlogEntries: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .unknown */ .L5J()).optional(),
    }),
    messageSignature: zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ messageDigest: zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ algorithm: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), digest: zod__WEBPACK_IMPORTED_MODULE_3__/* .base64 */ .K39() }) })
        .optional(),
    dsseEnvelope: zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ payload: zod__WEBPACK_IMPORTED_MODULE_3__/* .base64 */ .K39(), payloadType: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP() }).optional(),
});
/**
 * What the bundle of a signature says of itself. Throws `unsigned` when there is none, and `signature-invalid`
 * when it is no bundle, or that of an attestation: cosign would take an attestation for a signature, and one by
 * the same key may well say that the file did *not* pass.
 */
async function readBundle(bundle, file) {
    const { messageSignature, verificationMaterial } = await parseBundle(bundle, file);
    if (messageSignature === undefined) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("signature-invalid", `${bundle} is an attestation, not a signature`, {
            hint: `give the bundle that signing ${file} wrote: ${bundleBeside(file)}`,
        });
    }
    const { algorithm, digest } = messageSignature.messageDigest;
    const { publicKey, certificate, tlogEntries = [] } = verificationMaterial;
    return {
        digest: algorithm === "SHA2_256" ? digestOfBase64(digest) : undefined,
        keyHint: publicKey && digestOfBase64(publicKey.hint),
        identity: certificate && identityIn(certificate.rawBytes),
        logged: tlogEntries.length > 0,
    };
}
/** The statement that an attestation's bundle carries, not yet checked by anybody. */
async function readStatement(bundle, file) {
    const { dsseEnvelope } = await parseBundle(bundle, file);
    if (dsseEnvelope === undefined) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("signature-invalid", `${bundle} is a signature, not an attestation`);
    }
    return parseJson(Buffer.from(dsseEnvelope.payload, "base64").toString("utf8"), bundle);
}
async function parseBundle(bundle, file) {
    const read = Bundle.safeParse(parseJson(await textOf(bundle, file), bundle));
    if (read.success)
        return read.data;
    throw noBundle(bundle, read.error);
}
async function textOf(bundle, file) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(bundle).catch((cause) => {
            const code = cause.code === "ENOENT" ? "unsigned" : "signature-invalid";
            throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a(code, `${file} has no signature: ${bundle} cannot be read`, {
                hint: "sign it with the cosign-sign action, and let the bundle travel with it",
                cause,
            });
        });
        const opened = __addDisposableResource(env_1, handle, true);
        const { size } = await opened.stat();
        if (size > MAX_BUNDLE_BYTES)
            throw noBundle(bundle, `it has ${size} bytes`);
        return opened.readFile("utf8").catch((cause) => {
            throw noBundle(bundle, cause);
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function parseJson(text, bundle) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        throw noBundle(bundle, cause);
    }
}
function noBundle(bundle, cause) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("signature-invalid", `${bundle} is no Sigstore bundle, or only a part`, {
        hint: "sign again with cosign 3, which writes bundles, or fetch the bundle again",
        cause,
    });
}
function digestOfBase64(text) {
    return (0,_units_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseDigest */ .m)(Buffer.from(text, "base64").toString("hex"));
}
/** Fulcio's certificates name one subject; Node quotes one that could be misread, and then it is not told. */
function identityIn(certificate) {
    try {
        const { subjectAltName } = new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(Buffer.from(certificate, "base64"));
        return /^(?:URI|email):([^\s,"]+)$/.exec(subjectAltName ?? "")?.[1];
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ openCosign)
/* harmony export */ });
/* unused harmony export cleanEnv */
/* harmony import */ var _tools_catalogue_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9669);
/* harmony import */ var _tools_ensure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5824);
/* harmony import */ var _tools_process_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3153);



/** No call is given longer; cosign's own limit is three minutes. */
const CALL_MS = 200_000;
/**
 * Variables by which a step may speak to cosign. It would also take every flag from a variable, so that
 * `COSIGN_INSECURE_IGNORE_TLOG=true` somewhere in a job's env switches a check off; and its root of trust from others.
 */
const LET_THROUGH = new Set(["COSIGN_REPOSITORY"]);
const WITHHELD = /^(COSIGN_|SIGSTORE_|TUF_|INPUT_|REKOR_|FULCIO_)/;
const opened = new WeakMap();
/** cosign of this shop: found or made once, and its version asked once, however much is signed. */
function openCosign(shop) {
    const known = opened.get(shop);
    if (known !== undefined)
        return known;
    const opening = open(shop);
    opened.set(shop, opening);
    // Who asks again after a failure is not answered by the old one.
    opening.catch(() => opened.delete(shop));
    return opening;
}
async function open(shop) {
    const { path } = await (0,_tools_ensure_js__WEBPACK_IMPORTED_MODULE_1__/* .ensure */ .D)("cosign", _tools_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .TOOLS */ .I.cosign.version, shop);
    const cleaned = cleanEnv(shop.env);
    return (args, env = {}) => (0,_tools_process_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .e)(path, args, {
        env: { ...cleaned, ...env },
        signal: shop.signal,
        timeoutMs: CALL_MS,
    });
}
/** The environment without anything that would change what cosign checks, or that it need not know. */
function cleanEnv(env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => LET_THROUGH.has(name) || !WITHHELD.test(name)));
}


/***/ }),

/***/ 1615:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ cosignSaid),
  g: () => (/* binding */ failureOf)
});

// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./lib/signing/outage.js
/** How each service is known in cosign's messages: by the paths of its API, or by name. */
const SERVICES = [
    [
        /\/api\/v\d\/log\/entries|\brekor\b|transparency log|tlog entry/i,
        "the transparency log (Rekor)",
    ],
    // cosign 3.1 loses Fulcio's answer when it is a 5xx, and says this of it.
    [
        /\/api\/v\d\/signingCert|\bfulcio\b|read on closed response body/i,
        "the certificate authority (Fulcio)",
    ],
    [/\/api\/v1\/timestamp|\btsa\b|timestamp authority/i, "the timestamp authority"],
    [/\btuf\b|trusted.root.*(refresh|fetch|download)/i, "the Sigstore trust root (TUF)"],
    [/oidc|identity token|openid-configuration/i, "the OIDC issuer"],
];
/** What an answer that may be another one next time looks like; a refusal (4xx) is none. */
const PASSING = /connection (refused|reset)|no such host|i\/o timeout|Client\.Timeout|context deadline exceeded|TLS handshake timeout|unexpected EOF|: EOF\b|network is unreachable|no route to host|server misbehaving|giving up after|\b(429|500|502|503|504)\b|too many requests|service unavailable|bad gateway|internal server error|read on closed response body/i;
/** The outage that made cosign fail; undefined when it failed for another reason. */
function outageIn(stderr) {
    const lines = stderr.split("\n").filter((line) => line.startsWith("Error:"));
    const said = lines.find((line) => PASSING.test(line));
    if (said === undefined)
        return undefined;
    const [, service] = SERVICES.find(([pattern]) => pattern.test(said)) ?? [];
    return service === undefined ? undefined : { service, said: said.replace(/^Error:\s*/, "") };
}

;// CONCATENATED MODULE: ./lib/signing/failure.js


/** The error for a call of cosign that failed: an outage is told apart from a refusal. */
function failureOf(ended, words) {
    const found = outageIn(ended.stderr);
    if (found === undefined) {
        const { code, message, hint } = words;
        return new error/* SluiceError */.a(code, message, { hint, cause: new Error(cosignSaid(ended)) });
    }
    const { message, hint } = words.outage;
    return new error/* SluiceError */.a("transparency-log-unavailable", `${message}: ${found.service} does not answer`, { hint, cause: new Error(`cosign said: ${found.said}`) });
}
const MAX_SAID_CHARS = 2_000;
/** What cosign gave as its reason, without its warnings; it says everything twice. */
function cosignSaid({ code, stderr, stdout }) {
    const lines = stderr.split("\n").map((line) => line.trim());
    const errors = lines.filter((line) => line.startsWith("Error:"));
    const words = errors.length > 0 ? errors : [lines.at(-1) || stdout.trim() || "nothing"];
    const said = words.join("\n").replaceAll(/^Error:\s*/gm, "");
    const how = code === undefined ? "was ended" : `ended with ${code}`;
    return `cosign ${how} and said: ${said.slice(0, MAX_SAID_CHARS)}`;
}


/***/ }),

/***/ 2296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kv: () => (/* binding */ signerOf),
/* harmony export */   US: () => (/* binding */ policyOf),
/* harmony export */   W1: () => (/* binding */ policyArgs),
/* harmony export */   wy: () => (/* binding */ describePolicy)
/* harmony export */ });
/* harmony import */ var _public_key_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1605);

/** The policy that `verify:` of an environment, or a person on the command line, asks for. */
async function policyOf(settings, env) {
    if (settings.by === "identity")
        return settings;
    return { ...settings, key: await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_0__/* .readPublicKey */ .R)(settings.key, env) };
}
/** Who must have signed, in a word: the key's fingerprint, or the identity. */
function signerOf(policy) {
    if (policy.by === "key")
        return policy.key.fingerprint;
    const { identity } = policy;
    return "exactly" in identity ? identity.exactly : identity.matching;
}
/** Who must have signed, for a sentence. */
function describePolicy(policy) {
    if (policy.by === "key")
        return `the key ${policy.key.fingerprint}`;
    const { identity, issuer, repository } = policy;
    const whose = "exactly" in identity ? "" : "an identity that matches ";
    const within = repository === undefined ? "" : ` in a run of ${repository}`;
    return `${whose}${signerOf(policy)}${within} (${issuer})`;
}
/** The variable in which a public key travels to cosign: no file, nothing in argv but the name. */
const KEY_VARIABLE = "SLUICE_PUBLIC_KEY";
/** What cosign is told of the policy: arguments, and variables beside them. */
function policyArgs(policy) {
    const root = policy.trustedRoot === undefined ? [] : ["--trusted-root", policy.trustedRoot];
    if (policy.by === "key") {
        // The key is what is trusted; without this, cosign wants the log's keys even when no log is asked.
        const log = policy.transparencyLog ? [] : ["--insecure-ignore-tlog=true"];
        return {
            args: ["--key", `env://${KEY_VARIABLE}`, ...log, ...root],
            env: { [KEY_VARIABLE]: policy.key.pem },
        };
    }
    const { identity, issuer, repository } = policy;
    const whose = "exactly" in identity
        ? ["--certificate-identity", identity.exactly]
        : ["--certificate-identity-regexp", identity.matching];
    const within = repository === undefined ? [] : ["--certificate-github-workflow-repository", repository];
    return { args: [...whose, "--certificate-oidc-issuer", issuer, ...within, ...root], env: {} };
}


/***/ }),

/***/ 1605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ readPublicKey),
/* harmony export */   k: () => (/* binding */ publicKeyOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2018);
/* harmony import */ var _variable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8642);




/** The public key at `reference`: a path, or `env://NAME`. A private key is refused, and never shown. */
async function readPublicKey(reference, env) {
    return publicKeyOf(await textOf(reference, env), reference);
}
/** The public key in `pem`; `reference` is what messages call it. */
function publicKeyOf(pem, reference) {
    if (/PRIVATE KEY/.test(pem)) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("invalid-input", `${reference} holds a private key`, {
            hint: "signatures are checked with the public key: `cosign public-key --key env://NAME` prints it. Treat a private key that stood in a file as known to others",
        });
    }
    try {
        const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(pem);
        const der = key.export({ type: "spki", format: "der" });
        const fingerprint = `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256").update(der).digest("hex")}`;
        return { pem: key.export({ type: "spki", format: "pem" }).toString(), fingerprint };
    }
    catch (cause) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("invalid-input", `${reference} holds no public key`, {
            hint: "give a PEM file that begins with -----BEGIN PUBLIC KEY-----",
            cause,
        });
    }
}
async function textOf(reference, env) {
    const variable = (0,_variable_js__WEBPACK_IMPORTED_MODULE_3__/* .variableOf */ .Q)(reference);
    if (variable !== undefined) {
        const text = env[variable];
        if (text)
            return text;
        throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("invalid-input", `the variable ${variable} of ${reference} is empty`, {
            hint: `set it in the step's env: ${variable}: \${{ vars.${variable} }}`,
        });
    }
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(reference, "utf8").catch((cause) => {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SluiceError */ .a("invalid-input", `cannot read the public key ${reference}`, {
            hint: "commit the public key, or name a variable that holds it: env://NAME",
            cause,
        });
    });
}


/***/ }),

/***/ 8642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ VARIABLE_REFERENCE),
/* harmony export */   Q: () => (/* binding */ variableOf)
/* harmony export */ });
const REFERENCE = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/;
/** What a reference to a variable may look like, for messages. */
const VARIABLE_REFERENCE = "env://NAME, the name of a variable in the step's env";
/** The variable that `env://NAME` names; undefined for any other text. */
function variableOf(reference) {
    return REFERENCE.exec(reference.trim())?.[1];
}


/***/ }),

/***/ 5399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ verifyFile),
/* harmony export */   s: () => (/* binding */ verifiedBy)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5874);
/* harmony import */ var _bundle_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2434);
/* harmony import */ var _cosign_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(305);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1615);
/* harmony import */ var _policy_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2296);






/** That `digest` is signed as `policy` demands. */
function verifiedBy(policy, digest) {
    const logged = policy.by === "identity" || policy.transparencyLog;
    return { mode: policy.by, by: (0,_policy_js__WEBPACK_IMPORTED_MODULE_5__/* .signerOf */ .Kv)(policy), digest, logged };
}
/**
 * Checks that `file`, byte for byte, was signed as `policy` demands, by the bundle at `bundle`. Throws `unsigned`
 * when there is no bundle, `signature-invalid` when it does not hold, `transparency-log-unavailable` when nobody
 * could tell.
 */
async function verifyFile(file, bundle, policy, { shop }) {
    const facts = await (0,_bundle_js__WEBPACK_IMPORTED_MODULE_2__/* .readBundle */ .Bo)(bundle, file);
    const digest = await (0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOfFile */ .M)(file);
    if (facts.digest !== undefined && facts.digest !== digest) {
        throw otherBytes(file, digest, bundle, facts.digest);
    }
    await check(file, bundle, policy, facts, await (0,_cosign_js__WEBPACK_IMPORTED_MODULE_3__/* .openCosign */ .i)(shop));
    const verified = verifiedBy(policy, digest);
    // Of several identities that the policy accepts, the one that the certificate, now checked, names.
    const by = policy.by === "identity" ? (facts.identity ?? verified.by) : verified.by;
    return { ...verified, by, bundleDigest: await (0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOfFile */ .M)(bundle) };
}
async function check(file, bundle, policy, facts, cosign) {
    const { args, env } = (0,_policy_js__WEBPACK_IMPORTED_MODULE_5__/* .policyArgs */ .W1)(policy);
    const ended = await cosign(["verify-blob", ...args, "--bundle", bundle, file], env);
    if (ended.code === 0)
        return;
    throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_4__/* .failureOf */ .g)(ended, {
        code: "signature-invalid",
        message: `the signature of ${file} is not good: it must be by ${(0,_policy_js__WEBPACK_IMPORTED_MODULE_5__/* .describePolicy */ .wy)(policy)}${signedBy(facts, policy)}`,
        hint: "take the artifact and its bundle from the release that signed them; if the signer has changed on purpose, change `verify` in the environment file",
        outage: {
            message: `the signature of ${file} could not be checked`,
            hint: "nothing was accepted; try again when it answers, or give a trusted root that needs no network",
        },
    });
}
/** Who signed instead, where the bundle tells. */
function signedBy({ keyHint, identity, logged }, policy) {
    const says = identity === undefined ? "" : ` of ${identity}`;
    if (policy.by === "identity") {
        return keyHint === undefined
            ? `, and this one is by a certificate${says}`
            : `, and this one is by a key, ${keyHint}`;
    }
    if (keyHint === undefined)
        return `, and this one is by a certificate${says}`;
    if (keyHint !== policy.key.fingerprint)
        return `, and this one says ${keyHint}`;
    if (policy.transparencyLog && !logged)
        return " and in the transparency log, which it is not";
    return "";
}
function otherBytes(file, is, bundle, signed) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("signature-invalid", `${bundle} is the signature of other bytes: ${file} is ${is}, signed was ${signed}`, {
        hint: "the file was changed after it was signed, or the bundle is that of another file; take both from the same release",
    });
}


/***/ }),

/***/ 3591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ holderOf)
/* harmony export */ });
/**
 * Who this process is, as the one who holds a rollout. A re-run of the same job of the same run has the same
 * key, and may take over what its killed predecessor held: GitHub never runs both at once.
 */
function holderOf(env, pid) {
    const { GITHUB_RUN_ID, GITHUB_JOB } = env;
    if (!GITHUB_RUN_ID || !GITHUB_JOB) {
        const user = env.USER ?? env.LOGNAME ?? "somebody";
        return { key: `process/${pid}`, description: `${user}'s process ${pid}` };
    }
    const repository = env.GITHUB_REPOSITORY ?? "unknown";
    const attempt = env.GITHUB_RUN_ATTEMPT ?? "1";
    return {
        key: `${repository}/${GITHUB_RUN_ID}/${GITHUB_JOB}`,
        description: `${repository} ${env.GITHUB_WORKFLOW ?? "workflow"} run ${GITHUB_RUN_ID} job ${GITHUB_JOB} (attempt ${attempt})`,
    };
}


/***/ }),

/***/ 9925:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ openTarget)
/* harmony export */ });
/** The target that an environment names. It is asked nothing yet, so it need not be reachable. */
async function openTarget(environment) {
    switch (environment.target.kind) {
        case "local": {
            const { LocalTarget } = await Promise.all(/* import() */[__webpack_require__.e(474), __webpack_require__.e(750)]).then(__webpack_require__.bind(__webpack_require__, 9750));
            return new LocalTarget(environment);
        }
        case "hosts": {
            const { HostsTarget } = await __webpack_require__.e(/* import() */ 797).then(__webpack_require__.bind(__webpack_require__, 6797));
            return new HostsTarget(environment, environment.target);
        }
    }
}


/***/ }),

/***/ 3222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ SLOTS),
/* harmony export */   j: () => (/* binding */ otherSlot)
/* harmony export */ });
const SLOTS = ["blue", "green"];
function otherSlot(slot) {
    return slot === "blue" ? "green" : "blue";
}


/***/ })

};
