import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Answers } from "./answers.ts";
import { LIBRARY_ROOT } from "./library.ts";

const run = promisify(execFile);
const ENVIRONMENT = "environments/rehearsal.yaml";
const VERSION = "v0.1.0";

/** Rehearses a first release in a committed copy: the repository itself gets no commit, no tag and no site. */
export async function rehearseCopy(dir: string, { library }: Answers): Promise<number> {
  const copy = await realpath(await mkdtemp(join(tmpdir(), "sluice-init-")));
  try {
    await copyFiles(dir, copy);
    await commit(copy);
    const variables = join(copy, ".sluice", "rehearsal.env");
    await mkdir(dirname(variables), { recursive: true });
    await writeFile(variables, `SLUICE_ENVIRONMENT_FILE=${ENVIRONMENT}\n`);
    console.log(`\nRehearsing the release of ${VERSION} in a copy`);
    const up = await sluice(copy, ["site", "up", "--environment", ENVIRONMENT, "--detach"]);
    if (up !== 0) return up;
    try {
      const mapping = `${library.repository}@${library.ref}=${LIBRARY_ROOT}`;
      const release = ["rehearse", "release", "--ref", `refs/tags/${VERSION}`, "--repo", mapping];
      return await sluice(copy, [...release, "--var-file", variables, "--approve", "always"]);
    } finally {
      await sluice(copy, ["site", "down", "--environment", ENVIRONMENT]);
    }
  } finally {
    await rm(copy, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What git would add; without git, everything but the dependencies. */
async function copyFiles(from: string, to: string): Promise<void> {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const listed = await run("git", args, { cwd: from, maxBuffer: 2 ** 26 }).catch(() => undefined);
  if (!listed) {
    const filter = (path: string): boolean =>
      !/\/(node_modules|\.git|\.sluice)(\/|$)/.test(path.slice(from.length));
    await cp(from, to, { recursive: true, filter });
    return;
  }
  for (const path of listed.stdout.split("\0").filter((name) => name !== "")) {
    // One that is listed may be deleted in the working tree.
    await cp(join(from, path), join(to, path), { recursive: true }).catch(() => {});
  }
}

async function commit(dir: string): Promise<void> {
  const who = [
    "-c",
    "user.name=rehearsal",
    "-c",
    "user.email=rehearsal@localhost",
    "-c",
    "commit.gpgsign=false",
  ];
  await run("git", ["init", "--quiet", "--initial-branch=main"], { cwd: dir });
  await run("git", ["add", "--all"], { cwd: dir });
  await run("git", [...who, "commit", "--quiet", "--message", "Rehearse"], { cwd: dir });
}

function sluice(cwd: string, args: readonly string[]): Promise<number> {
  const command = join(LIBRARY_ROOT, "cli", "sluice.js");
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    stdio: "inherit",
    env: { ...process.env, SLUICE_SITES: cwd },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
