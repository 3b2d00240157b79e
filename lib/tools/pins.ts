import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SluiceError } from "../error.ts";
import type { Shop } from "./shop.ts";
import type { Source, Tool } from "./tool.ts";

const FILES: Record<Source["kind"], readonly string[]> = {
  go: ["go.mod", "go.sum"],
  wheel: ["requirements.txt"],
  wheels: ["requirements.txt"],
};

/** The files that say, down to each byte that may be fetched, what a tool is made from. */
export interface Pins {
  folder: string;
  /** Depends on the content of the files alone. */
  digest: string;
}

export async function readPins(tool: Tool, shop: Shop): Promise<Pins> {
  const folder = join(shop.pinsFolder, tool.name);
  const hash = createHash("sha256").update(JSON.stringify(tool.source));
  for (const file of FILES[tool.source.kind]) hash.update(await readPin(tool, folder, file));
  return { folder, digest: hash.digest("hex") };
}

async function readPin(tool: Tool, folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (cause) {
    const message = `${tool.name} cannot be made: tools/${tool.name}/${file} is not there`;
    const hint = "run from a whole checkout of Sluice, or put the tool on PATH";
    throw new SluiceError("unsupported", message, { cause, hint });
  }
}
