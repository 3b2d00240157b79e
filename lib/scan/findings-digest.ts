import { canonicalJson, digestOfValue } from "../evidence/canonical.ts";
import type { Digest } from "../units/digest.ts";
import type { Finding } from "./finding.ts";
import type { Judged } from "./rule.ts";

/**
 * The sha256 of what was found and what was decided of it, whatever order it was found in: two scans with the same
 * digest told the same. Titles and links are left out, since a database may reword them.
 */
export function findingsDigest(judged: readonly Judged[]): Digest {
  const lines = judged.map(({ finding, counts }) =>
    canonicalJson({ ...identityOf(finding), counts }),
  );
  return digestOfValue(lines.sort());
}

function identityOf(finding: Finding) {
  const { scanner, id, severity, path, startLine } = finding;
  const place = { scanner, id, severity, path, line: startLine };
  if (finding.scanner === "vuln") {
    return {
      ...place,
      package: finding.package,
      installed: finding.installed,
      fixed: finding.fixed,
    };
  }
  return finding.scanner === "license" ? { ...place, package: finding.package } : place;
}
