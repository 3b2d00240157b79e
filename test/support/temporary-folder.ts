import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own, with a space in its path; call `remove` when done. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "sluice test "));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
