import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * The folder that `target.site` of the environment at `file` (absolute) is relative to: the root of the
 * repository that holds it; outside a repository the parent of a folder named `environments`, else its folder.
 */
export async function baseFolder(file: string): Promise<string> {
  const own = dirname(file);
  for (let folder = own; ; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) break;
  }
  return basename(own) === "environments" ? dirname(own) : own;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
