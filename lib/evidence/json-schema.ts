import { z } from "zod";
import { Record } from "./record.ts";

/** lib/evidence/record.schema.json: what a reader of record.json in any language may rely on. */
export function recordJsonSchema(): string {
  const schema = z.toJSONSchema(Record, { io: "output", reused: "inline" });
  const titled = { $schema: schema.$schema, title: "Sluice release record", ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
