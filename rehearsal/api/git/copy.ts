import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ApiRefusal } from "../call.ts";
import type { Hub } from "../hub.ts";

const run = promisify(execFile);

type Refs = ReadonlyMap<string, string>;

interface Copy {
  readonly path: string;
  readonly refs: Refs;
}

const copies = new WeakMap<Hub, Promise<Copy>>();

/**
 * A bare copy of the repository, which stands for GitHub's: what the API makes and what steps push comes to lie there,
 * and the repository of the person who rehearses stays as it is.
 */
export async function copyOf(hub: Hub): Promise<string> {
  if (!hub.facts.hasCommit) throw new ApiRefusal(409, "Git Repository is empty.");
  const made = copies.get(hub) ?? makeCopy(hub);
  copies.set(hub, made);
  return (await made).path;
}

async function makeCopy(hub: Hub): Promise<Copy> {
  const path = join(hub.facts.folder, "github.git");
  const args = ["clone", "--quiet", "--bare", "--shared", "--", hub.facts.root, path];
  await run("git", args, { env: gitEnv() });
  const { ref, sha } = hub.facts;
  // The event's own ref is there on GitHub, also when the rehearsed tag is not made yet.
  if (/^refs\/(heads|tags|pull)\//.test(ref)) {
    await run("git", ["update-ref", ref, sha], { cwd: path, env: gitEnv() }).catch(() => {});
  }
  return { path, refs: await refsIn(path) };
}

async function refsIn(path: string): Promise<Refs> {
  const args = ["for-each-ref", "--format=%(refname) %(objectname)"];
  const { stdout } = await run("git", args, { cwd: path, env: gitEnv(), maxBuffer: 2 ** 26 });
  const lines = stdout.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => line.split(" ") as [string, string]));
}

/** Notes the refs that were pushed, beside those that the API was asked for. */
export async function notePushes(hub: Hub): Promise<void> {
  const copy = await copies.get(hub)?.catch(() => undefined);
  if (!copy) return;
  const now = await refsIn(copy.path);
  for (const [ref, sha] of now) if (copy.refs.get(ref) !== sha) hub.refs.set(ref, sha);
  for (const ref of copy.refs.keys()) if (!now.has(ref)) hub.refs.set(ref, null);
}

export function gitEnv(): NodeJS.ProcessEnv {
  const name = "github-actions[bot]";
  const email = "41898282+github-actions[bot]@users.noreply.github.com";
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LC_ALL: "C",
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}
