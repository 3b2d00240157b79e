import { access, constants, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { SluiceError } from "../error.ts";
import { fill, type Place, programIn } from "./cache.ts";
import { toolOf } from "./catalogue.ts";
import { withLock } from "./lock.ts";
import { inCache, type Makeable, type Ready, survey } from "./prospect.ts";
import type { Shop } from "./shop.ts";
import { make, wordsFor } from "./source.ts";
import type { Tool } from "./tool.ts";
import { faultOf } from "./version.ts";

/** A tool that is there; its program has just told that it is the wanted version. */
export interface Ensured {
  /** Absolute path of the program. */
  path: string;
  /** Where it came from. */
  route: "path" | "cache" | "source";
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
  const prospect = await survey(tool, shop, pinnedVersion);
  return prospect.route === "source" ? makeOnce(tool, prospect, shop) : taken(tool, prospect, shop);
}

function taken(tool: Tool, ready: Ready, shop: Shop): Ensured {
  const where = ready.route === "path" ? "on PATH" : "from the cache";
  shop.say(`${tool.name} ${tool.version}: ${where}, ${ready.path}`);
  return ready;
}

/** Of several processes that ask at once, one makes the tool, and the others wait for it. */
async function makeOnce(tool: Tool, makeable: Makeable, shop: Shop): Promise<Ensured> {
  const { place } = makeable;
  await openCache(place);
  const onWait = (holder: string) =>
    shop.say(`${tool.name} ${tool.version}: waiting for ${holder}, which is making it`);
  return withLock(place.lock, { onWait, signal: shop.signal }, async () => {
    const kept = await inCache(tool, place, shop, []);
    return kept ? taken(tool, kept, shop) : makeNow(tool, makeable, shop);
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
  { pins, place, faults }: Makeable,
  shop: Shop,
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
