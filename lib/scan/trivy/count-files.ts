import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import picomatch from "picomatch";

export interface Skipped {
  dirs: readonly string[];
  files: readonly string[];
}

/** More are not counted: that there are some is what matters. */
const MAX_COUNTED = 100_000;

/** How many files a scan of `path` can look at: trivy reads no `.git`, and nothing that it was told to skip. */
export async function countFiles(path: string, { dirs, files }: Skipped): Promise<number> {
  if ((await stat(path)).isFile()) return 1;
  const skipsDir = matcher([...dirs, "**/.git"]);
  const skipsFile = matcher(files);
  let count = 0;
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for await (const entry of await opendir(join(path, folder))) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !skipsDir(name)) folders.push(name);
      if (entry.isFile() && !skipsFile(name)) count += 1;
    }
    if (count >= MAX_COUNTED) return MAX_COUNTED;
  }
  return count;
}

function matcher(patterns: readonly string[]): (name: string) => boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, "").replace(/\/$/, ""));
  return plain.length === 0 ? () => false : picomatch(plain, { dot: true });
}
