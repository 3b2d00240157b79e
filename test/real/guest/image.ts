import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { causes } from "../../../lib/error.ts";

const run = promisify(execFile);

const SUITE = "bookworm";
const PACKAGES = [
  "systemd",
  "systemd-sysv",
  "openssh-server",
  "iproute2",
  "procps",
  "libstdc++6",
  "zstd",
  "initramfs-tools",
  "linux-image-cloud-amd64",
];
const DISK_BYTES = 2 * 1024 ** 3;

/** Where the guest finds the second disk: what a test brings with it. */
export const BROUGHT = "/srv";

/** Put into the guest's root folder. */
const FILES: Record<string, string> = {
  "/etc/hostname": "guest\n",
  "/etc/fstab": `/dev/vdb ${BROUGHT} ext4 ro 0 0\n`,
  "/etc/systemd/network/10-guest.network":
    "[Match]\nType=ether\n[Network]\nAddress=10.0.2.15/24\nLinkLocalAddressing=no\n",
  "/etc/ssh/sshd_config.d/guest.conf": `HostKey ${BROUGHT}/keys/guest
AuthorizedKeysFile ${BROUGHT}/keys/user.pub
UseDNS no
`,
};
const ENABLED = { "systemd-networkd.service": "multi-user.target" };
/** Nobody logs in or updates packages there, and each costs seconds where a CPU is emulated. */
const MASKED = [
  "getty.target",
  "apt-daily.timer",
  "apt-daily-upgrade.timer",
  "dpkg-db-backup.timer",
  "e2scrub_all.timer",
  "e2scrub_reap.service",
  "fstrim.timer",
  "systemd-update-utmp.service",
];

/** Kernel, its first files, and a disk that is never written to. */
export interface GuestImage {
  kernel: string;
  initrd: string;
  disk: string;
}

/** Made once from Debian's packages, and cached by what it is made of. */
export async function guestImage(): Promise<string> {
  const cache = process.env.SLUICE_TOOLS_CACHE || join(homedir(), ".cache", "sluice");
  const made = JSON.stringify([SUITE, PACKAGES, FILES, ENABLED, MASKED, DISK_BYTES]);
  const key = createHash("sha256").update(made).digest("hex").slice(0, 16);
  const folder = join(cache, "lab", `guest-${key}`);
  if (await isThere(folder)) return folder;
  console.log(`making the guest's disk from Debian's packages (about two minutes): ${folder}`);
  const partial = `${folder}.${process.pid}`;
  const root = await mkdtemp(join(tmpdir(), "sluice-guest-"));
  try {
    await mkdir(partial, { recursive: true });
    await makeRoot(root);
    await takeKernel(root, partial);
    await makeDisk(root, join(partial, "disk.ext4"));
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  return folder;
}

/** What the tests are told of the guest: where its disk is, or why there is none. */
export async function guestParts(): Promise<Record<string, string>> {
  const tools = ["qemu-system-x86_64", "mke2fs"];
  const absent = tools.filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);
  if (process.arch !== "x64")
    return { SLUICE_GUEST_LACKS: `its kernel is for x64, not ${process.arch}` };
  if (absent.length > 0)
    return {
      SLUICE_GUEST_LACKS: `it needs ${absent.join(", ")} (apt-get install qemu-system-x86 e2fsprogs)`,
    };
  return guestImage().then(
    (folder) => ({ SLUICE_GUEST: folder }),
    (error: unknown) => ({ SLUICE_GUEST_LACKS: causes(error).join(": ") }),
  );
}

export function imageIn(folder: string): GuestImage {
  const file = (name: string) => join(folder, name);
  return { kernel: file("vmlinuz"), initrd: file("initrd.img"), disk: file("disk.ext4") };
}

async function makeRoot(root: string): Promise<void> {
  const options = ["--quiet", "--variant=minbase", `--include=${PACKAGES.join(",")}`];
  await run("mmdebstrap", [...options, SUITE, root], {
    timeout: 10 * 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await symlink(`${BROUGHT}/bin/node`, join(root, "usr/local/bin/node"));
  const units = join(root, "etc/systemd/system");
  for (const [unit, by] of Object.entries(ENABLED)) {
    await mkdir(join(units, `${by}.wants`), { recursive: true });
    await symlink(`/lib/systemd/system/${unit}`, join(units, `${by}.wants`, unit)).catch(() => {});
  }
  for (const unit of MASKED) await symlink("/dev/null", join(units, unit));
}

async function takeKernel(root: string, folder: string): Promise<void> {
  const names = await readdir(join(root, "boot"));
  for (const kind of ["vmlinuz", "initrd.img"]) {
    const name = names.find((one) => one.startsWith(`${kind}-`));
    if (name === undefined) throw new Error(`Debian's kernel package brought no ${kind}`);
    await copyFile(join(root, "boot", name), join(folder, kind));
  }
  await rm(join(root, "boot"), { recursive: true });
}

/** A file that is a disk with what a folder holds; sparse. */
export async function makeDisk(folder: string, disk: string): Promise<void> {
  await writeFile(disk, "");
  await truncate(disk, DISK_BYTES);
  await run("mke2fs", ["-q", "-t", "ext4", "-O", "^has_journal", "-d", folder, disk]);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
