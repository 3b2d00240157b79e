import { digestOfValue } from "../../lib/evidence/canonical.ts";
import { type Gate, Rollout, type RolloutEvidence } from "../../lib/evidence/record.ts";
import { PREDICATE, statementOf } from "../../lib/evidence/statement.ts";
import type { Release } from "../../lib/targets/target.ts";

/** The gate, with a statement that names the rollout it was decided on, exactly as a record will keep it. */
export function judged(
  release: Release,
  found: Pick<Gate, "outcome" | "reason">,
  evidence: RolloutEvidence,
  environment: string,
): Gate {
  const rolloutDigest = digestOfValue(Rollout.parse(evidence));
  const statement = statementOf({
    predicateType: PREDICATE.rollout,
    subject: { name: release.name, digest: release.digest },
    predicate: { outcome: found.outcome, reason: found.reason, environment, rolloutDigest },
  });
  return { name: "canary-promote", ...found, statement };
}
