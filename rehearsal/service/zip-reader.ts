import { createReadStream, createWriteStream } from "node:fs";
import { chmod, type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { SluiceError } from "../../lib/error.ts";

/** The end of the directory, with the longest comment that it may have. */
const MAX_END_BYTES = 22 + 0xffff;
const MAX_DIRECTORY_BYTES = 256 * 1024 * 1024;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly offset: number;
  readonly mode: number;
}

/** Unpacks a ZIP archive as GitHub's toolkit writes it. What would land outside the folder is refused. */
export async function unzip(path: string, folder: string): Promise<void> {
  const file = await open(path, "r");
  try {
    for (const entry of await entriesOf(file, path)) await unpack(file, path, entry, folder);
  } finally {
    await file.close();
  }
}

/** Whether a file begins as a ZIP archive does; an empty one begins with its end. */
export async function isZip(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const start = await read(file, 0, 4);
    return ["504b0304", "504b0506"].includes(start.toString("hex"));
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function entriesOf(file: FileHandle, path: string): Promise<Entry[]> {
  const { size } = await file.stat();
  const tailLength = Math.min(size, MAX_END_BYTES);
  const tail = await read(file, size - tailLength, tailLength);
  const at = tail.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (at < 0) throw broken(path, "it has no directory");
  let [count, length, offset] = [
    tail.readUInt16LE(at + 10),
    tail.readUInt32LE(at + 12),
    tail.readUInt32LE(at + 16),
  ];
  const locator = tail.lastIndexOf("PK\x06\x07", undefined, "latin1");
  if ((count === 0xffff || offset === 0xffffffff) && locator >= 0) {
    const end = await read(file, Number(tail.readBigUInt64LE(locator + 8)), 56);
    [count, length, offset] = [32, 40, 48].map((field) => Number(end.readBigUInt64LE(field))) as [
      number,
      number,
      number,
    ];
  }
  if (length > MAX_DIRECTORY_BYTES) throw broken(path, "its directory is too large");
  const directory = await read(file, offset, length);
  const entries: Entry[] = [];
  for (let start = 0; entries.length < count && start + 46 <= directory.length; ) {
    const nameLength = directory.readUInt16LE(start + 28);
    const extraLength = directory.readUInt16LE(start + 30);
    const extra = directory.subarray(
      start + 46 + nameLength,
      start + 46 + nameLength + extraLength,
    );
    const sizes = large(extra, directory, start);
    entries.push({
      name: directory.toString("utf8", start + 46, start + 46 + nameLength),
      method: directory.readUInt16LE(start + 10),
      ...sizes,
      mode: directory.readUInt32LE(start + 38) >>> 16,
    });
    start += 46 + nameLength + extraLength + directory.readUInt16LE(start + 32);
  }
  return entries;
}

/** Sizes beyond 4 GB stand in an extra field, in a fixed order, if they did not fit. */
function large(
  extra: Buffer,
  directory: Buffer,
  start: number,
): { packed: number; offset: number } {
  const fields = [24, 20, 42].map((at) => directory.readUInt32LE(start + at));
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    fields.forEach((value, index) => {
      if (value !== 0xffffffff || next + 8 > extra.length) return;
      fields[index] = Number(extra.readBigUInt64LE(next));
      next += 8;
    });
  }
  const [, packed = 0, offset = 0] = fields;
  return { packed, offset };
}

async function unpack(file: FileHandle, path: string, entry: Entry, folder: string): Promise<void> {
  const target = resolve(folder, entry.name);
  if (target !== folder && !target.startsWith(`${folder}${sep}`)) {
    throw broken(path, `'${entry.name}' would land outside`);
  }
  if (entry.name.endsWith("/")) {
    await mkdir(target, { recursive: true });
    return;
  }
  if (entry.method !== 0 && entry.method !== 8)
    throw broken(path, `'${entry.name}' is packed by an unknown method`);
  await mkdir(dirname(target), { recursive: true });
  const header = await read(file, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const sink = createWriteStream(target);
  if (entry.packed === 0) sink.end();
  else {
    const source = createReadStream(path, { start, end: start + entry.packed - 1 });
    if (entry.method === 0) await pipeline(source, sink);
    else await pipeline(source, createInflateRaw(), sink);
  }
  if (!sink.closed) await new Promise<void>((done) => sink.once("close", () => done()));
  if ((entry.mode & 0o111) !== 0) await chmod(target, 0o755);
}

function broken(path: string, why: string): SluiceError {
  return new SluiceError("invalid-input", `The archive ${path} is not readable: ${why}`);
}
