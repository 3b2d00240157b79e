import { readFile } from "node:fs/promises";
import { SluiceError } from "../../error.ts";
import { type Ended, lastWords } from "../../tools/process.ts";

/** What the scanner wrote into `file`; a scanner that ended otherwise than by `codes` found out nothing. */
export async function writtenBy(
  title: string,
  ended: Ended,
  file: string,
  codes: readonly number[] = [0],
): Promise<string> {
  mustHaveEnded(title, ended, codes);
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw failed(title, ended, cause);
  }
}

/** Throws `scan-failed` for an exit code that is none of `codes`. */
export function mustHaveEnded(title: string, ended: Ended, codes: readonly number[]): void {
  if (ended.code === undefined || !codes.includes(ended.code)) throw failed(title, ended);
}

export function failed(title: string, ended: Ended, cause?: unknown): SluiceError {
  const how = ended.code === undefined ? "was ended" : `ended with ${ended.code}`;
  return new SluiceError(
    "scan-failed",
    `${title} ${how}: ${lastWords(ended, 4) || "it said nothing"}`,
    {
      hint: "what it said is the reason; nothing was decided",
      cause,
    },
  );
}
