import { chmod, mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SluiceError } from "../../error.ts";
import { programIn } from "../cache.ts";
import type { Shop } from "../shop.ts";
import type { Tool } from "../tool.ts";
import { download } from "./download.ts";
import type { Release } from "./table.ts";
import { unpack } from "./unpack.ts";

/** Downloads the pinned release into `folder`; its program is then in `bin/`. */
export async function fetchRelease(
  tool: Tool,
  release: Release,
  address: URL,
  folder: string,
  shop: Shop,
): Promise<void> {
  const label = `${tool.name} ${tool.version}`;
  const file = join(folder, "download");
  await download({ label, address }, release.sha256, file, shop);
  const program = programIn(folder, tool);
  await mkdir(dirname(program), { recursive: true });
  const name = basename(new URL(release.url).pathname);
  try {
    await unpack(file, name, release.program, program);
  } catch (cause) {
    const hint = "pin another release in tools/releases.json, or put the tool on PATH";
    throw new SluiceError("build-failed", `${label}: ${name} cannot be unpacked`, { cause, hint });
  }
  await chmod(program, 0o755);
  await rm(file, { force: true });
}
