import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, realpath, rename, rm, symlink } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Extract, extract, type Header } from "tar-stream";
import { SluiceError } from "../error.ts";
import type { Digest } from "../units/digest.ts";

export const MAX_UNPACKED_BYTES = 2 * 1024 ** 3;
export const MAX_ENTRIES = 200_000;

type Entry = Extract extends AsyncIterable<infer One> ? One : never;

/**
 * Unpacks a tar.gz into `folder`, which appears only when all of it is there and the archive's bytes have
 * `digest`. An archive is not trusted to stay inside: what leads out, or is neither file, folder nor
 * symlink, refuses the whole of it.
 */
export async function unpack(archive: string, digest: Digest, folder: string): Promise<void> {
  const temporary = `${folder}.unpacking`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  try {
    await unpackInto(temporary, archive, digest);
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function unpackInto(root: string, archive: string, digest: Digest): Promise<void> {
  const links: Array<{ path: string; to: string }> = [];
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const entries = extract();
  const reading = pipeline(createReadStream(archive), hashing, createGunzip(), entries);
  // It may fail while an entry is being written, and is looked at only afterwards.
  reading.catch(() => {});
  const budget = { entries: MAX_ENTRIES, bytes: MAX_UNPACKED_BYTES };
  let refused: unknown;
  try {
    for await (const entry of entries) {
      const link = await writeEntry(root, entry.header, entry, budget);
      if (link) links.push(link);
    }
    await reading;
  } catch (error) {
    refused = error;
  }
  await reading.catch(() => {});
  // Whatever else is wrong with bytes that are not the promised ones does not matter.
  if (refused !== undefined) await finishHash(archive, digest, refused);
  assertDigest(`sha256:${hash.digest("hex")}`, digest, archive);
  await makeLinks(root, links);
}

async function finishHash(archive: string, digest: Digest, refused: unknown): Promise<never> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(archive)) hash.update(chunk as Buffer);
  assertDigest(`sha256:${hash.digest("hex")}`, digest, archive);
  if (refused instanceof SluiceError) throw refused;
  throw new SluiceError("invalid-input", `${archive} is not a tar.gz that can be unpacked`, {
    cause: refused,
    hint: "build the archive with the build action",
  });
}

function assertDigest(actual: string, promised: Digest, archive: string): void {
  if (actual === promised) return;
  throw new SluiceError("digest-mismatch", `${archive} has ${actual}, promised was ${promised}`, {
    hint: "give the archive that the build made, or build again; nothing was unpacked",
  });
}

async function writeEntry(
  root: string,
  header: Header,
  content: Entry,
  budget: { entries: number; bytes: number },
): Promise<{ path: string; to: string } | undefined> {
  budget.entries -= 1;
  budget.bytes -= header.size ?? 0;
  if (budget.entries < 0 || budget.bytes < 0)
    throw refusal(header, `more than ${MAX_ENTRIES} entries or ${MAX_UNPACKED_BYTES} bytes`);
  const path = placeOf(root, header);
  switch (header.type) {
    case "directory":
      content.resume();
      await mkdir(path, { recursive: true });
      return undefined;
    case "file":
    case "contiguous-file": {
      await mkdir(dirname(path), { recursive: true });
      const mode = (header.mode ?? 0) & 0o111 ? 0o755 : 0o644;
      await pipeline(content, createWriteStream(path, { mode, flags: "wx" }));
      return undefined;
    }
    case "symlink":
      content.resume();
      if (!header.linkname || isAbsolute(header.linkname))
        throw refusal(header, `a symlink to ${header.linkname || "nowhere"}`);
      return { path, to: header.linkname };
    default:
      throw refusal(header, `a ${header.type ?? "thing of unknown kind"}`);
  }
}

function placeOf(root: string, header: Header): string {
  const { name } = header;
  if (name.includes("\0") || isAbsolute(name) || /^[A-Za-z]:|\\/.test(name))
    throw refusal(header, "an absolute or foreign path");
  const path = resolve(root, name);
  const inside = path === root ? header.type === "directory" : path.startsWith(root + sep);
  if (!inside || name.split("/").includes("..")) throw refusal(header, "a path that leads out");
  return path;
}

/**
 * Made last, so that no file is ever written through one, and none where it would be made through another; then each
 * must end inside, however it winds.
 */
async function makeLinks(root: string, links: Array<{ path: string; to: string }>): Promise<void> {
  const realRoot = await realpath(root);
  mustNotLeadThroughEachOther(root, links);
  for (const { path, to } of links) {
    await mkdir(dirname(path), { recursive: true });
    await symlink(to, path);
  }
  for (const { path, to } of links) {
    const end = await realpath(path).catch(() => undefined);
    if (end === undefined || (end !== realRoot && !end.startsWith(realRoot + sep)))
      throw refusal({ name: relative(root, path) }, `a symlink to ${to}, which is not inside`);
  }
}

function mustNotLeadThroughEachOther(root: string, links: ReadonlyArray<{ path: string }>): void {
  const linked = new Set(links.map(({ path }) => path));
  for (const { path } of links) {
    for (let above = dirname(path); above.startsWith(root + sep); above = dirname(above)) {
      if (linked.has(above))
        throw refusal({ name: relative(root, path) }, "a path that leads through a symlink");
    }
  }
}

function refusal(header: { name: string }, what: string): SluiceError {
  return new SluiceError(
    "refused",
    `the archive's entry ${JSON.stringify(header.name)} is refused: ${what}`,
    { hint: "an archive holds plain files, folders and symlinks among them; build it again" },
  );
}

/** Where a release is unpacked for one placement. */
export function appFolder(slots: string, slot: string, digest: Digest, serial: number): string {
  return join(slots, slot, `${digest.slice("sha256:".length, "sha256:".length + 12)}-${serial}`);
}
