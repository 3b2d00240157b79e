/** How k6 ended. */
export type K6Exit = { code: number } | { signal: NodeJS.Signals };

/** What k6 2 says by its exit codes (errext/exitcodes in its sources). */
const MEANINGS: Readonly<Record<number, string>> = {
  97: "the run in the cloud failed",
  98: "the progress of the run in the cloud could not be read",
  99: "thresholds were crossed",
  100: "setup() took longer than setupTimeout",
  101: "teardown() took longer than teardownTimeout",
  102: "something timed out",
  103: "the run was stopped through k6's REST API",
  104: "the script's options or the flags are not valid",
  105: "the run was interrupted from outside",
  106: "k6 could not open its REST API",
  107: "the script threw an exception",
  108: "the script called test.abort()",
  109: "k6 itself panicked",
  110: "the script marked the run as failed",
};

export const THRESHOLDS_CROSSED = 99;
export const INTERRUPTED = 105;

/** `exit code 107: the script threw an exception`. */
export function describeExit(exit: K6Exit): string {
  if ("signal" in exit) return `k6 was killed by ${exit.signal}`;
  const meaning = MEANINGS[exit.code];
  return meaning ? `exit code ${exit.code}: ${meaning}` : `exit code ${exit.code}`;
}
