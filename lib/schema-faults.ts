import { z } from "zod";

/** All that a schema says is wrong, each with its place. */
export function schemaFaults({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${z.core.toDotPath(path) || "the whole"}: ${message}`);
}
