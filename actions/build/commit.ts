import { getExecOutput } from "@actions/exec";
import { SluiceError } from "../../lib/error.ts";

/** What is built, and when that was written. */
export interface Commit {
  hash: string;
  epochSeconds: number;
}

const HASH = /^[0-9a-f]{40,64}$/;

/**
 * The commit that is checked out in `folder`. Without git, GITHUB_SHA names it and SOURCE_DATE_EPOCH its time;
 * the latter wins in any case, as reproducible builds expect.
 */
export async function readCommit(folder: string, env: NodeJS.ProcessEnv): Promise<Commit> {
  const [head = "", written = ""] = (await git(folder, ["log", "-1", "--format=%H %ct"])).split(
    " ",
  );
  const hash = head || env.GITHUB_SHA || "";
  const epoch = env.SOURCE_DATE_EPOCH || written;
  if (!HASH.test(hash)) {
    throw new SluiceError(
      "invalid-input",
      `${folder} is no git checkout, and GITHUB_SHA names no commit`,
      {
        hint: "check the repository out before this step (actions/checkout)",
      },
    );
  }
  if (!/^\d{1,11}$/.test(epoch)) {
    throw new SluiceError("invalid-input", `the time of commit ${hash} is not known`, {
      hint: "check the repository out, or set SOURCE_DATE_EPOCH to a number of seconds",
    });
  }
  return { hash, epochSeconds: Number(epoch) };
}

/** Tracked files of `folder` that are not as they were committed. */
export async function changedFiles(folder: string): Promise<string[]> {
  const status = await git(folder, ["status", "--porcelain", "--untracked-files=no", "--", "."]);
  return status.split("\n").filter((line) => line !== "");
}

/** What git printed; nothing where it cannot answer. */
async function git(cwd: string, args: string[]): Promise<string> {
  const options = { cwd, silent: true, ignoreReturnCode: true };
  try {
    const { exitCode, stdout } = await getExecOutput("git", args, options);
    return exitCode === 0 ? stdout.trimEnd() : "";
  } catch {
    return "";
  }
}
