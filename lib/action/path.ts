import { readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { type Kind, problem, value } from "./kind.ts";

/** Where the job's files are: GITHUB_WORKSPACE, or the current folder outside of a runner. */
export function workspaceFolder(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.GITHUB_WORKSPACE || process.cwd());
}

/**
 * An absolute path inside the workspace, symlinks resolved. It need not exist. Whatever leads out of the
 * workspace, be it by `..`, an absolute path or a symlink, is refused.
 */
export const pathKind: Kind<string> = {
  type: { name: "string" },
  accepted: "a path inside the workspace",
  parse(text) {
    if (text.includes("\0")) return problem("it contains a NUL character");
    const workspace = resolveSymlinks(workspaceFolder());
    const wanted = resolve(workspaceFolder(), text);
    const real = resolveSymlinks(wanted);
    if (isInside(real, workspace)) return value(real);
    return problem(
      real === wanted
        ? `it is outside of ${workspace}`
        : `it leads to ${real}, outside of ${workspace}`,
    );
  },
};

/** Whether `path` is `folder` or below it; both without symlinks. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

const MAX_SYMLINKS = 40;

/** The real path of the part that exists, with the rest appended; a symlink to nothing leads where it says. */
function resolveSymlinks(path: string, followed = 0): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    if (parent === path) return path;
    const real = resolve(resolveSymlinks(parent, followed), basename(path));
    const end = followed < MAX_SYMLINKS ? symlinkEnd(real) : undefined;
    return end === undefined ? real : resolveSymlinks(end, followed + 1);
  }
}

function symlinkEnd(path: string): string | undefined {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return undefined;
  }
}
