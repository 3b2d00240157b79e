import { z } from "zod";
import { environmentSchema } from "./schema.ts";

/** environments/environment.schema.json: what an editor needs to complete and check an environment file. */
export function environmentJsonSchema(): string {
  const schema = z.toJSONSchema(environmentSchema, { io: "input", reused: "inline" });
  const titled = { $schema: schema.$schema, title: "Sluice environment", ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
