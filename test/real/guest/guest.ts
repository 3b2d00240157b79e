import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { SshShell } from "../../../lib/targets/hosts/ssh-shell.ts";
import { BROUGHT, type GuestImage, imageIn, makeDisk } from "./image.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..", "..");

/** Eleven seconds on a machine that does nothing else. */
const BOOT_MS = 420_000;
const COMMAND_MS = 400_000;

/** What a guest brings of this checkout, below SLUICE: the action, the engine, and what they import. */
export const SLUICE = `${BROUGHT}/sluice`;
const SOURCES = [
  "package.json",
  "actions/host-tune",
  "scripts/run-action.ts",
  "lib",
  "engine",
  "hosts",
  "test/real/guest/every-key.ts",
  ...["zod", "ws", "prom-client", "@opentelemetry/api", "tdigest", "bintrees"].map(
    (name) => `node_modules/${name}`,
  ),
];

export interface GuestPlan {
  cpus: number;
  /** Added to the kernel's command line. */
  boot?: string;
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** A machine with a kernel of its own, emulated. */
export interface Guest {
  /** As root, by ssh. */
  run(command: string): Promise<Ran>;
  /** The same; an exit code other than 0 is an error. */
  must(command: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Boots a guest. Emulated even where there is /dev/kvm: in a virtual machine that device is often there and then runs
 * nothing, and the tests here ask what a kernel does, not how fast.
 */
export async function startGuest(plan: GuestPlan): Promise<Guest> {
  const { SLUICE_GUEST: image } = process.env;
  if (!image) throw new Error("the guest's disk is made by `npm run test:hosts`");
  const folder = await mkdtemp(join(process.env.SLUICE_LAB_FOLDER ?? tmpdir(), "guest-"));
  await run("ip", ["link", "set", "lo", "up"]);
  const port = await freePort();
  const shell = await prepare(folder, port);
  const qemu = boot(imageIn(image), folder, port, plan);
  const close = async () => {
    await end(qemu.child);
    await rm(folder, { recursive: true, force: true });
  };
  const guest: Guest = {
    async run(command) {
      const { code, stdout, stderr } = await shell.run(["sh", "-c", command], {
        timeoutMs: COMMAND_MS,
      });
      return { code, stdout, stderr };
    },
    async must(command) {
      const { code, stdout, stderr } = await guest.run(command);
      if (code === 0) return stdout;
      throw new Error(`guest: ${command} ended with ${code}: ${stderr}${stdout}`);
    },
    close,
  };
  try {
    await untilUp(guest, qemu);
  } catch (error) {
    await close();
    throw error;
  }
  return guest;
}

/** Keys, configuration of ssh, and the disk that the guest brings. */
async function prepare(folder: string, port: number): Promise<SshShell> {
  const brought = join(folder, "brought");
  for (const name of ["keys", "bin", "sluice"])
    await mkdir(join(brought, name), { recursive: true });
  const key = (name: string) =>
    run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", join(folder, name)]);
  await Promise.all([key("user"), key("guest")]);
  for (const name of ["user.pub", "guest"])
    await copyFile(join(folder, name), join(brought, "keys", name));
  await copyFile(process.execPath, join(brought, "bin/node"));
  await run("cp", ["-r", "--parents", ...SOURCES, join(brought, "sluice")], { cwd: root });
  await makeDisk(brought, join(folder, "brought.ext4"));
  await rm(brought, { recursive: true });
  const open = await readFile(join(folder, "guest.pub"), "utf8");
  await writeFile(join(folder, "known_hosts"), `[127.0.0.1]:${port} ${open}`);
  await writeFile(
    join(folder, "ssh_config"),
    `Host guest
  HostName 127.0.0.1
  Port ${port}
  User root
  IdentityFile ${join(folder, "user")}
  UserKnownHostsFile ${join(folder, "known_hosts")}
`,
  );
  return new SshShell("guest", "guest", join(folder, "ssh_config"));
}

interface Qemu {
  child: ChildProcess;
  /** The end of what the guest wrote on its console. */
  console(): string;
}

function boot(
  image: GuestImage,
  folder: string,
  port: number,
  { cpus, boot = "" }: GuestPlan,
): Qemu {
  const quick = "quiet systemd.show_status=0 random.trust_cpu=on mitigations=off";
  const drive = (file: string, more: string) => [
    "-drive",
    `file=${file},format=raw,if=virtio,${more}`,
  ];
  const child = spawn(
    "qemu-system-x86_64",
    [
      ...["-nodefaults", "-no-reboot", "-display", "none", "-serial", "stdio"],
      ...["-machine", "q35,accel=tcg", "-cpu", "max", "-smp", `${cpus}`, "-m", "1024"],
      ...["-kernel", image.kernel, "-initrd", image.initrd],
      ...["-append", `console=ttyS0 root=/dev/vda rw ${quick} ${boot}`],
      ...drive(image.disk, "snapshot=on"),
      ...drive(join(folder, "brought.ext4"), "readonly=on"),
      ...["-netdev", `user,id=n,restrict=on,hostfwd=tcp:127.0.0.1:${port}-10.0.2.15:22`],
      ...["-device", "virtio-net-pci,netdev=n,romfile="],
    ],
    // What is written to the disk goes to a file without a name, in this folder.
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, TMPDIR: folder } },
  );
  let shown = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      shown = `${shown}${text}`.slice(-4_000);
    });
  return { child, console: () => shown };
}

async function untilUp(guest: Guest, { child, console }: Qemu): Promise<void> {
  const deadline = performance.now() + BOOT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the guest ended: ${console()}`);
    const ran = await guest.run("true").catch(() => null);
    if (ran?.code === 0) return;
    await sleep(500);
  }
  throw new Error(`the guest does not answer ${BOOT_MS} ms after its boot: ${console()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
