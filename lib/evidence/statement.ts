import { z } from "zod";
import { type Digest, parseDigest } from "../units/digest.ts";
import { digestOfValue } from "./canonical.ts";

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";

const hexDigest = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

/** What a gate says about the bytes that it let through, or did not: an in-toto statement. */
export const Statement = z.object({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: hexDigest }) })).min(1),
  predicateType: z.url({ error: "a URI" }),
  predicate: z.record(z.string(), z.unknown()),
});

export type Statement = z.infer<typeof Statement>;

/** The kinds of statements that gates make. */
export const PREDICATE = {
  provenance: "https://slsa.dev/provenance/v1",
  scan: "https://cosign.sigstore.dev/attestation/vuln/v1",
  signature: "urn:sluice:cosign-sign:v1",
  deploy: "urn:sluice:deploy:v1",
  load: "urn:sluice:k6-gate:v1",
  rollout: "urn:sluice:canary-promote:v1",
} as const;

export interface StatementFacts {
  predicateType: string;
  subject: { name: string; digest: Digest };
  /** Small: counts, the decision, digests of what is bigger. It travels as a job output. */
  predicate: Record<string, unknown>;
}

/** The statement of one gate about one artifact. */
export function statementOf({ predicateType, subject, predicate }: StatementFacts): Statement {
  const sha256 = subject.digest.slice("sha256:".length);
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: subject.name, digest: { sha256 } }],
    predicateType,
    predicate,
  };
}

/** The digests of what the statement is about. */
export function subjectsOf(statement: Statement): Digest[] {
  return statement.subject.flatMap(({ digest }) => parseDigest(digest.sha256) ?? []);
}

/** The digest by which a record names a statement: of its canonical JSON, whatever its spelling on the way. */
export function digestOfStatement(statement: Statement): Digest {
  return digestOfValue(statement);
}
