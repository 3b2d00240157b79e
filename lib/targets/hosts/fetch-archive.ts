import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Digest } from "../../units/digest.ts";
import type { Host } from "./host.ts";

/** Brings the bytes of a release from a host to a temporary file of this machine; whoever reads it checks them. */
export async function fetchArchive(host: Host, digest: Digest): Promise<string> {
  const folder = join(process.env.RUNNER_TEMP || tmpdir(), `sluice-archives-${process.getuid?.()}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${digest.slice("sha256:".length)}.tar.gz`);
  const incoming = `${path}.${randomUUID()}`;
  try {
    await host.get(digest, incoming);
    await rename(incoming, path);
  } catch (error) {
    await rm(incoming, { force: true });
    throw error;
  }
  return path;
}
