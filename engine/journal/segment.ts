import { blankCommand, type Command } from "../core/command.ts";
import {
  isSealed,
  RECORD_BYTES,
  RECORD_FLOATS,
  RECORD_INTS,
  readCommand,
  sequenceOf,
} from "../core/layout.ts";
import { Refusal } from "../refusal.ts";
import { SEGMENT_MAGIC, type SegmentHead, type SequencedFile } from "./files.ts";
import { decodeHead, HEAD_BYTES, readAligned } from "./headed-file.ts";

const ZEROS = Buffer.alloc(64 * 1024);

export interface ReadSegment {
  head: SegmentHead;
  /** Where the last whole record ends. */
  end: number;
  fileBytes: number;
  /** Nothing but the zeros of an unused place follows. */
  isClean: boolean;
}

/** What the records of a segment mean. */
export function readTerms(segment: SequencedFile): SegmentHead {
  const head = decodeHead(SEGMENT_MAGIC, readAligned(segment.path)) as SegmentHead | null;
  if (head === null) throw new Refusal(`${segment.path} has no head`, "restore it from a copy");
  return head;
}

/** Visits a segment's whole records in order; the command is one object, filled anew each time. */
export function readSegment(
  segment: SequencedFile,
  visit: (command: Command, sequence: number) => void,
): ReadSegment {
  const file = readAligned(segment.path);
  const head = decodeHead(SEGMENT_MAGIC, file) as SegmentHead | null;
  if (head === null) throw new Refusal(`${segment.path} has no head`, "restore it from a copy");
  const whole = Math.floor((file.length - HEAD_BYTES) / RECORD_BYTES);
  const records = {
    floats: new Float64Array(file.buffer, HEAD_BYTES, whole * RECORD_FLOATS),
    ints: new Int32Array(file.buffer, HEAD_BYTES, whole * RECORD_INTS),
  };
  const command = blankCommand();
  let slot = 0;
  for (; slot < whole; slot += 1) {
    const sequence = segment.sequence + slot;
    if (sequenceOf(records, slot) !== sequence || !isSealed(records, slot)) break;
    readCommand(records, slot, command);
    visit(command, sequence);
  }
  const end = HEAD_BYTES + slot * RECORD_BYTES;
  const isClean = isZero(file.subarray(end));
  return { head, end, fileBytes: file.length, isClean };
}

function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (!part.equals(ZEROS.subarray(0, part.length))) return false;
  }
  return true;
}
