import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const SUITE = "bookworm";
const PACKAGES = [
  "systemd",
  "systemd-sysv",
  "openssh-server",
  "haproxy",
  "iproute2",
  "nftables",
  "socat",
  "sudo",
  "python3",
  "python3-apt",
  "procps",
];

/** Where what the lab is made of is kept between runs, each by its content. */
export function cacheFolder(): string {
  return join(process.env.SLUICE_TOOLS_CACHE || join(homedir(), ".cache", "sluice"), "lab");
}

/** What the roles data and observe set up; an image of its own, since other machines would start all of it too. */
export const STORES = [
  "postgresql",
  "redis-server",
  "nats-server",
  "prometheus",
  "prometheus-node-exporter",
  "openssl",
];

/**
 * The root folder that all machines of the lab share, read-only below their own layers. Made once from Debian's
 * packages and cached by what it is made of.
 */
export async function rootfs(more: readonly string[] = []): Promise<string> {
  const packages = [...PACKAGES, ...more];
  const key = createHash("sha256")
    .update(JSON.stringify([SUITE, packages, process.arch]))
    .digest("hex")
    .slice(0, 16);
  const folder = join(cacheFolder(), key);
  if (await isThere(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  await mkdir(cacheFolder(), { recursive: true });
  console.log(
    `making the lab's root folder from Debian's packages (about half a minute): ${folder}`,
  );
  try {
    const options = ["--quiet", "--variant=minbase", `--include=${packages.join(",")}`];
    await promisify(execFile)("mmdebstrap", [...options, SUITE, partial], {
      timeout: 10 * 60_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
