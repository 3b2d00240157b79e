import type { Severity } from "../../scan/severity.ts";
import type { Ended } from "../../tools/process.ts";

/** What a scanner is run with. */
export interface ScanSettings {
  /** The repository. */
  readonly folder: string;
  /** A folder of this scan's own. */
  readonly workFolder: string;
  /** semgrep's rules: files, folders, or names in its registry. */
  readonly rules: readonly string[];
  /** Folders, as globs, that are left out where the scanner can. */
  readonly skip: readonly string[];
  /** osv-scanner's databases; without them it asks osv.dev. */
  readonly database: string | undefined;
}

/** One call of the scanner's program. */
export interface Call {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How one scanner is run, and how what it says becomes SARIF. */
export interface Scanner {
  /** As it calls itself in SARIF, and as exceptions name it. */
  readonly title: string;
  /** What counts unless it is said otherwise. */
  readonly severities: readonly Severity[];
  /** One call, or several in a row; none where there is nothing of its kind. */
  calls(settings: ScanSettings): Promise<readonly Call[]>;
  /** The SARIF of one call. Throws a SluiceError when it says that nothing was scanned. */
  sarif(ended: Ended, call: Call, settings: ScanSettings): Promise<string>;
}

export const HIGH: readonly Severity[] = ["HIGH", "CRITICAL"];
export const ALL: readonly Severity[] = ["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"];
