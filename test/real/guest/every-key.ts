import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BeforeFile } from "../../../lib/host-tune/before.ts";
import { choices, writable } from "../../../lib/host-tune/form.ts";
import type { Planned } from "../../../lib/host-tune/plan.ts";
import { PROFILE_NAMES, type ProfileName } from "../../../lib/host-tune/profile.ts";
import { Tree } from "../../../lib/host-tune/tree.ts";
import { apply, revert } from "../../../lib/host-tune/tune.ts";
import { filesToRead, settingsOf, verify } from "../../../lib/host-tune/verify.ts";

/** What became of one profile on this kernel. */
export interface Finding {
  profile: ProfileName;
  keys: string[];
  missing: string[];
  kept: string[];
  /** What drifted after apply, before anything was made to. */
  driftAfterApply: string[];
  /** By the key that was changed: which keys verify then named. */
  named: Record<string, string[]>;
  /** Files that are not as they were, after revert. */
  left: string[];
  compared: number;
}

/** Counters and the like, which change by themselves. */
const RESTLESS =
  /random\/|-nr$|-state$|inode-nr|inode-state|dentry-state|ns_last_pid|pty\/nr|\/nr_|hostname|cad_pid|\/flush$|sched_domain|effective_affinity|\/spurious$|\/node$|khugepaged\/(?:full_scans|pages_collapsed)|ksm\/(?!run)|_count$|sysctl_writes_strict|drop_caches|compact_memory|stat_refresh/;

/** Run in the guest: every key of every profile, one after the other, on the kernel that runs this. */
const tree = new Tree("/");
const findings: Finding[] = [];
for (const profile of PROFILE_NAMES) findings.push(await tryProfile(profile));
console.log(JSON.stringify(findings));

async function tryProfile(profile: ProfileName): Promise<Finding> {
  const file = new BeforeFile("/var/lib/sluice/every-key.json");
  const before = snapshot();
  const { cpus } = verify(profile, await tree.contents(filesToRead(profile)));
  const settings = settingsOf(profile, cpus);
  const { changes, kept } = await apply(tree, settings, file);
  const contents = await tree.contents(filesToRead(profile));
  const applied = verify(profile, contents, { kept });
  const named: Finding["named"] = {};
  for (const one of applied.settings.filter(({ state }) => state === "as-wanted")) {
    const was = await change(one, before.get(one.path) ?? "");
    if (was === null) continue;
    // Only this file is read anew: all of them for each key take minutes where a CPU is emulated.
    const now = new Map(contents).set(one.path, (await tree.read(one.path)) ?? "");
    named[one.key] = verify(profile, now, { kept }).drift.map(({ key }) => key);
    await tree.write(one.path, was);
  }
  // One that apply changed is left as somebody else would leave it: revert has to undo that too.
  const last = applied.settings.find(({ path }) => changes.some((one) => one.path === path));
  if (last) await change(last, before.get(last.path) ?? "");
  await revert(tree, file);
  const after = snapshot();
  return {
    profile,
    keys: applied.settings.map(({ key }) => key),
    missing: applied.missing,
    kept: applied.settings.filter(({ state }) => state === "kept").map(({ key }) => key),
    driftAfterApply: applied.drift.map(({ key }) => key),
    named,
    left: [...before].filter(([path, raw]) => after.get(path) !== raw).map(([path]) => path),
    compared: before.size,
  };
}

/** Gives a file another value that the kernel takes; what it held, as it may be written back. Null when it takes no other. */
async function change({ path }: Planned, before: string): Promise<string | null> {
  const raw = (await tree.read(path)) ?? "";
  for (const value of others(raw, before)) {
    await tree.write(path, value).catch(() => {});
    if ((await tree.read(path)) !== raw) return choices(raw).length > 0 ? chosenIn(raw) : raw;
  }
  return null;
}

function others(raw: string, before: string): string[] {
  if (choices(raw).length > 0) return choices(raw).filter((one) => one !== chosenIn(raw));
  const number = Number(raw);
  const near = Number.isInteger(number) ? [`${number + 1}`, `${number - 1}`] : [];
  return [before, ...near, "0-3", writable("0-3", "cpu-mask"), "1"];
}

function chosenIn(raw: string): string {
  return /\[([^\]]+)\]/.exec(raw)?.[1] ?? "";
}

/** All that can be read and set below the kernel's folders, byte for byte. */
function snapshot(): Map<string, string> {
  const folders = [
    "proc/sys",
    "proc/irq",
    "sys/kernel/mm/transparent_hugepage",
    "sys/kernel/mm/ksm",
  ];
  // The folder around this one leads round in circles by its links.
  const workqueues = "sys/devices/virtual/workqueue/cpumask";
  const found = new Map([[workqueues, readOrNull(`/${workqueues}`) ?? ""]]);
  for (const folder of folders) {
    const entries = readdirSync(join("/", folder), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name).slice(1);
      if (RESTLESS.test(path)) continue;
      const raw = readOrNull(join("/", path));
      if (raw !== null) found.set(path, raw);
    }
  }
  return found;
}

/** Null for what can only be written, and for what is gone by now. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
