import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { FilePattern } from "./file-pattern.ts";

const FOLLOW = "--follow-symbolic-links";

/**
 * `hashFiles()`: one hash over the hashes of the files of the workspace that match, in the order in which GitHub walks the
 * folders; empty when none does.
 */
export function hashFiles(workspace: string, given: readonly string[]): string {
  const follows = given[0]?.toLowerCase() === FOLLOW;
  const patterns = (follows ? given.slice(1) : given)
    .flatMap((text) => text.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => new FilePattern(line, workspace));
  const all = createHash("sha256");
  let count = 0;
  for (const start of startsOf(patterns)) {
    for (const file of filesBelow(workspace, start, follows)) {
      if (!isWanted(patterns, file)) continue;
      const path = join(workspace, file);
      all.update(createHash("sha256").update(readFileSync(path)).digest());
      count++;
    }
  }
  return count === 0 ? "" : all.digest("hex");
}

/** The last pattern that matches decides. */
function isWanted(patterns: readonly FilePattern[], file: string): boolean {
  return patterns.findLast((pattern) => pattern.matches(file))?.excludes === false;
}

/** The folders to look through, in the patterns' order; none that lies in another one. */
function startsOf(patterns: readonly FilePattern[]): string[] {
  const starts = new Set(patterns.filter(({ excludes }) => !excludes).map(({ start }) => start));
  return [...starts].filter(
    (start) => ![...starts].some((other) => other !== start && isInside(start, other)),
  );
}

function isInside(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

/** Depth first, and by name within each folder. */
function* filesBelow(workspace: string, path: string, follows: boolean): Generator<string> {
  const full = join(workspace, path);
  const own = (follows ? statSync : lstatSync)(full, { throwIfNoEntry: false });
  if (own?.isDirectory()) {
    const names = readdirSync(full).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    for (const name of names) {
      yield* filesBelow(workspace, path === "" ? name : `${path}/${name}`, follows);
    }
    return;
  }
  if (own && statSync(full, { throwIfNoEntry: false })?.isFile()) yield path;
}
