import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SluiceError } from "../../lib/error.ts";
import { git, repositoryOf } from "./repository.ts";

/** Where this Sluice lies. */
export const LIBRARY_ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** This very checkout, as GitHub would find it; undefined when it came from elsewhere. */
export function ownReference(): string | undefined {
  const repository = repositoryOf(LIBRARY_ROOT);
  const commit = git(LIBRARY_ROOT, "rev-parse", "HEAD");
  return repository && commit ? `${repository}@${commit}` : undefined;
}

/** `actions/checkout@SHA # v7.0.1`, as our own workflow pins it: what is written elsewhere is then as new as we are. */
export function pinned(action: string): string {
  const workflow = readFileSync(`${LIBRARY_ROOT}/.github/workflows/release.yml`, "utf8");
  const found = new RegExp(`uses: (${action}@[0-9a-f]{40} # v[\\w.]+)`).exec(workflow)?.[1];
  if (found) return found;
  throw new SluiceError("internal", `release.yml of Sluice does not pin ${action}`);
}
