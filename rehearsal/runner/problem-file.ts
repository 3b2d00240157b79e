import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/**
 * The file that a problem names, as its repository knows it; undefined when it is not there, or is another repository's.
 * A path that is not absolute begins where `fromPath` is, or in the workspace.
 */
export function problemFile(
  file: string,
  fromPath: string,
  { workspace, repository }: { readonly workspace: string; readonly repository: string },
): string | undefined {
  if (file.trim() === "") return undefined;
  const from = fromPath.trim() === "" || isAbsolute(file) ? "" : dirname(fromPath);
  const full = resolve(workspace, from, file);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) return undefined;
  if (!full.startsWith(`${workspace}${sep}`)) return undefined;
  const root = repositoryRoot(dirname(full), workspace);
  if (root !== undefined && !belongsTo(root, repository)) return undefined;
  // Without git's folder nobody knows better: a rehearsal may begin in a folder without commits.
  return relative(root ?? workspace, full).replaceAll(sep, "/");
}

function repositoryRoot(folder: string, workspace: string): string | undefined {
  if (existsSync(join(folder, ".git", "config"))) return folder;
  return folder === workspace || dirname(folder) === folder
    ? undefined
    : repositoryRoot(dirname(folder), workspace);
}

/** Also the rehearsal's own checkout names the address that it stands for. */
function belongsTo(root: string, repository: string): boolean {
  const config = readFileSync(join(root, ".git", "config"), "utf8").toLowerCase();
  const name = repository.toLowerCase();
  return [`github.com/${name}`, `github.com:${name}`].some((address) => config.includes(address));
}
