import { closeSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "./flow.ts";

const HEAD_BYTES = 4096;
const RECORD_BYTES = 64;

/**
 * Leaves a journal as a power cut in the middle of a write does: behind the last whole record the first bytes of the next one,
 * which has the right sequence. The number of bytes.
 */
export function tearTail(folder: string, random: Random): number {
  const name = readdirSync(folder)
    .filter((entry) => entry.endsWith(".log"))
    .sort()
    .at(-1);
  if (name === undefined) throw new Error(`no journal in ${folder}`);
  const path = join(folder, name);
  const file = readFileSync(path);
  let end = file.length - ((file.length - HEAD_BYTES) % RECORD_BYTES);
  while (end > HEAD_BYTES && file.subarray(end - RECORD_BYTES, end).every((byte) => byte === 0)) {
    end -= RECORD_BYTES;
  }
  const first = Number(/\d+/.exec(name)?.[0]);
  const record = Buffer.alloc(RECORD_BYTES, 1 + random.below(255));
  record.writeDoubleLE(first + (end - HEAD_BYTES) / RECORD_BYTES, 0);
  // Its sequence at least: the first bytes of a number alone are zeros, which is nothing.
  const torn = record.subarray(0, 8 + random.below(RECORD_BYTES - 8));
  const fd = openSync(path, "r+");
  writeSync(fd, torn, 0, torn.length, end);
  closeSync(fd);
  return torn.length;
}
