import type { Severity } from "../scan/severity.ts";

/** One thing that a scanner of code, workflows or dependencies found, as its SARIF tells it. */
export interface CodeFinding {
  /** The scanner, as it calls itself. */
  readonly tool: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Relative to the repository's root; empty where there is no place. */
  readonly path: string;
  readonly line: number | undefined;
}
