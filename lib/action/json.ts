import { z } from "zod";
import { type Kind, problem, value } from "./kind.ts";

/** JSON that `schema` accepts; what it says about the places that are wrong is told with their paths. */
export function jsonKind<S extends z.ZodType>(schema: S, accepted: string): Kind<z.output<S>> {
  return {
    type: { name: "string" },
    accepted,
    parse(text) {
      const read = parseJson(text);
      if ("problem" in read) return read;
      const result = schema.safeParse(read.value);
      if (result.success) return value(result.data);
      return problem(result.error.issues.map(describeIssue).join("; "));
    },
  };
}

function parseJson(text: string) {
  try {
    return value(JSON.parse(text) as unknown);
  } catch (error) {
    return problem(error instanceof Error ? error.message : String(error));
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = z.core.toDotPath(issue.path);
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}
