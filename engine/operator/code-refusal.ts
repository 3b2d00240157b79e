import type { RequestRefusal } from "../entry/request-refusal.ts";
import type { CodeRefusal } from "./second-factor.ts";

/** What an operator is told whose code does not do. */
export function refusalOfCode(reason: CodeRefusal, lockedSeconds: number): RequestRefusal {
  switch (reason) {
    case "code-needed":
      return unauthorized(reason, "a one-time code is needed beside the key, as X-Operator-Code");
    case "code-wrong":
      return unauthorized(reason, "the one-time code is wrong, or of another time: see the clocks");
    case "code-used":
      return unauthorized(reason, "this one-time code was used before; wait for the next one");
    case "locked": {
      const message = `too many wrong codes; none is looked at for ${lockedSeconds} s`;
      return { code: 429, reason, message, headers: { "retry-after": String(lockedSeconds) } };
    }
  }
}

function unauthorized(reason: CodeRefusal, message: string): RequestRefusal {
  return { code: 401, reason, message };
}
