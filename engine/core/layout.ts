import type { Command, Kind, Op, Side } from "./command.ts";

/**
 * A command in memory and in the journal: 64 bytes, little-endian.
 *
 *   0 f64 sequence   8 f64 time (ms)   16 f64 id   24 f64 price   32 f64 qty
 *   40 i32 user     44 i32 symbol      48 i32 op | side << 8 | kind << 16
 *   52 i32 records since the last sync before it, 1 for the first; 0 where that was not noted
 *   56 zero         60 u32 crc of bytes 0 to 59
 */
export const RECORD_BYTES = 64;
export const RECORD_FLOATS = RECORD_BYTES / 8;
export const RECORD_INTS = RECORD_BYTES / 4;
const SINCE_SYNC_INT = 13;
const CRC_INT = 15;

/** One stretch of memory, seen as whole records. */
export interface Records {
  floats: Float64Array;
  ints: Int32Array;
}

export function writeCommand(
  { floats, ints }: Records,
  slot: number,
  command: Command,
  sequence: number,
  timeMs: number,
): void {
  const f = slot * RECORD_FLOATS;
  const i = slot * RECORD_INTS;
  floats[f] = sequence;
  floats[f + 1] = timeMs;
  floats[f + 2] = command.id;
  floats[f + 3] = command.price;
  floats[f + 4] = command.qty;
  ints[i + 10] = command.user;
  ints[i + 11] = command.symbol;
  ints[i + 12] = command.op | (command.side << 8) | (command.kind << 16);
}

/** Reads into `command`, so that nothing is allocated. */
export function readCommand({ floats, ints }: Records, slot: number, command: Command): void {
  const f = slot * RECORD_FLOATS;
  const i = slot * RECORD_INTS;
  const packed = ints[i + 12] as number;
  command.op = (packed & 0xff) as Op;
  command.side = ((packed >> 8) & 0xff) as Side;
  command.kind = (packed >> 16) as Kind;
  command.timeMs = floats[f + 1] as number;
  command.id = floats[f + 2] as number;
  command.price = floats[f + 3] as number;
  command.qty = floats[f + 4] as number;
  command.user = ints[i + 10] as number;
  command.symbol = ints[i + 11] as number;
}

export function sequenceOf({ floats }: Records, slot: number): number {
  return floats[slot * RECORD_FLOATS] as number;
}

export function timeOf({ floats }: Records, slot: number): number {
  return floats[slot * RECORD_FLOATS + 1] as number;
}

/** Notes that the `count`-th record before this one, and all before that, were synced before this one was written. */
export function noteSync({ ints }: Records, slot: number, count: number): void {
  ints[slot * RECORD_INTS + SINCE_SYNC_INT] = count;
}

export function sinceSync({ ints }: Records, slot: number): number {
  return ints[slot * RECORD_INTS + SINCE_SYNC_INT] as number;
}

export function seal({ ints }: Records, slot: number): void {
  const i = slot * RECORD_INTS;
  ints[i + CRC_INT] = crcOfInts(ints, i, CRC_INT);
}

export function isSealed({ ints }: Records, slot: number): boolean {
  const i = slot * RECORD_INTS;
  return ints[i + CRC_INT] === crcOfInts(ints, i, CRC_INT);
}

/** Eight tables in a row; the n-th says what a byte does to the sum n bytes later. */
const TABLE = crcTable();

/** CRC-32 of `count` words, eight bytes a step; the same value as zlib's, as a signed number. */
export function crcOfInts(ints: Int32Array, from: number, count: number): number {
  const end = from + count;
  let at = from;
  let crc = -1;
  for (; at + 1 < end; at += 2) {
    const word = crc ^ (ints[at] as number);
    const next = ints[at + 1] as number;
    crc =
      (TABLE[0x700 | (word & 0xff)] as number) ^
      (TABLE[0x600 | ((word >>> 8) & 0xff)] as number) ^
      (TABLE[0x500 | ((word >>> 16) & 0xff)] as number) ^
      (TABLE[0x400 | (word >>> 24)] as number) ^
      lastFour(next);
  }
  return at === end ? ~crc : ~lastFour(crc ^ (ints[at] as number));
}

function lastFour(word: number): number {
  return (
    (TABLE[0x300 | (word & 0xff)] as number) ^
    (TABLE[0x200 | ((word >>> 8) & 0xff)] as number) ^
    (TABLE[0x100 | ((word >>> 16) & 0xff)] as number) ^
    (TABLE[word >>> 24] as number)
  );
}

function crcTable(): Int32Array {
  const table = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[byte] = crc;
  }
  for (let at = 256; at < table.length; at += 1) {
    const before = table[at - 256] as number;
    table[at] = (before >>> 8) ^ (table[before & 0xff] as number);
  }
  return table;
}
