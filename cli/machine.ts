import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { promisify, styleText } from "node:util";
import { openShop } from "../lib/tools/shop.ts";
import { findProgram } from "../rehearsal/runner/shell.ts";
import { examineTools, type PinnedTool } from "./pinned-tools.ts";

const run = promisify(execFile);

interface Tool {
  readonly name: string;
  /** Prints something with a version in it. */
  readonly probe: readonly string[];
  /** The oldest version that is known to do. */
  readonly least?: string;
  readonly install: string;
}

interface Target {
  readonly name: string;
  readonly what: string;
  readonly needs: readonly string[];
  readonly uses: readonly string[];
}

const TOOLS: readonly Tool[] = [
  {
    name: "node",
    probe: ["--version"],
    least: "24.0",
    install: "npm ci brings Node.js 24 along (optional packages must be allowed)",
  },
  { name: "git", probe: ["--version"], least: "2.30", install: "apt install git" },
  { name: "bash", probe: ["--version"], least: "4.0", install: "apt install bash" },
  { name: "taskset", probe: ["--version"], install: "apt install util-linux" },
  {
    name: "systemctl",
    probe: ["--version"],
    least: "252",
    install: "a host that runs systemd 252 or later",
  },
  { name: "ssh", probe: ["-V"], install: "apt install openssh-client" },
  { name: "ansible", probe: ["--version"], install: "pipx install ansible-core" },
  { name: "haproxy", probe: ["-v"], least: "2.6", install: "apt install haproxy" },
  {
    name: "kubectl",
    probe: ["version", "--client"],
    least: "1.28",
    install: "see kubernetes.io/docs/tasks/tools",
  },
  { name: "docker", probe: ["--version"], install: "apt install docker.io, or use podman" },
  { name: "podman", probe: ["--version"], install: "apt install podman" },
  {
    name: "terraform",
    probe: ["version"],
    install: "see developer.hashicorp.com/terraform/install, or OpenTofu",
  },
  {
    name: "go",
    probe: ["version"],
    least: "1.21",
    install: "see go.dev/doc/install; builds the tools of the gates where no release can be had",
  },
  { name: "python3", probe: ["--version"], install: "apt install python3" },
  { name: "pwsh", probe: ["--version"], install: "only for steps with shell: pwsh" },
  { name: "act", probe: ["--version"], install: "only to compare rehearsals with it" },
];

const TARGETS: readonly Target[] = [
  {
    name: "rehearsal",
    what: "workflows on this machine",
    needs: ["node", "git", "bash"],
    uses: ["python3", "pwsh", "docker", "podman", "act"],
  },
  { name: "local", what: "releases served on this machine", needs: ["node"], uses: ["taskset"] },
  {
    name: "hosts",
    what: "bare-metal hosts with systemd and HAProxy",
    needs: ["ssh", "ansible"],
    uses: ["systemctl", "haproxy"],
  },
  {
    name: "kubernetes",
    what: "a cluster with Gateway API",
    needs: ["kubectl"],
    uses: ["docker", "podman", "terraform"],
  },
  {
    name: "gates",
    what: "load test, scan and signature",
    needs: [],
    uses: ["go", "python3"],
  },
];

interface Found {
  readonly path: string | null;
  readonly version: string | null;
  readonly tooOld: boolean;
}

/** Tells what this machine has and lacks for each target; exit code 1 when the rehearsal itself can't run. */
export async function examine(asJson: boolean): Promise<number> {
  const found = new Map(
    await Promise.all(TOOLS.map(async (tool) => [tool.name, await look(tool)] as const)),
  );
  const targets = TARGETS.map((target) => ({
    ...target,
    ready: target.needs.every((name) => isUsable(found.get(name))),
    lacks: target.needs.filter((name) => !isUsable(found.get(name))),
  }));
  const pinned = await examineTools(openShop());
  if (asJson) {
    const tools = Object.fromEntries(found);
    console.log(JSON.stringify({ machine: machine(), tools, pinned, targets }, null, 2));
  } else {
    tell(found, targets);
    tellPinned(pinned);
  }
  return targets[0]?.ready ? 0 : 1;
}

function isUsable(found: Found | undefined): boolean {
  return found !== undefined && found.path !== null && !found.tooOld;
}

async function look(tool: Tool): Promise<Found> {
  const isNode = tool.name === "node";
  const path = isNode ? process.execPath : findProgram(tool.name, process.env.PATH ?? "");
  if (path === undefined) return { path: null, version: null, tooOld: false };
  const printed = isNode ? process.version : await ask(path, tool.probe);
  const version = /\d+\.\d+(?:\.\d+)?|\b\d{3}\b/.exec(printed)?.[0] ?? null;
  const tooOld = version !== null && tool.least !== undefined && isOlder(version, tool.least);
  return { path, version, tooOld };
}

async function ask(path: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(path, args, { timeout: 10_000 });
    return `${stdout}${stderr}`;
  } catch {
    return "";
  }
}

function isOlder(version: string, least: string): boolean {
  const own = version.split(".").map(Number);
  for (const [at, part] of least.split(".").map(Number).entries()) {
    if ((own[at] ?? 0) !== part) return (own[at] ?? 0) < part;
  }
  return false;
}

function machine(): {
  cpus: number;
  allowedCpus: string;
  memoryGiB: number;
  systemd: boolean;
  cgroup: string;
} {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  return {
    cpus: availableParallelism(),
    allowedCpus: /Cpus_allowed_list:\s*(\S+)/.exec(status)?.[1] ?? "",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    systemd: existsSync("/run/systemd/system"),
    cgroup: existsSync("/sys/fs/cgroup/cgroup.controllers")
      ? "v2"
      : existsSync("/sys/fs/cgroup")
        ? "v1"
        : "none",
  };
}

function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return process.stdout.isTTY ? styleText(style, text) : text;
}

function tellPinned(pinned: readonly PinnedTool[]): void {
  console.log(`\n${paint("bold", "tools")}: at the versions that Sluice pins`);
  for (const { name, version, route, account, remedy } of pinned) {
    const label = `${name.padEnd(10)} ${version.padEnd(9)}`;
    console.log(`    ${signOf(route)} ${label} ${account}`);
    if (remedy) console.log(`      ${" ".repeat(label.length)} ${remedy}`);
  }
}

function signOf(route: PinnedTool["route"]): string {
  if (route === null) return paint("red", "✗");
  return route === "path" || route === "cache" ? paint("green", "✓") : paint("yellow", "·");
}

function tell(
  found: ReadonlyMap<string, Found>,
  targets: readonly (Target & { ready: boolean; lacks: readonly string[] })[],
): void {
  const { cpus, allowedCpus, memoryGiB, systemd, cgroup } = machine();
  console.log(
    `This machine: ${cpus} CPUs${allowedCpus ? ` (${allowedCpus})` : ""}, ${memoryGiB} GiB, ${systemd ? "systemd" : "no systemd"}, cgroup ${cgroup}`,
  );
  for (const target of targets) {
    const sign = target.ready ? paint("green", "✓") : paint("red", "✗");
    console.log(`\n${sign} ${paint("bold", target.name)}: ${target.what}`);
    for (const name of [...target.needs, ...target.uses]) {
      const tool = TOOLS.find((known) => known.name === name);
      const state = found.get(name);
      if (tool && state) console.log(`    ${toolLine(tool, state, target.needs.includes(name))}`);
    }
  }
}

function toolLine(tool: Tool, state: Found, needed: boolean): string {
  const name = tool.name.padEnd(10);
  if (state.path !== null && !state.tooOld) {
    return `${paint("green", "✓")} ${name} ${(state.version ?? "").padEnd(9)} ${paint("dim", state.path)}`;
  }
  const sign = needed ? paint("red", "✗") : paint("yellow", "·");
  const why = state.tooOld ? `${state.version} is older than ${tool.least}` : "not here";
  return `${sign} ${name} ${why}${needed ? "" : " (only if you want it)"}: ${tool.install}`;
}
