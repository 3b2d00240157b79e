import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Environment, HostsTargetSettings } from "../../../lib/environment/environment.ts";
import { parseEnvironment } from "../../../lib/environment/read.ts";
import { causes } from "../../../lib/error.ts";
import { SshShell } from "../../../lib/targets/hosts/ssh-shell.ts";
import { Machine, type MachinePlan } from "./machine.ts";
import { edgeFiles, hostFiles } from "./provision.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..", "..");

export interface Lab {
  environment: Environment & { target: HostsTargetSettings };
  /** The environment's file, for the actions. */
  file: string;
  /** The same, for the playbook: whoever sets machines up may do more than a runner. */
  adminFile: string;
  /** Where traffic enters, by edge. */
  urls: string[];
  folder: string;
  machine(name: string): Machine;
  /** Runs a command on a machine, as root, over ssh. */
  on(name: string, command: string): Promise<string>;
  close(): Promise<void>;
}

const PROGRAMS = "/usr/local/lib/sluice";

/** Addresses of the lab: .1 is the runner's, edges from .11, hosts from .21. */
const NETWORK = "10.77.0";

/** How many machines there are, with a small service that runs on this machine's own Node.js. */
interface SmallPlan {
  edges: number;
  hosts: number;
  /** `rollout:` of the environment file. */
  rollout?: string;
}

/** A whole environment file instead: its machines are made, and they have no Node.js. */
export type LabPlan = SmallPlan | { text: string };

/** Machines of real systemd, sshd and HAProxy, reached from this process only. */
export async function startLab(plan: LabPlan): Promise<Lab> {
  const { SLUICE_LAB: lab, SLUICE_LAB_FOLDER: folder, SLUICE_LAB_BASE: base } = process.env;
  if (!lab || !folder || !base) throw new Error("the lab is started by `npm run test:hosts`");
  await network();
  const place = join(folder, "lab");
  await mkdir(place, { recursive: true });
  await run("mount", ["-t", "tmpfs", "tmpfs", place]);
  const file = join(place, "lab.yaml");
  const text = "text" in plan ? plan.text : environmentText(plan, join(place, "ssh_config"));
  await writeFile(file, text);
  const adminFile = join(place, "admin.yaml");
  await writeFile(
    adminFile,
    text.replace("ssh_config", "admin_config").replaceAll(", sudo: true", ""),
  );
  const environment = parse(text, place);
  environment.target.sshConfig = join(place, "ssh_config");
  const node = !("text" in plan);
  const keys = await makeKeys(
    place,
    [...environment.target.edges, ...environment.target.hosts].map(({ name }) => name),
  );
  const plans: MachinePlan[] = [
    ...environment.target.edges.map((edge) =>
      merge(edge, edgeFiles(environment, root), keys(edge.name), false),
    ),
    ...environment.target.hosts.map((host) =>
      merge(host, hostFiles(environment, root, host.address), keys(host.name), node),
    ),
  ];
  const machines = plans.map((plan) => new Machine(lab, place, plan));
  const runner = sshConfig(place, plans, { user: "deploy", key: "runner" });
  await writeFile(join(place, "ssh_config"), runner);
  await writeFile(
    join(place, "admin_config"),
    sshConfig(place, plans, { user: "root", key: "user" }),
  );
  const close = async () => {
    try {
      await Promise.all(machines.map((machine) => machine.cutPower()));
      for (const machine of machines) await run("umount", ["-l", machine.root]);
      await run("umount", ["-l", place]);
    } finally {
      // Whatever is wrong with this lab, the next one has its bridge.
      await run("ip", ["link", "del", "br0"]);
    }
  };
  for (const machine of machines) await machine.make(base);
  // All to their end: what hinders one machine may be seen at another.
  const boots = await Promise.allSettled(machines.map((machine) => machine.boot()));
  const failures = boots.filter((boot) => boot.status === "rejected").map(({ reason }) => reason);
  if (failures.length > 0) {
    await close().catch((error: unknown) => failures.push(error));
    throw new Error(failures.flatMap(causes).join("\n\n"));
  }
  const shells = new Map(
    plans.map(({ name }) => [name, new SshShell(name, name, join(place, "admin_config"))]),
  );
  return {
    environment,
    file,
    adminFile,
    folder: place,
    urls: environment.target.edges.map(({ address }) => `http://${address}:8080`),
    machine(name) {
      const found = machines.find(({ plan }) => plan.name === name);
      if (!found) throw new Error(`there is no machine ${name}`);
      return found;
    },
    async on(name, command) {
      const shell = shells.get(name);
      if (!shell) throw new Error(`there is no machine ${name}`);
      const { code, stdout, stderr } = await shell.run(["sh", "-c", command], {
        timeoutMs: 60_000,
      });
      if (code !== 0) throw new Error(`${name}: ${command} ended with ${code}: ${stderr}${stdout}`);
      return stdout;
    },
    close,
  };
}

async function network(): Promise<void> {
  await run("mount", ["--make-rprivate", "/"]);
  // What nspawn keeps there goes with the namespace.
  await run("mount", ["-t", "tmpfs", "tmpfs", "/run"]);
  // What is kept between jobs (sockets of ssh connections, archives) ends with the namespace.
  for (const name of ["sluice-ssh", "sluice-archives"]) {
    const kept = join(tmpdir(), `${name}-${process.getuid?.()}`);
    await mkdir(kept, { recursive: true, mode: 0o700 });
    await run("mount", ["-t", "tmpfs", "-o", "mode=0700", "tmpfs", kept]);
  }
  await run("ip", ["link", "set", "lo", "up"]);
  await run("ip", ["link", "add", "br0", "type", "bridge"]);
  await run("ip", ["addr", "add", `${NETWORK}.1/24`, "dev", "br0"]);
  await run("ip", ["link", "set", "br0", "up"]);
}

function parse(text: string, base: string): Lab["environment"] {
  const environment = parseEnvironment(text, { file: "lab.yaml", name: "lab", base });
  const { target } = environment;
  if (target.kind !== "hosts") throw new Error("the lab's environment is of kind hosts");
  return { ...environment, target };
}

/** The lab's own key, the runner's, which may do no more than docs/targets/hosts.md says, and a host key for each machine, so that known_hosts can be strict. */
async function makeKeys(folder: string, names: readonly string[]) {
  const make = (name: string) =>
    run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", join(folder, name)]);
  await Promise.all(["user", "runner", ...names.map((name) => `key-${name}`)].map(make));
  const text = (name: string) => readFile(join(folder, name), "utf8");
  const [user, runner] = [await text("user.pub"), await text("runner.pub")];
  const pairs = new Map<string, { secret: string; open: string }>();
  for (const name of names)
    pairs.set(name, { secret: await text(`key-${name}`), open: await text(`key-${name}.pub`) });
  const known = [...pairs].map(([name, { open }]) => `${name} ${open}`);
  await writeFile(join(folder, "known_hosts"), known.join(""));
  return (name: string): MachinePlan["files"] => {
    const { secret = "", open = "" } = pairs.get(name) ?? {};
    return {
      "/root/.ssh/authorized_keys": { text: user, mode: 0o600 },
      "/home/deploy/.ssh/authorized_keys": {
        text: `restrict,command="${PROGRAMS}/sluice-gate lab" ${runner}`,
      },
      "/etc/sudoers.d/sluice": {
        text: `deploy ALL=(root) NOPASSWD: ${PROGRAMS}/sluice-edge lab *, ${PROGRAMS}/sluice-host lab *\n`,
        mode: 0o440,
      },
      "/usr/lib/sysusers.d/deploy.conf": { text: "u deploy - - /home/deploy /bin/sh\n" },
      "/etc/ssh/ssh_host_ed25519_key": { text: secret, mode: 0o600 },
      "/etc/ssh/ssh_host_ed25519_key.pub": { text: open },
      "/etc/ssh/sshd_config.d/lab.conf": {
        text: "HostKey /etc/ssh/ssh_host_ed25519_key\nMaxSessions 64\nMaxStartups 64\n",
      },
    };
  };
}

function sshConfig(
  folder: string,
  plans: readonly MachinePlan[],
  { user, key }: { user: string; key: string },
): string {
  const hosts = plans.map(
    ({ name, address }) => `Host ${name}\n  HostName ${address}\n  HostKeyAlias ${name}\n`,
  );
  return `${hosts.join("")}Host *\n  User ${user}\n  IdentityFile ${folder}/${key}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${folder}/known_hosts\n`;
}

function merge(
  { name, address }: { name: string; address: string },
  made: Pick<MachinePlan, "files" | "copies" | "enabled">,
  keys: MachinePlan["files"],
  node: boolean,
): MachinePlan {
  return { name, address, ...made, files: { ...made.files, ...keys }, node };
}

function environmentText({ edges, hosts, rollout }: SmallPlan, sshConfig: string): string {
  const list = (count: number, kind: string, from: number) =>
    Array.from(
      { length: count },
      (_, i) => `{ name: ${kind}-${i + 1}, address: ${NETWORK}.${from + i}, sudo: true }`,
    ).join(", ");
  return `
name: lab
service:
  name: service
  start: [node, service/main.ts]
  env: { HOST: "{host}", PORT: "{port}", METRICS_PORT: "{metrics-port}", SLOT: "{slot}", VERSION: "{version}" }
  health: { path: /health, deadline: 20s, every: 50ms }
  smoke: [{ path: /health }]
  drain: 5s
target:
  kind: hosts
  hosts: [${list(hosts, "engine", 21)}]
  edges: [${list(edges, "edge", 11)}]
  ssh-config: ${JSON.stringify(sshConfig)}
  rolling: { barrier: engine-${Math.min(2, hosts)} }
rollout: ${rollout || "{ strategy: canary, steps: [10, 25, 50, 100], interval: 1s }"}
verify: off
`;
}
