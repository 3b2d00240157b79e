import type { Gate } from "../../lib/evidence/record.ts";
import { PREDICATE, STATEMENT_TYPE, type Statement } from "../../lib/evidence/statement.ts";
import { describePolicy, type Policy, signerOf } from "../../lib/signing/policy.ts";
import type { Sealed } from "./seal.ts";

/** What was signed by whom, in one sentence and as a statement about the signed bytes. */
export function gateOf(done: readonly Sealed[], policy: Policy): Gate {
  const [first] = done;
  const what =
    first !== undefined && done.length === 1
      ? `${first.subject.name} (${first.subject.digest})`
      : `${done.length} artifacts`;
  const before = done.filter(({ alreadySigned }) => alreadySigned).length;
  const already = before === 0 ? "" : before === done.length ? " already" : ` (${before} already)`;
  return {
    name: "cosign-sign",
    outcome: "passed",
    reason: `${what} signed${already} by ${describePolicy(policy)}; checked as others will check it`,
    statement: statementOn(done, policy),
  };
}

function statementOn(done: readonly Sealed[], policy: Policy): Statement {
  return {
    _type: STATEMENT_TYPE,
    subject: done.map(({ subject }) => ({
      name: subject.name,
      digest: { sha256: subject.digest.slice("sha256:".length) },
    })),
    predicateType: PREDICATE.signature,
    predicate: {
      outcome: "passed",
      mode: policy.by,
      by: signerOf(policy),
      ...(policy.by === "identity" ? { issuer: policy.issuer } : {}),
      transparencyLog: done.every(({ logged }) => logged),
      signatures: done.map(({ subject, alreadySigned, bundleDigest, attested }) => ({
        name: subject.name,
        alreadySigned,
        bundleDigest,
        attestations: attested.map(({ kind, predicateType, bundleDigest: digest }) => ({
          kind,
          predicateType,
          bundleDigest: digest,
        })),
      })),
    },
  };
}
