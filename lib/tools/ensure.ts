import { access, constants, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { SluiceError } from "../error.ts";
import { fill, isThere, type Place, placeOf, programIn } from "./cache.ts";
import { toolOf } from "./catalogue.ts";
import { withLock } from "./lock.ts";
import { type Pins, readPins } from "./pins.ts";
import { findOnPath } from "./search-path.ts";
import type { Shop } from "./shop.ts";
import { lacks, make, wordsFor } from "./source.ts";
import type { Tool } from "./tool.ts";
import { faultOf } from "./version.ts";

/** Where a tool came from. */
export type Route = "path" | "cache" | "source";

export interface Ensured {
  /** Absolute path of the program; it has just told that it is the wanted version. */
  path: string;
  route: Route;
}

/**
 * The tool called `name`, at exactly `version`: from PATH, else from the cache, else made here from what
 * `tools/<name>/` pins. Throws `unsupported` when this machine has no way to get it.
 */
export async function ensure(name: string, version: string, shop: Shop): Promise<Ensured> {
  const tool = toolOf(name);
  return obtain({ ...tool, version }, shop, tool.version);
}

/** As `ensure`, for a tool that is no part of the catalogue; `pinnedVersion` is the one that can be made. */
export async function obtain(
  tool: Tool,
  shop: Shop,
  pinnedVersion: string = tool.version,
): Promise<Ensured> {
  const faults: string[] = [];
  const found = await onPath(tool, shop, faults);
  if (found) return found;
  if (tool.version !== pinnedVersion) {
    faults.push(`source: tools/${tool.name} pins ${pinnedVersion}`);
    throw unobtainable(tool, faults, `use ${pinnedVersion}, or put ${tool.version} on PATH`);
  }
  const pins = await readPins(tool, shop);
  const place = placeOf(tool, pins, shop);
  const kept = await fromCache(tool, place, shop, faults);
  if (kept) return kept;
  const lacking = await lacks(tool, shop);
  if (!lacking) return makeOnce(tool, pins, place, shop, faults);
  faults.push(`source: ${lacking}`);
  throw unobtainable(tool, faults, `${wordsFor(tool).remedy}, or put ${tool.name} on PATH`);
}

async function onPath(tool: Tool, shop: Shop, faults: string[]): Promise<Ensured | undefined> {
  const path = await findOnPath(tool.name, shop.env);
  const fault = path ? await faultOf(tool, path, shop) : "not there";
  if (path && !fault) {
    shop.say(`${tool.name} ${tool.version}: on PATH, ${path}`);
    return { path, route: "path" };
  }
  faults.push(`PATH: ${fault}`);
  return undefined;
}

async function fromCache(
  tool: Tool,
  place: Place,
  shop: Shop,
  faults: string[],
): Promise<Ensured | undefined> {
  const fault = (await isThere(place.folder)) ? await faultOf(tool, place.program, shop) : "empty";
  if (!fault) {
    shop.say(`${tool.name} ${tool.version}: from the cache, ${place.program}`);
    return { path: place.program, route: "cache" };
  }
  faults.push(`cache: ${fault}`);
  return undefined;
}

/** Of several processes that ask at once, one makes the tool, and the others wait for it. */
async function makeOnce(
  tool: Tool,
  pins: Pins,
  place: Place,
  shop: Shop,
  faults: readonly string[],
): Promise<Ensured> {
  await openCache(place);
  const onWait = (holder: string) =>
    shop.say(`${tool.name} ${tool.version}: waiting for ${holder}, which is making it`);
  return withLock(place.lock, { onWait, signal: shop.signal }, async () => {
    const kept = await fromCache(tool, place, shop, []);
    return kept ?? (await makeNow(tool, pins, place, shop, faults));
  });
}

async function openCache({ folder }: Place): Promise<void> {
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    await access(dirname(folder), constants.W_OK);
  } catch (cause) {
    const hint = "name a folder that may be written to in SLUICE_TOOL_CACHE";
    const message = `tools cannot be kept in ${dirname(folder)}`;
    throw new SluiceError("unsupported", message, { cause, hint });
  }
}

async function makeNow(
  tool: Tool,
  pins: Pins,
  place: Place,
  shop: Shop,
  faults: readonly string[],
): Promise<Ensured> {
  const { doing } = wordsFor(tool);
  const wait = `about ${tool.expectedSeconds} s`;
  shop.say(`${tool.name} ${tool.version}: ${doing}, ${wait} (${faults.join("; ")})`);
  const startedAt = performance.now();
  await fill(
    place,
    (partial) => make(tool, pins, partial, shop),
    (partial) => mustBe(tool, programIn(partial, tool), shop),
  );
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  shop.say(`${tool.name} ${tool.version}: made in ${seconds} s, kept in ${place.folder}`);
  return { path: place.program, route: "source" };
}

async function mustBe(tool: Tool, program: string, shop: Shop): Promise<void> {
  const fault = await faultOf(tool, program, shop);
  if (!fault) return;
  const message = `${tool.name} was made, but is not ${tool.version}: ${fault}`;
  const hint = `let tools/${tool.name} and lib/tools/catalogue.ts name the same version`;
  throw new SluiceError("build-failed", message, { hint });
}

function unobtainable(tool: Tool, faults: readonly string[], hint: string): SluiceError {
  const message = `${tool.name} ${tool.version} is not to be had here (${faults.join("; ")})`;
  return new SluiceError("unsupported", message, { hint });
}
