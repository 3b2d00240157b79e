import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { Advisory } from "../../lib/scan/tiny-database/advisory.ts";
import { tinyDatabase, tinyDatabaseFiles } from "../../lib/scan/tiny-database/folder.ts";
import { TOOLS } from "../../lib/tools/catalogue.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";
import type { Layer } from "./pull-registry.ts";

/** The folder of the real trivy, for PATH; or why this machine has none: then what needs it is skipped. */
export async function trivyFolder(): Promise<{ folder: string } | { lack: string }> {
  const found = await ensure("trivy", TOOLS.trivy.version, openShop()).catch(String);
  return typeof found === "string" ? { lack: found } : { folder: dirname(found.path) };
}

export const ADVISORIES: readonly Advisory[] = [
  {
    package: "widget-for-tests",
    id: "CVE-2026-0001",
    severity: "CRITICAL",
    vulnerableVersions: ["<1.0.1"],
    patchedVersions: ["1.0.1"],
    title: "widget-for-tests breaks",
  },
  {
    package: "gadget-for-tests",
    id: "CVE-2026-0002",
    severity: "HIGH",
    vulnerableVersions: ["<=2.0.0"],
    patchedVersions: [],
  },
];

/** A cache folder with a database that knows `ADVISORIES`. */
export async function databaseBelow(folder: string): Promise<string> {
  return tinyDatabase(ADVISORIES, folder);
}

/** The same as the one layer that a registry serves it as. */
export async function databaseLayer(): Promise<Layer> {
  return {
    mediaType: "application/vnd.aquasec.trivy.db.layer.v1.tar+gzip",
    bytes: gzipSync(await tarOf(tinyDatabaseFiles(ADVISORIES))),
    annotations: { "org.opencontainers.image.title": "db.tar.gz" },
  };
}

export async function tarOf(files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const tar = pack();
  for (const [name, bytes] of Object.entries(files)) tar.entry({ name }, bytes);
  tar.finalize();
  return buffer(tar);
}

/** A lock file with these packages in it. */
export function lockFile(
  packages: Readonly<Record<string, { version: string; license?: string }>>,
): string {
  const entries = Object.entries(packages).map(([name, facts]) => [`node_modules/${name}`, facts]);
  const dependencies = Object.fromEntries(
    Object.entries(packages).map(([name, { version }]) => [name, `^${version}`]),
  );
  const root = ["", { name: "service", version: "1.0.0", dependencies }];
  const lock = {
    name: "service",
    version: "1.0.0",
    lockfileVersion: 3,
    requires: true,
    packages: Object.fromEntries([root, ...entries]),
  };
  return JSON.stringify(lock, null, 2);
}

/** In the form of a token that trivy knows; made up now, so that no such thing is ever committed. */
export function plantedToken(): string {
  const random = randomBytes(64)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "");
  return ["ghp", random.slice(0, 36)].join("_");
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The line on which `text` first stands in a file, from 1. */
export function lineOf(path: string, text: string): number {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}
