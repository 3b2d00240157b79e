export const id = 674;
export const ids = [674];
export const modules = {

/***/ 5674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publish: () => (/* binding */ publish)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./lib/notes/commit.js
const HEAD = /^([a-zA-Z]+)(?:\(([^()\r\n]+)\))?(!)?: +(\S.*)$/;
const FOOTER = /(?:^|\n)BREAKING[ -]CHANGE: +(\S[\s\S]*?)(?=\n[\w-]+(?:: | #)|\n\n|$)/;
/** Reads one commit. Any text is a commit: what does not follow the convention has no type. */
function readCommit({ hash, subject, body }) {
    const [, type, scope, mark, text] = HEAD.exec(subject) ?? [];
    const footer = FOOTER.exec(body)?.[1]?.replace(/\s+/g, " ").trim();
    if (type === undefined || text === undefined) {
        return { hash, type: undefined, scope: undefined, text: subject, breaking: footer };
    }
    return {
        hash,
        type: type.toLowerCase(),
        scope,
        text,
        breaking: footer ?? (mark ? text : undefined),
    };
}

;// CONCATENATED MODULE: ./lib/notes/notes.js
/** The parts of the notes, in order; what users do not notice comes last. */
const PARTS = [
    ["Features", ["feat"]],
    ["Fixes", ["fix"]],
    ["Performance", ["perf"]],
    ["Reverts", ["revert"]],
    ["Documentation", ["docs"]],
    ["Inside", ["refactor", "test", "build", "ci", "chore", "style"]],
];
/** Release notes as Markdown: what breaks first; a commit without a type is told under Changes. */
function notesOf(commits, between) {
    const breaking = commits.flatMap((commit) => commit.breaking === undefined ? [] : [item({ ...commit, text: commit.breaking })]);
    const known = new Set(PARTS.flatMap(([, types]) => types));
    const others = commits.filter(({ type }) => type === undefined || !known.has(type));
    const parts = [
        part("What breaks", breaking),
        ...PARTS.slice(0, -1).map(([title, types]) => part(title, ofTypes(commits, types))),
        part("Changes", others.map(item)),
        ...PARTS.slice(-1).map(([title, types]) => part(title, ofTypes(commits, types))),
    ].filter((text) => text !== "");
    if (parts.length === 0)
        return `No commits (${between}).\n`;
    return `${parts.join("\n\n")}\n\n${between}\n`;
}
function ofTypes(commits, types) {
    return commits.filter(({ type }) => type !== undefined && types.includes(type)).map(item);
}
function part(title, items) {
    return items.length === 0 ? "" : `## ${title}\n\n${items.join("\n")}`;
}
function item({ scope, text, hash }) {
    return `- ${scope === undefined ? "" : `**${escaped(scope)}**: `}${escaped(text)} (${hash.slice(0, 12)})`;
}
/** A subject is text, not Markdown; nobody is mentioned, and nothing is closed, by what somebody once wrote. */
function escaped(text) {
    return text.replace(/[\\`*_[\]<>#|]/g, "\\$&").replace(/@(?=\w)/g, "@\u200b");
}

;// CONCATENATED MODULE: ./lib/notes/git-log.js





const run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
const FIELD = "\u001f";
const RECORD = "\u001e";
/** The notes of the release at `commit`: all commits since the version tag before it. */
async function notesAt(folder, commit, tag) {
    const previous = await tagBefore(folder, commit, tag);
    const range = previous === undefined ? commit : `${previous}..${commit}`;
    const format = ["%H", "%s", "%b"].join(FIELD) + RECORD;
    const text = await git(folder, "log", "--no-merges", `--format=${format}`, range, "--");
    const commits = text
        .split(RECORD)
        .map((record) => record.trim())
        .filter((record) => record !== "")
        .map((record) => {
        const [hash = "", subject = "", body = ""] = record.split(FIELD);
        return { hash, subject, body };
    });
    const since = previous === undefined ? "All commits so far." : `Since ${previous}.`;
    return notesOf(commits.map(readCommit), since);
}
/** The nearest version tag that the commit's parents have. */
async function tagBefore(folder, commit, tag) {
    const args = ["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "--exclude", tag, commit];
    return git(folder, ...args).then((text) => text.trim() || undefined, () => undefined);
}
async function git(folder, ...args) {
    try {
        const { stdout } = await run("git", args, { cwd: folder, maxBuffer: 1 << 26 });
        return stdout;
    }
    catch (cause) {
        throw new error/* SluiceError */.a("invalid-input", `git ${args[0]} failed in ${folder}`, {
            cause,
            hint: "check the repository out with `fetch-depth: 0`, so that all tags and commits are there",
        });
    }
}

// EXTERNAL MODULE: ./lib/evidence/digest.js
var digest = __webpack_require__(5874);
;// CONCATENATED MODULE: ./actions/publish/attachment.js




/** All named files, and all files in named folders; two of one name cannot both be attached. */
async function attachments(names, workspace) {
    const paths = (await Promise.all(names.map((name) => filesAt((0,external_node_path_.resolve)(workspace, name), name)))).flat();
    const files = await Promise.all(paths.map(async (path) => ({ path, name: (0,external_node_path_.basename)(path), digest: await (0,digest/* digestOfFile */.M)(path) })));
    const twice = files.find(({ name }, at) => files.findIndex((one) => one.name === name) < at);
    if (!twice)
        return files.sort((a, b) => (a.name < b.name ? -1 : 1));
    throw new error/* SluiceError */.a("invalid-input", `two files are called ${twice.name}`, {
        hint: "name one of them, or give them other names",
    });
}
async function filesAt(path, name) {
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (found?.isFile())
        return [path];
    if (found?.isDirectory()) {
        const inside = await (0,promises_.readdir)(path, { recursive: true, withFileTypes: true });
        return inside.filter((one) => one.isFile()).map((one) => (0,external_node_path_.join)(one.parentPath, one.name));
    }
    throw new error/* SluiceError */.a("invalid-input", `files: there is no ${name}`, {
        hint: "was the artifact downloaded by an earlier step?",
    });
}
/** The digests as they stand at the end of the notes. */
function listed(files) {
    if (files.length === 0)
        return "";
    const lines = files.map(({ name, digest }) => `${digest.slice("sha256:".length)}  ${name}`);
    return `\n## Files\n\n\`\`\`\n${lines.join("\n")}\n\`\`\`\n`;
}

// EXTERNAL MODULE: ./actions/publish/releases.js
var publish_releases = __webpack_require__(1652);
;// CONCATENATED MODULE: ./actions/publish/publish.js







/** Refuses what is released already; in mode `publish`, makes a draft, attaches all, and only then publishes it. */
async function publish(context) {
    const { inputs, outputs, log, summary, env } = context;
    const { tag, commit } = inputs;
    const releases = (0,publish_releases/* releasesOf */.w)(context);
    await mustBeNew(releases, tag);
    await mustBeTagged(releases, tag, commit);
    if (inputs.mode === "check") {
        const reason = `${tag} was not released before`;
        log.info(reason);
        return { gate: { name: "publish", outcome: "passed", reason } };
    }
    const workspace = (0,action/* workspaceFolder */.ih)(env);
    // The notes of an earlier attempt may lie among the files, and are about to be written anew.
    const found = await attachments(inputs.files ?? [], workspace);
    const files = found.filter(({ path }) => path !== inputs.notes);
    const notes = `${await notesAt(inputs.path, commit, tag)}${listed(files)}`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(inputs.notes), { recursive: true });
    await (0,promises_.writeFile)(inputs.notes, notes);
    outputs.set({ notes: (0,external_node_path_.relative)(workspace, inputs.notes) });
    await releases.clearDrafts(tag);
    const draft = await releases.draft({ tag, commit, notes });
    try {
        for (const file of files)
            await releases.attach(draft, file);
        const url = await releases.publish(draft);
        const reason = `${tag} is released, with ${files.length} files`;
        log.info(`${reason}: ${url}`);
        summary.heading(`📦 ${(0,action/* inlineText */.ln)(tag)}`).markdown(`${(0,action/* inlineText */.ln)(reason)}: ${url}`);
        return {
            gate: { name: "publish", outcome: "passed", reason },
            url,
            notes: (0,external_node_path_.relative)(workspace, inputs.notes),
        };
    }
    catch (error) {
        await releases.discard(draft).catch(() => log.warning(`the draft of ${tag} is still there`));
        throw error;
    }
}
async function mustBeNew(releases, tag) {
    const there = await releases.published(tag);
    if (there === undefined)
        return;
    throw new error/* SluiceError */.a("refused", `${tag} is released already: ${there}`, {
        hint: "a version is released once; what changed gets a new one",
    });
}
/** A release shows what its tag names, and GitHub leaves a tag where it is: it must not name other code than was built. */
async function mustBeTagged(releases, tag, commit) {
    const tagged = await releases.commitAt(`tags/${tag}`);
    if (tagged === undefined || tagged === (await releases.commitAt(commit)))
        return;
    throw new error/* SluiceError */.a("refused", `the tag ${tag} is at ${tagged}, and ${commit} was built`, {
        hint: "release from the tag itself, or another version; a tag that was moved meanwhile is not to be trusted",
    });
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
