import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packArchive } from "../../lib/archive/pack.ts";
import { selectEntries } from "../../lib/archive/select.ts";
import type { PlaceableRelease } from "../../lib/targets/target.ts";
import { copyEngine } from "../engine/support/engine-process.ts";

/** The repository's packages for what is unpacked anywhere below `folder`, so that archives need not carry them. */
export function lendPackages(folder: string): void {
  symlinkSync(join(import.meta.dirname, "..", "..", "node_modules"), join(folder, "node_modules"));
}

/** A version of the engine with a fault on purpose, packed into `folder` without its packages. */
export function packEngine(
  folder: string,
  version: string,
  fault: Record<string, number>,
): Promise<PlaceableRelease> {
  return packChangedEngine(folder, version, (root) =>
    writeFileSync(join(root, "engine/fault.json"), JSON.stringify(fault)),
  );
}

/** A version of the engine whose sources `change` has changed, below the folder that it is given. */
export async function packChangedEngine(
  folder: string,
  version: string,
  change: (root: string) => void,
): Promise<PlaceableRelease> {
  using copy = copyEngine();
  const root = copy.folder;
  change(root);
  const entries = await selectEntries({ root, patterns: ["engine"], exclude: [], skip: [] });
  const archivePath = join(folder, `engine-${version}.tar.gz`);
  const { signal } = new AbortController();
  const settings = { root, output: archivePath, epochSeconds: 1_700_000_000, signal };
  const { digest } = await packArchive(entries, settings);
  return { name: "engine", version, commit: "0".repeat(40), digest, archivePath };
}
