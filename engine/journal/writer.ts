import { closeSync, ftruncateSync, openSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RECORD_BYTES } from "../core/layout.ts";
import { folderBytes, NEXT_SEGMENT, SEGMENT_MAGIC, segmentPath, type Terms } from "./files.ts";
import { encodeHead, HEAD_BYTES, syncData, syncFolder, writeFully } from "./headed-file.ts";

const ZEROS = new Uint8Array(256 * 1024);

export interface JournalWriterOptions {
  folder: string;
  terms: Terms;
  nextSequence: number;
  segmentBytes: number;
  /** What all files together may take; 0 is as much as the disk has. */
  limitBytes: number;
}

/**
 * Appends records to segments that were filled with zeros beforehand, so that an append changes no metadata and a
 * sync is as cheap as the disk can make it. The next segment is prepared while there is still room in this one:
 * a full disk is known before any record is at stake.
 */
export class JournalWriter {
  readonly #options: JournalWriterOptions;
  readonly #segmentBytes: number;
  #fd = -1;
  #at = 0;
  #nextSequence: number;
  #nextFd = -1;
  #prepared = 0;

  constructor(options: JournalWriterOptions) {
    this.#options = options;
    this.#nextSequence = options.nextSequence;
    const records = Math.floor((options.segmentBytes - HEAD_BYTES) / RECORD_BYTES);
    this.#segmentBytes = HEAD_BYTES + records * RECORD_BYTES;
    rmSync(join(options.folder, NEXT_SEGMENT), { force: true });
    this.#roll();
  }

  /**
   * Writes whole records; they are durable after `sync`. Returns how many bytes found room: less than were given only when the disk
   * has none for a next segment, and then the rest may be given again later. Any other error leaves the disk in doubt.
   */
  append(records: Uint8Array): number {
    let rest = records;
    while (rest.length > 0) {
      if (this.#at === this.#segmentBytes) {
        this.sync();
        if (!this.#hasNext()) break;
        this.#roll();
      }
      const part = rest.subarray(0, this.#segmentBytes - this.#at);
      writeFully(this.#fd, part, this.#at);
      this.#at += part.length;
      this.#nextSequence += part.length / RECORD_BYTES;
      rest = rest.subarray(part.length);
    }
    return records.length - rest.length;
  }

  sync(): void {
    syncData(this.#fd);
  }

  get isPrepared(): boolean {
    return this.#prepared >= this.#segmentBytes;
  }

  /** Does some of the next segment's preparation; throws ENOSPC when there is no room for it. */
  prepare(bytes: number): void {
    if (this.isPrepared) return;
    if (this.#nextFd < 0) this.#openNext();
    const end = Math.min(this.#segmentBytes, this.#prepared + bytes);
    while (this.#prepared < end) {
      const part = ZEROS.subarray(0, Math.min(ZEROS.length, end - this.#prepared));
      writeFully(this.#nextFd, part, this.#prepared);
      this.#prepared += part.length;
    }
    if (this.isPrepared) this.#syncNext();
  }

  close(): void {
    if (this.#nextFd >= 0) closeSync(this.#nextFd);
    rmSync(join(this.#options.folder, NEXT_SEGMENT), { force: true });
    // What was prepared and not used needs not be kept, nor read at the next start.
    ftruncateSync(this.#fd, this.#at);
    this.sync();
    closeSync(this.#fd);
  }

  /** A file whose sync failed is not asked again: the system may have forgotten what it did not write. */
  #syncNext(): void {
    try {
      syncData(this.#nextFd);
    } catch (error) {
      closeSync(this.#nextFd);
      this.#nextFd = -1;
      this.#prepared = 0;
      throw error;
    }
  }

  #hasNext(): boolean {
    try {
      this.prepare(this.#segmentBytes);
    } catch (error) {
      if (!isNoSpace(error)) throw error;
    }
    return this.isPrepared;
  }

  #openNext(): void {
    const { folder, limitBytes } = this.#options;
    if (limitBytes > 0 && folderBytes(folder) + this.#segmentBytes > limitBytes) {
      throw new NoSpace(`${folder} would take more than ${limitBytes} bytes`);
    }
    this.#nextFd = openSync(join(folder, NEXT_SEGMENT), "w");
    this.#prepared = 0;
  }

  /** Ends this segment and goes on with the one that was prepared. */
  #roll(): void {
    const { folder, terms } = this.#options;
    this.prepare(this.#segmentBytes);
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = this.#nextFd;
    const head = { ...terms, firstSequence: this.#nextSequence };
    writeFully(this.#fd, encodeHead(SEGMENT_MAGIC, head), 0);
    this.sync();
    renameSync(join(folder, NEXT_SEGMENT), segmentPath(folder, this.#nextSequence));
    syncFolder(folder);
    this.#at = HEAD_BYTES;
    this.#nextFd = -1;
    this.#prepared = 0;
  }
}

class NoSpace extends Error {
  override readonly name = "NoSpace";
  readonly code = "ENOSPC";
}

export function isNoSpace(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOSPC" || error.code === "EDQUOT")
  );
}
