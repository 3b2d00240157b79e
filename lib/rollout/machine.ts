import type { AnySlot, Slot, Weights } from "../targets/target.ts";
import { type Finding, goodEnoughParts, observe, type Sample } from "../verdict/verdict.ts";
import { describeLimit } from "./blind.ts";
import { passedEarly } from "./early.ts";
import { baselinePercent, leavesBaseline } from "./fresh-baseline.ts";
import { holdIsOver, missing } from "./hold.ts";
import { closeStep } from "./revert.ts";
import { servedWith } from "./served.ts";
import {
  allOn,
  type Rollout,
  type RolloutOutcome,
  type RolloutState,
  type StepRecord,
  split,
} from "./state.ts";

/** What happened; each carries its moment, so that the machine needs no clock. */
export type RolloutEvent =
  /** A runner took the rollout up, at its beginning or after another one was killed. */
  | { type: "entered"; atMs: number }
  /** The fresh baseline stands beside stable, healthy and without traffic. */
  | { type: "baseline-placed"; atMs: number }
  /** The weights that were asked for have been read back from the target. */
  | { type: "routed"; atMs: number }
  | { type: "sampled"; atMs: number; sample: Sample }
  | { type: "candidate-died"; atMs: number; reason: string }
  /** Nothing is left to compare with. */
  | { type: "baseline-died"; atMs: number; reason: string }
  | { type: "cancelled"; atMs: number; reason: string }
  /** Somebody wants the release back, whatever the evidence says. */
  | { type: "recalled"; atMs: number; reason: string }
  | { type: "broke"; atMs: number; reason: string }
  | { type: "retired"; atMs: number };

/** What is to be done next; its completion is the next event. */
export type Effect =
  | { type: "place-baseline"; beside: Slot }
  | { type: "route"; weights: Weights }
  | { type: "sample" }
  | { type: "retire"; slot: AnySlot }
  | { type: "stop" };

export interface Move {
  state: RolloutState;
  effect: Effect;
}

type WithRollout = RolloutState & { rollout: Rollout };

/**
 * The rollout as a pure function. Persist `state` before performing `effect`: a runner that is killed in
 * between is followed by one that feeds `entered` and is told the same effect again, so effects are idempotent.
 */
export function step(state: RolloutState, event: RolloutEvent): Move {
  if (!hasRollout(state)) return { state, effect: { type: "stop" } };
  switch (event.type) {
    case "entered":
      return due(unpark(state, event.atMs));
    case "baseline-placed":
      return baselinePlaced(state);
    case "routed":
      return routed(state, event.atMs);
    case "sampled":
      return sampled(state, event.atMs, event.sample);
    case "candidate-died":
    case "recalled":
      return revert(state, "rolled-back", event.reason, event.atMs, "rollback");
    case "baseline-died":
      return revert(state, "inconclusive", event.reason, event.atMs, "inconclusive");
    case "cancelled":
    case "broke":
      return revert(state, "failed", event.reason, event.atMs, "interrupted");
    case "retired":
      return retired(state, event.atMs);
  }
}

function hasRollout(state: RolloutState): state is WithRollout {
  return state.rollout !== null;
}

/** The effect that the phase is waiting for. */
function due(state: WithRollout): Move {
  const { rollout } = state;
  switch (rollout.phase) {
    case "stepping":
      return { state, effect: takeUpStep(rollout) };
    case "promoting":
      return { state, effect: { type: "route", weights: allOn(rollout.candidateSlot) } };
    case "reverting":
      return { state, effect: { type: "route", weights: stableWeights(rollout) } };
    case "retiring":
      return { state, effect: retireNext(rollout) };
    case "finished":
      return { state, effect: { type: "stop" } };
  }
}

function takeUpStep(rollout: Rollout): Effect {
  if (needsBaseline(rollout)) return { type: "place-baseline", beside: rollout.stableSlot };
  return { type: "route", weights: stepWeights(rollout) };
}

/** No weight before there is something to compare with. */
function needsBaseline(rollout: Rollout): rollout is Rollout & { stableSlot: Slot } {
  return rollout.baseline === "due" && rollout.stableSlot !== null;
}

function stepWeights(rollout: Rollout): Weights {
  const candidatePercent = rollout.plan.steps[rollout.stepIndex]?.weightPercent ?? 0;
  return split(rollout.candidateSlot, candidatePercent, baselinePercent(rollout));
}

function stableWeights(rollout: Rollout): Weights {
  return rollout.stableSlot ? allOn(rollout.stableSlot) : { blue: 0, green: 0 };
}

/** First what was only there to compare with, also when nobody knows whether its start was begun. */
function retireNext(rollout: Rollout): Effect {
  if (leavesBaseline(rollout)) return { type: "retire", slot: "baseline" };
  const loser = rollout.outcome === "promoted" ? rollout.stableSlot : rollout.candidateSlot;
  return loser ? { type: "retire", slot: loser } : { type: "stop" };
}

function unpark(state: WithRollout, atMs: number): WithRollout {
  const { rollout } = state;
  const deadlineAtMs = atMs + rollout.plan.stepDeadlineMs;
  // What nobody watched is no watched time, and the deadline is the watcher's.
  const steps = rollout.steps.map((record) =>
    record.outcome === "running" ? unwatched({ ...record, deadlineAtMs }) : record,
  );
  return { ...state, rollout: { ...rollout, steps, parked: null } };
}

function unwatched({ lastReadAtMs: _, ...record }: StepRecord): StepRecord {
  return { ...record, lastSampleAtMs: null };
}

function baselinePlaced(state: WithRollout): Move {
  const { rollout } = state;
  if (rollout.phase !== "stepping" || rollout.baseline !== "due") return due(state);
  return due({ ...state, rollout: { ...rollout, baseline: "placed" } });
}

function routed(state: WithRollout, atMs: number): Move {
  const { rollout } = state;
  switch (rollout.phase) {
    case "stepping": {
      if (needsBaseline(rollout)) return due(state);
      const next = { ...state, rollout: openStep(rollout, atMs) };
      return { state: next, effect: { type: "sample" } };
    }
    case "promoting":
      return promoted(state, atMs);
    case "reverting": {
      const toZeroAtMs = rollout.firstTrafficAtMs === null ? null : atMs;
      return due({ ...state, rollout: { ...rollout, toZeroAtMs, phase: "retiring" } });
    }
    case "retiring":
    case "finished":
      return due(state);
  }
}

function openStep(rollout: Rollout, atMs: number): Rollout {
  const firstTrafficAtMs = rollout.firstTrafficAtMs ?? atMs;
  const planned = rollout.plan.steps[rollout.stepIndex];
  if (!planned || runningStep(rollout)) return { ...rollout, firstTrafficAtMs };
  const record: StepRecord = {
    weightPercent: planned.weightPercent,
    ...(rollout.baseline ? { baselinePercent: baselinePercent(rollout) } : {}),
    startedAtMs: atMs,
    endedAtMs: null,
    deadlineAtMs: atMs + rollout.plan.stepDeadlineMs,
    watchedMs: 0,
    lastSampleAtMs: null,
    candidateRequestsBefore: rollout.steps.at(-1)?.evidence?.candidate.requests ?? 0,
    outcome: "running",
    evidence: null,
    goodBefore: goodEnoughParts(rollout.verdict),
  };
  return { ...rollout, firstTrafficAtMs, steps: [...rollout.steps, record] };
}

/** The step that is being watched now. */
export function runningStep(rollout: Rollout): StepRecord | undefined {
  const last = rollout.steps.at(-1);
  return last?.outcome === "running" ? last : undefined;
}

function promoted(state: WithRollout, atMs: number): Move {
  const { rollout } = state;
  const occupant = { slot: rollout.candidateSlot, release: rollout.release };
  const serving: WithRollout = {
    ...state,
    stable: occupant,
    candidate: null,
    previous: state.stable?.release ?? null,
    served: servedWith(state, rollout.release),
    rollout: { ...rollout, phase: "retiring" },
  };
  return rollout.stableSlot ? due(serving) : finish(serving, atMs);
}

function retired(state: WithRollout, atMs: number): Move {
  const { rollout } = state;
  if (rollout.phase !== "retiring") return due(state);
  if (leavesBaseline(rollout)) return due({ ...state, rollout: { ...rollout, baseline: "gone" } });
  return finish({ ...state, candidate: null }, atMs);
}

function finish(state: WithRollout, atMs: number): Move {
  const rollout: Rollout = { ...state.rollout, phase: "finished", endedAtMs: atMs };
  return { state: { ...state, rollout }, effect: { type: "stop" } };
}

function sampled(state: WithRollout, atMs: number, sample: Sample): Move {
  const { rollout } = state;
  const running = runningStep(rollout);
  if (rollout.phase !== "stepping" || !running) return due(state);
  const { state: verdict, finding } = observe(rollout.verdict, sample);
  const record = watched(running, rollout, sample, finding, atMs);
  const steps = [...rollout.steps.slice(0, -1), record];
  const next: WithRollout = { ...state, rollout: { ...rollout, verdict, steps } };

  if (finding.outcome === "rollback")
    return revert(next, "rolled-back", finding.explanation, atMs, "rollback");
  if (finding.outcome === "inconclusive") return undecided(next, finding.explanation, atMs);
  if (holdIsOver(record, next.rollout)) return passStep(next, atMs);
  const early = passedEarly(record, next.rollout, finding.outcome);
  if (early !== undefined) return passStep(withEarly(next, early), atMs);
  if (atMs >= record.deadlineAtMs) return undecided(next, missing(record, next.rollout), atMs);
  return { state: next, effect: { type: "sample" } };
}

/**
 * Counters count on while a scrape is missing, so what they say after a short gap is about all of it. A longer gap
 * was not watched, whatever the clock says.
 */
const BRIDGED_INTERVALS = 5;

function watched(
  record: StepRecord,
  rollout: Rollout,
  sample: Sample,
  finding: Finding,
  atMs: number,
): StepRecord {
  const isEvidence =
    sample.candidate !== null && (sample.baseline !== null || record.weightPercent === 100);
  const sinceMs = Math.max(0, atMs - (record.lastReadAtMs ?? atMs));
  const countedMs = isEvidence
    ? Math.min(sinceMs, BRIDGED_INTERVALS * rollout.plan.sampleIntervalMs)
    : 0;
  return {
    ...record,
    watchedMs: record.watchedMs + countedMs,
    lastSampleAtMs: atMs,
    ...(isEvidence ? { lastReadAtMs: atMs } : {}),
    evidence: finding.evidence,
    explanation: finding.explanation,
  };
}

/** So that the record tells which steps were passed early, and why. */
function withEarly(state: WithRollout, early: string): WithRollout {
  const { rollout } = state;
  const steps = rollout.steps.map((record) =>
    record.outcome === "running" ? { ...record, early } : record,
  );
  return { ...state, rollout: { ...rollout, steps } };
}

function passStep(state: WithRollout, atMs: number): Move {
  const rollout = closeStep(state.rollout, "passed", atMs);
  const isLast = rollout.stepIndex === rollout.plan.steps.length - 1;
  if (!isLast) return due({ ...state, rollout: { ...rollout, stepIndex: rollout.stepIndex + 1 } });
  return due({
    ...state,
    rollout: {
      ...rollout,
      phase: "promoting",
      outcome: "promoted",
      reason: reasonToPromote(rollout),
    },
  });
}

function reasonToPromote(rollout: Rollout): string {
  const { release, stableSlot, steps, baseline } = rollout;
  if (stableSlot === null)
    return `${release.version} is the first release: there was nothing to compare it with`;
  const compared = steps.filter((step) => step.weightPercent < 100).length;
  if (compared === 0)
    return `${release.version} is healthy with all traffic; nothing was left on stable to compare it with`;
  return `${release.version} was not found worse at any of the ${compared} weights at which it was compared with ${baseline ? "fresh processes of stable" : "stable"}; ${describeLimit(rollout)}`;
}

function undecided(state: WithRollout, reason: string, atMs: number): Move {
  const { rollout } = state;
  if (rollout.plan.onInconclusive === "rollback")
    return revert(state, "inconclusive", reason, atMs, "inconclusive");
  const parked = {
    ...state,
    rollout: { ...rollout, parked: reason },
  };
  return { state: parked, effect: { type: "stop" } };
}

/** Weight 0 first. A rollout that is past its point of no return goes on instead. */
function revert(
  state: WithRollout,
  outcome: RolloutOutcome,
  reason: string,
  atMs: number,
  stepOutcome: "rollback" | "inconclusive" | "interrupted",
): Move {
  if (state.rollout.phase !== "stepping") return due(state);
  const rollout = closeStep(state.rollout, stepOutcome, atMs);
  return due({ ...state, rollout: { ...rollout, phase: "reverting", outcome, reason } });
}
