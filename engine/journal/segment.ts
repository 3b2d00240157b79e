import { blankCommand, type Command } from "../core/command.ts";
import {
  isSealed,
  RECORD_BYTES,
  RECORD_FLOATS,
  RECORD_INTS,
  readCommand,
  sequenceOf,
  sinceSync,
} from "../core/layout.ts";
import { Refusal } from "../refusal.ts";
import { SEGMENT_MAGIC, type SegmentHead, type SequencedFile } from "./files.ts";
import { decodeHead, HEAD_BYTES, readAligned, readHead } from "./headed-file.ts";

const ZEROS = Buffer.alloc(64 * 1024);

export interface ReadSegment {
  head: SegmentHead;
  /** Where the last whole record ends. */
  end: number;
  /** What comes from here on may never have been synced. */
  unsynced: number;
  file: Buffer;
  /** Nothing but the zeros of an unused place follows. */
  isClean: boolean;
}

/** What the records of a segment mean. */
export function readTerms(segment: SequencedFile): SegmentHead {
  return headIn(segment, readHead(segment.path));
}

/** Visits a segment's whole records in order, from a sequence on; the command is one object, filled anew each time. */
export function readSegment(
  segment: SequencedFile,
  visit: (command: Command, sequence: number) => void,
  from = segment.sequence,
): ReadSegment {
  const file = readAligned(segment.path);
  const head = headIn(segment, file);
  const whole = Math.floor((file.length - HEAD_BYTES) / RECORD_BYTES);
  const records = {
    floats: new Float64Array(file.buffer, HEAD_BYTES, whole * RECORD_FLOATS),
    ints: new Int32Array(file.buffer, HEAD_BYTES, whole * RECORD_INTS),
  };
  const isWhole = (slot: number): boolean =>
    sequenceOf(records, slot) === segment.sequence + slot && isSealed(records, slot);
  const command = blankCommand();
  let slot = Math.min(whole, Math.max(0, from - segment.sequence));
  for (; slot < whole && isWhole(slot); slot += 1) {
    readCommand(records, slot, command);
    visit(command, segment.sequence + slot);
  }
  refuseDamaged(segment, slot, whole, (later) => (isWhole(later) ? sinceSync(records, later) : 0));
  const end = HEAD_BYTES + slot * RECORD_BYTES;
  const isClean = isZero(file.subarray(end));
  const group = slot === 0 ? 0 : Math.min(slot, sinceSync(records, slot - 1) || slot);
  return { head, end, unsynced: end - group * RECORD_BYTES, file, isClean };
}

/**
 * What a crash tears is the last group: it was never acknowledged. But a record after the gap that was written when the gap was
 * already synced shows that the disk lost what it had promised to keep.
 */
function refuseDamaged(
  segment: SequencedFile,
  gap: number,
  whole: number,
  sinceSyncOf: (slot: number) => number,
): void {
  for (let later = gap + 1; later < whole; later += 1) {
    const count = sinceSyncOf(later);
    if (count === 0 || later - count < gap) continue;
    throw new Refusal(
      `${segment.path} is damaged: command ${segment.sequence + gap} was durable and can't be read`,
      "restore that file from a copy, or go on with a standby",
    );
  }
}

function headIn(segment: SequencedFile, file: Buffer): SegmentHead {
  const head = decodeHead(SEGMENT_MAGIC, file) as SegmentHead | null;
  if (head === null) throw new Refusal(`${segment.path} has no head`, "restore it from a copy");
  return head;
}

function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (!part.equals(ZEROS.subarray(0, part.length))) return false;
  }
  return true;
}
