import { execFile } from "node:child_process";
import { cp, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { listenForInterrupts } from "../../lib/process/interrupts.ts";
import type { Answers } from "./answers.ts";
import { LIBRARY_ROOT } from "./library.ts";
import { KIT, makeKit } from "./rehearsal-kit.ts";
import { startRequests } from "./requests.ts";
import { runSluice } from "./sluice-process.ts";

const run = promisify(execFile);
const ENVIRONMENT = "environments/rehearsal.yaml";
const SITE = ["--environment", ENVIRONMENT];
/** The second has something to be compared with; after it there is something to go back to. */
const TAGS = ["v0.1.0", "v0.2.0"] as const;

/**
 * Rehearses two releases and a rollback in a committed copy: the repository itself gets no commit, no tag and no site.
 * The exit code is that of the first which did not end as it should. Copy and site are gone afterwards, also by Ctrl-C.
 */
export async function rehearseCopy(dir: string, answers: Answers): Promise<number> {
  const interrupts = listenForInterrupts(() => {
    console.error("Ending: the copy's site is taken down.");
  });
  const copy = await realpath(await mkdtemp(join(tmpdir(), "sluice-init-")));
  try {
    await copyFiles(dir, copy);
    await git(copy, "init", "--quiet", "--initial-branch=main");
    await makeKit(copy, interrupts.first);
    return await withSite(copy, answers, interrupts.first);
  } finally {
    await rm(copy, { recursive: true, force: true, maxRetries: 3 });
    interrupts.stop();
  }
}

async function withSite(copy: string, answers: Answers, signal: AbortSignal): Promise<number> {
  try {
    const up = await runSluice(copy, ["site", "up", ...SITE, "--detach"], signal);
    if (up.code !== 0) return up.code;
    const stopRequests = startRequests(siteUrl(up.output), answers.request);
    try {
      return await rehearseAll(copy, answers, signal);
    } finally {
      await stopRequests();
    }
  } finally {
    await runSluice(copy, ["site", "down", ...SITE]);
  }
}

async function rehearseAll(
  copy: string,
  { path, library }: Answers,
  signal: AbortSignal,
): Promise<number> {
  const mapping = `${library.repository}@${library.ref}=${LIBRARY_ROOT}`;
  const settings = [
    ...["--repo", mapping, "--approve", "always"],
    ...["--secret-file", join(KIT, "secrets.json"), "--var-file", join(KIT, "vars.json")],
  ];
  for (const tag of TAGS) {
    console.log(`\nRehearsing the release of ${tag} in a copy`);
    // Other bytes, so that it is another release.
    await writeFile(join(copy, path, "rehearsed-release.txt"), `${tag}\n`);
    await commit(copy, tag);
    const event = ["--event", "push", "--ref", `refs/tags/${tag}`];
    const { code } = await runSluice(copy, ["rehearse", "release", ...event, ...settings], signal);
    if (code !== 0) return code;
  }
  console.log(`\nRehearsing the rollback to ${TAGS[0]}`);
  const inputs = ["--input", "reason=a drill", "--input", "version=previous"];
  return (await runSluice(copy, ["rehearse", "rollback", ...inputs, ...settings], signal)).code;
}

function siteUrl(said: string): string | undefined {
  return /is up at (http:\S+)/.exec(said)?.[1];
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

async function commit(dir: string, tag: string): Promise<void> {
  await git(dir, "add", "--all");
  await git(dir, "commit", "--quiet", "--no-verify", "--message", `Rehearse ${tag}`);
  await git(dir, "tag", tag);
}

async function git(dir: string, ...args: string[]): Promise<void> {
  const settings = [
    "user.name=rehearsal",
    "user.email=rehearsal@localhost",
    "commit.gpgsign=false",
  ].flatMap((setting) => ["-c", setting]);
  await run("git", [...settings, ...args], { cwd: dir });
}
