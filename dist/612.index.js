export const id = 612;
export const ids = [612];
export const modules = {

/***/ 4612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deploy: () => (/* binding */ deploy)
});

// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/environment/read.js + 14 modules
var read = __webpack_require__(5178);
// EXTERNAL MODULE: ./lib/rollout/candidate.js + 1 modules
var candidate = __webpack_require__(6952);
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
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
;// CONCATENATED MODULE: ./lib/evidence/digest.js




/** The sha256 of a file's bytes. Throws `invalid-input` when it cannot be read. */
async function digestOfFile(path) {
    const hash = (0,external_node_crypto_.createHash)("sha256");
    try {
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(path), hash);
    }
    catch (cause) {
        throw new lib_error/* SluiceError */.a("invalid-input", `cannot read ${path}`, {
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
    throw new lib_error/* SluiceError */.a("digest-mismatch", `${path} is ${found}, but ${expected} was let through`, {
        hint: "the bytes changed after the gate that named the digest; nothing was deployed. Build again, and find out who changed them",
    });
}

;// CONCATENATED MODULE: ./actions/deploy/archive.js




/** A folder with more files was not made by a build. */
const MAX_FILES = 100;
/**
 * The file that is `digest`: `path` itself, or the one in that folder (an artifact is unpacked into a folder,
 * under whatever name it was built). Throws `digest-mismatch` or `invalid-input`, and nothing is deployed.
 */
async function archiveOf(path, digest) {
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (!found?.isDirectory()) {
        await mustHaveDigest(path, digest);
        return path;
    }
    const entries = await (0,promises_.readdir)(path, { recursive: true, withFileTypes: true });
    const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name));
    if (files.length > MAX_FILES)
        throw tooMany(path, files.length);
    const digests = await Promise.all(files.map(async (file) => ({ file, is: await digestOfFile(file) })));
    const match = digests.find(({ is }) => is === digest);
    if (match)
        return match.file;
    const there = digests.map(({ file, is }) => `${file} (${is})`).join(", ") || "nothing";
    throw new lib_error/* SluiceError */.a("digest-mismatch", `no file in ${path} is ${digest}; there is ${there}`, {
        hint: "the bytes changed after the gate that named the digest, or another artifact was fetched; nothing was deployed",
    });
}
function tooMany(path, count) {
    return new lib_error/* SluiceError */.a("invalid-input", `archive: ${path} holds ${count} files`, {
        hint: "give the archive itself, or a folder that holds it alone",
    });
}

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

;// CONCATENATED MODULE: ./actions/deploy/deploy.js










/** Places the release; its outputs are those of the action. */
async function deploy({ inputs, log, summary, signal, env }) {
    const environment = await (0,read/* readEnvironment */.Qo)(inputs["environment-file"]);
    const archivePath = await archiveOf(inputs.archive, inputs.digest);
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
    const gate = gateOf(release, placement, smoked, inputs.smoke);
    log.info(gate.reason);
    summarise(summary, release, placement, smoked);
    return { gate, slot: placement.slot, digest: release.digest, placement };
}
function smokeLine({ check, instance, problem, tookMs }) {
    const took = (0,duration/* formatDuration */.a3)(tookMs);
    return problem
        ? `smoke ✗ ${check} on ${instance}: ${problem}`
        : `smoke ✓ ${check} on ${instance} (${took})`;
}
function gateOf(release, placement, smoked, withSmoke) {
    const checks = withSmoke
        ? `${smoked.length} smoke checks passed`
        : "smoke checks were off by request";
    return {
        name: "deploy",
        outcome: "passed",
        reason: `${release.version} (${release.digest}) is healthy on ${placement.slot} at weight 0; ${checks}`,
    };
}
function summarise(summary, release, placement, smoked) {
    summary.heading(`${release.version} placed on ${placement.slot} at weight 0`);
    summary.table(["Instance", "Check", "Found"], smoked.map(({ check, instance, tookMs, problem }) => [
        (0,action/* inlineText */.ln)(instance),
        (0,action/* inlineText */.ln)(check),
        (0,action/* inlineText */.ln)(problem ?? `passed in ${(0,duration/* formatDuration */.a3)(tookMs)}`),
    ]));
}


/***/ }),

/***/ 6952:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  f: () => (/* binding */ idleSlot),
  F: () => (/* binding */ placeCandidate)
});

// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./lib/units/slot.js
const SLOTS = (/* unused pure expression or super */ null && (["blue", "green"]));
function otherSlot(slot) {
    return slot === "blue" ? "green" : "blue";
}

;// CONCATENATED MODULE: ./lib/rollout/candidate.js


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
    return state.stable ? otherSlot(state.stable.slot) : "blue";
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
    throw new error/* SluiceError */.a("lease-held", `${rollout.release.version} is in an unfinished rollout (${rollout.phase}, since ${new Date(rollout.firstTrafficAtMs ?? 0).toISOString()})`, {
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
            const { LocalTarget } = await __webpack_require__.e(/* import() */ 766).then(__webpack_require__.bind(__webpack_require__, 1766));
            return new LocalTarget(environment);
        }
    }
}


/***/ })

};
