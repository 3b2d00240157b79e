import { environmentJsonSchema } from "../../lib/environment/json-schema.ts";
import { recordJsonSchema } from "../../lib/evidence/json-schema.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** What follows from lib alone. Another one is one line more. */
export function documents(): GeneratedFile[] {
  return [
    { path: "environments/environment.schema.json", text: environmentJsonSchema() },
    { path: "lib/evidence/record.schema.json", text: recordJsonSchema() },
  ];
}
