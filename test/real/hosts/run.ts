import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { causes } from "../../../lib/error.ts";
import { processesWith } from "../../run/marked.ts";
import { TALLY_FILE } from "../../run/reporter.ts";
import { describeTally, type Tally } from "../../run/tally.ts";
import { guestParts } from "../guest/image.ts";
import { endProcessesOn, groupsLeft, mayMakeGroups, removeGroups } from "./control-groups.ts";
import { ISOLATE, runIsolated } from "./namespaces.ts";
import { bringReleaseParts } from "./release-parts.ts";
import { rootfs, STORES } from "./rootfs.ts";

/**
 * `npm run test:hosts [PATTERN…]`: the tests that need real machines, in a lab of their own. All of it runs in new
 * namespaces of processes, mounts and network, so that whatever happens the kernel takes it all away again; only the
 * control groups and one temporary folder are left to be removed here. Where it cannot run it is skipped, by reason.
 */
const root = join(import.meta.dirname, "..", "..", "..");
// What is being changed is tried here, not what was bundled last.
const ACTIONS = { SLUICE_TEST_ACTIONS: process.env.SLUICE_TEST_ACTIONS ?? "sources" };
const stopped = new AbortController();
const missing = await reasonsAgainst();
if (missing.length === 0) await madeOrSkipped();
else skip(missing);

/** Without Debian's packages there is no machine to make. */
async function madeOrSkipped(): Promise<void> {
  const folders = await makeRoots().catch(causes);
  if ("base" in folders) process.exitCode = await runInLab(folders, process.argv.slice(2));
  else skip(folders);
}

async function makeRoots(): Promise<{ base: string; stores: string }> {
  return { base: await rootfs(), stores: await rootfs(STORES) };
}

function skip(reasons: readonly string[]): void {
  const skipped = [{ name: "test/real/hosts", reason: reasons.join("; ") }];
  const tally: Tally = { passed: 0, failed: 0, skipped };
  const { [TALLY_FILE]: tallyFile } = process.env;
  if (tallyFile) writeFileSync(tallyFile, JSON.stringify(tally));
  else console.log(describeTally(tally));
}

async function runInLab(
  { base, stores }: { base: string; stores: string },
  patterns: readonly string[],
): Promise<number> {
  const rulesBefore = nftRules();
  const parts = { ...(await releaseParts()), ...(await guestParts()) };
  const folder = await mkdtemp(join(tmpdir(), "sluice-lab-"));
  const lab = basename(folder);
  let code = 1;
  // Before there is a lab, nothing has to be put away.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopped.abort());
  try {
    code = await inNamespaces(
      lab,
      folder,
      { SLUICE_LAB_BASE: base, SLUICE_LAB_STORES: stores, ...parts },
      patterns,
    );
  } finally {
    await endProcessesOn(lab, "");
    await removeGroups(lab);
    await rm(folder, { recursive: true, force: true });
  }
  const left = await leftovers(lab);
  if (nftRules() !== rulesBefore) left.push("rules of nftables");
  if (left.length === 0) return code;
  console.log(`the lab left something behind: ${left.join(", ")}`);
  return 1;
}

/** Whatever is still there of this lab, on the machine itself. */
async function leftovers(lab: string): Promise<string[]> {
  const mounts = (await readFile("/proc/self/mountinfo", "utf8")).split("\n");
  return [
    ...(await groupsLeft(lab)),
    ...mounts.filter((line) => line.includes(lab)),
    // Its processes have its name in their environment, or in their command line; with them go their namespaces.
    ...(await processesWith(lab)).map(({ pid, command }) => `process ${pid} ${command}`),
    ...(existsSync(join(tmpdir(), lab)) ? [join(tmpdir(), lab)] : []),
  ];
}

/** Of this machine, which the lab has no business with. */
function nftRules(): string {
  const { stdout } = spawnSync("nft", ["--stateless", "list", "ruleset"], { encoding: "utf8" });
  return stdout ?? "";
}

/** Without them the rehearsal is skipped, with the reason; all else is tested. */
async function releaseParts(): Promise<Record<string, string>> {
  return bringReleaseParts(root).then(
    ({ npmCache }) => ({ SLUICE_LAB_NPM: npmCache }),
    (error: unknown) => ({ SLUICE_LAB_NO_RELEASE: causes(error).join(": ") }),
  );
}

function inNamespaces(
  lab: string,
  folder: string,
  parts: Record<string, string>,
  patterns: readonly string[],
): Promise<number> {
  const vitest = [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--config",
    "test/real/hosts/vitest.config.ts",
    "--reporter=default",
    "--reporter=./test/run/reporter.ts",
    "--reporter=./test/run/running-reporter.ts",
    ...patterns,
  ];
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  return runIsolated({
    mark: lab,
    command: [process.execPath, ...vitest],
    cwd: root,
    signal: stopped.signal,
    env: {
      ...process.env,
      ...ACTIONS,
      // What the tests and what they start put away goes with the lab.
      TMPDIR: temporary,
      SLUICE_LAB: lab,
      SLUICE_LAB_FOLDER: folder,
      ...parts,
    },
  });
}

async function reasonsAgainst(): Promise<string[]> {
  if (process.env.SLUICE_TEST_HOSTS === "off") return ["SLUICE_TEST_HOSTS=off was asked for"];
  if (process.platform !== "linux") return ["it needs Linux"];
  const reasons: string[] = [];
  if (process.getuid?.() !== 0) reasons.push("it needs root (sudo npm run test:hosts)");
  const tools = ["unshare", "systemd-nspawn", "mmdebstrap", "ssh", "ip"];
  const absent = tools.filter((tool) => !isInstalled(tool));
  if (absent.length > 0)
    reasons.push(
      `it needs ${absent.join(", ")} (apt-get install systemd-container mmdebstrap openssh-client iproute2)`,
    );
  return reasons.length > 0 ? reasons : reasonsInside();
}

/** In a container, root is often not allowed what makes a machine. */
async function reasonsInside(): Promise<string[]> {
  const probe = "mount -t tmpfs tmpfs /mnt && ip link add br0 type bridge";
  const { status, stderr } = spawnSync("unshare", [...ISOLATE, "--", "sh", "-ec", probe], {
    encoding: "utf8",
  });
  if (status !== 0)
    return [`it needs new namespaces, mounts and a bridge: ${(stderr ?? "").trim() || status}`];
  return (await mayMakeGroups()) ? [] : ["it needs control groups that may be written to"];
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${tool}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
