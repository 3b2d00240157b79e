import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmod, cp, mkdir, open, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { canConnect } from "./can-connect.ts";
import { endProcessesOn, makeGroups, removeGroups } from "./control-groups.ts";
import { diagnosis } from "./diagnosis.ts";

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

/** It takes a second or two; a machine that is slow and busy gets as much time as it may need. */
const BOOT_MS = 120_000;
/** How long systemd-nspawn may take to see that its machine is gone. */
const NSPAWN_MS = 10_000;

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
    // There is nobody to ask for names, and sudo wants to know its own machine's.
    await this.put("/etc/hosts", `127.0.0.1 localhost\n127.0.1.1 ${name}\n`);
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

  /** What it wrote on its console, over all its boots. */
  get console(): string {
    return join(this.#folder, "console");
  }

  async boot(limitMs = BOOT_MS): Promise<void> {
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
    const console = await open(this.console, "a");
    this.#nspawn = spawn("sh", ["-c", command], { stdio: ["ignore", console.fd, console.fd] });
    await console.close();
    await this.untilReachable(22, limitMs);
  }

  async untilReachable(port: number, limitMs = BOOT_MS): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (performance.now() < deadline) {
      if (await canConnect(this.plan.address, port)) return;
      if (this.#hasEnded()) break;
      await sleep(50);
    }
    const what = this.#hasEnded()
      ? "ended before it listened"
      : `does not listen within ${limitMs} ms`;
    const seen = await diagnosis(this.#lab, this);
    throw new Error(`${this.plan.name} ${what} on port ${port}\n${seen}`);
  }

  /**
   * As if somebody pulled its plug: first nobody hears of it any more, then all of it ends. To kill systemd-nspawn
   * alone is not enough: what runs on the machine outlives it.
   */
  async cutPower(): Promise<void> {
    const nspawn = this.#nspawn;
    if (!nspawn) return;
    await this.#removeCable();
    const gone = this.#hasEnded()
      ? Promise.resolve()
      : new Promise<void>((resolve) => nspawn.once("exit", () => resolve()));
    // It waits for its machine's first process, and would leave it a zombie.
    await endProcessesOn(this.#lab, this.plan.name, nspawn.pid);
    const impatient = setTimeout(() => nspawn.kill("SIGKILL"), NSPAWN_MS);
    await gone;
    clearTimeout(impatient);
    await endProcessesOn(this.#lab, this.plan.name);
    this.#nspawn = null;
    await this.#removeCable();
    await removeGroups(this.#lab, this.plan.name);
  }

  #hasEnded(): boolean {
    return !this.#nspawn || this.#nspawn.exitCode !== null || this.#nspawn.signalCode !== null;
  }

  /** The kernel takes it away with the machine's network, but not at once. */
  async #removeCable(): Promise<void> {
    await run("ip", ["link", "del", `vb-${this.plan.name}`]).catch(() => {});
  }
}
