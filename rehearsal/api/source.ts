import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ApiRefusal } from "./call.ts";
import type { Hub } from "./hub.ts";

const run = promisify(execFile);
const copies = new WeakMap<Hub, Promise<string>>();

/** A bare copy of the repository, where refs and commits that the API makes come to lie; the original stays as it is. */
function copyOf(hub: Hub): Promise<string> {
  if (!hub.facts.hasCommit) throw new ApiRefusal(409, "Git Repository is empty.");
  const known = copies.get(hub);
  if (known) return known;
  const made = (async () => {
    const path = join(hub.facts.folder, "github.git");
    if (existsSync(path)) return path;
    const args = ["clone", "--quiet", "--bare", "--shared", "--", hub.facts.root, path];
    await run("git", args, { env: gitEnv() });
    const { ref, sha } = hub.facts;
    // The event's own ref is there on GitHub, also when the rehearsed tag is not made yet.
    if (/^refs\/(heads|tags)\//.test(ref)) {
      await run("git", ["update-ref", ref, sha], { cwd: path, env: gitEnv() }).catch(() => {});
    }
    return path;
  })();
  copies.set(hub, made);
  return made;
}

function gitEnv(): NodeJS.ProcessEnv {
  const who = {
    NAME: "github-actions[bot]",
    EMAIL: "41898282+github-actions[bot]@users.noreply.github.com",
  };
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LC_ALL: "C",
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
  };
}

/** What git answers, or undefined when it refuses. */
export async function git(hub: Hub, ...args: string[]): Promise<string | undefined> {
  const cwd = await copyOf(hub);
  const options = { cwd, env: gitEnv(), maxBuffer: 2 ** 26 };
  return run("git", args, options).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

/** The bytes of an object of git. */
export async function gitBytes(hub: Hub, ...args: string[]): Promise<Buffer | undefined> {
  const cwd = await copyOf(hub);
  const options = { cwd, env: gitEnv(), maxBuffer: 2 ** 27, encoding: "buffer" as const };
  return run("git", args, options).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

/** Hands bytes to git; undefined when it refuses them. */
export async function gitWith(
  hub: Hub,
  input: Buffer | string,
  args: readonly string[],
  env: { readonly [name: string]: string } = {},
): Promise<string | undefined> {
  const cwd = await copyOf(hub);
  return new Promise((resolve) => {
    const child = spawn("git", args, {
      cwd,
      env: { ...gitEnv(), ...env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
    });
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? out : undefined));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** The commit that a branch, a tag or a SHA stands for. */
export async function commitAt(hub: Hub, ref: string): Promise<string | undefined> {
  const { facts } = hub;
  const isEvents = [facts.ref, facts.sha, facts.ref.replace(/^refs\/(heads|tags)\//, "")].includes(
    ref,
  );
  if (!facts.hasCommit) return isEvents ? facts.sha : undefined;
  if (ref.startsWith("-")) return undefined;
  for (const name of [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/${ref}`, ref]) {
    const found = await git(
      hub,
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${name}^{commit}`,
    );
    if (found) return found.trim();
  }
  return isEvents ? facts.sha : undefined;
}
