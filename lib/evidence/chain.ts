import { digestOfValue } from "./canonical.ts";
import { faultOfFoundation, within } from "./foundation.ts";
import { GATE_ORDER, stops, takesBack } from "./gates.ts";
import type { RecordedGate, ReleaseRecord } from "./record.ts";
import { digestOfStatement, type Statement, subjectsOf } from "./statement.ts";

/** One thing that has to hold for a record to be believed. */
export interface Link {
  release: string;
  name: string;
  holds: boolean;
  /** What was found; when it does not hold, against what. */
  says: string;
}

export interface ChainPolicy {
  /** Gates that a promoted release must have passed. */
  required: readonly string[];
  /** Of those, the ones that may have been skipped by request. */
  maySkip: readonly string[];
  /** Digest of an archive whose own signature is checked beside the record; absent: deploy's word is all there is. */
  archive?: string;
}

/** Every gate of release.yml; `rollback` is no gate that a release passes. */
export const REQUIRED_GATES: readonly string[] = GATE_ORDER.filter((name) => name !== "rollback");

/** Gates that judge bytes; an approval is a person's word, and what was pulled back has nothing new to say. */
const JUDGES_BYTES = new Set(REQUIRED_GATES.filter((name) => name !== "approval"));

/** All links of one release's chain, in the order of its gates; the first that does not hold is where it broke. */
export function chainOf(release: ReleaseRecord, policy: ChainPolicy): Link[] {
  const gates = release.gates.flatMap((gate) => gateLinks(gate, release));
  return [
    digestLink(release),
    ...statementLinks(release),
    ...gates,
    ...rolloutLinks(release),
    ...placeLinks(release),
    ...placedUnsignedLinks(release, policy),
    ...requiredLinks(release, policy),
  ].map((link) => ({ release: release.version, ...link }));
}

type Found = Omit<Link, "release">;

function digestLink({ digest, outcome }: ReleaseRecord): Found {
  const name = "digest";
  if (digest !== null) return { name, holds: true, says: digest };
  const holds = outcome === "failed" || outcome === "inconclusive";
  return { name, holds, says: holds ? "nothing was built" : `${outcome}, yet no digest is named` };
}

function statementLinks({ statements, gates }: ReleaseRecord): Found[] {
  const named = new Set(gates.map(({ statement }) => statement));
  return Object.entries(statements).flatMap(([key, statement]) => {
    const found = digestOfStatement(statement);
    const name = "statement";
    if (found !== key) return [{ name, holds: false, says: `${key} is really ${found}` }];
    if (!named.has(key)) return [{ name, holds: false, says: `${key} belongs to no gate` }];
    return [];
  });
}

function gateLinks(gate: RecordedGate, release: ReleaseRecord): Found[] {
  const { name, outcome, reason } = gate;
  if (gate.statement === undefined) {
    const holds = outcome !== "passed" || !JUDGES_BYTES.has(name);
    const says = holds ? `${outcome}: ${reason}` : "passed, yet it states nothing about any bytes";
    return [{ name, holds, says }];
  }
  const statement = release.statements[gate.statement];
  if (statement === undefined) {
    return [{ name, holds: false, says: `its statement ${gate.statement} is not in the record` }];
  }
  const fault = faultOfStatement(statement, gate, release);
  return [{ name, holds: fault === undefined, says: fault ?? `${outcome}: ${reason}` }];
}

/** A statement about other bytes, or one that decided otherwise, is the classic way to wave something through. */
function faultOfStatement(
  statement: Statement,
  gate: RecordedGate,
  { digest }: ReleaseRecord,
): string | undefined {
  const subjects = subjectsOf(statement);
  if (!subjects.some((subject) => subject === digest)) {
    return `it judged ${subjects.join(", ")}, but ${digest ?? "nothing"} was released`;
  }
  return faultOfFoundation(gate, statement);
}

/** The rollout's statement names the rollout by digest: its steps and evidence are those that were decided on. */
function rolloutLinks({ gates, statements, rollout }: ReleaseRecord): Found[] {
  const gate = gates.find(({ name }) => name === "canary-promote");
  const statement = gate?.statement === undefined ? undefined : statements[gate.statement];
  if (statement === undefined) return [];
  const named = statement.predicate.rolloutDigest;
  if (typeof named !== "string")
    return [{ name: "rollout", holds: false, says: "canary-promote does not say which it judged" }];
  const found = rollout === null ? "missing" : digestOfValue(rollout);
  const says = found === named ? `${rollout?.steps.length} steps` : `${found}, judged was ${named}`;
  return [{ name: "rollout", holds: found === named, says }];
}

/** What was let through somewhere else says nothing of here: all gates of one release name one environment. */
function placeLinks({ gates, statements }: ReleaseRecord): Found[] {
  const named = gates.flatMap(({ name, statement }) => {
    const where =
      statement === undefined ? undefined : statements[statement]?.predicate.environment;
    return typeof where === "string" ? [{ name, where }] : [];
  });
  const [first] = named;
  const other = named.find(({ where }) => where !== first?.where);
  if (first === undefined || other === undefined) return [];
  const says = `${first.name} was in ${first.where}, ${other.name} in ${other.where}`;
  return [{ name: "environment", holds: false, says }];
}

/** What was placed under `verify: off` may be anybody's: a record that is well signed does not make its bytes so. */
function placedUnsignedLinks(
  { digest, gates, statements }: ReleaseRecord,
  policy: ChainPolicy,
): Found[] {
  const modes = gates.flatMap(({ name, outcome, statement = "" }) => {
    const placed = name === "deploy" && outcome === "passed" ? statements[statement] : undefined;
    return placed === undefined ? [] : [within(placed.predicate.verification, "mode")];
  });
  const unchecked = modes.filter((mode) => mode !== "key" && mode !== "identity");
  if (unchecked.length === 0) return [];
  const name = "signature when placed";
  const told =
    unchecked[0] === "off" ? "nobody checked it (verify: off)" : "deploy does not tell of it";
  if (digest !== null && policy.archive === digest)
    return [{ name, holds: true, says: `${told}; the archive's own is checked now` }];
  if (policy.maySkip.includes("cosign-sign"))
    return [{ name, holds: true, says: `${told}, and cosign-sign may be skipped` }];
  return [{ name, holds: false, says: `${told}: only the archive itself can tell` }];
}

/** A promoted release passed every required gate; another one every required gate before the one that stopped it. */
function requiredLinks(release: ReleaseRecord, policy: ChainPolicy): Found[] {
  const stopper = release.gates.find(stops);
  const promoted = release.outcome === "promoted";
  if (promoted && stopper) {
    const says = `promoted, yet ${stopper.name} is ${stopper.outcome}`;
    return [{ name: "outcome", holds: false, says }];
  }
  if (promoted && release.gates.some(takesBack)) {
    return [{ name: "outcome", holds: false, says: "promoted, yet it was taken back afterwards" }];
  }
  const reach = stopper === undefined ? undefined : GATE_ORDER.indexOf(stopper.name);
  return policy.required
    .filter((name) => reach === undefined || GATE_ORDER.indexOf(name) < reach)
    .map((name) => requiredLink(name, release.gates, policy));
}

function requiredLink(name: string, gates: readonly RecordedGate[], policy: ChainPolicy): Found {
  const found = gates.filter((gate) => gate.name === name);
  const link = { name: `requires ${name}` };
  if (found.length === 0) return { ...link, holds: false, says: "the record has no such gate" };
  const open = found.find(({ outcome }) => outcome !== "passed");
  if (open === undefined) return { ...link, holds: true, says: "passed" };
  const says = `${open.outcome}: ${open.reason}`;
  return { ...link, holds: open.outcome === "skipped" && policy.maySkip.includes(name), says };
}
