import { accessSync, constants, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const ROOT = "/sys/fs/cgroup";

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

/** What is left of a lab whose processes are gone. */
export async function removeGroups(lab: string): Promise<void> {
  for (const path of await hierarchies()) await removeTree(join(path, lab));
}

export async function groupsLeft(lab: string): Promise<string[]> {
  return (await hierarchies()).map((path) => join(path, lab)).filter(existsSync);
}

async function removeTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((one) => one.isDirectory()))
    await removeTree(join(folder, entry.name));
  await rmdir(folder).catch(() => {});
}
