import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Hub } from "../hub.ts";
import { gitWith } from "./source.ts";

export interface FileChange {
  readonly path: string;
  /** Undefined when the file goes. */
  readonly bytes: Buffer | undefined;
}

/** A commit of files on top of another one; undefined when git refuses a path. In an index of its own, so that requests do not meet. */
export async function commitFiles(
  hub: Hub,
  change: {
    readonly parent: string;
    readonly files: readonly FileChange[];
    readonly message: string;
    readonly author: { readonly name: string; readonly email: string } | undefined;
  },
): Promise<string | undefined> {
  const index = join(hub.facts.folder, `index-${randomUUID()}`);
  const env: { [name: string]: string } = { GIT_INDEX_FILE: index };
  const { author } = change;
  if (author) Object.assign(env, { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email });
  try {
    if ((await gitWith(hub, "", ["read-tree", change.parent], env)) === undefined) return undefined;
    let info = "";
    for (const { path, bytes } of change.files) {
      const blob = bytes && (await gitWith(hub, bytes, ["hash-object", "-w", "--stdin"]))?.trim();
      info += blob ? `100644 ${blob}\t${path}\0` : `0 ${"0".repeat(40)}\t${path}\0`;
    }
    if ((await gitWith(hub, info, ["update-index", "-z", "--index-info"], env)) === undefined)
      return undefined;
    const tree = (await gitWith(hub, "", ["write-tree"], env))?.trim();
    if (!tree) return undefined;
    const args = ["commit-tree", tree, "-p", change.parent];
    return (await gitWith(hub, change.message, args, env))?.trim();
  } finally {
    await rm(index, { force: true });
  }
}
