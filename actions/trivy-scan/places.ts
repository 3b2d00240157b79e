import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "../../lib/scan/finding.ts";
import { lineOfPackage } from "../../lib/scan/lock-line.ts";
import type { ScanEnd } from "./scan-end.ts";
import { fileOf } from "./subject.ts";

export interface Place {
  /** In the repository, or inside of what was scanned. */
  path: string;
  line: number | undefined;
  inRepository: boolean;
}

export type Places = (finding: Finding) => Place;

const MAX_LOCK_FILE_BYTES = 32 * 1024 * 1024;

/** Where each counting finding is: as trivy says, or where we find the package in its lock file. */
export async function placesOf({ scanned, decision }: ScanEnd): Promise<Places> {
  const texts = new Map<string, string>();
  for (const { finding, counts } of decision.judged) {
    if (!counts || packageOf(finding) === undefined || finding.startLine !== undefined) continue;
    if (scanned.root === undefined || texts.has(finding.path)) continue;
    texts.set(finding.path, await textOf(join(scanned.root, finding.path)));
  }
  return (finding) => {
    const file = fileOf(scanned, finding);
    const text = texts.get(finding.path);
    const name = packageOf(finding);
    const found = text && name ? lineOfPackage(text, name, versionOf(finding)) : undefined;
    return {
      path: file ?? finding.path,
      line: finding.startLine ?? found,
      inRepository: file !== undefined,
    };
  };
}

function packageOf(finding: Finding): string | undefined {
  return "package" in finding ? finding.package : undefined;
}

function versionOf(finding: Finding): string | undefined {
  return finding.scanner === "vuln" ? finding.installed : undefined;
}

/** A target need not be a file: "Node.js", "alpine 3.20". */
async function textOf(path: string): Promise<string> {
  const size = (await stat(path).catch(() => undefined))?.size;
  if (size === undefined || size > MAX_LOCK_FILE_BYTES) return "";
  return readFile(path, "utf8").catch(() => "");
}
