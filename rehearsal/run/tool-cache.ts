import { mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { arch } from "node:os";
import { join } from "node:path";
import { findProgram } from "../runner/shell.ts";
import type { RepositoryMapping } from "../workflow/source-tree.ts";

const PROGRAMS = ["npm", "npx", "corepack"];

/**
 * Puts the Node.js of this rehearsal where the real actions/setup-node looks first, as GitHub's images have theirs:
 * then it needs no download for that version.
 */
export async function fillToolCache(
  folder: string,
  mappings: readonly RepositoryMapping[],
): Promise<void> {
  if (!mappings.some(({ repository }) => repository.toLowerCase() === "actions/setup-node")) return;
  const platform = arch() === "arm64" ? "arm64" : "x64";
  const version = join(folder, "node", process.versions.node);
  const bin = join(version, platform, "bin");
  await mkdir(bin, { recursive: true });
  await symlink(process.execPath, join(bin, "node"));
  for (const name of PROGRAMS) {
    const program = findProgram(name, process.env.PATH ?? "");
    if (program) await symlink(await realpath(program), join(bin, name));
  }
  await writeFile(join(version, `${platform}.complete`), "");
}
