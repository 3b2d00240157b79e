import { SluiceError } from "../error.ts";
import { schemaFaults } from "../schema-faults.ts";
import { TrivyReport } from "./trivy-report.ts";

/** Enough to see what is wrong; a report can hold thousands of the same. */
const MAX_FAULTS = 5;

/** Trivy's JSON, typed. Throws `scan-failed` when it is not understood: such a report never passes. */
export function readReport(text: string): TrivyReport {
  const read = TrivyReport.safeParse(parse(text));
  if (read.success) return read.data;
  const faults = schemaFaults(read.error);
  const more = faults.length - MAX_FAULTS;
  const told = faults.slice(0, MAX_FAULTS).join("; ");
  throw notUnderstood(more > 0 ? `${told}; and ${more} more` : told);
}

function parse(text: string): unknown {
  if (text.trim() === "") throw notUnderstood("it is empty");
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text around the fault, and that may be a secret.
    throw notUnderstood(`it is no JSON (${text.length} characters)`);
  }
}

function notUnderstood(why: string): SluiceError {
  return new SluiceError("scan-failed", `trivy's report is not understood: ${why}`, {
    hint: "nothing was decided, so nothing passes; use the version of trivy that this action is tested with",
  });
}
