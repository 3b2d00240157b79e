import { type ErrorCode, SluiceError } from "../error.ts";
import type { Ended } from "../tools/process.ts";
import { outageIn } from "./outage.ts";

export interface FailureWords {
  code: ErrorCode;
  message: string;
  hint: string;
  /** What could not be done when it was an outage, and how things stand now. */
  outage: { message: string; hint: string };
}

/** The error for a call of cosign that failed: an outage is told apart from a refusal. */
export function failureOf(ended: Ended, words: FailureWords): SluiceError {
  const found = outageIn(ended.stderr);
  if (found === undefined) {
    const { code, message, hint } = words;
    return new SluiceError(code, message, { hint, cause: new Error(cosignSaid(ended)) });
  }
  const { message, hint } = words.outage;
  return new SluiceError(
    "transparency-log-unavailable",
    `${message}: ${found.service} does not answer`,
    { hint, cause: new Error(`cosign said: ${found.said}`) },
  );
}

const MAX_SAID_CHARS = 2_000;

/** What cosign gave as its reason, without its warnings; it says everything twice. */
export function cosignSaid({ code, stderr, stdout }: Ended): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const errors = lines.filter((line) => line.startsWith("Error:"));
  const words = errors.length > 0 ? errors : [lines.at(-1) || stdout.trim() || "nothing"];
  const said = words.join("\n").replaceAll(/^Error:\s*/gm, "");
  const how = code === undefined ? "was ended" : `ended with ${code}`;
  return `cosign ${how} and said: ${said.slice(0, MAX_SAID_CHARS)}`;
}
