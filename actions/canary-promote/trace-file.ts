import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Finding, Sample } from "../../lib/verdict/verdict.ts";

/** The rollout's samples as JSON lines. Each is written at once, so that a killed runner leaves its trace. */
export class TraceFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "");
  }

  /** What was thought of the sample at the time goes with it, for whoever draws it later. */
  append(sample: Sample, evidence: Finding["evidence"] | null | undefined): void {
    const thought = evidence && { worse: evidence.worse, threshold: evidence.threshold };
    appendFileSync(this.path, `${JSON.stringify({ ...sample, evidence: thought })}\n`);
  }
}
