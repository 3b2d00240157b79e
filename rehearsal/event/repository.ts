import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const NO_COMMIT = "0".repeat(40);

/** What git knows about a folder; every field has a stand-in, since a folder need not be a repository. */
export interface Repository {
  readonly root: string;
  /** `owner/name`, from the remote `origin`; `local/NAME` without one. */
  readonly fullName: string;
  readonly sha: string;
  /** The commit before it; undefined for the first one. */
  readonly parent: string | undefined;
  readonly branch: string;
  /** The full name of the branch that is checked out, if one is. */
  readonly head: string | undefined;
  readonly defaultBranch: string;
  readonly hasCommit: boolean;
  readonly dirty: boolean;
  /** The whole message of the commit. */
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
}

type CommitFacts = Pick<Repository, "message" | "author">;

export async function git(cwd: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run("git", args, {
      cwd,
      maxBuffer: 2 ** 26,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" },
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** Looks at a folder with git, a few milliseconds' worth. */
export async function readRepository(dir: string): Promise<Repository> {
  // All at once: for a folder without git four answers come for nothing, for all others one wait less.
  const [isRoot, log, origin, originHead, status = ""] = await Promise.all([
    isRepositoryRoot(dir),
    git(dir, "log", "-1", "--format=%H%n%P%n%an%n%ae%n%B"),
    git(dir, "remote", "get-url", "origin"),
    git(dir, "symbolic-ref", "--short", "refs/remotes/origin/HEAD"),
    git(dir, "status", "--porcelain=v2", "--branch", "--untracked-files=normal", "--", "."),
  ]);
  if (!isRoot) return withoutGit(dir);
  const [sha, parents = "", ...commit] = (log ?? "").split("\n");
  const named = /^# branch\.head (.+)$/m.exec(status)?.[1];
  const branch = named === "(detached)" ? undefined : named;
  return {
    root: dir,
    fullName: nameOf(origin) ?? localName(dir),
    sha: sha || NO_COMMIT,
    parent: parents.split(" ")[0] || undefined,
    branch: branch ?? "main",
    head: branch === undefined ? undefined : `refs/heads/${branch}`,
    defaultBranch: originHead?.replace(/^origin\//, "") ?? "main",
    hasCommit: Boolean(sha),
    dirty: status.split("\n").some((line) => line !== "" && !line.startsWith("#")),
    ...commitFacts(commit),
  };
}

function commitFacts([name, email, ...message]: readonly string[]): CommitFacts {
  return {
    message: message.join("\n"),
    author: { name: name || "rehearsal", email: email || "rehearsal@localhost" },
  };
}

/** The repository as it is told of at `sha`, which need not be the commit that is checked out. */
export async function atCommit(repository: Repository, sha: string): Promise<Repository> {
  if (sha === repository.sha) return repository;
  const log = await git(repository.root, "show", "-s", "--format=%an%n%ae%n%B", sha);
  return log === undefined ? repository : { ...repository, ...commitFacts(log.split("\n")) };
}

/** A folder inside somebody else's repository is not that repository. */
export async function isRepositoryRoot(dir: string): Promise<boolean> {
  return (await git(dir, "rev-parse", "--show-prefix")) === "";
}

function withoutGit(dir: string): Repository {
  return {
    root: dir,
    fullName: localName(dir),
    sha: NO_COMMIT,
    parent: undefined,
    branch: "main",
    head: undefined,
    defaultBranch: "main",
    hasCommit: false,
    dirty: false,
    message: "",
    author: { name: "rehearsal", email: "rehearsal@localhost" },
  };
}

function localName(dir: string): string {
  return `local/${basename(dir).replace(/[^\w.-]+/g, "-") || "repository"}`;
}

function nameOf(url: string | undefined): string | undefined {
  const match = /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url ?? "");
  return /^(https?:|ssh:|git@|git:)/.test(url ?? "") ? match?.[1] : undefined;
}

/** The full name of a ref that people write short: an existing tag or branch, else what it looks like. */
export async function fullRef(dir: string, ref: string): Promise<string> {
  if (ref.startsWith("refs/")) return ref;
  for (const kind of ["tags", "heads"]) {
    if (await git(dir, "rev-parse", "--verify", "--quiet", `refs/${kind}/${ref}`))
      return `refs/${kind}/${ref}`;
  }
  return /^v?\d+\.\d+/.test(ref) ? `refs/tags/${ref}` : `refs/heads/${ref}`;
}

export async function commitOf(dir: string, ref: string): Promise<string | undefined> {
  return (await git(dir, "rev-parse", "--verify", "--quiet", `${ref}^{commit}`)) || undefined;
}

/**
 * The files that differ between two commits, or since they parted; those of the last commit when the first is not known.
 */
export async function changedFiles(
  dir: string,
  before: string,
  after: string,
  since: "before" | "parting",
): Promise<string[] | undefined> {
  const known = before !== NO_COMMIT && (await commitOf(dir, before));
  const range = since === "parting" ? [`${before}...${after}`] : [before, after];
  const listed = known
    ? await git(dir, "diff", "--name-only", "-z", ...range)
    : await git(dir, "show", "--first-parent", "--format=", "--name-only", "-z", after);
  return listed?.split("\0").filter((file) => file !== "");
}
