import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { groupsLeft, removeGroups } from "./control-groups.ts";
import { rootfs } from "./rootfs.ts";

/**
 * `npm run test:hosts [PATTERN…]`: the tests that need real machines, in a lab of their own. All of it runs in new
 * namespaces of processes, mounts and network, so that whatever happens the kernel takes it all away again; only the
 * control groups and one temporary folder are left to be removed here. Where it cannot run it is skipped, by reason.
 */
const root = join(import.meta.dirname, "..", "..", "..");
// What is being changed is tried here, not what was bundled last.
const ACTIONS = { SLUICE_TEST_ACTIONS: process.env.SLUICE_TEST_ACTIONS ?? "sources" };
const missing = reasonsAgainst();
if (missing.length > 0) {
  console.log(`↓ the lab of real hosts: ${missing.join("; ")}`);
  console.log("\n0 passed, 0 failed, 1 skipped");
} else {
  process.exitCode = await runInLab(process.argv.slice(2));
}

async function runInLab(patterns: readonly string[]): Promise<number> {
  const base = await rootfs();
  const folder = await mkdtemp(join(tmpdir(), "sluice-lab-"));
  const lab = basename(folder);
  try {
    return await inNamespaces(lab, folder, base, patterns);
  } finally {
    await removeGroups(lab);
    await rm(folder, { recursive: true, force: true });
    const left = await groupsLeft(lab);
    if (left.length > 0) {
      console.log(`the lab left control groups behind: ${left.join(", ")}`);
      process.exitCode = 1;
    }
  }
}

function inNamespaces(lab: string, folder: string, base: string, patterns: readonly string[]) {
  const vitest = [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--config",
    "test/real/hosts/vitest.config.ts",
    ...patterns,
  ];
  const isolate = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const child = spawn("unshare", [...isolate, "--", process.execPath, ...vitest], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      ...ACTIONS,
      SLUICE_LAB: lab,
      SLUICE_LAB_FOLDER: folder,
      SLUICE_LAB_BASE: base,
    },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill());
  return new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}

function reasonsAgainst(): string[] {
  if (process.platform !== "linux") return ["it needs Linux"];
  const reasons: string[] = [];
  if (process.getuid?.() !== 0) reasons.push("it needs root (sudo npm run test:hosts)");
  const tools = ["unshare", "systemd-nspawn", "mmdebstrap", "ssh", "ip"];
  const absent = tools.filter((tool) => !isInstalled(tool));
  if (absent.length > 0)
    reasons.push(
      `it needs ${absent.join(", ")} (apt-get install systemd-container mmdebstrap openssh-client iproute2)`,
    );
  return reasons;
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${tool}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
