import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import type { Environment } from "../../lib/environment/environment.ts";
import { readEnvironment } from "../../lib/environment/read.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Gate } from "../../lib/evidence/record.ts";
import { idleSlot, placeCandidate } from "../../lib/rollout/candidate.ts";
import { systemClock } from "../../lib/rollout/clock.ts";
import { conduct } from "../../lib/rollout/conduct.ts";
import { enter } from "../../lib/rollout/entry.ts";
import type { HeldLease } from "../../lib/rollout/lease.ts";
import { planRollout } from "../../lib/rollout/plan.ts";
import { withLease } from "../../lib/rollout/session.ts";
import { allOn, type RolloutState, sameWeights } from "../../lib/rollout/state.ts";
import { holderOf } from "../../lib/targets/holder.ts";
import { openTarget } from "../../lib/targets/open.ts";
import type { Holder, Lease, Release, Target } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { destination, isReplacing } from "./destination.ts";
import { othersWork } from "./others-work.ts";
import { stillServes } from "./still-serves.ts";

interface RollbackContext {
  inputs: {
    "environment-file": string;
    to: string;
    digest: Digest | undefined;
    reason: string;
  };
  log: Log;
  summary: Summary;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
}

export interface Rollback {
  environment: Environment;
  target: Target;
  lease: HeldLease;
  reason: string;
  log: Log;
  signal: AbortSignal;
}

/** Goes back; its outputs are those of the action. */
export async function rollback(context: RollbackContext) {
  const { inputs, log, summary } = context;
  const environment = await readEnvironment(inputs["environment-file"]);
  const target = await openTarget(environment);
  const before = (await target.read()).value;
  // Before anything is touched: a name that is not there is refused.
  const { present, lease } = await target.status();
  const goal = destination(inputs.to, before, present);
  const from = before.candidate?.release.version ?? before.stable?.release.version ?? null;
  const others =
    goal.type === "stable" && inputs.digest ? othersWork(inputs.digest, before, lease) : undefined;
  const done = others ?? (await goBack(environment, target, lease, context));
  const after = (await target.read()).value;
  const nothing = others ?? (goal.type === "stable" && stillServes(inputs.digest, before, after));
  const gate: Gate = nothing
    ? { name: "rollback", outcome: "skipped", reason: `nothing to take back: ${done}` }
    : { name: "rollback", outcome: "passed", reason: `${done} (${inputs.reason})` };
  const version = after.stable?.release.version ?? null;
  log.info(gate.reason);
  summary.heading(nothing ? "Nothing was taken back" : headingFor(version));
  summary.markdown(inlineText(gate.reason));
  return { gate, from, version };
}

function headingFor(version: string | null): string {
  return version ? `All traffic is on ${version}` : "Nothing is serving";
}

/** Under the target's lease; says what was done. */
async function goBack(
  environment: Environment,
  target: Target,
  held: Lease | null,
  { inputs: { to, reason }, log, signal, env }: RollbackContext,
): Promise<string> {
  const holder = takingOver(held, holderOf(env, process.pid), reason, log);
  const { leaseMs } = environment.rollout;
  const warn = (message: string) => log.warning(message);
  return withLease({ target, holder, leaseMs, clock: systemClock, warn }, async (lease) => {
    return goBackTo(to, { environment, target, lease, reason, log, signal });
  });
}

/** Says what was done. `to` is looked for again once the rollout is ended: one that was promoting has made itself stable. */
export async function goBackTo(to: string, r: Rollback): Promise<string> {
  const replacing = isReplacing((await r.target.read()).value);
  const ended = await endRollout(r);
  const { present } = await r.target.status();
  const { value } = await r.target.read();
  // What served before the release in hand serves again: one further back would be a release too many.
  if (to === "previous" && replacing && value.rollout?.outcome !== "promoted")
    return `${ended}; \`previous\` once more goes to what served before that`;
  const goal = destination(to, value, present);
  if (goal.type === "stable") return ended;
  if (goal.type === "already") return `${goal.release.version} is serving already`;
  return bringBack(goal.release, r);
}

/**
 * Going back must not wait for whoever goes forward: it takes the lease over, and the other one finds out by
 * its next renewal that it lost it.
 */
function takingOver(lease: Lease | null, self: Holder, reason: string, log: Log): Holder {
  const description = `${self.description}, rolling back: ${reason}`;
  if (!lease) return { key: self.key, description };
  log.warning(
    `taking over from ${lease.holder.description}, who holds it since ${new Date(lease.sinceMs).toISOString()}`,
  );
  return { key: lease.holder.key, description };
}

/** All traffic on stable and the candidate gone, wherever the rollout was. */
async function endRollout(r: Rollback): Promise<string> {
  const { target, lease } = r;
  const { value: state, version } = await target.read();
  if (state.rollout && state.rollout.phase !== "finished") {
    const ended = await conduct(
      { state, version },
      { target, lease, clock: systemClock, signal: neverCancelled() },
      { type: "recalled", atMs: systemClock.nowMs(), reason: `taken back: ${r.reason}` },
    );
    return wordsFor(ended);
  }
  await allToStable(state, r);
  if (!state.candidate) return noCandidate(state);
  await target.retire(state.candidate.slot, lease.token);
  await target.write({ ...state, candidate: null }, version, lease.token);
  return `${state.candidate.release.version} was taken off its slot; all traffic is on stable`;
}

/** Half a rollback helps nobody: once traffic moves, it is finished. The runner's own limit still ends it. */
function neverCancelled(): AbortSignal {
  return new AbortController().signal;
}

function noCandidate({ stable }: RolloutState): string {
  const serving = stable ? `${stable.release.version}, which is stable` : "nothing";
  return `there is no candidate any more; all traffic is on ${serving}`;
}

function wordsFor({ rollout, stable }: RolloutState): string {
  if (rollout?.outcome === "promoted")
    return `${stable?.release.version} was promoted already and now serves; roll back to \`previous\` to leave it`;
  return `${rollout?.release.version} was taken back; all traffic is on ${stable?.release.version ?? "nothing"}`;
}

async function allToStable(state: RolloutState, r: Rollback): Promise<void> {
  if (!state.stable) return;
  const wanted = allOn(state.stable.slot);
  const { weights } = await r.target.status();
  if (sameWeights(weights, wanted)) return;
  const readBack = await r.target.route(wanted, r.lease.token);
  if (sameWeights(readBack, wanted)) return;
  throw new SluiceError(
    "target-unreachable",
    "stable was given all traffic, but does not have it",
    {
      hint: "look at the target's status",
    },
  );
}

/** Placed on the idle slot, healthy, then everything at once: a rollout with one step, so it can be resumed. */
async function bringBack(release: Release, r: Rollback): Promise<string> {
  const { target, lease, environment } = r;
  const signal = AbortSignal.any([r.signal, lease.lost]);
  r.log.info(`placing ${release.version} on ${idleSlot((await target.read()).value)}`);
  await placeCandidate(release, { target, token: lease.token, signal });
  const { value, version } = await target.read();
  const plan = planRollout({
    ...environment.rollout,
    strategy: "blue-green",
    steps: [{ weightPercent: 100, holdMs: 0 }],
    bakeMs: 0,
    holdbackPercent: 0,
  });
  const entry = enter(value, {
    digest: release.digest,
    id: `rollback/${systemClock.nowMs()}`,
    plan,
    verdict: environment.verdict,
  });
  if (entry.type !== "begin") throw new SluiceError("internal", `placed, but to ${entry.type}`);
  const ended = await conduct(
    { state: entry.state, version },
    { target, lease, clock: systemClock, signal: r.signal },
  );
  if (ended.rollout?.outcome === "promoted") return `${release.version} serves again`;
  throw new SluiceError("unhealthy", ended.rollout?.reason ?? `${release.version} did not hold`, {
    hint: "stable has all traffic; look at the logs of the release that you went back to",
  });
}
