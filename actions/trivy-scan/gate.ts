import type { Gate } from "../../lib/evidence/record.ts";
import { PREDICATE, statementOf } from "../../lib/evidence/statement.ts";
import { findingsDigest } from "../../lib/scan/findings-digest.ts";
import { type Digest, parseDigest } from "../../lib/units/digest.ts";
import { countsOf } from "./counts.ts";
import type { ScanEnd } from "./scan-end.ts";

/** What the statement names of the files, so that each can be checked. */
export interface FileDigests {
  report: Digest;
  sarif: Digest;
  sbom?: Digest;
  spdx?: Digest;
}

/** What was decided, in one sentence and as a statement about the scanned bytes. */
export function gateOf(end: ScanEnd, digests: FileDigests): Gate {
  const { decision, scanned } = end;
  const reason = `${scanned.name}: ${decision.reasons.join(", ")}${bounds(end)}`;
  const digest = subjectDigest(end);
  const gate = { name: "trivy-scan", outcome: decision.outcome, reason };
  if (digest === undefined) return gate;
  const statement = statementOf({
    predicateType: PREDICATE.scan,
    subject: { name: scanned.name, digest },
    predicate: predicateOf(end, digests),
  });
  return { ...gate, statement };
}

function bounds({ rule }: ScanEnd): string {
  return ` (severity ${rule.severities.join(", ")}${rule.ignoreUnfixed ? ", fixed ones only" : ""})`;
}

/** Only of bytes that were checked: of an archive before it was unpacked, of an image by the registry's digest. */
function subjectDigest({ scanned, report }: ScanEnd): Digest | undefined {
  if (scanned.digest !== undefined) return scanned.digest;
  if (scanned.subject.kind !== "image") return undefined;
  const named = report.Metadata?.RepoDigests ?? [];
  const digests = new Set(named.map((name) => name.split("@").at(-1) ?? ""));
  const [only] = digests;
  return only !== undefined && digests.size === 1 ? parseDigest(only) : undefined;
}

/** After cosign's predicate for vulnerability scans; `result` holds digests of the reports, not the reports. */
function predicateOf(end: ScanEnd, digests: FileDigests): Record<string, unknown> {
  const { decision, rule, report, database, startedAt, finishedAt } = end;
  return {
    invocation: { parameters: [...rule.scanners] },
    scanner: {
      uri: `pkg:github/aquasecurity/trivy@${report.Trivy?.Version ?? ""}`,
      version: report.Trivy?.Version ?? "",
      ...(database && { db: { version: database.updatedAt ?? "unknown" } }),
      result: {
        outcome: decision.outcome,
        counts: countsOf(decision.judged),
        counting: decision.counting,
        coverage: decision.coverage,
        severities: rule.severities,
        ignoreUnfixed: rule.ignoreUnfixed,
        exceptions: rule.exceptions.length,
        findings: findingsDigest(decision.judged),
        files: digests,
      },
    },
    metadata: {
      scanStartedOn: startedAt.toISOString(),
      scanFinishedOn: finishedAt.toISOString(),
    },
  };
}
