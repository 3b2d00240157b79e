export const id = 231;
export const ids = [231];
export const modules = {

/***/ 7796:
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
// EXTERNAL MODULE: ./lib/environment/read.js + 24 modules
var read = __webpack_require__(9996);
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
;// CONCATENATED MODULE: ./lib/action/masked.js
/** Of a variable that holds a secret, by its name. */
const SECRET_NAME = /(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY)/i;
/** What is shorter is a word that may stand anywhere. */
const MIN_SECRET_CHARACTERS = 6;
const MASK = "***";
/**
 * What another program wrote, without what looks like a secret: the values of the job's variables that are named as
 * secrets are, passwords in URLs, and what is given to an Authorization header.
 */
function masked(text, env) {
    const values = Object.entries(env)
        .filter(([name]) => SECRET_NAME.test(name))
        .map(([, value = ""]) => value)
        .filter((value) => value.length >= MIN_SECRET_CHARACTERS)
        .sort((a, b) => b.length - a.length);
    return values
        .reduce((whole, value) => whole.replaceAll(value, MASK), text)
        .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi, `$1:${MASK}@`)
        .replace(/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${MASK}`);
}

// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./actions/deploy/shadow.js




/** By which a command says that it had nothing to compare. */
const INCONCLUSIVE = 3;
const PROGRESS_EVERY_MS = 10_000;
/**
 * Runs the environment's shadow command from the placed candidate, beside stable. Throws `shadow-failed` where it found a
 * difference or did not end as it should, and `inconclusive` where it compared nothing and the environment does not let that through.
 */
async function shadow(placement, settings, { target, token, log, env, signal }) {
    const { stable } = (await target.read()).value;
    if (!stable) {
        const why = "there is no stable release yet that it could run beside";
        log.info(`shadow: skipped, since ${why}`);
        return { outcome: "skipped", why };
    }
    const atMost = (0,duration/* formatDuration */.a3)(settings.timeoutMs);
    log.info(`shadow: beside ${stable.release.version} on ${stable.slot}, at most ${atMost}`);
    const startedMs = performance.now();
    const progress = setInterval(() => {
        const soFar = (0,duration/* formatDuration */.a3)(performance.now() - startedMs);
        log.info(`shadow: still running after ${soFar} of at most ${atMost}`);
    }, PROGRESS_EVERY_MS);
    const runs = await target
        .shadow(placement.slot, stable.slot, token, signal)
        .finally(() => clearInterval(progress));
    const found = runs.map((run) => findingOf(run, settings, env));
    for (const finding of found)
        log.info(lineOf(finding));
    return judged(found, { settings, log, version: placement.release.version });
}
/** For the gate's reason; empty when nobody asked for it. */
function shadowWords(shadowed) {
    switch (shadowed.outcome) {
        case "not-asked":
            return "";
        case "skipped":
            return `; not run beside stable: ${shadowed.why}`;
        case "passed":
            return `; beside stable it did the same on ${instancesOf(shadowed.found)}`;
        case "inconclusive":
            return `; beside stable NOTHING WAS COMPARED on ${instancesOf(undecided(shadowed.found))}, which service.shadow.on-inconclusive lets through`;
    }
}
/** For the gate's statement: what was found where, without what was written. */
function shadowPredicate(shadowed) {
    switch (shadowed.outcome) {
        case "not-asked":
            return undefined;
        case "skipped":
            return { outcome: "skipped", why: shadowed.why };
        case "passed":
        case "inconclusive":
            return {
                outcome: shadowed.outcome,
                instances: shadowed.found.map(({ instance, outcome, words }) => ({
                    name: instance,
                    outcome,
                    ended: words,
                })),
            };
    }
}
function summariseShadow(summary, shadowed) {
    if (shadowed.outcome === "not-asked")
        return;
    if (shadowed.outcome === "skipped") {
        summary.markdown(`Not run beside stable: ${(0,action/* inlineText */.ln)(shadowed.why)}.`);
        return;
    }
    summary.table(["Beside stable", "Outcome", "How it ended", "Last line"], shadowed.found.map(({ instance, outcome, words, lastLines }) => [instance, outcome, words, lastOf(lastLines)].map(action/* inlineText */.ln)));
}
function judged(found, { settings, log, version }) {
    const failed = found.filter(({ outcome }) => outcome === "failed");
    const rest = undecided(found);
    const told = (some) => some.map(tell).join("; ");
    if (failed.length > 0)
        throw new lib_error/* SluiceError */.a("shadow-failed", `beside stable, ${version} did not show that it does the same: ${told(failed)}`, {
            hint: "the candidate was taken off its slot again and never had traffic. Where it is meant to do something else, say so with the input `shadow: false` for this release",
        });
    if (found.length > 0 && rest.length === 0)
        return { outcome: "passed", found };
    const message = `beside stable, ${version} had nothing to compare: ${told(rest)}`;
    if (settings.onInconclusive === "fail")
        throw new lib_error/* SluiceError */.a("inconclusive", message, {
            hint: "the candidate was taken off its slot again. Give it longer or something to compare with, or write `on-inconclusive: go-on` under `service.shadow`, which lets such a release through and records it as that",
        });
    log.warning(message, { title: "deploy: nothing was compared beside stable" });
    return { outcome: "inconclusive", found };
}
function findingOf({ instance, end, lastLines, tookMs }, { timeoutMs }, env) {
    const words = wordsOf(end, timeoutMs, (0,duration/* formatDuration */.a3)(tookMs));
    return { instance, outcome: outcomeOf(end), words, lastLines: masked(lastLines, env) };
}
function outcomeOf(end) {
    if (end.how === "alone")
        return "inconclusive";
    if (end.how !== "exited")
        return "failed";
    if (end.code === 0)
        return "passed";
    return end.code === INCONCLUSIVE ? "inconclusive" : "failed";
}
function wordsOf(end, timeoutMs, took) {
    switch (end.how) {
        case "alone":
            return "was not run: stable does not stand on that machine";
        case "too-late":
            return `had not ended after ${(0,duration/* formatDuration */.a3)(timeoutMs)}, and was ended`;
        case "killed":
            return `${end.words} after ${took}`;
        case "exited":
            return `exited with code ${end.code} after ${took}`;
    }
}
function lineOf({ instance, outcome, words, lastLines }) {
    const lastLine = lastOf(lastLines);
    const mark = { passed: "✓", failed: "✗", inconclusive: "?" }[outcome];
    return `shadow ${mark} on ${instance}: it ${words}${lastLine === "" ? "" : `: ${lastLine}`}`;
}
function tell({ instance, words, lastLines }) {
    const said = lastLines === "" ? "and wrote nothing" : `its last lines were:\n${lastLines}`;
    return `on ${instance} it ${words}; ${said}`;
}
function lastOf(lines) {
    return lines.split("\n").at(-1) ?? "";
}
function undecided(found) {
    return found.filter(({ outcome }) => outcome === "inconclusive");
}
function instancesOf(found) {
    return found.map(({ instance }) => instance).join(", ");
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

// EXTERNAL MODULE: ./lib/host-tune/contents.js
var contents = __webpack_require__(3091);
// EXTERNAL MODULE: ./lib/host-tune/tree.js
var tree = __webpack_require__(6454);
// EXTERNAL MODULE: ./lib/host-tune/verify.js + 3 modules
var verify = __webpack_require__(2650);
// EXTERNAL MODULE: ./lib/targets/hosts/edges.js + 1 modules
var edges = __webpack_require__(6206);
// EXTERNAL MODULE: ./lib/targets/hosts/host.js
var hosts_host = __webpack_require__(7783);
;// CONCATENATED MODULE: ./lib/targets/tuning.js





/** Reads every host and compares; asks none of them when nothing would be done about it. */
async function driftOf(environment) {
    const { tune } = environment;
    if (tune === undefined || tune.drift === "ignore")
        return [];
    const files = (0,verify/* filesToRead */.lG)(tune.profile);
    const all = await (0,edges/* onAll */.J)(readers(environment), async ({ name, read }) => ({
        host: name,
        found: drift(tune, await read(files)),
    }));
    return all.filter(({ found }) => found.length > 0);
}
function drift({ profile, engineCpus }, contents) {
    return (0,verify/* verify */.MX)(profile, contents, engineCpus ? { engineCpus } : {}).drift;
}
function readers({ name, target }) {
    switch (target.kind) {
        case "local":
            return [{ name: "this machine", read: (files) => new tree/* Tree */.P("/").contents(files) }];
        case "hosts":
            return target.hosts.map((machine) => {
                const host = new hosts_host/* Host */.x(machine, name, target);
                return {
                    name: machine.name,
                    read: async (files) => (0,contents/* parseContents */.O)(await host.kernelSettings(files)),
                };
            });
    }
}

;// CONCATENATED MODULE: ./actions/deploy/tuning.js



/** Hosts that are not as `tune:` says stop the deploy, or are told, before anything is placed. */
async function mustBeTuned(environment, { log, summary }) {
    const { tune } = environment;
    if (tune === undefined)
        return;
    const drifts = await driftOf(environment);
    if (drifts.length === 0) {
        if (tune.drift !== "ignore")
            log.info(`every host is as the profile ${tune.profile} says`);
        return;
    }
    summary.heading(`Not as the profile ${tune.profile} says`).table(["Host", "Key", "Found", "Wanted"], drifts.flatMap(({ host, found }) => found.map(({ key, found: is, wanted }) => [host, key, is ?? "", wanted].map(action/* inlineText */.ln))));
    const message = `not as the profile ${tune.profile} says: ${drifts.map(words).join("; ")}`;
    if (tune.drift === "warn") {
        log.warning(message, { title: "deploy: kernel settings" });
        return;
    }
    throw new lib_error/* SluiceError */.a("refused", message, {
        hint: "run the action host-tune with `mode: apply` on the hosts, or write `drift: warn` under `tune:`. Nothing was placed",
    });
}
function words({ host, found }) {
    const keys = found.map(({ key, found: is, wanted }) => `${key} is ${is}, not ${wanted}`);
    return `${host}: ${keys.join(", ")}`;
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
var signing_verify = __webpack_require__(5399);
// EXTERNAL MODULE: ./lib/tools/shop.js
var tools_shop = __webpack_require__(8822);
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
    const verified = await (0,signing_verify/* verifyFile */.A)(archive, bundle, policy, { shop });
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
    await mustBeTuned(environment, { log, summary });
    if (inputs.timeout !== undefined)
        environment.service.health.deadlineMs = inputs.timeout;
    const target = await (0,targets_open/* openTarget */.A)(environment);
    const besides = inputs.shadow ? environment.service.shadow : undefined;
    if (besides)
        await target.mustShadow();
    const release = {
        name: environment.service.name,
        version: inputs.version,
        commit: inputs.commit || (env.GITHUB_SHA ?? ""),
        digest: inputs.digest,
        archivePath,
    };
    const startedMs = performance.now();
    let smoked = [];
    let shadowed = notRun(environment);
    const placement = await (0,session/* withLease */.p)({
        target,
        holder: (0,holder/* holderOf */.K)(env, process.pid),
        leaseMs: environment.rollout.leaseMs,
        clock: clock/* systemClock */.m,
        warn: (message) => log.warning(message),
    }, (lease) => (0,candidate/* placeCandidate */.F)(release, {
        target,
        token: lease.token,
        signal: AbortSignal.any([signal, lease.lost]),
        async inspect(placed) {
            log.info(`${release.version} is healthy on ${placed.slot} after ${(0,duration/* formatDuration */.a3)(performance.now() - startedMs)}`);
            if (inputs.smoke) {
                smoked = await smoke(placed, environment.service.smoke, signal);
                for (const result of smoked)
                    log.info(smokeLine(result));
                mustPass(smoked, release.version);
            }
            if (!besides)
                return;
            const ended = AbortSignal.any([signal, lease.lost]);
            const { token } = lease;
            shadowed = await shadow(placed, besides, { target, token, log, env, signal: ended });
        },
    }));
    const placed = { release, placement, smoked, shadowed, verified, environment: environment.name };
    const gate = gateOf(placed, inputs.smoke);
    log.info(gate.reason);
    summarise(summary, placed);
    return { gate, slot: placement.slot, digest: release.digest, placement };
}
/** What is known of it as long as it was not run. */
function notRun({ service }) {
    if (service.shadow === undefined)
        return { outcome: "not-asked" };
    return { outcome: "skipped", why: "it was off by request" };
}
function smokeLine({ check, instance, problem, tookMs }) {
    const took = (0,duration/* formatDuration */.a3)(tookMs);
    return problem
        ? `smoke ✗ ${check} on ${instance}: ${problem}`
        : `smoke ✓ ${check} on ${instance} (${took})`;
}
function gateOf(placed, withSmoke) {
    const { release, placement, smoked, shadowed, verified } = placed;
    const checks = withSmoke
        ? `${smoked.length} smoke checks passed`
        : "smoke checks were off by request";
    return {
        name: "deploy",
        outcome: "passed",
        reason: `${release.version} (${release.digest}), ${verificationWords(verified)}, is healthy on ${placement.slot} at weight 0; ${checks}${shadowWords(shadowed)}`,
        statement: (0,statement/* statementOf */.T8)({
            predicateType: statement/* PREDICATE */.W3.deploy,
            subject: { name: (0,external_node_path_.basename)(release.archivePath), digest: release.digest },
            predicate: predicateOf(placed, withSmoke),
        }),
    };
}
function predicateOf(placed, withSmoke) {
    const { release, placement, smoked, shadowed, verified, environment } = placed;
    const beside = shadowPredicate(shadowed);
    const { name, version, commit } = release;
    return {
        outcome: "passed",
        release: { name, version, commit },
        environment,
        verification: verified,
        placement: { slot: placement.slot, instances: placement.instances.map((one) => one.name) },
        smoke: withSmoke ? { passed: smoked.length } : "off",
        ...(beside === undefined ? {} : { shadow: beside }),
    };
}
function summarise(summary, { release, placement, smoked, shadowed, verified }) {
    summary.heading(`${release.version} placed on ${placement.slot} at weight 0`);
    summariseVerification(summary, verified);
    summary.table(["Instance", "Check", "Found"], smoked.map(({ check, instance, tookMs, problem }) => [
        (0,action/* inlineText */.ln)(instance),
        (0,action/* inlineText */.ln)(check),
        (0,action/* inlineText */.ln)(problem ?? `passed in ${(0,duration/* formatDuration */.a3)(tookMs)}`),
    ]));
    summariseShadow(summary, shadowed);
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

/***/ 3091:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ parseContents),
/* harmony export */   t: () => (/* binding */ matchesOf)
/* harmony export */ });
/** Paths that a pattern means, out of those that were read: its one `*` stands for a number, as in cpu3 or irq/24. */
function matchesOf(pattern, contents) {
    const [before = "", after] = pattern.split("*");
    if (after === undefined)
        return contents.has(pattern) ? [pattern] : [];
    const isMatch = (path) => path.startsWith(before) &&
        path.endsWith(after) &&
        /^\d+$/.test(path.slice(before.length, path.length - after.length));
    return [...contents.keys()].filter(isMatch).sort(byNumber);
}
/** What `cd / && grep -sH '' PATTERN…` prints: each line after the path of its file. It is how a host that has only sh is read. */
function parseContents(printed) {
    const contents = new Map();
    for (const line of printed.split("\n")) {
        const colon = line.indexOf(":");
        if (colon < 0)
            continue;
        const path = line.slice(0, colon);
        contents.set(path, `${contents.get(path) ?? ""}${line.slice(colon + 1)}\n`);
    }
    return contents;
}
function byNumber(a, b) {
    return a.localeCompare(b, "en", { numeric: true });
}


/***/ }),

/***/ 1940:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K1: () => (/* binding */ isAsWanted),
/* harmony export */   T5: () => (/* binding */ writable),
/* harmony export */   ak: () => (/* binding */ meaning),
/* harmony export */   zM: () => (/* binding */ choices)
/* harmony export */ });
/* harmony import */ var _cpu_set_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5403);

/** The same for two texts that mean the same; as people read it. */
function meaning(raw, form = "words") {
    if (form === "words") {
        const chosen = /\[([^\]]+)\]/.exec(raw)?.[1];
        return (chosen ?? raw).trim().split(/\s+/).join(" ");
    }
    const cpus = form === "cpu-mask" ? (0,_cpu_set_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCpuMask */ .A0)(raw) : (0,_cpu_set_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCpuList */ .Sx)(raw);
    return cpus ? (0,_cpu_set_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCpuList */ .mK)(cpus) : raw.trim();
}
/** As the kernel wants it written, from what people read. */
function writable(value, form) {
    const cpus = form === "cpu-mask" ? (0,_cpu_set_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCpuList */ .Sx)(value) : undefined;
    return cpus ? (0,_cpu_set_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCpuMask */ .ED)(cpus) : value;
}
function isAsWanted(found, wanted, form) {
    const meant = meaning(found, form);
    if (form !== "within")
        return meant === meaning(wanted, form === "cpu-mask" ? "cpu-list" : form);
    const allowed = new Set((0,_cpu_set_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCpuList */ .Sx)(wanted));
    return (0,_cpu_set_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCpuList */ .Sx)(meant)?.every((cpu) => allowed.has(cpu)) ?? false;
}
/** Values that a file offers beside the chosen one; none where it takes any. */
function choices(raw) {
    return /\[[^\]]+\]/.test(raw) ? raw.replaceAll(/[[\]]/g, "").trim().split(/\s+/) : [];
}


/***/ }),

/***/ 1821:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CQ: () => (/* binding */ readings),
/* harmony export */   TN: () => (/* binding */ keyOf),
/* harmony export */   et: () => (/* binding */ plan)
/* harmony export */ });
/* harmony import */ var _contents_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3091);
/* harmony import */ var _form_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1940);


/** A setting with a pattern has as many as there are matches; at least one. */
function readings(settings, contents) {
    return settings.flatMap((setting) => {
        const paths = (0,_contents_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesOf */ .t)(setting.path, contents);
        if (paths.length === 0)
            return [{ setting, path: setting.path, raw: null }];
        return paths.map((path) => ({ setting, path, raw: contents.get(path) ?? null }));
    });
}
/** What would have to change for the host to be as the settings say. `kept` are paths that were found to be immovable. */
function plan(settings, contents, kept = []) {
    return readings(settings, contents).map(({ setting, path, raw }) => {
        const form = setting.form ?? "words";
        const state = stateOf(raw, setting.value, form);
        return {
            key: keyOf(setting, path),
            path,
            wanted: (0,_form_js__WEBPACK_IMPORTED_MODULE_1__/* .meaning */ .ak)(setting.value, form === "cpu-mask" ? "cpu-list" : form),
            found: raw === null ? null : (0,_form_js__WEBPACK_IMPORTED_MODULE_1__/* .meaning */ .ak)(raw, form),
            state: state === "differs" && kept.includes(path) ? "kept" : state,
            reason: setting.reason,
        };
    });
}
function stateOf(raw, wanted, form) {
    if (raw === null)
        return "missing";
    return (0,_form_js__WEBPACK_IMPORTED_MODULE_1__/* .isAsWanted */ .K1)(raw, wanted, form) ? "as-wanted" : "differs";
}
/** Of a pattern's matches, each has its own name: `governor cpu3`. */
function keyOf({ key, path: pattern }, path) {
    const parts = path.split("/");
    const matched = pattern.split("/").findIndex((part) => part.includes("*"));
    return matched < 0 || path === pattern ? key : `${key} ${parts[matched]}`;
}


/***/ }),

/***/ 6892:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ PROFILES)
/* harmony export */ });
/* harmony import */ var _profile_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9241);

const thp = (value, reason) => ({
    key: "thp",
    path: "sys/kernel/mm/transparent_hugepage/enabled",
    value,
    reason,
    // The kernel keeps more memory free for large pages, and decides anew how much when they are switched.
    displaces: (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctlPath */ .oJ)("vm.min_free_kbytes"),
});
const governor = {
    key: "governor",
    path: "sys/devices/system/cpu/cpu*/cpufreq/scaling_governor",
    value: "performance",
    reason: "a CPU that has to raise its clock first answers the first request after a pause late",
};
/** For any server that is asked by many. */
const SERVING = [
    (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.core.somaxconn", "4096", "a burst of new connections waits in the queue, it is not dropped"),
    (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.ipv4.tcp_max_syn_backlog", "8192", "the same for connections that are still being opened"),
    (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.ipv4.tcp_slow_start_after_idle", "0", "connections are kept and used in bursts; each burst would begin with a small window"),
    (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("vm.swappiness", "1", "a page of the service that was swapped out costs milliseconds"),
];
/** For a journal. */
const WRITING_OUT = [
    (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("vm.dirty_background_ratio", "3", "the journal is written out early, in small pieces", {
        displaces: (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctlPath */ .oJ)("vm.dirty_background_bytes"),
    }),
    (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("vm.dirty_ratio", "10", "and never so much is unwritten that a writer has to wait for long", {
        displaces: (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctlPath */ .oJ)("vm.dirty_bytes"),
    }),
];
const THROUGHPUT = {
    name: "throughput",
    purpose: "many bytes or many connections; a few microseconds more do not matter",
    settings: [
        ...SERVING,
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.core.rmem_max", "16777216", "room for what a 10 Gbit/s link carries in 12 ms"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.core.wmem_max", "16777216", "the same for what is sent"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.ipv4.tcp_rmem", "4096 131072 16777216", "connections grow by need up to that room"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.ipv4.tcp_wmem", "4096 65536 16777216", "the same for what is sent"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.core.netdev_max_backlog", "10000", "packets of a burst wait for the CPU, they are not dropped"),
        ...WRITING_OUT,
        thp("madvise", "large pages only where they were asked for; elsewhere their upkeep stalls"),
        governor,
    ],
    divides: false,
    boot: [],
};
const LOW_LATENCY = {
    name: "low-latency",
    purpose: "the matching engine: the slowest answers count, and CPUs are given to it alone",
    settings: [
        ...SERVING,
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.core.busy_read", "50", "a read looks for packets 50 µs itself and saves the interrupt's way"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.core.busy_poll", "50", "the same for poll and epoll"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.ipv4.tcp_fastopen", "3", "a returning client sends its request with its first packet"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("kernel.numa_balancing", "0", "memory stays where it is: moving it stops the thread that uses it"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("kernel.timer_migration", "0", "timers stay on the CPU that set them, away from the pinned ones"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("kernel.nmi_watchdog", "0", "no periodic interrupt on CPUs that are to be left alone"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("vm.stat_interval", "10", "the kernel's own statistics disturb each CPU every 10 s, not every second"),
        ...WRITING_OUT,
        thp("never", "putting pages together stalls the threads that use them"),
        {
            key: "thp-defrag",
            path: "sys/kernel/mm/transparent_hugepage/defrag",
            value: "never",
            reason: "and nobody who asks for memory waits until pages are put together",
        },
        {
            key: "ksm",
            path: "sys/kernel/mm/ksm/run",
            value: "0",
            reason: "looking for equal pages reads all memory, and a merged one is copied when it is written",
        },
        governor,
    ],
    divides: true,
    boot: [
        { name: "isolcpus", reason: "nothing else is scheduled on the engine's CPUs" },
        { name: "nohz_full", reason: "no timer tick on them while one thread runs" },
        { name: "rcu_nocbs", reason: "the kernel's deferred work is done on other CPUs" },
    ],
};
const S1 = {
    name: "s1",
    purpose: "the numbers that were given for 10 Gbit/s over long distances: 128 MB buffers. Each connection may take that much, so choose it only with few connections and much memory",
    settings: [
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.core.rmem_max", "134217728", "a full 10 Gbit/s link with 100 ms of round trip needs 125 MB"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.core.wmem_max", "134217728", "the same for what is sent"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.ipv4.tcp_rmem", "4096 87380 134217728", "connections grow by need up to that room"),
        (0,_profile_js__WEBPACK_IMPORTED_MODULE_0__/* .sysctl */ .nK)("net.ipv4.tcp_wmem", "4096 65536 134217728", "the same for what is sent"),
    ],
    divides: false,
    boot: [],
};
const PROFILES = {
    throughput: THROUGHPUT,
    "low-latency": LOW_LATENCY,
    s1: S1,
};


/***/ }),

/***/ 6454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ Tree)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** The files by which a kernel shows and takes its settings; `root` is `/`, or a folder that stands for it. */
class Tree {
    #root;
    constructor(root) {
        this.#root = root;
    }
    /** Null when there is no such file, or this kernel does not let it be read. */
    async read(path) {
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#root, path), "utf8").catch(() => null);
    }
    /** The kernel takes a value or refuses it; then the error says how. */
    async write(path, raw) {
        // Never makes a file: a key that this kernel lacks stays lacking.
        const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#root, path), node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.O_WRONLY | node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.O_TRUNC);
        try {
            await file.writeFile(raw);
        }
        finally {
            await file.close();
        }
    }
    /** What the files hold that these paths mean; one `*` stands for a number in a name. */
    async contents(patterns) {
        const paths = (await Promise.all(patterns.map((one) => this.#matches(one)))).flat();
        const read = async (path) => [path, await this.read(path)];
        const found = await Promise.all(paths.map(read));
        return new Map(found.flatMap(([path, raw]) => (raw === null ? [] : [[path, raw]])));
    }
    /** Names of the files and folders in one folder; none where there is no such folder. */
    async list(path) {
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.#root, path)).catch(() => []);
    }
    async #matches(pattern) {
        const parts = pattern.split("/");
        const at = parts.findIndex((part) => part.includes("*"));
        if (at < 0)
            return [pattern];
        const [before = "", after = ""] = (parts[at] ?? "").split("*");
        return (await this.list(parts.slice(0, at).join("/")))
            .filter((name) => name.startsWith(before) && name.endsWith(after))
            .filter((name) => /^\d+$/.test(name.slice(before.length, name.length - after.length)))
            .map((name) => [...parts.slice(0, at), name, ...parts.slice(at + 1)].join("/"));
    }
}


/***/ }),

/***/ 2650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v0: () => (/* binding */ verify_cpusOf),
  lG: () => (/* binding */ filesToRead),
  f5: () => (/* binding */ settingsOf),
  MX: () => (/* binding */ verify)
});

// EXTERNAL MODULE: ./lib/host-tune/cpu-set.js
var cpu_set = __webpack_require__(5403);
;// CONCATENATED MODULE: ./lib/host-tune/boot.js

/** Looked up on the kernel's command line: only whoever boots the machine can change these. */
function bootFindings(parameters, commandLine, cpus) {
    const words = commandLine.trim().split(/\s+/);
    const wanted = cpus?.exclusive ? (0,cpu_set/* formatCpuList */.mK)(cpus.engine) : null;
    return parameters.map((parameter) => {
        const { name } = parameter;
        // As the kernel does: the last one counts.
        const word = words.findLast((one) => one === name || one.startsWith(`${name}=`));
        const found = word === undefined ? null : word.slice(name.length + 1);
        return { ...parameter, wanted, found, state: stateOf(found, wanted) };
    });
}
function stateOf(found, wanted) {
    if (found === null)
        return "missing";
    return wanted === null || cpusOf(found) === wanted ? "as-wanted" : "differs";
}
/** `isolcpus=managed_irq,domain,2-7`: words first, then the list. */
function cpusOf(value) {
    const list = (0,cpu_set/* parseCpuList */.Sx)(value.replace(/^(?:[a-z_]+,)*/, ""));
    return list ? (0,cpu_set/* formatCpuList */.mK)(list) : value;
}

// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/host-tune/contents.js
var host_tune_contents = __webpack_require__(3091);
;// CONCATENATED MODULE: ./lib/host-tune/cpus.js



const STATUS = "proc/self/status";
const ISOLATED = "sys/devices/system/cpu/isolated";
const NODES = "sys/devices/system/node/node*/cpulist";
/** Files that `cpuFactsOf` looks into. */
const CPU_FILES = [STATUS, ISOLATED, NODES];
/** Null when the kernel does not say which CPUs may be used. */
function cpuFactsOf(contents) {
    const status = contents.get(STATUS) ?? "";
    const allowed = (0,cpu_set/* parseCpuList */.Sx)(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "");
    if (!allowed || allowed.length === 0)
        return null;
    const nodes = new Map();
    for (const path of (0,host_tune_contents/* matchesOf */.t)(NODES, contents)) {
        const node = Number(/node(\d+)\/cpulist$/.exec(path)?.[1]);
        nodes.set(node, (0,cpu_set/* parseCpuList */.Sx)(contents.get(path) ?? "") ?? []);
    }
    return { allowed, isolated: (0,cpu_set/* parseCpuList */.Sx)(contents.get(ISOLATED) ?? "") ?? [], nodes };
}
/** Below this many there is nothing to divide. */
const MIN_TO_DIVIDE = 3;
const HOUSEKEEPING_SHARE = 8;
/**
 * Divides the CPUs. What the kernel was booted to leave alone is the engine's. Where it was not, one in eight of the
 * allowed, and at least one, keeps house, and the engine's come from one memory node if that is not less than half of
 * what it could have, since memory of another node is far away.
 */
function planCpus({ allowed, isolated, nodes }) {
    const others = allowed.filter((cpu) => !isolated.includes(cpu));
    if (isolated.length > 0 && others.length > 0)
        return withNode({ housekeeping: others, engine: [...isolated], exclusive: true }, nodes);
    if (allowed.length < MIN_TO_DIVIDE)
        return withNode({ housekeeping: [...allowed], engine: [...allowed], exclusive: false }, nodes);
    const count = Math.max(1, Math.floor(allowed.length / HOUSEKEEPING_SHARE));
    const housekeeping = allowed.slice(0, count);
    const free = allowed.slice(count);
    const near = [...nodes.values()]
        .map((node) => free.filter((cpu) => node.includes(cpu)))
        .reduce((best, one) => (one.length > best.length ? one : best), []);
    const engine = near.length * 2 >= free.length ? near : [...free];
    return withNode({ housekeeping, engine, exclusive: true }, nodes);
}
/** The engine on the CPUs that somebody chose; all others keep house. */
function planChosen(engine, { allowed, isolated, nodes }) {
    const all = [...new Set([...allowed, ...isolated])].sort((a, b) => a - b);
    const absent = engine.filter((cpu) => !all.includes(cpu));
    if (absent.length > 0)
        throw new error/* SluiceError */.a("invalid-input", `the engine's CPUs: given ${(0,cpu_set/* formatCpuList */.mK)(engine)}; accepted: some of ${(0,cpu_set/* formatCpuList */.mK)(all)}, which are there and may be used`);
    const housekeeping = all.filter((cpu) => !engine.includes(cpu));
    const exclusive = housekeeping.length > 0;
    return withNode({ housekeeping: exclusive ? housekeeping : all, engine: [...engine], exclusive }, nodes);
}
function withNode(plan, nodes) {
    const home = [...nodes].find(([, cpus]) => plan.engine.every((cpu) => cpus.includes(cpu)));
    return { ...plan, node: home?.[0] ?? null };
}

// EXTERNAL MODULE: ./lib/host-tune/profile.js
var profile = __webpack_require__(9241);
;// CONCATENATED MODULE: ./lib/host-tune/dividing.js


/** The word that stands for the CPUs where a page tells of settings before anybody knows the machine. */
const HOUSEKEEPING = "housekeeping CPUs";
/** What keeps everything but the engine on the CPUs that keep house. */
function dividing(housekeeping) {
    return [
        {
            key: "irq-affinity",
            path: "proc/irq/*/smp_affinity_list",
            value: housekeeping,
            reason: "a device that interrupts the engine's CPU stops the thread that everybody waits for",
            form: "within",
            mayBeKept: true,
        },
        {
            key: "irq-affinity-default",
            path: "proc/irq/default_smp_affinity",
            value: housekeeping,
            reason: "the same for devices that come later",
            form: "cpu-mask",
        },
        {
            key: "workqueue-cpus",
            path: "sys/devices/virtual/workqueue/cpumask",
            value: housekeeping,
            reason: "work that the kernel puts off is done there, unless it belongs to one CPU",
            form: "cpu-mask",
        },
        (0,profile/* sysctl */.nK)("kernel.watchdog_cpumask", housekeeping, "a CPU that is given away is not woken to see whether it still lives", { form: "cpu-list" }),
    ];
}
/** None where the engine shares its CPUs with everything else. */
function settingsOfDivision({ housekeeping, exclusive }) {
    return exclusive ? dividing((0,cpu_set/* formatCpuList */.mK)(housekeeping)) : [];
}

// EXTERNAL MODULE: ./lib/host-tune/plan.js
var plan = __webpack_require__(1821);
// EXTERNAL MODULE: ./lib/host-tune/profiles.js
var profiles = __webpack_require__(6892);
;// CONCATENATED MODULE: ./lib/host-tune/verify.js





const COMMAND_LINE = "proc/cmdline";
/** Files of a host that `verify` needs, below its root; one `*` in a path stands for a number. */
function filesToRead(profile, overrides = []) {
    const { settings, divides } = profiles/* PROFILES */.j[profile];
    const all = [...settings, ...(divides ? dividing("") : []), ...overrides];
    const displaced = all.flatMap(({ displaces }) => displaces ?? []);
    const paths = [...all.map(({ path }) => path), ...displaced, ...CPU_FILES, COMMAND_LINE];
    return [...new Set(paths)];
}
/** Whether a host is as its profile says: pure, from what the files of `filesToRead` held. */
function verify(profile, contents, options = {}) {
    const cpus = verify_cpusOf(contents, options.engineCpus);
    const settings = (0,plan/* plan */.et)(settingsOf(profile, cpus, options.overrides), contents, options.kept);
    return {
        settings,
        drift: settings.filter(({ state }) => state === "differs"),
        missing: settings.filter(({ state }) => state === "missing").map(({ key }) => key),
        boot: bootFindings(profiles/* PROFILES */.j[profile].boot, contents.get(COMMAND_LINE) ?? "", cpus),
        cpus,
    };
}
/** All that is to be set on a host with these CPUs. */
function settingsOf(profile, cpus, overrides = []) {
    const { settings, divides } = profiles/* PROFILES */.j[profile];
    const all = [...settings, ...(divides && cpus ? settingsOfDivision(cpus) : [])];
    const own = new Set(overrides.map(({ path }) => path));
    return [...all.filter(({ path }) => !own.has(path)), ...overrides];
}
/** Which CPUs do what on a host that shows these files. */
function verify_cpusOf(contents, engineCpus) {
    const facts = cpuFactsOf(contents);
    if (!facts)
        return null;
    return engineCpus && engineCpus.length > 0 ? planChosen(engineCpus, facts) : planCpus(facts);
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
    return state.stable ? (0,_units_slot_js__WEBPACK_IMPORTED_MODULE_1__/* .otherSlot */ .jx)(state.stable.slot) : "blue";
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
  p: () => (/* binding */ withLease),
  a: () => (/* binding */ withoutWords)
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
    let { without = [] } = lease;
    const onRenewed = (renewed) => {
        without = renewed.without ?? [];
    };
    const lost = new AbortController();
    const done = new AbortController();
    const renewing = renewUntil(done.signal, { target, lease, leaseMs, clock, onRenewed }).catch((error) => lost.abort(error));
    return {
        token: lease.token,
        get without() {
            return without;
        },
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
async function renewUntil(done, { target, lease, leaseMs, clock, onRenewed }) {
    const everyMs = leaseMs / RENEWALS_PER_LEASE;
    let askedAtMs = clock.nowMs();
    let goodUntilMs = askedAtMs + leaseMs;
    for (;;) {
        // One that was answered late does not put off the next, nor does a clock that was put back meanwhile.
        const leftMs = askedAtMs + everyMs - clock.nowMs();
        await clock.sleep(Math.min(everyMs, Math.max(0, leftMs)), done);
        if (done.aborted)
            return;
        askedAtMs = clock.nowMs();
        try {
            onRenewed(await target.renew(lease.token, leaseMs));
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

/** Of machines that are left as they are until they are back; empty when all are there. */
function withoutWords(names) {
    return names.length === 0 ? "" : `without ${names.join(", ")}, which could not be reached`;
}
/**
 * Works under the target's lease and gives it back afterwards. When `work` fails while the candidate still has
 * traffic, the lease is left to run out instead, so that the target takes the traffic back.
 */
async function withLease(options, work) {
    const { target, holder, leaseMs, clock } = options;
    const lease = await holdLease(target, holder, leaseMs, clock);
    if (lease.without.length > 0)
        options.warn?.(`going on ${withoutWords(lease.without)}: nothing is stopped that an edge among them may still send requests to`);
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
            const { HostsTarget } = await Promise.all(/* import() */[__webpack_require__.e(419), __webpack_require__.e(735), __webpack_require__.e(287)]).then(__webpack_require__.bind(__webpack_require__, 1287));
            return new HostsTarget(environment, environment.target);
        }
    }
}


/***/ })

};
