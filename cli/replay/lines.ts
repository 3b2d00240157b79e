import { closeSync, openSync, readSync } from "node:fs";
import { SluiceError } from "../../lib/error.ts";
import { MAX_TRACE_LINE_CHARACTERS } from "../../lib/verdict/trace.ts";

export interface Lines {
  lines: string[];
  /** False for what stands after the last line end. */
  isEnded: boolean;
}

/** Larger ones become strings that only a full garbage collection takes away. */
const CHUNK_BYTES = 1 << 16;
const LINE_END = 0x0a;

/**
 * Lines as they come, many at a time. Read in this very thread: nothing else waits for it, and handing each piece over
 * from another one takes longer than reading it. A piece ends with a line, so that no character is cut in two.
 */
export function* linesOf(file: string): Generator<Lines> {
  const descriptor = opened(file);
  try {
    let bytes: Buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let filled = 0;
    let count = 0;
    for (;;) {
      if (filled === bytes.length) bytes = grown(bytes, file, count + 1);
      const read = readInto(descriptor, bytes, filled, file);
      if (read === 0) break;
      filled += read;
      const end = bytes.subarray(0, filled).lastIndexOf(LINE_END);
      if (end < 0) continue;
      const lines = bytes.toString("utf8", 0, end).split("\n");
      count += lines.length;
      bytes.copyWithin(0, end + 1, filled);
      filled -= end + 1;
      yield { lines, isEnded: true };
    }
    if (filled > 0) yield { lines: [bytes.toString("utf8", 0, filled)], isEnded: false };
  } finally {
    closeSync(descriptor);
  }
}

function opened(file: string): number {
  try {
    return openSync(file, "r");
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function readInto(descriptor: number, bytes: Buffer, from: number, file: string): number {
  try {
    return readSync(descriptor, bytes, from, bytes.length - from, null);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** Twice as large, for a line that does not fit; no honest one is longer than the limit. */
function grown(bytes: Buffer, file: string, line: number): Buffer {
  if (bytes.length > MAX_TRACE_LINE_CHARACTERS) throw tooLong(file, line);
  return Buffer.concat([bytes, Buffer.allocUnsafe(bytes.length)]);
}

function unreadable(file: string, cause: unknown): SluiceError {
  return new SluiceError("invalid-input", `cannot read the trace ${file}`, {
    hint: "give the path of a trace.jsonl as canary-promote writes it",
    cause,
  });
}

function tooLong(file: string, line: number): SluiceError {
  return new SluiceError(
    "invalid-input",
    `${file}:${line}: more than ${MAX_TRACE_LINE_CHARACTERS} characters in one line`,
    { hint: "a trace has one JSON object per line" },
  );
}
