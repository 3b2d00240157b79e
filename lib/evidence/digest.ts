import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { SluiceError } from "../error.ts";
import type { Digest } from "../units/digest.ts";

/** The sha256 of a file's bytes. Throws `invalid-input` when it cannot be read. */
export async function digestOfFile(path: string): Promise<Digest> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw new SluiceError("invalid-input", `cannot read ${path}`, {
      cause,
      hint: "give the path of a file that exists, e.g. the build action's output `archive`",
    });
  }
  return `sha256:${hash.digest("hex")}` as Digest;
}

/** Throws `digest-mismatch`, naming both, unless the file is what `expected` says. */
export async function mustHaveDigest(path: string, expected: Digest): Promise<void> {
  const found = await digestOfFile(path);
  if (found === expected) return;
  throw new SluiceError("digest-mismatch", `${path} is ${found}, but ${expected} was let through`, {
    hint: "the bytes changed after the gate that named the digest; nothing was deployed. Build again, and find out who changed them",
  });
}
