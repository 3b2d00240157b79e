export const id = 399;
export const ids = [399];
export const modules = {

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
/* harmony import */ var _tools_ensure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5632);
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
        : ["--certificate-identity-regexp", wholly(identity.matching)];
    const within = repository === undefined ? [] : ["--certificate-github-workflow-repository", repository];
    return { args: [...whose, "--certificate-oidc-issuer", issuer, ...within, ...root], env: {} };
}
/** Of `^a|b$` each half would match a part of anybody's name; cosign looks for a match anywhere. */
function wholly(pattern) {
    return `^(?:${pattern})$`;
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
