import type { Form } from "./form.ts";

/** One thing to set on a host, and why. */
export interface Setting {
  /** As people name it: `net.core.rmem_max`, `thp`, `governor`. */
  key: string;
  /** Below the root of the tree; one `*` stands for a number in a name, and means every match. */
  path: string;
  value: string;
  reason: string;
  /** `words` when it is not said. */
  form?: Form;
  /** A file that the kernel sets to nothing when this one is set. */
  displaces?: string;
  /** Hardware may keep some matches as they are: that is told, and fails nothing. */
  mayBeKept?: true;
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
  /** Whether everything but the engine goes to the CPUs that keep house. */
  divides: boolean;
  boot: readonly BootParameter[];
}

/** A key of sysctl, by the path that it has below the root. */
export function sysctl(
  key: string,
  value: string,
  reason: string,
  more: Pick<Setting, "form" | "displaces"> = {},
): Setting {
  return { key, path: sysctlPath(key), value, reason, ...more };
}

export function sysctlPath(key: string): string {
  return `proc/sys/${key.replaceAll(".", "/")}`;
}
