export const id = 996;
export const ids = [996];
export const modules = {

/***/ 9996:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Qo: () => (/* binding */ readEnvironment)
});

// UNUSED EXPORTS: MAX_ENVIRONMENT_BYTES, parseEnvironment

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./lib/environment/base-folder.js


/**
 * The folder that `target.site` of the environment at `file` (absolute) is relative to: the root of the
 * repository that holds it; outside a repository the parent of a folder named `environments`, else its folder.
 */
async function baseFolder(file) {
    const own = (0,external_node_path_.dirname)(file);
    for (let folder = own;; folder = (0,external_node_path_.dirname)(folder)) {
        if (await exists((0,external_node_path_.join)(folder, ".git")))
            return folder;
        if (folder === (0,external_node_path_.dirname)(folder))
            break;
    }
    return (0,external_node_path_.basename)(own) === "environments" ? (0,external_node_path_.dirname)(own) : own;
}
async function exists(path) {
    return (0,promises_.stat)(path).then(() => true, () => false);
}

// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
;// CONCATENATED MODULE: ./lib/environment/fault.js

/** Keys as a person writes them: `service.smoke[0].path`. */
function keyOf(path) {
    return path.reduce((text, part) => {
        if (typeof part === "number")
            return `${text}[${part}]`;
        return text === "" ? String(part) : `${text}.${String(part)}`;
    }, "");
}
/** What comes after the first complaint about a key is mostly its echo. */
function firstOfEachKey(found, key) {
    const first = new Map();
    for (const one of found)
        if (!first.has(key(one)))
            first.set(key(one), one);
    return [...first.values()];
}
const MAX_GIVEN_CHARACTERS = 60;
/** A value as it may stand in a message: one line, never long. */
function show(value) {
    const text = JSON.stringify(value) ?? String(value);
    if (text.length <= MAX_GIVEN_CHARACTERS)
        return text;
    return `${text.slice(0, MAX_GIVEN_CHARACTERS)}…`;
}
const MAX_FAULTS_SHOWN = 50;
/** One error that tells every fault, each with its place. */
function faultsError(file, faults) {
    const sorted = [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
    const lines = sorted.slice(0, MAX_FAULTS_SHOWN).map((fault) => {
        const key = fault.key === "" ? "" : `${fault.key}: `;
        return `${file}:${fault.line}:${fault.column}: ${key}${fault.message}`;
    });
    const left = sorted.length - lines.length;
    if (left > 0)
        lines.push(`… and ${left} more`);
    return new error/* SluiceError */.a("invalid-environment", lines.join("\n"), {
        hint: "docs/environment.md lists every key with its default; nothing was done",
    });
}

;// CONCATENATED MODULE: ./lib/environment/document.js


/** More than this many uses of anchors is an attempt to blow up, not a configuration. */
const MAX_ALIASES = 50;
/** YAML 1.2, one document. Faults of syntax, double keys and too many aliases come back, never thrown. */
function parseSource(text) {
    const lineCounter = new dist/* LineCounter */.HN();
    const at = (offset) => position(lineCounter, offset);
    const parsed = tolerantly(() => (0,dist/* parseDocument */.Tp)(text, { lineCounter, version: "1.2" }));
    if (parsed instanceof Error)
        return [{ key: "", ...at(0), message: parsed.message }];
    const faults = [...syntaxFaults(parsed, text, at), ...unresolvedAliases(parsed, at)];
    if (faults.length > 0)
        return faults;
    if (parsed.contents === null)
        return [{ key: "", ...at(0), message: "the file is empty" }];
    const value = tolerantly(() => parsed.toJS({ maxAliasCount: MAX_ALIASES }));
    if (value instanceof Error) {
        const message = `more than ${MAX_ALIASES} values by way of anchors; write them out`;
        return [{ key: "", ...at(0), message }];
    }
    return {
        value,
        locate: (path) => at(offsetOf(parsed, path)),
        locateKey: (path) => at(keyOffsetOf(parsed, path)),
    };
}
/** Every double key, and the first fault of syntax: those after it are mostly its echo. */
function syntaxFaults(parsed, text, at) {
    const problems = [...parsed.errors, ...parsed.warnings];
    const double = problems.filter(({ code }) => code === "DUPLICATE_KEY");
    const first = problems.find(({ code }) => code !== "DUPLICATE_KEY");
    const faults = double.map(({ pos }) => {
        const name = /^["']?[^"'\s:,}]*["']?/.exec(text.slice(pos[0]))?.[0] ?? "";
        return { key: "", ...at(pos[0]), message: `the key ${name} is given twice in one mapping` };
    });
    if (first !== undefined) {
        faults.push({ key: "", ...at(first.pos[0]), message: `not valid YAML: ${plainly(first)}` });
    }
    return faults;
}
function plainly({ code, message }) {
    if (code === "MULTIPLE_DOCS")
        return "only one document is accepted, without --- in the middle";
    if (/stack/i.test(message))
        return "nested too deeply";
    return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
}
function unresolvedAliases(parsed, at) {
    const faults = [];
    (0,dist/* visit */.YR)(parsed, {
        Alias(_, alias) {
            if (alias.resolve(parsed) !== undefined)
                return;
            const message = `no anchor &${alias.source} stands before *${alias.source}`;
            faults.push({ key: "", ...at(alias.range?.[0] ?? 0), message });
        },
    });
    return faults;
}
/** Nesting deep enough to exhaust the stack is a fault of the file, not ours. */
function tolerantly(read) {
    try {
        return read();
    }
    catch (error) {
        if (error instanceof RangeError)
            return new Error("nested too deeply");
        return error instanceof Error ? error : new Error(String(error));
    }
}
function position(lineCounter, offset) {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
}
function offsetOf(document, path) {
    const found = descend(document, path);
    return found?.range?.[0] ?? 0;
}
/** The node at `path`, or the deepest one on the way there. */
function descend(document, path) {
    let current = document.contents;
    for (const part of path) {
        const whole = (0,dist/* isAlias */.Vj)(current) ? current.resolve(document) : current;
        const next = child(whole, part);
        if (next === undefined)
            return current;
        current = next;
    }
    return current;
}
function child(node, key) {
    if (typeof node !== "object" || node === null || !("get" in node))
        return undefined;
    const found = node.get(key, true);
    return typeof found === "object" && found !== null ? found : undefined;
}
function keyOffsetOf(document, path) {
    const parent = descend(document, path.slice(0, -1));
    const whole = (0,dist/* isAlias */.Vj)(parent) ? parent.resolve(document) : parent;
    if (!(0,dist/* isMap */.jh)(whole))
        return parent?.range?.[0] ?? 0;
    const name = keyOf(path.slice(-1));
    const pair = whole.items.find(({ key }) => String(key) === name);
    const range = pair?.key?.range;
    return range?.[0] ?? offsetOf(document, path);
}

// EXTERNAL MODULE: ./lib/nearest.js
var nearest = __webpack_require__(8858);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/verdict/settings.js
var settings = __webpack_require__(1665);
// EXTERNAL MODULE: ./lib/units/duration.js
var duration = __webpack_require__(5338);
// EXTERNAL MODULE: ./lib/units/percentage.js
var percentage = __webpack_require__(2098);
;// CONCATENATED MODULE: ./lib/environment/vocabulary.js



/**
 * The words that environment files are made of. The message of each rule says what is accepted; the reader puts
 * what was given in front of it.
 */
function vocabulary_duration(description) {
    return schemas/* string */.YjP(duration/* DURATION_ACCEPTED */.Vj)
        .regex(/^\s*\d+(\.\d+)?(ms|s|m|h)\s*$/, duration/* DURATION_ACCEPTED */.Vj)
        .describe(description)
        .transform((text) => (0,duration/* parseDurationMs */.yi)(text) ?? Number.NaN);
}
function percent(description, least = 0) {
    const accepted = `a whole number from ${least} to 100, with or without %`;
    const written = schemas/* string */.YjP(accepted).regex(/^\s*\d{1,3}\s*%?\s*$/, accepted);
    return schemas/* union */.KCZ([schemas/* int */.Whr(accepted).min(least, accepted).max(100, accepted), written], accepted)
        .describe(description)
        .transform((given) => (0,percentage/* parsePercent */.l)(String(given)) ?? Number.NaN)
        .refine((value) => value >= least, accepted);
}
function vocabulary_text(description, accepted = "a text that is not empty") {
    return schemas/* string */.YjP(accepted).trim().min(1, accepted).describe(description);
}
function httpPath(description) {
    const accepted = "a path that begins with a slash: /health";
    return schemas/* string */.YjP(accepted)
        .regex(/^\/\S*$/, accepted)
        .describe(description);
}
/** Environment variables and labels are text; a bare whole number cannot be misread, so it may stand as it is. */
function textOrInteger(description) {
    const accepted = "a text or a whole number (put anything else in quotes)";
    return schemas/* union */.KCZ([schemas/* string */.YjP(accepted), schemas/* int */.Whr(accepted)], accepted)
        .describe(description)
        .transform(String);
}
/** A mapping that knows its keys. */
function mapping(shape) {
    return schemas/* strictObject */.rej(shape, `a mapping with the keys ${Object.keys(shape).join(", ")}`);
}

;// CONCATENATED MODULE: ./lib/environment/rollout-schema.js



const WEIGHT_ACCEPTED = "a whole number from 1 to 100, or a mapping: { weight: 10, hold: 2m }";
const COUNT_ACCEPTED = "a whole number of at least 1";
const weight = percent("Percent of traffic for the candidate.", 1);
const step = schemas/* union */.KCZ([
    weight.transform((weightPercent) => ({ weight: weightPercent, hold: undefined })),
    mapping({
        weight,
        hold: vocabulary_duration("Watched this long at this weight. When absent: interval, and at 100 nothing, since bake says that.").optional(),
    }),
], WEIGHT_ACCEPTED)
    .describe("A weight, or a weight with its own hold.");
const rolloutSchema = mapping({
    strategy: schemas/* enum */.k5n(["canary", "blue-green", "rolling"], "canary, blue-green or rolling")
        .default("canary")
        .describe("canary: by the steps. blue-green: all at once. rolling: by batches of hosts."),
    steps: schemas/* array */.YOg(step, "a list of weights: [10, 25, 50, 100]")
        .min(1, "a list of weights: [10, 25, 50, 100]")
        .max(50, "at most 50 weights")
        .optional()
        .describe("Weights, ascending, the last one 100. [10, 25, 50, 100]; of blue-green [100]."),
    interval: vocabulary_duration("Hold of each step below 100 that has none of its own; at least five samples, whatever is said here.").prefault("5m"),
    bake: vocabulary_duration("Watched at the last weight before the old slot is retired.").prefault("0s"),
    holdback: percent("Percent left with stable while baking, so that there is still something to compare with.").prefault(0),
    sample: vocabulary_duration("How often both arms' counters are read.").prefault("1s"),
    lease: vocabulary_duration("Not renewed for this long (its runner is gone), the target goes back to stable by itself.").prefault("15s"),
    deadline: vocabulary_duration("No decision after this long in one step is inconclusive.").prefault("30m"),
    "min-requests": schemas/* int */.Whr(COUNT_ACCEPTED)
        .min(1, COUNT_ACCEPTED)
        .default(50)
        .describe("A step that saw fewer requests on the candidate is not passed: it waits, up to deadline."),
    "must-find": (0,settings/* share */.uM)("The last weight below 100 is not passed before a release that fails this share of requests would have been found there or before, with probability 1 - verdict.beta: it waits, up to deadline. Without it, a rollout with little traffic promotes what it could not have found, and says what that is.").optional(),
    "on-inconclusive": schemas/* enum */.k5n(["rollback", "hold", "ask"], "rollback, hold or ask")
        .default("rollback")
        .describe("What is done when the evidence decides nothing."),
    early: schemas/* boolean */.zMY("true or false")
        .default(false)
        .describe("Pass a step before its hold is over (never before five samples and min-requests, never the bake) when that step alone has shown, at verdict.beta, that the release is good enough."),
});

;// CONCATENATED MODULE: ./lib/environment/service-schema.js


const LIST_OF_WORDS = "a list of words: [node, main.ts]";
const METRIC_ACCEPTED = "the name of a metric: letters, digits, _ and :";
const series = (description) => mapping({
    metric: schemas/* string */.YjP(METRIC_ACCEPTED)
        .regex(/^[A-Za-z_:][A-Za-z0-9_:]*$/, METRIC_ACCEPTED)
        .describe("Name of the metric in the Prometheus text."),
    labels: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of a label: letters, digits and _"), textOrInteger("Value that the label must have."), "a mapping of labels to values")
        .default({})
        .describe("Labels that must match; series with other labels besides are added up."),
}).describe(description);
const KIND_ACCEPTED = "the name of a kind: a letter, then letters, digits, - and _, up to 40";
const STATUS_ACCEPTED = "HTTP status codes from 100 to 599: [200, 201]";
const smokeCheck = mapping({
    name: vocabulary_text("For messages; the method and the path when absent.").optional(),
    port: schemas/* enum */.k5n(["service", "metrics"], "service or metrics")
        .default("service")
        .describe("Which of the instance's two ports is asked."),
    method: schemas/* enum */.k5n(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], "GET, HEAD, POST, PUT, PATCH or DELETE")
        .default("GET")
        .describe("HTTP method."),
    path: httpPath("Path that is asked."),
    json: schemas/* json */.Pq9().optional().describe("Sent as the JSON body."),
    status: schemas/* array */.YOg(schemas/* int */.Whr(STATUS_ACCEPTED).min(100, STATUS_ACCEPTED).max(599, STATUS_ACCEPTED), STATUS_ACCEPTED)
        .min(1, STATUS_ACCEPTED)
        .default([200])
        .describe("Status codes that pass."),
    timeout: vocabulary_duration("No answer after this long is a failure.").prefault("5s"),
});
const health = mapping({
    path: httpPath("Answers 2xx when the instance can take traffic.").default("/health"),
    deadline: vocabulary_duration("Not healthy after this long is a failed placement.").prefault("30s"),
    every: vocabulary_duration("How often it is asked.").prefault("100ms"),
});
const metrics = mapping({
    path: httpPath("Where the Prometheus text is, on the metrics port.").default("/metrics"),
    requests: series("Counter of all requests.").prefault({ metric: "http_requests_total" }),
    errors: series("Counter of the requests that failed.").prefault({
        metric: "http_requests_total",
        labels: { outcome: "error" },
    }),
    latency: series("Classic histogram in seconds, by its base name; not measured when absent.").optional(),
    kinds: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, KIND_ACCEPTED), series("Counter of this kind of failed requests."), "a mapping of kinds to their series: { corrupted: { metric: answers_corrupted_total } }")
        .optional()
        .describe("Kinds of errors that are also judged apart, each with its share in verdict.weights.kinds."),
});
const VARIABLE_ACCEPTED = "the name of an environment variable: letters, digits and _";
const variables = (description) => schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, VARIABLE_ACCEPTED), textOrInteger("Value of the variable."), "a mapping of variables to values")
    .default({})
    .describe(description);
const shadow = mapping({
    run: schemas/* array */.YOg(vocabulary_text("A word of the command.", LIST_OF_WORDS), LIST_OF_WORDS)
        .min(1, LIST_OF_WORDS)
        .describe("Command of the candidate's own release, run once beside stable on each machine of the candidate, in its folder; no shell. Exit code 0 passes, 3 found nothing to compare, anything else fails the deploy. Of the candidate {host} {port} {metrics-port} {slot} {version} are filled in, of stable {stable-port} {stable-metrics-port} {stable-slot} {stable-version} {stable-folder}."),
    env: variables("Its environment, which has nothing of service.env or of the job in it."),
    timeout: vocabulary_duration("Not ended after this long, it is ended, and the deploy has failed.").prefault("1m"),
    "on-inconclusive": schemas/* enum */.k5n(["fail", "go-on"], "fail or go-on")
        .default("fail")
        .describe("What is done where it found nothing to compare. go-on: the deploy goes on, and its gate, its statement and its summary say that nothing was compared."),
});
const serviceSchema = mapping({
    name: vocabulary_text("Name of the service, for messages and the release's archive."),
    start: schemas/* array */.YOg(vocabulary_text("A word of the command.", LIST_OF_WORDS), LIST_OF_WORDS)
        .min(1, LIST_OF_WORDS)
        .describe("Command that starts one instance, run in the unpacked release's folder; no shell."),
    env: variables("Its environment. {host} {port} {metrics-port} {slot} {version} are filled in."),
    health: health.prefault({}),
    smoke: schemas/* array */.YOg(smokeCheck, "a list of checks: [{ path: /health }]")
        .prefault([])
        .describe("Asked of each placed instance before it gets any traffic; all must pass."),
    shadow: shadow
        .optional()
        .describe("What the candidate is asked to show beside stable before it counts as placed."),
    metrics: metrics.prefault({}),
    drain: vocabulary_duration("A drained slot is stopped after this long at the latest.").prefault("10s"),
});

;// CONCATENATED MODULE: ./lib/environment/target-schema.js


const LISTEN_ACCEPTED = "host:port with a port from 0 to 65535: 127.0.0.1:8080, [::1]:8080";
const LISTEN = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<name>[A-Za-z0-9.-]+)):(?<port>\d{1,5})$/;
const listen = schemas/* string */.YjP(LISTEN_ACCEPTED)
    .regex(LISTEN, LISTEN_ACCEPTED)
    .describe("Where the proxy listens. Port 0 takes a free one.")
    .transform((given) => {
    const { six, name, port } = LISTEN.exec(given)?.groups ?? {};
    return { host: six ?? name ?? "", port: Number(port) };
})
    .refine(({ port }) => port <= 65_535, LISTEN_ACCEPTED);
const localTarget = mapping({
    kind: schemas/* literal */.euz("local", "the kind of a target: local or hosts")
        .default("local")
        .describe("local: two slots under one supervisor on this machine."),
    site: vocabulary_text("Folder of the supervisor's state; relative to the root of the repository that holds this file."),
    listen: listen.prefault("127.0.0.1:8080"),
});
const PORT_ACCEPTED = "a port from 1 to 65535";
const port = (description) => schemas/* int */.Whr(PORT_ACCEPTED).min(1, PORT_ACCEPTED).max(65_535, PORT_ACCEPTED).describe(description);
const NAME_ACCEPTED = "a name of lower-case letters, digits and hyphens: engine-1";
const plainName = (description) => schemas/* string */.YjP(NAME_ACCEPTED)
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, NAME_ACCEPTED)
    .describe(description);
const ADDRESS_ACCEPTED = "an address or a host name: 10.0.0.11, engine-1.example.net";
const DESTINATION_ACCEPTED = "what the ssh command takes: engine-1, deploy@10.0.0.11";
const machine = mapping({
    name: plainName("Name of the machine, in messages and of its servers in HAProxy."),
    address: schemas/* string */.YjP(ADDRESS_ACCEPTED)
        .regex(/^[A-Za-z0-9:][A-Za-z0-9.:-]*$/, ADDRESS_ACCEPTED)
        .optional()
        .describe("Address of its services, as the edges and the runner reach them; its name when absent."),
    reach: schemas/* enum */.k5n(["ssh", "local"], "ssh or local")
        .default("ssh")
        .describe("How the runner commands it; local: the runner is on this very machine."),
    destination: schemas/* string */.YjP(DESTINATION_ACCEPTED)
        .regex(/^[A-Za-z0-9][A-Za-z0-9@._-]*$/, DESTINATION_ACCEPTED)
        .optional()
        .describe("Host of the user's own ssh configuration, or user@host; its name when absent."),
    sudo: schemas/* boolean */.zMY("true or false")
        .default(false)
        .describe("Whether the programs are started by `sudo -n`, for a user that is not root."),
});
const MACHINES = "a list of machines: [{ name: engine-1, address: 10.0.0.11 }]";
const machines = (description) => schemas/* array */.YOg(machine, MACHINES).min(1, MACHINES).max(64, "at most 64 machines").describe(description);
const slotPorts = (slot) => mapping({
    port: port(`Port of the service in the ${slot} slot, on each host.`),
    "metrics-port": port(`Port of its metrics.`),
});
const PATH_ACCEPTED = "an absolute path: /srv/engine";
const absolutePath = (description) => schemas/* string */.YjP(PATH_ACCEPTED)
    .regex(/^\/[A-Za-z0-9._/-]+$/, PATH_ACCEPTED)
    .describe(description);
const BATCH_ACCEPTED = "a whole number of at least 1";
const hostsTarget = mapping({
    kind: schemas/* literal */.euz("hosts", "the kind of a target: local or hosts")
        .describe("hosts: systemd units on machines of one's own, behind HAProxy."),
    hosts: machines("Where the two slots are; each machine has one instance of either."),
    edges: machines("Where HAProxy is. A majority keeps the rollout's state; where their number is even, the first host has a vote as well."),
    rolling: mapping({
        barrier: plainName("Host that a rolling release takes first, alone; the first one of `hosts` when absent.").optional(),
        batch: schemas/* int */.Whr(BATCH_ACCEPTED)
            .min(1, BATCH_ACCEPTED)
            .default(1)
            .describe("Hosts that a rolling release takes at once after that."),
    }).prefault({}),
    slots: mapping({ blue: slotPorts("blue"), green: slotPorts("green") }).prefault({
        blue: { port: 8081, "metrics-port": 9464 },
        green: { port: 8082, "metrics-port": 9465 },
    }),
    unit: schemas/* string */.YjP("the beginning of a unit template: engine@")
        .regex(/^[A-Za-z0-9][A-Za-z0-9:_.-]*@$/, "the beginning of a unit template: engine@")
        .default("engine@")
        .describe("systemd unit template of the slots: engine@ is engine@blue and engine@green."),
    folder: absolutePath("Folder of the releases and slots on each host.").default("/srv/engine"),
    backend: plainName("HAProxy's backend.").default("engine"),
    socket: absolutePath("HAProxy's admin socket on each edge.").default("/run/haproxy/admin.sock"),
    programs: absolutePath("Folder of sluice-edge and sluice-host on the machines.").default("/usr/local/lib/sluice"),
    "ssh-config": vocabulary_text("Configuration file for ssh instead of the user's own; relative to the root of the repository.").optional(),
});
const targetSchema = schemas/* discriminatedUnion */.gMt("kind", [localTarget, hostsTarget], {
    error: ({ code }) => code === "invalid_union"
        ? "the kind of a target: local or hosts"
        : "a mapping with a kind (local or hosts) and that kind's keys",
})
    .describe("Where the slots are.");

// EXTERNAL MODULE: ./lib/host-tune/cpu-set.js
var cpu_set = __webpack_require__(5403);
// EXTERNAL MODULE: ./lib/host-tune/profile.js
var profile = __webpack_require__(9241);
;// CONCATENATED MODULE: ./lib/environment/tune-schema.js




const DRIFTS = "block, warn or ignore";
const PROFILES = profile/* PROFILE_NAMES */.J.join(", ");
const CPUS_ACCEPTED = "a list of CPUs, as taskset -c takes it: 2-7";
/** `tune:` of the file. */
const tuneSchema = mapping({
    profile: schemas/* enum */.k5n(profile/* PROFILE_NAMES */.J, PROFILES)
        .describe("What the kernel of every host has to be set to, as the action host-tune applies it."),
    drift: schemas/* enum */.k5n(["block", "warn", "ignore"], DRIFTS)
        .default("block")
        .describe("What deploy does where a host is not as the profile says, before it places anything."),
    "engine-cpus": schemas/* string */.YjP(CPUS_ACCEPTED)
        .refine((text) => ((0,cpu_set/* parseCpuList */.Sx)(text) ?? []).length > 0, CPUS_ACCEPTED)
        .optional()
        .describe("CPUs that the service is given; those that host-tune proposes when absent."),
}).describe("The kernel settings that deploy holds every host to. Absent: nobody looks.");

;// CONCATENATED MODULE: ./lib/environment/verify-schema.js


const VERIFY_ACCEPTED = "{ key: sluice.pub }, { identity: …, issuer: … } or, so that anything is deployed, off";
const REGEXP_ACCEPTED = "a regular expression from ^ to $, or others' names that contain it match too";
const REPOSITORY_ACCEPTED = "OWNER/NAME";
const ISSUER_ACCEPTED = "the issuer's URL: https://token.actions.githubusercontent.com";
const signedBy = mapping({
    key: vocabulary_text("Path of the public key in this repository, or `env://NAME` of a variable that holds it.").optional(),
    "transparency-log": schemas/* boolean */.zMY("true or false")
        .optional()
        .describe("With a key: whether the signature must be in the transparency log too. Not when absent."),
    identity: vocabulary_text("Whom the signing certificate must name: https://github.com/OWNER/REPO/.github/workflows/release.yml@refs/tags/v1").optional(),
    "identity-regexp": schemas/* string */.YjP(REGEXP_ACCEPTED)
        .regex(/^\^.*\$$/s, REGEXP_ACCEPTED)
        .optional()
        .describe("The same as a regular expression (RE2), for identities that end in the tag's name."),
    issuer: schemas/* string */.YjP(ISSUER_ACCEPTED)
        .regex(/^https?:\/\/[^\s/]+\S*$/, ISSUER_ACCEPTED)
        .optional()
        .describe("With an identity: the OIDC issuer that must have vouched for it."),
    repository: schemas/* string */.YjP(REPOSITORY_ACCEPTED)
        .regex(/^[\w.-]+\/[\w.-]+$/, REPOSITORY_ACCEPTED)
        .optional()
        .describe("With a GitHub identity: the repository that the run belonged to. A reusable workflow has one identity, whoever calls it."),
    "trusted-root": vocabulary_text("Path of a Sigstore trusted root in this repository, for an own Sigstore or no network; the public one when absent.").optional(),
});
/** `verify:` of the file. Which keys go together is in verify-rules.ts. */
const verifySchema = schemas/* union */.KCZ([signedBy, schemas/* literal */.euz("off", VERIFY_ACCEPTED)], VERIFY_ACCEPTED)
    .describe("Whose signature a release must carry to be deployed; `off` takes any bytes. Without it nothing is deployed.");

;// CONCATENATED MODULE: ./lib/environment/schema.js








/** environments/NAME.yaml as it is written: kebab-case, durations and percentages with their units. */
const environmentSchema = mapping({
    $schema: schemas/* string */.YjP().optional().describe("For editors; not read."),
    name: vocabulary_text("Name of the environment; the file's name when absent.").optional(),
    service: serviceSchema,
    target: targetSchema,
    rollout: rolloutSchema.prefault({}),
    verdict: settings/* VerdictSettingsYaml */.WQ.prefault({}),
    verify: verifySchema.optional(),
    tune: tuneSchema.optional(),
});

;// CONCATENATED MODULE: ./lib/environment/keys.js


/** The keys of the mapping at `path` of an environment file, in the order in which they are documented. */
function acceptedKeys(path) {
    const keys = schemasAt(path)
        .flatMap(alternatives)
        .flatMap((one) => (one instanceof schemas/* ZodObject */.bvH ? Object.keys(one.shape) : []));
    return [...new Set(keys)];
}
/** What is accepted at `path`, in words: what the schema says to a value that nothing accepts. */
function acceptedAt(path) {
    const [schema] = schemasAt(path);
    if (schema === undefined)
        return "";
    const message = z.safeParse(schema, Symbol("nothing")).error?.issues[0]?.message ?? "";
    if (!message.startsWith("Invalid input"))
        return message;
    const [whole] = alternatives(schema);
    if (whole instanceof z.ZodArray)
        return "a list";
    return whole instanceof z.ZodRecord ? "a mapping" : "any value";
}
/** The schemas of the value at `path`; several where a choice has several branches. */
function schemasAt(path) {
    let schemas = [environmentSchema];
    for (const part of path) {
        schemas = schemas.flatMap(alternatives).flatMap((one) => inside(one, part));
    }
    return schemas;
}
/** A schema without its wrappers; a choice as its branches. */
function alternatives(schema) {
    if (schema instanceof schemas/* ZodUnion */.fZ7)
        return schema.options.flatMap(alternatives);
    if (schema instanceof schemas/* ZodPipe */.utH)
        return alternatives(schema.in);
    if (schema instanceof schemas/* ZodOptional */.IiU ||
        schema instanceof schemas/* ZodDefault */.XiL ||
        schema instanceof schemas/* ZodPrefault */.xgV) {
        return alternatives(schema.def.innerType);
    }
    return [schema];
}
function inside(schema, part) {
    if (schema instanceof schemas/* ZodArray */.naA)
        return [schema.element];
    if (!(schema instanceof schemas/* ZodObject */.bvH))
        return [];
    const found = schema.shape[String(part)];
    return found instanceof schemas/* ZodType */.aRx ? [found] : [];
}

;// CONCATENATED MODULE: ./lib/environment/issues.js



/** The schema's complaints as faults with places; one for each key. */
function faultsOf(issues, source) {
    const faults = issues
        .flatMap((issue) => flatten(issue, []))
        .flatMap((issue) => {
        if (issue.code === "unrecognized_keys")
            return unknownKeys(issue, source);
        if (issue.code === "invalid_key")
            return [unfitKey(issue, source)];
        return [fault(issue.path, issue.message, source)];
    });
    return firstOfEachKey(faults, ({ key }) => key);
}
/** What was given at `path`, and what is accepted there. */
function fault(path, accepted, source, absent = "is missing") {
    const given = valueAt(source.value, path);
    const found = given === undefined ? absent : `given ${show(given)}`;
    return { key: keyOf(path), ...source.locate(path), message: `${found}; accepted: ${accepted}` };
}
function unknownKeys(issue, source) {
    const known = acceptedKeys(issue.path);
    return issue.keys.map((key) => {
        const near = (0,nearest/* nearest */.p)(key, known);
        const meant = near === undefined ? "" : `did you mean ${near}? `;
        return {
            key: keyOf([...issue.path, key]),
            ...source.locateKey([...issue.path, key]),
            message: `is not a key here; ${meant}accepted: ${known.join(", ")}`,
        };
    });
}
/** A name that a mapping with free keys does not take. */
function unfitKey(issue, source) {
    const accepted = issue.issues[0]?.message ?? issue.message;
    return {
        key: keyOf(issue.path),
        ...source.locateKey(issue.path),
        message: `given ${show(issue.path.at(-1))} as a key; accepted: ${accepted}`,
    };
}
/** Of a choice that failed, the complaints of the branch that was meant: the one that got deepest. */
function flatten(issue, above) {
    const placed = { ...issue, path: [...above, ...issue.path] };
    if (placed.code !== "invalid_union")
        return [placed];
    const meant = placed.errors.find((branch) => branch.every(isAboutContent));
    if (meant === undefined || meant.length === 0)
        return [placed];
    return meant.flatMap((inner) => flatten(inner, placed.path));
}
/** The value had the shape of the branch, only not its content. */
function isAboutContent(issue) {
    return issue.path.length > 0 || !["invalid_type", "invalid_union"].includes(issue.code);
}
function valueAt(root, path) {
    return path.reduce((value, part) => {
        if (typeof value !== "object" || value === null)
            return undefined;
        return Object.hasOwn(value, part) ? value[part] : undefined;
    }, root);
}

;// CONCATENATED MODULE: ./lib/environment/rule.js
function breach(path, accepted) {
    return [{ path, accepted }];
}
/** A breach for each of the durations that is no time at all. */
function notZero(path, durations) {
    return Object.entries(durations)
        .filter(([, ms]) => ms <= 0)
        .flatMap(([key]) => breach([...path, key], "more than 0s"));
}

// EXTERNAL MODULE: ./lib/targets/hosts/batches.js
var hosts_batches = __webpack_require__(7445);
;// CONCATENATED MODULE: ./lib/environment/hosts.js


/** A target of kind `hosts` from the words of the file. */
function typedHosts(file, base) {
    const { kind, slots, unit, folder, backend, socket, programs } = file;
    const [first, ...others] = file.edges.map(hosts_machine);
    if (first === undefined)
        throw new Error("the schema lets no empty list of edges through");
    const sshConfig = file["ssh-config"];
    return {
        kind,
        hosts: file.hosts.map(hosts_machine),
        edges: [first, ...others],
        batches: (0,hosts_batches/* batchesOf */.cS)(file.hosts.map(({ name }) => name), { barrier: file.rolling.barrier ?? file.hosts[0]?.name ?? "", size: file.rolling.batch }),
        ports: { blue: ports(slots.blue), green: ports(slots.green) },
        unit,
        folder,
        backend,
        socket,
        programs,
        ...(sshConfig === undefined ? {} : { sshConfig: (0,external_node_path_.resolve)(base, sshConfig) }),
    };
}
function hosts_machine({ name, address, reach, destination, sudo, }) {
    return {
        name,
        address: address ?? name,
        reach: reach === "local" ? { by: "local" } : { by: "ssh", destination: destination ?? name },
        sudo,
    };
}
function ports(given) {
    return { service: given.port, metrics: given["metrics-port"] };
}
/** A rolling release over hosts has a step for each batch. */
function rollingSteps({ batches }) {
    return (0,hosts_batches/* sharesOf */.AR)(batches).map((weight) => ({ weight }));
}

;// CONCATENATED MODULE: ./lib/environment/kinds.js
/** What a kind of errors may contribute to the evidence when nobody says otherwise. */
const USUAL_KIND_SHARE = 0.1;
/** A kind that is measured is judged: without a share of its own it gets the usual one. */
function judgedKinds({ service, verdict, }) {
    const measured = Object.keys(service.metrics.kinds ?? {});
    if (measured.length === 0)
        return verdict;
    const kinds = sharesOfKinds(measured, verdict.weights?.kinds ?? {});
    return { ...verdict, weights: { latency: verdict.weights?.latency ?? 0, kinds } };
}
function sharesOfKinds(measured, given) {
    return Object.fromEntries(measured.map((kind) => [kind, given[kind] ?? USUAL_KIND_SHARE]));
}

;// CONCATENATED MODULE: ./lib/environment/typed.js




/** Steps of an environment that names none. */
const DEFAULT_STEPS = {
    canary: [{ weight: 10 }, { weight: 25 }, { weight: 50 }, { weight: 100 }],
    "blue-green": [{ weight: 100 }],
    rolling: [{ weight: 25 }, { weight: 50 }, { weight: 75 }, { weight: 100 }],
};
/** From the words of the file to the typed form that the rest of Sluice reads. */
function typed(file, around) {
    const target = typedTarget(file.target, around);
    return {
        name: file.name ?? around.name,
        service: typedService(file.service),
        target,
        rollout: typedRollout(file.rollout, target),
        verdict: judgedKinds(file),
        ...(file.verify === undefined ? {} : { verify: typedVerify(file.verify, around.base) }),
        ...(file.tune === undefined ? {} : { tune: typedTune(file.tune) }),
    };
}
function typedTarget(file, { base, sites }) {
    switch (file.kind) {
        case "local":
            return { ...file, site: (0,external_node_path_.resolve)(sites, file.site) };
        case "hosts":
            return typedHosts(file, base);
    }
}
function typedTune({ profile, drift, "engine-cpus": cpus }) {
    const engineCpus = cpus === undefined ? undefined : (0,cpu_set/* parseCpuList */.Sx)(cpus);
    return { profile, drift, ...(engineCpus && { engineCpus }) };
}
/** Keys and roots of trust are files of the repository: they come with the checkout. */
function typedVerify(file, base) {
    if (file === "off")
        return { by: "nobody" };
    const root = file["trusted-root"];
    const trusted = root === undefined ? {} : { trustedRoot: (0,external_node_path_.resolve)(base, root) };
    const { key, identity, issuer = "", repository } = file;
    if (key !== undefined) {
        const where = key.startsWith("env://") ? key : (0,external_node_path_.resolve)(base, key);
        return {
            by: "key",
            key: where,
            transparencyLog: file["transparency-log"] ?? false,
            ...trusted,
        };
    }
    const whose = identity === undefined ? { matching: file["identity-regexp"] ?? "" } : { exactly: identity };
    const within = repository === undefined ? {} : { repository };
    return { by: "identity", identity: whose, issuer, ...within, ...trusted };
}
function typedService(file) {
    const { path, requests, errors, latency, kinds } = file.metrics;
    return {
        name: file.name,
        start: file.start,
        env: file.env,
        health: {
            path: file.health.path,
            deadlineMs: file.health.deadline,
            intervalMs: file.health.every,
        },
        smoke: file.smoke.map(({ name, port, method, path, json, status, timeout }) => ({
            name: name ?? `${method} ${path}`,
            port,
            method,
            path,
            ...(json === undefined ? {} : { json }),
            status,
            timeoutMs: timeout,
        })),
        ...(file.shadow === undefined ? {} : { shadow: typedShadow(file.shadow) }),
        metrics: {
            path,
            requests,
            errors,
            ...(latency === undefined ? {} : { latency }),
            ...(kinds === undefined ? {} : { kinds }),
        },
        drainDeadlineMs: file.drain,
    };
}
function typedShadow(file) {
    const { run, env, timeout, "on-inconclusive": onInconclusive } = file;
    return { run, env, timeoutMs: timeout, onInconclusive };
}
function typedRollout(file, target) {
    const steps = file.strategy === "rolling" && target.kind === "hosts"
        ? rollingSteps(target)
        : (file.steps ?? DEFAULT_STEPS[file.strategy]);
    return {
        strategy: file.strategy,
        steps: steps.map(({ weight, hold }) => ({
            weightPercent: weight,
            // The last step's hold is the bake: `bake: 0s` must mean that nothing is waited for.
            holdMs: hold ?? (weight === 100 ? 0 : file.interval),
        })),
        bakeMs: file.bake,
        holdbackPercent: file.holdback,
        sampleIntervalMs: file.sample,
        leaseMs: file.lease,
        stepDeadlineMs: file.deadline,
        minStepRequests: file["min-requests"],
        onInconclusive: file["on-inconclusive"],
        early: file.early,
        ...(file["must-find"] === undefined ? {} : { mustFindRate: file["must-find"] }),
    };
}

;// CONCATENATED MODULE: ./lib/environment/baseline-rules.js


const BASELINE = ["verdict", "baseline"];
const targetHasRoom = ({ kind }) => kind === "hosts"
    ? breach(BASELINE, "stable with a target of kind hosts, whose machines have ports and units for two slots (fresh: with kind local)")
    : [];
const somethingIsCompared = ({ rollout: { strategy, steps } }) => {
    if (strategy !== "canary")
        return breach(BASELINE, `stable with the strategy ${strategy} (fresh: with canary)`);
    const compares = (steps ?? DEFAULT_STEPS[strategy]).some(({ weight }) => weight < 100);
    return compares
        ? []
        : breach(BASELINE, "stable without a step below 100: at 100 nothing is compared");
};
/** What must hold where the candidate is to be compared with fresh processes of stable. */
function baselineBreaches(sections) {
    if (sections.verdict.baseline !== "fresh")
        return [];
    return [targetHasRoom, somethingIsCompared].flatMap((rule) => rule(sections));
}

;// CONCATENATED MODULE: ./lib/environment/kinds-rules.js



const WEIGHTS = ["verdict", "weights", "kinds"];
/** A share of a kind that nobody counts would be evidence that never comes. */
const weightedKindsAreMeasured = ({ metrics }, { weights }) => {
    const measured = Object.keys(metrics.kinds ?? {});
    return Object.keys(weights?.kinds ?? {}).flatMap((kind) => {
        if (measured.includes(kind))
            return [];
        const near = (0,nearest/* nearest */.p)(kind, measured);
        const meant = near === undefined ? "" : ` (did you mean ${near}?)`;
        const named = measured.length === 0 ? "and there is none" : measured.join(", ");
        return breach([...WEIGHTS, kind], `only kinds that service.metrics.kinds names: ${named}${meant}`);
    });
};
const sharesLeaveSomeForAllErrors = ({ metrics }, { weights }) => {
    const kinds = sharesOfKinds(Object.keys(metrics.kinds ?? {}), weights?.kinds ?? {});
    const sum = Object.values(kinds).reduce((total, share) => total + share, weights?.latency ?? 0);
    return sum < 1
        ? []
        : breach(["service", "metrics", "kinds"], `kinds whose shares and latency's are less than 100% together; one that verdict.weights.kinds does not name has ${100 * USUAL_KIND_SHARE}%`);
};
const kindsAreNotAllErrors = ({ metrics }) => Object.entries(metrics.kinds ?? {}).flatMap(([kind, series]) => {
    const same = [metrics.errors, metrics.requests].some((other) => JSON.stringify(other) === JSON.stringify(series));
    return same
        ? breach(["service", "metrics", "kinds", kind], "other series than errors and requests: a kind is some of the errors")
        : [];
});
/** What must hold between the kinds of errors that are measured and those that are judged. */
const KINDS_RULES = [
    weightedKindsAreMeasured,
    sharesLeaveSomeForAllErrors,
    kindsAreNotAllErrors,
];

;// CONCATENATED MODULE: ./lib/environment/rollout-rules.js


const durationsAreAboveZero = ({ interval, sample, lease, deadline }) => notZero(["rollout"], { interval, sample, lease, deadline });
const stepsAscend = (rollout) => (rollout.steps ?? []).flatMap((step, index, steps) => {
    const before = steps[index - 1];
    if (before === undefined || step.weight > before.weight)
        return [];
    return breach(["rollout", "steps", index], `more than the step before it (${before.weight}): steps ascend`);
});
const lastStepIsEverything = (rollout) => {
    const last = rollout.steps?.at(-1);
    if (last === undefined || last.weight === 100)
        return [];
    const index = (rollout.steps?.length ?? 1) - 1;
    return breach(["rollout", "steps", index], "100 as the last step: a rollout ends with all traffic");
};
const blueGreenHasOneStep = (rollout) => {
    if (rollout.strategy !== "blue-green" || rollout.steps === undefined)
        return [];
    if (rollout.steps.length === 1)
        return [];
    return breach(["rollout", "steps"], "[100], or no steps, with the strategy blue-green");
};
const holdsAreLongEnough = (rollout) => (rollout.steps ?? []).flatMap((step, index) => {
    if (step.hold === undefined)
        return [];
    const path = ["rollout", "steps", index, "hold"];
    if (step.hold === 0 && step.weight === 100)
        return [];
    if (step.hold < rollout.sample)
        return breach(path, "at least rollout.sample");
    return step.hold > rollout.deadline ? breach(path, "at most rollout.deadline") : [];
});
const holdbackLeavesTraffic = (rollout) => rollout.holdback < 100 ? [] : breach(["rollout", "holdback"], "less than 100");
const holdbackIsAboveTheStepBefore = (rollout) => {
    const before = (rollout.steps ?? DEFAULT_STEPS[rollout.strategy]).at(-2)?.weight ?? 0;
    if (rollout.holdback === 0 || rollout.holdback >= 100 || 100 - rollout.holdback > before)
        return [];
    return breach(["rollout", "holdback"], `less than ${100 - before}: baking must not take traffic away after the step of ${before}`);
};
const holdbackNeedsABake = (rollout) => rollout.holdback > 0 && rollout.bake === 0
    ? breach(["rollout", "holdback"], "0 without a bake: nothing is held back when nothing is baked")
    : [];
const whatMustBeFoundCanBe = (rollout) => {
    const share = rollout["must-find"];
    if (share === undefined)
        return [];
    if (share === 0)
        return breach(["rollout", "must-find"], "more than 0%");
    const steps = rollout.steps ?? DEFAULT_STEPS[rollout.strategy];
    if (steps.some(({ weight }) => weight < 100))
        return [];
    return breach(["rollout", "must-find"], "left out without a step below 100: nothing is compared with all traffic on the candidate");
};
/** Steps that all have a hold of their own, or only the one of 100, need no interval: then any will do. */
function usesInterval({ steps, strategy }) {
    return (steps ?? DEFAULT_STEPS[strategy]).some((step) => step.weight < 100 && step.hold === undefined);
}
const samplesFitTheInterval = (rollout) => rollout.sample <= rollout.interval || !usesInterval(rollout)
    ? []
    : breach(["rollout", "sample"], "at most rollout.interval");
const intervalFitsTheDeadline = (rollout) => rollout.interval <= rollout.deadline || !usesInterval(rollout)
    ? []
    : breach(["rollout", "deadline"], "at least rollout.interval");
const leaseOutlivesThreeSamples = (rollout) => rollout.lease >= 3 * rollout.sample
    ? []
    : breach(["rollout", "lease"], "at least three times rollout.sample, so that one late renewal does not revert a good release");
/** All that must hold between the keys of `rollout`; each is one sentence about a rollout. */
const ROLLOUT_RULES = [
    durationsAreAboveZero,
    stepsAscend,
    lastStepIsEverything,
    blueGreenHasOneStep,
    holdsAreLongEnough,
    holdbackLeavesTraffic,
    holdbackIsAboveTheStepBefore,
    holdbackNeedsABake,
    samplesFitTheInterval,
    intervalFitsTheDeadline,
    leaseOutlivesThreeSamples,
    whatMustBeFoundCanBe,
];

;// CONCATENATED MODULE: ./lib/environment/service-rules.js


/** What is filled in where one instance is started. */
const PLACEHOLDERS = ["host", "port", "metrics-port", "slot", "version"];
/** What is filled in besides where something runs beside stable. */
const SHADOW_PLACEHOLDERS = [
    ...PLACEHOLDERS,
    "stable-port",
    "stable-metrics-port",
    "stable-slot",
    "stable-version",
    "stable-folder",
];
const service_rules_durationsAreAboveZero = ({ health, smoke, shadow }) => [
    ...notZero(["service", "health"], { deadline: health.deadline, every: health.every }),
    ...(shadow ? notZero(["service", "shadow"], { timeout: shadow.timeout }) : []),
    ...smoke.flatMap(({ timeout }, index) => notZero(["service", "smoke", index], { timeout })),
];
const healthIsAskedBeforeItsDeadline = ({ health }) => health.every <= health.deadline
    ? []
    : breach(["service", "health", "every"], "at most service.health.deadline");
const errorsAreNotAllRequests = ({ metrics }) => JSON.stringify(metrics.errors) === JSON.stringify(metrics.requests)
    ? breach(["service", "metrics", "errors"], "other series than requests, or every request is an error")
    : [];
const placeholdersAreKnown = ({ start, env, shadow }) => [
    { path: ["service"], command: "start", known: PLACEHOLDERS, words: start, env },
    ...(shadow
        ? [
            {
                path: ["service", "shadow"],
                command: "run",
                known: SHADOW_PLACEHOLDERS,
                words: shadow.run,
                env: shadow.env,
            },
        ]
        : []),
].flatMap(unknownPlaceholders);
function unknownPlaceholders({ path, command, known, words, env }) {
    const texts = [
        ...words.map((word, index) => [word, [...path, command, index]]),
        ...Object.entries(env).map(([name, value]) => [
            value,
            [...path, "env", name],
        ]),
    ];
    return texts.flatMap(([text, at]) => [...text.matchAll(/\{([A-Za-z][A-Za-z_-]*)\}/g)].flatMap(([whole, name = ""]) => {
        if (known.includes(name))
            return [];
        const near = (0,nearest/* nearest */.p)(name, known);
        const meant = near === undefined ? "" : ` (${whole}: did you mean {${near}}?)`;
        return breach(at, `the placeholders ${known.map((one) => `{${one}}`).join(" ")}${meant}`);
    }));
}
/** All that must hold between the keys of `service`. */
const SERVICE_RULES = [
    service_rules_durationsAreAboveZero,
    healthIsAskedBeforeItsDeadline,
    errorsAreNotAllRequests,
    placeholdersAreKnown,
];

;// CONCATENATED MODULE: ./lib/environment/target-rules.js

const barrierIsAHost = (target) => {
    if (target.kind !== "hosts" || target.rolling.barrier === undefined)
        return [];
    const names = target.hosts.map(({ name }) => name);
    if (names.includes(target.rolling.barrier))
        return [];
    return breach(["target", "rolling", "barrier"], `one of target.hosts: ${names.join(", ")}`);
};
const namesAreTheirOwn = (target) => {
    if (target.kind !== "hosts")
        return [];
    return ["hosts", "edges"].flatMap((kind) => target[kind].flatMap(({ name }, index, all) => all.findIndex((one) => one.name === name) === index
        ? []
        : breach(["target", kind, index, "name"], "a name that no other of them has")));
};
const batchesAreTheSteps = (target, rollout) => target.kind === "hosts" && rollout.strategy === "rolling" && rollout.steps !== undefined
    ? breach(["rollout", "steps"], "no steps with the strategy rolling: target.rolling says how many hosts are taken at once")
    : [];
const hostsAreWhole = (target, rollout) => target.kind === "hosts" && rollout.strategy === "rolling" && rollout.holdback > 0
    ? breach(["rollout", "holdback"], "0 with the strategy rolling: a host is wholly on one version")
    : [];
/** All that must hold between the keys of `target`, and between them and `rollout`. */
const TARGET_RULES = [
    barrierIsAHost,
    namesAreTheirOwn,
    batchesAreTheSteps,
    hostsAreWhole,
];

;// CONCATENATED MODULE: ./lib/environment/verify-rules.js

const oneSignerIsNamed = ({ key, identity, "identity-regexp": pattern }) => [key, identity, pattern].filter((one) => one !== undefined).length === 1
    ? []
    : breach(["verify"], "one of key, identity and identity-regexp");
const anIdentityHasItsIssuer = ({ key, issuer }) => key !== undefined || issuer !== undefined
    ? []
    : breach(["verify", "issuer"], "the issuer of the identity: https://token.actions.githubusercontent.com");
/** A key says nothing of issuers and repositories: who wrote one would believe that it is checked. */
const aKeyStandsAlone = ({ key, issuer, repository }) => key === undefined
    ? []
    : [
        ...(issuer === undefined ? [] : breach(["verify", "issuer"], "no issuer with a key")),
        ...(repository === undefined
            ? []
            : breach(["verify", "repository"], "no repository with a key")),
    ];
const anIdentityIsAlwaysLogged = ({ key, "transparency-log": logged }) => key !== undefined || logged !== false
    ? []
    : breach(["verify", "transparency-log"], "false only with a key: a certificate lives minutes, and only the log says when it was used");
const RULES = [
    oneSignerIsNamed,
    anIdentityHasItsIssuer,
    aKeyStandsAlone,
    anIdentityIsAlwaysLogged,
];
/** All that must hold between the keys of `verify`. */
const VERIFY_RULES = RULES.map((rule) => (verify) => (verify === "off" ? [] : rule(verify)));

;// CONCATENATED MODULE: ./lib/environment/warm-up-rules.js



/** A warm-up as long as all that is compared would leave a rollout that no error can stop. */
function warmUpBreaches({ warmUp }, { steps, strategy, interval }) {
    const comparedMs = (steps ?? DEFAULT_STEPS[strategy])
        .filter(({ weight }) => weight < 100)
        .reduce((sum, step) => sum + (step.hold ?? interval), 0);
    const warmUpMs = 1_000 * (warmUp?.errorsSeconds ?? 0);
    if (comparedMs === 0 || warmUpMs < comparedMs)
        return [];
    return breach(["verdict", "warm-up", "errors"], `less than the ${(0,duration/* formatDuration */.a3)(comparedMs)} that all steps below 100 take: else no error is ever evidence`);
}

;// CONCATENATED MODULE: ./lib/environment/rules.js













/**
 * Every rule between keys that the file breaks, the first breach of each key. A section whose keys are wrong by
 * themselves is left out: its rules would only echo that.
 */
function breaches(file) {
    const sections = typeof file === "object" && file !== null ? file : {};
    const service = serviceSchema.safeParse("service" in sections ? sections.service : undefined);
    const rollout = rolloutSchema.safeParse("rollout" in sections ? sections.rollout : {});
    const verify = verifySchema.safeParse("verify" in sections ? sections.verify : undefined);
    const verdict = settings/* VerdictSettingsYaml */.WQ.safeParse("verdict" in sections ? sections.verdict : {});
    const target = targetSchema.safeParse("target" in sections ? sections.target : undefined);
    const found = [
        ...(service.success ? SERVICE_RULES.flatMap((rule) => rule(service.data)) : []),
        ...(rollout.success ? ROLLOUT_RULES.flatMap((rule) => rule(rollout.data)) : []),
        ...(target.success && rollout.success
            ? TARGET_RULES.flatMap((rule) => rule(target.data, rollout.data))
            : []),
        ...(service.success && verdict.success
            ? KINDS_RULES.flatMap((rule) => rule(service.data, verdict.data))
            : []),
        ...(verdict.success && rollout.success
            ? baselineBreaches({
                verdict: verdict.data,
                rollout: rollout.data,
                kind: target.data?.kind,
            })
            : []),
        ...(verdict.success && rollout.success ? warmUpBreaches(verdict.data, rollout.data) : []),
        ...(verify.success ? VERIFY_RULES.flatMap((rule) => rule(verify.data)) : []),
    ];
    return firstOfEachKey(found, ({ path }) => keyOf(path));
}

;// CONCATENATED MODULE: ./lib/environment/read.js
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










const MAX_ENVIRONMENT_BYTES = 64 * 1024;
/**
 * Reads and checks environments/NAME.yaml. All that is wrong is told at once, in one SluiceError
 * `invalid-environment`. `target.site` is taken from the folder that SLUICE_SITES names, so that every job of a
 * runner finds the same site whatever its workspace is; else from the root of the repository that holds the file.
 * The files of `verify` are always taken from there: they come with the checkout.
 */
async function readEnvironment(path, env = process.env) {
    const file = (0,external_node_path_.resolve)(path);
    const text = await readText(file, path);
    return parseEnvironment(text, {
        file: path,
        name: (0,external_node_path_.basename)(file, (0,external_node_path_.extname)(file)),
        base: await baseFolder(file),
        ...(env.SLUICE_SITES ? { sites: env.SLUICE_SITES } : {}),
    });
}
/** The pure part of `readEnvironment`: `base` is what paths are relative to, `target.site` to `sites` where given. */
function parseEnvironment(text, where) {
    const source = parseSource(text);
    if (Array.isArray(source))
        throw faultsError(where.file, source);
    const read = environmentSchema.safeParse(source.value);
    const faults = [
        ...(read.success ? [] : faultsOf(read.error.issues, source)),
        ...breaches(source.value).map(({ path, accepted }) => fault(path, accepted, source, "is left at its default")),
    ];
    if (!read.success || faults.length > 0)
        throw faultsError(where.file, faults);
    const { name, base, sites = base } = where;
    return typed(read.data, { name, base, sites });
}
async function readText(file, shown) {
    const bytes = await readAtMost(file, MAX_ENVIRONMENT_BYTES + 1).catch((cause) => {
        throw new error/* SluiceError */.a("invalid-environment", `cannot read the environment file ${shown}`, {
            hint: "give the path of a file such as environments/production.yaml",
            cause,
        });
    });
    if (bytes.length > MAX_ENVIRONMENT_BYTES) {
        throw new error/* SluiceError */.a("invalid-environment", `${shown} has more than ${MAX_ENVIRONMENT_BYTES} bytes, the most that an environment file may have`);
    }
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    }
    catch (cause) {
        throw new error/* SluiceError */.a("invalid-environment", `${shown} is not UTF-8 text`, { cause });
    }
}
async function readAtMost(file, limit) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const handle = __addDisposableResource(env_1, await (0,promises_.open)(file), true);
        const buffer = new Uint8Array(limit);
        let length = 0;
        while (length < limit) {
            const { bytesRead } = await handle.read(buffer, length, limit - length);
            if (bytesRead === 0)
                break;
            length += bytesRead;
        }
        return buffer.subarray(0, length);
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

/***/ 9241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ PROFILE_NAMES),
/* harmony export */   nK: () => (/* binding */ sysctl),
/* harmony export */   oJ: () => (/* binding */ sysctlPath)
/* harmony export */ });
const PROFILE_NAMES = ["throughput", "low-latency", "s1"];
/** A key of sysctl, by the path that it has below the root. */
function sysctl(key, value, reason, more = {}) {
    return { key, path: sysctlPath(key), value, reason, ...more };
}
function sysctlPath(key) {
    return `proc/sys/${key.replaceAll(".", "/")}`;
}


/***/ }),

/***/ 7445:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AR: () => (/* binding */ sharesOf),
/* harmony export */   cS: () => (/* binding */ batchesOf),
/* harmony export */   eS: () => (/* binding */ rollingRouting)
/* harmony export */ });
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7368);

/** Names of hosts by batch: the barrier host first. */
function batchesOf(hosts, { barrier, size }) {
    const others = hosts.filter((name) => name !== barrier);
    const batches = Array.from({ length: Math.ceil(others.length / size) }, (_, index) => others.slice(index * size, (index + 1) * size));
    return [[barrier], ...batches];
}
/** Percent of all hosts after each batch: ascending, the last one 100. */
function sharesOf(batches) {
    const total = batches.flat().length;
    return batches.map((_, index) => Math.round((100 * batches.slice(0, index + 1).flat().length) / total));
}
/**
 * Weights in a rolling release: a host is wholly on the candidate, or wholly on stable. As many batches are on the
 * candidate as fit into its percentage.
 */
function rollingRouting(weights, candidate, batches) {
    if (weights[candidate] === 0 || weights[candidate] === 100)
        return { weights, servers: new Map() };
    const shares = sharesOf(batches);
    const servers = new Map();
    for (const [index, names] of batches.entries()) {
        const isOver = (shares[index] ?? 100) <= weights[candidate];
        for (const name of names) {
            servers.set(`${name}-${candidate}`, isOver ? 100 : 0);
            servers.set(`${name}-${(0,_target_js__WEBPACK_IMPORTED_MODULE_0__/* .otherSlot */ .jx)(candidate)}`, isOver ? 0 : 100);
        }
    }
    return { weights, servers };
}


/***/ }),

/***/ 7368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mi: () => (/* reexport safe */ _units_slot_js__WEBPACK_IMPORTED_MODULE_0__.Mi),
/* harmony export */   _f: () => (/* reexport safe */ _units_slot_js__WEBPACK_IMPORTED_MODULE_0__._f),
/* harmony export */   jx: () => (/* reexport safe */ _units_slot_js__WEBPACK_IMPORTED_MODULE_0__.jx)
/* harmony export */ });
/* harmony import */ var _units_slot_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3222);



/***/ }),

/***/ 3222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mi: () => (/* binding */ ALL_SLOTS),
/* harmony export */   _f: () => (/* binding */ SLOTS),
/* harmony export */   jx: () => (/* binding */ otherSlot)
/* harmony export */ });
const SLOTS = ["blue", "green"];
const ALL_SLOTS = [...SLOTS, "baseline"];
function otherSlot(slot) {
    return slot === "blue" ? "green" : "blue";
}


/***/ }),

/***/ 1665:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WQ: () => (/* binding */ VerdictSettingsYaml),
/* harmony export */   a$: () => (/* reexport safe */ _terms_js__WEBPACK_IMPORTED_MODULE_1__.a),
/* harmony export */   uM: () => (/* binding */ share)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4410);
/* harmony import */ var _units_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5338);
/* harmony import */ var _units_percentage_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2098);
/* harmony import */ var _terms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8945);





const CHANCE = "a chance above 0 and below 0.5, as 0.01 or 1%";
/** `1%` and `0.01` are the same chance. */
const chance = (description) => zod__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(CHANCE), zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(CHANCE).regex(/^\d+(\.\d+)?%$/, CHANCE)], CHANCE)
    .describe(description)
    .transform((given) => (typeof given === "number" ? given : Number.parseFloat(given) / 100))
    .refine((value) => value > 0 && value < 0.5, CHANCE);
const ratio = (description, largest) => {
    const accepted = `a number above 0 and up to ${largest}`;
    return zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(accepted).positive(accepted).max(largest, accepted).describe(description);
};
/** A share with its sign, so that nobody wonders whether 0.5 is a half or half a percent. */
const share = (description) => {
    const accepted = `${_units_percentage_js__WEBPACK_IMPORTED_MODULE_3__/* .PERCENTAGE_ACCEPTED */ .H}, written with its sign: 5%`;
    return zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(accepted)
        .regex(/%\s*$/, accepted)
        .refine((given) => (0,_units_percentage_js__WEBPACK_IMPORTED_MODULE_3__/* .parsePercent */ .l)(given) !== undefined, accepted)
        .describe(description)
        .transform((given) => ((0,_units_percentage_js__WEBPACK_IMPORTED_MODULE_3__/* .parsePercent */ .l)(given) ?? Number.NaN) / 100);
};
const seconds = (description) => zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(_units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .DURATION_ACCEPTED */ .Vj)
    .refine((given) => (0,_units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDurationMs */ .yi)(given) !== undefined, _units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .DURATION_ACCEPTED */ .Vj)
    .describe(description)
    .transform((given) => ((0,_units_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDurationMs */ .yi)(given) ?? Number.NaN) / 1_000);
const metricWeights = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    latency: share("Share of the evidence that latency may contribute.").prefault("20%"),
    kinds: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(1), share("Share of the evidence of this kind of errors."))
        .describe("Kinds of errors that are counted apart.")
        .default({}),
}, "a mapping with the keys latency, kinds")
    .refine(({ latency, kinds }) => Object.values(kinds).reduce((sum, kind) => sum + kind, latency) < 1, "shares that are less than 100% together: the rest is for all errors");
const warmUp = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    errors: seconds("How long errors are no evidence after the first traffic.").prefault("0s"),
    latency: seconds("How long latency is no evidence after the start.").prefault("60s"),
}, "a mapping with the keys errors, latency")
    .transform(({ errors, latency }) => ({ errorsSeconds: errors, latencySeconds: latency }));
const breaker = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    "slower-than": seconds("Requests slower than this are bad, at an edge of the histogram; without it, failed ones are.").optional(),
    above: share("Trips when more than this share of requests was bad."),
    "min-requests": zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr("a whole number from 1")
        .min(1, "a whole number from 1")
        .describe("Never trips on fewer.")
        .default(100),
    over: seconds("How far back it looks.").prefault("10s"),
}, "a mapping with the keys slower-than, above, min-requests, over")
    .transform((given) => ({
    bad: given["slower-than"] === undefined ? "errors" : { slowerThanSeconds: given["slower-than"] },
    above: given.above,
    minRequests: given["min-requests"],
    overSeconds: given.over,
}));
const keys = {
    alpha: chance("Chance at most that a release which is not worse is ever rolled back, however often one looks.").prefault(_terms_js__WEBPACK_IMPORTED_MODULE_1__/* .DEFAULT_SETTINGS */ .a.alpha),
    beta: chance("Chance at most that a release which is good-enough-ratio times as bad is called good.").prefault(_terms_js__WEBPACK_IMPORTED_MODULE_1__/* .DEFAULT_SETTINGS */ .a.beta),
    "tolerated-ratio": ratio("The ratio of error rates, candidate to stable, that is tolerated.", 100).default(_terms_js__WEBPACK_IMPORTED_MODULE_1__/* .DEFAULT_SETTINGS */ .a.toleratedRatio),
    "good-enough-ratio": ratio("Good enough is an error rate that is shown to be below this many times stable's.", 1000).default(_terms_js__WEBPACK_IMPORTED_MODULE_1__/* .DEFAULT_SETTINGS */ .a.goodEnoughRatio),
    "good-enough-rate": share("An error rate that is good enough whatever stable's is. 0%: the ratio alone decides.").prefault("0%"),
    "tolerated-slow-ratio": ratio("The ratio that is tolerated of requests slower than stable's usual quantiles.", 100).default(_terms_js__WEBPACK_IMPORTED_MODULE_1__/* .DEFAULT_SETTINGS */ .a.toleratedSlowRatio),
    weights: metricWeights.prefault({}).describe("How the evidence is shared among metrics."),
    "warm-up": warmUp.prefault({}).describe("What a cold candidate does at first is no evidence."),
    baseline: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(["stable", "fresh"], "stable, or fresh with the strategy canary and a target of kind local")
        .describe("What the candidate is compared with. stable: the old processes, as they serve. fresh: processes of the old version that are started for the rollout, as cold as the candidate, with as much traffic.")
        .default("stable"),
    breakers: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(breaker)
        .max(16, "up to 16 breakers")
        .describe("Absolute limits of the candidate: the first to trip rolls back at once.")
        .default([]),
    "assumed-clump": ratio("Events are taken to come in clumps of this size until stable has shown how clumped they are.", 1000).default(_terms_js__WEBPACK_IMPORTED_MODULE_1__/* .DEFAULT_SETTINGS */ .a.assumedClump),
};
/** The `verdict:` mapping as users write it, and the typed settings it becomes. Messages say what is accepted. */
const VerdictSettingsYaml = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej(keys, `a mapping with the keys ${Object.keys(keys).join(", ")}`)
    .refine((given) => given["good-enough-ratio"] > given["tolerated-ratio"], {
    path: ["good-enough-ratio"],
    message: "more than tolerated-ratio",
})
    .transform((given) => ({
    alpha: given.alpha,
    beta: given.beta,
    toleratedRatio: given["tolerated-ratio"],
    goodEnoughRatio: given["good-enough-ratio"],
    goodEnoughRate: given["good-enough-rate"],
    toleratedSlowRatio: given["tolerated-slow-ratio"],
    weights: given.weights,
    warmUp: given["warm-up"],
    baseline: given.baseline,
    breakers: given.breakers,
    assumedClump: given["assumed-clump"],
}));


/***/ }),

/***/ 8945:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ complete),
/* harmony export */   a: () => (/* binding */ DEFAULT_SETTINGS)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);

const DEFAULT_SETTINGS = {
    alpha: 0.01,
    beta: 0.05,
    toleratedRatio: 1,
    goodEnoughRatio: 2,
    goodEnoughRate: 0,
    toleratedSlowRatio: 1,
    weights: { latency: 0.2, kinds: {} },
    warmUp: { errorsSeconds: 0, latencySeconds: 60 },
    baseline: "stable",
    breakers: [],
    assumedClump: 10,
};
/** Throws `invalid-input` for chances that are none: a threshold has to be a number. */
function complete(settings) {
    for (const key of ["alpha", "beta"]) {
        if (settings[key] > 0 && settings[key] < 0.5)
            continue;
        throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("invalid-input", `${key}: given ${settings[key]}, accepted is a chance above 0 and below 0.5`, { hint: "0.01 is one in a hundred" });
    }
    return { ...DEFAULT_SETTINGS, ...settings };
}


/***/ })

};
