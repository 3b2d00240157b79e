import { closeSync, fdatasyncSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";

/** A file of the journal starts with one page: magic, length, crc, then JSON. Records follow, aligned. */
export const HEAD_BYTES = 4096;
const PREFIX_BYTES = 16;

export function encodeHead(magic: string, content: object): Buffer {
  const page = Buffer.alloc(HEAD_BYTES);
  const json = Buffer.from(JSON.stringify(content));
  if (json.length > HEAD_BYTES - PREFIX_BYTES) throw new RangeError("the head is too large");
  page.write(magic, 0, 8, "latin1");
  page.writeUInt32LE(json.length, 8);
  page.writeUInt32LE(crc32(json), 12);
  json.copy(page, PREFIX_BYTES);
  return page;
}

/** The content of a head, or null when it is not one: torn, or of another kind. */
export function decodeHead(magic: string, page: Buffer): unknown {
  if (page.length < HEAD_BYTES || page.toString("latin1", 0, 8) !== magic) return null;
  const length = page.readUInt32LE(8);
  if (length > HEAD_BYTES - PREFIX_BYTES) return null;
  const json = page.subarray(PREFIX_BYTES, PREFIX_BYTES + length);
  return crc32(json) === page.readUInt32LE(12) ? JSON.parse(json.toString()) : null;
}

/** The first page of a file, or what there is of it. */
export function readHead(path: string): Buffer {
  const fd = openSync(path, "r");
  try {
    const page = Buffer.alloc(HEAD_BYTES);
    return page.subarray(0, readSync(fd, page, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(fd);
  }
}

/** Reads a whole file into memory that numbers can be read from. */
export function readAligned(path: string): Buffer<ArrayBuffer> {
  const fd = openSync(path, "r");
  try {
    const parts: Buffer[] = [];
    for (;;) {
      const part = Buffer.alloc(1 << 20);
      const bytes = readSync(fd, part, 0, part.length, null);
      if (bytes === 0) break;
      parts.push(part.subarray(0, bytes));
    }
    const whole = Buffer.from(new ArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0)));
    let at = 0;
    for (const part of parts) at += part.copy(whole, at);
    return whole;
  } finally {
    closeSync(fd);
  }
}

export function writeFully(fd: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    done += writeSync(fd, bytes, done, bytes.length - done, position + done);
  }
}

/** Makes names durable: a file that was synced can still be missing from its folder after a crash. */
export function syncFolder(path: string): void {
  const fd = openSync(path, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

export { fdatasyncSync as syncData };
