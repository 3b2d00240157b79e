import { SluiceError } from "../../error.ts";
import { allOn, EMPTY_STATE, type RolloutState } from "../../rollout/state.ts";
import { SLOTS, type Slot, type Weights } from "../target.ts";
import { abandonment } from "./abandoned.ts";
import type { Held } from "./council.ts";
import type { Entry } from "./ledger.ts";
import { stampOf } from "./version.ts";

/** Edges that were not there when something was changed, and the slots that each may still send traffic to. */
export type Behind = Record<string, Slot[]>;

export interface HeldState {
  state: RolloutState;
  behind: Behind;
}

/** The machines keep the plain state, or one with what is behind. */
export function heldState({ text }: Held): HeldState {
  if (text === "") return { state: EMPTY_STATE, behind: {} };
  const parsed = JSON.parse(text) as RolloutState | HeldState;
  return "state" in parsed ? parsed : { state: parsed, behind: {} };
}

export function entryOf({ state, behind }: HeldState, holder: string): Entry {
  const { weights, state: after } = abandonment(state, holder);
  const text = (one: RolloutState) =>
    JSON.stringify(Object.keys(behind).length === 0 ? one : { state: one, behind });
  return { text: text(state), abandoned: after === null ? "" : text(after), revert: weights };
}

/** Who is behind from now on: those who were and still are, and those who are missing now. */
export function behindNow(
  { version, ...held }: HeldState & { version: string },
  edges: readonly string[],
  absent: readonly string[],
): Behind {
  const now: Behind = {};
  for (const name of edges) {
    const before = held.behind[name];
    if (before) now[name] = before;
    else if (absent.includes(name)) now[name] = mayBeServed(held.state, version);
  }
  return now;
}

/**
 * Where an edge may be sending traffic that took part until now. Between rollouts it is stable alone; in the middle of
 * one, or when the guards ended it, nobody knows which of both it has heard of last.
 */
export function mayBeServed({ stable, rollout }: RolloutState, version: string): Slot[] {
  const isSettled = rollout === null || rollout.phase === "finished";
  if (!isSettled || stampOf(version).reverted) return [...SLOTS];
  return stable ? [stable.slot] : [];
}

/** Whether a candidate is being tried: then what is lost takes it back, at any other time the way is on. */
export function isOnTrial({ rollout }: RolloutState): boolean {
  return rollout?.phase === "stepping";
}

/** Where traffic belongs as far as the state has it settled: what an edge is given that comes back. */
export function settledWeights({ stable, rollout }: RolloutState): Weights {
  if (rollout && (rollout.phase === "promoting" || rollout.phase === "retiring"))
    if (rollout.outcome === "promoted") return allOn(rollout.candidateSlot);
  return stable ? allOn(stable.slot) : { blue: 0, green: 0 };
}

/** The edges that may still send traffic to `slot`. */
export function sendersTo(slot: Slot, behind: Behind): string[] {
  return Object.keys(behind).filter((name) => behind[name]?.includes(slot));
}

export function refuseWhileBehind(slot: Slot, behind: Behind): void {
  const names = sendersTo(slot, behind);
  if (names.length === 0) return;
  throw new SluiceError(
    "refused",
    `${names.join(", ")} cannot be reached, was not there when traffic was moved, and may still send requests to ${slot}`,
    { hint: "bring it back, or take it out of the environment file when it is gone for good" },
  );
}
