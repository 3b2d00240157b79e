import picomatch from "picomatch";
import type { Finding, Scanner } from "./finding.ts";
import { purlMatches } from "./purl.ts";

/** A finding that somebody decided to live with, for a time. */
export interface Exception {
  id: string;
  /** Which scanners' findings it means; all of them in a plain `.trivyignore`. */
  scanners: readonly Scanner[];
  /** Globs of the files it holds for; none means all. */
  paths: readonly string[];
  /** Packages it holds for; none means all. */
  purls: readonly string[];
  /** Why, as its author wrote it. */
  statement: string | undefined;
  /** From this moment on it no longer holds. */
  expiresAt: Date | undefined;
  /** File and entry, for whoever looks for it. */
  source: string;
}

/** Whether the exception means this finding, expired or not. */
export function means(exception: Exception, finding: Finding): boolean {
  if (!exception.scanners.includes(finding.scanner)) return false;
  if (!namesOf(finding).includes(exception.id)) return false;
  return matchesPath(exception, finding) && matchesPurl(exception, finding);
}

export function isExpired({ expiresAt }: Pick<Exception, "expiresAt">, now: Date): boolean {
  return expiresAt !== undefined && expiresAt.getTime() <= now.getTime();
}

/** All the names that it goes by. A check is DS-0002 today, and was DS002 and AVD-DS-0002. */
function namesOf(finding: Finding): string[] {
  if (finding.scanner === "vuln") return [finding.id, ...finding.aliases];
  if (finding.scanner !== "misconfig") return [finding.id];
  return [finding.id, `AVD-${finding.id}`];
}

function matchesPath({ paths }: Exception, finding: Finding): boolean {
  if (paths.length === 0) return true;
  const places = finding.scanner === "vuln" ? [finding.path, finding.packagePath] : [finding.path];
  return places.some((place) => place !== undefined && picomatch.isMatch(place, [...paths], DOT));
}

const DOT = { dot: true };

/** Packages are only known for vulnerabilities: where the exception asks for one, nothing else is meant. */
function matchesPurl({ purls }: Exception, finding: Finding): boolean {
  if (purls.length === 0) return true;
  if (finding.scanner !== "vuln" || finding.purl === undefined) return false;
  const { purl } = finding;
  return purls.some((pattern) => purlMatches(pattern, purl));
}
