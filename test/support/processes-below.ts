import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { sep } from "node:path";

/** What each process that works in `folder` or below it was started as. Nothing where there is no /proc to ask. */
export function processesBelow(folder: string): string[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const cwd = readlinkSync(`/proc/${pid}/cwd`);
      if (cwd !== folder && !cwd.startsWith(folder + sep)) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim();
      return [`${pid} ${command} in ${cwd}`];
    } catch {
      return []; // it ended, or is somebody else's
    }
  });
}
