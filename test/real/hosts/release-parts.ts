import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SluiceError } from "../../../lib/error.ts";
import { TOOLS } from "../../../lib/tools/catalogue.ts";
import { ensure } from "../../../lib/tools/ensure.ts";
import { openShop } from "../../../lib/tools/shop.ts";
import { cacheFolder } from "./rootfs.ts";

/** What release.yml gets from outside. In the lab there is no outside, so it is brought before. */
export interface ReleaseParts {
  /** npm's cache with every package of the archive. */
  npmCache: string;
}

const MANIFESTS = ["engine", "hosts/runtime"];
const GATE_TOOLS = ["trivy", "cosign", "k6"] as const;

/** Brings the packages and the gates' tools; throws what a test is skipped with where they are not to be had. */
export async function bringReleaseParts(root: string): Promise<ReleaseParts> {
  const shop = openShop({ say: (line) => console.log(line), signal: new AbortController().signal });
  for (const name of GATE_TOOLS) await ensure(name, TOOLS[name].version, shop);
  const locks = MANIFESTS.map((folder) => readFile(join(root, folder, "package-lock.json")));
  const hash = createHash("sha256");
  for (const lock of await Promise.all(locks)) hash.update(lock);
  const npmCache = join(cacheFolder(), `npm-${hash.digest("hex").slice(0, 16)}`);
  if (await stat(npmCache).catch(() => undefined)) return { npmCache };
  const partial = `${npmCache}.${process.pid}`;
  try {
    for (const folder of MANIFESTS) await install(join(root, folder), partial);
    await rename(partial, npmCache);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw new SluiceError("unsupported", "the release's packages cannot be had here", {
      cause: error,
    });
  }
  return { npmCache };
}

/** In a folder of its own, for what it leaves in the cache. */
async function install(from: string, cache: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-packages-"));
  try {
    await mkdir(cache, { recursive: true });
    for (const file of ["package.json", "package-lock.json"])
      await cp(join(from, file), join(folder, file));
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--cache", cache];
    await promisify(execFile)("npm", ["ci", "--omit=dev", ...quiet], {
      cwd: folder,
      timeout: 300_000,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
