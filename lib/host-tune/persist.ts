import type { ProfileName } from "./profile.ts";
import { sysctlPath } from "./profile.ts";
import { PROFILES } from "./profiles.ts";

/** What keeps a profile over a boot: files for sysctl.d and tmpfiles.d. */
export interface PersistentSettings {
  sysctl: string;
  tmpfiles: string;
}

/**
 * The same values as the action's, for systemd to set at boot. A key that a kernel lacks is passed over. What depends on
 * a machine's CPUs is left to the action, or to the kernel's command line.
 */
export function persistentSettings(name: ProfileName): PersistentSettings {
  const head = `# The profile ${name} of host-tune. Written by its tests from lib/host-tune/profiles.ts; do not edit.\n`;
  const lines = (
    keep: boolean,
    line: (one: { key: string; path: string; value: string }) => string,
  ) =>
    PROFILES[name].settings
      .filter(({ key, path }) => (path === sysctlPath(key)) === keep)
      .map((one) => `# ${one.reason}\n${line(one)}\n`)
      .join("");
  return {
    sysctl: `${head}${lines(true, ({ key, value }) => `-${key} = ${value}`)}`,
    tmpfiles: `${head}${lines(false, ({ path, value }) => `w /${path} - - - - ${value}`)}`,
  };
}
