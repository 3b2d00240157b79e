import { closeSync, openSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { syncData, syncFolder, writeFully } from "../journal/headed-file.ts";

/** Puts a small file in the place of an older one, for good: after a crash there is the one or the other, and never half of it. */
export function replaceFile(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  const unfinished = `${path}.tmp`;
  try {
    writeSynced(unfinished, Buffer.from(text));
    renameSync(unfinished, path);
  } catch (error) {
    // Half a file would take the room that orders need.
    rmSync(unfinished, { force: true });
    throw error;
  }
  syncFolder(folder);
}

function writeSynced(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, "w", 0o600);
  try {
    writeFully(fd, bytes, 0);
    syncData(fd);
  } finally {
    closeSync(fd);
  }
}
