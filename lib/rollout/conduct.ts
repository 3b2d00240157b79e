import { causes, SluiceError } from "../error.ts";
import type { AnySlot, Slot, Target, TargetStatus, Version, Weights } from "../targets/target.ts";
import type { Sample } from "../verdict/verdict.ts";
import type { Clock } from "./clock.ts";
import { baselinePercent } from "./fresh-baseline.ts";
import type { HeldLease } from "./lease.ts";
import { type Effect, type RolloutEvent, runningStep, step } from "./machine.ts";
import { sampleOf } from "./sample.ts";
import { describeWeights, type Rollout, type RolloutState, sameWeights } from "./state.ts";

export interface Conduct {
  target: Target;
  lease: HeldLease;
  clock: Clock;
  /** Fires on cancel: traffic goes back to stable first, and only then does conducting end. */
  signal: AbortSignal;
  /** Told of each event after it is persisted, for logs, traces and pictures. */
  onProgress?(state: RolloutState, event: RolloutEvent): void;
}

/** Asked again this often while the target does not answer; the lease ends the asking. */
const RETRY_MS = 250;

/**
 * Performs a rollout until it is finished or parked: persist, act, wait for what comes of it, decide.
 * `from` is the state that `enter` gave, with the version it was read at; `first` is what happened to it.
 * Throws `lease-lost` when somebody else is to act from now on, and `lost-race` when somebody did.
 */
export async function conduct(
  from: { state: RolloutState; version: Version },
  c: Conduct,
  first: RolloutEvent = { type: "entered", atMs: c.clock.nowMs() },
): Promise<RolloutState> {
  let { version } = from;
  let saved: RolloutState | undefined;
  let cancelled = false;
  let event = first;
  let move = step(from.state, event);
  for (;;) {
    if (move.state !== saved) version = await c.target.write(move.state, version, c.lease.token);
    saved = move.state;
    c.onProgress?.(move.state, event);
    if (move.effect.type === "stop") return move.state;
    event = await performOrBreak(move.effect, move.state, c);
    if (c.signal.aborted && !cancelled && event.type !== "candidate-died") {
      cancelled = true;
      event = { type: "cancelled", atMs: c.clock.nowMs(), reason: cancelReason(c.signal) };
    }
    move = step(move.state, event);
  }
}

function cancelReason(signal: AbortSignal): string {
  const by = signal.reason instanceof Error ? signal.reason.message : String(signal.reason);
  return `cancelled (${by})`;
}

/** Whatever goes wrong while the candidate has traffic takes that traffic away first. */
async function performOrBreak(
  effect: Effect,
  state: RolloutState,
  c: Conduct,
): Promise<RolloutEvent> {
  try {
    return await perform(effect, state, c);
  } catch (error) {
    if (c.lease.lost.aborted || state.rollout?.phase !== "stepping") throw error;
    return { type: "broke", atMs: c.clock.nowMs(), reason: causes(error).join(": ") };
  }
}

async function perform(effect: Effect, state: RolloutState, c: Conduct): Promise<RolloutEvent> {
  const { rollout } = state;
  if (!rollout || effect.type === "stop") throw new SluiceError("internal", "nothing to perform");
  switch (effect.type) {
    case "place-baseline":
      return placeBaseline(effect.beside, c);
    case "route":
      return route(effect.weights, rollout, c);
    case "sample":
      return sample(rollout, c);
    case "retire":
      await untilAnswered(c, () => c.target.retire(effect.slot, c.lease.token));
      return { type: "retired", atMs: c.clock.nowMs() };
  }
}

async function placeBaseline(beside: Slot, c: Conduct): Promise<RolloutEvent> {
  const signal = AbortSignal.any([c.signal, c.lease.lost]);
  await c.target.placeBaseline(beside, c.lease.token, signal);
  return { type: "baseline-placed", atMs: c.clock.nowMs() };
}

async function route(weights: Weights, rollout: Rollout, c: Conduct): Promise<RolloutEvent> {
  const readBack = await untilAnswered(c, () => c.target.route(weights, c.lease.token));
  const atMs = c.clock.nowMs();
  if (sameWeights(readBack, weights)) return { type: "routed", atMs };
  const reason = `weights ${describeWeights(weights)} were set, but ${describeWeights(readBack)} were read back`;
  if (rollout.phase === "stepping") return { type: "broke", atMs, reason };
  throw new SluiceError("target-unreachable", reason, {
    hint: "the target does not honour the weights; look at its status",
  });
}

/** Traffic is being moved: an answer is worth waiting for, as long as the lease is ours. */
async function untilAnswered<T>(c: Conduct, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    c.lease.lost.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      await c.clock.sleep(RETRY_MS, c.lease.lost);
    }
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof SluiceError && error.code === "target-unreachable";
}

async function sample(rollout: Rollout, c: Conduct): Promise<RolloutEvent> {
  await c.clock.sleep(untilNextSampleMs(rollout, c), AbortSignal.any([c.signal, c.lease.lost]));
  c.lease.lost.throwIfAborted();
  const status = await statusIfReached(c);
  const atMs = c.clock.nowMs();
  const died = status && deathOfCandidate(status, rollout);
  if (died) return { type: "candidate-died", atMs, reason: died };
  const lost = status && deathOfBaseline(status, rollout);
  if (lost) return { type: "baseline-died", atMs, reason: lost };
  return { type: "sampled", atMs, sample: await readSample(rollout, c) };
}

function untilNextSampleMs(rollout: Rollout, c: Conduct): number {
  const lastMs = runningStep(rollout)?.lastSampleAtMs;
  if (lastMs === null || lastMs === undefined) return 0;
  const { sampleIntervalMs } = rollout.plan;
  // Never longer: with a clock that was put back the candidate would be left unwatched until then.
  return Math.min(sampleIntervalMs, Math.max(0, lastMs + sampleIntervalMs - c.clock.nowMs()));
}

async function readSample(rollout: Rollout, c: Conduct): Promise<Sample> {
  const arms = await c.target.observe().catch((error: unknown) => {
    if (isUnreachable(error)) return null;
    throw error;
  });
  const weightPercent = rollout.plan.steps[rollout.stepIndex]?.weightPercent ?? 0;
  const candidate = arms?.[rollout.candidateSlot] ?? null;
  const compared = rollout.baseline === "placed" ? "baseline" : rollout.stableSlot;
  const baseline = (compared && arms?.[compared]) ?? null;
  return sampleOf(c.clock.nowMs(), weightPercent, candidate, baseline);
}

async function statusIfReached(c: Conduct): Promise<TargetStatus | null> {
  return c.target.status().catch((error: unknown) => {
    if (isUnreachable(error)) return null;
    throw error;
  });
}

function deathOfCandidate(status: TargetStatus, rollout: Rollout): string | undefined {
  return whatDied(status, rollout.candidateSlot, `the candidate ${rollout.release.version}`);
}

/** While it has traffic: at 100 % nothing is compared any more. */
function deathOfBaseline(status: TargetStatus, rollout: Rollout): string | undefined {
  if (baselinePercent(rollout) === 0) return undefined;
  const died = whatDied(status, "baseline", "the fresh baseline");
  return died && `${died}: nothing is left to compare the candidate with`;
}

function whatDied(status: TargetStatus, slot: AnySlot, subject: string): string | undefined {
  const instances = status.slots[slot]?.instances ?? [];
  const sick = instances.filter((instance) => !instance.healthy).map((instance) => instance.name);
  if (instances.length === 0) return `${subject} has no process left`;
  if (sick.length === 0) return undefined;
  return `${sick.length} of ${instances.length} instances of ${subject} are not healthy any more: ${sick.join(", ")}`;
}
