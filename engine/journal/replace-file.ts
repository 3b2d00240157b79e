import { closeSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { syncData, syncFolder, writeFully } from "./headed-file.ts";

/** Only the engine's user reads it. */
export const PRIVATE_MODE = 0o600;

/**
 * Puts a file of these parts in the place of an older one, for good: after a crash there is the one or the other, and
 * never half of it.
 */
export function replaceFile(path: string, parts: readonly Uint8Array[], mode?: number): void {
  const unfinished = `${path}.tmp`;
  try {
    writeSynced(unfinished, parts, mode);
    renameSync(unfinished, path);
  } catch (error) {
    // Half a file would take the room that orders need.
    rmSync(unfinished, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

function writeSynced(path: string, parts: readonly Uint8Array[], mode?: number): void {
  const fd = openSync(path, "w", mode);
  try {
    let position = 0;
    for (const part of parts) {
      writeFully(fd, part, position);
      position += part.length;
    }
    syncData(fd);
  } finally {
    closeSync(fd);
  }
}
