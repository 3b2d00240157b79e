import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { SavedProfits } from "../core/profits.ts";
import { PRIVATE_MODE, replaceFile } from "../journal/replace-file.ts";

const NAME = "profits.json";

/** What the trades up to a sequence come to. */
export interface KeptProfits extends SavedProfits {
  sequence: number;
  /** Commands before it whose trades are not in: the journal no longer had them when they were wanted. */
  missing: number;
}

/** Beside the journal that it was made from. */
export function keepProfits(folder: string, profits: KeptProfits): void {
  const text = JSON.stringify(profits);
  replaceFile(join(folder, NAME), [Buffer.from(`${crc32(text)} ${text}`)], PRIVATE_MODE);
}

/** Null when there is none, or none that is whole. */
export function readProfits(folder: string): KeptProfits | null {
  let text: string;
  try {
    text = readFileSync(join(folder, NAME), "utf8");
  } catch {
    return null;
  }
  const space = text.indexOf(" ");
  const json = text.slice(space + 1);
  // Only what this engine wrote has this sum, so its shape needs no second look.
  return Number(text.slice(0, space)) === crc32(json) ? (JSON.parse(json) as KeptProfits) : null;
}
