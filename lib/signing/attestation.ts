import { basename } from "node:path";
import { z } from "zod";
import { SluiceError } from "../error.ts";
import { Gate } from "../evidence/record.ts";
import { PREDICATE, Statement, statementOf, subjectsOf } from "../evidence/statement.ts";
import type { Digest } from "../units/digest.ts";

/** What is said about an artifact besides that it is signed. */
const ATTESTATION_KINDS = ["sbom", "provenance", "scan", "load", "predicate"] as const;

export type AttestationKind = (typeof ATTESTATION_KINDS)[number];

/** Something that was found out, before it is known about which of the artifacts. */
export type Claim = { kind: AttestationKind } & (
  | { statement: Statement }
  | { predicateType: string; predicate: Record<string, unknown> }
);

/** What a bare predicate of each kind is, where its content does not say. */
const TYPE_OF_KIND = {
  provenance: PREDICATE.provenance,
  scan: PREDICATE.scan,
  load: PREDICATE.load,
} as const;

const AnyObject = z.record(z.string(), z.unknown());

/**
 * What `value` says: a statement, a gate's output that carries one, or a bare predicate. `source` is what messages
 * call it; `type` is for `predicate`, which has none of its own.
 */
export function claimOf(kind: AttestationKind, value: unknown, source: string, type = ""): Claim {
  const statement = statementIn(value);
  if (statement !== undefined) return { kind, statement };
  const predicate = AnyObject.safeParse(value);
  if (!predicate.success || Gate.safeParse(value).success) {
    throw new SluiceError(
      "invalid-input",
      `${kind}: ${source} holds no predicate and no statement`,
      {
        hint: "give a JSON object: an in-toto statement, a gate output with one, or the predicate itself",
      },
    );
  }
  const predicateType = kind === "sbom" ? sbomType(predicate.data, source) : typeOf(kind, type);
  return { kind, predicateType, predicate: predicate.data };
}

function typeOf(kind: Exclude<AttestationKind, "sbom">, given: string): string {
  return kind === "predicate" ? given : TYPE_OF_KIND[kind];
}

function statementIn(value: unknown): Statement | undefined {
  const gate = Gate.safeParse(value);
  const found = gate.success ? gate.data.statement : value;
  const statement = Statement.safeParse(found);
  return statement.success ? statement.data : undefined;
}

/** The two forms that are in use, by the mark that each of them carries. */
function sbomType(sbom: Record<string, unknown>, source: string): string {
  if (sbom.bomFormat === "CycloneDX") return "https://cyclonedx.org/bom";
  if (typeof sbom.spdxVersion === "string") return "https://spdx.dev/Document";
  throw new SluiceError("invalid-input", `sbom-path: ${source} is no SBOM`, {
    hint: "accepted is JSON in the form of CycloneDX (bomFormat) or SPDX (spdxVersion)",
  });
}

/** A claim about one artifact, ready to be signed. */
export interface Attestation {
  kind: AttestationKind;
  statement: Statement;
}

/**
 * The claims that are about `subject`. A bare predicate is about whatever it is given with; a statement only about
 * the bytes that it names.
 */
export function attestationsOf(
  claims: readonly Claim[],
  subject: { name: string; digest: Digest },
): Attestation[] {
  return claims.flatMap((claim): Attestation[] => {
    const { kind } = claim;
    if ("statement" in claim) {
      return subjectsOf(claim.statement).includes(subject.digest) ? [{ ...claim }] : [];
    }
    const { predicateType, predicate } = claim;
    const named = { name: basename(subject.name), digest: subject.digest };
    return [{ kind, statement: statementOf({ predicateType, subject: named, predicate }) }];
  });
}

/** Throws `digest-mismatch` when a statement is about none of the artifacts: it judged other bytes. */
export function mustConcern(claims: readonly Claim[], digests: readonly Digest[]): void {
  for (const claim of claims) {
    if (!("statement" in claim)) continue;
    const about = subjectsOf(claim.statement);
    if (about.some((digest) => digests.includes(digest))) continue;
    throw new SluiceError(
      "digest-mismatch",
      `${claim.kind}: its statement is about ${about.join(", ")}, but signed is ${digests.join(", ")}`,
      { hint: "attest what was found out about these very bytes; nothing was signed" },
    );
  }
}
