import { PREDICATE, type Statement, statementOf } from "../../lib/evidence/statement.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { ratiosByScript } from "./report.ts";
import type { Outcome, ScriptResult } from "./result.ts";
import type { Versions } from "./versions.ts";

/** What the gate saw of the candidate; undefined when nobody said which bytes were behind the URL. */
export function statementAbout(
  digest: Digest | undefined,
  { name, comparedWith }: Versions,
  found: { outcome: Outcome; results: readonly ScriptResult[]; report: Digest },
): Statement | undefined {
  if (digest === undefined) return undefined;
  const { outcome, results, report } = found;
  return statementOf({
    predicateType: PREDICATE.load,
    subject: { name, digest },
    predicate: {
      outcome,
      comparedWith,
      scripts: results.map(({ script, outcome: own, iterations, requests, findings }) => ({
        script,
        outcome: own,
        iterations,
        requests,
        findings: findings.map(({ kind }) => kind),
      })),
      ratios: ratiosByScript(results),
      report,
    },
  });
}
