import { SluiceError } from "../error.ts";
import { nearest } from "../nearest.ts";
import { type ProfileName, type Setting, sysctl } from "./profile.ts";
import { PROFILES } from "./profiles.ts";
import type { Tree } from "./tree.ts";

const KEY = /^[a-z0-9_]+(?:\.[A-Za-z0-9_-]+)+$/;

/** `net.core.somaxconn=8192`: settings of the user's own, in place of a profile's or beside them. */
export function parseOverrides(lines: readonly string[], profile: ProfileName): Setting[] {
  const settings = lines.map((line) => parseOverride(line, profile));
  const keys = settings.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new SluiceError("invalid-input", `set: ${twice} is given twice`);
  return settings;
}

function parseOverride(line: string, profile: ProfileName): Setting {
  const [, key = "", value = ""] = /^([^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  const known = PROFILES[profile].settings.find((one) => one.key === key);
  if (value === "" || (!known && !KEY.test(key)))
    throw new SluiceError(
      "invalid-input",
      `set: given ${JSON.stringify(line)}; accepted: KEY=VALUE, where KEY is a key of sysctl such as net.core.somaxconn, or one of the profile`,
    );
  const reason = "given by the workflow";
  return known ? { ...known, value, reason } : sysctl(key, value, reason);
}

/** A profile's key may be missing, for kernels differ; one that somebody wrote by hand is a slip of the pen. */
export async function refuseUnknown(tree: Tree, overrides: readonly Setting[]): Promise<void> {
  for (const { key, path } of overrides) {
    if (path.includes("*") || (await tree.read(path)) !== null) continue;
    const folder = path.slice(0, path.lastIndexOf("/"));
    const siblings = (await tree.list(folder)).map(
      (name) => `${folder.slice("proc/sys/".length).replaceAll("/", ".")}.${name}`,
    );
    const near = nearest(key, siblings);
    throw new SluiceError("invalid-input", `set: this kernel has no key ${key}`, {
      hint: near ? `did you mean ${near}?` : "`sysctl -a` lists what it has",
    });
  }
}
