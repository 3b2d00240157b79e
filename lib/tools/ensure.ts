import { access, constants, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { SluiceError } from "../error.ts";
import { fill, lockOf, programIn } from "./cache.ts";
import { toolOf } from "./catalogue.ts";
import { withLock } from "./lock.ts";
import {
  inCache,
  type Obtainable,
  type Ready,
  remedyFor,
  survey,
  unobtainable,
  type Way,
} from "./prospect.ts";
import { shown } from "./release/address.ts";
import { fetchRelease } from "./release/fetch.ts";
import type { Shop } from "./shop.ts";
import { make, wordsFor } from "./source.ts";
import type { Tool } from "./tool.ts";
import { faultOf } from "./version.ts";

/** A tool that is there; its program has just told that it is the wanted version. */
export interface Ensured {
  /** Absolute path of the program. */
  path: string;
  /** Where it came from. */
  route: "path" | "cache" | "download" | "source";
}

/**
 * The tool called `name`, at exactly `version` (`1.2.3` or `v1.2.3`): from PATH, else from the cache, else its
 * publisher's release, else made here, the last two from what tools/ pins. Throws `unsupported` when this machine has
 * no way to get it.
 */
export async function ensure(name: string, version: string, shop: Shop): Promise<Ensured> {
  const tool = toolOf(name);
  return obtain({ ...tool, version: exact(tool, version) }, shop, tool.version);
}

function exact(tool: Tool, version: string): string {
  const found = /^v?(\d+\.\d+\.\d+\S*)$/.exec(version.trim())?.[1];
  if (found) return found;
  const message = `\`${version}\` is no exact version of ${tool.name}; such a one is ${tool.version}`;
  const hint = `use ${tool.version}, the version that Sluice pins and is tested with`;
  throw new SluiceError("invalid-input", message, { hint });
}

/** As `ensure`, for a tool that is no part of the catalogue; `pinnedVersion` is the one that can be made. */
export async function obtain(
  tool: Tool,
  shop: Shop,
  pinnedVersion: string = tool.version,
): Promise<Ensured> {
  const prospect = await survey(tool, shop, pinnedVersion);
  return "ways" in prospect ? obtainOnce(tool, prospect, shop) : taken(tool, prospect, shop);
}

function taken(tool: Tool, ready: Ready, shop: Shop): Ensured {
  const where = ready.route === "path" ? "on PATH" : "from the cache";
  shop.say(`${tool.name} ${tool.version}: ${where}, ${ready.path}`);
  return ready;
}

/** Of several processes that ask at once, one obtains the tool, and the others wait for it. */
async function obtainOnce(tool: Tool, prospect: Obtainable, shop: Shop): Promise<Ensured> {
  const lock = lockOf(tool, shop);
  await openCache(dirname(lock));
  const onWait = (holder: string) =>
    shop.say(`${tool.name} ${tool.version}: waiting for ${holder}, which is obtaining it`);
  return withLock(lock, { onWait, signal: shop.signal }, async () => {
    const kept = await inCache(tool, prospect.ways, shop, []);
    return kept ? taken(tool, kept, shop) : firstThatWorks(tool, prospect, shop);
  });
}

async function openCache(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const hint = "name a folder that may be written to in SLUICE_TOOL_CACHE";
    const message = `tools cannot be kept in ${folder}`;
    throw new SluiceError("unsupported", message, { cause, hint });
  }
}

/** A release that cannot be reached leaves the next way; wrong bytes, or a build that fails, do not. */
async function firstThatWorks(tool: Tool, prospect: Obtainable, shop: Shop): Promise<Ensured> {
  const faults = [...prospect.faults];
  for (const way of prospect.ways) {
    try {
      return await takeWay(tool, way, faults, shop);
    } catch (error) {
      if (way.route !== "download" || !isUnreachable(error)) throw error;
      faults.push(`download: ${error.message}`);
    }
  }
  const hint = `see that releases can be downloaded; or ${remedyFor(tool)}`;
  throw unobtainable(tool, faults, hint);
}

function isUnreachable(error: unknown): error is SluiceError {
  return error instanceof SluiceError && error.code === "target-unreachable";
}

async function takeWay(
  tool: Tool,
  way: Way,
  faults: readonly string[],
  shop: Shop,
): Promise<Ensured> {
  const label = `${tool.name} ${tool.version}`;
  shop.say(`${label}: ${announcement(tool, way)} (${faults.join("; ")})`);
  const startedAt = performance.now();
  const passed = () => ((performance.now() - startedAt) / 1000).toFixed(0);
  const { place } = way;
  const tick = () => shop.say(`${label}: still building, ${passed()} s so far`);
  const ticking = way.route === "source" ? setInterval(tick, TICK_MS).unref() : undefined;
  try {
    await fill(
      place,
      (partial) => install(tool, way, partial, shop),
      (partial) => mustBe(tool, programIn(partial, tool), shop),
    );
  } finally {
    clearInterval(ticking);
  }
  const done = way.route === "download" ? "downloaded" : "made";
  shop.say(`${label}: ${done} in ${passed()} s, kept in ${place.folder}`);
  return { path: place.program, route: way.route };
}

/** Between two signs of life of a build, which says nothing itself. */
const TICK_MS = 30_000;

function announcement(tool: Tool, way: Way): string {
  if (way.route === "download") return `downloading ${shown(way.address)}`;
  return `${wordsFor(tool).doing}, about ${tool.expectedSeconds} s`;
}

function install(tool: Tool, way: Way, folder: string, shop: Shop): Promise<void> {
  if (way.route === "source") return make(tool, way.pins, folder, shop);
  return fetchRelease(tool, way.release, way.address, folder, shop);
}

async function mustBe(tool: Tool, program: string, shop: Shop): Promise<void> {
  const fault = await faultOf(tool, program, shop);
  if (!fault) return;
  const message = `${tool.name} was obtained, but is not ${tool.version}: ${fault}`;
  const hint = `let what tools/ pins and lib/tools/catalogue.ts name the same version`;
  throw new SluiceError("build-failed", message, { hint });
}
