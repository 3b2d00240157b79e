export const id = 742;
export const ids = [742];
export const modules = {

/***/ 5742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hostTune: () => (/* binding */ hostTune)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
;// CONCATENATED MODULE: ./lib/host-tune/before.js




const NOTHING = { before: {}, kept: [] };
/** Below the kernel's own folders, and not out of them again. */
const path = schemas/* string */.YjP().regex(/^(?!.*(^|\/)\.\.?(\/|$))(proc\/sys|proc\/irq|sys)\/[^\0]+$/);
const schema = schemas/* object */.Ikc({
    schema: schemas/* literal */.euz(1),
    boot: schemas/* string */.YjP().default(""),
    before: schemas/* record */.g1P(path, schemas/* string */.YjP()),
    kept: schemas/* array */.YOg(path).default([]),
});
/** Kept on disk, since a machine is put back long after it was changed, by another process. */
class BeforeFile {
    #path;
    #boot;
    /** `boot` is the kernel's own name of this boot: what was stored in an earlier one is no longer there to put back. */
    constructor(path, boot = "") {
        this.#path = path;
        this.#boot = boot;
    }
    async read() {
        const text = await (0,promises_.readFile)(this.#path, "utf8").catch(nullWhenAbsent);
        if (text === null)
            return NOTHING;
        try {
            const { boot, before, kept } = schema.parse(JSON.parse(text));
            return boot === this.#boot ? { before, kept } : NOTHING;
        }
        catch (cause) {
            throw new lib_error/* SluiceError */.a("refused", `${this.#path} cannot be read as what was there before`, {
                cause,
                hint: "nothing was changed; look at it, or move it away if the machine was booted since",
            });
        }
    }
    /** On disk when this resolves: only then may anything be changed. */
    async write({ before, kept }) {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(this.#path), { recursive: true, mode: 0o755 });
        const temporary = `${this.#path}.new`;
        const file = await (0,promises_.open)(temporary, "w", 0o600);
        try {
            const stored = { schema: 1, boot: this.#boot, before, kept };
            await file.writeFile(`${JSON.stringify(stored, null, 1)}\n`);
            await file.sync();
        }
        finally {
            await file.close();
        }
        await (0,promises_.rename)(temporary, this.#path);
    }
    async remove() {
        await (0,promises_.rm)(this.#path, { force: true });
    }
}
/** A file that is there and cannot be read must not pass for one that is not there: what was before would be lost. */
function nullWhenAbsent(error) {
    if (error.code === "ENOENT")
        return null;
    throw new lib_error/* SluiceError */.a("refused", `what was there before cannot be read: ${error.message}`, {
        hint: "nothing was changed; run it as root",
        cause: error,
    });
}

// EXTERNAL MODULE: ./lib/host-tune/cpu-set.js
var cpu_set = __webpack_require__(5403);
// EXTERNAL MODULE: ./lib/nearest.js
var nearest = __webpack_require__(8858);
// EXTERNAL MODULE: ./lib/host-tune/profile.js
var host_tune_profile = __webpack_require__(9241);
// EXTERNAL MODULE: ./lib/host-tune/profiles.js
var profiles = __webpack_require__(6892);
;// CONCATENATED MODULE: ./lib/host-tune/overrides.js




const KEY = /^[a-z0-9_]+(?:\.[A-Za-z0-9_-]+)+$/;
/** `net.core.somaxconn=8192`: settings of the user's own, in place of a profile's or beside them. */
function parseOverrides(lines, profile) {
    const settings = lines.map((line) => parseOverride(line, profile));
    const keys = settings.map(({ key }) => key);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined)
        throw new lib_error/* SluiceError */.a("invalid-input", `set: ${twice} is given twice`);
    return settings;
}
function parseOverride(line, profile) {
    const [, key = "", value = ""] = /^([^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    const known = profiles/* PROFILES */.j[profile].settings.find((one) => one.key === key);
    if (value === "" || (!known && !KEY.test(key)))
        throw new lib_error/* SluiceError */.a("invalid-input", `set: given ${JSON.stringify(line)}; accepted: KEY=VALUE, where KEY is a key of sysctl such as net.core.somaxconn, or one of the profile`);
    const reason = "given by the workflow";
    return known ? { ...known, value, reason } : (0,host_tune_profile/* sysctl */.nK)(key, value, reason);
}
/** A profile's key may be missing, for kernels differ; one that somebody wrote by hand is a slip of the pen. */
async function refuseUnknown(tree, overrides) {
    for (const { key, path } of overrides) {
        if (path.includes("*") || (await tree.read(path)) !== null)
            continue;
        const folder = path.slice(0, path.lastIndexOf("/"));
        const siblings = (await tree.list(folder)).map((name) => `${folder.slice("proc/sys/".length).replaceAll("/", ".")}.${name}`);
        const near = (0,nearest/* nearest */.p)(key, siblings);
        throw new lib_error/* SluiceError */.a("invalid-input", `set: this kernel has no key ${key}`, {
            hint: near ? `did you mean ${near}?` : "`sysctl -a` lists what it has",
        });
    }
}

// EXTERNAL MODULE: ./lib/host-tune/tree.js
var host_tune_tree = __webpack_require__(6454);
// EXTERNAL MODULE: ./lib/host-tune/form.js
var host_tune_form = __webpack_require__(1940);
// EXTERNAL MODULE: ./lib/host-tune/plan.js
var plan = __webpack_require__(1821);
;// CONCATENATED MODULE: ./lib/host-tune/refusal.js

function refusalOf(error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    return { code, why: (0,lib_error/* causes */.p)(error).join(": ") };
}
/** The error for a setting that the kernel did not take; `left` could not be put back either. */
function refused({ key, wanted, found, accepted }, { code, why }, left) {
    const offered = accepted.length > 0 ? `; accepted: ${accepted.join(", ")}` : "";
    const rest = left.length > 0 ? `; and not put back: ${left.join("; ")}` : "";
    const outcome = left.length > 0
        ? "what was there before is still stored"
        : "what this run had changed was put back";
    return new lib_error/* SluiceError */.a("refused", `${key} cannot be made ${wanted} (it is ${found}): ${why}${offered}${rest}`, { hint: `${nextStep(code)}; ${outcome}` });
}
function nextStep(code) {
    switch (code) {
        case "EROFS":
            return "the folder is read-only here, as in a container: run it on the host itself";
        case "EACCES":
        case "EPERM":
            return "run it as root on the host itself, not in a container";
        case "EINVAL":
        case "ERANGE":
            return "this kernel does not take that value for this key: give one that it takes";
        default:
            return "look at what this kernel says of the key";
    }
}
function notPutBack(left) {
    return new lib_error/* SluiceError */.a("refused", `not put back: ${left.join("; ")}`, {
        hint: "what was there before is still stored; run it again as root, or boot the machine",
    });
}

;// CONCATENATED MODULE: ./lib/host-tune/tune.js



/**
 * Makes the host as the settings say. What was there is stored first. When the kernel refuses one of them, all that
 * this call changed is put back, and the error names it.
 */
async function apply(tree, settings, file) {
    const differing = await differingIn(tree, settings);
    const stored = await file.read();
    const before = await beforeOf(tree, differing);
    // What was there before the very first change stays what a revert goes back to.
    if (differing.length > 0)
        await file.write({ before: { ...before, ...stored.before }, kept: stored.kept });
    const done = [];
    const kept = [];
    for (const one of differing) {
        const refusal = await set(tree, one);
        if (refusal === undefined)
            done.push(one);
        else if (one.setting.mayBeKept)
            kept.push(one.path);
        else
            await undo(tree, file, { done, before, stored, one, refusal });
    }
    if (differing.length > 0)
        await file.write(remembered(before, stored, kept));
    return { changes: done.map(changeOf), kept };
}
/** Puts back everything that was ever changed, byte for byte as the kernel shows it. */
async function revert(tree, file) {
    const before = Object.entries((await file.read()).before);
    const now = await tree.contents(before.map(([path]) => path));
    const left = await putBack(tree, before);
    if (left.length > 0)
        throw notPutBack(left);
    await file.remove();
    return before
        .filter(([path, raw]) => now.get(path) !== raw)
        .map(([path, raw]) => {
        return { key: nameOf(path), path, from: (0,host_tune_form/* meaning */.ak)(now.get(path) ?? ""), to: (0,host_tune_form/* meaning */.ak)(raw) };
    });
}
async function differingIn(tree, settings) {
    const contents = await tree.contents(settings.map(({ path }) => path));
    return (0,plan/* readings */.CQ)(settings, contents).filter((one) => one.raw !== null && !(0,host_tune_form/* isAsWanted */.K1)(one.raw, one.setting.value, one.setting.form ?? "words"));
}
/** Of two files of which one displaces the other, the displaced one comes first: put back last, it counts. */
async function beforeOf(tree, differing) {
    const before = {};
    for (const { setting, path, raw } of differing) {
        const displaced = setting.displaces ? await tree.read(setting.displaces) : null;
        if (setting.displaces && displaced !== null)
            before[setting.displaces] = displaced;
        before[path] = raw;
    }
    return before;
}
/** What need not be put back, since it could not be changed, is not remembered as changed. */
function remembered(before, stored, kept) {
    const changed = Object.entries(before).filter(([path]) => !kept.includes(path));
    return {
        before: { ...Object.fromEntries(changed), ...stored.before },
        kept: [...new Set([...stored.kept, ...kept])],
    };
}
/** Back to where this call began, and the error that says why. */
async function undo(tree, file, undoing) {
    const { done, before, stored, one, refusal } = undoing;
    const touched = new Set(done.flatMap(({ path, setting }) => [path, setting.displaces ?? path]));
    const left = await putBack(tree, Object.entries(before).filter(([path]) => touched.has(path)));
    // What could not be put back is still to be put back.
    if (left.length > 0)
        await file.write({ before: { ...before, ...stored.before }, kept: stored.kept });
    else if (Object.keys(stored.before).length > 0)
        await file.write(stored);
    else
        await file.remove();
    throw refused({
        key: (0,plan/* keyOf */.TN)(one.setting, one.path),
        wanted: one.setting.value,
        found: (0,host_tune_form/* meaning */.ak)(one.raw, one.setting.form),
        accepted: (0,host_tune_form/* choices */.zM)(one.raw),
    }, refusal, left);
}
/** Why the kernel does not have the value now; undefined when it has. */
async function set(tree, { setting, path }) {
    const form = setting.form ?? "words";
    const refusal = await write(tree, path, (0,host_tune_form/* writable */.T5)(setting.value, form));
    if (refusal)
        return refusal;
    const now = await tree.read(path);
    if (now !== null && (0,host_tune_form/* isAsWanted */.K1)(now, setting.value, form))
        return undefined;
    return { code: null, why: `it was written, but is ${shown(now)} when read back` };
}
/** What could not be put back, and why. What is there no longer, as a device that was taken out, needs nothing. */
async function putBack(tree, before) {
    const left = [];
    for (const [path, raw] of [...before].reverse()) {
        const now = await tree.read(path);
        if (now === null || now === raw)
            continue;
        const chosen = (0,host_tune_form/* choices */.zM)(raw).length > 0 ? (0,host_tune_form/* meaning */.ak)(raw) : raw;
        const refusal = await write(tree, path, chosen);
        const after = await tree.read(path);
        if (refusal)
            left.push(`${nameOf(path)}: ${refusal.why}`);
        else if (after !== raw)
            left.push(`${nameOf(path)}: is ${shown(after)} when read back`);
    }
    return left;
}
async function write(tree, path, value) {
    try {
        await tree.write(path, value);
        return undefined;
    }
    catch (error) {
        return refusalOf(error);
    }
}
function changeOf({ setting, path, raw }) {
    const { form, value } = setting;
    return { key: (0,plan/* keyOf */.TN)(setting, path), path, from: (0,host_tune_form/* meaning */.ak)(raw, form), to: value };
}
function shown(raw) {
    return raw === null ? "gone" : (0,host_tune_form/* meaning */.ak)(raw);
}
/** `net.core.rmem_max` for a sysctl; the path itself for others. */
function nameOf(path) {
    return path.startsWith("proc/sys/")
        ? path.slice("proc/sys/".length).replaceAll("/", ".")
        : `/${path}`;
}

// EXTERNAL MODULE: ./lib/host-tune/verify.js + 3 modules
var verify = __webpack_require__(2650);
;// CONCATENATED MODULE: ./actions/host-tune/gate.js
/** What this run found, in one line. */
function gateOf({ mode, profile }, { drift, missing, settings }, changes) {
    const lacking = missing.length > 0 ? `; this kernel lacks ${missing.join(", ")}` : "";
    const kept = settings.filter(({ state }) => state === "kept").length;
    const keeping = kept > 0 ? `; the hardware keeps ${kept} interrupts where they are` : "";
    const gate = (outcome, reason) => ({
        name: "host-tune",
        outcome,
        reason: `${profile}: ${reason}${lacking}${keeping}`,
    });
    const differing = drift.map(({ key, found, wanted }) => `${key} is ${found}, not ${wanted}`);
    switch (mode) {
        case "plan":
            return gate("passed", `${drift.length} of ${settings.length} settings would be changed`);
        case "apply":
            return gate("passed", `${changes.length} settings changed and read back`);
        case "revert":
            return gate("passed", `${changes.length} settings put back`);
        case "verify":
            return drift.length > 0
                ? gate("failed", `${drift.length} settings differ: ${differing.join("; ")}`)
                : gate("passed", "every setting is as planned");
    }
}

;// CONCATENATED MODULE: ./actions/host-tune/only.js

/** The settings that were asked for by name, or by how their names begin. */
function only({ only: patterns = [], profile }, settings) {
    if (patterns.length === 0)
        return settings;
    const means = (pattern, key) => pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
    const nothing = patterns.find((pattern) => !settings.some(({ key }) => means(pattern, key)));
    if (nothing === undefined)
        return settings.filter(({ key }) => patterns.some((pattern) => means(pattern, key)));
    throw new lib_error/* SluiceError */.a("invalid-input", `only: ${nothing} names no key of ${profile}; it has ${settings.map(({ key }) => key).join(", ")}`);
}

// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
;// CONCATENATED MODULE: ./actions/host-tune/tell.js


/** The job summary: every setting with its reason, what only a boot can change, and which CPUs do what. */
function tell(summary, profile, { settings, boot, cpus }, changes) {
    const changed = new Map(changes.map(({ path, from }) => [path, from]));
    summary.heading(`Host settings: ${profile}`);
    summary.table(["Key", "Wanted", "Found", "Before", "Why"], settings.map((one) => [one.key, one.wanted, tell_shown(one), changed.get(one.path) ?? "", one.reason].map(action/* inlineText */.ln)));
    if (boot.length > 0)
        summary.table(["Boot parameter", "Wanted", "Found", "Why"], boot.map((one) => [one.name, one.wanted ?? "", shownBoot(one), one.reason].map(action/* inlineText */.ln)));
    if (cpus)
        summary.markdown((0,action/* inlineText */.ln)(divided(cpus)));
}
function tell_shown({ state, found }) {
    switch (state) {
        case "missing":
            return "this kernel lacks it";
        case "differs":
            return `✗ ${found}`;
        case "kept":
            return `${found} (the hardware keeps it)`;
        case "as-wanted":
            return found ?? "";
    }
}
function shownBoot({ state, found }) {
    if (state === "missing")
        return "not set; only a boot can change it";
    return state === "differs" ? `✗ ${found}; only a boot can change it` : `${found}`;
}
function divided({ housekeeping, engine, exclusive, node }) {
    if (!exclusive)
        return `CPUs ${(0,cpu_set/* formatCpuList */.mK)(engine)} are shared by the engine and everything else: too few to divide.`;
    const where = node === null ? "" : `, on memory node ${node}`;
    return `CPUs: ${(0,cpu_set/* formatCpuList */.mK)(engine)} for the engine${where}; ${(0,cpu_set/* formatCpuList */.mK)(housekeeping)} for everything else.`;
}

;// CONCATENATED MODULE: ./actions/host-tune/host-tune.js











/** Plans, applies, verifies or reverts; its outputs are those of the action, also when it fails. */
async function hostTune(context) {
    const { inputs, outputs, log, summary } = context;
    mustBeAbsolute("state-file", inputs["state-file"]);
    mustBeAbsolute("root", inputs.root);
    const tree = new host_tune_tree/* Tree */.P(inputs.root);
    mustBeAllowed(inputs);
    const boot = (await tree.read("proc/sys/kernel/random/boot_id")) ?? "";
    const file = new BeforeFile(inputs["state-file"], boot.trim());
    const wanted = await wantedOf(tree, inputs);
    const changes = await act(inputs.mode, tree, wanted.settings, file);
    const found = await look(tree, inputs, wanted, file);
    const gate = gateOf(inputs, found, changes);
    const result = outputsOf(gate, found, changes);
    outputs.set(result);
    tell(summary, inputs.profile, found, changes);
    log.info(gate.reason);
    if (gate.outcome !== "failed")
        return result;
    throw new lib_error/* SluiceError */.a("refused", gate.reason, {
        hint: "run it with `mode: apply`, or find out who changes the host; the summary has the table",
    });
}
/** What this call is about, on this host. */
async function wantedOf(tree, inputs) {
    const overrides = parseOverrides(inputs.set ?? [], inputs.profile);
    const engineCpus = cpuInput(inputs["engine-cpus"]);
    await refuseUnknown(tree, overrides);
    const contents = await tree.contents((0,verify/* filesToRead */.lG)(inputs.profile, overrides));
    const cpus = (0,verify/* cpusOf */.v0)(contents, engineCpus);
    const all = (0,verify/* settingsOf */.f5)(inputs.profile, cpus, overrides);
    const chosen = new Set([...only(inputs, all), ...overrides]);
    const settings = all.filter((one) => chosen.has(one));
    return { settings, overrides, engineCpus };
}
/** The host as it is now, looked at anew: also after a change. */
async function look(tree, { profile }, { settings, overrides, engineCpus }, file) {
    const contents = await tree.contents((0,verify/* filesToRead */.lG)(profile, overrides));
    const { kept } = await file.read();
    const all = (0,verify/* verify */.MX)(profile, contents, { overrides, kept, ...(engineCpus && { engineCpus }) });
    // Of a pattern's matches, `governor cpu3`, the first word is the setting's own key.
    const keys = new Set(settings.map(({ key }) => key));
    const isChosen = (key) => keys.has(key.split(" ")[0] ?? "");
    return {
        ...all,
        settings: all.settings.filter(({ key }) => isChosen(key)),
        drift: all.drift.filter(({ key }) => isChosen(key)),
        missing: all.missing.filter(isChosen),
    };
}
async function act(mode, tree, settings, file) {
    switch (mode) {
        case "apply":
            return (await apply(tree, settings, file)).changes;
        case "revert":
            return revert(tree, file);
        case "plan":
        case "verify":
            return [];
    }
}
function outputsOf(gate, found, changes) {
    return {
        gate,
        changes,
        drift: found.drift.map(({ state: _, ...rest }) => rest),
        missing: found.missing,
        kept: found.settings.filter(({ state }) => state === "kept").map(({ key }) => key),
        boot: found.boot.map(({ reason: _, ...rest }) => rest),
        cpus: found.cpus && shownCpus(found.cpus),
    };
}
function shownCpus({ housekeeping, engine, exclusive, node }) {
    const lists = { housekeeping: (0,cpu_set/* formatCpuList */.mK)(housekeeping), engine: (0,cpu_set/* formatCpuList */.mK)(engine) };
    return { ...lists, exclusive, node };
}
function cpuInput(text) {
    if (text === undefined)
        return undefined;
    const cpus = (0,cpu_set/* parseCpuList */.Sx)(text);
    if (cpus)
        return cpus;
    throw new lib_error/* SluiceError */.a("invalid-input", `engine-cpus: given ${text}; accepted: a list of CPUs as the kernel writes it, such as 2-7 or 2,4-7`);
}
/** Said before anything is tried: the kernel's own refusal would come only at the first key that differs. */
function mustBeAllowed({ mode, root }) {
    if (root !== "/" || mode === "plan" || mode === "verify" || process.getuid?.() === 0)
        return;
    throw new lib_error/* SluiceError */.a("refused", `mode ${mode} changes the kernel's settings and needs root; this runs as uid ${process.getuid?.()}`, {
        hint: "let the runner be root on this host, or run this step by sudo; `mode: plan` and `mode: verify` need no root",
    });
}
function mustBeAbsolute(name, path) {
    if ((0,external_node_path_.isAbsolute)(path))
        return;
    throw new lib_error/* SluiceError */.a("invalid-input", `${name}: given ${path}; accepted: an absolute path`);
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

/***/ 5403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A0: () => (/* binding */ parseCpuMask),
/* harmony export */   ED: () => (/* binding */ formatCpuMask),
/* harmony export */   Sx: () => (/* binding */ parseCpuList),
/* harmony export */   mK: () => (/* binding */ formatCpuList)
/* harmony export */ });
const MAX_CPU = 8_191;
const WORD_BITS = 32;
const WORD_DIGITS = 8;
/** `0-3,8` as the kernel writes lists of CPUs; undefined when it is none. */
function parseCpuList(text) {
    const cpus = new Set();
    for (const part of text.trim().split(",")) {
        const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
        if (first === undefined || Number(last) < Number(first) || Number(last) > MAX_CPU)
            return undefined;
        for (let cpu = Number(first); cpu <= Number(last); cpu += 1)
            cpus.add(cpu);
    }
    return [...cpus].sort((a, b) => a - b);
}
function formatCpuList(cpus) {
    const ranges = [];
    for (const cpu of [...cpus].sort((a, b) => a - b)) {
        const last = ranges.at(-1);
        if (last && last[1] === cpu - 1)
            last[1] = cpu;
        else
            ranges.push([cpu, cpu]);
    }
    return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
/** `00000001,0000000f` as the kernel writes masks, 32 bits a word, the highest first; undefined when it is none. */
function parseCpuMask(text) {
    const words = text.trim().split(",").reverse();
    if (words.length * WORD_BITS > MAX_CPU + 1)
        return undefined;
    if (!words.every((word) => /^[0-9a-f]{1,8}$/i.test(word)))
        return undefined;
    return words.flatMap((word, place) => {
        const bits = Number.parseInt(word, 16);
        const set = Array.from({ length: WORD_BITS }, (_, bit) => bit).filter((bit) => (bits >>> bit) & 1);
        return set.map((bit) => place * WORD_BITS + bit);
    });
}
function formatCpuMask(cpus) {
    const words = Array.from({ length: Math.floor(Math.max(0, ...cpus) / WORD_BITS) + 1 }, () => 0);
    for (const cpu of cpus) {
        const word = Math.floor(cpu / WORD_BITS);
        words[word] = ((words[word] ?? 0) | (1 << (cpu % WORD_BITS))) >>> 0;
    }
    return words
        .reverse()
        .map((word) => word.toString(16).padStart(WORD_DIGITS, "0"))
        .join(",");
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


/***/ })

};
