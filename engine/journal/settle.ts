import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { syncData, syncFolder, writeFully } from "./headed-file.ts";

/** Makes the folder and its name durable: after a power cut a new folder can be missing from the one that it is in. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  const top = dirname(resolve(first));
  for (let path = dirname(resolve(folder)); ; path = dirname(path)) {
    syncFolder(path);
    if (path === top || path === dirname(path)) return;
  }
}

/**
 * Makes durable what was read from `from` on, and cuts what follows. After a kill the newest records may be in the system's memory
 * only; after a failed sync the system takes them for written though they are not. So they are written once more: the journal
 * goes on behind them, and a power cut must not leave a hole there.
 */
export function settleTail(path: string, file: Uint8Array, from: number, end: number): void {
  const fd = openSync(path, "r+");
  try {
    writeFully(fd, file.subarray(from, end), from);
    ftruncateSync(fd, end);
    syncData(fd);
  } finally {
    closeSync(fd);
  }
  syncFolder(dirname(path));
}

/** Removes snapshots that a kill left half written. */
export function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^snapshot-\d{16}\.bin\.tmp$/.test(name)) rmSync(join(folder, name), { force: true });
  }
}
