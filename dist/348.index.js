export const id = 348;
export const ids = [348];
export const modules = {

/***/ 1348:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cosignSign: () => (/* binding */ cosignSign)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/evidence/record.js
var record = __webpack_require__(6071);
// EXTERNAL MODULE: ./lib/evidence/statement.js
var evidence_statement = __webpack_require__(7509);
;// CONCATENATED MODULE: ./lib/signing/attestation.js





/** What is said about an artifact besides that it is signed. */
const ATTESTATION_KINDS = (/* unused pure expression or super */ null && (["sbom", "provenance", "scan", "load", "predicate"]));
/** What a bare predicate of each kind is, where its content does not say. */
const TYPE_OF_KIND = {
    provenance: evidence_statement/* PREDICATE */.W3.provenance,
    scan: evidence_statement/* PREDICATE */.W3.scan,
    load: evidence_statement/* PREDICATE */.W3.load,
};
const AnyObject = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J());
/**
 * What `value` says: a statement, a gate's output that carries one, or a bare predicate. `source` is what messages
 * call it; `type` is for `predicate`, which has none of its own.
 */
function claimOf(kind, value, source, type = "") {
    const statement = statementIn(value);
    if (statement !== undefined)
        return { kind, statement };
    const predicate = AnyObject.safeParse(value);
    if (!predicate.success || record/* Gate */.iD.safeParse(value).success) {
        throw new lib_error/* SluiceError */.a("invalid-input", `${kind}: ${source} holds no predicate and no statement`, {
            hint: "give a JSON object: an in-toto statement, a gate output with one, or the predicate itself",
        });
    }
    const predicateType = kind === "sbom" ? sbomType(predicate.data, source) : typeOf(kind, type);
    return { kind, predicateType, predicate: predicate.data };
}
function typeOf(kind, given) {
    return kind === "predicate" ? given : TYPE_OF_KIND[kind];
}
function statementIn(value) {
    const gate = record/* Gate */.iD.safeParse(value);
    const found = gate.success ? gate.data.statement : value;
    const statement = evidence_statement/* Statement */.WZ.safeParse(found);
    return statement.success ? statement.data : undefined;
}
/** The two forms that are in use, by the mark that each of them carries. */
function sbomType(sbom, source) {
    if (sbom.bomFormat === "CycloneDX")
        return "https://cyclonedx.org/bom";
    if (typeof sbom.spdxVersion === "string")
        return "https://spdx.dev/Document";
    throw new lib_error/* SluiceError */.a("invalid-input", `sbom-path: ${source} is no SBOM`, {
        hint: "accepted is JSON in the form of CycloneDX (bomFormat) or SPDX (spdxVersion)",
    });
}
/**
 * The claims that are about `subject`. A bare predicate is about whatever it is given with; a statement only about
 * the bytes that it names.
 */
function attestationsOf(claims, subject) {
    return claims.flatMap((claim) => {
        const { kind } = claim;
        if ("statement" in claim) {
            return (0,evidence_statement/* subjectsOf */.Z6)(claim.statement).includes(subject.digest) ? [{ ...claim }] : [];
        }
        const { predicateType, predicate } = claim;
        const named = { name: (0,external_node_path_.basename)(subject.name), digest: subject.digest };
        return [{ kind, statement: (0,evidence_statement/* statementOf */.T8)({ predicateType, subject: named, predicate }) }];
    });
}
/** Throws `digest-mismatch` when a statement is about none of the artifacts: it judged other bytes. */
function mustConcern(claims, digests) {
    for (const claim of claims) {
        if (!("statement" in claim))
            continue;
        const about = (0,evidence_statement/* subjectsOf */.Z6)(claim.statement);
        if (about.some((digest) => digests.includes(digest)))
            continue;
        throw new lib_error/* SluiceError */.a("digest-mismatch", `${claim.kind}: its statement is about ${about.join(", ")}, but signed is ${digests.join(", ")}`, { hint: "attest what was found out about these very bytes; nothing was signed" });
    }
}

// EXTERNAL MODULE: ./lib/signing/policy.js
var signing_policy = __webpack_require__(2296);
// EXTERNAL MODULE: ./lib/signing/cosign.js
var signing_cosign = __webpack_require__(305);
// EXTERNAL MODULE: ./lib/signing/failure.js + 1 modules
var failure = __webpack_require__(1615);
;// CONCATENATED MODULE: ./lib/signing/id-token.js


const Claims = schemas/* object */.Ikc({
    iss: schemas/* url */.OZ5(),
    sub: schemas/* string */.YjP().min(1),
    email: schemas/* string */.YjP().optional(),
    /** GitHub's: the workflow file that runs, a reusable one where it is one, with its ref. */
    job_workflow_ref: schemas/* string */.YjP().optional(),
});
const REQUEST_MS = 30_000;
/** Asks the runner for a token for Sigstore. Throws `invalid-input` where the job has no such right. */
async function requestIdToken(env, signal) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
    if (env.SIGSTORE_ID_TOKEN)
        return readIdToken(env.SIGSTORE_ID_TOKEN, env);
    if (!url || !bearer) {
        throw new lib_error/* SluiceError */.a("invalid-input", "there is no key, and this job has no identity to sign with", {
            hint: "give the job `permissions: id-token: write`, or give `key: env://NAME`",
        });
    }
    const asked = new URL(url);
    asked.searchParams.set("audience", "sigstore");
    return readIdToken(await ask(asked, bearer, signal), env);
}
async function ask(url, bearer, signal) {
    const limit = AbortSignal.timeout(REQUEST_MS);
    try {
        const response = await fetch(url, {
            headers: { authorization: `Bearer ${bearer}`, accept: "application/json" },
            signal: signal ? AbortSignal.any([signal, limit]) : limit,
        });
        if (!response.ok)
            throw new Error(`it answered ${response.status}`);
        return schemas/* object */.Ikc({ value: schemas/* string */.YjP() }).parse(await response.json()).value;
    }
    catch (cause) {
        signal?.throwIfAborted();
        throw new lib_error/* SluiceError */.a("transparency-log-unavailable", `nothing was signed: the OIDC issuer at ${url.host} gives no token`, { hint: "run the job again; nothing was signed", cause });
    }
}
/** Not checked here: the certificate authority does, and the certificate is checked afterwards. */
function readIdToken(token, env) {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const claims = Claims.safeParse(parseJson(payload));
    // Its text is not shown, nor is anything of it: who has it is this job.
    if (!claims.success)
        throw new lib_error/* SluiceError */.a("signing-failed", "the OIDC token cannot be read");
    const { iss, sub, email, job_workflow_ref: workflow } = claims.data;
    const server = env.GITHUB_SERVER_URL || "https://github.com";
    const identity = workflow === undefined ? (email ?? sub) : `${server}/${workflow}`;
    return { token, identity, issuer: iss };
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/signing/public-key.js
var public_key = __webpack_require__(1605);
// EXTERNAL MODULE: ./lib/signing/variable.js
var signing_variable = __webpack_require__(8642);
;// CONCATENATED MODULE: ./lib/signing/signer.js






const KEY_VARIABLE = "SLUICE_SIGNING_KEY";
/** The signer that `settings` describe; finds out at once whether it can sign, before anything is made. */
async function openSigner(settings, shop) {
    const { signingConfig, trustedRoot } = settings;
    const services = [
        ...(signingConfig === undefined ? [] : ["--signing-config", signingConfig]),
        ...(trustedRoot === undefined ? [] : ["--trusted-root", trustedRoot]),
    ];
    const trust = trustedRoot === undefined ? {} : { trustedRoot };
    return settings.key === undefined
        ? identitySigner(settings, services, trust, shop)
        : keySigner(settings.key, settings.transparencyLog, services, trust, shop);
}
async function keySigner(reference, transparencyLog, services, trust, shop) {
    const env = secretsOf(reference, shop.env);
    const cosign = await (0,signing_cosign/* openCosign */.i)(shop);
    const asked = await cosign(["public-key", "--key", `env://${KEY_VARIABLE}`], env);
    if (asked.code !== 0) {
        throw new lib_error/* SluiceError */.a("invalid-input", `the signing key in ${reference} cannot be opened`, {
            hint: "it must be a key that `cosign generate-key-pair` made, with its password in COSIGN_PASSWORD",
            cause: new Error((0,failure/* cosignSaid */.$)(asked)),
        });
    }
    const key = (0,public_key/* publicKeyOf */.k)(asked.stdout, `the public half of ${reference}`);
    // The second flag alone is an error: the public Sigstore's configuration names a log.
    const log = transparencyLog ? services : ["--use-signing-config=false", "--tlog-upload=false"];
    return {
        policy: { by: "key", key, transparencyLog, ...trust },
        args: ["--key", `env://${KEY_VARIABLE}`, ...log],
        env: async () => env,
        cosign,
    };
}
/** The key and its password, for cosign alone. An absent password is an empty one: nobody is there to be asked. */
function secretsOf(reference, env) {
    const variable = (0,signing_variable/* variableOf */.Q)(reference);
    // What was given is not repeated: it may be the key itself.
    if (variable === undefined) {
        throw new lib_error/* SluiceError */.a("invalid-input", `key: accepted is ${signing_variable/* VARIABLE_REFERENCE */.L}`, {
            hint: "keep the key in a secret and hand it over in the step's env; a key in a file or an input ends up in caches and logs",
        });
    }
    const key = env[variable];
    if (!key) {
        throw new lib_error/* SluiceError */.a("invalid-input", `key: the variable ${variable} is empty`, {
            hint: `set it in the step's env: ${variable}: \${{ secrets.${variable} }}`,
        });
    }
    return { [KEY_VARIABLE]: key, COSIGN_PASSWORD: env.COSIGN_PASSWORD ?? "" };
}
async function identitySigner(settings, services, trust, shop) {
    if (!settings.transparencyLog) {
        throw new lib_error/* SluiceError */.a("invalid-input", "transparency-log: false is for keys only", {
            hint: "a certificate lives ten minutes, and only the log proves when it was used; give a key, or leave the log on",
        });
    }
    const first = await requestIdToken(shop.env, shop.signal);
    mustBe(first, settings);
    return {
        policy: {
            by: "identity",
            identity: { exactly: first.identity },
            issuer: first.issuer,
            ...trust,
        },
        args: services,
        // A token lives minutes and a certificate is asked for with each signature: a fresh one each time.
        env: async () => ({
            SIGSTORE_ID_TOKEN: (await requestIdToken(shop.env, shop.signal)).token,
        }),
        cosign: await (0,signing_cosign/* openCosign */.i)(shop),
    };
}
/** A signature by somebody else than those who check expect would be found out too late. */
function mustBe(token, { identity, issuer }) {
    for (const [what, wanted, is] of [
        ["identity", identity, token.identity],
        ["issuer", issuer, token.issuer],
    ]) {
        if (wanted === undefined || wanted === is)
            continue;
        throw new lib_error/* SluiceError */.a("refused", `${what}: this job is ${is}, not ${wanted}`, {
            hint: `sign in the workflow that is ${wanted}, or let those who check expect ${is}; nothing was signed`,
        });
    }
}

// EXTERNAL MODULE: ./lib/tools/shop.js + 1 modules
var tools_shop = __webpack_require__(4490);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/evidence/provenance.js
var provenance = __webpack_require__(5529);
// EXTERNAL MODULE: ./lib/evidence/digest.js
var evidence_digest = __webpack_require__(5874);
// EXTERNAL MODULE: ./lib/units/digest.js
var units_digest = __webpack_require__(9242);
;// CONCATENATED MODULE: ./lib/signing/reference.js


const NAME = /^(?<registry>[a-z0-9.-]+\.[a-z0-9.-]+(:\d+)?|localhost(:\d+)?|[a-z0-9-]+:\d+)\/(?<path>[a-z0-9]+([._/-]+[a-z0-9]+)*)$/i;
const NAME_ACCEPTED = "an image's full name, without a tag: ghcr.io/owner/app";
/**
 * The image that `subject` names, with the digest in it or beside it. A tag is refused: it may point to another
 * image between the moment it is read and the moment it is signed.
 */
function imageReference(subject, digest) {
    const [named = "", inName, ...more] = subject.trim().split("@");
    const tag = /^(?<name>.+\/[^:/]+):(?<tag>[^/]+)$/.exec(named)?.groups;
    if (tag)
        throw signByDigest(subject, tag.name ?? named, digest);
    const own = inName === undefined ? undefined : (0,units_digest/* parseDigest */.m)(inName);
    const isWrong = more.length > 0 || (inName !== undefined && own === undefined);
    if (isWrong || !NAME.test(named)) {
        throw new lib_error/* SluiceError */.a("invalid-input", `subject-name: given ${subject}; accepted: ${NAME_ACCEPTED}`, {
            hint: "give the registry too, and the digest in subject-digest",
        });
    }
    const meant = own ?? digest;
    if (meant === undefined)
        throw signByDigest(subject, named, undefined);
    if (own !== undefined && digest !== undefined && own !== digest) {
        const message = `subject-name says ${own}, subject-digest says ${digest}`;
        throw new lib_error/* SluiceError */.a("invalid-input", message, { hint: "give one of them" });
    }
    return { name: named, digest: meant };
}
/** `ghcr.io/owner/app@sha256:…` */
function referenceText({ name, digest }) {
    return `${name}@${digest}`;
}
function signByDigest(subject, name, digest) {
    return new lib_error/* SluiceError */.a("invalid-input", `subject-name: ${subject} is no digest`, {
        hint: `a tag can be moved to another image, so only digests are signed: subject-name: ${name} with subject-digest: ${digest ?? "the digest output of the step that pushed it"}`,
    });
}

;// CONCATENATED MODULE: ./actions/cosign-sign/subject.js






/** More is a mistake in a glob. */
const MAX_SUBJECTS = 100;
/** What the inputs name, in the order in which they name it. */
async function subjectsOf(inputs, env) {
    const { "subject-path": paths, "subject-name": names, "subject-digest": digest } = inputs;
    if (names !== undefined)
        return names.map((name) => imageSubject(name, digest));
    if (paths === undefined)
        return Promise.all(candidateSubjects(inputs.candidate, env));
    const files = await filesOf(paths, (0,action/* workspaceFolder */.ih)(env));
    if (digest !== undefined && files.length > 1) {
        const message = `subject-digest: one digest is given, and ${files.length} files`;
        throw new lib_error/* SluiceError */.a("invalid-input", message, { hint: "name the one file that it is of" });
    }
    return Promise.all(files.map((name) => fileSubject(name, env, digest)));
}
function candidateSubjects(candidate, env) {
    return (candidate?.artifacts ?? []).map(async ({ kind, uri, digest }) => kind === "image" ? imageSubject(uri, digest) : fileSubject(uri, env, digest));
}
function imageSubject(name, digest) {
    const image = imageReference(name, digest);
    return { kind: "image", name: image.name, image, digest: image.digest };
}
async function fileSubject(name, env, digest) {
    const path = insideWorkspace(name, env);
    if (digest !== undefined)
        await (0,evidence_digest/* mustHaveDigest */.y)(path, digest);
    return { kind: "file", name, path, digest: await (0,evidence_digest/* digestOfFile */.M)(path) };
}
/** The file's real place; a symlink must not lead a signature out of the workspace. */
function insideWorkspace(path, env) {
    const read = action/* pathKind */.gl.parse((0,external_node_path_.join)((0,action/* workspaceFolder */.ih)(env), path));
    if ("value" in read)
        return read.value;
    throw new lib_error/* SluiceError */.a("invalid-input", `${path}: ${read.problem ?? "no path"}`);
}
async function filesOf(patterns, workspace) {
    const excluded = patterns.filter((one) => one.startsWith("!")).map((one) => one.slice(1));
    const included = patterns.filter((one) => !one.startsWith("!"));
    // What a signature is written to is none of what is signed, or a second call would sign the first one's.
    const exclude = ["**/*.sigstore.json", ...excluded.map((one) => within(workspace, one))];
    const found = new Set();
    for (const pattern of included) {
        const before = found.size;
        for await (const path of (0,promises_.glob)(within(workspace, pattern), { cwd: workspace, exclude })) {
            if ((await (0,promises_.stat)((0,external_node_path_.resolve)(workspace, path))).isFile())
                found.add(path.split(external_node_path_.sep).join("/"));
            if (found.size > MAX_SUBJECTS)
                throw tooMany();
        }
        if (found.size === before)
            throw nothingAt(pattern);
    }
    return [...found].sort();
}
function within(workspace, pattern) {
    return (0,external_node_path_.isAbsolute)(pattern) ? (0,external_node_path_.relative)(workspace, pattern) : pattern;
}
function nothingAt(pattern) {
    return new lib_error/* SluiceError */.a("invalid-input", `subject-path: no file more is at ${pattern}`, {
        hint: "write it relative to the workspace, and see that an earlier step makes it; of a folder, write folder/*",
    });
}
function tooMany() {
    return new lib_error/* SluiceError */.a("invalid-input", `subject-path: more than ${MAX_SUBJECTS} files`, {
        hint: "pack them into one archive, or name the ones that are released",
    });
}

;// CONCATENATED MODULE: ./actions/cosign-sign/claim.js





/** An SBOM of a large image; what is larger is something else. */
const MAX_CLAIM_BYTES = 16 * 1024 * 1024;
/** Everything that is to be attested. */
async function claimsOf(inputs, env) {
    const { candidate, "sbom-path": sbom, "predicate-path": predicate } = inputs;
    const claims = [];
    if (sbom !== undefined)
        claims.push(claimOf("sbom", await readJson("sbom-path", sbom), sbom));
    if (inputs.provenance !== undefined) {
        claims.push(await claimFrom("provenance", inputs.provenance, env));
    }
    else if (candidate !== undefined) {
        claims.push({ kind: "provenance", statement: (0,provenance/* provenanceOf */.J)(candidate, env) });
    }
    for (const kind of ["scan", "load"]) {
        const given = inputs[kind];
        if (given !== undefined)
            claims.push(await claimFrom(kind, given, env));
    }
    if (predicate !== undefined) {
        const value = await readJson("predicate-path", predicate);
        claims.push(claimOf("predicate", value, predicate, inputs["predicate-type"]));
    }
    return claims;
}
/** JSON as it is, or the path of a file with it. */
async function claimFrom(kind, given, env) {
    const text = given.trim();
    if (text.startsWith("{"))
        return claimOf(kind, parse(kind, text, "the JSON"), "the JSON");
    return claimOf(kind, await readJson(kind, insideWorkspace(text, env)), text);
}
async function readJson(input, path) {
    try {
        const { size } = await (0,promises_.stat)(path);
        if (size > MAX_CLAIM_BYTES)
            throw new RangeError(`it has ${size} bytes`);
        return parse(input, await (0,promises_.readFile)(path, "utf8"), path);
    }
    catch (cause) {
        if (cause instanceof lib_error/* SluiceError */.a)
            throw cause;
        throw new lib_error/* SluiceError */.a("invalid-input", `${input}: cannot read ${path}`, {
            hint: "give the path of a JSON file in the workspace",
            cause,
        });
    }
}
function parse(input, text, source) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        throw new lib_error/* SluiceError */.a("invalid-input", `${input}: ${source} is no JSON`, { cause });
    }
}

;// CONCATENATED MODULE: ./actions/cosign-sign/gate.js


/** What was signed by whom, in one sentence and as a statement about the signed bytes. */
function gateOf(done, policy) {
    const [first] = done;
    const what = first !== undefined && done.length === 1
        ? `${first.subject.name} (${first.subject.digest})`
        : `${done.length} artifacts`;
    const before = done.filter(({ alreadySigned }) => alreadySigned).length;
    const already = before === 0 ? "" : before === done.length ? " already" : ` (${before} already)`;
    return {
        name: "cosign-sign",
        outcome: "passed",
        reason: `${what} signed${already} by ${(0,signing_policy/* describePolicy */.wy)(policy)}; checked as others will check it`,
        statement: statementOn(done, policy),
    };
}
function statementOn(done, policy) {
    return {
        _type: evidence_statement/* STATEMENT_TYPE */.zG,
        subject: done.map(({ subject }) => ({
            name: subject.name,
            digest: { sha256: subject.digest.slice("sha256:".length) },
        })),
        predicateType: evidence_statement/* PREDICATE */.W3.signature,
        predicate: {
            outcome: "passed",
            mode: policy.by,
            by: (0,signing_policy/* signerOf */.Kv)(policy),
            ...(policy.by === "identity" ? { issuer: policy.issuer } : {}),
            transparencyLog: done.every(({ logged }) => logged),
            signatures: done.map(({ subject, alreadySigned, bundleDigest, attested }) => ({
                name: subject.name,
                alreadySigned,
                bundleDigest,
                attestations: attested.map(({ kind, predicateType, bundleDigest: digest }) => ({
                    kind,
                    predicateType,
                    bundleDigest: digest,
                })),
            })),
        },
    };
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/evidence/canonical.js
var canonical = __webpack_require__(9466);
// EXTERNAL MODULE: ./lib/signing/bundle.js
var signing_bundle = __webpack_require__(2434);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/signing/patience.js


const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Tries again, at growing distances, as long as it is an outage and patience lasts; then throws the last error. */
async function patiently(attempt, { patienceMs, say, signal }) {
    let endsAt;
    for (let pauseMs = FIRST_PAUSE_MS;; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
        try {
            return await attempt();
        }
        catch (error) {
            if (!isOutage(error))
                throw error;
            endsAt ??= performance.now() + patienceMs;
            if (performance.now() + pauseMs > endsAt)
                throw error;
            say(`${error.message}; trying again in ${pauseMs / 1_000} s`);
            await pause(pauseMs, signal);
        }
    }
}
/** Whether nobody could tell, which is neither yes nor no. */
function isOutage(error) {
    return error instanceof lib_error/* SluiceError */.a && error.code === "transparency-log-unavailable";
}
/** A cancelled job ends with the reason of its cancelling. */
async function pause(ms, signal) {
    try {
        await (0,external_node_timers_promises_.setTimeout)(ms, undefined, { signal });
    }
    catch (error) {
        signal?.throwIfAborted();
        throw error;
    }
}

// EXTERNAL MODULE: ./lib/signing/verify.js
var verify = __webpack_require__(5399);
;// CONCATENATED MODULE: ./lib/signing/sign.js





/** Long enough for a log that is being restarted, short enough for somebody who waits for a release. */
const DEFAULT_PATIENCE_MS = 120_000;
/**
 * Signs `file` and writes the bundle. A good signature by the same signer that is already there is taken as it
 * is; whatever else is at that path is replaced, and only by a bundle that was checked.
 */
async function signFile(file, { signer, bundle, shop, patienceMs = DEFAULT_PATIENCE_MS }) {
    const there = await existing(file, bundle, signer, shop);
    if (there !== undefined)
        return { ...there, bundle, alreadySigned: true };
    const partial = `${bundle}.${process.pid}.partial`;
    try {
        await patiently(() => signOnce(file, partial, signer), { patienceMs, ...shop });
        const verified = await patiently(() => (0,verify/* verifyFile */.A)(file, partial, signer.policy, { shop }), {
            patienceMs,
            ...shop,
        });
        await (0,promises_.rename)(partial, bundle);
        return { ...verified, bundle, alreadySigned: false };
    }
    finally {
        await (0,promises_.rm)(partial, { force: true });
    }
}
async function existing(file, bundle, { policy }, shop) {
    try {
        return await (0,verify/* verifyFile */.A)(file, bundle, policy, { shop });
    }
    catch (error) {
        if (!(error instanceof lib_error/* SluiceError */.a))
            throw error;
        if (error.code === "signature-invalid")
            shop.say(`${bundle} is replaced: ${error.message}`);
        else if (error.code !== "unsigned")
            throw error;
        return undefined;
    }
}
async function signOnce(file, bundle, signer) {
    const { args, cosign } = signer;
    const ended = await cosign(["sign-blob", "--yes", ...args, "--bundle", bundle, file], await signer.env());
    if (ended.code === 0)
        return;
    throw (0,failure/* failureOf */.g)(ended, {
        code: "signing-failed",
        message: `${file} was not signed`,
        hint: "nothing was written; see what cosign says",
        outage: {
            message: `${file} was not signed`,
            hint: `${file} is left behind without a signature: do not hand it on. Run the job again when the service answers: what is already signed is not signed twice. A job that never reaches it signs with a key and transparency-log: false`,
        },
    });
}

;// CONCATENATED MODULE: ./lib/signing/attest-file.js












/** Signs a statement about bytes and writes its bundle; checked as anybody else would before it is there. */
async function attestFile({ kind, statement }, settings) {
    const { bundle, digest, signer, shop, patienceMs = DEFAULT_PATIENCE_MS } = settings;
    const patience = { patienceMs, ...shop };
    const attested = async (alreadyAttested) => ({
        kind,
        predicateType: statement.predicateType,
        bundle,
        bundleDigest: await (0,evidence_digest/* digestOfFile */.M)(bundle),
        alreadyAttested,
    });
    if (await isThere(bundle, digest, statement, signer.policy, shop))
        return attested(true);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), "sluice-attest-"));
    const partial = `${bundle}.${process.pid}.partial`;
    try {
        const file = (0,external_node_path_.join)(folder, "statement.json");
        await (0,promises_.writeFile)(file, (0,canonical/* canonicalJson */.dj)(statement));
        await patiently(() => attestOnce(file, partial, kind, signer), patience);
        const { predicateType } = statement;
        await patiently(() => verifyAttestation(partial, digest, predicateType, signer.policy, { shop }), patience);
        await (0,promises_.rename)(partial, bundle);
    }
    finally {
        await (0,promises_.rm)(partial, { force: true });
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
    return attested(false);
}
async function attestOnce(statement, bundle, kind, { args, cosign, env }) {
    const ended = await cosign(["attest-blob", "--yes", ...args, "--statement", statement, "--bundle", bundle], await env());
    if (ended.code === 0)
        return;
    throw (0,failure/* failureOf */.g)(ended, {
        code: "signing-failed",
        message: `the ${kind} attestation was not signed`,
        hint: "nothing was written; see what cosign says",
        outage: {
            message: `the ${kind} attestation was not signed`,
            hint: "the artifact is signed, but not all that is known of it is: run the job again when the service answers",
        },
    });
}
/** Checks that the bundle is an attestation of `predicateType` about `digest`, signed as `policy` demands. */
async function verifyAttestation(bundle, digest, predicateType, policy, { shop }) {
    const cosign = await (0,signing_cosign/* openCosign */.i)(shop);
    const { args, env } = (0,signing_policy/* policyArgs */.W1)(policy);
    const about = ["--digest", digest.slice("sha256:".length), "--digestAlg", "sha256"];
    const what = ["--type", predicateType, "--bundle", bundle];
    const ended = await cosign(["verify-blob-attestation", ...args, ...about, ...what], env);
    if (ended.code === 0)
        return;
    throw (0,failure/* failureOf */.g)(ended, {
        code: "signature-invalid",
        message: `${bundle} is no ${predicateType} about ${digest} by ${(0,signing_policy/* describePolicy */.wy)(policy)}`,
        hint: "take the attestation from the release that made it",
        outage: {
            message: `the attestation ${bundle} could not be checked`,
            hint: "nothing was accepted; try again when it answers",
        },
    });
}
async function isThere(bundle, digest, statement, policy, shop) {
    try {
        const found = await (0,signing_bundle/* readStatement */.cO)(bundle, bundle);
        if ((0,canonical/* canonicalJson */.dj)(found) !== (0,canonical/* canonicalJson */.dj)(statement))
            return false;
        await verifyAttestation(bundle, digest, statement.predicateType, policy, { shop });
        return true;
    }
    catch (error) {
        if (error instanceof lib_error/* SluiceError */.a && SAYS_NO.has(error.code))
            return false;
        throw error;
    }
}
const SAYS_NO = new Set(["unsigned", "signature-invalid"]);

;// CONCATENATED MODULE: ./lib/signing/registry.js
/** From the most telling to the least; of cosign's message, whose wording is the registry's. */
const FAULTS = [
    [
        /\b409\b|immutable|already exists|cannot be overwritten/i,
        {
            code: "refused",
            hint: "this registry keeps signatures under the tag sha256-…, and does not let it be overwritten: exempt tags that begin with sha256- from immutability",
        },
    ],
    [
        /\b40[13]\b|unauthorized|denied|forbidden/i,
        {
            code: "refused",
            hint: "log in to the registry in an earlier step (docker/login-action) as somebody who may push there",
        },
    ],
    [
        /\b404\b|MANIFEST_UNKNOWN|NAME_UNKNOWN|not found/i,
        {
            code: "invalid-input",
            hint: "push the image first, and give the digest that the registry answered with",
        },
    ],
    [
        /connection (refused|reset)|no such host|i\/o timeout|deadline exceeded|\b50[0234]\b|\b429\b|EOF\b/i,
        { code: "target-unreachable", hint: "run the job again when the registry answers" },
    ],
];
/** What is wrong with the registry; undefined when it was not the registry that failed, or in no usual way. */
function registryFaultIn(stderr) {
    const line = stderr.split("\n").find((one) => one.startsWith("Error:") && one.includes("/v2/"));
    return line === undefined ? undefined : FAULTS.find(([pattern]) => pattern.test(line))?.[1];
}

;// CONCATENATED MODULE: ./lib/signing/attest-image.js












/** What `cosign verify-attestation` prints for each that it found good: an envelope on a line of its own. */
const Envelope = schemas/* object */.Ikc({ payload: schemas/* base64 */.K39() });
/** Attaches a statement to an image in its registry, once, and reads it back. */
async function attestImage(image, { kind, statement }, { signer, shop, patienceMs = DEFAULT_PATIENCE_MS }) {
    const reference = referenceText(image);
    const patience = { patienceMs, ...shop };
    const { predicateType } = statement;
    const attested = { kind, predicateType, bundle: undefined, bundleDigest: undefined };
    const isThere = async () => holds(await attest_image_ask(reference, predicateType, signer), statement);
    if (await isThere())
        return { ...attested, alreadyAttested: true };
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), "sluice-attest-"));
    try {
        // Of an image, cosign 3.1 takes only a predicate: the statement around it is its own.
        const file = (0,external_node_path_.join)(folder, "predicate.json");
        await (0,promises_.writeFile)(file, (0,canonical/* canonicalJson */.dj)(statement.predicate));
        await patiently(() => attest_image_attestOnce(reference, file, kind, predicateType, signer), patience);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
    const ended = await attest_image_ask(reference, predicateType, signer);
    if (holds(ended, statement))
        return { ...attested, alreadyAttested: false };
    const missing = `the ${kind} attestation of ${reference} is not there after it was attached`;
    throw (0,failure/* failureOf */.g)(ended, words(missing, (0,signing_policy/* describePolicy */.wy)(signer.policy), ended));
}
async function attest_image_attestOnce(reference, predicate, kind, predicateType, { args, cosign, env }) {
    const what = ["--type", predicateType, "--predicate", predicate];
    const ended = await cosign(["attest", "--yes", ...args, ...what, reference], await env());
    if (ended.code === 0)
        return;
    const message = `the ${kind} attestation of ${reference} was not attached`;
    throw (0,failure/* failureOf */.g)(ended, words(message, "see what cosign says", ended));
}
function attest_image_ask(reference, predicateType, { policy, cosign }) {
    const { args, env } = (0,signing_policy/* policyArgs */.W1)(policy);
    return cosign(["verify-attestation", ...args, "--type", predicateType, reference], env);
}
/** Whether one of those that are good says what `statement` says; its subject cosign has compared. */
function holds({ code, stdout }, { predicateType, predicate }) {
    if (code !== 0)
        return false;
    const wanted = (0,canonical/* canonicalJson */.dj)({ predicateType, predicate });
    return stdout.split("\n").some((line) => saidIn(line) === wanted);
}
const Said = evidence_statement/* Statement */.WZ.pick({ predicateType: true, predicate: true });
function saidIn(line) {
    try {
        const { payload } = Envelope.parse(JSON.parse(line));
        const text = Buffer.from(payload, "base64").toString("utf8");
        return (0,canonical/* canonicalJson */.dj)(Said.parse(JSON.parse(text)));
    }
    catch {
        return undefined;
    }
}
function words(message, hint, { stderr }) {
    const fault = registryFaultIn(stderr);
    const outageHint = "the image is signed, but not all that is known of it is: run the job again when the service answers";
    return {
        code: fault?.code ?? "signing-failed",
        message,
        hint: fault?.hint ?? hint,
        outage: { message, hint: outageHint },
    };
}

;// CONCATENATED MODULE: ./lib/signing/image.js










/** cosign's exit code for an image that carries nothing at all. */
const NOTHING_FOUND = 10;
/** What `cosign verify` tells of each thing it found good. */
const Found = schemas/* array */.YOg(schemas/* object */.Ikc({ critical: schemas/* object */.Ikc({ type: schemas/* string */.YjP() }) }));
/** An attestation by the same key is good for `cosign verify` too; these alone are signatures. */
const SIGNATURE_TYPES = new Set([
    "https://sigstore.dev/cosign/sign/v1",
    "cosign container image signature",
]);
/**
 * Checks that an image was signed as `policy` demands. Throws `unsigned`, `signature-invalid`, or that the
 * registry or the log could not be asked.
 */
async function verifyImage(image, policy, { shop }) {
    const reference = referenceText(image);
    const ended = await askRegistry(await (0,signing_cosign/* openCosign */.i)(shop), reference, policy);
    if (ended.code === 0 && holdsSignature(ended.stdout))
        return (0,verify/* verifiedBy */.s)(policy, image.digest);
    if (ended.code === 0 || ended.code === NOTHING_FOUND) {
        throw new lib_error/* SluiceError */.a("unsigned", `${reference} has no signature`, {
            hint: "sign it with the cosign-sign action; attestations are no signature",
        });
    }
    const fault = registryFaultIn(ended.stderr);
    throw (0,failure/* failureOf */.g)(ended, {
        code: fault?.code ?? "signature-invalid",
        message: fault
            ? `the signature of ${reference} could not be read`
            : `${reference} is not signed by ${(0,signing_policy/* describePolicy */.wy)(policy)}`,
        hint: fault?.hint ?? "take the image from the release that signed it",
        outage: {
            message: `the signature of ${reference} could not be checked`,
            hint: "nothing was accepted; try again when it answers",
        },
    });
}
function askRegistry(cosign, reference, policy) {
    const { args, env } = (0,signing_policy/* policyArgs */.W1)(policy);
    return cosign(["verify", ...args, "--output", "json", reference], env);
}
function holdsSignature(stdout) {
    try {
        const found = Found.parse(JSON.parse(stdout));
        return found.some(({ critical }) => SIGNATURE_TYPES.has(critical.type));
    }
    catch {
        return false;
    }
}
/** Signs an image where it is, once: a good signature by the same signer that is there already is enough. */
async function signImage(image, { signer, shop, patienceMs = DEFAULT_PATIENCE_MS }) {
    const reference = referenceText(image);
    const patience = { patienceMs, ...shop };
    const check = () => patiently(() => verifyImage(image, signer.policy, { shop }), patience);
    const there = await check().catch(unlessUnsigned);
    if (there !== undefined)
        return { ...there, reference, alreadySigned: true };
    const ended = await patiently(() => image_signOnce(reference, signer), patience);
    if (ended.code === 0)
        return { ...(await check()), reference, alreadySigned: false };
    // Two jobs may sign at once: whoever comes second is refused, and finds what it wanted.
    const meanwhile = await check().catch(unlessUnsigned);
    if (meanwhile !== undefined)
        return { ...meanwhile, reference, alreadySigned: true };
    throw notSigned(reference, ended);
}
function unlessUnsigned(error) {
    const isNo = error instanceof lib_error/* SluiceError */.a &&
        (error.code === "unsigned" || error.code === "signature-invalid");
    if (!isNo)
        throw error;
}
/** Throws only for an outage, which is worth another attempt. */
async function image_signOnce(reference, { args, cosign, env }) {
    const ended = await cosign(["sign", "--yes", ...args, reference], await env());
    if (ended.code === 0)
        return ended;
    const error = notSigned(reference, ended);
    if (error.code === "transparency-log-unavailable")
        throw error;
    return ended;
}
function notSigned(reference, ended) {
    const fault = registryFaultIn(ended.stderr);
    const leftBehind = `${reference} is left behind in the registry without a signature`;
    return (0,failure/* failureOf */.g)(ended, {
        code: fault?.code ?? "signing-failed",
        message: `${reference} was not signed`,
        hint: fault?.hint ?? `${leftBehind}; see what cosign says`,
        outage: {
            message: `${reference} was not signed`,
            hint: `${leftBehind}: do not deploy it. Run the job again when the service answers; what is already signed is not signed twice`,
        },
    });
}

;// CONCATENATED MODULE: ./lib/signing/image-apart.js










/** An image's signature is a statement with nothing in it but the image. */
const SIGNATURE_TYPE = "https://sigstore.dev/cosign/sign/v1";
/** Signs an image without writing to its registry: the signature is the bundle alone, and travels on its own. */
async function signImageApart(image, { bundle, signer, shop, patienceMs = DEFAULT_PATIENCE_MS }) {
    const check = (path) => verifyAttestation(path, image.digest, SIGNATURE_TYPE, signer.policy, { shop });
    const signed = async (alreadySigned) => ({
        ...(0,verify/* verifiedBy */.s)(signer.policy, image.digest),
        bundle,
        bundleDigest: await (0,evidence_digest/* digestOfFile */.M)(bundle),
        alreadySigned,
    });
    const isThere = await check(bundle).then(() => true, (error) => {
        if (error instanceof lib_error/* SluiceError */.a && error.code === "signature-invalid")
            return false;
        throw error;
    });
    if (isThere)
        return signed(true);
    const partial = `${bundle}.${process.pid}.partial`;
    try {
        await patiently(() => image_apart_signOnce(image, partial, signer), { patienceMs, ...shop });
        await patiently(() => check(partial), { patienceMs, ...shop });
        await (0,promises_.rename)(partial, bundle);
    }
    finally {
        await (0,promises_.rm)(partial, { force: true });
    }
    return signed(false);
}
async function image_apart_signOnce(image, bundle, { args, cosign, env }) {
    const reference = referenceText(image);
    const apart = ["--upload=false", "--bundle", bundle];
    const ended = await cosign(["sign", "--yes", ...args, ...apart, reference], await env());
    if (ended.code === 0)
        return;
    const fault = registryFaultIn(ended.stderr);
    throw (0,failure/* failureOf */.g)(ended, {
        code: fault?.code ?? "signing-failed",
        message: `${reference} was not signed`,
        hint: fault?.hint ?? "nothing was written; see what cosign says",
        outage: {
            message: `${reference} was not signed`,
            hint: "the image has no signature: do not deploy it. Run the job again when the service answers",
        },
    });
}

;// CONCATENATED MODULE: ./actions/cosign-sign/seal.js








/** Signs one subject, then says what is known of it: what is not signed is not to be spoken for. */
async function seal(subject, claims, settings) {
    if (subject.kind === "image" && settings.push)
        return sealInRegistry(subject, claims, settings);
    const beside = subject.kind === "file" ? subject.path : imageFile(subject, settings.workspace);
    const bundle = settings.bundle ?? (0,signing_bundle/* bundleBeside */.J9)(beside);
    const signed = subject.kind === "file"
        ? await signFile(subject.path, { ...settings, bundle })
        : await signImageApart(subject.image, { ...settings, bundle });
    const attested = [];
    for (const attestation of attestationsOf(claims, subject)) {
        const own = (0,signing_bundle/* bundleBeside */.J9)(`${beside}.${attestation.kind}`);
        const { digest } = subject;
        attested.push(await attestFile(attestation, { ...settings, bundle: own, digest }));
    }
    const { alreadySigned, logged, bundleDigest } = signed;
    return { subject, alreadySigned, logged, bundle, bundleDigest, attested };
}
async function sealInRegistry(subject, claims, settings) {
    const { alreadySigned, logged } = await signImage(subject.image, settings);
    const attested = [];
    for (const attestation of attestationsOf(claims, subject)) {
        attested.push(await attestImage(subject.image, attestation, settings));
    }
    return {
        subject,
        alreadySigned,
        logged,
        bundle: undefined,
        bundleDigest: undefined,
        attested,
    };
}
/** What an image's bundle is called where it has no file: `app-0123456789ab`. */
function imageFile({ name, digest }, workspace) {
    return (0,external_node_path_.join)(workspace, `${(0,external_node_path_.basename)(name)}-${digest.slice(7, 19)}`);
}

;// CONCATENATED MODULE: ./actions/cosign-sign/summary.js


/** What was signed, and how somebody else can check it. */
function summarise(summary, done, policy) {
    summary.heading("Signed").table(["What", "Digest", "Signature", "Attested"], done.map(({ subject, alreadySigned, attested }) => [
        (0,action/* inlineText */.ln)(subject.name),
        `\`${subject.digest}\``,
        alreadySigned ? "was there already, and is good" : "made now, and checked",
        (0,action/* inlineText */.ln)(attested.map(({ kind }) => kind).join(", ") || "nothing"),
    ]));
    const logged = done.every((one) => one.logged);
    summary.markdown(`By ${(0,action/* inlineText */.ln)((0,signing_policy/* describePolicy */.wy)(policy))}; ${logged ? "in the transparency log" : "**not** in a transparency log"}.`);
    summary.details("How to check it", `In the environment file:\n\n\`\`\`yaml\n${yamlOf(policy)}\n\`\`\``);
}
function yamlOf(policy) {
    if (policy.by === "key")
        return "verify: { key: PATH OF THE PUBLIC KEY IN YOUR REPOSITORY }";
    const { identity, issuer } = policy;
    const whose = "exactly" in identity
        ? `identity: ${JSON.stringify(identity.exactly)}`
        : `identity-regexp: ${JSON.stringify(identity.matching)}`;
    return `verify:\n  ${whose}\n  issuer: ${JSON.stringify(issuer)}`;
}

;// CONCATENATED MODULE: ./actions/cosign-sign/cosign-sign.js













/** Signs every subject, attests what is known of it, and says what can be relied on. */
async function cosignSign(context) {
    const { inputs, env, log, summary, signal } = context;
    maskSecrets(context);
    const subjects = await subjectsOf(inputs, env);
    const claims = await claimsOf(inputs, env);
    mustConcern(claims, subjects.map(({ digest }) => digest));
    if (inputs.bundle !== undefined && (subjects.length > 1 || subjects[0]?.kind !== "file")) {
        throw new lib_error/* SluiceError */.a("invalid-input", "bundle: it is for one file", {
            hint: "leave it out: the bundle of each file goes beside it, that of an image into its registry",
        });
    }
    const shop = (0,tools_shop/* openShop */.v)({ env, signal, say: log.info });
    const signer = await openSigner({
        key: inputs.key,
        transparencyLog: inputs["transparency-log"],
        identity: inputs.identity,
        issuer: inputs.issuer,
        signingConfig: inputs["signing-config"],
        trustedRoot: inputs["trusted-root"],
    }, shop);
    log.info(`signing as ${(0,signing_policy/* describePolicy */.wy)(signer.policy)}`);
    const done = [];
    const outputs = () => outputsOf(done, (0,signing_policy/* signerOf */.Kv)(signer.policy), env);
    for (const subject of subjects) {
        const settings = { signer, shop, patienceMs: inputs["outage-timeout"] };
        const sealed = await seal(subject, claims, {
            ...settings,
            bundle: inputs.bundle,
            push: inputs["push-to-registry"],
            workspace: (0,action/* workspaceFolder */.ih)(env),
        }).catch((error) => {
            throw tellingWhatIsSigned(error, done);
        });
        done.push(sealed);
        log.info(sealedLine(sealed));
        context.outputs.set(outputs());
    }
    const gate = gateOf(done, signer.policy);
    log.info(gate.reason);
    if (inputs["show-summary"])
        summarise(summary, done, signer.policy);
    return { ...outputs(), gate };
}
/** Before anything can print them. A key has several lines, and a log shows them one by one. */
function maskSecrets({ inputs, env, log }) {
    const key = inputs.key === undefined ? undefined : env[(0,signing_variable/* variableOf */.Q)(inputs.key) ?? ""];
    for (const secret of [key, env.COSIGN_PASSWORD, env.SIGSTORE_ID_TOKEN]) {
        if (secret)
            log.mask(secret);
    }
}
function sealedLine({ subject, alreadySigned, attested }) {
    const how = alreadySigned ? "was signed already; its signature is good" : "is signed";
    const besides = attested.map(({ kind }) => kind).join(", ");
    return `${subject.name} (${subject.digest}) ${how}${besides && `; attested: ${besides}`}`;
}
/** Half of a release signed is worth knowing: the rest can be signed by running the job again. */
function tellingWhatIsSigned(error, done) {
    if (!(error instanceof lib_error/* SluiceError */.a) || done.length === 0)
        return error;
    const names = done.map(({ subject }) => subject.name).join(", ");
    const { code, message, hint = "", cause } = error;
    return new lib_error/* SluiceError */.a(code, `${message} (signed before that: ${names})`, { hint, cause });
}
function outputsOf(done, signedBy, env) {
    const workspace = (0,action/* workspaceFolder */.ih)(env);
    const lines = (paths) => paths
        .filter((path) => path !== undefined)
        .map((path) => (0,external_node_path_.relative)(workspace, path).split(external_node_path_.sep).join("/"))
        .join("\n");
    return {
        digest: done[0]?.subject.digest ?? "",
        "bundle-path": lines(done.map(({ bundle }) => bundle)),
        "attestation-paths": lines(done.flatMap(({ attested }) => attested.map(({ bundle }) => bundle))),
        "signed-by": signedBy,
        "already-signed": done.every(({ alreadySigned }) => alreadySigned),
    };
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


/***/ })

};
