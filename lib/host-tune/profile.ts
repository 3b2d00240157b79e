/** One thing to set on a host, and why. */
export interface Setting {
  /** As people name it: `net.core.rmem_max`, `thp`, `governor`. */
  key: string;
  /** Below the root of the tree; one `*` stands for a part of a name, and means every match. */
  path: string;
  value: string;
  reason: string;
}

/** What only a boot can change: looked at, never touched. */
export interface BootParameter {
  name: string;
  reason: string;
}

export const PROFILE_NAMES = ["throughput", "low-latency", "s1"] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

export interface Profile {
  name: ProfileName;
  /** When to choose it. */
  purpose: string;
  settings: readonly Setting[];
  boot: readonly BootParameter[];
}

/** A key of sysctl, by the path that it has below the root. */
export function sysctl(key: string, value: string, reason: string): Setting {
  return { key, path: `proc/sys/${key.replaceAll(".", "/")}`, value, reason };
}
