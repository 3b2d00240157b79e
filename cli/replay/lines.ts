import { closeSync, openSync, readSync } from "node:fs";
import { SluiceError } from "../../lib/error.ts";
import { MAX_TRACE_LINE_CHARACTERS } from "../../lib/verdict/trace/trace.ts";

export interface Lines {
  /** Good until the next ones are asked for. */
  bytes: Buffer;
  /** Where each line ends; the first begins at 0, and the next one after the end of the one before. */
  ends: number[];
  /** False for what stands after the last line end. */
  isEnded: boolean;
}

export function textOf(bytes: Buffer, from: number, end: number): string {
  return bytes.toString("utf8", from, end);
}

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
      const ends = lineEnds(bytes, filled);
      const last = ends.at(-1);
      if (last === undefined) continue;
      count += ends.length;
      yield { bytes, ends, isEnded: true };
      bytes.copyWithin(0, last + 1, filled);
      filled -= last + 1;
    }
    if (filled > 0) yield { bytes, ends: [filled], isEnded: false };
  } finally {
    closeSync(descriptor);
  }
}

function lineEnds(bytes: Buffer, filled: number): number[] {
  const ends: number[] = [];
  let at = bytes.indexOf(LINE_END);
  while (at >= 0 && at < filled) {
    ends.push(at);
    at = bytes.indexOf(LINE_END, at + 1);
  }
  return ends;
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
