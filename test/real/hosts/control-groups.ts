import { accessSync, constants, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ROOT = "/sys/fs/cgroup";
/** The kernel ends a process at once, but a busy machine gets to it later. */
const GONE_MS = 60_000;

/** Every hierarchy: the one of cgroup v2, or each controller's of v1. */
async function hierarchies(): Promise<string[]> {
  if (existsSync(join(ROOT, "cgroup.controllers"))) return [ROOT];
  const names = await readdir(ROOT);
  return names
    .map((name) => join(ROOT, name))
    .filter((path) => existsSync(join(path, "cgroup.procs")));
}

/** A mount that is read-only is so for root, too. */
export async function mayMakeGroups(): Promise<boolean> {
  const all = await hierarchies().catch(() => []);
  return all.length > 0 && all.every(isWritable);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A group of its own for each machine, or systemd in one of them would rearrange what it does not own. */
export async function makeGroups(lab: string, machine: string): Promise<string[]> {
  const groups = (await hierarchies()).map((path) => join(path, lab, machine));
  for (const group of groups) {
    await mkdir(group, { recursive: true });
    // A cpuset of v1 takes nobody in before it has CPUs and memory.
    for (const file of ["cpuset.cpus", "cpuset.mems"]) await inherit(group, file);
  }
  return groups.map((group) => join(group, "cgroup.procs"));
}

async function inherit(group: string, file: string): Promise<void> {
  for (const folder of [join(group, ".."), group]) {
    const path = join(folder, file);
    if (!existsSync(path) || (await readFile(path, "utf8")).trim() !== "") continue;
    const value = await readFile(join(folder, "..", file), "utf8").catch(() => "");
    if (value.trim() !== "") await writeFile(path, value);
  }
}

/** Whoever runs on a machine, by rising number: none of them can leave its groups. */
export async function processesOn(lab: string, machine: string): Promise<number[]> {
  const found = await Promise.all(
    (await hierarchies()).map((path) => processesBelow(join(path, lab, machine))),
  );
  return [...new Set(found.flat())].sort((a, b) => a - b);
}

async function processesBelow(folder: string): Promise<number[]> {
  const text = await readFile(join(folder, "cgroup.procs"), "utf8").catch(() => "");
  const below = await Promise.all((await foldersIn(folder)).map(processesBelow));
  return [...text.split("\n").filter(Boolean).map(Number), ...below.flat()];
}

/** Ends them all but `spared`, and waits until they are gone. */
export async function endProcessesOn(lab: string, machine: string, spared?: number): Promise<void> {
  const deadline = performance.now() + GONE_MS;
  for (;;) {
    const left = (await processesOn(lab, machine)).filter((pid) => pid > 0 && pid !== spared);
    if (left.length === 0) return;
    if (performance.now() > deadline)
      throw new Error(`${machine}: processes ${left.join(", ")} outlive SIGKILL by ${GONE_MS} ms`);
    for (const pid of left) end(pid);
    await sleep(20);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** What is left of a lab, or of one of its machines, whose processes are gone. */
export async function removeGroups(lab: string, machine = ""): Promise<void> {
  for (const path of await hierarchies()) await removeTree(join(path, lab, machine));
}

export async function groupsLeft(lab: string): Promise<string[]> {
  return (await hierarchies()).map((path) => join(path, lab)).filter(existsSync);
}

async function removeTree(folder: string): Promise<void> {
  for (const below of await foldersIn(folder)) await removeTree(below);
  await rmdir(folder).catch(() => {});
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((one) => one.isDirectory()).map(({ name }) => join(folder, name));
}
