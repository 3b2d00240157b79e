import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SluiceError } from "../error.ts";
import { type Commit, readCommit } from "./commit.ts";
import { notesOf } from "./notes.ts";

const run = promisify(execFile);
const FIELD = "\u001f";
const RECORD = "\u001e";

/** The notes of the release at `commit`: all commits since the version tag before it. */
export async function notesAt(folder: string, commit: string, tag: string): Promise<string> {
  const previous = await tagBefore(folder, commit, tag);
  const range = previous === undefined ? commit : `${previous}..${commit}`;
  const format = ["%H", "%s", "%b"].join(FIELD) + RECORD;
  const text = await git(folder, "log", "--no-merges", `--format=${format}`, range, "--");
  const commits = text
    .split(RECORD)
    .map((record) => record.trim())
    .filter((record) => record !== "")
    .map((record): Commit => {
      const [hash = "", subject = "", body = ""] = record.split(FIELD);
      return { hash, subject, body };
    });
  const since = previous === undefined ? "All commits so far." : `Since ${previous}.`;
  return notesOf(commits.map(readCommit), since);
}

/** The nearest version tag that the commit's parents have. */
async function tagBefore(folder: string, commit: string, tag: string): Promise<string | undefined> {
  const args = ["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "--exclude", tag, commit];
  return git(folder, ...args).then(
    (text) => text.trim() || undefined,
    () => undefined,
  );
}

async function git(folder: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await run("git", args, { cwd: folder, maxBuffer: 1 << 26 });
    return stdout;
  } catch (cause) {
    throw new SluiceError("invalid-input", `git ${args[0]} failed in ${folder}`, {
      cause,
      hint: "check the repository out with `fetch-depth: 0`, so that all tags and commits are there",
    });
  }
}
