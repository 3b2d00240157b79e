import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, cp, mkdir, readdir, rm } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { SluiceError } from "../../lib/error.ts";
import { isRepositoryRoot } from "../event/repository.ts";
import { toText } from "../language/value.ts";
import type { JobResult } from "../run-event.ts";
import { input, type StandInCall } from "./stand-in.ts";

const run = promisify(execFile);

/** Clones the repository of --dir, or a mapped one, at the event's commit or at `ref`. */
export async function checkout(call: StandInCall): Promise<JobResult> {
  const { job, log } = call;
  const { github } = job.contexts;
  const own = toText(github.repository);
  const repository = input(call, "repository") || own;
  const isOwn = repository.toLowerCase() === own.toLowerCase();
  const source = isOwn ? job.checkoutRoot : mappedRoot(call, repository);
  const target = resolve(job.folders.workspace, input(call, "path"));
  const inside = `${target}${sep}`.startsWith(`${job.folders.workspace}${sep}`);
  if (!inside) {
    throw new SluiceError(
      "invalid-input",
      `Repository path '${target}' is not under '${job.folders.workspace}'`,
    );
  }
  await clear(target);
  const wanted = input(call, "ref") || (isOwn ? toText(github.sha) : "HEAD");
  if (!(await hasCommit(source))) {
    log.annotate("notice", `${repository} has no commit yet: its files are copied as they are.`);
    await copyFiles(source, target);
    return "success";
  }
  const commit = await (isOwn ? ownCommit(call, source, wanted) : resolveCommit(source, wanted));
  const depth = Number(input(call, "fetch-depth") || "1");
  // A push of a rehearsed step goes to the rehearsal's GitHub, not into somebody's repository.
  const origin = isOwn ? await job.origin() : source;
  await clone(
    source,
    origin,
    target,
    commit,
    isOwn && !input(call, "ref") ? toText(github.ref) : wanted,
    depth,
  );
  if (isOwn) await redirect(call, target, own, origin);
  call.outputs.ref = input(call, "ref") || toText(github.ref);
  call.outputs.commit = commit;
  log.write("runner", `Checked out ${repository} at ${commit}`);
  return "success";
}

/** Also where a step writes the repository's address out, with its token or without. */
async function redirect(
  call: StandInCall,
  target: string,
  repository: string,
  origin: string,
): Promise<void> {
  const token = toText(call.job.contexts.github.token);
  const addresses = ["", `x-access-token:${token}@`, `${token}@`].flatMap((who) =>
    [".git", ""].map((end) => `\tinsteadOf = "https://${who}github.com/${repository}${end}"\n`),
  );
  // Written at once: a process of git for each line would take longer than the clone.
  await appendFile(join(target, ".git", "config"), `[url "${origin}"]\n${addresses.join("")}`);
}

function mappedRoot(call: StandInCall, repository: string): string {
  const ref = input(call, "ref");
  const same = call.job.mappings.filter(
    (mapping) => mapping.repository.toLowerCase() === repository.toLowerCase(),
  );
  const found = same.find((mapping) => mapping.ref === ref) ?? same[0];
  if (found) return found.path;
  throw new SluiceError(
    "refused",
    `actions/checkout wants ${repository}, which is not on this machine`,
    {
      hint: `Add --repo ${repository}@${ref || "HEAD"}=<path of a checkout>.`,
    },
  );
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run("git", args, {
    cwd,
    maxBuffer: 2 ** 26,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
  });
  return stdout.trim();
}

async function hasCommit(source: string): Promise<boolean> {
  if (!(await isRepositoryRoot(source))) return false;
  return git(source, "rev-parse", "--verify", "--quiet", "HEAD").then(
    () => true,
    () => false,
  );
}

/** The event may be about a commit or a tag that is not here yet: rehearsing before pushing is the point. */
async function ownCommit(call: StandInCall, source: string, wanted: string): Promise<string> {
  const { github } = call.job.contexts;
  const found = await findCommit(source, wanted);
  if (found) return found;
  const isEvents = [github.sha, github.ref, github.ref_name].some(
    (name) => toText(name) === wanted,
  );
  if (!isEvents) return resolveCommit(source, wanted);
  const other =
    (await findCommit(source, toText(github.sha))) ?? (await resolveCommit(source, "HEAD"));
  call.log.annotate(
    "notice",
    `${wanted} is not in this repository yet; ${other} is checked out for it.`,
  );
  return other;
}

async function findCommit(source: string, ref: string): Promise<string | undefined> {
  for (const candidate of [
    ref,
    `refs/heads/${ref}`,
    `refs/tags/${ref}`,
    `refs/remotes/origin/${ref}`,
  ]) {
    const found = await git(
      source,
      "rev-parse",
      "--verify",
      "--quiet",
      `${candidate}^{commit}`,
    ).catch(() => "");
    if (found) return found;
  }
  return undefined;
}

async function resolveCommit(source: string, ref: string): Promise<string> {
  const found = await findCommit(source, ref);
  if (found) return found;
  throw new SluiceError(
    "invalid-input",
    `A branch, tag or commit '${ref}' could not be found in ${source}`,
  );
}

async function clone(
  source: string,
  origin: string,
  target: string,
  commit: string,
  ref: string,
  depth: number,
): Promise<void> {
  await mkdir(target, { recursive: true });
  await git(target, "init", "--quiet", "--initial-branch=main");
  const limits = depth > 0 ? [`--depth=${depth}`] : [];
  const refspecs =
    depth > 0
      ? [commit]
      : ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*", commit];
  await git(target, "remote", "add", "origin", origin);
  await git(
    target,
    "-c",
    "protocol.file.allow=always",
    "fetch",
    "--quiet",
    ...(depth > 0 ? ["--no-tags"] : []),
    ...limits,
    pathToFileURL(source).href,
    ...refspecs,
  );
  const branch = /^(?:refs\/heads\/)?([^/].*)$/.exec(ref)?.[1];
  const isTag = ref.startsWith("refs/tags/");
  if (isTag) await git(target, "update-ref", ref, commit);
  if (ref.startsWith("refs/heads/") && branch)
    await git(target, "checkout", "--quiet", "--force", "-B", branch, commit);
  else await git(target, "checkout", "--quiet", "--force", "--detach", commit);
}

/** Without a commit there is nothing to clone: what git would add is copied. */
async function copyFiles(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const listed = await git(
    source,
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    "-z",
  ).catch(() => undefined);
  if (listed === undefined) {
    await cp(source, target, { recursive: true, filter: (path) => !path.includes("node_modules") });
    return;
  }
  for (const file of listed.split("\0")) {
    if (file === "" || !existsSync(join(source, file))) continue;
    await cp(join(source, file), join(target, file), { recursive: true });
  }
}

async function clear(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder))
    await rm(join(folder, name), { recursive: true, force: true });
}
