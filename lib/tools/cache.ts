import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PLATFORM } from "./platform.ts";
import type { Shop } from "./shop.ts";
import type { Tool } from "./tool.ts";

/** The place of one tool in the cache: by name, version, platform, and by what it is made from. */
export interface Place {
  folder: string;
  program: string;
}

/** `digest` is that of what the tool is made from. */
export function placeOf(tool: Tool, digest: string, shop: Shop): Place {
  const folder = join(versionFolder(tool, shop), `${PLATFORM}-${digest.slice(0, 16)}`);
  return { folder, program: programIn(folder, tool) };
}

/** Held while the tool is obtained, on whichever route. */
export function lockOf(tool: Tool, shop: Shop): string {
  return join(versionFolder(tool, shop), `${PLATFORM}.lock`);
}

function versionFolder(tool: Tool, shop: Shop): string {
  return join(shop.cacheFolder, tool.name, tool.version);
}

export function programIn(folder: string, tool: Tool): string {
  return join(folder, "bin", tool.name);
}

export async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/**
 * Lets `make` fill a folder beside the place, which takes the place only when `make` and `verify` are content.
 * Whoever holds the tool's lock may also sweep up what a killed predecessor left.
 */
export async function fill(
  { folder }: Place,
  make: (partial: string) => Promise<void>,
  verify: (partial: string) => Promise<void>,
): Promise<void> {
  await sweep(dirname(folder));
  const partial = `${folder}.partial-${randomUUID()}`;
  try {
    await mkdir(partial, { recursive: true });
    await make(partial);
    await verify(partial);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${PLATFORM}-`) || !name.includes(".partial-")) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
