import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import type { PlaceableRelease } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";

/** How a version of the test service behaves; see test/support/service/main.ts. */
export interface ServiceBehaviour {
  errorShare?: number;
  hidesErrors?: boolean;
  dropShare?: number;
  neverHealthy?: boolean;
  exitAtStart?: number;
  ignoresSigterm?: boolean;
}

/** Packs a version of the test service into `folder`, as the build action would. */
export async function packService(
  folder: string,
  version: string,
  behaviour: ServiceBehaviour = {},
): Promise<PlaceableRelease> {
  const main = await readFile(new URL("./service/main.ts", import.meta.url));
  const archivePath = join(folder, `service-${version}.tar.gz`);
  const tar = pack();
  tar.entry({ name: "service/package.json" }, '{"type":"module"}');
  tar.entry({ name: "service/main.ts" }, main);
  tar.entry({ name: "service/service.json" }, JSON.stringify({ ...behaviour, version }));
  tar.finalize();
  await pipeline(tar, createGzip(), createWriteStream(archivePath));
  const digest = await digestOf(archivePath);
  return { name: "service", version, commit: "0".repeat(40), digest, archivePath };
}

export async function digestOf(path: string): Promise<Digest> {
  const hex = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  return `sha256:${hex}` as Digest;
}
