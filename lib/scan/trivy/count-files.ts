import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import picomatch from "picomatch";

export interface Skipped {
  dirs: readonly string[];
  files: readonly string[];
}

/** More are not counted: that there are some is what matters. */
const MAX_COUNTED = 100_000;

/** Where trivy does not look for secrets unless it is told to: its own list, of 0.74. */
const UNREAD_DIRS = ["**/.git", "**/node_modules"];
const UNREAD_FILES = [
  "**/{go.mod,go.sum,package-lock.json,yarn.lock,pnpm-lock.yaml,Pipfile.lock,Gemfile.lock}",
  "**/*.{jpg,png,gif,doc,pdf,bin,svg,socket,deb,rpm,zip,gz,gzip,tar}",
];

/** How many files below `path` are read for secrets: not those of others in node_modules, nor what is told to be skipped. */
export async function countFiles(path: string, { dirs, files }: Skipped): Promise<number> {
  if ((await stat(path)).isFile()) return 1;
  const skipsDir = matcher([...dirs, ...UNREAD_DIRS]);
  const skipsFile = matcher([...files, ...UNREAD_FILES]);
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
