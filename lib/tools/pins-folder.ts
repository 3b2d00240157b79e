import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `tools/` of this repository. It is one level above in the bundle (dist/), and two above in the sources
 * (lib/tools/); where it is missing, the message about the missing pins names the place where it should be.
 */
export function findPins(from: string = dirname(fileURLToPath(import.meta.url))): string {
  const above = [join(from, "..", "tools"), join(from, "..", "..", "tools")];
  return above.find((folder) => existsSync(join(folder, "releases.json"))) ?? join(from, "tools");
}
