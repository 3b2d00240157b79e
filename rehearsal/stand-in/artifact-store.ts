import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SluiceError } from "../../lib/error.ts";

export interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly digest: string;
  /** Whether the digest is of the archive that was uploaded, or of the files. */
  readonly isArchiveDigest: boolean;
  readonly createdAt: string;
}

/** The artifacts of one run, as folders: what upload-artifact and download-artifact share. */
export class ArtifactStore {
  readonly #folder: string;
  readonly #artifacts = new Map<string, StoredArtifact>();
  /** Names of those that are being written: nobody sees them before they are whole. */
  readonly #coming = new Set<string>();
  #nextId = 1;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Stores files under their paths below `root`. An artifact is written once, unless `overwrite`. */
  async put(
    name: string,
    root: string,
    files: readonly string[],
    overwrite: boolean,
  ): Promise<StoredArtifact> {
    if (!this.reserve(name, overwrite)) {
      throw new SluiceError(
        "refused",
        `Failed to CreateArtifact: an artifact with the name '${name}' already exists in this run`,
        {
          hint: "Give each artifact its own name, or set overwrite: true.",
        },
      );
    }
    try {
      const artifact = made(this.nextId(), name);
      const stored = { ...artifact, digest: await this.#keep(root, files, artifact) };
      this.#artifacts.set(name, stored);
      return stored;
    } finally {
      this.#coming.delete(name);
    }
  }

  /** Keeps a name for one upload; false when there is such an artifact, or will be. */
  reserve(name: string, overwrite = false): boolean {
    if (this.#coming.has(name) || (this.#artifacts.has(name) && !overwrite)) return false;
    this.#coming.add(name);
    return true;
  }

  /** Copies the files, and returns the digest of what they are. */
  async #keep(root: string, files: readonly string[], artifact: StoredArtifact): Promise<string> {
    const folder = this.folderOf(artifact);
    await mkdir(folder, { recursive: true });
    const hash = createHash("sha256");
    for (const file of [...files].sort()) {
      const target = join(folder, file);
      await mkdir(dirname(target), { recursive: true });
      await cp(join(root, file), target, { dereference: true });
      hash
        .update(file)
        .update("\0")
        .update(await readFile(target));
    }
    return hash.digest("hex");
  }

  /** Takes over an artifact of an earlier run. */
  async adopt(name: string, folder: string): Promise<void> {
    const adopted = made(this.nextId(), name);
    await cp(folder, this.folderOf(adopted), { recursive: true });
    this.#artifacts.set(name, adopted);
  }

  nextId(): number {
    return this.#nextId++;
  }

  /** Takes what was uploaded as an archive, under a name that was kept for it; `fill` brings its files. */
  async take(
    { id, name }: { readonly id: number; readonly name: string },
    digest: string,
    fill: (folder: string) => Promise<void>,
  ): Promise<void> {
    const stored = { ...made(id, name), digest, isArchiveDigest: true };
    try {
      await mkdir(this.folderOf(stored), { recursive: true });
      await fill(this.folderOf(stored));
      this.#artifacts.set(name, stored);
    } finally {
      this.#coming.delete(name);
    }
  }

  async keepFile(path: string, folder: string, name: string): Promise<void> {
    await cp(path, join(folder, name));
  }

  async delete(artifact: StoredArtifact): Promise<void> {
    this.#artifacts.delete(artifact.name);
    await rm(this.folderOf(artifact), { recursive: true, force: true });
  }

  list(): StoredArtifact[] {
    return [...this.#artifacts.values()];
  }

  folderOf(artifact: StoredArtifact): string {
    return join(this.#folder, String(artifact.id));
  }

  find(name: string): StoredArtifact | undefined {
    return this.#artifacts.get(name);
  }

  /** Copies an artifact's files into a folder; returns how many there were. */
  async copyTo(artifact: StoredArtifact, target: string): Promise<number> {
    const folder = this.folderOf(artifact);
    await mkdir(target, { recursive: true });
    if (!existsSync(folder)) return 0;
    await cp(folder, target, { recursive: true, force: true });
    return countFiles(folder);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function made(id: number, name: string): StoredArtifact {
  return { id, name, digest: "", isArchiveDigest: false, createdAt: new Date().toISOString() };
}

async function countFiles(folder: string): Promise<number> {
  let count = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    if ((await stat(join(folder, name))).isFile()) count++;
  }
  return count;
}
