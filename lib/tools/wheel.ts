import { rm } from "node:fs/promises";
import { join } from "node:path";
import { SluiceError } from "../error.ts";
import type { Pins } from "./pins.ts";
import { lastWords, run } from "./process.ts";
import { findOnPath } from "./search-path.ts";
import type { Shop } from "./shop.ts";
import type { Tool } from "./tool.ts";

/** Why a wheel cannot be unpacked on this machine; undefined when it can. */
export async function lacksPip({ env, signal }: Shop): Promise<string | undefined> {
  const python = await findOnPath("python3", env);
  if (!python) return "Python is not on PATH";
  const ended = await run(python, ["-m", "pip", "--version"], { env, signal });
  return ended.code === 0 ? undefined : `${python} has no pip`;
}

const PIP_INSTALL = [
  ...["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"],
  // Nothing but the named bytes, and no code of a package is run on the way.
  ...["--require-hashes", "--no-deps", "--only-binary=:all:"],
];

/** Unpacks the pinned wheel into `folder`; its program is then in `bin/`. */
export async function unpackWheel(
  tool: Tool,
  pins: Pins,
  folder: string,
  shop: Shop,
): Promise<void> {
  const python = (await findOnPath("python3", shop.env)) ?? "python3";
  const requirements = join(pins.folder, "requirements.txt");
  const args = [...PIP_INSTALL, "--target", folder, "--requirement", requirements];
  // A user's own `user = true` cannot be had together with --target.
  const env = { ...shop.env, PIP_USER: "0" };
  const ended = await run(python, args, { env, signal: shop.signal });
  if (ended.code !== 0) throw faultOfPip(tool, lastWords(ended));
  // Left by some versions of pip; nothing here is imported.
  await rm(join(folder, "__pycache__"), { recursive: true, force: true });
}

function faultOfPip(tool: Tool, said: string): SluiceError {
  const start = `${tool.name} ${tool.version}`;
  if (/DO NOT MATCH THE HASHES/.test(said)) {
    const pinned = `tools/${tool.name}/requirements.txt`;
    const message = `${start}: what was fetched is not what ${pinned} pins: ${said}`;
    const hint = "do not use it; ask where the package index of this machine gets its files from";
    return new SluiceError("digest-mismatch", message, { hint });
  }
  const hint = "see that the Python package index is reachable, and has a wheel for this platform";
  return new SluiceError("target-unreachable", `${start}: pip failed: ${said}`, { hint });
}
