import { isAbsolute, relative, sep } from "node:path";
import type { Rule } from "../../lib/scan/rule.ts";
import type { ScanSettings } from "../../lib/scan/trivy/settings.ts";
import type { ScanInputs } from "./action.ts";
import type { Scanned } from "./subject.ts";

/** What trivy is told. */
export function settingsOf(inputs: ScanInputs, scanned: Scanned, rule: Rule): ScanSettings {
  return {
    subject: scanned.subject,
    scanners: rule.scanners,
    packageTypes: inputs["vuln-type"],
    skipDirs: [...(inputs["skip-dirs"] ?? []), ...ownFolders(inputs, scanned)],
    skipFiles: inputs["skip-files"] ?? [],
    cacheFolder: inputs["cache-dir"],
    timeoutMs: inputs.timeout,
    configFile: inputs["trivy-config"],
    ignorePolicy: inputs["ignore-policy"],
    javaDbMirrors: inputs["java-db-repository"] ?? [],
    skipDbUpdate: inputs["skip-db-update"],
    skipCheckUpdate: inputs["skip-check-update"],
    offline: inputs["offline-scan"],
    everySecret: inputs["scan-type"] === "archive",
  };
}

/** What an earlier scan left in the scanned folder: its report and its database are not part of it. */
function ownFolders(inputs: ScanInputs, { subject }: Scanned): string[] {
  if (subject.kind !== "folder") return [];
  const own = [inputs["output-dir"], inputs["cache-dir"]].map((folder) =>
    relative(subject.path, folder),
  );
  return own
    .filter((way) => way !== "" && !way.startsWith("..") && !isAbsolute(way))
    .map((way) => way.split(sep).join("/"));
}
