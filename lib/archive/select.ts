import type { Dirent } from "node:fs";
import { lstat, readdir, readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, posix, relative, sep } from "node:path";
import { SluiceError } from "../error.ts";
import { compareEntries, type Entry } from "./entry.ts";
import { ALWAYS_EXCLUDED, type Matches, matcher, type Pattern, splitPatterns } from "./matcher.ts";

/** A folder with more is not a release, but a mistake in `path`. */
export const MAX_ENTRIES = 200_000;

export interface Selection {
  /** Absolute; becomes the archive's root. */
  root: string;
  /** Files, folders and globs relative to the root; `!` in front leaves out. */
  patterns: readonly string[];
  exclude: readonly string[];
  /** Absolute paths of what must not be packed, such as the archive itself. */
  skip: readonly string[];
}

/** All that is to be packed, sorted. A pattern that finds nothing is refused: it would be missing later. */
export async function selectEntries(selection: Selection): Promise<Entry[]> {
  const { included, excluded } = splitPatterns(selection.patterns);
  const isExcluded = matcher([...ALWAYS_EXCLUDED, ...excluded, ...selection.exclude]);
  const skipped = new Set(selection.skip.map((path) => toPosix(relative(selection.root, path))));
  const walk: Walk = {
    root: selection.root,
    leaveOut: (path) => skipped.has(path) || isExcluded(path),
    found: new Map(),
  };
  for (const pattern of included) await selectPattern(walk, pattern);
  return [...walk.found.values()].sort(compareEntries);
}

interface Walk {
  root: string;
  leaveOut: Matches;
  found: Map<string, Entry>;
}

async function selectPattern(walk: Walk, pattern: Pattern): Promise<void> {
  await mustBeInside(walk.root, pattern);
  const isWanted = pattern.isGlob ? matcher([pattern.text]) : () => true;
  const before = walk.found.size;
  let seen = 0;
  await visit(walk, pattern.base, (entry) => {
    if (!isWanted(entry.path)) return;
    seen += 1;
    walk.found.set(entry.path, entry);
  });
  if (seen > 0 || walk.found.size > before) return;
  throw new SluiceError("invalid-input", `path: nothing is at ${pattern.text}`, {
    hint: `write it relative to ${walk.root}, and see that the command makes it and exclude lets it through`,
  });
}

/** Neither the text nor a symlink on the way may lead out of the root. */
async function mustBeInside(root: string, pattern: Pattern): Promise<void> {
  const path = join(root, pattern.base);
  const parent = await realpath(dirname(path)).catch(() => dirname(path));
  const lexical = !isAbsolute(pattern.text) && !climbs(pattern.base);
  if (lexical && (path === root || !climbs(toPosix(relative(root, parent))))) return;
  throw new SluiceError("invalid-input", `path: ${pattern.text} leads out of ${root}`, {
    hint: "pack what is inside of context, or choose another context",
  });
}

async function visit(walk: Walk, path: string, add: (entry: Entry) => void): Promise<void> {
  if (walk.leaveOut(path)) return;
  const entry = await readEntry(walk.root, path);
  if (!entry) return;
  if (path !== ".") add(entry);
  if (walk.found.size > MAX_ENTRIES) {
    throw new SluiceError("invalid-input", `path: more than ${MAX_ENTRIES} files and folders`, {
      hint: "leave out what a release does not need by exclude",
    });
  }
  if (entry.kind !== "folder") return;
  for (const child of await children(join(walk.root, path))) {
    await visit(walk, posix.join(path, child.name), add);
  }
}

async function children(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true });
}

async function readEntry(root: string, path: string): Promise<Entry | undefined> {
  const absolute = join(root, path);
  const found = await lstat(absolute).catch(() => undefined);
  if (!found) return undefined;
  if (found.isDirectory()) return { kind: "folder", path };
  if (found.isSymbolicLink()) return readSymlink(path, await readlink(absolute));
  if (found.isFile()) {
    return { kind: "file", path, size: found.size, executable: (found.mode & 0o111) !== 0 };
  }
  throw new SluiceError("invalid-input", `path: ${path} is neither file, folder nor symlink`, {
    hint: "leave it out by exclude",
  });
}

/** Kept as it is, but only when it stays inside: the other end will unpack it somewhere else. */
function readSymlink(path: string, to: string): Entry {
  const end = posix.join(posix.dirname(path), to);
  if (!isAbsolute(to) && !climbs(end)) return { kind: "symlink", path, to };
  throw new SluiceError("invalid-input", `path: the symlink ${path} leads out, to ${to}`, {
    hint: "replace it by what it points to, or leave it out by exclude",
  });
}

function climbs(path: string): boolean {
  return path === ".." || path.startsWith("../") || isAbsolute(path);
}

function toPosix(path: string): string {
  return path.split(sep).join("/");
}
