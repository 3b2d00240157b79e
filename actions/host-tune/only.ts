import { SluiceError } from "../../lib/error.ts";
import type { Setting } from "../../lib/host-tune/profile.ts";
import type { HostTuneInputs } from "./host-tune.ts";

/** The settings that were asked for by name, or by how their names begin. */
export function only(
  { only: patterns = [], profile }: Pick<HostTuneInputs, "only" | "profile">,
  settings: Setting[],
): Setting[] {
  if (patterns.length === 0) return settings;
  const means = (pattern: string, key: string) =>
    pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
  const nothing = patterns.find((pattern) => !settings.some(({ key }) => means(pattern, key)));
  if (nothing === undefined)
    return settings.filter(({ key }) => patterns.some((pattern) => means(pattern, key)));
  throw new SluiceError(
    "invalid-input",
    `only: ${nothing} names no key of ${profile}; it has ${settings.map(({ key }) => key).join(", ")}`,
  );
}
