import type { Release, Slot, Weights } from "../targets/target.ts";
import type { Finding, VerdictState } from "../verdict/verdict.ts";
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
 * stepping: the candidate has `plan.steps[stepIndex]`.
 * promoting: all traffic is to go to the candidate; from here on the only way is forward.
 * retiring: the old slot is drained and stopped.
 * reverting: all traffic is to go back to stable.
 */
export type Phase = "stepping" | "promoting" | "retiring" | "reverting" | "finished";

export type RolloutOutcome = "promoted" | "rolled-back" | "inconclusive" | "failed";

export interface Rollout {
  id: string;
  plan: Plan;
  phase: Phase;
  stepIndex: number;
  /** Weights that were last intended; the target's own reading is compared with them. */
  weights: Weights;
  verdict: VerdictState;
  steps: StepRecord[];
  /** When the candidate first had traffic, and when it had none again. */
  startedAtMs: number;
  toZeroAtMs: number | null;
  /** When the decision to go back was made. */
  revertDecidedAtMs: number | null;
  outcome: RolloutOutcome | null;
  reason: string | null;
}

export interface StepRecord {
  weightPercent: number;
  startedAtMs: number;
  endedAtMs: number | null;
  outcome: "running" | "passed" | "rollback" | "inconclusive" | "interrupted";
  evidence: Finding["evidence"] | null;
}
