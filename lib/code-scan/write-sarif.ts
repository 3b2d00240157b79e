import { SARIF_SCHEMA, SECURITY_SEVERITY, uriOf } from "../scan/sarif-format.ts";
import type { Severity } from "../scan/severity.ts";
import type { CodeFinding } from "./finding.ts";

const LEVELS: Readonly<Record<Severity, string>> = {
  CRITICAL: "error",
  HIGH: "error",
  MEDIUM: "warning",
  LOW: "note",
  UNKNOWN: "none",
};

/** SARIF 2.1.0 of one scanner's findings: for scanners that cannot write it themselves, and of those that count. */
export function sarifOf(tool: string, findings: readonly CodeFinding[], category: string): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))];
  const rules = ids.map((id) => {
    const severity = findings.find(({ rule }) => rule === id)?.severity ?? "UNKNOWN";
    return {
      id,
      defaultConfiguration: { level: LEVELS[severity] },
      properties: { "security-severity": SECURITY_SEVERITY[severity] },
    };
  });
  const results = findings.map((finding) => ({
    ruleId: finding.rule,
    ruleIndex: ids.indexOf(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.path) },
          region: { startLine: finding.line ?? 1 },
        },
      },
    ],
    properties: { "security-severity": SECURITY_SEVERITY[finding.severity] },
  }));
  const run = {
    tool: { driver: { name: tool, rules } },
    automationDetails: { id: `${category}/` },
    results,
  };
  return JSON.stringify({ $schema: SARIF_SCHEMA, version: "2.1.0", runs: [run] }, null, 2);
}
