import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { actionTypes, actionYml } from "./generate/action-yml.ts";
import { composites, loadActions } from "./generate/discover.ts";
import { documents } from "./generate/documents.ts";
import { entry, starters } from "./generate/entry.ts";
import type { GeneratedFile } from "./generate/generated-file.ts";
import { actionReadme, rootReadme } from "./generate/readme.ts";

/** `npm run generate` writes what follows from the sources; `-- --check` only says what is not current. */
const root = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");

const stale = (await allFiles()).filter(({ path, text }) => currentText(path) !== text);
for (const { path, text } of check ? [] : stale) writeFileSync(join(root, path), text);
for (const { path } of stale) console.log(check ? `not current: ${path}` : `wrote ${path}`);
if (check && stale.length > 0) {
  console.error("Run `npm run generate` and commit what it writes.");
  process.exitCode = 1;
}
if (stale.length === 0) console.log("generated files are current");

async function allFiles(): Promise<GeneratedFile[]> {
  const actions = await loadActions(root);
  return [
    entry(actions),
    ...actions.flatMap((action) => [
      actionYml(action),
      actionTypes(action),
      ...starters(action),
      actionReadme(root, action),
    ]),
    ...rootReadme(root, [...actions, ...composites(root)]),
    ...(await documents(root)),
  ];
}

function currentText(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
