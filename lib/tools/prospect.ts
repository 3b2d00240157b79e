import { SluiceError } from "../error.ts";
import { isThere, type Place, placeOf } from "./cache.ts";
import { type Pins, readPins } from "./pins.ts";
import { addressOf } from "./release/address.ts";
import { type Release, releaseFor } from "./release/table.ts";
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

/** A way to obtain it, and where it then is. */
export type Way =
  | { route: "download"; release: Release; address: URL; place: Place }
  | { route: "source"; pins: Pins; place: Place };

/** It can be obtained on this machine. */
export interface Obtainable {
  /** The way that is tried first. */
  route: Way["route"];
  ways: readonly Way[];
  /** Why it was not found on the routes before, and why another route is none. */
  faults: readonly string[];
}

/**
 * How the tool would be obtained, with nothing made and nothing written, and nobody asked over the network. Throws
 * `unsupported`, with what was tried and what to install, when this machine has no way to get it.
 */
export async function survey(
  tool: Tool,
  shop: Shop,
  pinnedVersion: string = tool.version,
): Promise<Ready | Obtainable> {
  const faults: string[] = [];
  const found = await onPath(tool, shop, faults);
  if (found) return found;
  if (tool.version !== pinnedVersion) {
    faults.push(`Sluice pins ${pinnedVersion}, and obtains no other by itself`);
    throw unobtainable(tool, faults, `use ${pinnedVersion}, or put ${tool.version} on PATH`);
  }
  const { possible, impossible } = await waysTo(tool, shop);
  const kept = await inCache(tool, possible, shop, faults);
  if (kept) return kept;
  const ways: Way[] = [];
  for (const way of possible) {
    const lacking = way.route === "source" ? await lacks(tool, shop) : undefined;
    if (lacking) impossible.push(`source: ${lacking}`);
    else ways.push(way);
  }
  faults.push(...impossible);
  const first = ways[0];
  if (first) return { route: first.route, ways, faults };
  throw unobtainable(tool, faults, remedyFor(tool));
}

/** What to do where there is no way. */
export function remedyFor(tool: Tool): string {
  return `${wordsFor(tool).remedy}, or put ${tool.name} on PATH`;
}

/** All that is pinned for this platform, the quicker first, and why what is missing is missing. */
async function waysTo(tool: Tool, shop: Shop): Promise<{ possible: Way[]; impossible: string[] }> {
  const possible: Way[] = [];
  const impossible: string[] = [];
  const found = tool.source.kind !== "go" ? undefined : await releaseFor(tool, shop);
  if (found && "fault" in found) impossible.push(`download: ${found.fault}`);
  if (found && "release" in found) {
    const { release } = found;
    const where = addressOf(release.url, shop.env);
    const place = placeOf(tool, release.sha256, shop);
    if ("fault" in where) impossible.push(`download: ${where.fault}`);
    else possible.push({ route: "download", release, address: where.address, place });
  }
  const pins = await readPins(tool, shop);
  possible.push({ route: "source", pins, place: placeOf(tool, pins.digest, shop) });
  return { possible, impossible };
}

async function onPath(tool: Tool, shop: Shop, faults: string[]): Promise<Ready | undefined> {
  const path = await findOnPath(tool.name, shop.env);
  const fault = path ? await faultOf(tool, path, shop) : "not there";
  if (path && !fault) return { path, route: "path" };
  faults.push(`PATH: ${fault}`);
  return undefined;
}

/** The tool as the cache has it, whichever way it came; why it has not, or not rightly, goes to `faults`. */
export async function inCache(
  tool: Tool,
  ways: readonly Way[],
  shop: Shop,
  faults: string[],
): Promise<Ready | undefined> {
  const spoilt: string[] = [];
  for (const { place } of ways) {
    if (!(await isThere(place.folder))) continue;
    const fault = await faultOf(tool, place.program, shop);
    if (!fault) return { path: place.program, route: "cache" };
    spoilt.push(`cache: ${fault}`);
  }
  faults.push(...(spoilt.length > 0 ? spoilt : ["cache: empty"]));
  return undefined;
}

export function unobtainable(tool: Tool, faults: readonly string[], hint: string): SluiceError {
  const message = `${tool.name} ${tool.version} is not to be had here (${faults.join("; ")})`;
  return new SluiceError("unsupported", message, { hint });
}
