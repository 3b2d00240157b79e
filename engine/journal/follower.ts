import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { blankCommand, type Command } from "../core/command.ts";
import {
  isSealed,
  RECORD_BYTES,
  type Records,
  readCommand,
  sequenceOf,
  timeOf,
} from "../core/layout.ts";
import { listSegments, segmentPath } from "./files.ts";
import { HEAD_BYTES } from "./headed-file.ts";

const CHUNK_RECORDS = 1024;

/** The journal no longer holds what a follower needs next: a snapshot took its place. */
export class Pruned extends Error {
  override readonly name = "Pruned";
}

/**
 * Reads a journal behind its writer, as far as it is told that the journal is durable. It shares nothing with the
 * order path but the files, so it may be as late as it likes.
 */
export class JournalFollower {
  /** Sequence of the command that comes next. */
  next: number;
  readonly #folder: string;
  readonly #bytes = new Uint8Array(CHUNK_RECORDS * RECORD_BYTES);
  readonly #records: Records;
  readonly #command: Command = blankCommand();
  #fd = -1;
  #at = 0;

  constructor(folder: string, next: number) {
    this.#folder = folder;
    this.next = next;
    const { buffer } = this.#bytes;
    this.#records = { floats: new Float64Array(buffer), ints: new Int32Array(buffer) };
  }

  /** Visits whole records up to `last`, some at a time; the number visited. The command is one object, filled anew. */
  read(last: number, visit: (command: Command, sequence: number, timeMs: number) => void): number {
    return this.#readChunk(last, (slot) => {
      readCommand(this.#records, slot, this.#command);
      visit(this.#command, sequenceOf(this.#records, slot), timeOf(this.#records, slot));
    });
  }

  /** The records themselves, some at a time; the view is overwritten by the next call. */
  readBytes(last: number): Uint8Array {
    const count = this.#readChunk(last, () => {});
    return this.#bytes.subarray(0, count * RECORD_BYTES);
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
  }

  #readChunk(last: number, visit: (slot: number) => void): number {
    if (this.next > last || !this.#open()) return 0;
    const wanted = Math.min(CHUNK_RECORDS, last - this.next + 1);
    const bytes = readSync(this.#fd, this.#bytes, 0, wanted * RECORD_BYTES, this.#at);
    let slot = 0;
    for (; slot < Math.floor(bytes / RECORD_BYTES); slot += 1) {
      if (sequenceOf(this.#records, slot) !== this.next || !isSealed(this.#records, slot)) break;
      visit(slot);
      this.next += 1;
    }
    this.#at += slot * RECORD_BYTES;
    if (slot > 0) return slot;
    // A segment ends where the next one begins, whether or not it was full. One that was removed is read to its end.
    this.close();
    if (existsSync(segmentPath(this.#folder, this.next))) return this.#readChunk(last, visit);
    const [first] = listSegments(this.#folder);
    if (first !== undefined && first.sequence > this.next) throw this.#pruned();
    return 0;
  }

  #pruned(): Pruned {
    return new Pruned(`the journal begins after command ${this.next}`);
  }

  #open(): boolean {
    if (this.#fd >= 0) return true;
    const segments = listSegments(this.#folder);
    const segment = segments.findLast(({ sequence }) => sequence <= this.next);
    if (segment === undefined) {
      if (segments.length === 0) return false;
      throw this.#pruned();
    }
    this.#fd = openSync(segment.path, "r");
    this.#at = HEAD_BYTES + (this.next - segment.sequence) * RECORD_BYTES;
    return true;
  }
}
