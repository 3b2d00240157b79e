import type { BootParameter, Profile, Setting } from "./profile.ts";

/** What one file of the tree held; null when this kernel has no such file. */
export interface Reading {
  setting: Setting;
  /** Without its pattern: the file itself. */
  path: string;
  raw: string | null;
}

export type PlannedState = "as-wanted" | "differs" | "missing";

export interface Planned {
  key: string;
  path: string;
  wanted: string;
  /** As it is now, for people. Null when this kernel lacks it. */
  found: string | null;
  state: PlannedState;
  reason: string;
}

/** What would have to change for the host to be as the profile says. */
export function plan(readings: readonly Reading[]): Planned[] {
  return readings.map(({ setting, path, raw }) => {
    const found = raw === null ? null : meaning(raw);
    const wanted = meaning(setting.value);
    const state = found === null ? "missing" : found === wanted ? "as-wanted" : "differs";
    return { key: keyOf(setting, path), path, wanted, found, state, reason: setting.reason };
  });
}

/** Values are words between blanks; of `always [madvise] never` the chosen one is meant. */
export function meaning(raw: string): string {
  const chosen = /\[([^\]]+)\]/.exec(raw)?.[1];
  return (chosen ?? raw).trim().split(/\s+/).join(" ");
}

/** Of a pattern's matches, each has its own name: `governor cpu3`. */
function keyOf({ key, path: pattern }: Setting, path: string): string {
  const parts = path.split("/");
  const matched = pattern.split("/").findIndex((part) => part.includes("*"));
  return matched < 0 || path === pattern ? key : `${key} ${parts[matched]}`;
}

export interface BootFinding extends BootParameter {
  /** Its value on the kernel's command line; null when it is not there. */
  found: string | null;
}

/** Looked up on the kernel's command line: only whoever boots the machine can change these. */
export function bootFindings({ boot }: Profile, commandLine: string): BootFinding[] {
  const words = commandLine.trim().split(/\s+/);
  return boot.map((parameter) => {
    const word = words.find(
      (one) => one === parameter.name || one.startsWith(`${parameter.name}=`),
    );
    return { ...parameter, found: word?.slice(parameter.name.length + 1) ?? null };
  });
}
