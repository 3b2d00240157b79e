import type { Release, Slot, Weights } from "../targets/target.ts";
import type { Digest } from "../units/digest.ts";
import type { Finding, GoodEnoughParts, VerdictState } from "../verdict/verdict.ts";
import type { FreshBaseline } from "./fresh-baseline.ts";
import type { Plan } from "./plan.ts";

/** What the target keeps about its slots and the rollout in hand. Plain JSON. */
export interface RolloutState {
  schema: 1;
  /** Serving, alone or together with the candidate. Null before the first release. */
  stable: Occupant | null;
  /** Placed at weight 0, or being rolled out. */
  candidate: Occupant | null;
  /** What was stable before; its bytes may still be present. */
  previous: Release | null;
  /** Digests of what had all traffic, the latest last: what one may go back to. Absent in a state of before it was kept. */
  served?: Digest[];
  /** The rollout in hand, or the last one that ended. */
  rollout: Rollout | null;
}

export interface Occupant {
  slot: Slot;
  release: Release;
}

export const EMPTY_STATE: RolloutState = {
  schema: 1,
  stable: null,
  candidate: null,
  previous: null,
  rollout: null,
};

/**
 * stepping: the candidate has the weight of `plan.steps[stepIndex]` and is watched.
 * promoting: all traffic is to go to the candidate; from here on the only way is forward.
 * retiring: the slot that lost is drained and stopped.
 * reverting: all traffic is to go back to stable.
 */
export type Phase = "stepping" | "promoting" | "retiring" | "reverting" | "finished";

export type RolloutOutcome = "promoted" | "rolled-back" | "inconclusive" | "failed";

export interface Rollout {
  id: string;
  release: Release;
  candidateSlot: Slot;
  /** Null for the first release: there is nothing to compare with and nothing to go back to. */
  stableSlot: Slot | null;
  /** Absent when the candidate is compared with stable's own processes. */
  baseline?: FreshBaseline;
  plan: Plan;
  phase: Phase;
  stepIndex: number;
  verdict: VerdictState;
  steps: StepRecord[];
  /** When the candidate was first given traffic; null while it never was. */
  firstTrafficAtMs: number | null;
  /** When it was read back that the candidate has none any more, if it was pulled back. */
  toZeroAtMs: number | null;
  /** Decided when the way is settled (at promoting or reverting), carried out by `finished`. */
  outcome: RolloutOutcome | null;
  reason: string | null;
  endedAtMs: number | null;
  /** Why nobody conducts it though it is not finished: the policy was to hold. A re-run goes on from here. */
  parked: string | null;
}

export interface StepRecord {
  weightPercent: number;
  /** What the fresh baseline has meanwhile; absent when the candidate is compared with stable's own processes. */
  baselinePercent?: number;
  startedAtMs: number;
  endedAtMs: number | null;
  /** No decision until then is inconclusive. */
  deadlineAtMs: number;
  /** Time that was really watched: windows in which the arms could be read. */
  watchedMs: number;
  lastSampleAtMs: number | null;
  /** The last sample in which the arms could be read; absent before the first. */
  lastReadAtMs?: number;
  /** The candidate's requests since the rollout began, when this step did. */
  candidateRequestsBefore: number;
  outcome: "running" | "passed" | "rollback" | "inconclusive" | "interrupted";
  evidence: Finding["evidence"] | null;
  /** The verdict's paragraph on that evidence. */
  explanation?: string;
  /** What had been shown for the candidate when this step began: a step is passed early only on its own. */
  goodBefore?: GoodEnoughParts;
  /** Why it was passed before its hold was over. */
  early?: string;
}

/** Traffic all on one slot. */
export function allOn(slot: Slot): Weights {
  return slot === "blue" ? { blue: 100, green: 0 } : { blue: 0, green: 100 };
}

/** Traffic split: `candidatePercent` on the candidate's slot, a part on the fresh baseline, the rest on the other. */
export function split(
  candidateSlot: Slot,
  candidatePercent: number,
  baselinePercent: number,
): Weights {
  const rest = 100 - candidatePercent - baselinePercent;
  const serving =
    candidateSlot === "blue"
      ? { blue: candidatePercent, green: rest }
      : { blue: rest, green: candidatePercent };
  return baselinePercent === 0 ? serving : { ...serving, baseline: baselinePercent };
}

export function sameWeights(a: Weights, b: Weights): boolean {
  return a.blue === b.blue && a.green === b.green && (a.baseline ?? 0) === (b.baseline ?? 0);
}

/** `blue 80 green 10 baseline 10`, for people. */
export function describeWeights({ blue, green, baseline = 0 }: Weights): string {
  const serving = `blue ${blue} green ${green}`;
  return baseline === 0 ? serving : `${serving} baseline ${baseline}`;
}
