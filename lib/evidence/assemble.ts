import { z } from "zod";
import { Candidate } from "./candidate.ts";
import { gatesOf, promotes, stops, takesBack } from "./gates.ts";
import { firstOutput, type Needs } from "./needs.ts";
import {
  type Gate,
  type RecordedGate,
  ReleaseRecord,
  Rollout,
  type RolloutEvidence,
  type Traffic,
} from "./record.ts";
import { digestOfStatement } from "./statement.ts";

export interface ReleaseFacts {
  needs: Needs;
  /** What people call it and where it comes from, when no candidate was built that says it. */
  version: string;
  commit: string;
  traffic: Traffic;
}

export type ReleaseOutcome = ReleaseRecord["outcome"];

/** The record of one release, by what the jobs before left behind. */
export function assembleRelease({ needs, version, commit, traffic }: ReleaseFacts): ReleaseRecord {
  const candidate = firstOutput(needs, "candidate", Candidate);
  const rollout = firstOutput(needs, "rollout", Rollout) ?? null;
  const found = gatesOf(needs);
  const { gates, statements } = recorded(found);
  const told = firstOutput(needs, "outcome", ReleaseRecord.shape.outcome);
  return {
    version: candidate?.version ?? version,
    commit: candidate?.commit ?? commit,
    digest: candidate?.artifacts[0]?.digest ?? firstOutput(needs, "digest", BUILT) ?? null,
    outcome: outcomeOf(found, rollout, told),
    gates,
    statements,
    rollout,
    traffic,
  };
}

/** Each gate with its statement by digest, and the statements themselves. */
function recorded(found: readonly Gate[]): Pick<ReleaseRecord, "gates" | "statements"> {
  const statements: ReleaseRecord["statements"] = {};
  const gates = found.map(({ statement, ...gate }): RecordedGate => {
    if (statement === undefined) return gate;
    const digest = digestOfStatement(statement);
    statements[digest] = statement;
    return { ...gate, statement: digest };
  });
  return { gates, statements };
}

const BUILT = z.string().startsWith("sha256:");

/**
 * Promoted only when canary-promote passed, no gate stopped the release, and nobody took it back afterwards. Otherwise
 * what the rollout says for itself, and then the strongest word of the gates.
 */
export function outcomeOf(
  gates: readonly Gate[],
  rollout: RolloutEvidence | null,
  told?: ReleaseOutcome,
): ReleaseOutcome {
  const stopped = gates.filter(stops);
  if (gates.some(promotes) && gates.some(takesBack)) return "rolled-back";
  if (stopped.length === 0) return gates.some(promotes) ? "promoted" : "failed";
  if (told !== undefined && told !== "promoted") return told;
  if (rollout?.steps.some(({ outcome }) => outcome === "rollback")) return "rolled-back";
  return stopped.every(({ outcome }) => outcome === "inconclusive") ? "inconclusive" : "failed";
}
