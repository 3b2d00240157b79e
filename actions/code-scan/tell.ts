import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import type { CodeDecision, JudgedFinding } from "../../lib/code-scan/decide.ts";
import { bySeverity } from "../../lib/scan/severity.ts";

/** The runner shows ten errors of a step, and one is kept for the decision itself. */
const MAX_ANNOTATIONS = 9;
const MAX_ROWS = 25;

/** What counts, the worst first, and what was accepted and until when. */
export function findingTable(summary: Summary, { counting, excepted }: CodeDecision): void {
  if (counting.length > 0) {
    const rows = sorted(counting)
      .slice(0, MAX_ROWS)
      .map(({ finding }) => [
        finding.severity,
        inlineText(finding.rule),
        inlineText(placeOf(finding)),
        inlineText(finding.message),
      ]);
    summary.table(["Severity", "Rule", "Where", "What"], rows);
  }
  if (excepted.length === 0) return;
  const rows = excepted
    .slice(0, MAX_ROWS)
    .map(({ finding, exception }) => [
      inlineText(finding.rule),
      inlineText(placeOf(finding)),
      inlineText(exception?.reason ?? ""),
      exception?.expires.toISOString().slice(0, 10) ?? "",
    ]);
  summary.table(["Accepted", "Where", "Why", "Until"], rows);
}

/** The worst of what counts, each at its line; and exceptions that nothing needs any more. */
export function annotate(log: Log, { counting, unused }: CodeDecision): void {
  for (const { finding, exception } of sorted(counting).slice(0, MAX_ANNOTATIONS)) {
    const ended = exception ? ` (its exception ran out: ${exception.source})` : "";
    const title = `${finding.tool}: ${finding.rule}`;
    const place = finding.path ? { file: finding.path, line: finding.line ?? 1 } : {};
    log.error(`${finding.message}${ended}`, { title, ...place });
  }
  const more = counting.length - MAX_ANNOTATIONS;
  if (more > 0) log.info(`${more} more findings count; the summary and the SARIF file have them`);
  for (const { rule, source } of unused)
    log.notice(`nothing that was found is ${rule}: this exception can go (${source})`);
}

function sorted(judged: readonly JudgedFinding[]): JudgedFinding[] {
  return [...judged].sort((a, b) => bySeverity(a.finding.severity, b.finding.severity));
}

function placeOf({ path, line }: { path: string; line: number | undefined }): string {
  return line === undefined ? path : `${path}:${line}`;
}
