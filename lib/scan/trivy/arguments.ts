import { SEVERITIES } from "../severity.ts";
import type { ScanSettings, Subject } from "./settings.ts";

/** What trivy is to write and what it must not read; both belong to one scan alone. */
export interface ScanFiles {
  report: string;
  /** An empty file, for what trivy would otherwise take from the current folder. */
  nothing: string;
  /** Settings of the search for secrets, where `everySecret` is asked for. */
  secrets: string;
}

/** What every call of trivy is told: nothing is sent to its makers, nothing is asked of them. */
export const QUIET = ["--skip-version-check", "--disable-telemetry"];

/**
 * The arguments of a scan, one string each: nothing is split or quoted, and no shell is asked. Everything that
 * could hide a finding is written out, so that no configuration that trivy happens to find decides.
 */
export function scanArguments(settings: ScanSettings, files: ScanFiles): string[] {
  const { subject } = settings;
  const all = [
    commandOf(subject),
    ...["--format", "json", "--output", files.report],
    ...["--severity", SEVERITIES.join(","), "--exit-code", "0", "--ignore-unfixed=false"],
    ...["--ignorefile", files.nothing, "--config", settings.configFile ?? files.nothing],
    ...(settings.everySecret ? ["--secret-config", files.secrets] : []),
    ...["--list-all-pkgs", "--show-suppressed"],
    ...["--scanners", settings.scanners.join(",")],
    ...["--pkg-types", settings.packageTypes.join(",")],
    ...["--cache-dir", settings.cacheFolder, "--timeout", `${settings.timeoutMs}ms`],
    ...["--skip-db-update", ...javaDatabase(settings)],
    ...(settings.offline ? ["--offline-scan"] : []),
    ...(settings.ignorePolicy ? ["--ignore-policy", settings.ignorePolicy] : []),
    ...settings.skipDirs.flatMap((pattern) => ["--skip-dirs", pattern]),
    ...settings.skipFiles.flatMap((pattern) => ["--skip-files", pattern]),
    ...QUIET,
  ];
  if (subject.kind === "sbom") return [...all, "--", subject.path];
  const checks = settings.skipCheckUpdate ? ["--skip-check-update"] : [];
  return [...all, "--no-progress", ...checks, ...placeOf(subject)];
}

function commandOf(subject: Subject): string {
  switch (subject.kind) {
    case "folder":
      return subject.as;
    case "repository":
      return "repo";
    case "sbom":
      return "sbom";
    case "image":
    case "image-file":
      return "image";
  }
}

function placeOf(subject: Exclude<Subject, { kind: "sbom" }>): string[] {
  switch (subject.kind) {
    case "folder":
      return ["--", subject.path];
    case "repository":
      return ["--", subject.url];
    case "image":
      return ["--image-src", "remote", "--", subject.reference];
    case "image-file":
      return ["--input", subject.path];
  }
}

/** Only jar files need it, and trivy fetches it when it meets one. */
function javaDatabase({ skipDbUpdate, javaDbMirrors }: ScanSettings): string[] {
  if (skipDbUpdate) return ["--skip-java-db-update"];
  return javaDbMirrors.flatMap((mirror) => ["--java-db-repository", mirror]);
}
