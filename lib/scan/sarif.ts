import { digestOf } from "../evidence/canonical.ts";
import type { Finding } from "./finding.ts";
import type { Judged } from "./rule.ts";
import { SARIF_SCHEMA, SECURITY_SEVERITY, uriOf } from "./sarif-format.ts";
import { sentenceOf } from "./sentence.ts";
import type { Severity } from "./severity.ts";

export interface SarifFacts {
  trivyVersion: string;
  /** Tells several scans of one commit apart. */
  category: string;
  /** Where a finding's file is in the repository; undefined when it has no place there. */
  placeOf: (finding: Finding) => { path: string; line: number | undefined };
}

/**
 * SARIF 2.1.0 of the findings that count, and of no others: what fails the gate and what code scanning shows are the
 * same. There are no snippets in it, so no secret either.
 */
export function sarifOf(judged: readonly Judged[], facts: SarifFacts) {
  const findings = judged.filter(({ counts }) => counts).map(({ finding }) => finding);
  const rules = new Map(findings.map((finding) => [ruleIdOf(finding), ruleOf(finding)]));
  const order = [...rules.keys()];
  return {
    $schema: SARIF_SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Trivy",
            informationUri: "https://github.com/aquasecurity/trivy",
            ...(facts.trivyVersion && { version: facts.trivyVersion }),
            rules: [...rules.values()],
          },
        },
        automationDetails: { id: `${facts.category}/` },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => resultOf(finding, order, facts)),
      },
    ],
  } as const;
}

function resultOf(finding: Finding, order: readonly string[], { placeOf }: SarifFacts) {
  const { path, line } = placeOf(finding);
  const ruleId = ruleIdOf(finding);
  return {
    ruleId,
    ruleIndex: order.indexOf(ruleId),
    level: levelOf(finding.severity),
    message: { text: sentenceOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path) },
          region: { startLine: line ?? 1, endLine: Math.max(line ?? 1, endOf(finding, line)) },
        },
      },
    ],
    // Without the line: a finding that moved is the same finding.
    partialFingerprints: { "sluiceFinding/v1": fingerprintOf(finding, path) },
  };
}

function endOf(finding: Finding, line: number | undefined): number {
  return line === finding.startLine ? (finding.endLine ?? 1) : 1;
}

function ruleOf(finding: Finding) {
  const { id, title, severity, url } = finding;
  return {
    id: ruleIdOf(finding),
    name: id,
    shortDescription: { text: title || id },
    ...(url && { helpUri: url }),
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      "security-severity": SECURITY_SEVERITY[severity],
      tags: ["security", finding.scanner, severity],
    },
  };
}

/** A vulnerability may be more severe in one package than in another, and severity belongs to the rule. */
function ruleIdOf({ id, severity, scanner }: Finding): string {
  return scanner === "vuln" || scanner === "license" ? `${id}/${severity.toLowerCase()}` : id;
}

function levelOf(severity: Severity): "error" | "warning" | "note" {
  if (severity === "CRITICAL" || severity === "HIGH") return "error";
  return severity === "MEDIUM" ? "warning" : "note";
}

function fingerprintOf(finding: Finding, path: string): string {
  const named = "package" in finding ? finding.package : undefined;
  return digestOf(JSON.stringify([finding.scanner, finding.id, path, named ?? ""])).slice(7, 39);
}
