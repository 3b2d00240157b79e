import { type Context, createContext, Script } from "node:vm";

/** As GitHub's runner has it for an expression and a line. */
const LIMIT_MS = 1_000;

interface Box {
  patterns: readonly RegExp[];
  line: string;
}

const match = new Script("patterns.map((pattern) => pattern.exec(line))");
let box: (Box & Context) | undefined;

/**
 * What each expression finds in a line, in their order; undefined when they take too long. Only in a context of its own
 * can an expression be stopped that goes back and forth for ever.
 */
export function boundedMatch(
  patterns: readonly RegExp[],
  line: string,
  attempts: number,
): readonly (RegExpExecArray | null)[] | undefined {
  box ??= createContext({ patterns: [], line: "" }) as Box & Context;
  Object.assign(box, { patterns, line });
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return match.runInContext(box, { timeout: LIMIT_MS }) as (RegExpExecArray | null)[];
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
  }
  return undefined;
}

/** It comes from the context, whose Error is another one. */
function isTimeout(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : "";
  return code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
