import type { RecordedGate } from "./record.ts";
import { PREDICATE, type Statement } from "./statement.ts";

/** What each gate states; another kind of statement, be it of the same bytes, says nothing of what it had to check. */
const KINDS: Readonly<Record<string, string>> = {
  build: PREDICATE.provenance,
  "trivy-scan": PREDICATE.scan,
  "cosign-sign": PREDICATE.signature,
  deploy: PREDICATE.deploy,
  "k6-gate": PREDICATE.load,
  "canary-promote": PREDICATE.rollout,
};

/** Why a gate's statement is no foundation for what the record says of the gate; undefined when it is one. */
export function faultOfFoundation(
  { name, outcome }: RecordedGate,
  statement: Statement,
): string | undefined {
  const kind = KINDS[name];
  if (kind !== undefined && statement.predicateType !== kind) {
    return `its statement is of the kind ${statement.predicateType}, not ${kind}`;
  }
  const decided = decisionOf(statement);
  // That something was built is all that a provenance decides.
  if (decided === undefined && (kind === undefined || kind === PREDICATE.provenance)) {
    return undefined;
  }
  if (decided === outcome) return undefined;
  return `its statement says ${JSON.stringify(decided) ?? "nothing"}, the record says ${outcome}`;
}

/** A scan's decision stands where cosign's predicate for scans has room for it. */
function decisionOf({ predicateType, predicate }: Statement): unknown {
  if (predicateType !== PREDICATE.scan) return predicate.outcome;
  return within(within(predicate.scanner, "result"), "outcome");
}

/** What `value` has under `key`, if it is an object at all. */
export function within(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
