import { copyFile, open, stat, truncate } from "node:fs/promises";

/** A log and its predecessor, so one instance keeps at most about twice this. */
const MAX_LOG_BYTES = 4 * 1024 * 1024;
const TAIL_BYTES = 2_048;

/**
 * Keeps a log bounded though its writer has it open for good: what is there is copied away, then the file is
 * emptied. The writer appends, so it goes on at the start. Lines of the moment in between may be lost.
 */
export async function boundLog(path: string, maxBytes = MAX_LOG_BYTES): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= maxBytes) return;
  await copyFile(path, `${path}.1`);
  await truncate(path);
}

/** The last lines, for saying why an instance died. */
export async function tailOf(path: string, lines = 5): Promise<string> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString("utf8").trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "";
  }
}
