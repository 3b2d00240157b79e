import type {
  Coverage,
  Finding,
  License,
  Misconfiguration,
  Secret,
  Vulnerability,
} from "./finding.ts";
import type { TrivyPackage, TrivyReport, TrivyResult } from "./trivy-report.ts";

/** Everything that a report tells as found, one value each, in the report's order. */
export function findingsOf(report: TrivyReport): Finding[] {
  return report.Results.flatMap((result) => [
    ...result.Vulnerabilities.map((found) => vulnerability(result, found)),
    ...result.Misconfigurations.filter(({ Status }) => Status === "FAIL").map((found) =>
      misconfiguration(result, found),
    ),
    ...result.Secrets.map((found) => secret(result, found)),
    ...result.Licenses.map((found) => license(report, result, found)),
  ]);
}

/**
 * How much each scanner looked at: packages, packages and licence files, checked configuration files, and files. The
 * last is not in the report (it names only files with secrets in them), so whoever scanned says how many there were.
 */
export function coverageOf(report: TrivyReport, files: number | undefined): Coverage {
  const packages = report.Results.reduce((sum, { Packages }) => sum + Packages.length, 0);
  const configs = report.Results.filter(isCheckedConfig).length;
  const licenseFiles = report.Results.filter(({ Class }) => Class === "license-file").length;
  return { vuln: packages, misconfig: configs, secret: files, license: packages + licenseFiles };
}

/** Packages of which nobody knows the licence: an allow-list says nothing about them. */
export function withoutLicense(report: TrivyReport): string[] {
  return report.Results.flatMap(({ Packages }) =>
    Packages.filter(({ Licenses }) => Licenses.length === 0).map(({ Name }) => Name),
  );
}

/** How many findings trivy set aside itself, by a policy that it was given. */
export function setAsideByPolicy(report: TrivyReport): number {
  return report.Results.reduce(
    (sum, result) => sum + result.ExperimentalModifiedFindings.length,
    0,
  );
}

function isCheckedConfig({ Class, MisconfSummary }: TrivyResult): boolean {
  if (Class !== "config" || !MisconfSummary) return false;
  return MisconfSummary.Successes + MisconfSummary.Failures > 0;
}

function vulnerability(
  result: TrivyResult,
  found: TrivyResult["Vulnerabilities"][number],
): Vulnerability {
  const held = result.Packages.find((candidate) => isPackage(candidate, found));
  return {
    scanner: "vuln",
    id: found.VulnerabilityID,
    aliases: found.VendorIDs,
    severity: found.Severity,
    title: found.Title ?? found.VulnerabilityID,
    path: result.Target,
    url: found.PrimaryURL,
    ...linesOf(held?.Locations[0]),
    package: found.PkgName,
    installed: found.InstalledVersion,
    fixed: found.FixedVersion || undefined,
    purl: found.PkgIdentifier?.PURL,
    packagePath: found.PkgPath,
  };
}

function isPackage(
  { ID, Name, Version }: TrivyPackage,
  { PkgID, PkgName, InstalledVersion }: TrivyResult["Vulnerabilities"][number],
): boolean {
  if (ID && PkgID) return ID === PkgID;
  return Name === PkgName && Version === InstalledVersion;
}

function misconfiguration(
  result: TrivyResult,
  found: TrivyResult["Misconfigurations"][number],
): Misconfiguration {
  return {
    scanner: "misconfig",
    id: found.ID,
    severity: found.Severity,
    title: found.Title,
    path: result.Target,
    url: found.PrimaryURL,
    ...linesOf(found.CauseMetadata),
    resolution: found.Resolution,
  };
}

function secret(result: TrivyResult, found: TrivyResult["Secrets"][number]): Secret {
  return {
    scanner: "secret",
    id: found.RuleID,
    severity: found.Severity,
    title: found.Title,
    path: result.Target,
    url: undefined,
    ...linesOf(found),
    category: found.Category,
  };
}

function license(
  report: TrivyReport,
  result: TrivyResult,
  found: TrivyResult["Licenses"][number],
): License {
  // The package stands in the result of the lock file's packages, which is another one.
  const packages = report.Results.filter(({ Target }) => Target === result.Target);
  const held = packages
    .flatMap(({ Packages }) => Packages)
    .find(({ Name }) => Name === found.PkgName);
  return {
    scanner: "license",
    id: found.Name,
    severity: found.Severity,
    title: found.PkgName ? `${found.PkgName} is under ${found.Name}` : found.Name,
    path: found.FilePath || result.Target,
    url: found.Link || undefined,
    ...linesOf(held?.Locations[0]),
    category: found.Category,
    package: found.PkgName || undefined,
  };
}

/** Trivy says 0 where it does not know. */
function linesOf(
  place: { StartLine?: number | undefined; EndLine?: number | undefined } | undefined,
) {
  return { startLine: place?.StartLine || undefined, endLine: place?.EndLine || undefined };
}
