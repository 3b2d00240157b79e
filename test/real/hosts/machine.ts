import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmod, cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { causes } from "../../../lib/error.ts";
import { canConnect } from "./can-connect.ts";
import { makeGroups } from "./control-groups.ts";

const run = promisify(execFile);

export interface MachinePlan {
  name: string;
  address: string;
  /** Path -> content, put in place before it boots; a script when its mode says so. */
  files: Record<string, { text: string; mode?: number }>;
  /** Files of this checkout by their path on the machine. */
  copies: Record<string, string>;
  /** systemd units that are started at boot, by who wants them. */
  enabled: Array<{ unit: string; by: string }>;
  /** Whether it has this machine's Node.js; without it a release has to bring its own. */
  node: boolean;
}

const BOOT_MS = 30_000;

/** Where systemd's cgroup v1 controllers are read-only, it has no use of them: made writable before it starts. */
const INIT = `#!/bin/sh
for controller in memory cpu cpuacct pids cpuset blkio; do
  [ ! -d /sys/fs/cgroup/$controller ] || mount -o remount,rw /sys/fs/cgroup/$controller 2>/dev/null
done
exec /lib/systemd/systemd
`;

/** One machine: real systemd as its first process, and a network address of its own. */
export class Machine {
  readonly plan: MachinePlan;
  readonly #lab: string;
  readonly #folder: string;
  #nspawn: ChildProcess | null = null;

  constructor(lab: string, folder: string, plan: MachinePlan) {
    this.plan = plan;
    this.#lab = lab;
    this.#folder = join(folder, plan.name);
  }

  get root(): string {
    return join(this.#folder, "root");
  }

  async make(base: string): Promise<void> {
    const [upper, work] = [join(this.#folder, "upper"), join(this.#folder, "work")];
    for (const path of [upper, work, this.root]) await mkdir(path, { recursive: true });
    const layers = `lowerdir=${base},upperdir=${upper},workdir=${work}`;
    await run("mount", ["-t", "overlay", "overlay", "-o", layers, this.root]);
    const { files, copies, enabled, name, address } = this.plan;
    await this.put("/etc/hostname", `${name}\n`);
    await this.put("/etc/machine-id", (await run("systemd-id128", ["new"])).stdout);
    // Before Debian's own file for containers, which asks for DHCP.
    await this.put(
      "/etc/systemd/network/10-host0.network",
      `[Match]\nName=host0\n[Network]\nAddress=${address}/24\nLinkLocalAddressing=no\n`,
    );
    await this.put("/sbin/lab-init", INIT, 0o755);
    for (const [path, { text, mode }] of Object.entries(files)) await this.put(path, text, mode);
    for (const [path, from] of Object.entries(copies)) {
      await mkdir(dirname(join(this.root, path)), { recursive: true });
      await cp(from, join(this.root, path));
    }
    for (const { unit, by } of [
      { unit: "systemd-networkd.service", by: "multi-user.target" },
      ...enabled,
    ]) {
      const link = join(this.root, "/etc/systemd/system", `${by}.wants`, unit);
      await mkdir(dirname(link), { recursive: true });
      await symlink(`/lib/systemd/system/${unit}`, link).catch(() => {});
    }
  }

  async put(path: string, text: string, mode = 0o644): Promise<void> {
    const target = join(this.root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    await chmod(target, mode);
  }

  /** Once more when it does not come up: now and then a container's systemd waits for what never comes. */
  async boot(): Promise<void> {
    try {
      await this.#bootOnce();
    } catch (cause) {
      console.error(`${causes(cause).join(": ")}; booting it once more`);
      await this.cutPower();
      await this.#bootOnce();
    }
  }

  async #bootOnce(): Promise<void> {
    const groups = await makeGroups(this.#lab, this.plan.name);
    const enter = groups.map((file) => `echo $$ > ${file}`).join("; ");
    const options = [
      "--quiet",
      "--register=no",
      "--keep-unit",
      "--network-bridge=br0",
      "--console=pipe",
    ];
    const node = this.plan.node ? [`--bind-ro=${process.execPath}:/usr/local/bin/node`] : [];
    const nspawn = [
      "systemd-nspawn",
      ...options,
      ...node,
      "-D",
      this.root,
      "-M",
      this.plan.name,
      "/sbin/lab-init",
    ];
    const command = `${enter}; exec ${nspawn.map((word) => `'${word}'`).join(" ")}`;
    await this.#removeCable();
    this.#nspawn = spawn("sh", ["-c", command], { stdio: ["ignore", "ignore", "inherit"] });
    await this.untilReachable();
  }

  async untilReachable(port = 22): Promise<void> {
    const deadline = performance.now() + BOOT_MS;
    while (performance.now() < deadline) {
      if (await canConnect(this.plan.address, port)) return;
      await sleep(50);
    }
    throw new Error(
      `${this.plan.name} does not listen on port ${port} ${BOOT_MS} ms after its boot`,
    );
  }

  /** As if somebody pulled its plug. */
  async cutPower(): Promise<void> {
    const nspawn = this.#nspawn;
    if (!nspawn || nspawn.exitCode !== null || nspawn.signalCode !== null) return;
    const gone = new Promise((resolve) => nspawn.once("exit", resolve));
    nspawn.kill("SIGKILL");
    await gone;
    this.#nspawn = null;
    await this.#removeCable();
  }

  /** The kernel takes it away with the machine's network, but not at once. */
  async #removeCable(): Promise<void> {
    await run("ip", ["link", "del", `vb-${this.plan.name}`]).catch(() => {});
  }
}
