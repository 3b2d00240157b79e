import type { Finding } from "./finding.ts";
import type { Judged } from "./rule.ts";

/** One finding in one sentence, for an annotation and for code scanning. */
export function sentenceOf(finding: Finding): string {
  switch (finding.scanner) {
    case "vuln":
      return `${finding.package} ${finding.installed}: ${finding.id} (${finding.severity}), ${fixOf(finding.fixed)}. ${finding.title}`;
    case "misconfig":
      return `${finding.id} (${finding.severity}): ${withoutStop(finding.title)}. ${finding.resolution}`;
    case "secret":
      return `${finding.title} (${finding.severity}): a secret is in this file. Take it out, and make it invalid where it was issued`;
    case "license":
      return `${finding.package ?? finding.path} is under ${finding.id} (${finding.severity}, ${finding.category})`;
  }
}

/** Says of an expired exception that it was one. */
export function expiryOf(judged: Judged): string | undefined {
  if (!judged.counts || !judged.expired) return undefined;
  const { source, at } = judged.expired;
  const day = at?.toISOString().slice(0, 10);
  return day
    ? `its exception ran out on ${day} (${source})`
    : `its exception is too old (${source})`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}

function fixOf(fixed: string | undefined): string {
  return fixed === undefined ? "not fixed yet" : `fixed in ${fixed}`;
}
