import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Sample } from "../../lib/verdict/verdict.ts";

/** The rollout's samples as JSON lines. Each is written at once, so that a killed runner leaves its trace. */
export class TraceFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "");
  }

  append(sample: Sample): void {
    appendFileSync(this.path, `${JSON.stringify(sample)}\n`);
  }
}
