import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { digestOfValue } from "../../evidence/canonical.ts";
import { type Advisory, bucketsOf } from "./advisory.ts";
import { boltFile } from "./bolt.ts";

/** What trivy keeps beside the database; far enough in the future that no scan wants a newer one. */
const METADATA = {
  Version: 2,
  NextUpdate: "2099-01-01T00:00:00Z",
  UpdatedAt: "2026-01-01T00:00:00Z",
  DownloadedAt: "2026-01-01T00:00:00Z",
};

/** The files of a trivy database that knows just these advisories. */
export function tinyDatabaseFiles(advisories: readonly Advisory[]): Record<string, Buffer> {
  return {
    "metadata.json": Buffer.from(JSON.stringify(METADATA)),
    "trivy.db": boltFile(bucketsOf(advisories)),
  };
}

/**
 * A cache folder below `parent` that can be given to trivy-scan as `cache-dir` with `skip-db-update: true`, so that a
 * scan for vulnerabilities needs no network. Named by its content: asked for again, it is there already.
 */
export async function tinyDatabase(
  advisories: readonly Advisory[],
  parent: string,
): Promise<string> {
  const name = digestOfValue(advisories).slice("sha256:".length, "sha256:".length + 16);
  const folder = join(parent, `trivy-${name}`);
  if (await isThere(folder)) return folder;
  const partial = `${folder}.partial-${randomUUID()}`;
  await mkdir(join(partial, "db"), { recursive: true });
  for (const [file, bytes] of Object.entries(tinyDatabaseFiles(advisories))) {
    await writeFile(join(partial, "db", file), bytes);
  }
  await takePlace(partial, folder);
  return folder;
}

async function takePlace(partial: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  try {
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Somebody else made the same at the same time.
    if (!(await isThere(folder))) throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
