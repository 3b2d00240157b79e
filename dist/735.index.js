export const id = 735;
export const ids = [735];
export const modules = {

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

/***/ 3280:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xg: () => (/* binding */ wantsFreshBaseline),
/* harmony export */   Yi: () => (/* binding */ leavesBaseline),
/* harmony export */   lL: () => (/* binding */ baselinePercent),
/* harmony export */   tq: () => (/* binding */ freshBaselinePercent)
/* harmony export */ });
/* harmony import */ var _verdict_verdict_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7419);

/** Whether a rollout by `plan` is compared with fresh processes: only weights below 100 compare anything. */
function wantsFreshBaseline({ baseline }, { strategy, steps }) {
    return (baseline === "fresh" &&
        strategy === "canary" &&
        steps.some(({ weightPercent }) => weightPercent < 100));
}
/**
 * As much as the candidate has, taken from stable; above 50 % all that the candidate leaves, so that from there on
 * stable's old processes stand by without traffic and every request still tells something.
 */
function freshBaselinePercent(candidatePercent) {
    return Math.round(100 * (0,_verdict_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .baselineShare */ .$b)({ baseline: "fresh" }, candidatePercent / 100));
}
/** The percentage that the fresh baseline has in the current step. */
function baselinePercent({ baseline, plan, stepIndex }) {
    if (baseline !== "placed")
        return 0;
    return freshBaselinePercent(plan.steps[stepIndex]?.weightPercent ?? 0);
}
/** Whether something may stand in the third slot that has to be stopped. */
function leavesBaseline({ baseline }) {
    return baseline === "due" || baseline === "placed";
}


/***/ }),

/***/ 9938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LT: () => (/* binding */ closeStep),
/* harmony export */   iP: () => (/* binding */ revertForLostLease),
/* harmony export */   q2: () => (/* binding */ revertsWhenAbandoned)
/* harmony export */ });
/* harmony import */ var _fresh_baseline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3280);

/** Closes the running step, if there is one, with how it ended. */
function closeStep(rollout, outcome, atMs) {
    const steps = rollout.steps.map((step) => step.outcome === "running" ? { ...step, outcome, endedAtMs: atMs } : step);
    return { ...rollout, steps };
}
/** Whether traffic still has to go back when whoever conducts this rollout is gone. */
function revertsWhenAbandoned(rollout) {
    return rollout.phase === "stepping" || rollout.phase === "reverting";
}
/**
 * What the target writes when a lease ran out and it took all traffic back to stable by itself; it stops a fresh
 * baseline by itself as well. A rollout that was already promoting or retiring keeps its way forward; a finished one is left alone.
 */
function revertForLostLease(state, holderDescription, nowMs) {
    const { rollout } = state;
    if (!rollout || !revertsWhenAbandoned(rollout))
        return state;
    const outcome = rollout.outcome ?? "failed";
    const reason = rollout.reason ??
        `the lease ran out: ${holderDescription} vanished, so the target took all traffic back to stable by itself`;
    return {
        ...state,
        rollout: {
            ...closeStep(rollout, "interrupted", nowMs),
            ...((0,_fresh_baseline_js__WEBPACK_IMPORTED_MODULE_0__/* .leavesBaseline */ .Yi)(rollout) ? { baseline: "gone" } : {}),
            phase: "finished",
            outcome,
            reason,
            toZeroAtMs: rollout.firstTrafficAtMs === null ? null : nowMs,
            endedAtMs: nowMs,
        },
    };
}


/***/ }),

/***/ 2015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jq: () => (/* binding */ describeWeights),
/* harmony export */   ML: () => (/* binding */ sameWeights),
/* harmony export */   PT: () => (/* binding */ allOn),
/* harmony export */   Wk: () => (/* binding */ EMPTY_STATE),
/* harmony export */   lD: () => (/* binding */ split)
/* harmony export */ });
const EMPTY_STATE = {
    schema: 1,
    stable: null,
    candidate: null,
    previous: null,
    rollout: null,
};
/** Traffic all on one slot. */
function allOn(slot) {
    return slot === "blue" ? { blue: 100, green: 0 } : { blue: 0, green: 100 };
}
/** Traffic split: `candidatePercent` on the candidate's slot, a part on the fresh baseline, the rest on the other. */
function split(candidateSlot, candidatePercent, baselinePercent) {
    const rest = 100 - candidatePercent - baselinePercent;
    const serving = candidateSlot === "blue"
        ? { blue: candidatePercent, green: rest }
        : { blue: rest, green: candidatePercent };
    return baselinePercent === 0 ? serving : { ...serving, baseline: baselinePercent };
}
function sameWeights(a, b) {
    return a.blue === b.blue && a.green === b.green && (a.baseline ?? 0) === (b.baseline ?? 0);
}
/** `blue 80 green 10 baseline 10`, for people. */
function describeWeights({ blue, green, baseline = 0 }) {
    const serving = `blue ${blue} green ${green}`;
    return baseline === 0 ? serving : `${serving} baseline ${baseline}`;
}


/***/ }),

/***/ 1487:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D4: () => (/* binding */ decode),
/* harmony export */   DG: () => (/* binding */ fault),
/* harmony export */   OA: () => (/* binding */ fields),
/* harmony export */   lF: () => (/* binding */ encode),
/* harmony export */   ln: () => (/* binding */ REFUSED),
/* harmony export */   rl: () => (/* binding */ numberOf)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);

/** What the programs print: `key=value` lines, keys in their order; a key may come several times. */
function fields(text) {
    return text
        .split("\n")
        .map((line) => {
        const at = line.indexOf("=");
        return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    })
        .filter(([key]) => key !== "");
}
function numberOf(values, key) {
    const value = Number(values.get(key));
    if (Number.isSafeInteger(value))
        return value;
    throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("internal", `the answer's ${key} is ${values.get(key) ?? "missing"}`, {
        hint: "the programs on the machine are of another version; install this version's",
    });
}
function decode(base64) {
    return Buffer.from(base64, "base64").toString("utf8");
}
function encode(text) {
    return Buffer.from(text).toString("base64");
}
/** A program that could not do it: not a refusal by its rules, which are exit code 3. */
function fault(machine, what, { code, stderr }) {
    const said = stderr.trim().split("\n").slice(-3).join("; ") || "it said nothing";
    if (code === 2 || code === 126 || code === 127)
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("refused", `${machine} is not set up for this: ${said}`, {
            hint: "run the playbook of hosts/ for this machine and this environment",
        });
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("target-unreachable", `${machine} failed to ${what}: ${said}`, {
        hint: `look at the journal of ${machine}`,
    });
}
const REFUSED = 3;


/***/ }),

/***/ 2991:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Nh: () => (/* binding */ behindNow),
  Ms: () => (/* binding */ entryOf),
  xR: () => (/* binding */ heldState),
  uq: () => (/* binding */ isOnTrial),
  GL: () => (/* binding */ mayBeServed),
  _t: () => (/* binding */ refuseWhileBehind),
  sx: () => (/* binding */ sendersTo),
  jW: () => (/* binding */ settledWeights)
});

// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/rollout/state.js
var state = __webpack_require__(2015);
// EXTERNAL MODULE: ./lib/targets/target.js
var target = __webpack_require__(7368);
// EXTERNAL MODULE: ./lib/rollout/revert.js
var revert = __webpack_require__(9938);
;// CONCATENATED MODULE: ./lib/targets/hosts/abandoned.js


/** The guard puts the time in its place: it has a shell, and no room for a rollout's rules. */
const NOW_MARK = 4_242_424_242_424_242;
function abandonment(state, holder) {
    const after = (0,revert/* revertForLostLease */.iP)(state, holder, NOW_MARK);
    return { weights: weightsWhenAbandoned(state), state: after === state ? null : after };
}
/** As the local target's supervisor decides it, but before it is known what the weights will be by then. */
function weightsWhenAbandoned({ rollout, stable }) {
    if (rollout && rollout.phase !== "finished" && !(0,revert/* revertsWhenAbandoned */.q2)(rollout))
        return null;
    if (stable)
        return (0,state/* allOn */.PT)(stable.slot);
    return rollout ? { blue: 0, green: 0 } : null;
}

// EXTERNAL MODULE: ./lib/targets/hosts/version.js
var hosts_version = __webpack_require__(8813);
;// CONCATENATED MODULE: ./lib/targets/hosts/behind.js





/** The machines keep the plain state, or one with what is behind. */
function heldState({ text }) {
    if (text === "")
        return { state: state/* EMPTY_STATE */.Wk, behind: {} };
    const parsed = JSON.parse(text);
    return "state" in parsed ? parsed : { state: parsed, behind: {} };
}
function entryOf({ state, behind }, holder) {
    const { weights, state: after } = abandonment(state, holder);
    const text = (one) => JSON.stringify(Object.keys(behind).length === 0 ? one : { state: one, behind });
    return { text: text(state), abandoned: after === null ? "" : text(after), revert: weights };
}
/** Who is behind from now on: those who were and still are, and those who are missing now. */
function behindNow({ version, ...held }, edges, absent) {
    const now = {};
    for (const name of edges) {
        const before = held.behind[name];
        if (before)
            now[name] = before;
        else if (absent.includes(name))
            now[name] = mayBeServed(held.state, version);
    }
    return now;
}
/**
 * Where an edge may be sending traffic that took part until now. Between rollouts it is stable alone; in the middle of
 * one, or when the guards ended it, nobody knows which of both it has heard of last.
 */
function mayBeServed({ stable, rollout }, version) {
    const isSettled = rollout === null || rollout.phase === "finished";
    if (!isSettled || (0,hosts_version/* stampOf */.Zs)(version).reverted)
        return [...target/* SLOTS */._f];
    return stable ? [stable.slot] : [];
}
/** Whether a candidate is being tried: then what is lost takes it back, at any other time the way is on. */
function isOnTrial({ rollout }) {
    return rollout?.phase === "stepping";
}
/** Where traffic belongs as far as the state has it settled: what an edge is given that comes back. */
function settledWeights({ stable, rollout }) {
    if (rollout && (rollout.phase === "promoting" || rollout.phase === "retiring"))
        if (rollout.outcome === "promoted")
            return (0,state/* allOn */.PT)(rollout.candidateSlot);
    return stable ? (0,state/* allOn */.PT)(stable.slot) : { blue: 0, green: 0 };
}
/** The edges that may still send traffic to `slot`. */
function sendersTo(slot, behind) {
    return Object.keys(behind).filter((name) => behind[name]?.includes(slot));
}
function refuseWhileBehind(slot, behind) {
    const names = sendersTo(slot, behind);
    if (names.length === 0)
        return;
    throw new error/* SluiceError */.a("refused", `${names.join(", ")} cannot be reached, was not there when traffic was moved, and may still send requests to ${slot}`, { hint: "bring it back, or take it out of the environment file when it is gone for good" });
}


/***/ }),

/***/ 6206:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ Edges),
  J: () => (/* binding */ onAll)
});

// EXTERNAL MODULE: ./lib/error.js
var lib_error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/rollout/state.js
var state = __webpack_require__(2015);
// EXTERNAL MODULE: ./lib/targets/hosts/behind.js + 1 modules
var hosts_behind = __webpack_require__(2991);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/targets/hosts/version.js
var hosts_version = __webpack_require__(8813);
;// CONCATENATED MODULE: ./lib/targets/hosts/council.js



const ATTEMPTS = 8;
const MAX_PAUSE_MS = 250;
/** Of the lease's time: who has not answered for so long is lost. It may be that its sshd was only started again. */
const PATIENCE = 1 / 4;
/**
 * Several machines as one memory. The rule: nothing is read and no lease is held without a majority of all of them, so
 * that any two who act have asked at least one in common, and each grants one lease at a time. Whoever takes the lease
 * writes the newest state that a majority has to all who granted it, under a token larger than any of them has seen.
 * A machine that could not be asked, or is lost under the lease, is left out until the lease is given back.
 */
class Council {
    #all;
    /** May be missed while the lease is held, too. */
    #isSpare;
    #pause;
    #patience;
    #patienceMs = 0;
    #sitting = null;
    #lost = new Map();
    constructor(all, { isSpare = () => false, pause = () => (0,promises_.setTimeout)(MAX_PAUSE_MS * Math.random()), patience = PATIENCE, } = {}) {
        this.#all = all;
        this.#isSpare = isSpare;
        this.#pause = pause;
        this.#patience = patience;
    }
    /** Who granted the lease, and was lost since: by name, with why. A spare one is not missed. */
    get lost() {
        return this.#lost;
    }
    /** What the newest of a majority has. */
    async read() {
        const { answers, failures } = await settle(this.#sitting ?? this.#all, (one) => one.read());
        this.#mustBeMajority(answers.length, failures);
        return newestOf(answers);
    }
    /** `lease-held` when somebody else has it, or is taking it; nothing is kept then. */
    async acquire(holder, leaseMs) {
        this.#sitting = null;
        this.#lost.clear();
        this.#patienceMs = this.#patience * leaseMs;
        for (let attempt = 1;; attempt += 1) {
            const asked = await settle(this.#all, (one) => one.read());
            this.#mustBeMajority(asked.answers.length, asked.failures);
            const seen = asked.answers.map(([, { record }]) => record.lastToken);
            const token = 1 + Math.max(...seen);
            const present = asked.answers.map(([voter]) => voter);
            const { answers, failures } = await settle(present, (one) => one.acquire(holder, token, leaseMs));
            const refusals = failures.filter(isRefusal);
            const voters = answers.map(([voter]) => voter);
            const lease = answers[0]?.[1].lease;
            if (refusals.length === 0 && lease && voters.length >= this.#majority)
                return this.#begin(lease, voters);
            await settle(voters, (one) => one.release(token));
            this.#mustBeMajority(voters.length + refusals.length, [...asked.failures, ...failures]);
            if (attempt === ATTEMPTS || !this.#mayBeHad(refusals))
                throw together(refusals);
            await this.#pause();
        }
    }
    /** The lease on all who granted it and are not lost. */
    renew(token, leaseMs) {
        return this.#together((one) => one.renew(token, leaseMs));
    }
    check(token) {
        return this.#together((one) => one.check(token));
    }
    /** Who cannot be told keeps the lease until it runs out, and then has nothing to revert. */
    async release(token) {
        const { failures } = await settle(this.#sitting ?? this.#all, (one) => one.release(token));
        this.#sitting = null;
        const refusals = failures.filter(isRefusal);
        if (refusals.length > 0)
            throw together(refusals);
    }
    /** `lost-race` unless all who sit have `from`; `any` writes again what a majority has. */
    async write(entry, { from, count, token }) {
        await this.#together((one, isAgain) => 
        // An answer that was lost does not say whether it was written; nobody else may write.
        one.write(entry, { token, from: isAgain ? "any" : from, count }));
        return (0,hosts_version/* versionOf */.E4)({ writer: token, count, reverted: false });
    }
    /** Goes on without one who does not do what it has to. `target-unreachable` when too few would be left. */
    lose(name, why) {
        const sitting = this.#sitting ?? [...this.#all];
        const rest = sitting.filter((voter) => voter.name !== name);
        if (rest.length < this.#majority)
            throw this.#tooFew(rest.length, why);
        this.#sitting = rest;
        this.#lost.set(name, why);
    }
    get #majority() {
        return Math.floor(this.#all.length / 2) + 1;
    }
    /** Under the lease nobody else writes, so what is read now is what it goes on from. */
    async #begin(lease, voters) {
        const { answers, failures } = await settle(voters, (one) => one.read());
        if (failures.length > 0) {
            await settle(voters, (one) => one.release(lease.token));
            throw together(failures);
        }
        this.#sitting = voters;
        const absent = this.#all.filter((voter) => !voters.includes(voter));
        return { lease, held: newestOf(answers), voters, absent };
    }
    /** Whether the lease may be had by asking again: nobody has it from so many that no majority is left. */
    #mayBeHad(refusals) {
        const held = refusals.filter(([, error]) => hasCode(error, "lease-held"));
        return this.#all.length - held.length >= this.#majority;
    }
    /** Asks all who sit; again those who do not answer, until they are given up. */
    async #together(ask) {
        const deadline = performance.now() + this.#patienceMs;
        const answers = [];
        let pending = this.#sitting ?? [...this.#all];
        for (let attempt = 1;; attempt += 1) {
            const asked = await settle(pending, (voter) => ask(voter, attempt > 1));
            const refusals = asked.failures.filter(isRefusal);
            if (refusals.length > 0)
                throw together(refusals);
            answers.push(...asked.answers);
            const missed = asked.failures.filter(([voter]) => !this.#isSpare(voter));
            const isOver = performance.now() >= deadline || this.#sitting === null;
            if (missed.length === 0 || isOver)
                return this.#goOn(answers, asked.failures);
            pending = asked.failures.map(([voter]) => voter);
            await this.#pause();
        }
    }
    /** With those who answered, if they are a majority. */
    #goOn(answers, failures) {
        this.#mustBeMajority(answers.length, failures);
        const sitting = this.#sitting;
        const grave = failures.filter(([voter]) => !this.#isSpare(voter));
        if (sitting === null && grave.length > 0)
            throw together(grave);
        const missed = failures.map(([voter]) => voter);
        if (sitting)
            this.#sitting = sitting.filter((voter) => !missed.includes(voter));
        for (const [{ name }, error] of grave)
            this.#lost.set(name, (0,lib_error/* causes */.p)(error).join(": "));
        const [first] = answers;
        if (!first)
            throw new lib_error/* SluiceError */.a("internal", "nobody was asked");
        return first[1];
    }
    #mustBeMajority(count, failures) {
        if (count >= this.#majority)
            return;
        const refusals = failures.filter(isRefusal);
        if (refusals.length > 0)
            throw together(refusals);
        const why = failures.map(([, error]) => (0,lib_error/* causes */.p)(error).join(": ")).join("; ");
        throw this.#tooFew(count, why);
    }
    #tooFew(count, why) {
        return new lib_error/* SluiceError */.a("target-unreachable", `${count} of ${this.#all.length} machines that keep the state answered, and it takes ${this.#majority}: ${why}`, { hint: "bring them back, or take what is gone for good out of the environment file" });
    }
}
async function settle(voters, ask) {
    const results = await Promise.allSettled(voters.map(ask));
    const answers = [];
    const failures = [];
    for (const [index, result] of results.entries()) {
        const voter = voters[index];
        if (result.status === "fulfilled")
            answers.push([voter, result.value]);
        else
            failures.push([voter, result.reason]);
    }
    return { answers, failures };
}
function newestOf(answers) {
    const all = answers.map(([, { record, stateText }]) => ({
        version: record.version,
        text: stateText,
    }));
    const newest = all.toSorted((a, b) => (0,hosts_version/* compareVersions */.Zy)(b.version, a.version))[0];
    return newest ?? { version: (0,hosts_version/* versionOf */.E4)((0,hosts_version/* stampOf */.Zs)("0")), text: "" };
}
function isRefusal([, error]) {
    return !hasCode(error, "target-unreachable");
}
function hasCode(error, code) {
    return error instanceof lib_error/* SluiceError */.a && error.code === code;
}
function together(failures) {
    return oneOf(failures.map(([, error]) => error));
}
/** One error out of several: a refusal outweighs a machine that is not there. */
function oneOf(errors) {
    const refusal = errors.find((error) => !hasCode(error, "target-unreachable"));
    const [first] = errors;
    if (refusal !== undefined || errors.length === 1 || !(first instanceof lib_error/* SluiceError */.a))
        return refusal ?? first;
    const messages = errors.map((error) => (0,lib_error/* causes */.p)(error).join(": ")).join("; ");
    return new lib_error/* SluiceError */.a(first.code, messages, first.hint === undefined ? {} : { hint: first.hint });
}

;// CONCATENATED MODULE: ./lib/targets/hosts/edges.js





const NO_SERVERS = new Map();
/**
 * All edges as one. A majority keeps the state and grants the lease (`spare` votes where their number is even); each can go
 * back to stable by itself when nobody renews its lease. An edge that is not there when the lease is taken, or is lost
 * under it, is left as it is: it is written down that it is behind, and what it may be sending traffic to is not
 * stopped. One that is lost while a candidate is on trial ends the trial.
 */
class Edges {
    #all;
    #council;
    /** Who holds a token, for the reason that the guard writes. */
    #holders = new Map();
    #session = null;
    constructor(edges, spare, { patience } = {}) {
        this.#all = edges;
        const voters = spare && edges.length % 2 === 0 ? [...edges, spare] : edges;
        const isSpare = (voter) => voter === spare;
        this.#council = new Council(voters, {
            isSpare,
            ...(patience === undefined ? {} : { patience }),
        });
    }
    async read() {
        const held = await this.#council.read();
        return { value: (0,hosts_behind/* heldState */.xR)(held).state, version: held.version };
    }
    /** Of those that traffic is moved on; without a lease, of those that can be reached. */
    async status() {
        const ask = async (edge) => ({ edge, ...(await edge.status()) });
        if (this.#session) {
            this.#mustNotBeOnTrial(this.#session);
            return onAll(this.#session.routing, ask);
        }
        const results = await Promise.allSettled(this.#all.map(ask));
        const errors = reasonsOf(results);
        const found = results.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
        if (found.length === 0 || errors.some((error) => !hasCode(error, "target-unreachable")))
            throw oneOf(errors);
        return found;
    }
    async acquire(holder, leaseMs) {
        this.#session = null;
        const acquired = await this.#council.acquire(holder, leaseMs);
        const { token } = acquired.lease;
        this.#holders.set(token, holder.description);
        try {
            this.#session = await this.#begin(acquired, leaseMs);
        }
        catch (error) {
            await this.#council.release(token).catch(() => { });
            throw error;
        }
        const absent = acquired.absent.map(({ name }) => name);
        return this.#toldWithout(acquired.lease, this.#session, absent);
    }
    async renew(token, leaseMs) {
        const { lease } = await this.#council.renew(token, leaseMs);
        if (!lease)
            throw new Error("a lease that was renewed is not there");
        this.#noteLost();
        return this.#session ? this.#toldWithout(lease, this.#session) : lease;
    }
    async check(token) {
        await this.#council.check(token);
        this.#noteLost();
    }
    async release(token) {
        await this.#council.release(token);
        this.#session = null;
    }
    /** Edges that were left out, and what they may still send traffic to. */
    async behind() {
        return this.#session?.behind ?? (0,hosts_behind/* heldState */.xR)(await this.#council.read()).behind;
    }
    async write(next, version, token) {
        const holder = await this.#holderOf(token);
        const behind = await this.behind();
        const count = (0,hosts_version/* stampOf */.Zs)(version).count + 1;
        const tell = (from) => this.#council.write((0,hosts_behind/* entryOf */.Ms)({ state: next, behind }, holder), { from, count, token });
        let written = await tell(version);
        // Who comes next has to know of it as well.
        if (this.#noteLost())
            written = await tell("any");
        if (this.#session)
            Object.assign(this.#session, { state: next, version: written });
        return written;
    }
    /**
     * Sets the weights on all edges, or on none: where one cannot be reached, the others are set back. Only what goes
     * where the state has traffic settled stays wherever it can be done. Returns each edge's servers, as they were read back.
     */
    async route(weights, token, servers = NO_SERVERS) {
        const session = this.#session;
        const isSettled = (0,state/* sameWeights */.ML)(weights, (0,hosts_behind/* settledWeights */.jW)(await this.#state()));
        if (session && !isSettled)
            this.#mustNotBeOnTrial(session);
        const edges = session?.routing ?? this.#all;
        const results = await Promise.allSettled(edges.map((edge) => edge.route({ weights, servers }, token)));
        const failures = reasonsOf(results);
        if (failures.length > 0 && !isSettled)
            await setBack(edges, results, token);
        if (session)
            await this.#giveUp(session, edges, results, token);
        if (session && failures.length > 0 && !isSettled)
            this.#mustNotBeOnTrial(session);
        const isMissed = results.some((result, at) => result.status === "rejected" && !this.#council.lost.has(edges[at]?.name ?? ""));
        if (isMissed || (failures.length > 0 && !isSettled))
            throw oneOf(failures);
        return results.flatMap((result, index) => {
            const edge = edges[index];
            return edge && result.status === "fulfilled" ? [[edge.name, result.value.servers]] : [];
        });
    }
    /** Edges that cannot be reached any more are lost, and such that cannot do it for as long as a lease lasts. */
    async #giveUp(session, edges, results, token) {
        const failed = edges.flatMap(({ name }, at) => {
            const result = results[at];
            return result?.status === "rejected" ? [{ name, why: result.reason }] : [];
        });
        if (failed.length > 0)
            await this.#council.check(token);
        const since = session.failingSinceMs;
        for (const name of since.keys())
            if (!failed.some((one) => one.name === name))
                since.delete(name);
        const nowMs = performance.now();
        for (const { name, why } of failed.filter((one) => hasCode(one.why, "target-unreachable"))) {
            if (!since.has(name))
                since.set(name, nowMs);
            const isOver = nowMs - (since.get(name) ?? nowMs) >= session.leaseMs;
            if (isOver && !this.#council.lost.has(name))
                this.#council.lose(name, (0,lib_error/* causes */.p)(why).join(": "));
        }
        this.#noteLost();
    }
    /** What the first edge that answers has recorded of stable. */
    async past() {
        const errors = [];
        for (const edge of this.#session?.routing ?? this.#all) {
            try {
                return await edge.past();
            }
            catch (error) {
                errors.push(error);
            }
        }
        throw oneOf(errors);
    }
    /** All who granted the lease are given the newest state; edges that come back, the weights that belong to it. */
    async #begin({ lease, held, absent }, leaseMs) {
        const before = (0,hosts_behind/* heldState */.xR)(held);
        const names = (voters) => voters.map(({ name }) => name);
        const missing = names(absent);
        const behind = (0,hosts_behind/* behindNow */.Nh)({ ...before, version: held.version }, names(this.#all), missing);
        const { count } = (0,hosts_version/* stampOf */.Zs)(held.version);
        const tell = async () => {
            const entry = (0,hosts_behind/* entryOf */.Ms)({ state: before.state, behind }, lease.holder.description);
            await this.#council.write(entry, { from: "any", count, token: lease.token });
        };
        await tell();
        const present = this.#all.filter((edge) => !absent.includes(edge));
        const back = present.filter(({ name }) => behind[name]);
        const caughtUp = await Promise.all(back.map((edge) => catchUp(edge, before.state, lease.token)));
        for (const [index, edge] of back.entries())
            if (caughtUp[index])
                delete behind[edge.name];
        if (caughtUp.some(Boolean))
            await tell();
        return {
            routing: present.filter(({ name }) => !behind[name]),
            behind,
            state: before.state,
            version: held.version,
            leaseMs,
            failingSinceMs: new Map(),
        };
    }
    async #state() {
        if (this.#session)
            return this.#session.state;
        return this.read().then(({ value }) => value, () => state/* EMPTY_STATE */.Wk);
    }
    /** Takes edges that were lost out of what is done from now on. Whether there were any. */
    #noteLost() {
        const session = this.#session;
        const lost = session?.routing.filter(({ name }) => this.#council.lost.has(name)) ?? [];
        if (!session || lost.length === 0)
            return false;
        session.routing = session.routing.filter((edge) => !lost.includes(edge));
        for (const { name } of lost)
            session.behind[name] = (0,hosts_behind/* mayBeServed */.GL)(session.state, session.version);
        return true;
    }
    /** It cannot be told to go on, nor to go back; the latter it does by itself. */
    #mustNotBeOnTrial({ state }) {
        const lost = [...this.#council.lost];
        if (lost.length === 0 || !(0,hosts_behind/* isOnTrial */.uq)(state))
            return;
        const names = lost.map(([name]) => name).join(", ");
        const why = lost.map(([, reason]) => reason).join("; ");
        throw new lib_error/* SluiceError */.a("refused", `${names} was lost in the middle of the rollout, and goes back to stable by itself when its lease runs out: ${why}`, { hint: "see that it can be reached again, and run this job again" });
    }
    #toldWithout(lease, { behind }, absent = []) {
        const without = [...new Set([...absent, ...Object.keys(behind)])];
        return without.length === 0 ? lease : { ...lease, without };
    }
    async #holderOf(token) {
        const known = this.#holders.get(token);
        if (known !== undefined)
            return known;
        const { lease } = await this.#council.check(token);
        return lease?.holder.description ?? "its runner";
    }
}
async function setBack(edges, results, token) {
    const before = (result) => result.status === "fulfilled" ? result.value.before : undefined;
    await Promise.allSettled(results.map(async (result, index) => {
        const routing = before(result);
        if (routing)
            await edges[index]?.route(routing, token);
    }));
}
/** False when it still cannot: then it stays behind. */
async function catchUp(edge, state, token) {
    const settled = { weights: (0,hosts_behind/* settledWeights */.jW)(state), servers: NO_SERVERS };
    return edge.route(settled, token).then(() => true, () => false);
}
function reasonsOf(results) {
    return results.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
}
/** Asks all; when some fail, the error names each of them. */
async function onAll(machines, ask) {
    const results = await Promise.allSettled(machines.map(ask));
    const errors = reasonsOf(results);
    if (errors.length > 0)
        throw oneOf(errors);
    return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}


/***/ }),

/***/ 7724:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U2: () => (/* binding */ serversOf),
/* harmony export */   _K: () => (/* binding */ parseServers),
/* harmony export */   xb: () => (/* binding */ parseRouted)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);

/**
 * `show stat -1 4 -1` followed by `show servers state BACKEND`. Throws `unsupported` when there is no row of a server in
 * the first: then nobody knows what is in hand there, nor what its clients got.
 */
function parseServers(text) {
    const lines = text.split("\n").map((line) => line.trim());
    const stats = serverStats(lines);
    return serverStates(lines).map(({ backend, name, weight, up }) => {
        const counted = stats.get(`${backend}/${name}`);
        if (!counted)
            throw notCounted(backend, name);
        return { name, weight, up, ...counted };
    });
}
function notCounted(backend, name) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("unsupported", `HAProxy tells no counts of ${backend}/${name}`, {
        hint: "run the playbook again, so that the programs on the edge are of this version",
    });
}
/** Answers by the first digit of their status. */
const ANSWERED = ["hrsp_1xx", "hrsp_2xx", "hrsp_3xx", "hrsp_4xx", "hrsp_5xx", "hrsp_other"];
const FAULTS = ["econ", "eresp"];
/** By backend and server. */
function serverStats(lines) {
    const header = lines
        .find((line) => line.startsWith("# pxname,"))
        ?.slice(2)
        .split(",") ?? [];
    const rows = lines.filter((line) => !line.startsWith("#") && line.includes(","));
    return new Map(rows.map((row) => {
        const cells = row.split(",");
        const cell = (column) => cells[header.indexOf(column)] ?? "";
        const sum = (...columns) => columns.reduce((total, column) => total + Number(cell(column)), 0);
        const counts = {
            begun: sum("stot"),
            answered: sum(...ANSWERED),
            failed: sum("hrsp_5xx"),
            faults: sum(...FAULTS),
        };
        return [`${cell("pxname")}/${cell("svname")}`, { current: sum("scur"), counts }];
    }));
}
/** srv_op_state: 0 stopped, 1 starting, 2 running, 3 stopping. */
const UP = new Set(["1", "2"]);
function serverStates(lines) {
    const header = lines
        .find((line) => line.startsWith("# be_id "))
        ?.slice(2)
        .split(" ") ?? [];
    const columns = ["be_name", "srv_name", "srv_op_state", "srv_uweight"];
    const [backend, name, state, weight] = columns.map((column) => header.indexOf(column));
    return lines
        .map((line) => line.split(" "))
        .filter((cells) => cells.length === header.length && header.length > 0)
        .map((cells) => ({
        backend: cells[backend] ?? "",
        name: cells[name] ?? "",
        weight: Number(cells[weight]),
        up: UP.has(cells[state] ?? ""),
    }));
}
/** What `sluice-edge route` prints: `was=BLUE:GREEN SERVER=WEIGHT…`, then a server and its weight on each line. */
function parseRouted(text) {
    const [, blue, green, own = ""] = /^was=(\d+):(\d+)(.*)$/m.exec(text) ?? [];
    return {
        before: { weights: { blue: Number(blue), green: Number(green) }, servers: serversOf(own) },
        servers: parseWeights(text),
    };
}
/** `engine-1-blue=0 engine-1-green=100` */
function serversOf(text) {
    return new Map([...text.matchAll(/(\S+)=(\d+)/g)].map(([, name = "", weight]) => [name, Number(weight)]));
}
function parseWeights(text) {
    const lines = text.split("\n").filter((line) => /^\S+ \d+$/.test(line.trim()));
    return new Map(lines.map((line) => {
        const [name = "", weight = ""] = line.trim().split(" ");
        return [name, Number(weight)];
    }));
}


/***/ }),

/***/ 7783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ Host)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);
/* harmony import */ var _units_slot_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3222);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1487);
/* harmony import */ var _ledger_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2588);
/* harmony import */ var _open_shell_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9616);





/** An archive may be large, and the way to the machine slow. */
const TRANSFER_MS = 15 * 60_000;
/** Unpacking, and stopping what was there. */
const PLACE_MS = 3 * 60_000;
/** Beyond the time that a command may take beside stable: starting it, and ending it. */
const SHADOW_MARGIN_MS = 30_000;
/** One machine with two slots, by its program `sluice-host`. */
class Host {
    machine;
    /** Its vote, where there is an even number of edges. */
    ledger;
    #shell;
    #command;
    constructor(machine, environment, settings) {
        this.machine = machine;
        this.#shell = (0,_open_shell_js__WEBPACK_IMPORTED_MODULE_4__/* .openShell */ .n)(machine, settings);
        const program = `${settings.programs}/sluice-host`;
        this.#command = machine.sudo ? ["sudo", "-n", program, environment] : [program, environment];
        this.ledger = new _ledger_js__WEBPACK_IMPORTED_MODULE_3__/* .Ledger */ .Oc(machine.name, this.#shell, [...this.#command, "ledger"]);
    }
    async list() {
        return statusOf(await this.#call("list", []));
    }
    async put(release, file, signal) {
        const { name, version, commit, digest } = release;
        const meta = (0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .encode */ .lF)(JSON.stringify({ name, version, commit, digest }));
        await this.#call("put", [hex(digest), meta], {
            input: { file },
            timeoutMs: TRANSFER_MS,
            ...given(signal),
        });
    }
    /** The bytes of a release that is here, into a file of this machine. */
    async get(digest, file) {
        await this.#call("get", [hex(digest)], { output: { file }, timeoutMs: TRANSFER_MS });
    }
    async place(slot, digest, token, files, signal) {
        const input = `${(0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .encode */ .lF)(files.variables)}\n${(0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .encode */ .lF)(files.start)}\n`;
        const options = { input, timeoutMs: PLACE_MS, ...given(signal) };
        await this.#call("place", [slot, hex(digest), String(token)], options);
    }
    /** Whether its program is one that knows `shadow`, and there is what it needs. */
    async mustShadow() {
        try {
            await this.#call("can-shadow", []);
        }
        catch (error) {
            if (!(error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a) || error.code !== "refused")
                throw error;
            throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("unsupported", `${this.machine.name} can run nothing beside stable: ${error.message}`, {
                hint: "run the playbook of hosts/ of this version for it. Nothing was placed",
                cause: error,
            });
        }
    }
    /** Runs a command of what is placed in the slot to its end; what it wrote last comes with how it ended. */
    async shadow(slot, token, timeoutMs, files, signal) {
        const seconds = Math.ceil(timeoutMs / 1_000);
        const input = `${(0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .encode */ .lF)(files.variables)}\n${(0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .encode */ .lF)(files.start)}\n`;
        const patienceMs = 1_000 * seconds + SHADOW_MARGIN_MS;
        const options = { input, timeoutMs: patienceMs, ...given(signal) };
        const answer = await this.#call("shadow", [slot, String(token), String(seconds)], options);
        const values = new Map((0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .fields */ .OA)(answer));
        const lastLines = (0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .decode */ .D4)(values.get("output") ?? "").trimEnd();
        const isLate = values.get("late") === "1";
        return { code: (0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .numberOf */ .rl)(values, "code"), isLate, lastLines };
    }
    async stop(slot, token) {
        await this.#call("stop", [slot, String(token)], { timeoutMs: PLACE_MS });
    }
    /** What files of /proc and /sys hold, as `PATH:LINE`, one `*` in a path standing for any name. */
    kernelSettings(patterns) {
        return this.#call("kernel", [], { input: `${patterns.join("\n")}\n` });
    }
    /** The last lines of what was started last in the slot. */
    async log(slot) {
        return (await this.#call("log", [slot])).trim();
    }
    async #call(verb, args, options = {}) {
        const answer = await this.#shell.run([...this.#command, verb, ...args], options);
        if (answer.code === 0)
            return answer.stdout;
        if (answer.code === _answer_js__WEBPACK_IMPORTED_MODULE_2__/* .REFUSED */ .ln)
            throw refusal(this.machine.name, verb, args, answer.stdout);
        throw (0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .fault */ .DG)(this.machine.name, verb, answer);
    }
}
function given(signal) {
    return signal ? { signal } : {};
}
function hex(digest) {
    return digest.slice("sha256:".length);
}
const REFUSALS = new Set([
    "lease-lost",
    "digest-mismatch",
    "no-such-release",
    "refused",
    "invalid-input",
]);
function refusal(machine, verb, args, text) {
    const values = new Map((0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .fields */ .OA)(text));
    const code = values.get("error") ?? "";
    const message = values.get("message") ?? code;
    if (!REFUSALS.has(code))
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("internal", `${machine} refused: ${text.trim()}`);
    if (code === "digest-mismatch") {
        const promised = `sha256:${args[verb === "put" ? 0 : 1]}`;
        return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a(code, `what came to ${machine} has ${message}, promised was ${promised}`, {
            hint: "the bytes changed on their way; nothing was unpacked, so deploy again",
        });
    }
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a(code, `${machine}: ${message}`);
}
function statusOf(text) {
    const slots = { blue: null, green: null };
    const releases = [];
    let unit = null;
    for (const [key, value] of (0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .fields */ .OA)(text)) {
        const slot = _units_slot_js__WEBPACK_IMPORTED_MODULE_1__/* .SLOTS */ ._f.find((one) => key === "slot" && one === value);
        if (slot) {
            unit = { digest: "sha256:", active: false, pid: 0, restarts: 0 };
            slots[slot] = unit;
        }
        if (key === "release")
            releases.push(...releaseOf(value));
        if (!unit)
            continue;
        if (key === "digest")
            unit.digest = `sha256:${value}`;
        if (key === "ActiveState")
            unit.active = value === "active";
        if (key === "MainPID")
            unit.pid = Number(value);
        if (key === "NRestarts")
            unit.restarts = Number(value);
    }
    return { slots, releases };
}
/** `HEX META`; without its names nobody can tell it from others, so it does not count. */
function releaseOf(value) {
    const [, meta = ""] = value.split(" ");
    return meta === "" ? [] : [JSON.parse((0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .decode */ .D4)(meta))];
}


/***/ }),

/***/ 2588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Oc: () => (/* binding */ Ledger),
/* harmony export */   Pl: () => (/* binding */ after),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* unused harmony export heldBy */
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2018);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1487);
/* harmony import */ var _haproxy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7724);



/** The ledger of a machine, by one of its programs: `sluice-edge ENV` or `sluice-host ENV ledger`. */
class Ledger {
    name;
    #shell;
    #command;
    constructor(name, shell, command) {
        this.name = name;
        this.#shell = shell;
        this.#command = command;
    }
    async read() {
        const text = await this.call("read", []);
        return { record: recordOf(text), stateText: after(text, "state=").trim() };
    }
    async acquire(holder, token, leaseMs) {
        const asked = [String(token), ms(leaseMs), (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .encode */ .lF)(holder.key), (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .encode */ .lF)(JSON.stringify(holder))];
        return recordOf(await this.call("acquire", asked));
    }
    async renew(token, leaseMs) {
        return recordOf(await this.call("renew", [String(token), ms(leaseMs)]));
    }
    async check(token) {
        return recordOf(await this.call("check", [String(token)]));
    }
    async release(token) {
        await this.call("release", [String(token)]);
    }
    async write({ text, abandoned, revert }, { token, from, count }) {
        const input = `${text}\n${abandoned}${abandoned === "" ? "" : "\n"}`;
        const back = revert === null ? "keep" : `${revert.blue}:${revert.green}`;
        const size = String(Buffer.byteLength(input));
        await this.call("write", [String(token), from, String(count), back, size], input);
    }
    /** Runs a verb of the program; a refusal by its rules is an error with its code. */
    async call(verb, args, input = "") {
        const answer = await this.#shell.run([...this.#command, verb, ...args], { input });
        if (answer.code === 0)
            return answer.stdout;
        if (answer.code === _answer_js__WEBPACK_IMPORTED_MODULE_1__/* .REFUSED */ .ln)
            throw refusal(this.name, answer.stdout);
        throw (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .fault */ .DG)(this.name, verb, answer);
    }
}
function ms(value) {
    return String(Math.ceil(value));
}
function after(text, mark) {
    const at = text.indexOf(`\n${mark}`);
    return at < 0 ? "" : text.slice(at + 1 + mark.length);
}
function recordOf(text) {
    const values = new Map((0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .fields */ .OA)(text.split(/^(?:state|stat)=/m)[0] ?? ""));
    const version = values.get("version") ?? "";
    if (!/^\d+(\.\d+\.[01])?$/.test(version))
        (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(values, "version");
    return {
        nowMs: (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(values, "now"),
        version: version,
        lastToken: (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(values, "last_token"),
        weights: { blue: (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(values, "blue"), green: (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(values, "green") },
        servers: (0,_haproxy_js__WEBPACK_IMPORTED_MODULE_2__/* .serversOf */ .U2)(values.get("servers") ?? ""),
        lease: leaseOf(values),
    };
}
function leaseOf(values) {
    const token = (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(values, "lease_token");
    if (token === 0)
        return null;
    const sinceMs = (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(values, "lease_since");
    const expiresAtMs = (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(values, "lease_expires");
    const holder = JSON.parse((0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .decode */ .D4)(values.get("lease_holder") ?? ""));
    return { holder, token, sinceMs, expiresAtMs };
}
function refusal(machine, text) {
    const values = new Map((0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .fields */ .OA)(text));
    const code = values.get("error");
    switch (code) {
        case "lease-held":
            return heldBy(leaseOf(values), machine);
        case "lost-race":
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("lost-race", `the state on ${machine} was changed meanwhile`, {
                hint: "read it again and decide anew; somebody else wrote in between",
            });
        case "slot-down":
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("refused", `${values.get("slot")} has nobody whom HAProxy on ${machine} sees up, and cannot be given traffic`, { hint: `place a release on ${values.get("slot")} first` });
        case "lease-lost":
            return lostLease(leaseOf(values), machine);
        default:
            return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("internal", `${machine} refused: ${text.trim()}`);
    }
}
function heldBy(lease, machine) {
    const who = lease?.holder.description ?? "somebody";
    const since = new Date(lease?.sinceMs ?? 0).toISOString();
    const until = new Date(lease?.expiresAtMs ?? 0).toISOString();
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("lease-held", `a rollout is held by ${who} since ${since} (on ${machine})`, {
        hint: `wait for it to end; if it vanished, its lease runs out at ${until}`,
    });
}
function lostLease(lease, machine) {
    const now = lease ? `${lease.holder.description} has it now` : "nobody has it now";
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SluiceError */ .a("lease-lost", `the lease ran out or was taken over; ${now} (on ${machine})`, {
        hint: "stop acting on this target; look at its status and run the job again",
    });
}


/***/ }),

/***/ 9616:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ openShell)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
;// CONCATENATED MODULE: ./lib/targets/hosts/shell.js
/** A call that takes longer than this hangs; those that carry or unpack an archive say so themselves. */
const ANSWER_MS = 10_000;

;// CONCATENATED MODULE: ./lib/targets/hosts/process.js





/** More than this is no answer of our programs. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/**
 * Runs a program of this machine to its end. What it leaves running (an ssh master) may keep its stderr open, so
 * only its exit and the end of stdout are waited for.
 */
async function runProcess(name, [program, ...args], { input = "", output, timeoutMs = ANSWER_MS, signal }) {
    signal?.throwIfAborted();
    const child = (0,external_node_child_process_.spawn)(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    const late = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    const onAbort = () => child.kill("SIGTERM");
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
        const [ended, stdout, stderr] = [
            exitOf(child),
            output ? store(child.stdout, output.file) : gather(child.stdout).done,
            gather(child.stderr),
        ];
        const feeding = feed(child, input);
        const { code, killed } = await ended;
        const text = await stdout;
        await feeding;
        signal?.throwIfAborted();
        if (killed)
            throw unreachable(name, `did not answer within ${timeoutMs} ms`);
        return { code, stdout: text, stderr: stderr.soFar() };
    }
    finally {
        clearTimeout(late);
        signal?.removeEventListener("abort", onAbort);
        child.stderr.destroy();
    }
    function exitOf(process) {
        return new Promise((resolve, reject) => {
            process.once("error", (error) => reject(unreachable(name, error.message, error)));
            process.once("exit", (code) => resolve({ code: code ?? -1, killed: code === null }));
        });
    }
}
function unreachable(name, how, cause) {
    return new error/* SluiceError */.a("target-unreachable", `${name} cannot be reached: ${how}`, {
        ...(cause === undefined ? {} : { cause }),
        hint: "see that the machine is up and that `ssh` reaches it from here without asking anything",
    });
}
function gather(stream) {
    const chunks = [];
    let length = 0;
    stream.on("data", (chunk) => {
        length += chunk.length;
        if (length <= MAX_ANSWER_BYTES)
            chunks.push(chunk);
    });
    const soFar = () => Buffer.concat(chunks).toString("utf8");
    const done = new Promise((resolve) => {
        stream.once("close", () => resolve(soFar()));
        stream.on("error", () => { });
    });
    return { done, soFar };
}
async function store(stream, file) {
    await (0,promises_.pipeline)(stream, (0,external_node_fs_.createWriteStream)(file, { mode: 0o600 }));
    return "";
}
async function feed({ stdin }, input) {
    if (!stdin)
        return;
    // A program that refuses at once does not read on.
    stdin.on("error", () => { });
    if (typeof input === "string")
        stdin.end(input);
    else
        await (0,promises_.pipeline)((0,external_node_fs_.createReadStream)(input.file), stdin).catch(() => { });
}

;// CONCATENATED MODULE: ./lib/targets/hosts/local-shell.js

/** The runner is on the machine itself. */
class LocalShell {
    name;
    constructor(name) {
        this.name = name;
    }
    run(argv, options = {}) {
        return runProcess(this.name, argv, options);
    }
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/targets/hosts/quote.js
var quote = __webpack_require__(7453);
;// CONCATENATED MODULE: ./lib/targets/hosts/ssh-shell.js






/** ssh's own exit code for everything that went wrong before the command ran. */
const SSH_FAILED = 255;
/** The shared connection ends this long after its last use. */
const PERSIST_SECONDS = 15;
/**
 * The user's own OpenSSH, with the user's own configuration and keys. It never asks, and never trusts a host that is
 * not known; one connection is shared by all calls.
 */
class SshShell {
    name;
    #destination;
    #options;
    constructor(name, destination, configFile) {
        this.name = name;
        this.#destination = destination;
        this.#options = [
            ...(configFile === undefined ? [] : ["-F", configFile]),
            ...SETTINGS.flatMap((setting) => ["-o", setting]),
            ...["-o", `ControlPath=${(0,external_node_path_.join)(connectionsFolder(), "%C")}`, "-T"],
        ];
    }
    async run(argv, options = {}) {
        const command = ["ssh", ...this.#options, "--", this.#destination, (0,quote/* commandLine */.a)(argv)];
        const answer = await runProcess(this.name, command, options);
        if (answer.code !== SSH_FAILED)
            return answer;
        throw unreachable(this.name, answer.stderr.trim().split("\n").at(-1) ?? "ssh failed");
    }
}
const SETTINGS = [
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ConnectTimeout=4",
    "ServerAliveInterval=1",
    "ServerAliveCountMax=3",
    "ControlMaster=auto",
    `ControlPersist=${PERSIST_SECONDS}`,
    "ForwardAgent=no",
    "ForwardX11=no",
];
/** Where the shared connections' sockets are: short, since sockets' paths are limited, and nobody else's. */
function connectionsFolder() {
    const uid = process.getuid?.() ?? 0;
    const folder = (0,external_node_path_.join)((0,external_node_os_.tmpdir)(), `sluice-ssh-${uid}`);
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const { uid: owner, mode } = (0,external_node_fs_.statSync)(folder);
    if (owner === uid && (mode & 0o077) === 0)
        return folder;
    throw new error/* SluiceError */.a("refused", `${folder} is not this user's alone`, {
        hint: "remove it: sockets of ssh connections are kept there",
    });
}

;// CONCATENATED MODULE: ./lib/targets/hosts/open-shell.js


/** The way to a machine that the environment file names. */
function openShell({ name, reach }, { sshConfig }) {
    switch (reach.by) {
        case "local":
            return new LocalShell(name);
        case "ssh":
            return new SshShell(name, reach.destination, sshConfig);
    }
}


/***/ }),

/***/ 7453:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ commandLine)
/* harmony export */ });
/* unused harmony export quote */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** One word for a POSIX shell, whatever is in it. */
function quote(word) {
    if (PLAIN.test(word))
        return word;
    return `'${word.replaceAll("'", "'\\''")}'`;
}
/** A command line that a POSIX shell splits into exactly these words. */
function commandLine(argv) {
    return argv.map(quote).join(" ");
}


/***/ }),

/***/ 8813:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E4: () => (/* binding */ versionOf),
/* harmony export */   Zs: () => (/* binding */ stampOf),
/* harmony export */   Zy: () => (/* binding */ compareVersions)
/* harmony export */ });
const NOTHING = { writer: 0, count: 0, reverted: false };
function stampOf(version) {
    const [writer, count, reverted] = version.split(".").map(Number);
    return writer === undefined || count === undefined
        ? NOTHING
        : { writer, count, reverted: reverted === 1 };
}
function versionOf({ writer, count, reverted }) {
    return (count === 0 && writer === 0 ? "0" : `${writer}.${count}.${reverted ? 1 : 0}`);
}
/** Positive when `a` is the newer one. */
function compareVersions(a, b) {
    const [left, right] = [stampOf(a), stampOf(b)];
    return (left.writer - right.writer ||
        left.count - right.count ||
        Number(left.reverted) - Number(right.reverted));
}


/***/ })

};
