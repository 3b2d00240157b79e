import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SluiceError } from "../../lib/error.ts";

/** Where this Sluice lies. */
export const LIBRARY_ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** This very checkout, as GitHub would find it; undefined when it came from elsewhere. */
export function ownReference(): string | undefined {
  const origin = git("remote", "get-url", "origin");
  const repository = /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(origin ?? "")?.[1];
  const commit = git("rev-parse", "HEAD");
  return repository && commit ? `${repository}@${commit}` : undefined;
}

function git(...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd: LIBRARY_ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

/** `actions/checkout@SHA # v7.0.1`, as our own workflow pins it: what is written elsewhere is then as new as we are. */
export function pinned(action: string): string {
  const workflow = readFileSync(`${LIBRARY_ROOT}/.github/workflows/release.yml`, "utf8");
  const found = new RegExp(`uses: (${action}@[0-9a-f]{40} # v[\\w.]+)`).exec(workflow)?.[1];
  if (found) return found;
  throw new SluiceError("internal", `release.yml of Sluice does not pin ${action}`);
}
