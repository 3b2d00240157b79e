import { type Exception, isExpired, means } from "./exception.ts";
import type { Coverage, Finding, Scanner } from "./finding.ts";
import { isMetBy } from "./license-expression.ts";
import type { Severity } from "./severity.ts";
import { clears, isAbout, isTooOld, type VexStatement } from "./vex-statement.ts";
import { NOTHING, overLimit, seen } from "./wording.ts";

/** What is let through: one rule for the decision, the SARIF, the annotations and the summary. */
export interface Rule {
  /** The scanners that were asked for. */
  scanners: readonly Scanner[];
  /** Findings of these severities count. */
  severities: readonly Severity[];
  ignoreUnfixed: boolean;
  /** How many counting findings of a scanner are still accepted. */
  limits: Readonly<Record<Scanner, number>>;
  /** Licences that may be used, as SPDX expressions are made of them; undefined lets the severity decide. */
  allowedLicenses: readonly string[] | undefined;
  exceptions: readonly Exception[];
  vex: readonly VexStatement[];
  /** VEX statements that are older do not hold; undefined: they never get too old. */
  vexMaxAgeDays: number | undefined;
  /** Names of what is scanned, for VEX statements about it and its parts. */
  subjects: readonly string[];
  /** Of the scanners that were asked for, those that must have had something to look at. */
  mustCover: readonly Scanner[];
}

/** Why a finding does not count. */
export type Pardon =
  | { kind: "severity" }
  | { kind: "unfixed" }
  | { kind: "license-allowed" }
  | { kind: "exception"; exception: Exception }
  | { kind: "vex"; statement: VexStatement };

/** A finding with what the rule says of it. */
export type Judged =
  | {
      counts: true;
      finding: Finding;
      /** It would not count, had this not run out. */
      expired: { source: string; at: Date | undefined } | undefined;
    }
  | { counts: false; finding: Finding; pardon: Pardon };

export interface Decision {
  outcome: "passed" | "failed" | "inconclusive";
  /** Each a clause of a sentence; why it is not passed, or what was looked at. */
  reasons: readonly string[];
  judged: readonly Judged[];
  counting: Readonly<Record<Scanner, number>>;
  coverage: Coverage;
  /** Scanners that were asked for and had nothing to look at, whether that decides or not. */
  blind: readonly Scanner[];
  /** Exceptions that mean nothing that was found: they can go. */
  unused: readonly Exception[];
}

/**
 * Decides; pure. `now` is when exceptions and VEX statements are looked at; `gap` is why packages that are there could
 * not be judged.
 */
export function decide(
  findings: readonly Finding[],
  coverage: Coverage,
  rule: Rule,
  now: Date,
  gap?: string,
): Decision {
  const judged = findings.map((finding) => judge(finding, rule, now));
  const counting = countOf(judged.filter(({ counts }) => counts));
  const blind = rule.scanners.filter((scanner) => coverage[scanner] === 0);
  const over = rule.scanners.filter((scanner) => counting[scanner] > rule.limits[scanner]);
  const unused = rule.exceptions.filter(
    (exception) => !findings.some((finding) => means(exception, finding)),
  );
  const facts = { judged, counting, coverage, blind, unused };
  if (over.length > 0) {
    const reasons = over.map((scanner) => overLimit(scanner, counting[scanner], rule, judged));
    return { ...facts, outcome: "failed", reasons };
  }
  const unseen = decidingBlindness(blind, findings, rule);
  if (unseen.length > 0) {
    const reasons = unseen.map((scanner) => `${scanner} had ${NOTHING[scanner]} to look at`);
    return { ...facts, outcome: "inconclusive", reasons };
  }
  if (gap !== undefined && rule.scanners.includes("vuln") && rule.mustCover.includes("vuln")) {
    return { ...facts, outcome: "inconclusive", reasons: [gap] };
  }
  const reasons = rule.scanners.map((scanner) => seen(scanner, coverage, counting, judged));
  return { ...facts, outcome: "passed", reasons };
}

/** A scan that looked at nothing at all never passes; one scanner may have had nothing, unless it must not. */
function decidingBlindness(
  blind: readonly Scanner[],
  findings: readonly Finding[],
  { scanners, mustCover }: Rule,
): readonly Scanner[] {
  const found = new Set(findings.map(({ scanner }) => scanner));
  const unseen = blind.filter((scanner) => !found.has(scanner));
  if (unseen.length === scanners.length) return unseen;
  return unseen.filter((scanner) => mustCover.includes(scanner));
}

function judge(finding: Finding, rule: Rule, now: Date): Judged {
  const pardon = plainPardon(finding, rule);
  if (pardon) return { counts: false, finding, pardon };
  const exceptions = rule.exceptions.filter((exception) => means(exception, finding));
  const valid = exceptions.find((exception) => !isExpired(exception, now));
  if (valid) return { counts: false, finding, pardon: { kind: "exception", exception: valid } };
  const said = rule.vex.filter((statement) => isAbout(statement, finding, rule.subjects));
  // The last word holds, and only if it is still young enough.
  const last = said.at(-1);
  const clearing = last && clears(last) ? last : undefined;
  if (clearing && !isTooOld(clearing, now, rule.vexMaxAgeDays)) {
    return { counts: false, finding, pardon: { kind: "vex", statement: clearing } };
  }
  return { counts: true, finding, expired: expiredOf(exceptions, clearing) };
}

function expiredOf(exceptions: readonly Exception[], old: VexStatement | undefined) {
  const last = exceptions.at(-1);
  if (last) return { source: last.source, at: last.expiresAt };
  return old && { source: old.source, at: old.saidAt };
}

/** What needs neither a file nor a date. */
function plainPardon(finding: Finding, rule: Rule): Pardon | undefined {
  if (finding.scanner === "license" && rule.allowedLicenses) {
    const allowed = rule.allowedLicenses.map((license) => license.toLowerCase());
    const isAllowed = (license: string) => allowed.includes(license.toLowerCase());
    return isMetBy(finding.id, isAllowed) ? { kind: "license-allowed" } : undefined;
  }
  if (!rule.severities.includes(finding.severity)) return { kind: "severity" };
  const unfixed = finding.scanner === "vuln" && finding.fixed === undefined;
  return unfixed && rule.ignoreUnfixed ? { kind: "unfixed" } : undefined;
}

function countOf(judged: readonly Judged[]): Record<Scanner, number> {
  const counts: Record<Scanner, number> = { vuln: 0, misconfig: 0, secret: 0, license: 0 };
  for (const { finding } of judged) counts[finding.scanner] += 1;
  return counts;
}
