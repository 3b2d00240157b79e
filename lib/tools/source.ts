import { buildGo, INSTALL_GO, lacksGo } from "./go-source.ts";
import type { Pins } from "./pins.ts";
import type { Shop } from "./shop.ts";
import type { Source, Tool } from "./tool.ts";
import { lacksPip, unpackWheel } from "./wheel.ts";
import { unpackWheels } from "./wheels.ts";

/** Why the tool cannot be made on this machine; undefined when it can. */
export async function lacks(tool: Tool, shop: Shop): Promise<string | undefined> {
  return tool.source.kind === "go" ? lacksGo(shop) : lacksPip(shop);
}

/** Makes the tool in `folder`, with its program in `bin/`. */
export async function make(tool: Tool, pins: Pins, folder: string, shop: Shop): Promise<void> {
  const { source } = tool;
  if (source.kind === "go") return buildGo({ ...tool, source }, pins, folder, shop);
  if (source.kind === "wheels") return unpackWheels(tool, pins, folder, shop);
  return unpackWheel(tool, pins, folder, shop);
}

const WORDS: Record<Source["kind"], { doing: string; remedy: string }> = {
  go: {
    doing: "building from source with Go",
    remedy: INSTALL_GO,
  },
  wheel: { doing: "fetching the pinned wheel with pip", remedy: "install Python 3 with pip" },
  wheels: { doing: "fetching its pinned wheels with pip", remedy: "install Python 3 with pip" },
};

/** How making it is called, and what to install so that it can be. */
export function wordsFor(tool: Tool): { doing: string; remedy: string } {
  return WORDS[tool.source.kind];
}
