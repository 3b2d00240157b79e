import type { z } from "zod";

/** Outputs that are already known: they are written even when the action fails later. */
export interface Outputs<O> {
  set(known: Partial<O>): void;
}

/** Collects outputs; the last value of a name wins. */
export function createOutputs<O>(): { outputs: Outputs<O>; collected(): Partial<O> } {
  let collected: Partial<O> = {};
  return {
    outputs: {
      set(known) {
        collected = { ...collected, ...known };
      },
    },
    collected: () => collected,
  };
}

/** Outputs as the runner keeps them: text as it is, everything else as JSON. What is absent is left out. */
export function outputTexts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, output]) => output !== undefined && output !== null)
      .map(([name, output]) => [
        name,
        typeof output === "string" ? output : JSON.stringify(output),
      ]),
  );
}

/** What is wrong with the outputs of a run that ended well: a fault of the action, not of its user. */
export function outputProblems(schema: z.ZodObject, values: unknown): string[] {
  const result = schema.safeParse(values);
  if (result.success) return [];
  return result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}
