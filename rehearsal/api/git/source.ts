import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import type { Hub } from "../hub.ts";
import { copyOf, gitEnv } from "./copy.ts";

const run = promisify(execFile);

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
