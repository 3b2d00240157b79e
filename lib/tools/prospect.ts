import { SluiceError } from "../error.ts";
import { isThere, type Place, placeOf } from "./cache.ts";
import { type Pins, readPins } from "./pins.ts";
import { findOnPath } from "./search-path.ts";
import type { Shop } from "./shop.ts";
import { lacks, wordsFor } from "./source.ts";
import type { Tool } from "./tool.ts";
import { faultOf } from "./version.ts";

/** It is there, and has just told its version. */
export interface Ready {
  route: "path" | "cache";
  path: string;
}

/** It can be made on this machine. */
export interface Makeable {
  route: "source";
  pins: Pins;
  place: Place;
  /** Why it was not found on the routes before. */
  faults: readonly string[];
}

/**
 * How the tool would be obtained, with nothing made and nothing written. Throws `unsupported`, with what was tried
 * and what to install, when this machine has no way to get it.
 */
export async function survey(
  tool: Tool,
  shop: Shop,
  pinnedVersion: string = tool.version,
): Promise<Ready | Makeable> {
  const faults: string[] = [];
  const found = await onPath(tool, shop, faults);
  if (found) return found;
  if (tool.version !== pinnedVersion) {
    faults.push(`source: tools/${tool.name} pins ${pinnedVersion}`);
    throw unobtainable(tool, faults, `use ${pinnedVersion}, or put ${tool.version} on PATH`);
  }
  const pins = await readPins(tool, shop);
  const place = placeOf(tool, pins, shop);
  const kept = await inCache(tool, place, shop, faults);
  if (kept) return kept;
  const lacking = await lacks(tool, shop);
  if (!lacking) return { route: "source", pins, place, faults };
  faults.push(`source: ${lacking}`);
  throw unobtainable(tool, faults, `${wordsFor(tool).remedy}, or put ${tool.name} on PATH`);
}

async function onPath(tool: Tool, shop: Shop, faults: string[]): Promise<Ready | undefined> {
  const path = await findOnPath(tool.name, shop.env);
  const fault = path ? await faultOf(tool, path, shop) : "not there";
  if (path && !fault) return { path, route: "path" };
  faults.push(`PATH: ${fault}`);
  return undefined;
}

/** The tool as the cache has it; why it has not, or not rightly, goes to `faults`. */
export async function inCache(
  tool: Tool,
  place: Place,
  shop: Shop,
  faults: string[],
): Promise<Ready | undefined> {
  const fault = (await isThere(place.folder)) ? await faultOf(tool, place.program, shop) : "empty";
  if (!fault) return { path: place.program, route: "cache" };
  faults.push(`cache: ${fault}`);
  return undefined;
}

function unobtainable(tool: Tool, faults: readonly string[], hint: string): SluiceError {
  const message = `${tool.name} ${tool.version} is not to be had here (${faults.join("; ")})`;
  return new SluiceError("unsupported", message, { hint });
}
