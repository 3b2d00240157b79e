import type { Log } from "../../lib/action/action.ts";
import type { Judged } from "../../lib/scan/rule.ts";
import { expiryOf, sentenceOf } from "../../lib/scan/sentence.ts";
import { bySeverity } from "../../lib/scan/severity.ts";
import type { Places } from "./places.ts";

/** The runner shows ten errors of a step, and one is kept for the decision itself. */
const MAX_ANNOTATIONS = 9;

/** The worst findings, each at its line; as warnings where they do not stop the job. */
export function annotate(
  log: Log,
  judged: readonly Judged[],
  places: Places,
  level: "error" | "warning",
): void {
  const counting = judged.filter(({ counts }) => counts);
  counting.sort((a, b) => bySeverity(a.finding.severity, b.finding.severity));
  for (const one of counting.slice(0, MAX_ANNOTATIONS)) {
    const { path, line, inRepository } = places(one.finding);
    const expired = expiryOf(one);
    const message = `${sentenceOf(one.finding)}${expired ? `; ${expired}` : ""}`;
    const title = `trivy-scan: ${one.finding.id}`;
    if (inRepository) log[level](message, { title, file: path, line: line ?? 1 });
    else log[level](`${path}: ${message}`, { title });
  }
  const more = counting.length - MAX_ANNOTATIONS;
  if (more > 0) log.info(`${more} more findings count; the summary and the SARIF file have them`);
}
