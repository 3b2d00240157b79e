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

// EXTERNAL MODULE: ./lib/tools/shop.js
var tools_shop = __webpack_require__(8822);
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
 * is; whatever else is at that path is replaced, and only by a bundle that was checked. With `digest`, no signature
 * of other bytes is handed out, whoever puts them there meanwhile: throws `digest-mismatch`.
 */
async function signFile(file, { signer, bundle, shop, digest, patienceMs = DEFAULT_PATIENCE_MS, }) {
    const there = await existing(file, bundle, signer, shop);
    if (there !== undefined) {
        mustBeOf(digest, there, file);
        return { ...there, bundle, alreadySigned: true };
    }
    const partial = `${bundle}.${process.pid}.partial`;
    try {
        await patiently(() => signOnce(file, partial, signer), { patienceMs, ...shop });
        const verified = await patiently(() => (0,verify/* verifyFile */.A)(file, partial, signer.policy, { shop }), {
            patienceMs,
            ...shop,
        });
        mustBeOf(digest, verified, file);
        await (0,promises_.rename)(partial, bundle);
        return { ...verified, bundle, alreadySigned: false };
    }
    finally {
        await (0,promises_.rm)(partial, { force: true });
    }
}
function mustBeOf(promised, { digest }, file) {
    if (promised === undefined || promised === digest)
        return;
    throw new lib_error/* SluiceError */.a("digest-mismatch", `${file} became ${digest} while it was signed; ${promised} was to be signed`, { hint: "something that runs beside this step writes to it; no signature was kept" });
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
        ? await signFile(subject.path, { ...settings, bundle, digest: subject.digest })
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


/***/ })

};
