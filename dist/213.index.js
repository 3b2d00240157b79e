export const id = 213;
export const ids = [213];
export const modules = {

/***/ 213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  goBackTo: () => (/* binding */ goBackTo),
  rollback: () => (/* binding */ rollback)
});

// EXTERNAL MODULE: ./lib/action/action.js + 1 modules
var action = __webpack_require__(9084);
// EXTERNAL MODULE: ./lib/environment/read.js + 24 modules
var read = __webpack_require__(9996);
// EXTERNAL MODULE: ./lib/error.js
var error = __webpack_require__(2018);
// EXTERNAL MODULE: ./lib/rollout/candidate.js
var candidate = __webpack_require__(79);
// EXTERNAL MODULE: ./lib/rollout/clock.js
var clock = __webpack_require__(7160);
// EXTERNAL MODULE: ./lib/rollout/conduct.js + 2 modules
var conduct = __webpack_require__(4702);
// EXTERNAL MODULE: ./lib/rollout/entry.js
var rollout_entry = __webpack_require__(9122);
// EXTERNAL MODULE: ./lib/rollout/plan.js
var rollout_plan = __webpack_require__(1479);
// EXTERNAL MODULE: ./lib/rollout/session.js + 1 modules
var session = __webpack_require__(6675);
// EXTERNAL MODULE: ./lib/rollout/state.js
var rollout_state = __webpack_require__(2015);
// EXTERNAL MODULE: ./lib/targets/holder.js
var targets_holder = __webpack_require__(3591);
// EXTERNAL MODULE: ./lib/targets/open.js
var targets_open = __webpack_require__(9925);
// EXTERNAL MODULE: ./lib/rollout/served.js
var rollout_served = __webpack_require__(7081);
;// CONCATENATED MODULE: ./actions/rollback/destination.js


/** A rollout is giving a release the traffic of another one, and is not over. */
function isReplacing({ rollout, stable }) {
    return rollout !== null && rollout.phase !== "finished" && stable !== null;
}
/**
 * Finds what `to` names among the releases whose bytes are `present`. Throws `no-such-release` with what is
 * there when there is none. While a rollout replaces stable, that one is what was there before.
 */
function destination(to, state, present) {
    if (to === "stable" || (to === "previous" && isReplacing(state)))
        return { type: "stable" };
    const serving = state.stable?.release;
    const others = present.filter((release) => release.digest !== serving?.digest);
    if (to === "previous") {
        const previous = others.find((release) => release.digest === state.previous?.digest);
        if (previous)
            return { type: "release", release: previous };
        throw nothingThere("there is no previous release to go back to", state, others);
    }
    if (serving && isNamed(serving, to))
        return { type: "already", release: serving };
    const named = others.filter((release) => isNamed(release, to));
    const served = named.find((release) => (0,rollout_served/* hasServed */.q)(state, release));
    if (served)
        return { type: "release", release: served };
    // What was found worse, or was never judged, would get all traffic past every gate.
    if (named.length > 0)
        throw nothingThere(`${to} is present, but has never served`, state, others);
    throw nothingThere(`${to} is not present`, state, others);
}
/** A version with or without its leading v, or a digest. */
function isNamed(release, name) {
    const bare = (version) => version.replace(/^v/, "");
    return bare(release.version) === bare(name) || release.digest === name;
}
function nothingThere(problem, state, others) {
    const serving = state.stable
        ? `${state.stable.release.version} is serving`
        : "nothing is serving";
    const able = others.filter((release) => (0,rollout_served/* hasServed */.q)(state, release));
    const there = able.length > 0
        ? `served before, and present: ${able.map((release) => release.version).join(", ")}`
        : "no other release that served before is present";
    return new error/* SluiceError */.a("no-such-release", `${problem}: ${serving}; ${there}`, {
        hint: "name one that served before and is present, or deploy the one you want from its archive, by its gates",
    });
}

;// CONCATENATED MODULE: ./actions/rollback/others-work.js
/**
 * What somebody else is doing with the target, if taking back `digest` would take back that instead; undefined
 * when that release itself is in hand, or nothing is.
 */
function othersWork(digest, state, lease) {
    const inHand = releaseInHand(state);
    if (inHand?.digest === digest)
        return undefined;
    const by = lease ? ` by ${lease.holder.description}` : "";
    if (inHand)
        return `another release, ${inHand.version}, is being let through${by}`;
    return lease ? `the target is in use${by}` : undefined;
}
function releaseInHand({ rollout, candidate }) {
    if (rollout && rollout.phase !== "finished")
        return rollout.release;
    return candidate?.release;
}

;// CONCATENATED MODULE: ./actions/rollback/still-serves.js
/**
 * Whether the release that was to be taken back has all traffic all the same, since it had been promoted: `digest`
 * names it; without one it is what was in hand, or what the last rollout let through.
 */
function stillServes(digest, before, after) {
    if (after.stable === null)
        return false;
    if (before.candidate)
        return after.stable.slot === before.candidate.slot;
    return after.stable.release.digest === (digest ?? before.rollout?.release.digest);
}

;// CONCATENATED MODULE: ./actions/rollback/rollback.js















/** Goes back; its outputs are those of the action. */
async function rollback(context) {
    const { inputs, log, summary } = context;
    const environment = await (0,read/* readEnvironment */.Qo)(inputs["environment-file"]);
    const target = await (0,targets_open/* openTarget */.A)(environment);
    const before = (await target.read()).value;
    // Before anything is touched: a name that is not there is refused.
    const { present, lease } = await target.status();
    const goal = destination(inputs.to, before, present);
    const from = before.candidate?.release.version ?? before.stable?.release.version ?? null;
    const others = goal.type === "stable" && inputs.digest ? othersWork(inputs.digest, before, lease) : undefined;
    const done = others ?? (await goBack(environment, target, lease, context));
    const after = (await target.read()).value;
    const nothing = others ?? (goal.type === "stable" && stillServes(inputs.digest, before, after));
    const gate = nothing
        ? { name: "rollback", outcome: "skipped", reason: `nothing to take back: ${done}` }
        : { name: "rollback", outcome: "passed", reason: `${done} (${inputs.reason})` };
    const version = after.stable?.release.version ?? null;
    log.info(gate.reason);
    summary.heading(nothing ? "Nothing was taken back" : headingFor(version));
    summary.markdown((0,action/* inlineText */.ln)(gate.reason));
    return { gate, from, version };
}
function headingFor(version) {
    return version ? `All traffic is on ${version}` : "Nothing is serving";
}
/** Under the target's lease; says what was done. */
async function goBack(environment, target, held, { inputs: { to, reason }, log, signal, env }) {
    const holder = takingOver(held, (0,targets_holder/* holderOf */.K)(env, process.pid), reason, log);
    const { leaseMs } = environment.rollout;
    const warn = (message) => log.warning(message);
    return (0,session/* withLease */.p)({ target, holder, leaseMs, clock: clock/* systemClock */.m, warn }, async (lease) => {
        return goBackTo(to, { environment, target, lease, reason, log, signal });
    });
}
/** Says what was done. `to` is looked for again once the rollout is ended: one that was promoting has made itself stable. */
async function goBackTo(to, r) {
    const replacing = isReplacing((await r.target.read()).value);
    const ended = await endRollout(r);
    const { present } = await r.target.status();
    const { value } = await r.target.read();
    // What served before the release in hand serves again: one further back would be a release too many.
    if (to === "previous" && replacing && value.rollout?.outcome !== "promoted")
        return `${ended}; \`previous\` once more goes to what served before that`;
    const goal = destination(to, value, present);
    if (goal.type === "stable")
        return ended;
    if (goal.type === "already")
        return `${goal.release.version} is serving already`;
    return bringBack(goal.release, r);
}
/**
 * Going back must not wait for whoever goes forward: it takes the lease over, and the other one finds out by
 * its next renewal that it lost it.
 */
function takingOver(lease, self, reason, log) {
    const description = `${self.description}, rolling back: ${reason}`;
    if (!lease)
        return { key: self.key, description };
    log.warning(`taking over from ${lease.holder.description}, who holds it since ${new Date(lease.sinceMs).toISOString()}`);
    return { key: lease.holder.key, description };
}
/** All traffic on stable and the candidate gone, wherever the rollout was. */
async function endRollout(r) {
    const { target, lease } = r;
    const { value: state, version } = await target.read();
    if (state.rollout && state.rollout.phase !== "finished") {
        const ended = await (0,conduct/* conduct */.V)({ state, version }, { target, lease, clock: clock/* systemClock */.m, signal: neverCancelled() }, { type: "recalled", atMs: clock/* systemClock */.m.nowMs(), reason: `taken back: ${r.reason}` });
        return wordsFor(ended);
    }
    await allToStable(state, r);
    if (!state.candidate)
        return noCandidate(state);
    await target.retire(state.candidate.slot, lease.token);
    await target.write({ ...state, candidate: null }, version, lease.token);
    return `${state.candidate.release.version} was taken off its slot; all traffic is on stable`;
}
/** Half a rollback helps nobody: once traffic moves, it is finished. The runner's own limit still ends it. */
function neverCancelled() {
    return new AbortController().signal;
}
function noCandidate({ stable }) {
    const serving = stable ? `${stable.release.version}, which is stable` : "nothing";
    return `there is no candidate any more; all traffic is on ${serving}`;
}
function wordsFor({ rollout, stable }) {
    if (rollout?.outcome === "promoted")
        return `${stable?.release.version} was promoted already and now serves; roll back to \`previous\` to leave it`;
    return `${rollout?.release.version} was taken back; all traffic is on ${stable?.release.version ?? "nothing"}`;
}
async function allToStable(state, r) {
    if (!state.stable)
        return;
    const wanted = (0,rollout_state/* allOn */.PT)(state.stable.slot);
    const { weights } = await r.target.status();
    if ((0,rollout_state/* sameWeights */.ML)(weights, wanted))
        return;
    const readBack = await r.target.route(wanted, r.lease.token);
    if ((0,rollout_state/* sameWeights */.ML)(readBack, wanted))
        return;
    throw new error/* SluiceError */.a("target-unreachable", "stable was given all traffic, but does not have it", {
        hint: "look at the target's status",
    });
}
/** Placed on the idle slot, healthy, then everything at once: a rollout with one step, so it can be resumed. */
async function bringBack(release, r) {
    const { target, lease, environment } = r;
    const signal = AbortSignal.any([r.signal, lease.lost]);
    r.log.info(`placing ${release.version} on ${(0,candidate/* idleSlot */.f)((await target.read()).value)}`);
    await (0,candidate/* placeCandidate */.F)(release, { target, token: lease.token, signal });
    const { value, version } = await target.read();
    const plan = (0,rollout_plan/* planRollout */.ne)({
        ...environment.rollout,
        strategy: "blue-green",
        steps: [{ weightPercent: 100, holdMs: 0 }],
        bakeMs: 0,
        holdbackPercent: 0,
    });
    const entry = (0,rollout_entry/* enter */.V)(value, {
        digest: release.digest,
        id: `rollback/${clock/* systemClock */.m.nowMs()}`,
        plan,
        verdict: environment.verdict,
    });
    if (entry.type !== "begin")
        throw new error/* SluiceError */.a("internal", `placed, but to ${entry.type}`);
    const ended = await (0,conduct/* conduct */.V)({ state: entry.state, version }, { target, lease, clock: clock/* systemClock */.m, signal: r.signal });
    if (ended.rollout?.outcome === "promoted")
        return `${release.version} serves again`;
    throw new error/* SluiceError */.a("unhealthy", ended.rollout?.reason ?? `${release.version} did not hold`, {
        hint: "stable has all traffic; look at the logs of the release that you went back to",
    });
}


/***/ })

};
