import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const APT_MS = 600_000;

/** A server that tests start, and the Debian package that has it. */
interface Needed {
  name: string;
  isThere(): boolean;
}

const NEEDED: readonly Needed[] = [
  { name: "postgresql", isThere: () => onPath("postgres") || hasPostgres("/usr/lib/postgresql") },
  { name: "redis-tools", isThere: () => onPath("redis-server") },
  // Of the lab of real hosts, test/real/hosts.
  { name: "systemd-container", isThere: () => onPath("systemd-nspawn") },
  { name: "mmdebstrap", isThere: () => onPath("mmdebstrap") },
  {
    name: "debian-archive-keyring",
    isThere: () => existsSync("/usr/share/keyrings/debian-archive-keyring.gpg"),
  },
  { name: "openssh-client", isThere: () => onPath("ssh") && onPath("ssh-keygen") },
  { name: "iproute2", isThere: () => onPath("ip") },
  { name: "ansible-core", isThere: () => onPath("ansible-playbook") },
  // Of the containers that are rehearsed, test/rehearsal/podman.ts.
  { name: "podman", isThere: () => onPath("podman") },
  { name: "runc", isThere: () => onPath("runc") || existsSync("/usr/sbin/runc") },
];

/**
 * Installs the servers that tests start, and what the lab of real hosts is made with, where that can be done without asking anybody: by root, with apt, in a
 * container or the like, where no systemd would start them for good. Elsewhere the tests that need them are skipped by
 * name. SLUICE_TEST_PACKAGES=off leaves the machine as it is.
 */
export async function installPackages(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const missing = NEEDED.filter(({ isThere }) => !isThere()).map(({ name }) => name);
  if (missing.length === 0) return;
  const names = missing.join(" ");
  if (env.SLUICE_TEST_PACKAGES === "off" || !mayInstall()) {
    console.log(
      `packages\n  ✗ ${names}: not here; what needs them is skipped (apt-get install ${names})\n`,
    );
    return;
  }
  console.log(`packages\n  installing ${names} by apt-get`);
  const apt = (...args: string[]) =>
    promisify(execFile)("apt-get", args, {
      env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
      maxBuffer: 64 * 1024 * 1024,
      timeout: APT_MS,
      signal,
    }).then(
      () => true,
      () => false,
    );
  await apt("update", "--quiet");
  const installed = await apt(
    ...["install", "--yes", "--quiet", "--no-install-recommends", ...missing],
  );
  console.log(
    `  ${installed ? "✓" : "✗"} ${installed ? "installed" : "not installed; what needs them is skipped"}\n`,
  );
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && onPath("apt-get") && !existsSync("/run/systemd/system");
}

function onPath(program: string): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** Debian keeps its servers by version, out of PATH. */
function hasPostgres(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((version) => existsSync(join(folder, version, "bin/postgres")));
}
