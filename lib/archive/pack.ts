import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Pack, pack as startTar } from "tar-stream";
import { SluiceError } from "../error.ts";
import { type Digest, parseDigest } from "../units/digest.ts";
import type { Entry } from "./entry.ts";

export interface PackSettings {
  /** The folder that the entries are relative to. */
  root: string;
  /** Where the tar.gz goes; it appears only when it is complete. */
  output: string;
  /** The time of every entry. */
  epochSeconds: number;
  signal: AbortSignal;
}

export interface Packed {
  digest: Digest;
  sizeBytes: number;
}

/**
 * Writes `entries` as a tar.gz whose bytes depend on them alone: given order, one time, no owners, modes 644 and
 * 755, no name or time in the gzip header.
 */
export async function packArchive(
  entries: readonly Entry[],
  settings: PackSettings,
): Promise<Packed> {
  const { output, signal } = settings;
  const partial = `${output}.partial`;
  await mkdir(dirname(output), { recursive: true });
  const tar = startTar();
  const meter = new Meter();
  const file = createWriteStream(partial);
  try {
    await Promise.all([
      pipeline(tar, createGzip({ level: 9 }), meter, file, { signal }),
      addAll(tar, entries, settings),
    ]);
    await rename(partial, output);
  } catch (error) {
    tar.destroy();
    await closed(file);
    await rm(partial, { force: true });
    throw signal.aborted ? signal.reason : error;
  }
  return meter.result();
}

/** A file that is still being opened would appear after it was removed. */
function closed(file: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (file.closed) return resolve();
    file.once("close", resolve).on("error", () => {});
    file.destroy();
  });
}

async function addAll(tar: Pack, entries: readonly Entry[], settings: PackSettings): Promise<void> {
  for (const entry of entries) await add(tar, entry, settings);
  tar.finalize();
}

async function add(
  tar: Pack,
  entry: Entry,
  { root, epochSeconds, signal }: PackSettings,
): Promise<void> {
  signal.throwIfAborted();
  const header = headerOf(entry, epochSeconds);
  if (entry.kind !== "file") {
    tar.entry(header);
    return;
  }
  try {
    await pipeline(createReadStream(join(root, entry.path)), tar.entry(header), { signal });
  } catch (cause) {
    throw new SluiceError("build-failed", `${entry.path} could not be packed`, {
      cause,
      hint: "see that nothing changes or deletes it while it is packed",
    });
  }
}

function headerOf(entry: Entry, epochSeconds: number): Header {
  const common = { mtime: new Date(epochSeconds * 1000), uid: 0, gid: 0, uname: "", gname: "" };
  switch (entry.kind) {
    case "file": {
      const mode = entry.executable ? 0o755 : 0o644;
      return { ...common, type: "file", name: entry.path, size: entry.size, mode };
    }
    case "symlink":
      return { ...common, type: "symlink", name: entry.path, linkname: entry.to, mode: 0o777 };
    case "folder":
      return { ...common, type: "directory", name: `${entry.path}/`, mode: 0o755 };
  }
}

type Header = Parameters<Pack["entry"]>[0];

/** Passes bytes on, and knows their number and digest at the end. */
class Meter extends Transform {
  readonly #hash = createHash("sha256");
  #sizeBytes = 0;

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, chunk: Buffer) => void,
  ): void {
    this.#hash.update(chunk);
    this.#sizeBytes += chunk.length;
    done(null, chunk);
  }

  result(): Packed {
    const digest = parseDigest(this.#hash.digest("hex"));
    if (!digest) throw new SluiceError("internal", "a hash is no digest");
    return { digest, sizeBytes: this.#sizeBytes };
  }
}
