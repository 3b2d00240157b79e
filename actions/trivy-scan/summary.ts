import { inlineText, type Summary } from "../../lib/action/action.ts";
import { causes } from "../../lib/error.ts";
import type { Gate } from "../../lib/evidence/record.ts";
import type { Finding } from "../../lib/scan/finding.ts";
import { setAsideByPolicy, withoutLicense } from "../../lib/scan/findings.ts";
import type { Judged, Pardon } from "../../lib/scan/rule.ts";
import { expiryOf } from "../../lib/scan/sentence.ts";
import { bySeverity, SEVERITIES } from "../../lib/scan/severity.ts";
import { isExcepted, lookedAt } from "../../lib/scan/wording.ts";
import { countsOf } from "./counts.ts";
import type { ScanEnd } from "./scan-end.ts";

const MAX_ROWS = 25;
const MARK = { passed: "✅", failed: "❌", inconclusive: "❔", skipped: "⏭️" } as const;

/** What a person wants to know first, then the worst findings, then what was not counted and why. */
export function summarise(summary: Summary, end: ScanEnd, gate: Gate): void {
  const { decision } = end;
  summary.heading(`${MARK[gate.outcome]} Scan ${gate.outcome}`).markdown(inlineText(gate.reason));
  summary.table(["Looked for", "In", "Found", "Counting", "Accepted"], scannerRows(end));
  const counting = decision.judged.filter(({ counts }) => counts);
  if (counting.length > 0) findingTable(summary, counting);
  const pardoned = decision.judged.filter((one) => !one.counts && isExcepted(one.pardon));
  if (pardoned.length > 0) pardonTable(summary, pardoned);
  for (const note of notesOf(end)) summary.markdown(note);
}

/** There is no decision to show: only why. */
export function summariseFailure(summary: Summary, error: unknown): void {
  summary
    .heading("❌ Nothing could be scanned")
    .markdown(causes(error).map(inlineText).join("<br>"));
}

function scannerRows({ rule, decision, report }: ScanEnd): string[][] {
  return rule.scanners.map((scanner) => {
    const found = decision.judged.filter(({ finding }) => finding.scanner === scanner).length;
    const looked = lookedAt(scanner, decision.coverage) ?? inlineText(report.ArtifactType);
    const blind = decision.blind.includes(scanner) ? " ⚠️" : "";
    return [
      scanner,
      `${looked}${blind}`,
      String(found),
      String(decision.counting[scanner]),
      String(rule.limits[scanner]),
    ];
  });
}

function findingTable(summary: Summary, counting: readonly Judged[]): void {
  const sorted = [...counting].sort((a, b) => bySeverity(a.finding.severity, b.finding.severity));
  const rows = sorted.slice(0, MAX_ROWS).map((one) => {
    const { finding } = one;
    const expired = expiryOf(one);
    return [
      finding.severity,
      linkOf(finding),
      inlineText(placeText(finding)),
      inlineText(remedyOf(finding)),
      inlineText(`${finding.title}${expired ? ` (${expired})` : ""}`),
    ];
  });
  summary.table(["Severity", "Finding", "Where", "Remedy", "What"], rows);
  const more = counting.length - rows.length;
  if (more > 0) summary.markdown(`and ${more} more: see findings.sarif and report.json.`);
}

function pardonTable(summary: Summary, pardoned: readonly Judged[]): void {
  const rows = pardoned.slice(0, MAX_ROWS * 4).flatMap((one) => {
    if (one.counts) return [];
    const { finding, pardon } = one;
    return [
      `| ${finding.severity} | ${cell(finding.id)} | ${cell(placeText(finding))} | ${cell(whyNot(pardon))} |`,
    ];
  });
  const table = [
    "| Severity | Finding | Where | Why it does not count |",
    "| --- | --- | --- | --- |",
    ...rows,
  ];
  summary.details(`${pardoned.length} findings do not count`, table.join("\n"));
}

function notesOf({ decision, report, database, rule }: ScanEnd): string[] {
  const policy = setAsideByPolicy(report);
  const unlicensed = rule.scanners.includes("license") ? withoutLicense(report).length : 0;
  const { found } = countsOf(decision.judged);
  const all = [...SEVERITIES]
    .reverse()
    .map((severity) => `${found[severity]} ${severity.toLowerCase()}`);
  return [
    ...(policy > 0 ? [`Set aside by the ignore-policy: ${policy}.`] : []),
    ...(unlicensed > 0 ? [`Packages whose licence is not known: ${unlicensed}.`] : []),
    ...decision.unused.map(({ id, source }) =>
      inlineText(`The exception for ${id} (${source}) means nothing that was found: it can go.`),
    ),
    inlineText(
      `All severities: ${all.join(", ")}. Trivy ${report.Trivy?.Version ?? "of unknown version"}${database ? `, database of ${database.updatedAt ?? "unknown date"}` : ""}.`,
    ),
  ];
}

function whyNot(pardon: Pardon): string {
  switch (pardon.kind) {
    case "severity":
      return "its severity is not asked for";
    case "unfixed":
      return "nobody has fixed it yet";
    case "license-allowed":
      return "the licence is allowed";
    case "exception": {
      const { source, statement, expiresAt } = pardon.exception;
      const until = expiresAt ? `, until ${expiresAt.toISOString().slice(0, 10)}` : "";
      return `${statement ?? "excepted"} (${source}${until})`;
    }
    case "vex": {
      const { status, justification, source } = pardon.statement;
      return `${status.replaceAll("_", " ")}: ${justification} (${source})`;
    }
  }
}

function placeText(finding: Finding): string {
  const line = finding.startLine === undefined ? "" : `:${finding.startLine}`;
  const named = finding.scanner === "vuln" ? `${finding.package} ${finding.installed} in ` : "";
  return `${named}${finding.path}${line}`;
}

function remedyOf(finding: Finding): string {
  switch (finding.scanner) {
    case "vuln":
      return finding.fixed === undefined ? "none yet" : `update to ${finding.fixed}`;
    case "misconfig":
      return finding.resolution;
    case "secret":
      return "take it out and revoke it";
    case "license":
      return "use something else, or allow it";
  }
}

/** A link only to where links lead: what a database says must not become anything else. */
function linkOf({ id, url }: Finding): string {
  if (!url || !/^https?:\/\/[^\s()<>[\]]+$/.test(url)) return inlineText(id);
  return `[${inlineText(id)}](${url})`;
}

function cell(text: string): string {
  return inlineText(text).replaceAll("|", "\\|");
}
