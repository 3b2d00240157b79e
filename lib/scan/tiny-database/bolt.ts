/** A bucket of a bbolt file: keys that lead to bytes, or to further buckets. */
export type Bucket = ReadonlyMap<string, Bucket | Buffer>;

const PAGE_BYTES = 4096;
const PAGE_HEADER_BYTES = 16;
const ELEMENT_BYTES = 16;
const BUCKET_HEADER_BYTES = 16;
const META_FLAG = 0x04;
const FREELIST_FLAG = 0x10;
const LEAF_FLAG = 0x02;
const BUCKET_ELEMENT = 0x01;
const MAGIC = 0xed0cdaed;
const FORMAT_VERSION = 2;
const META_BYTES = 64;
const FREELIST_PAGE = 2;
const FIRST_FREE_PAGE = 3;
/** The count of a page is 16 bits wide. */
const MAX_KEYS = 0xffff;

/**
 * The bytes of a bbolt file with `root` in it. One leaf page per bucket, as long as it needs to be: right for a file
 * that is written once and read only, and far simpler than a tree that grows.
 */
export function boltFile(root: Bucket): Buffer {
  const leaves: Buffer[] = [];
  let nextPage = FIRST_FREE_PAGE;
  const write = (bucket: Bucket): number => {
    const elements = [...bucket].map(([key, held]) => elementOf(key, held, write));
    const page = nextPage;
    const leaf = leafPage(page, elements);
    nextPage += leaf.length / PAGE_BYTES;
    leaves.push(leaf);
    return page;
  };
  const rootPage = write(root);
  const metas = [0, 1].map((page) => metaPage(page, rootPage, nextPage));
  return Buffer.concat([...metas, emptyFreelist(), ...leaves]);
}

interface Element {
  flags: number;
  key: Buffer;
  value: Buffer;
}

function elementOf(key: string, held: Bucket | Buffer, write: (inner: Bucket) => number): Element {
  const name = Buffer.from(key);
  if (Buffer.isBuffer(held)) return { flags: 0, key: name, value: held };
  const header = Buffer.alloc(BUCKET_HEADER_BYTES);
  header.writeBigUInt64LE(BigInt(write(held)), 0);
  return { flags: BUCKET_ELEMENT, key: name, value: header };
}

/** Elements are found by binary search, so they stand in the order of their keys' bytes. */
function leafPage(page: number, unsorted: readonly Element[]): Buffer {
  if (unsorted.length > MAX_KEYS) throw new RangeError(`${unsorted.length} keys in one bucket`);
  const elements = [...unsorted].sort((a, b) => Buffer.compare(a.key, b.key));
  const dataStart = PAGE_HEADER_BYTES + elements.length * ELEMENT_BYTES;
  const dataBytes = elements.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
  const pages = Math.ceil((dataStart + dataBytes) / PAGE_BYTES);
  const bytes = pageOf(page, LEAF_FLAG, elements.length, pages);
  let dataAt = dataStart;
  elements.forEach(({ flags, key, value }, index) => {
    const at = PAGE_HEADER_BYTES + index * ELEMENT_BYTES;
    bytes.writeUInt32LE(flags, at);
    bytes.writeUInt32LE(dataAt - at, at + 4);
    bytes.writeUInt32LE(key.length, at + 8);
    bytes.writeUInt32LE(value.length, at + 12);
    key.copy(bytes, dataAt);
    value.copy(bytes, dataAt + key.length);
    dataAt += key.length + value.length;
  });
  return bytes;
}

function metaPage(page: number, rootPage: number, highWater: number): Buffer {
  const bytes = pageOf(page, META_FLAG, 0, 1);
  const meta = bytes.subarray(PAGE_HEADER_BYTES, PAGE_HEADER_BYTES + META_BYTES);
  meta.writeUInt32LE(MAGIC, 0);
  meta.writeUInt32LE(FORMAT_VERSION, 4);
  meta.writeUInt32LE(PAGE_BYTES, 8);
  meta.writeBigUInt64LE(BigInt(rootPage), 16);
  meta.writeBigUInt64LE(BigInt(FREELIST_PAGE), 32);
  meta.writeBigUInt64LE(BigInt(highWater), 40);
  // The transaction's number: the newer of the two metas is the one that counts.
  meta.writeBigUInt64LE(BigInt(page), 48);
  meta.writeBigUInt64LE(fnv1a(meta.subarray(0, 56)), 56);
  return bytes;
}

function emptyFreelist(): Buffer {
  return pageOf(FREELIST_PAGE, FREELIST_FLAG, 0, 1);
}

function pageOf(page: number, flags: number, count: number, pages: number): Buffer {
  const bytes = Buffer.alloc(pages * PAGE_BYTES);
  bytes.writeBigUInt64LE(BigInt(page), 0);
  bytes.writeUInt16LE(flags, 8);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(pages - 1, 12);
  return bytes;
}

/** FNV-1a over 64 bits, the checksum of a meta page. */
function fnv1a(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
