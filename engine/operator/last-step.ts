import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PRIVATE_MODE, replaceFile } from "../journal/replace-file.ts";
import type { Log } from "../log.ts";

/** The step of the last code that was used: codes up to it are worth nothing any more. */
export interface LastStep {
  step: number;
}

const NAME = "operator-code.json";

/** Without a folder a start forgets, so it takes no code that may have been used before it. */
export class StepInMemory implements LastStep {
  step: number;

  constructor(startStep: number) {
    this.step = startStep;
  }
}

/** Beside the journal, so that a code which was used before a restart is not taken after it. */
export class StepOnDisk implements LastStep {
  readonly #path: string;
  readonly #log: Log;
  #step: number;

  /** `startStep` stands in for a file that can't be read. */
  constructor(folder: string, startStep: number, log: Log) {
    this.#path = join(folder, NAME);
    this.#log = log;
    this.#step = readStep(this.#path, startStep);
  }

  get step(): number {
    return this.#step;
  }

  set step(step: number) {
    this.#step = step;
    try {
      replaceFile(this.#path, [Buffer.from(JSON.stringify({ step }))], PRIVATE_MODE);
    } catch (error) {
      // A kill switch must work when the disk does not.
      this.#log.warn("the operator's last code can't be kept", { cause: String(error) });
    }
  }
}

function readStep(path: string, startStep: number): number {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const isNew = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isNew ? 0 : startStep;
  }
  const step = Number(/^\{"step":(\d{1,15})\}$/.exec(text)?.[1] ?? Number.NaN);
  return Number.isNaN(step) ? startStep : step;
}
