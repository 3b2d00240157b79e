export const id = 645;
export const ids = [645];
export const modules = {

/***/ 6645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hostTune: () => (/* binding */ hostTune)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
;// CONCATENATED MODULE: ./lib/host-tune/before.js




const schema = schemas/* object */.Ikc({
    schema: schemas/* literal */.euz(1),
    before: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^(proc\/sys|sys)\/[^\0]+$/), schemas/* string */.YjP()),
});
/** Kept on disk, since a machine is put back long after it was changed, by another process. */
class BeforeFile {
    #path;
    constructor(path) {
        this.#path = path;
    }
    async read() {
        const text = await (0,promises_.readFile)(this.#path, "utf8").catch(() => null);
        if (text === null)
            return {};
        try {
            return schema.parse(JSON.parse(text)).before;
        }
        catch (cause) {
            throw new lib_error/* SluiceError */.a("refused", `${this.#path} cannot be read as what was there before`, {
                cause,
                hint: "nothing was changed; look at it, or move it away if the machine was booted since",
            });
        }
    }
    /** On disk when this resolves: only then may anything be changed. */
    async write(before) {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(this.#path), { recursive: true, mode: 0o755 });
        const temporary = `${this.#path}.new`;
        const file = await (0,promises_.open)(temporary, "w", 0o600);
        try {
            await file.writeFile(`${JSON.stringify({ schema: 1, before }, null, 1)}\n`);
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

;// CONCATENATED MODULE: ./lib/host-tune/cpus.js
/** `0-3,8` as the kernel writes lists of CPUs; undefined when it is none. */
function parseCpuList(text) {
    const cpus = new Set();
    for (const part of text.trim().split(",")) {
        const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
        if (first === undefined || Number(last) < Number(first) || Number(last) > 8_191)
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
/** Below this many there is nothing to divide. */
const MIN_TO_DIVIDE = 3;
const HOUSEKEEPING_SHARE = 8;
/**
 * Divides the allowed CPUs: one in eight, and at least one, keeps house. The engine's come from one memory node where
 * that is not less than half of what it could have, since memory of another node is far away.
 */
function planCpus(allowed, nodes) {
    if (allowed.length < MIN_TO_DIVIDE)
        return { housekeeping: [...allowed], engine: [...allowed], exclusive: false };
    const count = Math.max(1, Math.floor(allowed.length / HOUSEKEEPING_SHARE));
    const housekeeping = allowed.slice(0, count);
    const free = allowed.slice(count);
    const near = nodes
        .map((node) => free.filter((cpu) => node.includes(cpu)))
        .reduce((best, one) => (one.length > best.length ? one : best), []);
    const engine = near.length * 2 >= free.length ? near : [...free];
    return { housekeeping, engine, exclusive: true };
}

;// CONCATENATED MODULE: ./lib/host-tune/plan.js
/** What would have to change for the host to be as the profile says. */
function plan(readings) {
    return readings.map(({ setting, path, raw }) => {
        const found = raw === null ? null : meaning(raw);
        const wanted = meaning(setting.value);
        const state = found === null ? "missing" : found === wanted ? "as-wanted" : "differs";
        return { key: keyOf(setting, path), path, wanted, found, state, reason: setting.reason };
    });
}
/** Values are words between blanks; of `always [madvise] never` the chosen one is meant. */
function meaning(raw) {
    const chosen = /\[([^\]]+)\]/.exec(raw)?.[1];
    return (chosen ?? raw).trim().split(/\s+/).join(" ");
}
/** Of a pattern's matches, each has its own name: `governor cpu3`. */
function keyOf({ key, path: pattern }, path) {
    const parts = path.split("/");
    const matched = pattern.split("/").findIndex((part) => part.includes("*"));
    return matched < 0 || path === pattern ? key : `${key} ${parts[matched]}`;
}
/** Looked up on the kernel's command line: only whoever boots the machine can change these. */
function bootFindings({ boot }, commandLine) {
    const words = commandLine.trim().split(/\s+/);
    return boot.map((parameter) => {
        const word = words.find((one) => one === parameter.name || one.startsWith(`${parameter.name}=`));
        return { ...parameter, found: word?.slice(parameter.name.length + 1) ?? null };
    });
}

// EXTERNAL MODULE: ./lib/host-tune/profile.js
var profile = __webpack_require__(9241);
;// CONCATENATED MODULE: ./lib/host-tune/profiles.js

const thp = (value, reason) => ({
    key: "thp",
    path: "sys/kernel/mm/transparent_hugepage/enabled",
    value,
    reason,
});
const governor = {
    key: "governor",
    path: "sys/devices/system/cpu/cpu*/cpufreq/scaling_governor",
    value: "performance",
    reason: "a CPU that has to raise its clock first answers the first request after a pause late",
};
/** For any server that is asked by many. */
const SERVING = [
    (0,profile/* sysctl */.n)("net.core.somaxconn", "4096", "a burst of new connections waits in the queue, it is not dropped"),
    (0,profile/* sysctl */.n)("net.ipv4.tcp_max_syn_backlog", "8192", "the same for connections that are still being opened"),
    (0,profile/* sysctl */.n)("net.ipv4.tcp_slow_start_after_idle", "0", "connections are kept and used in bursts; each burst would begin with a small window"),
    (0,profile/* sysctl */.n)("vm.swappiness", "1", "a page of the service that was swapped out costs milliseconds"),
];
const THROUGHPUT = {
    name: "throughput",
    purpose: "many bytes or many connections; a few microseconds more do not matter",
    settings: [
        ...SERVING,
        (0,profile/* sysctl */.n)("net.core.rmem_max", "16777216", "room for what a 10 Gbit/s link carries in 12 ms"),
        (0,profile/* sysctl */.n)("net.core.wmem_max", "16777216", "the same for what is sent"),
        (0,profile/* sysctl */.n)("net.ipv4.tcp_rmem", "4096 131072 16777216", "connections grow by need up to that room"),
        (0,profile/* sysctl */.n)("net.ipv4.tcp_wmem", "4096 65536 16777216", "the same for what is sent"),
        (0,profile/* sysctl */.n)("net.core.netdev_max_backlog", "10000", "packets of a burst wait for the CPU, they are not dropped"),
        (0,profile/* sysctl */.n)("vm.dirty_background_ratio", "3", "the journal is written out early, in small pieces"),
        (0,profile/* sysctl */.n)("vm.dirty_ratio", "10", "and never so much is unwritten that a writer has to wait for long"),
        thp("madvise", "large pages only where they were asked for; elsewhere their upkeep stalls"),
        governor,
    ],
    boot: [],
};
const LOW_LATENCY = {
    name: "low-latency",
    purpose: "the matching engine: the slowest answers count, and CPUs are given to it alone",
    settings: [
        ...SERVING,
        (0,profile/* sysctl */.n)("net.core.busy_read", "50", "a read looks for packets 50 µs itself and saves the interrupt's way"),
        (0,profile/* sysctl */.n)("net.core.busy_poll", "50", "the same for poll and epoll"),
        (0,profile/* sysctl */.n)("net.ipv4.tcp_fastopen", "3", "a returning client sends its request with its first packet"),
        (0,profile/* sysctl */.n)("kernel.numa_balancing", "0", "memory stays where it is: moving it stops the thread that uses it"),
        (0,profile/* sysctl */.n)("kernel.timer_migration", "0", "timers stay on the CPU that set them, away from the pinned ones"),
        (0,profile/* sysctl */.n)("kernel.nmi_watchdog", "0", "no periodic interrupt on CPUs that are to be left alone"),
        (0,profile/* sysctl */.n)("vm.stat_interval", "10", "the kernel's own statistics disturb each CPU every 10 s, not every second"),
        (0,profile/* sysctl */.n)("vm.dirty_background_ratio", "3", "the journal is written out early, in small pieces"),
        (0,profile/* sysctl */.n)("vm.dirty_ratio", "10", "and never so much is unwritten that a writer has to wait for long"),
        thp("never", "putting pages together stalls the threads that use them"),
        governor,
    ],
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
        (0,profile/* sysctl */.n)("net.core.rmem_max", "134217728", "a full 10 Gbit/s link with 100 ms of round trip needs 125 MB"),
        (0,profile/* sysctl */.n)("net.core.wmem_max", "134217728", "the same for what is sent"),
        (0,profile/* sysctl */.n)("net.ipv4.tcp_rmem", "4096 87380 134217728", "connections grow by need up to that room"),
        (0,profile/* sysctl */.n)("net.ipv4.tcp_wmem", "4096 65536 134217728", "the same for what is sent"),
    ],
    boot: [],
};
const PROFILES = {
    throughput: THROUGHPUT,
    "low-latency": LOW_LATENCY,
    s1: S1,
};

;// CONCATENATED MODULE: ./lib/host-tune/tree.js


/** The files by which a kernel shows and takes its settings; `root` is `/`, or a folder that stands for it. */
class Tree {
    #root;
    constructor(root) {
        this.#root = root;
    }
    /** Null when there is no such file, or this kernel does not let it be read. */
    async read(path) {
        return (0,promises_.readFile)((0,external_node_path_.join)(this.#root, path), "utf8").catch(() => null);
    }
    /** The kernel takes a value or refuses it; then the error says how. */
    async write(path, raw) {
        // Never makes a file: a key that this kernel lacks stays lacking.
        const file = await (0,promises_.open)((0,external_node_path_.join)(this.#root, path), promises_.constants.O_WRONLY | promises_.constants.O_TRUNC);
        try {
            await file.writeFile(raw);
        }
        finally {
            await file.close();
        }
    }
    async readAll(settings) {
        const readings = settings.map(async (setting) => {
            const paths = await this.#matches(setting.path);
            const found = paths.map(async (path) => ({ setting, path, raw: await this.read(path) }));
            return found.length > 0 ? Promise.all(found) : [{ setting, path: setting.path, raw: null }];
        });
        return (await Promise.all(readings)).flat();
    }
    /** Paths that a pattern with one `*` means; the path itself when it has none. */
    async #matches(pattern) {
        const parts = pattern.split("/");
        const at = parts.findIndex((part) => part.includes("*"));
        if (at < 0)
            return [pattern];
        const folder = parts.slice(0, at).join("/");
        const [before = "", after = ""] = (parts[at] ?? "").split("*");
        const names = await (0,promises_.readdir)((0,external_node_path_.join)(this.#root, folder)).catch(() => []);
        const candidates = names
            .filter((name) => name.startsWith(before) && name.endsWith(after))
            .filter((name) => /^\d+$/.test(name.slice(before.length, name.length - after.length)))
            .map((name) => [...parts.slice(0, at), name, ...parts.slice(at + 1)].join("/"));
        const there = await Promise.all(candidates.map(async (path) => (await this.read(path)) !== null));
        return candidates.filter((_, index) => there[index]).sort(byNumber);
    }
}
function byNumber(a, b) {
    return a.localeCompare(b, "en", { numeric: true });
}

;// CONCATENATED MODULE: ./lib/host-tune/tune.js


/**
 * Makes the host as the settings say. What was there is stored first. When the kernel refuses one of them, all that
 * this call changed is put back, and the error names it.
 */
async function apply(tree, settings, file) {
    const readings = await tree.readAll(settings);
    const differing = plan(readings).filter(({ state }) => state === "differs");
    const raw = new Map(readings.map(({ path, raw }) => [path, raw ?? ""]));
    const stored = await file.read();
    const before = Object.fromEntries(differing.map(({ path }) => [path, raw.get(path) ?? ""]));
    // What was there before the very first change stays what a revert goes back to.
    if (differing.length > 0)
        await file.write({ ...before, ...stored });
    const done = [];
    for (const one of differing) {
        const refusal = await set(tree, one.path, one.wanted);
        if (refusal !== undefined) {
            const left = await putBack(tree, done.map(({ path }) => [path, raw.get(path) ?? ""]));
            await file.write(stored);
            throw refused(one, refusal, left);
        }
        done.push(one);
    }
    const changes = differing.map(({ key, path, found, wanted }) => ({
        key,
        path,
        from: found ?? "",
        to: wanted,
    }));
    return { changes, now: plan(await tree.readAll(settings)) };
}
/** Puts back everything that was ever changed, byte for byte as the kernel shows it. */
async function revert(tree, file) {
    const before = Object.entries(await file.read());
    const now = new Map(await Promise.all(before.map(async ([path]) => [path, (await tree.read(path)) ?? ""])));
    const left = await putBack(tree, before);
    if (left.length > 0)
        throw new lib_error/* SluiceError */.a("refused", `not put back: ${left.join("; ")}`, {
            hint: "what was there before is still stored; run it again as root, or boot the machine",
        });
    await file.remove();
    return before
        .filter(([path, raw]) => now.get(path) !== raw)
        .map(([path, raw]) => ({
        key: path,
        path,
        from: meaning(now.get(path) ?? ""),
        to: meaning(raw),
    }));
}
/** Why the kernel does not have the value now; undefined when it has. */
async function set(tree, path, value) {
    try {
        await tree.write(path, value);
    }
    catch (error) {
        return (0,lib_error/* causes */.p)(error).join(": ");
    }
    const now = await tree.read(path);
    if (now !== null && meaning(now) === meaning(value))
        return undefined;
    return `it was written, but is ${now === null ? "gone" : meaning(now)} when read back`;
}
/** What could not be put back, and why. */
async function putBack(tree, before) {
    const left = [];
    for (const [path, raw] of [...before].reverse()) {
        if ((await tree.read(path)) === raw)
            continue;
        const refusal = await set(tree, path, chosen(raw));
        if (refusal !== undefined)
            left.push(`${path}: ${refusal}`);
    }
    return left;
}
/** A file that shows all choices takes one of them; any other takes back what it showed. */
function chosen(raw) {
    return /\[[^\]]+\]/.test(raw) ? meaning(raw) : raw;
}
function refused({ key, wanted, found }, why, left) {
    const rest = left.length > 0 ? `; and not put back: ${left.join("; ")}` : "";
    return new lib_error/* SluiceError */.a("refused", `${key} cannot be made ${wanted} (it is ${found}): ${why}${rest}`, {
        hint: "run it as root on the host itself, not in a container; what this run had changed was put back",
    });
}

;// CONCATENATED MODULE: ./actions/host-tune/host-tune.js









/** Plans, applies, verifies or reverts; its outputs are those of the action, also when it fails. */
async function hostTune(context) {
    const { inputs, outputs, log, summary } = context;
    mustBeAbsolute("state-file", inputs["state-file"]);
    mustBeAbsolute("root", inputs.root);
    const profile = host_tune_chosen(PROFILES[inputs.profile], inputs.only ?? []);
    const tree = new Tree(inputs.root);
    const file = new BeforeFile(inputs["state-file"]);
    const changes = await act(inputs.mode, tree, profile, file);
    const now = plan(await tree.readAll(profile.settings));
    const boot = bootFindings(profile, (await tree.read("proc/cmdline")) ?? "");
    const drift = now.filter(({ state }) => state === "differs");
    const missing = now.filter(({ state }) => state === "missing").map(({ key }) => key);
    const gate = gateOf(context, profile, { changes, drift, missing });
    const result = { gate, changes, drift, missing, cpus: await cpus(tree) };
    outputs.set(result);
    tell(summary, profile, now, boot, changes);
    log.info(gate.reason);
    if (gate.outcome !== "failed")
        return result;
    throw new lib_error/* SluiceError */.a("refused", gate.reason, {
        hint: "run it with `mode: apply`, or find out who changes the host; the summary has the table",
    });
}
async function act(mode, tree, { settings }, file) {
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
function host_tune_chosen(profile, only) {
    if (only.length === 0)
        return profile;
    const isChosen = (key) => only.some((one) => (one.endsWith("*") ? key.startsWith(one.slice(0, -1)) : key === one));
    const settings = profile.settings.filter(({ key }) => isChosen(key));
    if (settings.length > 0)
        return { ...profile, settings };
    throw new lib_error/* SluiceError */.a("invalid-input", `only: ${only.join(", ")} names no key of ${profile.name}; it has ${profile.settings.map(({ key }) => key).join(", ")}`);
}
function gateOf({ inputs: { mode } }, { name, settings }, { changes, drift, missing }) {
    const lacking = missing.length > 0 ? `; this kernel lacks ${missing.join(", ")}` : "";
    const differing = drift.map(({ key, found, wanted }) => `${key} is ${found}, not ${wanted}`);
    const gate = (outcome, reason) => ({
        name: "host-tune",
        outcome,
        reason: `${name}: ${reason}${lacking}`,
    });
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
async function cpus(tree) {
    const status = (await tree.read("proc/self/status")) ?? "";
    const allowed = parseCpuList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "");
    if (!allowed || allowed.length === 0)
        return null;
    const nodes = [];
    for (let node = 0; node < 64; node += 1) {
        const text = await tree.read(`sys/devices/system/node/node${node}/cpulist`);
        if (text === null)
            break;
        nodes.push(parseCpuList(text) ?? []);
    }
    const { housekeeping, engine, exclusive } = planCpus(allowed, nodes);
    return { housekeeping: formatCpuList(housekeeping), engine: formatCpuList(engine), exclusive };
}
function tell(summary, profile, now, boot, changes) {
    const changed = new Map(changes.map(({ path, from }) => [path, from]));
    summary.heading(`Host settings: ${profile.name}`);
    summary.table(["Key", "Wanted", "Found", "Before", "Why"], now.map(({ key, path, wanted, found, state, reason }) => [
        (0,action/* inlineText */.ln)(key),
        (0,action/* inlineText */.ln)(wanted),
        (0,action/* inlineText */.ln)(state === "missing" ? "this kernel lacks it" : `${state === "differs" ? "✗ " : ""}${found}`),
        (0,action/* inlineText */.ln)(changed.get(path) ?? ""),
        (0,action/* inlineText */.ln)(reason),
    ]));
    if (boot.length === 0)
        return;
    summary.table(["Boot parameter", "Found", "Why"], boot.map(({ name, found, reason }) => [
        (0,action/* inlineText */.ln)(name),
        (0,action/* inlineText */.ln)(found ?? "not set; only a boot can change it"),
        (0,action/* inlineText */.ln)(reason),
    ]));
}
function mustBeAbsolute(name, path) {
    if ((0,external_node_path_.isAbsolute)(path))
        return;
    throw new lib_error/* SluiceError */.a("invalid-input", `${name}: given ${path}; accepted: an absolute path`);
}


/***/ })

};
