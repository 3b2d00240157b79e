import type { Judged } from "../../lib/scan/rule.ts";
import { SEVERITIES, type Severity } from "../../lib/scan/severity.ts";

export interface Counts {
  /** All that trivy found. */
  found: Record<Severity, number>;
  /** Those that the rule counts. */
  counting: Record<Severity, number>;
}

export function countsOf(judged: readonly Judged[]): Counts {
  const counts = { found: none(), counting: none() };
  for (const { finding, counts: counting } of judged) {
    counts.found[finding.severity] += 1;
    if (counting) counts.counting[finding.severity] += 1;
  }
  return counts;
}

function none(): Record<Severity, number> {
  const zeros = SEVERITIES.map((severity) => [severity, 0] as const);
  return Object.fromEntries(zeros.reverse()) as Record<Severity, number>;
}
