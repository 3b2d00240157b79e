import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SYNCS = 200;
const BYTES = 4096;

/** How long a 4 KiB write with fdatasync takes on the disk that the durable figures were measured on. */
export function measureDisk(): { p50Ms: number; p99Ms: number } {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const fd = openSync(join(folder, "file"), "w");
  try {
    writeSync(fd, Buffer.alloc(SYNCS * BYTES));
    fdatasyncSync(fd);
    const times = Array.from({ length: SYNCS }, (_, at) => {
      const startedAt = performance.now();
      writeSync(fd, Buffer.alloc(BYTES, 1), 0, BYTES, at * BYTES);
      fdatasyncSync(fd);
      return performance.now() - startedAt;
    }).sort((a, b) => a - b);
    return { p50Ms: times[SYNCS / 2] ?? 0, p99Ms: times[Math.floor(SYNCS * 0.99)] ?? 0 };
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true, force: true });
  }
}
