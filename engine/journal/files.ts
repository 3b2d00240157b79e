import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

export const SEGMENT_MAGIC = "SLUICEJ1";
export const SNAPSHOT_MAGIC = "SLUICES1";
/** A segment that is being prepared; it has no records yet. */
export const NEXT_SEGMENT = "next.tmp";

/** What a segment's records mean depends on these, so they are in each segment's head. */
export interface Terms {
  /** In the order of their numbers. */
  symbols: string[];
  risk: boolean;
  preventSelfTrade: boolean;
  idWindow: number;
  /** Left out where they are off, as in journals from before there were any. */
  limits?: boolean;
}

export interface SegmentHead extends Terms {
  firstSequence: number;
}

export interface SequencedFile {
  path: string;
  sequence: number;
}

export function segmentPath(folder: string, firstSequence: number): string {
  return join(folder, `journal-${String(firstSequence).padStart(16, "0")}.log`);
}

export function snapshotPath(folder: string, sequence: number): string {
  return join(folder, `snapshot-${String(sequence).padStart(16, "0")}.bin`);
}

/** Segments by first sequence, ascending. */
export function listSegments(folder: string): SequencedFile[] {
  return list(folder, /^journal-(\d{16})\.log$/);
}

/** Snapshots by sequence, ascending. */
export function listSnapshots(folder: string): SequencedFile[] {
  return list(folder, /^snapshot-(\d{16})\.bin$/);
}

export function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function list(folder: string, pattern: RegExp): SequencedFile[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const sequence = pattern.exec(name)?.[1];
      return sequence === undefined
        ? []
        : [{ path: join(folder, name), sequence: Number(sequence) }];
    })
    .sort((a, b) => a.sequence - b.sequence);
}
