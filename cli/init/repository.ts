import { execFileSync } from "node:child_process";

/** `owner/name` of a repository that is on GitHub; undefined where its origin says nothing of it. */
export function repositoryOf(dir: string): string | undefined {
  const origin = git(dir, "remote", "get-url", "origin") ?? "";
  return /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(origin)?.[1];
}

/** The branch that is checked out, also before its first commit. */
export function branchOf(dir: string): string | undefined {
  const branch = git(dir, "symbolic-ref", "--short", "HEAD");
  return branch !== undefined && /^[\w./-]+$/.test(branch) ? branch : undefined;
}

/** What git prints; undefined where there is no repository, or no git. */
export function git(dir: string, ...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd: dir,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}
