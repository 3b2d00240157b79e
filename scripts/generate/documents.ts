import { readFileSync } from "node:fs";
import { join } from "node:path";
import { environmentJsonSchema } from "../../lib/environment/json-schema.ts";
import { environmentReference } from "../../lib/environment/reference.ts";
import { recordJsonSchema } from "../../lib/evidence/json-schema.ts";
import { pageAssets } from "../../lib/evidence/page/assets.ts";
import { fillMarkers, type GeneratedFile } from "./generated-file.ts";

/** What follows from lib alone. Another one is one line more. */
export async function documents(root: string): Promise<GeneratedFile[]> {
  return [
    environmentDocument(root),
    { path: "environments/environment.schema.json", text: environmentJsonSchema() },
    { path: "lib/evidence/record.schema.json", text: recordJsonSchema() },
    { path: "lib/evidence/page/generated/assets.ts", text: await pageAssets() },
  ];
}

/** The tables of keys in docs/environment.md. */
function environmentDocument(root: string): GeneratedFile {
  const path = "docs/environment.md";
  const text = fillMarkers(readFileSync(join(root, path), "utf8"), "keys", environmentReference());
  if (text === undefined) throw new Error(`${path}: the markers of keys are gone`);
  return { path, text };
}
