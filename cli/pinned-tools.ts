import { SluiceError } from "../lib/error.ts";
import { TOOLS } from "../lib/tools/catalogue.ts";
import { survey, type Way } from "../lib/tools/prospect.ts";
import { shown } from "../lib/tools/release/address.ts";
import type { Shop } from "../lib/tools/shop.ts";
import { wordsFor } from "../lib/tools/source.ts";
import type { Tool } from "../lib/tools/tool.ts";

/** How a tool of the catalogue is had on this machine. */
export interface PinnedTool {
  readonly name: string;
  readonly version: string;
  /** The first way that works; `null` when there is none. */
  readonly route: "path" | "cache" | "download" | "source" | null;
  /** Where it is, how it would be obtained, or why it is not to be had. */
  readonly account: string;
  /** What to do when it is not to be had. */
  readonly remedy: string | null;
}

/** Asks after every tool, with nothing downloaded or built. */
export async function examineTools(shop: Shop): Promise<PinnedTool[]> {
  return Promise.all(Object.values(TOOLS).map((tool) => examineTool(tool, shop)));
}

async function examineTool(tool: Tool, shop: Shop): Promise<PinnedTool> {
  const { name, version } = tool;
  try {
    const prospect = await survey(tool, shop);
    const { route } = prospect;
    const account = "ways" in prospect ? plan(tool, prospect.ways) : whereItIs(prospect);
    return { name, version, route, account, remedy: null };
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    const remedy = error.hint ?? null;
    return { name, version, route: null, account: error.message, remedy };
  }
}

function whereItIs({ route, path }: { route: "path" | "cache"; path: string }): string {
  return `${route === "path" ? "on PATH" : "in the cache"}: ${path}`;
}

function plan(tool: Tool, ways: readonly Way[]): string {
  return `not here yet; ${ways.map((way) => step(tool, way)).join(", else ")}`;
}

function step(tool: Tool, way: Way): string {
  if (way.route === "download") return `downloaded from ${shown(way.address)} when needed`;
  return `made by ${wordsFor(tool).doing}, which takes about ${tool.expectedSeconds} s`;
}
