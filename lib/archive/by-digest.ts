import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { SluiceError } from "../error.ts";
import { digestOfFile, mustHaveDigest } from "../evidence/digest.ts";
import type { Digest } from "../units/digest.ts";

/** A folder with more files was not made by a build. */
const MAX_FILES = 100;

/**
 * The file that is `digest`: `path` itself, or the one in that folder (an artifact is unpacked into a folder,
 * under whatever name it was built). Throws `digest-mismatch` or `invalid-input`, and nothing is deployed.
 */
export async function archiveOf(path: string, digest: Digest): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) {
    await mustHaveDigest(path, digest);
    return path;
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length > MAX_FILES) throw tooMany(path, files.length);
  const digests = await Promise.all(
    files.map(async (file) => ({ file, is: await digestOfFile(file) })),
  );
  const match = digests.find(({ is }) => is === digest);
  if (match) return match.file;
  const there = digests.map(({ file, is }) => `${file} (${is})`).join(", ") || "nothing";
  throw new SluiceError("digest-mismatch", `no file in ${path} is ${digest}; there is ${there}`, {
    hint: "the bytes changed after the gate that named the digest, or another artifact was fetched; nothing was deployed",
  });
}

function tooMany(path: string, count: number): SluiceError {
  return new SluiceError("invalid-input", `archive: ${path} holds ${count} files`, {
    hint: "give the archive itself, or a folder that holds it alone",
  });
}
