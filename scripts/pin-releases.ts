import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SluiceError } from "../lib/error.ts";
import { TOOLS } from "../lib/tools/catalogue.ts";
import { findPins } from "../lib/tools/pins-folder.ts";
import { ReleaseTable, TABLE_FILE } from "../lib/tools/release/table.ts";
import { openShop } from "../lib/tools/shop.ts";
import { pinReleases } from "./pin-releases/pin.ts";

/**
 * `node scripts/pin-releases.ts k6 2.2.0` rewrites what tools/releases.json says of a tool; with `--check-bytes`, every
 * file is downloaded as well. A table of another place comes last.
 */
const words = process.argv.slice(2).filter((word) => word !== "--check-bytes");
const [tool = "", version = "", table = join(findPins(), TABLE_FILE)] = words;
const checkBytes = process.argv.includes("--check-bytes");
try {
  const releases = await pinReleases({ tool, version, checkBytes }, openShop({ say: console.log }));
  const all = ReleaseTable.parse(JSON.parse(await readFile(table, "utf8")));
  const rows = Object.entries({ ...all, [tool]: releases });
  const sorted = rows.sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(table, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  console.log(`${tool} ${version}: pinned for ${Object.keys(releases.assets).join(", ")}`);
  const known = Object.values(TOOLS).find(({ name }) => name === tool)?.version;
  if (known !== version)
    console.log(`Now let lib/tools/catalogue.ts and tools/${tool} name ${version}, too.`);
} catch (error) {
  if (!(error instanceof SluiceError)) throw error;
  console.error(error.message);
  if (error.hint) console.error(error.hint);
  process.exitCode = 1;
}
