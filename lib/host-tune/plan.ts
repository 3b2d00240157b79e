import { type Contents, matchesOf } from "./contents.ts";
import { type Form, isAsWanted, meaning } from "./form.ts";
import type { Setting } from "./profile.ts";

/** `kept`: the hardware, or the kernel for it, does not let go of what is there. */
export type PlannedState = "as-wanted" | "differs" | "missing" | "kept";

export interface Planned {
  key: string;
  path: string;
  wanted: string;
  /** As it is now, for people. Null when this kernel lacks it. */
  found: string | null;
  state: PlannedState;
  reason: string;
}

/** One file that a setting is about, and what it holds. */
export interface Reading {
  setting: Setting;
  path: string;
  /** Null when there is no such file. */
  raw: string | null;
}

/** A setting with a pattern has as many as there are matches; at least one. */
export function readings(settings: readonly Setting[], contents: Contents): Reading[] {
  return settings.flatMap((setting): Reading[] => {
    const paths = matchesOf(setting.path, contents);
    if (paths.length === 0) return [{ setting, path: setting.path, raw: null }];
    return paths.map((path) => ({ setting, path, raw: contents.get(path) ?? null }));
  });
}

/** What would have to change for the host to be as the settings say. `kept` are paths that were found to be immovable. */
export function plan(
  settings: readonly Setting[],
  contents: Contents,
  kept: readonly string[] = [],
): Planned[] {
  return readings(settings, contents).map(({ setting, path, raw }) => {
    const form = setting.form ?? "words";
    const state = stateOf(raw, setting.value, form);
    return {
      key: keyOf(setting, path),
      path,
      wanted: meaning(setting.value, form === "cpu-mask" ? "cpu-list" : form),
      found: raw === null ? null : meaning(raw, form),
      state: state === "differs" && kept.includes(path) ? "kept" : state,
      reason: setting.reason,
    };
  });
}

function stateOf(raw: string | null, wanted: string, form: Form): PlannedState {
  if (raw === null) return "missing";
  return isAsWanted(raw, wanted, form) ? "as-wanted" : "differs";
}

/** Of a pattern's matches, each has its own name: `governor cpu3`. */
export function keyOf({ key, path: pattern }: Setting, path: string): string {
  const parts = path.split("/");
  const matched = pattern.split("/").findIndex((part) => part.includes("*"));
  return matched < 0 || path === pattern ? key : `${key} ${parts[matched]}`;
}
