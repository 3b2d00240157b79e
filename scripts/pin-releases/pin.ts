import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SluiceError } from "../../lib/error.ts";
import { addressOf } from "../../lib/tools/release/address.ts";
import { download, retrieve } from "../../lib/tools/release/download.ts";
import type { Release, Releases } from "../../lib/tools/release/table.ts";
import type { Shop } from "../../lib/tools/shop.ts";
import { RECIPES, type Recipe } from "./recipe.ts";
import { checkSignature } from "./signature.ts";

export interface Pinning {
  tool: string;
  version: string;
  /** Whether each file is downloaded, and its sum taken here, too. */
  checkBytes: boolean;
}

/** What the table should say of that version of a tool: by the publisher's own sums, whose signature is checked. */
export async function pinReleases(pinning: Pinning, shop: Shop): Promise<Releases> {
  const { tool, version } = pinning;
  const recipe = RECIPES[tool];
  if (!recipe || !/^\d+\.\d+\.\d+$/.test(version)) throw refused(tool, version);
  const folder = await mkdtemp(join(tmpdir(), "sluice-pins-"));
  try {
    const sums = await publishedSums(pinning, recipe, folder, shop);
    const assets: Record<string, Release> = {};
    for (const [platform, named] of Object.entries(recipe.assets)) {
      const { file, program } = named(version);
      const sha256 = sums.get(file);
      if (!sha256) {
        shop.say(`${tool} ${version}: ${file} is not published; ${platform} is left out`);
        continue;
      }
      const url = urlOf(recipe, version, file);
      assets[platform] = { url, sha256, ...(program !== undefined && { program }) };
      if (pinning.checkBytes) await takeSum(file, url, sha256, folder, shop);
    }
    if (Object.keys(assets).length === 0) throw nothing(tool, version);
    return { version, assets };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function publishedSums(
  { tool, version }: Pinning,
  recipe: Recipe,
  folder: string,
  shop: Shop,
): Promise<Map<string, string>> {
  const name = recipe.checksums(version);
  const file = join(folder, "checksums");
  await take(name, urlOf(recipe, version, name), file, shop);
  const signer = recipe.signer?.(version);
  if (signer) {
    const bundle = join(folder, "bundle");
    const bundleName = `${name}.sigstore.json`;
    await take(bundleName, urlOf(recipe, version, bundleName), bundle, shop);
    await checkSignature(file, bundle, signer, shop);
    shop.say(`${tool} ${version}: ${name} is signed by ${signer.identity}`);
  } else {
    shop.say(`${tool} ${version}: its publisher signs no sums; they are as good as the connection`);
  }
  return readSums(await readFile(file, "utf8"));
}

/** The form of sha256sum: the sum, white space, perhaps a `*`, the file. */
export function readSums(text: string): Map<string, string> {
  const lines = text.matchAll(/^([0-9a-f]{64})[ \t]+\*?(\S+)[ \t]*\r?$/gim);
  return new Map([...lines].map(([, sum = "", file = ""]) => [file, sum.toLowerCase()]));
}

async function take(label: string, url: string, file: string, shop: Shop): Promise<void> {
  await retrieve({ label, address: addressFor(url, shop) }, file, shop);
}

async function takeSum(
  label: string,
  url: string,
  sha256: string,
  folder: string,
  shop: Shop,
): Promise<void> {
  await download({ label, address: addressFor(url, shop) }, sha256, join(folder, "asset"), shop);
  shop.say(`${label}: has the sum that is published`);
}

function urlOf({ repository }: Recipe, version: string, file: string): string {
  return `https://github.com/${repository}/releases/download/v${version}/${file}`;
}

function addressFor(url: string, shop: Shop): URL {
  const where = addressOf(url, shop.env);
  if ("fault" in where) throw new SluiceError("invalid-input", where.fault);
  return where.address;
}

function refused(tool: string, version: string): SluiceError {
  const message = `no release is known by \`${tool} ${version}\``;
  const hint = `name one of ${Object.keys(RECIPES).join(", ")}, and a version as 1.2.3`;
  return new SluiceError("invalid-input", message, { hint });
}

function nothing(tool: string, version: string): SluiceError {
  const hint = "see how the publisher names its files now, and mend scripts/pin-releases/recipe.ts";
  return new SluiceError("unsupported", `${tool} ${version} has none of the files`, { hint });
}
