import type { Severity } from "../scan/severity.ts";
import { type CodeException, isAbout } from "./exception.ts";
import type { CodeFinding } from "./finding.ts";

export interface CodeRule {
  /** Findings of these severities count. */
  readonly severities: readonly Severity[];
  readonly exceptions: readonly CodeException[];
}

/** A finding with what the rule says of it. */
export interface JudgedFinding {
  readonly finding: CodeFinding;
  readonly counts: boolean;
  /** The exception that is about it, if there is one; when it counts all the same, that one has run out. */
  readonly exception: CodeException | undefined;
}

export interface CodeDecision {
  readonly outcome: "passed" | "failed";
  readonly judged: readonly JudgedFinding[];
  readonly counting: readonly JudgedFinding[];
  readonly excepted: readonly JudgedFinding[];
  /** Exceptions of this scanner that are about nothing that was found: they can go. */
  readonly unused: readonly CodeException[];
}

/** Decides; pure. Of `tool`, the scanner whose exceptions are looked at. */
export function decide(
  findings: readonly CodeFinding[],
  rule: CodeRule,
  tool: string,
  now: Date,
): CodeDecision {
  const judged = findings.map((finding) => judge(finding, rule, now));
  const counting = judged.filter(({ counts }) => counts);
  const unused = rule.exceptions.filter(
    (exception) =>
      exception.tool.toLowerCase() === tool.toLowerCase() &&
      !findings.some((finding) => isAbout(exception, finding)),
  );
  const excepted = judged.filter(({ counts, exception }) => !counts && exception !== undefined);
  const outcome = counting.length === 0 ? "passed" : "failed";
  return { outcome, judged, counting, excepted, unused };
}

function judge(finding: CodeFinding, { severities, exceptions }: CodeRule, now: Date) {
  if (!severities.includes(finding.severity))
    return { finding, counts: false, exception: undefined };
  const about = exceptions.filter((exception) => isAbout(exception, finding));
  const valid = about.find(({ expires }) => expires.getTime() > now.getTime());
  return { finding, counts: valid === undefined, exception: valid ?? about.at(-1) };
}

/** The decision in one sentence. */
export function reasonOf(decision: CodeDecision, tool: string): string {
  const { judged, counting, excepted } = decision;
  const accepted = excepted.length > 0 ? `, ${excepted.length} accepted for a time` : "";
  const expired = counting.filter(({ exception }) => exception !== undefined).length;
  const ended = expired > 0 ? `, of which ${expired} had an exception that ran out` : "";
  return `${tool} found ${judged.length}, of which ${counting.length} count${ended}${accepted}`;
}
