import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { SluiceError } from "../../lib/error.ts";
import { digestOfFile } from "../../lib/evidence/digest.ts";
import type { Digest } from "../../lib/units/digest.ts";

export interface Attachment {
  readonly path: string;
  readonly name: string;
  readonly digest: Digest;
}

/** All named files, and all files in named folders; two of one name cannot both be attached. */
export async function attachments(
  names: readonly string[],
  workspace: string,
): Promise<Attachment[]> {
  const paths = (
    await Promise.all(names.map((name) => filesAt(resolve(workspace, name), name)))
  ).flat();
  const files = await Promise.all(
    paths.map(async (path) => ({ path, name: basename(path), digest: await digestOfFile(path) })),
  );
  const twice = files.find(({ name }, at) => files.findIndex((one) => one.name === name) < at);
  if (!twice) return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  throw new SluiceError("invalid-input", `two files are called ${twice.name}`, {
    hint: "name one of them, or give them other names",
  });
}

async function filesAt(path: string, name: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  if (found?.isDirectory()) {
    const inside = await readdir(path, { recursive: true, withFileTypes: true });
    return inside.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  }
  throw new SluiceError("invalid-input", `files: there is no ${name}`, {
    hint: "was the artifact downloaded by an earlier step?",
  });
}

/** The digests as they stand at the end of the notes. */
export function listed(files: readonly Attachment[]): string {
  if (files.length === 0) return "";
  const lines = files.map(({ name, digest }) => `${digest.slice("sha256:".length)}  ${name}`);
  return `\n## Files\n\n\`\`\`\n${lines.join("\n")}\n\`\`\`\n`;
}
