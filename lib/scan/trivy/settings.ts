import type { Scanner } from "../finding.ts";

/** What is scanned. Each is read where it is: no daemon is asked. */
export type Subject =
  | { kind: "folder"; as: "fs" | "rootfs" | "repo"; path: string }
  | { kind: "repository"; url: string }
  | { kind: "image"; reference: string }
  | { kind: "image-file"; path: string }
  | { kind: "sbom"; path: string };

/** What one scan is told. What decides (severity, exceptions, unfixed) is not among it: that is the rule's. */
export interface ScanSettings {
  subject: Subject;
  scanners: readonly Scanner[];
  packageTypes: readonly string[];
  skipDirs: readonly string[];
  skipFiles: readonly string[];
  cacheFolder: string;
  timeoutMs: number;
  /** A trivy.yaml; undefined is an empty one, so that none is taken that just lies there. */
  configFile: string | undefined;
  /** Rego that sets findings aside. */
  ignorePolicy: string | undefined;
  javaDbMirrors: readonly string[];
  /** No database, Java index or checks are fetched. */
  skipDbUpdate: boolean;
  skipCheckUpdate: boolean;
  offline: boolean;
  /** Also where trivy's own rules take a secret for a test's or an example's. */
  everySecret: boolean;
}
