import { environmentJsonSchema } from "../../lib/environment/json-schema.ts";
import { recordJsonSchema } from "../../lib/evidence/json-schema.ts";
import { pageAssets } from "../../lib/evidence/page/assets.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** What follows from lib alone. Another one is one line more. */
export async function documents(): Promise<GeneratedFile[]> {
  return [
    { path: "environments/environment.schema.json", text: environmentJsonSchema() },
    { path: "lib/evidence/record.schema.json", text: recordJsonSchema() },
    { path: "lib/evidence/page/generated/assets.ts", text: await pageAssets() },
  ];
}
