import type { Coverage, Scanner } from "./finding.ts";
import type { Judged, Pardon, Rule } from "./rule.ts";

const NOUN: Readonly<Record<Scanner, readonly [one: string, many: string]>> = {
  vuln: ["vulnerability", "vulnerabilities"],
  misconfig: ["misconfiguration", "misconfigurations"],
  secret: ["secret", "secrets"],
  license: ["licence finding", "licence findings"],
};

const LOOKED_AT: Readonly<Record<Scanner, readonly [one: string, many: string]>> = {
  vuln: ["package", "packages"],
  misconfig: ["configuration file", "configuration files"],
  secret: ["file", "files"],
  license: ["package", "packages"],
};

/** What a scanner saw that saw nothing. */
export const NOTHING: Readonly<Record<Scanner, string>> = {
  vuln: "no package",
  misconfig: "no configuration file",
  secret: "no file",
  license: "no package",
};

/** `3 vulnerabilities`, `1 secret`. */
function counted(scanner: Scanner, count: number): string {
  return `${count} ${NOUN[scanner][count === 1 ? 0 : 1]}`;
}

/** `12 packages`; undefined when nobody counted. */
export function lookedAt(scanner: Scanner, coverage: Coverage): string | undefined {
  const count = coverage[scanner];
  return count === undefined ? undefined : `${count} ${LOOKED_AT[scanner][count === 1 ? 0 : 1]}`;
}

/** Why a scanner's findings are too many. */
export function overLimit(
  scanner: Scanner,
  count: number,
  { limits }: Rule,
  judged: readonly Judged[],
): string {
  const limit = limits[scanner] === 0 ? "" : ` where ${limits[scanner]} are accepted`;
  const mine = judged.filter(({ counts, finding }) => counts && finding.scanner === scanner);
  const expired = mine.filter((one) => one.counts && one.expired !== undefined).length;
  const ranOut = expired === 0 ? "" : ` (${expired} of them with an exception that has expired)`;
  return `${counted(scanner, count)}${limit}${ranOut}`;
}

/** Whether somebody decided so of the finding; the others are what the rule does not ask for. */
export function isExcepted({ kind }: Pardon): boolean {
  return kind !== "severity" && kind !== "license-allowed";
}

/** What a scanner found and where it looked. */
export function seen(
  scanner: Scanner,
  coverage: Coverage,
  counting: Readonly<Record<Scanner, number>>,
  judged: readonly Judged[],
): string {
  const looked = lookedAt(scanner, coverage);
  const pardoned = judged.filter(
    (one) => one.finding.scanner === scanner && !one.counts && isExcepted(one.pardon),
  ).length;
  const without = pardoned === 0 ? "" : `, ${pardoned} excepted`;
  return `${counted(scanner, counting[scanner])}${looked ? ` in ${looked}` : ""}${without}`;
}
