import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SluiceError } from "../../error.ts";
import { PLATFORM } from "../platform.ts";
import type { Shop } from "../shop.ts";
import type { Tool } from "../tool.ts";

/** One file that a publisher offers, and the only bytes that are taken for it. */
const Release = z.strictObject({
  url: z.url({ protocol: /^https$/ }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Where the program is in the archive; absent where the file itself is the program. */
  program: z.string().min(1).optional(),
});

/** Platforms as Node names them: linux-x64, darwin-arm64. */
const Releases = z.strictObject({
  version: z.string().min(1),
  assets: z.record(z.string(), Release),
});

export const ReleaseTable = z.record(z.string(), Releases);
export type Releases = z.infer<typeof Releases>;
export type Release = z.infer<typeof Release>;
export type ReleaseTable = z.infer<typeof ReleaseTable>;

/** Beside the folders that pin the sources. */
export const TABLE_FILE = "releases.json";

/** What is pinned for this platform, or why nothing is. */
export async function releaseFor(
  tool: Tool,
  shop: Shop,
): Promise<{ release: Release } | { fault: string }> {
  const pinned = (await readTable(shop))[tool.name];
  const release = pinned?.assets[PLATFORM];
  if (!pinned || !release) return { fault: `no checksum is pinned for ${PLATFORM}` };
  if (pinned.version !== tool.version) return { fault: `${pinned.version} is pinned` };
  return { release };
}

async function readTable({ pinsFolder }: Shop): Promise<ReleaseTable> {
  const file = join(pinsFolder, TABLE_FILE);
  try {
    return ReleaseTable.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return {};
    const hint = "take the file as it is in the repository";
    throw new SluiceError("unsupported", `${file} is no table of releases`, { cause, hint });
  }
}
