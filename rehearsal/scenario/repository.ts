import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** One version of the scenario: a commit and its tag. */
export interface ScenarioVersion {
  tag: string;
  /** Share of orders that the engine fails on purpose. */
  errorRate: number;
}

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
 * A repository in `folder` with the working tree of `source` and one tagged commit per version, each with its
 * fault. `environmentText` becomes environments/rehearsal.yaml.
 */
export async function makeRepository(
  source: string,
  folder: string,
  versions: readonly ScenarioVersion[],
  environmentText: string,
): Promise<ScenarioRepository> {
  await copyTree(source, folder);
  await write(folder, "environments/rehearsal.yaml", environmentText);
  await git(folder, "init", "--quiet", "--initial-branch=main");
  const commits: Record<string, string> = {};
  for (const [at, { tag, errorRate }] of versions.entries()) {
    await write(folder, "engine/fault.json", `${JSON.stringify({ errorRate, seed: at + 1 })}\n`);
    await git(folder, "add", "--all", ".");
    await git(folder, "add", "--force", "engine/fault.json");
    await git(folder, "commit", "--quiet", "--no-verify", "--message", `Release ${tag}`);
    await git(folder, "tag", tag);
    commits[tag] = (await git(folder, "rev-parse", "HEAD")).trim();
  }
  return { folder, commits };
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

async function write(folder: string, path: string, text: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before !== text) await writeFile(file, text);
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
