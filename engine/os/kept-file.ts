import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Puts a small file in the place of an older one, for good: after a crash there is the one or the other, and never half of it. */
export function replaceFile(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  const fd = openSync(`${path}.tmp`, "w", 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${path}.tmp`, path);
  syncName(folder);
}

function syncName(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
