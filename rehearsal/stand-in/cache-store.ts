import { createHash } from "node:crypto";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";

/** One cache of a run: a path of the workspace lies in the folder under its own name. */
export interface StoredCache {
  readonly key: string;
  readonly folder: string;
  readonly paths: readonly string[];
}

/** The caches of one run. None is there when it starts, as in a repository's first run. */
export class CacheStore {
  readonly #folder: string;
  readonly #caches: (StoredCache & { readonly version: string })[] = [];
  /** Versions and keys of those that are being saved: nobody finds them before they are whole. */
  readonly #coming = new Set<string>();
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The exact key; else the newest that begins with one of the others, in their order. */
  find(version: string, key: string, restoreKeys: readonly string[]): StoredCache | undefined {
    const usable = this.#caches.filter((cache) => cache.version === version).reverse();
    const exact = usable.find((cache) => cache.key === key);
    if (exact) return exact;
    for (const beginning of [key, ...restoreKeys]) {
      const found = usable.find((cache) => cache.key.startsWith(beginning));
      if (found) return found;
    }
    return undefined;
  }

  /** False when there is one with this key already, or will be: a cache never changes. */
  async save(
    version: string,
    key: string,
    root: string,
    paths: readonly string[],
  ): Promise<boolean> {
    const name = `${version} ${key}`;
    if (this.#coming.has(name)) return false;
    if (this.#caches.some((cache) => cache.version === version && cache.key === key)) return false;
    this.#coming.add(name);
    const folder = join(this.#folder, String(++this.#count));
    try {
      await mkdir(folder, { recursive: true });
      for (const path of paths) await cp(join(root, path), join(folder, path), COPY);
      this.#caches.push({ version, key, folder, paths });
    } finally {
      this.#coming.delete(name);
    }
    return true;
  }

  async restore({ folder, paths }: StoredCache, root: string): Promise<void> {
    for (const path of paths) await cp(join(folder, path), join(root, path), COPY);
  }
}

const COPY = { recursive: true, force: true, verbatimSymlinks: true } as const;

/** Caches of other paths are other caches, as with the real action. */
export function versionOf(paths: readonly string[]): string {
  return createHash("sha256").update(paths.join("|")).digest("hex");
}
