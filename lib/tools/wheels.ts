import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pins } from "./pins.ts";
import type { Shop } from "./shop.ts";
import type { Tool } from "./tool.ts";
import { unpackWheel } from "./wheel.ts";

/**
 * Unpacks a Python program and all that it imports into `folder`, apart from whatever else Python has here: what
 * pip wrote to `bin/` becomes `scripts/`, and `bin/` gets a starter that says where the imports are. No path is
 * written into it, since the folder is moved into the cache when it is whole.
 */
export async function unpackWheels(
  tool: Tool,
  pins: Pins,
  folder: string,
  shop: Shop,
): Promise<void> {
  await unpackWheel(tool, pins, folder, shop);
  await rename(join(folder, "bin"), join(folder, "scripts"));
  await writeStarter(tool.name, join(folder, "bin"));
}

async function writeStarter(name: string, bin: string): Promise<void> {
  await mkdir(bin);
  await writeFile(join(bin, name), STARTER.replaceAll("NAME", name), { mode: 0o755 });
}

/** Python writes nothing beside what was unpacked, and reads nothing of the user's own packages. */
const STARTER = `#!/bin/sh
here=$(cd "$(dirname "$0")/.." && pwd)
export PYTHONPATH="$here" PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1 PATH="$here/scripts:$PATH"
exec python3 "$here/scripts/NAME" "$@"
`;
