export const id = 800;
export const ids = [800];
export const modules = {

/***/ 3800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fetchReleased: () => (/* binding */ fetchReleased)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _lib_action_action_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9084);
/* harmony import */ var _lib_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2018);
/* harmony import */ var _lib_evidence_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5874);
/* harmony import */ var _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6071);
/* harmony import */ var _lib_units_digest_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9242);
/* harmony import */ var _releases_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1652);








/** Releases of a service have a handful; a name is used as the name of a file here. */
const MAX_FILES = 100;
const FILE_NAME = /^[\w@+-][\w.@+-]*$/;
const RECORD = "record.json";
/**
 * Gets the files of a published version, each with the bytes that GitHub took in, and says by the record among them
 * which one is the archive. Who made them is for `deploy` to ask: it verifies the signature as the environment demands.
 */
async function fetchReleased(context) {
    const { inputs, log, env } = context;
    const { tag, output } = inputs;
    const releases = (0,_releases_js__WEBPACK_IMPORTED_MODULE_6__/* .releasesOf */ .w)(context);
    const files = await releases.files(tag);
    if (!files) {
        throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("invalid-input", `${tag} is not released`, {
            hint: "name a version that has a published release; a draft is none",
        });
    }
    mustBeStorable(files, tag);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(output, { recursive: true });
    const fetched = [];
    for (const file of files) {
        fetched.push(await store(file, await releases.download(file), output));
    }
    const candidate = await candidateOf(fetched, tag, env);
    const [artifact] = candidate.artifacts;
    const reason = `${tag} is ${artifact?.digest}, as it was released`;
    log.info(`${reason}: ${files.length} files in ${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)((0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_2__/* .workspaceFolder */ .ih)(env), output)}`);
    return { gate: { name: "fetch", outcome: "passed", reason }, candidate };
}
function mustBeStorable(files, tag) {
    const strange = files.find(({ name }) => !FILE_NAME.test(name))?.name;
    if (strange === undefined && files.length <= MAX_FILES)
        return;
    const what = strange === undefined ? `${files.length} files` : `a file called ${JSON.stringify(strange)}`;
    throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("invalid-input", `the release of ${tag} has ${what}`, {
        hint: "fetch a release that this action published",
    });
}
async function store(file, bytes, folder) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, file.name);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, bytes);
    const digest = await (0,_lib_evidence_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .digestOfFile */ .M)(path);
    if (file.digest === undefined || file.digest === digest)
        return { name: file.name, path, digest, size: bytes.length };
    const message = `${file.name} is ${digest}, but ${file.digest} was released`;
    throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("digest-mismatch", message, { hint: "run the job again" });
}
async function candidateOf(files, tag, env) {
    const { version, commit, digest } = await recorded(files, tag);
    if (!isTagOf(version, tag)) {
        throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("refused", `the record in the release of ${tag} is of ${version}`, {
            hint: "the files of another version were put there: release this one anew",
        });
    }
    const archive = files.find((file) => file.digest === (0,_lib_units_digest_js__WEBPACK_IMPORTED_MODULE_7__/* .parseDigest */ .m)(digest ?? ""));
    if (!archive) {
        throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("digest-mismatch", `no file of ${tag} is ${digest}, as its record says`, {
            hint: "the release was changed after it was published: release another version",
        });
    }
    const uri = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)((0,_lib_action_action_js__WEBPACK_IMPORTED_MODULE_2__/* .workspaceFolder */ .ih)(env), archive.path);
    const artifact = { kind: "archive", uri, digest: archive.digest, size: archive.size };
    return { name: archive.name.replace(/\.tar\.gz$/, ""), version, commit, artifacts: [artifact] };
}
/** `v1.2.3`, `1.2.3`, `shop/v1.2.3`, `shop@1.2.3` and `shop-v1.2.3` are tags of 1.2.3. */
function isTagOf(version, tag) {
    const bare = version.replace(/^v/, "");
    return tag.endsWith(bare) && /(^|[/@])v?$|[-_]v$/.test(tag.slice(0, -bare.length));
}
/** What the record says of the one release that it is about. */
async function recorded(files, tag) {
    const file = files.find(({ name }) => name === RECORD);
    const text = file && (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file.path, "utf8"));
    const record = _lib_evidence_record_js__WEBPACK_IMPORTED_MODULE_5__/* .Record */ .mS.safeParse(parsed(text ?? ""));
    const release = record.data?.releases.at(-1);
    if (release?.outcome === "promoted" && release.digest !== null)
        return release;
    const why = record.success
        ? `its record says ${release?.outcome ?? "nothing"}`
        : `it has no ${RECORD} that could be read`;
    throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_3__/* .SluiceError */ .a("invalid-input", `${tag} cannot be placed again: ${why}`, {
        hint: "only what release.yml let through and published can be; run release.yml for another version",
    });
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 1652:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ releasesOf)
/* harmony export */ });
/* unused harmony export Releases */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _octokit_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1582);
/* harmony import */ var _lib_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2018);
/* harmony import */ var _lib_units_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9242);




/** Opens the releases of the repository that the workflow runs in. */
function releasesOf({ inputs, env, log, signal }) {
    const [owner, repo] = (env.GITHUB_REPOSITORY ?? "").split("/");
    if (!owner || !repo) {
        throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_1__/* .SluiceError */ .a("invalid-input", "GITHUB_REPOSITORY is not set", {
            hint: "run this in a workflow",
        });
    }
    const octokit = new _octokit_core__WEBPACK_IMPORTED_MODULE_2__.Octokit({
        auth: inputs.token,
        userAgent: "sluice-publish",
        baseUrl: env.GITHUB_API_URL || "https://api.github.com",
        request: { signal },
    });
    return new Releases(octokit, { owner, repo }, log);
}
/** The releases of a repository on GitHub. */
class Releases {
    #octokit;
    #here;
    #log;
    constructor(octokit, here, log) {
        this.#octokit = octokit;
        this.#here = here;
        this.#log = log;
    }
    /** Where the release of a tag is; undefined when there is none. */
    async published(tag) {
        return (await this.#releaseOf(tag))?.html_url;
    }
    /** The files of the published release of a tag; undefined when there is none. */
    async files(tag) {
        const release = await this.#releaseOf(tag);
        return release?.assets.map(({ id, name, digest }) => ({
            id,
            name,
            digest: (0,_lib_units_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .parseDigest */ .m)(digest ?? ""),
        }));
    }
    /** The commit that a ref names (`tags/v1.2.3`, or a commit itself); undefined when there is no such ref. */
    async commitAt(ref) {
        try {
            const route = "GET /repos/{owner}/{repo}/commits/{ref}";
            return (await this.#octokit.request(route, { ...this.#here, ref })).data.sha;
        }
        catch (error) {
            const status = statusOf(error);
            if (status === 404 || status === 422)
                return undefined;
            throw told(error, `what ${ref} is`);
        }
    }
    async download({ id, name }) {
        const { data } = await this.#octokit
            .request("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
            ...this.#here,
            asset_id: id,
            headers: { accept: "application/octet-stream" },
        })
            .catch(tellOf(`the file ${name}`));
        return Buffer.from(data);
    }
    /** Removes drafts that an earlier attempt left: nobody has seen them. */
    async clearDrafts(tag) {
        const { data } = await this.#octokit
            .request("GET /repos/{owner}/{repo}/releases", { ...this.#here, per_page: 100 })
            .catch(tellOf("the drafts"));
        for (const { id, draft, tag_name } of data) {
            if (!draft || tag_name !== tag)
                continue;
            this.#log.info(`an earlier attempt left a draft of ${tag}: it is removed`);
            await this.#remove(id);
        }
    }
    async draft(facts) {
        const { tag, commit, notes } = facts;
        const { data } = await this.#octokit
            .request("POST /repos/{owner}/{repo}/releases", {
            ...this.#here,
            tag_name: tag,
            target_commitish: commit,
            name: tag,
            body: notes,
            draft: true,
            prerelease: /^v?\d+\.\d+\.\d+-/.test(tag),
        })
            .catch(tellOf(`a draft of ${tag}`));
        return { id: data.id, uploadUrl: data.upload_url.replace(/\{.*$/, "") };
    }
    /** Uploads a file, and compares what GitHub stored with what was sent. */
    async attach({ uploadUrl }, { path, name, digest }) {
        const bytes = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path);
        const headers = {
            "content-type": "application/octet-stream",
            "content-length": bytes.length,
        };
        const { data } = await this.#octokit
            .request(`POST ${uploadUrl}?name=${encodeURIComponent(name)}`, { headers, data: bytes })
            .catch(tellOf(`the file ${name}`));
        const stored = data.digest;
        if (typeof stored !== "string" || stored === digest)
            return;
        const message = `${name} is ${digest}, and GitHub stored ${stored}`;
        throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_1__/* .SluiceError */ .a("digest-mismatch", message, {
            hint: "run the job again; nothing was published",
        });
    }
    async publish({ id }) {
        const { data } = await this.#octokit
            .request("PATCH /repos/{owner}/{repo}/releases/{release_id}", {
            ...this.#here,
            release_id: id,
            draft: false,
        })
            .catch(tellOf("the release"));
        return data.html_url;
    }
    async discard({ id }) {
        await this.#remove(id);
    }
    async #releaseOf(tag) {
        try {
            const route = "GET /repos/{owner}/{repo}/releases/tags/{tag}";
            return (await this.#octokit.request(route, { ...this.#here, tag })).data;
        }
        catch (error) {
            if (statusOf(error) !== 404)
                throw told(error, `whether ${tag} is released`);
        }
        await this.#mustBeReadable(tag);
        return undefined;
    }
    /** GitHub says 404 as well of what it does not show. The list takes the same permission, and is there when it is empty. */
    async #mustBeReadable(tag) {
        try {
            const route = "GET /repos/{owner}/{repo}/releases";
            await this.#octokit.request(route, { ...this.#here, per_page: 1 });
        }
        catch (cause) {
            if (statusOf(cause) !== 404)
                throw told(cause, `whether ${tag} is released`);
            const repository = `${this.#here.owner}/${this.#here.repo}`;
            const message = `whether ${tag} is released cannot be told: there is no repository ${repository}, or it is private and this token may not read it`;
            throw new _lib_error_js__WEBPACK_IMPORTED_MODULE_1__/* .SluiceError */ .a("target-unreachable", message, {
                cause,
                hint: "give the job `permissions: contents: read` (`write` to publish), and `token` one of this repository. Nothing was released or fetched",
            });
        }
    }
    async #remove(id) {
        const route = "DELETE /repos/{owner}/{repo}/releases/{release_id}";
        await this.#octokit.request(route, { ...this.#here, release_id: id });
    }
}
/** For a request that failed: tells what it was for. */
function tellOf(what) {
    return (error) => {
        throw told(error, what);
    };
}
function statusOf(error) {
    return error instanceof Error && "status" in error ? Number(error.status) : undefined;
}
function told(cause, what) {
    const status = statusOf(cause);
    const hint = status === 403 || status === 404
        ? "give the job `permissions: contents: write` (`read` is enough for what is published)"
        : "run the job again: what was half done is removed first";
    return new _lib_error_js__WEBPACK_IMPORTED_MODULE_1__/* .SluiceError */ .a("target-unreachable", `GitHub ${status === undefined ? "cannot be reached" : `answered ${status}`} for ${what}`, { cause, hint });
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


/***/ })

};
