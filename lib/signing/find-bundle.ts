import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SluiceError } from "../error.ts";
import type { Digest } from "../units/digest.ts";
import { bundleBeside, readBundle } from "./bundle.ts";

/** A folder with more bundles was not made by one release. */
const MAX_BUNDLES = 50;

/**
 * The bundle of `file`'s signature: beside it under its name, or beside it or anywhere in `folder` under any other,
 * told by the digest that it names. When there is none, the one that should be there: who checks it says `unsigned`.
 */
export async function findBundle(file: string, digest: Digest, folder?: string): Promise<string> {
  const beside = bundleBeside(file);
  const bundles = await bundlesIn(folder ?? dirname(file), folder !== undefined);
  if (bundles.includes(beside)) return beside;
  for (const bundle of bundles) {
    if (await isSignatureOf(bundle, file, digest)) return bundle;
  }
  return beside;
}

async function bundlesIn(folder: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(folder, { recursive, withFileTypes: true });
  const bundles = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".sigstore.json"))
    .map((entry) => join(entry.parentPath, entry.name));
  if (bundles.length <= MAX_BUNDLES) return bundles.sort();
  throw new SluiceError("invalid-input", `${folder} holds ${bundles.length} bundles`, {
    hint: "name the one that is meant: bundle: PATH",
  });
}

/** Attestations and leftovers of other files may lie beside it: they are none, and no fault. */
async function isSignatureOf(bundle: string, file: string, digest: Digest): Promise<boolean> {
  return readBundle(bundle, file).then(
    (facts) => facts.digest === digest,
    () => false,
  );
}
