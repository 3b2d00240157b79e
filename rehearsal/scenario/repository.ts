import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { ScenarioVersion } from "./story.ts";

const run = promisify(execFile);

export interface ScenarioRepository {
  folder: string;
  commits: Record<string, string>;
}

/** The commits' author: nobody's own name belongs into a rehearsal. */
const AUTHOR = {
  GIT_AUTHOR_NAME: "rehearsal",
  GIT_AUTHOR_EMAIL: "rehearsal@localhost",
  GIT_COMMITTER_NAME: "rehearsal",
  GIT_COMMITTER_EMAIL: "rehearsal@localhost",
};

/**
 * A repository in `folder` with the working tree of `source` and `files` (text by path) on top, and one tagged commit
 * per version, each with its own changes and none of another's.
 */
export async function makeRepository(
  source: string,
  folder: string,
  versions: readonly ScenarioVersion[],
  files: Readonly<Record<string, string>>,
): Promise<ScenarioRepository> {
  await copyTree(source, folder);
  for (const [file, text] of Object.entries(files)) await write(folder, file, text);
  await git(folder, "init", "--quiet", "--initial-branch=main");
  const commits: Record<string, string> = {};
  const original = new Map<string, string | undefined>();
  for (const { tag, changes } of versions) {
    for (const [file, text] of original) await write(folder, file, text);
    for (const { file, edit } of changes) {
      if (!original.has(file)) original.set(file, await textOf(folder, file));
      await write(folder, file, edit(original.get(file)));
    }
    await git(folder, "add", "--all", ".");
    // The engine's fault, which a normal build must not have, is ignored by git.
    await git(folder, "add", "--force", ...changes.map(({ file }) => file));
    await git(folder, "commit", "--quiet", "--no-verify", "--message", `Release ${tag}`);
    await git(folder, "tag", tag);
    commits[tag] = (await git(folder, "rev-parse", "HEAD")).trim();
  }
  return { folder, commits };
}

/** A rehearsal takes the workflow from the working tree, GitHub from the tag: this lets both be the same. */
export async function checkOut(folder: string, tag: string): Promise<void> {
  await git(folder, "checkout", "--quiet", "--detach", tag);
}

/** What git knows or would add: no dependencies, nothing that was built by the way. */
async function copyTree(source: string, folder: string): Promise<void> {
  const listed = await git(
    source,
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
  ).catch(() => undefined);
  if (listed === undefined) return copyWithoutGit(source, folder);
  const files = listed.split("\0").filter(Boolean);
  await Promise.all(
    files.map((file) =>
      cp(join(source, file), join(folder, file), { verbatimSymlinks: true }).catch(ignoreMissing),
    ),
  );
}

/** Listed, but deleted in the working tree. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** Unpacked from an archive of the repository, where there is no git to ask. */
async function copyWithoutGit(source: string, folder: string): Promise<void> {
  const skipped = [join(source, "node_modules"), join(source, "rehearsal", "out")];
  await cp(source, folder, {
    recursive: true,
    filter: (path) => !skipped.includes(path) && !path.endsWith("/engine/node_modules"),
  });
}

function textOf(folder: string, path: string): Promise<string | undefined> {
  return readFile(join(folder, path), "utf8").catch(() => undefined);
}

/** Undefined removes it. */
async function write(folder: string, path: string, text: string | undefined): Promise<void> {
  const file = join(folder, path);
  if (text === undefined) return rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  if ((await textOf(folder, path)) !== text) await writeFile(file, text);
}

async function git(folder: string, ...args: string[]): Promise<string> {
  const config = ["-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", "-c", "gc.auto=0"];
  const { stdout } = await run("git", [...config, ...args], {
    cwd: folder,
    env: { ...process.env, ...AUTHOR },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
