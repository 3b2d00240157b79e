import { type Kind, problem, value } from "../../lib/action/action.ts";
import { VARIABLE_REFERENCE, variableOf } from "../../lib/signing/variable.ts";

/** A key is only ever named. Read as a secret, so that a key that was given by mistake is not repeated. */
export const keyReferenceKind: Kind<string> = {
  type: { name: "string" },
  accepted: `${VARIABLE_REFERENCE}; not the key itself, which ends up in logs, nor a path, which ends up in caches`,
  parse: (text) => (variableOf(text) === undefined ? problem() : value(text)),
};
