import { SluiceError } from "../error.ts";
import type { Release } from "../targets/target.ts";
import type { Digest } from "../units/digest.ts";
import {
  beginVerdict,
  goodEnoughParts,
  observe,
  type Sample,
  VERDICT_SCHEMA,
  type VerdictSettings,
  type VerdictState,
} from "../verdict/verdict.ts";
import { wantsFreshBaseline } from "./fresh-baseline.ts";
import { type Plan, planFirstRelease } from "./plan.ts";
import type { Occupant, Rollout, RolloutState } from "./state.ts";

export interface EntryRequest {
  digest: Digest;
  /** A new rollout's id; a resumed one keeps its own. */
  id: string;
  plan: Plan;
  verdict: VerdictSettings;
  /** Stable's own past, at weight 0: the verdict learns from it how stable's errors come. */
  past?: readonly Sample[];
}

/** How a runner comes into a rollout: as its first, after another was killed, or when all is said already. */
export type Entry =
  | { type: "begin"; state: RolloutState }
  | { type: "resume"; state: RolloutState }
  /** Decided before; nothing is done again. */
  | { type: "already"; rollout: Rollout | null; release: Release }
  /** The candidate's processes are gone (its last rollout was interrupted); place it, then enter again. */
  | { type: "place-again"; release: Release };

/**
 * Decides from what the target keeps. Throws `no-such-release` naming what is there when `digest` is neither
 * placed nor in a rollout: nothing that deploy did not place is ever promoted.
 */
export function enter(state: RolloutState, request: EntryRequest): Entry {
  const { rollout } = state;
  const own = rollout?.release.digest === request.digest ? rollout : null;
  if (own && own.phase !== "finished")
    return { type: "resume", state: { ...state, rollout: withReadableVerdict(own) } };
  if (rollout && rollout.phase !== "finished") throw unfinished(rollout);
  // A release that was found worse is not tried again until it is deployed again: that would be flapping.
  if (own && isDecided(own)) return { type: "already", rollout: own, release: own.release };
  if (state.candidate?.release.digest === request.digest)
    return { type: "begin", state: begin(state, state.candidate, request) };
  if (state.stable?.release.digest === request.digest)
    return { type: "already", rollout: null, release: state.stable.release };
  if (own) return { type: "place-again", release: own.release };
  throw nothingPlaced(state, request.digest);
}

/**
 * Evidence that another version of Sluice kept is not gone on with, since a part that it lacks would be no evidence
 * against anybody: it is gathered anew. The steps that were passed stay passed.
 */
function withReadableVerdict(rollout: Rollout): Rollout {
  const { schema, settings }: { schema: number; settings: VerdictSettings } = rollout.verdict;
  if (schema === VERDICT_SCHEMA) return rollout;
  const verdict = beginVerdict(settings);
  const anew = { candidateRequestsBefore: 0, evidence: null, goodBefore: goodEnoughParts(verdict) };
  const steps = rollout.steps.map((record) =>
    record.outcome === "running" ? { ...record, ...anew } : record,
  );
  return { ...rollout, verdict, steps };
}

function isDecided(rollout: Rollout): boolean {
  return rollout.outcome === "promoted" || rollout.outcome === "rolled-back";
}

function begin(state: RolloutState, candidate: Occupant, request: EntryRequest): RolloutState {
  const plan = state.stable ? request.plan : planFirstRelease(request.plan);
  const baseline = wantsFreshBaseline(request.verdict, plan) ? "fresh" : "stable";
  return {
    ...state,
    rollout: {
      id: request.id,
      release: candidate.release,
      candidateSlot: candidate.slot,
      stableSlot: state.stable?.slot ?? null,
      ...(baseline === "fresh" ? { baseline: "due" } : {}),
      plan,
      phase: "stepping",
      stepIndex: 0,
      verdict: verdictWithPast({ ...request.verdict, baseline }, request.past),
      steps: [],
      firstTrafficAtMs: null,
      toZeroAtMs: null,
      outcome: null,
      reason: null,
      endedAtMs: null,
      parked: null,
    },
  };
}

function verdictWithPast(verdict: VerdictSettings, past: readonly Sample[] = []): VerdictState {
  return past.reduce((state, sample) => observe(state, sample).state, beginVerdict(verdict));
}

function unfinished(rollout: Rollout): SluiceError {
  const weight = rollout.plan.steps[rollout.stepIndex]?.weightPercent ?? 0;
  return new SluiceError(
    "lease-held",
    `${rollout.release.version} is in an unfinished rollout (${rollout.phase}, ${weight} %)`,
    {
      hint: "re-run the job that started it to go on, or run the rollback action with `to: stable` to end it",
    },
  );
}

function nothingPlaced(state: RolloutState, digest: Digest): SluiceError {
  const there = [
    state.stable && `stable is ${state.stable.release.version} (${state.stable.release.digest})`,
    state.candidate
      ? `the candidate is ${state.candidate.release.version} (${state.candidate.release.digest})`
      : "no candidate is placed",
  ].filter(Boolean);
  return new SluiceError("no-such-release", `${digest} is not placed: ${there.join("; ")}`, {
    hint: "run the deploy action for this digest first; a newer deploy may have replaced it",
  });
}
