import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Pins } from "./pins.ts";
import type { Shop } from "./shop.ts";
import type { Tool } from "./tool.ts";

/** The place of one tool in the cache: by name, version, platform, and by what it is made from. */
export interface Place {
  folder: string;
  program: string;
  lock: string;
}

export function placeOf(tool: Tool, pins: Pins, shop: Shop): Place {
  const key = `${process.platform}-${process.arch}-${pins.digest.slice(0, 16)}`;
  const folder = join(shop.cacheFolder, tool.name, tool.version, key);
  return { folder, program: programIn(folder, tool), lock: `${folder}.lock` };
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
 * Whoever holds the place's lock may also sweep up what a killed predecessor left.
 */
export async function fill(
  { folder }: Place,
  make: (partial: string) => Promise<void>,
  verify: (partial: string) => Promise<void>,
): Promise<void> {
  await sweep(folder);
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
  const prefix = `${basename(folder)}.partial-`;
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(prefix)) continue;
    await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}
