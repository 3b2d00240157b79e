import type { Decision, Rule } from "../../lib/scan/rule.ts";
import type { Database } from "../../lib/scan/trivy/database.ts";
import type { TrivyProgram } from "../../lib/scan/trivy/process.ts";
import type { TrivyReport } from "../../lib/scan/trivy-report.ts";
import type { Scanned } from "./subject.ts";

/** All that one scan came to. */
export interface ScanEnd {
  scanned: Scanned;
  rule: Rule;
  decision: Decision;
  report: TrivyReport;
  /** Trivy's own file, which is not shown to anybody. */
  rawReport: string;
  program: TrivyProgram;
  database: Database | undefined;
  startedAt: Date;
  finishedAt: Date;
}
