import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

const folders: string[] = [];

/** A folder for one test, with a space in its path and no symlink in it; gone when the test is over. */
export function freshFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice fresh ")));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});
