import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { unpack } from "../../../archive/unpack.ts";
import { SluiceError } from "../../../error.ts";
import type { Digest } from "../../../units/digest.ts";
import type { Release } from "../../target.ts";
import { readIfThere, writeAtomically } from "./atomic-file.ts";
import { releaseSchema } from "./site-record.ts";

/** The last ones that stay, for a rollback. */
const KEPT = 3;
/** Of each release there are two. */
const KEPT_FILE = /^([0-9a-f]{64})\.(?:json|tar\.gz)$/;

/** Where the bytes of a release are kept below the folder of a site's releases, if they are. */
export function archiveIn(folder: string, digest: Digest): string {
  return join(folder, `${digest.slice("sha256:".length)}.tar.gz`);
}

/** The bytes of the last releases, by digest. */
export class ReleaseStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Removes what a supervisor that was killed had begun to take in, or to drop: nobody would ever look at it again. */
  async tidy(): Promise<void> {
    const names = new Set(await readdir(this.#folder));
    for (const name of names) {
      const hex = KEPT_FILE.exec(name)?.[1];
      const isWhole = names.has(`${hex}.json`) && names.has(`${hex}.tar.gz`);
      if (!isWhole) await rm(join(this.#folder, name), { force: true });
    }
  }

  /** Newest first. */
  async present(): Promise<Release[]> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(".json"));
    const found = await Promise.all(names.map((name) => this.#read(name)));
    return found
      .filter((one) => one !== null)
      .sort((a, b) => b.placedAtMs - a.placedAtMs)
      .map(({ release }) => release);
  }

  /** Unpacks the release into `into`; its bytes are kept once their digest is known to be right. */
  async unpack(release: Release, archivePath: string | undefined, into: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    if (archivePath === undefined) {
      await this.#assertPresent(release);
      await unpack(this.#archive(release.digest), release.digest, into);
    } else {
      await this.#takeIn(release, archivePath, into);
    }
    await this.#note(release);
  }

  /** Drops the oldest, but none that is `inUse`. */
  async prune(inUse: ReadonlySet<Digest>): Promise<void> {
    const old = (await this.present()).slice(KEPT);
    for (const { digest } of old.filter((release) => !inUse.has(release.digest))) {
      await rm(this.#meta(digest), { force: true });
      await rm(this.#archive(digest), { force: true });
    }
  }

  async #takeIn(release: Release, archivePath: string, into: string): Promise<void> {
    // Copied first: what is unpacked and what is kept are the same bytes, whatever happens to the original.
    const incoming = `${this.#archive(release.digest)}.incoming`;
    try {
      await copyFile(archivePath, incoming);
    } catch (cause) {
      await rm(incoming, { force: true });
      throw new SluiceError("no-such-release", `the archive ${archivePath} cannot be read`, {
        cause,
        hint: "give the path of the archive that the build made, readable by the site's supervisor",
      });
    }
    try {
      await unpack(incoming, release.digest, into);
      await rename(incoming, this.#archive(release.digest));
    } catch (error) {
      await rm(incoming, { force: true });
      throw renamed(error, incoming, archivePath);
    }
  }

  async #assertPresent(release: Release): Promise<void> {
    const there = await this.present();
    if (there.some(({ digest }) => digest === release.digest)) return;
    const names = there.map(({ version, digest }) => `${version} (${digest})`).join(", ");
    throw new SluiceError(
      "no-such-release",
      `${release.version} (${release.digest}) is not present; present is ${names || "nothing"}`,
      { hint: "name one that is present, or deploy its archive again" },
    );
  }

  async #note(release: Release): Promise<void> {
    const meta = this.#meta(release.digest);
    await writeAtomically(meta, `${JSON.stringify(release)}\n`);
    await utimes(meta, new Date(), new Date());
  }

  async #read(name: string): Promise<{ release: Release; placedAtMs: number } | null> {
    const path = join(this.#folder, name);
    const text = await readIfThere(path);
    // It may be dropped at any moment, also between the one and the other.
    const there = await stat(path).catch(() => null);
    const parsed = text === null ? null : releaseSchema.safeParse(JSON.parse(text));
    if (!there || !parsed?.success) return null;
    return { release: parsed.data, placedAtMs: there.mtimeMs };
  }

  #archive(digest: Digest): string {
    return archiveIn(this.#folder, digest);
  }

  #meta(digest: Digest): string {
    return join(this.#folder, `${digest.slice("sha256:".length)}.json`);
  }
}

/** The user knows the archive by the name that was given. */
function renamed(error: unknown, internal: string, given: string): unknown {
  if (!(error instanceof SluiceError) || !error.message.includes(internal)) return error;
  const options = error.hint === undefined ? {} : { hint: error.hint };
  return new SluiceError(error.code, error.message.replaceAll(internal, given), {
    ...options,
    cause: error.cause,
  });
}
