import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { crc32 } from "node:zlib";
import { SluiceError } from "../../lib/error.ts";

const MAX_BYTES = 0xffffffff;
/** 1 January 1980, the first that the format knows: equal files make equal archives. */
const DATE = 0x21;
const UTF8_NAMES = 0x800;

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
  readonly mode: number;
}

/** Writes a folder as a ZIP archive, stored and not compressed: it never leaves this machine. */
export async function zipFolder(folder: string, target: string): Promise<void> {
  const file = await open(target, "w");
  try {
    const entries: Entry[] = [];
    let offset = 0;
    const write = async (bytes: Buffer): Promise<void> => {
      await file.write(bytes);
      offset += bytes.length;
      if (offset > MAX_BYTES) throw tooLarge(folder);
    };
    for (const path of await filesBelow(folder)) {
      const { size, crc, mode } = await measure(path);
      const name = Buffer.from(relative(folder, path).split(sep).join("/"));
      const entry = { name, crc, size, offset, mode };
      entries.push(entry);
      await write(localHeader(entry));
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) await write(chunk);
    }
    const start = offset;
    for (const entry of entries) await write(centralHeader(entry));
    await write(endOfDirectory(entries.length, offset - start, start));
  } finally {
    await file.close();
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const listed = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return listed
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function measure(path: string): Promise<{ size: number; crc: number; mode: number }> {
  let crc = 0;
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    crc = crc32(chunk, crc);
    size += chunk.length;
  }
  return { size, crc, mode: (await stat(path)).mode };
}

function localHeader({ name, crc, size }: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, crc, size, name.length);
  return Buffer.concat([header, name]);
}

function centralHeader({ name, crc, size, offset, mode }: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(0x0314, 4); // made on Unix, so that the mode counts
  writeCommon(header, 6, crc, size, name.length);
  header.writeUInt32LE((mode & 0xffff) * 0x10000, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name]);
}

/** What a file's two headers share, from the version that is needed on. */
function writeCommon(
  header: Buffer,
  at: number,
  crc: number,
  size: number,
  nameLength: number,
): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(UTF8_NAMES, at + 2);
  header.writeUInt16LE(DATE, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(size, at + 14);
  header.writeUInt32LE(size, at + 18);
  header.writeUInt16LE(nameLength, at + 22);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

function tooLarge(folder: string): SluiceError {
  return new SluiceError("unsupported", `The artifact in ${folder} is larger than 4 GB`, {
    hint: "Use the stand-in of actions/download-artifact for it: leave the real one unmapped.",
  });
}
