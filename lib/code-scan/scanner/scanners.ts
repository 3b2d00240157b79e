import { actionlint } from "./actionlint.ts";
import { checkov, gitleaks, osvScanner, semgrep, zizmor } from "./native.ts";
import { npmAudit } from "./npm-audit.ts";
import type { Scanner } from "./scanner.ts";

/** All scanners, by the name that people give. */
export const SCANNERS = {
  actionlint,
  checkov,
  gitleaks,
  "npm-audit": npmAudit,
  "osv-scanner": osvScanner,
  semgrep,
  zizmor,
} as const satisfies Record<string, Scanner>;

export type ScannerName = keyof typeof SCANNERS;
export const SCANNER_NAMES = Object.keys(SCANNERS) as ScannerName[];
