import { crc32, inflateRawSync } from "node:zlib";

/**
 * The files of a zip. Node has no reader of its own, not every Linux has `unzip`, and one file of an archive
 * whose sha256 is known needs no library. Kept to what such archives hold: no encryption, no zip64, no second volume.
 */
export function readZip(zip: Buffer): ZipEntry[] {
  const end = endOfDirectory(zip);
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error("a broken directory");
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    const entry = at;
    entries.push({ name, read: () => contentOf(zip, entry, name) });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

export interface ZipEntry {
  name: string;
  /** Its bytes, checked. */
  read: () => Buffer;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MAX_COMMENT_BYTES = 0xffff;
const MAX_UNPACKED_BYTES = 1_000_000_000;

function endOfDirectory(zip: Buffer): number {
  const first = Math.max(0, zip.length - 22 - MAX_COMMENT_BYTES);
  for (let at = zip.length - 22; at >= first; at -= 1) if (zip.readUInt32LE(at) === END) return at;
  throw new Error("no zip");
}

function contentOf(zip: Buffer, entry: number, name: string): Buffer {
  const method = zip.readUInt16LE(entry + 10);
  const size = zip.readUInt32LE(entry + 24);
  if (size > MAX_UNPACKED_BYTES) throw new Error(`${name} is too big`);
  const local = zip.readUInt32LE(entry + 42);
  if (zip.readUInt32LE(local) !== LOCAL) throw new Error(`${name} is not where it should be`);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
  const bytes = unpacked(packed, method, size);
  if (bytes.length !== size || crc32(bytes) !== zip.readUInt32LE(entry + 16))
    throw new Error(`${name} is damaged`);
  return bytes;
}

function unpacked(packed: Buffer, method: number, size: number): Buffer {
  if (method === 0) return packed;
  if (method === 8) return inflateRawSync(packed, { maxOutputLength: size + 1 });
  throw new Error(`packed by method ${method}`);
}
